"""What people say to the desk in words of their own, in each language."""
