"""The way in: a file becomes an entry of the library."""
