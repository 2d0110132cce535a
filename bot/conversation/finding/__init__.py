"""What the library and its digests have on what is asked."""
