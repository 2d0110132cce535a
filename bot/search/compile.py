"""A query tree becomes tantivy's query over the documents of :mod:`bot.search.fields`.

Words beside ``said:`` in one conjunction must stand in one quote of that speaker, so those are
asked first, through ``quoting``; everything else is decided by the article's own document. Words
under a minus look at the whole article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from tantivy import FieldType, Occur
from tantivy import Query as Compiled

from bot.domain.query_nodes import (
    And,
    Came,
    Day,
    Everything,
    Field,
    Here,
    InStory,
    Lang,
    Last,
    Not,
    Or,
    Outlets,
    Phrase,
    Prefix,
    Query,
    Said,
    Term,
    Topic,
    Word,
)
from bot.search.fields import ARTICLE, DAY, QUOTE, SCHEMA, micros
from bot.search.words import UNSTEMMED, stems, unspaced, without_possessive, words

Quoting = Callable[[Compiled], Sequence[int]]
"""Asks the index for the entries of the quote documents that match."""

_Fact = Lang | Outlets | InStory | Topic | Day | Last | Here | Came
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_BASE = 0.1  # so that a query of filters alone has a score for freshness to order
_FUZZIEST = 40  # letters; a longer word is no word that somebody mistyped


@dataclass(frozen=True, slots=True)
class _Place:
    """A field of stems, its twin of words as written, and what a match there weighs."""

    stemmed: str
    written: str | None
    weight: float


_IN_ARTICLE = (
    _Place("title", "title_written", 3.0),
    _Place("standfirst", "standfirst_written", 1.5),
    _Place("lead", None, 1.5),
    _Place("body", "body_written", 1.0),
)
_IN_TITLE = (_Place("title", "title_written", 1.0),)
_IN_QUOTE = (_Place("said", "said_written", 1.0),)
_NAMED = {"source": "source", "by": "byline"}


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles for one state of the index.

    ``stemmers`` are the codes that its documents have, and ``expiring`` whether any of them has expired: to leave none
    out takes half the time of a common word. ``tolerant`` forgives typing errors in
    words of four letters and more: one of up to seven letters may have one, a longer one two.
    """

    now: datetime
    stemmers: tuple[str, ...]
    quoting: Quoting
    tolerant: bool = False
    expiring: bool = True

    def articles(self, query: Query) -> Compiled:
        """Matches the article documents that ``query`` means and that have not expired."""
        clauses = [(Occur.Must, self._node(query))]
        if not of_articles(query):
            clauses.insert(0, (Occur.Must, Compiled.const_score_query(_is("kind", ARTICLE), _BASE)))
        if self.expiring:
            clauses.append((Occur.MustNot, expired(self.now)))
        return Compiled.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]

    def quotes(self, query: Query) -> Compiled:
        """Matches the quote documents that hold what ``query`` asks of words; the rest is asked of their articles."""
        parts = query.queries if isinstance(query, And) else (query,)
        return _all([_is("kind", QUOTE), *(self._spoken(part) for part in parts if wordy(part))])

    def _node(self, query: Query) -> Compiled:
        match query:
            case Word() | Phrase() | Prefix():
                return self._words(query, _IN_ARTICLE)
            case Field("title", term):
                return self._words(term, _IN_TITLE)
            case Said():
                return self._conjunction((query,))
            case And(parts):
                return self._conjunction(parts)
            case Or(parts):
                return _any(self._node(part) for part in parts)
            case _:
                return _filter(self._condition(query))

    def _condition(self, query: Everything | Not | Field | _Fact) -> Compiled:
        match query:
            case Everything():
                return Compiled.all_query()
            case Not(inner):
                exact = replace(self, tolerant=False)  # what looks like it is not thrown out
                return Compiled.boolean_query(
                    [(Occur.Must, Compiled.all_query()), (Occur.MustNot, exact.articles(inner))]
                )
            case Field(name, term):
                return self._name(term, _NAMED[name])
            case _:
                return self._fact(query)

    def _fact(self, query: _Fact) -> Compiled:  # noqa: PLR0911 - one for each fact
        match query:
            case Lang(code):
                return _is("lang", code)
            case Outlets(names):
                return _any(_is("outlet", name) for name in sorted(names))
            case InStory(id):
                return _is("story", id)
            case Topic():  # expand() comes first; a topic that is still here is unknown
                return Compiled.empty_query()
            case Day(relation, day):
                start = micros(datetime.combine(day, time(), UTC))
                return _published(
                    None if relation == "before" else start,
                    {"before": start, "on": start + DAY, "after": None}[relation],
                )
            case Here(at):
                return Compiled.range_query(SCHEMA, "added", FieldType.Integer, None, micros(at))
            case Came(since):
                return Compiled.range_query(SCHEMA, "added", FieldType.Integer, micros(since), None)
            case Last(count, unit):
                return _published(micros(self.now) - count * micros_of(UNITS[unit]), None)

    def _conjunction(self, parts: Sequence[Query]) -> Compiled:
        asked = [names for part in parts if (names := speakers(part))]
        beside = [part for part in parts if wordy(part)] if asked else []
        musts = [self._node(part) for part in parts if not speakers(part) and part not in beside]
        in_quote = [self._spoken(part) for part in beside]
        for names in asked:
            speaker = _any(self._name(name, "speaker") for name in names)
            entries = self.quoting(_all([_is("kind", QUOTE), speaker, *in_quote]))
            musts.append(_filter(Compiled.term_set_query(SCHEMA, "id", list(entries))))
        clauses = [(Occur.Must, must) for must in musts]
        # The quote decides whether; how well is decided where every other match is weighed.
        return Compiled.boolean_query(clauses + [(Occur.Should, self._node(part)) for part in beside])

    def _spoken(self, query: Query) -> Compiled:
        match query:
            case And(parts):
                return _all([self._spoken(part) for part in parts])
            case Or(parts):
                return _any(self._spoken(part) for part in parts)
            case Word() | Phrase() | Prefix():
                return self._words(query, _IN_QUOTE)
            case _:
                raise AssertionError(query)

    def _words(self, term: Term, places: Iterable[_Place]) -> Compiled:
        return _any(
            Compiled.boost_query(found, place.weight)
            for place in places
            if (found := self._at(term, place)) is not None
        )

    def _at(self, term: Term, place: _Place) -> Compiled | None:
        if isinstance(term, Prefix) or self.tolerant:
            return self._written(term, place.written) if place.written else None
        agreed = stems(without_possessive(term.text), self.stemmers)
        if len(agreed) == 1:
            return _run(place.stemmed, next(iter(agreed)))
        return _any(
            _all([_run(place.stemmed, run), _filter(_any(_is("stemmer", code) for code in codes))])
            for run, codes in agreed.items()
        )

    def _written(self, term: Term, field: str) -> Compiled:
        run = words(without_possessive(term.text), UNSTEMMED)
        if isinstance(term, Prefix):
            return _starting(field, run)
        if not any(map(mistakable, run)):
            return _run(field, run)
        return _all([_like(field, word) for word in run])

    def _name(self, term: Term, field: str) -> Compiled:
        """Every word of a name, in any order: bylines and speakers turn theirs around."""
        *whole, last = words(without_possessive(term.text), UNSTEMMED) or ("",)
        if not last:
            return Compiled.empty_query()
        match_word = _like if self.tolerant else _is
        end = _starting(field, (last,)) if isinstance(term, Prefix) else match_word(field, last)
        return _all([*(match_word(field, word) for word in whole), end])


