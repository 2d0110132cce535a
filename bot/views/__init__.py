"""Digests, findings and lists as neutral messages, and as JSON."""
