"""The query language: one tree for search, topics, subscriptions and mutes (pure).

Placeholder tree until the parser lands in the next commit.
"""

from __future__ import annotations


class Query:
    """Any node of the tree."""
