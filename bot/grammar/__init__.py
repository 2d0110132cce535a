"""What people say to the desk, as commands: one grammar for all platforms."""
