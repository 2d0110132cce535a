"""Why something did not come about: a code and its arguments, so that it can be told in any language (pure)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.domain.unicode import well_formed
from bot.wording.language import speaking
from bot.wording.reasons import told

LONGEST = 4_096
"""Characters of a text among the arguments: as long as the longest path."""

WORDS = "words"
"""The code of what is told in words that are not the desk's: a platform's, or of an earlier version."""


@dataclass(frozen=True, slots=True, init=False)
class Reason:
    """``Reason("pdf.pages", count=301, most=300)``: a code of :mod:`bot.wording.reasons` and what its text names.

    Arguments are text, numbers, or a reason within this one. Texts are well-formed, at most LONGEST long, and
    may repeat what a stranger wrote. ``str`` tells it in the language spoken now.
    """

    code: str
    arguments: tuple[tuple[str, Argument], ...]

    def __init__(self, code: str, /, **arguments: Argument) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(
            self, "arguments", tuple((name, _kept(value)) for name, value in arguments.items())
        )

    def __str__(self) -> str:
        return told(self.code, dict(self.arguments))


Argument = str | int | float | Reason


def with_texts(reason: Reason, changed: Callable[[str], str]) -> Reason:
    """The same reason, with each text among its arguments changed, at any depth."""

    def of(value: Argument) -> Argument:
        if isinstance(value, Reason):
            return with_texts(value, changed)
        return changed(value) if isinstance(value, str) else value

    return Reason(reason.code, **{name: of(value) for name, value in reason.arguments})


def in_english(reason: Reason) -> str:
    """The reason as the log has it, whichever language is spoken."""
    with speaking("en"):
        return str(reason)


def in_words(text: str) -> Reason:
    """Words that are nobody's code."""
    return Reason(WORDS, words=text)


def record(reason: Reason) -> dict[str, Any]:
    """As JSON has it: ``{"code": "pdf.pages", "arguments": {"count": 301, "most": 300}}``."""
    arguments = {
        name: record(value) if isinstance(value, Reason) else value for name, value in reason.arguments
    }
    return {"code": reason.code, "arguments": arguments}


def dumped(reason: Reason) -> str:
    """The JSON text of :func:`record`, in ASCII."""
    return json.dumps(record(reason), separators=(",", ":"))


def loaded(text: str) -> Reason:
    """The reason of a text of :func:`dumped`; any other text is in words, as earlier versions wrote them."""
    try:
        return _reason_of(json.loads(text))
    except (ValueError, RecursionError):
        return in_words(text)


def _reason_of(found: object) -> Reason:
    """Raises ValueError for what is no record."""
    match found:
        case {"code": str(code), "arguments": dict(arguments), **rest} if not rest:
            return Reason(code, **{name: _argument_of(value) for name, value in arguments.items()})
    raise ValueError("no record of a reason")


def _argument_of(value: object) -> Argument:
    return value if isinstance(value, str | int | float) else _reason_of(value)


def _kept(value: Argument) -> Argument:
    return well_formed(value[:LONGEST]) if isinstance(value, str) else value
