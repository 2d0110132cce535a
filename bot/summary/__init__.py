"""The most important sentences of an article, or of several, word for word. Pure."""
