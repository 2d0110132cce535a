"""What the buttons of subscriptions carry: what to do, to which of them, and how (pure).

A value has at most 47 characters of ASCII, for platforms that let a button carry 64 bytes. Nothing that a person can
send raises.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

_EDIT = re.compile(r"([A-Za-z0-9_-]{16}):([a-z]{1,8})(?:\.([0-9a-f]{8})?(?:\.([a-z0-9]{1,12}))?)?")


@dataclass(frozen=True, slots=True)
class Edit:
    """``question`` is the token that the buttons of one message share, ``of`` the mark of a subscription."""

    question: str
    verb: str
    of: str = ""
    argument: str = ""

    def __str__(self) -> str:
        tail = f".{self.argument}" if self.argument else ""
        return f"{self.question}:{self.verb}{f'.{self.of}' if self.of or tail else ''}{tail}"


def edit(value: str) -> Edit | None:
    """What a button's value says; ``None`` for a value that the desk cannot have given."""
    found = _EDIT.fullmatch(value)
    return Edit(found[1], found[2], found[3] or "", found[4] or "") if found else None


def mark(text: str) -> str:
    """Eight letters and digits that stand for the text among a few others."""
    return hashlib.blake2s(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def marked(wanted: str, among: Iterable[tuple[str, T]]) -> T | None:
    """What stands beside the first text that ``wanted`` is the mark of; ``None`` without one."""
    return next((one for text, one in among if mark(text) == wanted), None)
