"""The way out: a moment becomes a digest, and its parts are posted."""
