"""What the buttons of answers carry: a token of what was asked, and perhaps what is picked out of it (pure).

Nothing that a person can send raises.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

_CHANGE = re.compile(r"([A-Za-z0-9_-]{16}):([a-z]{1,12})")
_OPENED = re.compile(r"([A-Za-z0-9_-]{16}):([0-9]{1,15})")
_PICKED = re.compile(r"([A-Za-z0-9_-]{16})(?::([0-9a-f]{12}))?")
_PAGE = re.compile(r"([A-Za-z0-9_-]{16}):([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Change:
    """What a button does to the subscription that stands behind a stored question."""

    question: str
    to: str

    def __str__(self) -> str:
        return f"{self.question}:{self.to}"


@dataclass(frozen=True, slots=True)
class Picked:
    """What a button takes out of what stands behind a stored question, by its mark; all of it without."""

    question: str
    mark: str = ""

    def __str__(self) -> str:
        return f"{self.question}:{self.mark}" if self.mark else self.question


@dataclass(frozen=True, slots=True)
class Opened:
    """An article of the answer to a stored question, whose story a button opens."""

    question: str
    entry: int

    def __str__(self) -> str:
        return f"{self.question}:{self.entry}"


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of which stored question a button turns to."""

    question: str
    offset: int

    def __str__(self) -> str:
        return f"{self.question}:{self.offset}"


def page(value: str) -> Page | None:
    """The page that a button's value names; ``None`` for a value that the desk cannot have given."""
    found = _PAGE.fullmatch(value)
    return Page(found[1], int(found[2])) if found else None


def change(value: str) -> Change | None:
    """The change that a button's value names; ``None`` for a value that the desk cannot have given."""
    found = _CHANGE.fullmatch(value)
    return Change(found[1], found[2]) if found else None


def picked(value: str) -> Picked | None:
    """What a button's value names; ``None`` for a value that the desk cannot have given."""
    found = _PICKED.fullmatch(value)
    return Picked(found[1], found[2] or "") if found else None


def opened(value: str) -> Opened | None:
    """The article that a button's value names; ``None`` for a value that the desk cannot have given."""
    found = _OPENED.fullmatch(value)
    return Opened(found[1], int(found[2])) if found else None


def mark(text: str) -> str:
    """What a text is known by in a button, where it may be too long to stand there."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
