"""The command line: what a person types in a terminal, and what comes back."""
