"""The whole library out and in: copies, and one library merged into another."""
