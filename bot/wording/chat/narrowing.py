"""What is said of what an answer can be narrowed by. Plain values in, plain text out."""

from __future__ import annotations

from collections.abc import Iterable

from bot.wording.language import say

NARROW = "Narrow by…"
"""On the button."""

OPERATORS_TITLE = "How to search"
OPERATORS = (
    ("oil gas", "both words, in any order"),
    ("oil OR gas", "one of them, or both; a comma, too"),
    ('"oil price"', "these words side by side"),
    ("oil -football", "without the word; NOT, too"),
    ("oil -(gas OR coal)", "without any of them"),
    ("sanction*", "words that begin like this"),
    ("title:bridge", "in the headline"),
    ("source:Gazette", "from this outlet"),
    ("by:Ferrar", "by this author"),
    ('said:"Ada Rieve"', "with a quote of this person"),
    ("lang:en", "in this language"),
    ('topic:"energy"', "about a topic of the desk"),
    ("story:12", "the articles of one story"),
    ("after:2026-04-01", "published on this day or later"),
    ("before:2026-12-31", "published before this day"),
    ("on:2026-04-01", "published on this day; yesterday and monday are days, too"),
    ("last:7d", "published in the last 7 days; h are hours, w weeks"),
    ("oil sort:new", "the newest first; sort:old begins with the oldest, sort:best with what fits best"),
)
"""Each way to narrow a query, as an example, and what it finds."""


def operators() -> list[tuple[str, str]]:
    """The same, as who reads it would type it."""
    return [(say(example), say(what)) for example, what in OPERATORS]


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