def expired(now: datetime) -> Compiled:
    """Matches what nobody finds any more."""
    return Compiled.range_query(SCHEMA, "expires", FieldType.Integer, None, micros(now))


def micros_of(span: timedelta) -> int:
    """The span in microseconds."""
    return span // timedelta(microseconds=1)


def speakers(query: Query) -> tuple[Term, ...]:
    """The names, any of which this part asks for and nothing else; empty when it asks for more."""
    if isinstance(query, Said):
        return (query.name,)
    if isinstance(query, Or) and all(isinstance(part, Said) for part in query.queries):
        return tuple(part.name for part in query.queries if isinstance(part, Said))
    return ()


def of_articles(query: Query) -> bool:
    """Whether what it matches has one of its words, and so is no quote; to ask for the kind, too, costs twice the time."""
    match query:
        case Word() | Phrase() | Prefix() | Field("title"):
            return True
        case And(parts):
            return any(map(of_articles, parts)) and not any(map(speakers, parts))  # else they are a quote's
        case Or(parts):
            return bool(parts) and all(map(of_articles, parts))
        case _:
            return False


def wordy(query: Query) -> bool:
    """Whether it asks for words alone, which beside a speaker must be theirs."""
    if isinstance(query, And | Or):
        return all(wordy(part) for part in query.queries)
    return isinstance(query, Word | Phrase | Prefix)


def _is(field: str, value: str | int) -> Compiled:
    return Compiled.term_query(SCHEMA, field, value)


def _run(field: str, run: Sequence[str]) -> Compiled:
    if not run:
        return Compiled.empty_query()
    return _is(field, run[0]) if len(run) == 1 else Compiled.phrase_query(SCHEMA, field, list(run))


def _starting(field: str, run: Sequence[str]) -> Compiled:
    if not run or unspaced(run[-1]):
        return _run(field, run)
    if len(run) > 1:
        return Compiled.phrase_prefix_query(SCHEMA, field, list(run))
    return Compiled.fuzzy_term_query(SCHEMA, field, run[0], distance=0, prefix=True)


def _like(field: str, word: str) -> Compiled:
    if not mistakable(word):
        return _is(field, word)
    return Compiled.fuzzy_term_query(SCHEMA, field, word, distance=tolerated(word))


def tolerated(word: str) -> int:
    """How many typing errors a word may have."""
    return 1 if len(word) < 8 else 2


def mistakable(word: str) -> bool:
    """Whether somebody may have mistyped it: a word, and not a short one."""
    return 4 <= len(word) <= _FUZZIEST and word.isalpha()


def _published(start: int | None, end: int | None) -> Compiled:
    """From ``start`` up to but not including ``end``."""
    last = None if end is None else end - 1
    return Compiled.range_query(SCHEMA, "published", FieldType.Integer, start, last)


def _filter(query: Compiled) -> Compiled:
    return Compiled.const_score_query(query, 0.0)


def _all(queries: Sequence[Compiled]) -> Compiled:
    return Compiled.boolean_query([(Occur.Must, query) for query in queries])


def _any(queries: Iterable[Compiled]) -> Compiled:
    return Compiled.boolean_query([(Occur.Should, query) for query in queries])
