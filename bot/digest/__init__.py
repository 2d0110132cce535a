"""What goes out: the digest of a window composed, with its key quotes."""
