"""The archive on the web: digests, stories and articles as pages, searches, and feeds."""
