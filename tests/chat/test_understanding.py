"""How many of the ways in which people write a wish, a search or a schedule are understood, or asked about.

Each line of the table is one way, with what it means; what must be asked about has "?" in place of its time. Every
third line was put aside, and not looked at while the grammar was made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import query
from bot.domain.times.when import parse_when, printed
from bot.grammar import commands, digests, remarks, seeking, sentences, wishes

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "understanding.md"
TABLE = Path(__file__).with_name("understanding.tsv")
LATER = Path(__file__).with_name("phrasings.tsv")
"""Written in batches without a look at the grammar, and mended by kind after each was run."""
NOT_SEEN: set[str] = set()
SUNDAY = datetime(2026, 11, 29, 10, tzinfo=UTC)
TOPICS = ("energy", "harbour news")
Outcome = Literal["understood", "asked", "wrong"]


@dataclass(frozen=True)
class Way:
    kind: str
    aside: bool
    typed: str
    query: str
    when: str


def ways() -> Iterator[Way]:
    for line in TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, aside, typed, wanted, when = line.split("\t")
            typed = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), typed)
            yield Way(kind, bool(aside), typed, wanted, when)


@cache
def schedule(when: str) -> str:
    return printed(parse_when(when))


@cache
def searched(argument: str) -> str:
    return seeking.read(argument, SUNDAY, "UTC")


def outcome(way: Way) -> Outcome:
    if way.kind == "schedule":
        try:
            return _same(way, "", schedule(way.typed))
        except ValueError:
            return "asked"
    command = commands.parse(way.typed)
    if command.name != way.kind:
        return "wrong"
    if way.kind == "search":
        found = query.parse(command.argument, lists=True)
        same = found.query == query.parse(way.query, lists=True).query
        told = "*" not in way.query.rstrip("*") or found.notes
        return "understood" if same and told else "wrong"
    wish = wishes.read(command.argument)
    if wish.doubt or wish.refusal or wish.mine:  # whose zone it is, the platform is asked, or the person
        return "asked"
    wanted = query.with_topics(query.parse(wish.query, lists=True).query, TOPICS)
    return _same(way, query.printed(wanted), printed(wish.when))


def _same(way: Way, wanted: str, when: str) -> Outcome:
    if way.when == "?":
        return "wrong"
    meant = query.printed(query.parse(way.query, lists=True).query), schedule(way.when)
    return "understood" if (wanted, when) == meant else "wrong"


@pytest.mark.parametrize("aside", [False, True])
def test_what_people_write_is_understood_or_asked_about(aside):
    table = [way for way in ways() if way.aside == aside]
    assert len(table) >= 100
    became = [(outcome(way), way) for way in table]
    wrong = [way.typed for what, way in became if what == "wrong"]
    assert wrong == []
    needless = [way.typed for what, way in became if what == "asked" and way.when != "?"]
    assert len(needless) <= 0.02 * len(table), needless


def test_the_document_has_the_figures():
    for aside, name in ((False, "looked at"), (True, "put aside")):
        table = [way for way in ways() if way.aside == aside]
        became = Counter((outcome(way), way.when == "?") for way in table)
        asked, needless = became["asked", True], became["asked", False]
        figures = (name, len(table), became["understood", False], asked, needless, 0)
        assert "| {} | {} | {} | {} | {} | {} |".format(*figures) in DOCUMENT.read_text("utf-8")


def later() -> Iterator[tuple[str, Outcome, bool]]:
    """Each line written later, what became of it, and whether it must be asked about."""
    for line in LATER.read_text("utf-8").splitlines()[1:]:
        _, typed, wanted, when, *named = line.split("\t")
        yield typed, heard(typed.replace("\\u00a0", "\u00a0"), wanted, when, *named), when == "?"


def heard(typed: str, wanted: str, when: str, named: str = "") -> Outcome:
    """What becomes of words that are said to the desk alone; ``named`` is the command where the words do not tell it."""
    command = commands.parse(typed)
    expected = named or command.name
    if not command.name:
        command = sentences.read(typed) or command
    if command.name != expected:
        return "wrong" if command.name else "asked"
    if command.name == "subscribe":
        return outcome(Way("subscribe", False, f"/subscribe {command.argument}", wanted, when))
    if command.name == "mute" and wishes.unclear_length(_told("mute", command.argument)[0]):
        return "asked"
    told, meant = (_told(command.name, text) for text in (command.argument, wanted))
    noted = command.name == "search" and not set(_notes(command.argument)) <= set(_notes(wanted))
    if noted and (told != meant or when == "?"):
        return "asked"
    return "understood" if told == meant and when != "?" else "wrong"


def _notes(argument: str) -> tuple[str, ...]:
    """What the answer to a search says of what it could not take as it was typed."""
    return seeking.looked_for(searched(argument)).notes


def _told(name: str, argument: str) -> Any:
    """What a command's argument means, as its answer takes it."""
    match name:
        case "search":
            parsed = query.parse(searched(argument), lists=True)
            return parsed.query, parsed.order
        case "quotes":
            return remarks.name_and_subject(argument)
        case "mute":
            return commands.query_and_days(seeking.without_request(argument)[0])
        case "unsubscribe":
            return digests.ended(argument)
    return ""


def test_what_was_written_later_is_understood_or_asked_about():
    became = list(later())
    assert {typed for typed, what, _ in became if what == "wrong"} == NOT_SEEN
    told = Counter((what, asked) for _, what, asked in became)
    figures = (
        len(became),
        told["understood", False],
        told["asked", True],
        told["asked", False],
        len(NOT_SEEN),
    )
    assert "| written later | {} | {} | {} | {} | {} |".format(*figures) in DOCUMENT.read_text("utf-8")


def test_a_third_was_put_aside():
    table = list(ways())
    assert len(table) >= 300
    assert [way.aside for way in table] == [number % 3 == 2 for number in range(len(table))]


WORDS = st.sampled_from(
    [
        "storms",
        "at",
        "um",
        "8",
        "8:00",
        "20",
        "Uhr",
        "pm",
        "every",
        "each",
        "jeden",
        "2",
        "hours",
        "hour",
        "Stunden",
        "alle",
        "on",
        "mon",
        "fri",
        "mon-fri",
        "monday",
        "fridays",
        "montags",
        "daily",
        "täglich",
        "weekdays",
        "werktags",
        ",",
        "and",
        "und",
        "&",
        "-",
        "noon",
        "morning",
        "abends",
        "in",
        "Europe/Berlin",
        "CET",
        "as",
        "mine",
        "quiet",
        "22-7",
        "between",
        "8-20",
        "once",
        "sofort",
        "to",
        "about",
        "please",
        '"daily',
        'mail"',
        "(",
        ")",
        "/",
        "Mon/Wed",
        "time",
        "most",
        "4",
        "an",
    ]
)


@given(st.lists(WORDS, max_size=14))
def test_what_is_understood_can_be_written_again(words):
    wish = wishes.read(" ".join(words))
    assert parse_when(printed(wish.when)) == wish.when
    wanted = query.parse(wish.query, lists=True).query
    told = query.printed(wanted)
    assert query.parse(told).query == wanted
    if wish.doubt or wish.refusal or told != wish.query:
        return  # where marks are left out, other words stand side by side
    again = wishes.read(f"{told or '*'} {printed(wish.when)}")
    assert again.doubt or again.refusal or again.when == wish.when


@given(st.text(max_size=300))
def test_anything_can_be_wished_for(text):
    assert isinstance(wishes.read(text), wishes.Wish)
