"""The people of an article, and whom a phrase means."""
