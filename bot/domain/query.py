"""The query language: one tree for search, topics, subscriptions and mutes (pure).

::

    words in any order, all of them      "a phrase"      sanct*      oil OR gas      ( )
    -word or NOT word     title:word source:word by:word said:"Name" lang:en story:12 topic:name
    after:2023-04-01   before:2023-04-08   until:2023-04-07   on:2023-04-05      last:7d (or h, w)
    sort:new or sort:old, which only a search heeds

Days are days of UTC; ``after`` and ``until`` are with their day, ``before`` ends with the day before its own.
All of these have names in each language of :mod:`bot.wording.catalogues` as well, and are kept in English.
``OR`` binds weaker than words side by side. Case and accents are the index's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Literal, TypeAlias, cast, get_args

from bot.domain import query_nodes
from bot.domain.query_nodes import (
    NOTHING,
    And,
    Day,
    Everything,
    Field,
    FieldName,
    InStory,
    Lang,
    Last,
    Not,
    Or,
    Phrase,
    Prefix,
    Said,
    SearchOrder,
    Term,
    Topic,
    Unit,
    Word,
    all_of,
    any_of,
    leaves,
    without,
)
from bot.domain.times import days
from bot.wording import language
from bot.wording.chat import querying
from bot.wording.language import say
from bot.wording.marks import DASHES, plain

Query: TypeAlias = query_nodes.Query
"""Any node of the tree."""

LENGTH = 2_000
"""Characters of words and phrases that one query may have; what follows is left out."""
NODES = 200
"""Words, phrases and filters that one query may have."""
DEPTH = 20
"""Brackets inside brackets."""
EXPANDED = 2_000
"""Words, phrases and filters of a query whose topics are written out."""
NESTED = 8
"""Topics inside topics; with :data:`DEPTH` this bounds every recursion over a tree."""
NOTES = 8  # nobody reads more

_SCANNED = 5 * LENGTH  # room for the brackets and spaces that printing adds
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
FILTERS = days.RELATIONS | {"title", "source", "by", "lang", "said", "story", "topic", "last", "sort"}

_PIECES = r"""(?P<minus>-+)(?=[^\s\-)]) | (?P<dash>[DASHES]+)(?=[^\W\d]|["(]) | [-DASHES]+(?=[\s)]|$)
    | (?P<open>\() | (?P<close>\))
    | (?P<field>(?ai:FILTERS)): (?:"(?P<quoted>[^"]*)" | (?P<value>[^\s()"]*))
    | (?P<other>(?ai:FURTHER)): (?:"(?P<other_quoted>[^"]*[^\W_][^"]*)" | (?P<other_value>[^\s()"]*[^\W_][^\s()"]*))
    | "(?P<phrase>[^"]*)" | (?P<word>[^\s()"]+)"""
"""A name of another language is one only before a value: it may be an English word."""
_MINUSES = frozenset(f"-{DASHES}")
_CUT = "\x1f"  # no text has one any more
_COMMA = re.compile(r'"[^"]*"|(?<!\d)[,;、，|]|[,;、，|](?!\d)')
_INNER_STAR = re.compile(r"[^\W_]\*+\w|^\*+[^\W_]|^[^\W_]+\?+\w+$")
_SHAPES = {
    "lang": re.compile("[A-Za-z]{2,3}(-[A-Za-z]{2,4})?"),
    "story": re.compile("[0-9]{1,18}"),
    "topic": re.compile(".+"),
    "last": re.compile("(?P<count>[1-9][0-9]{0,3})(?P<unit>[a-zA-Z]+)"),
    **dict.fromkeys(days.RELATIONS, re.compile("[0-9.-]{6,10}")),
}
_EXAMPLES = {
    "lang": "{said} is no language such as lang:en: taken as words",
    "story": "{said} is no number of a story such as story:12: taken as words",
    "topic": "{said} is no name of a topic such as topic:energy: taken as words",
    "after": "{said} is no day such as after:2023-04-01: taken as words",
    "before": "{said} is no day such as before:2023-04-01: taken as words",
    "on": "{said} is no day such as on:2023-04-01: taken as words",
    "until": "{said} is no day such as before:2023-04-01: taken as words",
    "sort": "{said} is no order, which are sort:new, sort:old and sort:best: taken as words",
    "last": "{said} is no time such as last:24h, last:7d or last:2w: taken as words",
}
"""What a value is not that is none for its filter."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What queries are read by: the pieces, what may be typed for an operator, what stands before the last of a list, and "or" and "and" between words."""

    pieces: re.Pattern[str]
    operators: Mapping[str, str]
    last: re.Pattern[str]
    either: re.Pattern[str]
    both: re.Pattern[str]
    filters: Mapping[str, str]
    sort: re.Pattern[str]
    orders: Mapping[str, SearchOrder]
    units: Mapping[str, Unit]


