"""Bytes become an Article: text without site furniture, with title, date and source. Pure."""
