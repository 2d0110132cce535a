"""Bytes become an Article: text without site boilerplate, with title, date and source. Pure."""
