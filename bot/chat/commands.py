"""What a person asked for: a line of chat becomes a command (pure).

Queries and times stay as they were typed; their rooms read them. Nothing that a person can type
raises.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 2000
"""Characters of a command that are read; what follows is cut off."""

WORDS = {
    "search": "search",
    "quotes": "quotes",
    "topics": "topics",
    "subscriptions": "subscriptions",
    "digest": "digest",
    "help": "help",
    "start": "help",
}
"""What may be typed, and the command that it names."""

_COMMAND = re.compile(r"/?(?P<word>[A-Za-z]+)(@\w+)?(?=\s|$)")
_ABOUT = re.compile(r"\babout\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Command:
    """``name`` is one of the values of WORDS, or ``""`` for words that are no command."""

    name: str
    argument: str = ""
    typed: str = ""


def parse(text: str) -> Command:
    """The command in ``text``; the leading slash may be left out, as may case."""
    text = " ".join(text[:LONGEST].split())
    found = _COMMAND.match(text)
    if not found:
        return Command("", text, text)
    name = WORDS.get(found["word"].lower(), "")
    if not name:
        return Command("", text, found[0])
    return Command(name, text[found.end() :].strip(), found[0])


def name_and_subject(argument: str) -> tuple[str, str]:
    """The parts of `NAME about SUBJECT`; the subject is empty when it is not given."""
    head, *rest = _ABOUT.split(argument, maxsplit=1)
    return head.strip().strip("\"“”'"), (rest[0].strip() if rest else "")


def names(asked: str, person: str) -> bool:
    """Whether ``person`` has every word of the name that was asked for; case and accents aside."""
    wanted = _folded(asked)
    return bool(wanted) and wanted <= _folded(person)


def _folded(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(re.findall(r"[^\W_]+", letters))
