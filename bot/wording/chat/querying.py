"""What is told of a query that could not be taken as it was typed."""

from __future__ import annotations

from datetime import date

from bot.wording.language import counted, day, say

LONGEST = 40
"""Characters of what was typed that a note repeats."""


def repeated(text: str) -> str:
    """What was typed, as a note repeats it."""
    return say('"{text}"', text=text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")


def star(text: str) -> str:
    """A star that is passed over; in a phrase each one is."""
    return say("a star works only at the end of a word, not in {word}", word=repeated(text))


def others(name: str, count: int) -> str:
    """How to see what somebody said about anything else, where nothing is about what was asked."""
    return counted(
        count,
        "Without it there is {count} quote: /quotes {name}",
        "Without it there are {count} quotes: /quotes {name}",
        name=name,
    )


def too_long(letters: int, words: int) -> str:
    """How much of a query is read."""
    return say(
        "a query has at most {letters:,} letters and {words} words: the rest is left out",
        letters=letters,
        words=words,
    )


def not_days(text: str) -> str:
    """Words at the end of a query that look like days."""
    return say(
        '{said} is read as words; write days like "last week", "since 15 november" or after:{day}',
        said=repeated(text),
        day=day(date(2026, 11, 15)),
    )


def not_left_out(text: str, minus: str) -> str:
    """Words behind "without" that may be part of what is looked for."""
    return say("{said} is read as words; to leave them out write {minus}", said=repeated(text), minus=minus)


def nothing(text: str) -> str:
    """A query of operators and marks alone."""
    return say("{said} has nothing to look for: left out", said=repeated(text))


THESE_DAYS = "Articles of these days"
NONE_THEN = "I found no articles of these days."


def within(first: str, last: str) -> str:
    """Of which days: from the one, to the other; one that is empty is open."""
    if first == last:
        return say("Of {day}.", day=first)
    if first and last:
        return say("From {first} to {last}.", first=first, last=last)
    return say("Since {first}.", first=first) if first else say("Until {last}.", last=last)


def rolling(count: int, unit: str) -> str:
    """Of the time up to now; ``unit`` is "h", "d" or "w"."""
    match unit:
        case "h":
            return counted(count, "Of the last hour.", "Of the last {count} hours.")
        case "d":
            return counted(count, "Of the last day.", "Of the last {count} days.")
    return counted(count, "Of the last week.", "Of the last {count} weeks.")
