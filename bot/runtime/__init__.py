"""What one process stands on: clock, log, signals, workers, names of processes, failpoints."""
