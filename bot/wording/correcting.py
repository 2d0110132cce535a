"""What is said of words that others contradict: their own article, corrected since they were posted, or another outlet.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from bot.wording.language import counted
from bot.wording.phrases import quoted

CORRECTED = "(corrected)"
"""Behind a line, a quote or a headline that said something else when it was posted."""

FIGURES_DIFFER = "Figures differ:"
"""Over two lines of two outlets that give other numbers for the same thing."""

CORRECTION = "Correction"
"""Over what is said below a message that cannot be changed."""

CHANGED = " → "
"""Between the words that were posted and those that stand in their place."""

WITHDRAWN = "no longer in the article"
"""In place of the words of now, where there are none."""


def withdrawn(count: int) -> str:
    """How many lines of a story are gone, because their article does not say them any more."""
    return counted(
        count,
        "{count} line taken out: no longer in the article (corrected)",
        "{count} lines taken out: no longer in the article (corrected)",
    )


def more_changes(count: int) -> str:
    """How many further changes there are."""
    return counted(count, "and {count} more change in the article", "and {count} more changes in the article")


def was_said(words: str) -> str:
    """The words that were posted."""
    return quoted(words)
