"""What is said above a list of results to choose from. Plain values in, plain text out."""

from __future__ import annotations

NOTHING = "Nothing found. Ask me directly"
REBUILDING = "The search index is being rebuilt"
