"""What the desk says of files that people give it in chat.

Plain values in, plain text out, as in :mod:`bot.wording.phrases`.
"""

from __future__ import annotations

from bot.wording.phrases import quoted

NO_INBOX = "I take no files here."
NAMELESS = "a file"
MESSAGE = "message"
"""The name of a message that becomes a file."""


def taken_in(name: str) -> str:
    """The file lies in the inbox."""
    return f"{quoted(name)} lies in the inbox. I tell you here what becomes of it."


def too_large(name: str, megabytes: float, most: float) -> str:
    """The file has more bytes than one may have."""
    return f"{quoted(name)} has {megabytes:.1f} MB, and a file may have {most:.1f} MB at most."


def too_large_inside(name: str, most: float) -> str:
    """The file turned out to have more bytes than it was said to have."""
    return f"{quoted(name)} is too large: a file may have {most:.1f} MB at most."


def empty(name: str) -> str:
    """There is nothing in it."""
    return f"{quoted(name)} is empty."


def not_fetched(name: str, why: str) -> str:
    """The platform did not hand it out."""
    return f"I could not fetch {quoted(name)}: {why}."


def no_room(name: str) -> str:
    """The disk did not take it."""
    return f"I could not put {quoted(name)} into the inbox; it was noted. Please try again later."


OUTCOMES = {
    "new": "is in the library",
    "corrected": "is in the library; it corrects an earlier version",
    "held": "is kept, and held back",
    "known": "was in the library already",
    "unreadable": "could not be read",
}


def receipt(name: str, outcome: str, title: str = "", why: str = "") -> str:
    """What became of the file; ``title`` is the article's."""
    told = f"{quoted(name)} {OUTCOMES.get(outcome, outcome)}"
    shown = f": {quoted(title)}" if title else ""
    return f"{told}{shown}{f' ({why})' if why else ''}."
