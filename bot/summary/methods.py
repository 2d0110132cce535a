"""The names of the methods that choose sentences: whoever checks a setting need not load what they stand on."""

from __future__ import annotations

DEFAULT = "newsrank"
"""The method where the configuration names none; benchmarks/summaries.py compares them."""

METHODS = (
    DEFAULT,
    "lead",
    "lexrank",
    "textrank",
    "lsa",
    "luhn",
    "edmundson",
    "kl",
    "sumbasic",
    "reduction",
)
"""Every method that a configuration may name."""
