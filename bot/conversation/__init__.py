"""What people say to the desk becomes an answer."""
