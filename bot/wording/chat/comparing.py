"""What the desk says of a change that is not kept yet: what it would have changed.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from bot.wording import phrases
from bot.wording.language import counted, say

COMES, GOES = "Would come in:", "Would go:"
NOT_NOW = "The search index is being rebuilt just now, so I cannot tell what this would have changed."
TOO_LITTLE = (
    "There is too little history yet to say what this would have changed: no article came in that time."
)
UNSAVED = "Nothing is changed yet."
NOTHING = "no story"


def of_the_last_day(changes: str) -> str:
    """What would have changed in a digest of the last day, where none was made yet."""
    return say("With this, a digest of the last 24 hours would be another: {changes}.", changes=changes)


def of_the_last_digest(when: str, changes: str) -> str:
    """What would have changed in the last digest, of ``when``."""
    return say(
        "With this, the digest of {when} would have been another: {changes}.", when=when, changes=changes
    )


def of_another_length(length: timedelta, instead: timedelta, changes: str) -> str:
    """What is in a digest that stands for another time: ``length``, not ``instead``."""
    return say(
        "With this, a digest of now would be of the last {length}, not of the last {instead}: {changes}.",
        length=lasting(length),
        instead=lasting(instead),
        changes=changes,
    )


def same(when: str) -> str:
    """Nothing would have changed in the digest of ``when``; empty where it is one of the last day."""
    if not when:
        return say("With this, nothing would change in a digest of the last 24 hours.")
    return say("With this, nothing would have changed in the digest of {when}.", when=when)


def lasting(length: timedelta) -> str:
    """``7 days``, ``2 hours``: whole ones, days from two on."""
    hours = max(1, round(length.total_seconds() / 3600))
    if hours < 48:
        return counted(hours, "{count} hour", "{count} hours")
    return counted(ceil(hours / 24 - 0.5), "{count} day", "{count} days")


def changes(comes: int, goes: int, stays: int) -> str:
    """``+ 2 stories, − 5, 3 stay``."""
    more = counted(comes, "+ {count} story", "+ {count} stories") if comes else ""
    less = counted(goes, "− {count} story", "− {count} stories") if goes else ""
    left = counted(stays, "{count} stays", "{count} stay") if stays else ""
    return ", ".join(part for part in (more, less, left) if part) or say(NOTHING)


def reading(before: float, after: float) -> str:
    """How long it takes to read with the change and without, in seconds; empty where that is told alike."""
    old, new = phrases.reading_time(before), phrases.reading_time(after)
    return "" if old == new else say("Without the change: {old}. With it: {new}.", old=old, new=new)


def more(count: int) -> str:
    """Headlines that are not named."""
    return say("and {count} more", count=count)