@cache
def _words() -> _Words:
    """Of all languages; their catalogues are looked at when the first query is read."""
    further = language.filters()
    names = {"FILTERS": FILTERS, "FURTHER": further}
    pieces = _PIECES.replace("DASHES", DASHES)
    pieces = re.sub("FILTERS|FURTHER", lambda found: "|".join(sorted(names[found[0]])) or "(?!)", pieces)
    operators = {word: one for one in ("OR", "AND", "NOT") for word in language.small_words(one)}
    joining = "|".join(re.escape(word.lower()) for word, one in operators.items() if one != "NOT")
    last = re.compile(rf'"[^"]*"|(?:^|(?<=\s))(?:{joining}|&)(?=\s)')
    ors, ands = ("|".join(word.lower() for word in language.small_words(one)) for one in ("OR", "AND"))
    either = re.compile(rf'"[^"]*"|(?<=[^\s(] )(?:{ors})(?= [^\s)])')
    both = re.compile(rf'"[^"]*"|(?<=[^\s(] )(?:{ands}) (?=[^\s)])')
    filters = {**{one: one for one in FILTERS}, **further}
    sort = "|".join(name for name, meant in filters.items() if meant == "sort")
    orders = {word: one for one in get_args(SearchOrder) for word in language.small_words(one)}
    asked = rf'"[^"]*"|(?<![^\s(])(?:{sort}):({"|".join(orders)})(?![^\s)])'
    units = {word: one for one in get_args(Unit) for word in language.small_words(one)}
    ordering = re.compile(asked, re.IGNORECASE)
    read = re.compile(pieces, re.VERBOSE)
    return _Words(read, operators, last, either, both, filters, ordering, orders, units)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree, a short sentence for each thing that was not taken as it was typed, and the order that was asked for."""

    query: Query
    notes: tuple[str, ...]
    order: SearchOrder = "best"


def parse(text: str, *, lists: bool = False) -> Parsed:
    """The query that ``text`` means. Never raises: what makes no sense is left out, with a note.

    ``lists``: commas, and "or" in small letters, stand between things of which any is wanted, "and" between things that are, as people type them.
    """
    notes: dict[str, None] = {}
    text, order = ordered(text)
    pieces = _balanced(_read(text, notes, lists=lists), notes)
    query = _either(iter(pieces), notes)
    if query is None and text and not notes:
        notes[querying.nothing(text)] = None
    return Parsed(query or Everything(), tuple(islice(notes, NOTES)), order)


def ordered(text: str) -> tuple[str, SearchOrder]:
    """What is typed without the order that it asks for, and that: the last one."""
    order: SearchOrder = "best"
    text = plain(text[:_SCANNED])
    words = _words()
    for found in words.sort.finditer(text):
        order = words.orders.get((found[1] or "").lower(), order)
    return words.sort.sub(lambda found: "" if found[1] else found[0], text).strip(), order


def printed(query: Query) -> str:
    """The canonical text: ``parse(printed(q)).query == q`` for every ``q`` that ``parse`` returned."""
    return "" if isinstance(query, Everything) else str(query)


def told(query: Query) -> str:
    """The canonical text in the language spoken now, which is parsed to the same."""
    return "" if isinstance(query, Everything) else query_nodes.told(query)


def shown(text: str) -> str:
    """A query that was kept, as people read it: what they typed as it is, the canonical text in their language."""
    query = parse(text).query
    return told(query) if printed(query) == text else text


def expand(query: Query, topics: Mapping[str, str]) -> Query:
    """The query with each topic replaced by its text in ``topics`` (names in any case).

    A topic that is unknown, contains itself, or makes the query too large matches nothing.
    """
    known = {name.casefold(): text for name, text in topics.items()}
    left = EXPANDED

    def written_out(node: Query, inside: tuple[str, ...]) -> Query:
        nonlocal left
        match node:
            case Topic(name):
                key = name.casefold()
                if key not in known or key in inside or len(inside) == NESTED or left <= 0:
                    return NOTHING
                topic = parse(known[key]).query
                left -= sum(1 for _ in leaves(topic))
                return written_out(topic, (*inside, key))
            case Not(inner):
                return without(written_out(inner, inside))
            case And(parts):
                return all_of([written_out(part, inside) for part in parts])
            case Or(parts):
                return any_of([written_out(part, inside) for part in parts])
            case _:
                return node

    return written_out(query, ())


def with_topics(query: Query, topics: Iterable[str]) -> Query:
    """The query with a topic for each alternative whose words are its name, case aside; quoted words stay."""
    known = {name.casefold(): name for name in topics}
    parts = query.queries if isinstance(query, Or) else (query,)
    named = [known.get(printed(part).casefold()) for part in parts]
    return any_of([Topic(name) if name else part for name, part in zip(named, parts, strict=True)])


_Piece = Query | str  # a leaf, or one of ( ) OR NOT


def _listed(text: str, notes: dict[str, None]) -> str:
    """The text with OR for the commas that separate words, for the "and" before the last one, and for "or"."""

    def upper(found: re.Match[str]) -> str:
        if found[0][0] != '"':
            notes[say("{said} is read as OR", said=querying.repeated(found[0]))] = None
        return found[0] if found[0][0] == '"' else "OR"

    spoken = _words().either.sub(upper, " ".join(text.split()))
    cut = _COMMA.sub(lambda found: found[0] if found[0][0] == '"' else _CUT, spoken)
    head, comma, last = cut.rpartition(_CUT)
    if comma:
        last = _words().last.sub(lambda found: found[0] if found[0][0] == '"' else _CUT, last)
    items = [item.strip() for item in f"{head}{comma}{last}".split(_CUT) if item.strip()]
    wanted = [item for item in items if item[0] not in _MINUSES]
    if len(wanted) > 1:
        notes[say("commas are read as OR")] = None
    either = _words().both.sub(lambda found: found[0] if found[0][0] == '"' else "", " OR ".join(wanted))
    left_out = (item for item in items if item[0] in _MINUSES)
    return " ".join([f"({either})" if len(items) > len(wanted) > 1 else either, *left_out])


def _read(text: str, notes: dict[str, None], *, lists: bool) -> Iterator[_Piece]:
    text = _CONTROLS.sub(" ", plain(text[:_SCANNED]))
    if lists:
        text = _listed(text, notes)
    if text.count('"') % 2:
        notes[say("a quotation mark is never closed: left out")] = None
        head, _, tail = text.rpartition('"')
        text = f"{head} {tail}"
    room, leaf_count = LENGTH, 0
    for found in _words().pieces.finditer(text):
        piece = _piece(found, notes)
        if isinstance(piece, str):
            yield piece
        elif piece is not None:
            room, leaf_count = room - len(found[0].strip('"')), leaf_count + 1
            if room < 0 or leaf_count > NODES:
                notes[querying.too_long(LENGTH, NODES)] = None
                return
            yield piece


def _piece(found: re.Match[str], notes: dict[str, None]) -> _Piece | None:
    parts = found.groupdict()
    if parts["minus"] or parts["dash"]:
        return "NOT"
    if parts["open"] or parts["close"]:
        return found[0]
    if operator := _words().operators.get(parts["word"] or ""):
        return None if operator == "AND" else operator
    if parts["field"]:
        return _filter(parts["field"].lower(), parts["quoted"], parts["value"], notes)
    if parts["other"]:
        return _filter(parts["other"], parts["other_quoted"], parts["other_value"], notes)
    return _term(parts["phrase"], parts["word"], notes)


def _term(phrase: str | None, word: str | None, notes: dict[str, None]) -> Term | Everything | None:
    if word is not None and not word.strip("*"):
        return Everything()
    if word is not None and _INNER_STAR.search(word):
        return _starred(word, notes)
    text = " ".join(phrase.split()) if phrase is not None else (word or "").rstrip("*")
    if not any(map(str.isalnum, text)):
        if text.strip("-–—"):
            notes[say("{said} has no letters: left out", said=querying.repeated(text))] = None
        return None
    if phrase is not None:
        if re.search(r"\w\*|\*\w", phrase):
            notes[querying.star(phrase)] = None
        return Phrase(text)
    return Prefix(text) if word is not None and word.endswith("*") else Word(text)


def _starred(word: str, notes: dict[str, None]) -> Term:
    """A word with a star that is not at its end: what stands before the star, or else behind it."""
    begun = re.split(r"\*|\?(?=\w)", word, maxsplit=1)[0]
    told: Term = Prefix(begun) if any(map(str.isalnum, begun)) else Phrase(word.replace("*", ""))
    notes[querying.star(word)] = None
    return told


def _filter(typed: str, quoted: str | None, value: str | None, notes: dict[str, None]) -> Query | None:
    name = _words().filters[typed.lower()]
    text = " ".join((quoted if quoted is not None else value or "").split())
    if not text.strip("*-"):
        notes[say("{name}: needs a value right behind it: left out", name=typed)] = None
        return None
    if (special := _special(name, text)) is not None:
        return special
    term = _term(quoted, value, notes)
    if not isinstance(term, Word | Phrase | Prefix):
        return None
    if name == "said":
        return Said(term)
    if name in ("title", "source", "by"):
        return Field(cast(FieldName, name), term)
    notes[say(_EXAMPLES[name], said=querying.repeated(f"{typed}:{text}"))] = None
    return term if quoted is not None else _term(None, f"{typed}:{text}", notes)


def _special(name: str, text: str) -> Query | None:
    shape = _SHAPES.get(name)
    if shape is None or not (found := shape.fullmatch(text)):
        return None
    match name:
        case "lang":
            return Lang(text.partition("-")[0].lower())
        case "story":
            return InStory(int(text))
        case "topic":
            return Topic(text)
        case "last":
            unit = _words().units.get(found["unit"].lower())
            return Last(int(found["count"]), unit) if unit else None
    return _day(name, text)


def _day(name: str, text: str) -> Day | None:
    day = days.read(text)
    if day is None or name != "until":
        return Day(cast(Literal["after", "before", "on"], name), day) if day else None
    return Day("before", day + days.DAY) if day < date.max else None


def _balanced(pieces: Iterator[_Piece], notes: dict[str, None]) -> list[_Piece]:
    kept: list[_Piece] = []
    depth = 0
    for piece in pieces:
        if piece == "(":
            depth += 1
        elif piece == ")" and depth == 0:
            notes[say("a bracket closes that was never opened: left out")] = None
            continue
        if piece not in ("(", ")") or depth <= DEPTH:
            kept.append(piece)
        else:
            notes[say("brackets stand at most {depth} deep: the inner ones are left out", depth=DEPTH)] = None
        depth -= piece == ")"
    if depth > 0:
        notes[say("a bracket is never closed: it reaches to the end")] = None
    return kept


def _either(pieces: Iterator[_Piece], notes: dict[str, None]) -> Query | None:
    """One bracket's content: reads up to its end, which it consumes."""
    choices: list[list[Query]] = [[]]
    negated = False
    for piece in pieces:
        if piece == ")":
            break
        if piece == "NOT":
            negated = not negated
            continue
        if piece == "OR":
            choices.append([])
        elif (node := _either(pieces, notes) if piece == "(" else cast(Query, piece)) is not None:
            choices[-1].append(without(node) if negated else node)
        negated = False
    filled = [all_of(choice) for choice in choices if choice]
    if len(filled) < len(choices) > 1:
        notes[say("OR stands between two things: left out")] = None
    if negated:
        notes[say("NOT stands before what is not wanted: left out")] = None
    return any_of(filled) if filled else None
