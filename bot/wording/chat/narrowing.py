"""What is said of what an answer can be narrowed by. Plain values in, plain text out."""

from __future__ import annotations

from collections.abc import Iterable

from bot.wording.language import say

NARROW = "Narrow by…"
"""On the button."""


def by_source(names: Iterable[str]) -> str:
    """Outlets with their counts."""
    return say("By source: {names}", names=", ".join(names))


def by_speaker(names: Iterable[str]) -> str:
    """Speakers with their counts."""
    return say("By speaker: {names}", names=", ".join(names))


def by_month(names: Iterable[str]) -> str:
    """Months with their counts."""
    return say("By month: {names}", names=", ".join(names))


def newest_speakers(looked: int, total: int) -> str:
    """Where others may have spoken in older articles."""
    return say("Speakers of the newest {looked:,} of {total:,}.", looked=looked, total=total)
