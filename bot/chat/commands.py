"""What a person asked for: a line of chat becomes a command (pure).

Queries, times and days stay as they were typed; their rooms read them. Nothing that a person can
type raises.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

LONGEST = 2000
"""Characters of a command that are read; what follows is cut off."""

WORDS = {
    "search": "search",
    "quotes": "quotes",
    "topics": "topics",
    "subscribe": "subscribe",
    "unsubscribe": "unsubscribe",
    "subscriptions": "subscriptions",
    "schedule": "schedule",
    "story": "story",
    "catchup": "catchup",
    "mute": "mute",
    "unmute": "unmute",
    "digest": "digest",
    "help": "help",
    "start": "help",
}
"""What may be typed, and the command that it names."""

CLOSE = 0.7
"""How alike a mistyped word and a command are, of 1: "serch" is suggested "search", "good" nothing."""

# No store keeps them: PostgreSQL refuses NUL, and lone surrogates have no bytes.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_COMMAND = re.compile(r"/?(?P<word>[A-Za-z]+)(@\w+)?(?=\s|$)")
_ABOUT = re.compile(r"\babout\b", re.IGNORECASE)
_PIECE = re.compile(r'"[^"]*"|“[^”]*”|[^\s"“]+|["“]')
_DAY = re.compile(
    r"mon(day)?s?|tue(s|sday)?s?|wed(nesday)?s?|thu(rs|rsday)?s?|fri(day)?s?|sat(urday)?s?|sun(day)?s?"
    r"|mo|tu|we|th|fr|sa|su|weekdays?|weekends?|daily|every",
    re.IGNORECASE,
)
_LIKE_A_TIME = re.compile(r"[0-9]|[,;]|(?:[ap]m|and)\b", re.IGNORECASE)
_TIMES = re.compile(r"[^\s,;]*[0-9][^\s,;]*(?: [ap]m\b)?", re.IGNORECASE)
_PAGE = re.compile(r"([A-Za-z0-9_-]{16}):([0-9]{1,4})")
_FOR = re.compile(r"(?:^|\s)for\s+(?P<count>[1-9]\d{0,2})\s*(?P<unit>d|days?|w|weeks?)\s*$", re.IGNORECASE)
_MARKS = "\"“”'‘’"


@dataclass(frozen=True, slots=True)
class Command:
    """``name`` is one of the values of WORDS, or ``""`` for words that are no command."""

    name: str
    argument: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of which stored question a button turns to."""

    question: str
    offset: int

    def __str__(self) -> str:
        return f"{self.question}:{self.offset}"


@dataclass(frozen=True, slots=True)
class Wish:
    """The parts of `QUERY [as NAME] [at TIME …] [on DAYS]`, as typed; empty where not given."""

    query: str
    name: str = ""
    times: tuple[str, ...] = ()
    days: str = ""


def parse(text: str) -> Command:
    """The command in ``text``; the leading slash may be left out, as may case."""
    text = " ".join(_CONTROLS.sub(" ", text[:LONGEST]).split())
    found = _COMMAND.match(text)
    if not found:
        return Command("", text, text)
    name = WORDS.get(found["word"].lower(), "")
    if not name:
        return Command("", text, found[0])
    return Command(name, text[found.end() :].strip(), found[0])


def page(value: str) -> Page | None:
    """The page that a button's value names; ``None`` for a value that the desk cannot have given."""
    found = _PAGE.fullmatch(value)
    return Page(found[1], int(found[2])) if found else None


def suggestion(typed: str) -> str:
    """The command that was probably meant by ``typed``; empty when nothing is close."""
    found = _COMMAND.match(typed[:80])
    near = difflib.get_close_matches(found["word"].lower(), WORDS, n=1, cutoff=CLOSE) if found else []
    return WORDS[near[0]] if near else ""


def name_and_subject(argument: str) -> tuple[str, str]:
    """The parts of `NAME about SUBJECT`; the subject is empty when it is not given."""
    head, *rest = _ABOUT.split(argument, maxsplit=1)
    return head.strip().strip("\"“”'"), (rest[0].strip() if rest else "")


def wish(argument: str) -> Wish:
    """The parts of a subscription that is wished for.

    The query ends at the first word that opens a clause: "as" with one name, "at" with times, "on"
    with days, then other clauses or nothing. So `war on drugs` is a query, and so is all between
    quotation marks.
    """
    argument = argument[:LONGEST]
    pieces = list(_PIECE.finditer(argument))
    for number, piece in enumerate(pieces):
        if clauses := _clauses([one[0] for one in pieces[number:]]):
            return Wish(
                argument[: piece.start()].strip(),
                " ".join(clauses.get("as", ())).strip(_MARKS).strip(),
                tuple(_TIMES.findall(" ".join(clauses.get("at", ())))),
                " ".join(clauses.get("on", ())),
            )
    return Wish(argument.strip())


def when_and_name(argument: str) -> tuple[str, str]:
    """The parts of `[now|preview|why] [NAME]`; the first is `preview` when it is not given."""
    head, _, rest = argument.partition(" ")
    if head.lower() in ("now", "preview", "why"):
        return head.lower(), rest.strip().strip(_MARKS)
    return "preview", argument.strip().strip(_MARKS)


def query_and_days(argument: str) -> tuple[str, int | None]:
    """The parts of `QUERY [for 7d]`, the length in days; ``None`` where none is given."""
    found = _FOR.search(argument)
    if not found:
        return argument.strip(), None
    days = int(found["count"]) * (7 if found["unit"].lower().startswith("w") else 1)
    return argument[: found.start()].strip(), days


def _clauses(pieces: Sequence[str]) -> dict[str, list[str]]:
    """The words of each clause; none unless the pieces begin with a clause that reads as one."""
    clauses: dict[str, list[str]] = {}
    for piece in pieces:
        if piece.lower() in ("as", "at", "on") and piece.lower() not in clauses:
            clauses[piece.lower()] = []
        elif not clauses:
            return {}
        else:
            clauses[next(reversed(clauses))].append(piece)
    return clauses if all(_opens(clause, words) for clause, words in islice(clauses.items(), 1)) else {}


def _opens(clause: str, words: Sequence[str]) -> bool:
    """Whether the clause cannot be part of a query: one name, nothing but times, or days first."""
    if clause == "as":
        return len(words) == 1
    if clause == "at":
        return bool(words) and words[0][0].isdigit() and all(map(_LIKE_A_TIME.match, words))
    return bool(words) and _DAY.fullmatch(words[0].partition("-")[0].partition(",")[0]) is not None
