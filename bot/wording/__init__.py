"""Every text of the desk's own that people see."""
