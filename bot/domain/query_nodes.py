"""The tree that a query is: frozen nodes, each with its canonical text as ``str`` (pure).

:mod:`bot.domain.query` reads one from what somebody typed; :mod:`bot.search.compile` asks the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.wording import language
from bot.wording.language import filter_word, small_word

SearchOrder = Literal["best", "new", "old"]
"""By how well an entry matches, or by when it came."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every entry: the empty query, or ``*``."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class Word:
    """A word by its stem; one such as ``e-mail`` or ``AT&T`` is a phrase to the index."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, side by side."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that start like this, as they are written."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


Term = Word | Phrase | Prefix
FieldName = Literal["title", "source", "by"]


@dataclass(frozen=True, slots=True)
class Field:
    """The term stands in the title, the outlet's name or the byline."""

    name: FieldName
    term: Term

    def __str__(self) -> str:
        return f"{self.name}:{self.term}"


@dataclass(frozen=True, slots=True)
class Said:
    """The entry has a quote by this name; positive words beside it must stand in that quote."""

    name: Term

    def __str__(self) -> str:
        return f"said:{self.name}"


@dataclass(frozen=True, slots=True)
class Lang:
    """The article is in this language, by its lower-case code."""

    code: str

    def __str__(self) -> str:
        return f"lang:{self.code}"


@dataclass(frozen=True, slots=True)
class Outlets:
    """The article is from one of these outlets or agencies, each an :func:`outlet_key`; nobody can type it."""

    names: frozenset[str]

    def __str__(self) -> str:
        return " OR ".join(f'source:"{name}"' for name in sorted(self.names))


@dataclass(frozen=True, slots=True)
class InStory:
    """The entry belongs to the story of this id."""

    id: int

    def __str__(self) -> str:
        return f"story:{self.id}"


@dataclass(frozen=True, slots=True)
class Topic:
    """A query that has a name; :func:`expand` puts it in."""

    name: str

    def __str__(self) -> str:
        return f'topic:"{self.name}"'


@dataclass(frozen=True, slots=True)
class Day:
    """Published since the start of the day, before it, or on it."""

    relation: Literal["after", "before", "on"]
    day: date

    def __str__(self) -> str:
        return f"{self.relation}:{self.day.isoformat()}"


Unit = Literal["h", "d", "w"]


@dataclass(frozen=True, slots=True)
class Last:
    """Published in the last ``count`` hours, days of 24 hours, or weeks."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"last:{self.count}{self.unit}"


@dataclass(frozen=True, slots=True)
class Here:
    """The entry was in the library at that moment; nobody can type it."""

    at: datetime

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Came:
    """The entry came into the library at that moment or later; nobody can type it."""

    since: datetime

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Not:
    """What the inner query does not match."""

    query: Query

    def __str__(self) -> str:
        return f"-({self.query})" if isinstance(self.query, And | Or) else f"-{self.query}"


@dataclass(frozen=True, slots=True)
class And:
    """All of them; two or more, none itself an ``And``."""

    queries: tuple[Query, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.queries)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them; two or more, none itself an ``Or``."""

    queries: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.queries))


Query = (
    Everything
    | Word
    | Phrase
    | Prefix
    | Field
    | Said
    | Lang
    | Outlets
    | InStory
    | Topic
    | Day
    | Last
    | Here
    | Came
    | Not
    | And
    | Or
)

NOTHING: Query = Not(Everything())


def told(query: Query) -> str:
    """The text of a query in the language spoken now, which is read as the same query."""
    match query:
        case Not(inner):
            return f"-({told(inner)})" if isinstance(inner, And | Or) else f"-{told(inner)}"
        case And(parts):
            return " ".join(f"({told(part)})" if isinstance(part, Or) else told(part) for part in parts)
        case Or(parts):
            return f" {small_word('OR')} ".join(map(told, parts))
    return _told_leaf(query)


def _told_leaf(query: Query) -> str:
    name, _, value = str(query).partition(":")
    match query:
        case Day():
            value = language.day(query.day)
        case Last():
            value = f"{query.count}{small_word(query.unit)}"
        case Field() | Said() | Lang() | InStory() | Topic():
            pass
        case _:
            return str(query)
    return f"{filter_word(name)}:{value}"


def outlet_key(name: str) -> str:
    """The name of an outlet without regard to case and spacing."""
    return " ".join(name.split()).casefold()


def leaves(query: Query, *, wanted: bool = True) -> Iterator[tuple[Query, bool]]:
    """Every node without children, and whether it is wanted or (under a ``Not``) unwanted."""
    match query:
        case Not(inner):
            yield from leaves(inner, wanted=not wanted)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part, wanted=wanted)
        case _:
            yield query, wanted


def topics_named(query: Query) -> frozenset[str]:
    """The names of the topics in this query, as they were typed."""
    return frozenset(leaf.name for leaf, _ in leaves(query) if isinstance(leaf, Topic))


def terms(query: Query) -> tuple[Term | Field | Said, ...]:
    """What a match contains, in the order typed: nothing that stands under a ``Not``."""
    return tuple(
        leaf
        for leaf, wanted in leaves(query)
        if wanted and isinstance(leaf, Word | Phrase | Prefix | Field | Said)
    )


def without(query: Query) -> Query:
    """What ``query`` does not match."""
    return query.query if isinstance(query, Not) else Not(query)


def without_exclusions(query: Query) -> Query:
    """The query but for what it leaves out; itself where it leaves out nothing, or everything else."""
    if not isinstance(query, And):
        return query
    wanted = [part for part in query.queries if not isinstance(part, Not)]
    return all_of(wanted) if wanted else query


def all_of(parts: Iterable[Query]) -> Query:
    """What every part matches, flat; no part is everything."""
    flat = [leaf for part in parts for leaf in (part.queries if isinstance(part, And) else (part,))]
    flat = [part for part in flat if part != Everything()]
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else Everything()


def any_of(parts: Iterable[Query]) -> Query:
    """What at least one part matches, flat; no part is nothing."""
    flat = [leaf for part in parts for leaf in (part.queries if isinstance(part, Or) else (part,))]
    if Everything() in flat:
        return Everything()
    return Or(tuple(flat)) if len(flat) > 1 else flat[0] if flat else NOTHING
