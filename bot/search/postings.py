"""Some entries held in memory as lists of who has which word, so that many queries are asked of them at once. Pure.

What :mod:`bot.search.compile` has tantivy find in an index, found here without one: each query costs a few
operations on sets of entries, which are the bits of an integer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, time
from functools import cached_property, reduce
from operator import and_, or_

from bot.domain.model import Article, Entry, Quote
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
    outlet_key,
)
from bot.search.compile import UNITS, micros_of, speakers, wordy
from bot.search.fields import DAY, micros, published
from bot.search.words import UNSTEMMED, in_places, stemmer_of, unspaced, without_possessive, words

_APART = "\x1f"  # between two fields, so that no phrase reaches from one into the next


class _Field:
    """Which of many texts have a word, or words side by side; each text has a place, which is a bit."""

    def __init__(self) -> None:
        self._having: dict[str, list[int]] = defaultdict(list)
        self._runs: dict[int, str] = {}
        self._bits: dict[str, int] = {}

    def add(self, place: int, found: Sequence[str]) -> None:
        """The words of the text at a place that has none yet."""
        for word in set(found):
            self._having[word].append(place)
        self._runs[place] = f" {' '.join(found)} "

    @property
    def words(self) -> AbstractSet[str]:
        """Every word of them."""
        return self._having.keys()

    @cached_property
    def _vocabulary(self) -> Sequence[str]:
        return sorted(self._having)

    def having(self, word: str) -> int:
        """The texts that have it."""
        if word not in self._bits:
            self._bits[word] = _bits(self._having.get(word, ()))
        return self._bits[word]

    def starting(self, start: str) -> int:
        """The texts that have a word that starts so."""
        found, at = 0, bisect_left(self._vocabulary, start)
        while at < len(self._vocabulary) and self._vocabulary[at].startswith(start):
            found |= self.having(self._vocabulary[at])
            at += 1
        return found

    def run(self, run: Sequence[str], *, open_end: bool = False) -> int:
        """The texts that have the words side by side; with ``open_end`` the last one only starts so."""
        if not run:
            return 0
        if len(run) == 1:
            return self.starting(run[0]) if open_end else self.having(run[0])
        whole = run[:-1] if open_end else run
        wanted = f" {' '.join(run)}" if open_end else f" {' '.join(run)} "
        candidates = reduce(and_, map(self.having, whole))
        return _bits(place for place in _places(candidates) if wanted in self._runs[place])


class _Texts:
    """One kind of text of all entries: by its stems, by the stemmer of each text, and as it is written."""

    def __init__(self, texts: Iterable[tuple[int, str, Sequence[str]]]) -> None:
        """Of each text its place, its stemmer, and its fields."""
        self._texts = tuple(texts)

    @cached_property
    def stemmed(self) -> Mapping[str, _Field]:
        """By stemmer."""
        found: dict[str, _Field] = defaultdict(_Field)
        for place, stemmer, fields in self._texts:
            found[stemmer].add(place, _joined(fields, stemmer))
        return found

    @cached_property
    def written(self) -> _Field:
        """As they are written."""
        found = _Field()
        for place, _, fields in self._texts:
            found.add(place, _joined(fields, UNSTEMMED))
        return found

    def holding(self, term: Term) -> int:
        """The places of the texts that hold the term."""
        text = without_possessive(term.text)
        if isinstance(term, Prefix):
            run = words(text)
            return self.written.run(run, open_end=bool(run) and not unspaced(run[-1]))
        return reduce(or_, (each.run(words(text, code)) for code, each in self.stemmed.items()), 0)


class _Names:
    """Names, which are never stemmed, and whose words stand in any order."""

    def __init__(self, names: Iterable[str]) -> None:
        self._field = _Field()
        for place, name in enumerate(names):
            self._field.add(place, words(name))

    def going_by(self, name: Term) -> int:
        """The places of the names that have each word of this one."""
        *whole, last = words(without_possessive(name.text)) or ("",)
        if not last:
            return 0
        starts = isinstance(name, Prefix) and not unspaced(last)
        end = self._field.starting(last) if starts else self._field.having(last)
        return reduce(and_, map(self._field.having, whole), end)


class Postings:
    """Entries, with the former ids of their stories, to be asked at the moment ``now``.

    Finds what :meth:`bot.search.index.TantivyIndex.matching` finds in an index that holds them, but
    for the beginning of a word in a phrase, of which an index tries fifty words.
    """

    def __init__(self, entries: Sequence[Entry], former: Mapping[int, Sequence[int]], now: datetime) -> None:
        self._entries = entries
        self._former = former
        self._now = micros(now)
        self._all = (1 << len(entries)) - 1
        self._known: dict[Query, int] = {}

    def matching(self, query: Query) -> Iterator[int]:
        """The places of the entries that the query matches, whose topics are written out."""
        return _places(self._node(query))

    @property
    def stems(self) -> Mapping[str, AbstractSet[str]]:
        """The stems of every word of titles, standfirsts and bodies, by stemmer."""
        return {stemmer: field.words for stemmer, field in self._article.stemmed.items()}

    def _node(self, query: Query) -> int:
        match query:
            case And(parts):
                return self._conjunction(parts)
            case Or(parts):
                return reduce(or_, map(self._node, parts))
            case Not(inner):
                return self._all & ~self._node(inner)
            case Said():
                return self._conjunction((query,))
            case _:
                if query not in self._known:
                    self._known[query] = self._leaf(query)
                return self._known[query]

    def _leaf(self, query: Query) -> int:
        match query:
            case Word() | Phrase() | Prefix():
                return self._article.holding(query)
            case Field("title", term):
                return self._titles.holding(term)
            case Field(name, term):
                return (self._sources if name == "source" else self._bylines).going_by(term)
            case Everything():
                return self._all
            case _:
                return self._fact(query)

    def _fact(self, query: Query) -> int:  # noqa: PLR0911 - one for each fact
        match query:
            case Lang(code):
                return self._where(lambda one: (one.article.language or "").partition("-")[0].lower() == code)
            case Outlets(names):
                return self._where(lambda one: any(outlet_key(each) in names for each in _outlets(one)))
            case InStory(id):
                return self._where(lambda one: id == one.story or id in self._former.get(one.story, ()))
            case Day(relation, day):
                start = micros(datetime.combine(day, time(), UTC))
                first = None if relation == "before" else start
                end = {"before": start, "on": start + DAY, "after": None}[relation]
                return self._published(first, end)
            case Here(at):
                return self._where(lambda one: one.added <= at)
            case Came(since):
                return self._where(lambda one: one.added >= since)
            case Last(count, unit):
                return self._published(self._now - count * micros_of(UNITS[unit]), None)
            case Topic():  # one that nobody knows
                return 0
            case _:
                raise AssertionError(query)

    def _published(self, start: int | None, end: int | None) -> int:
        return _bits(
            place
            for place, moment in enumerate(self._moments)
            if (start is None or start <= moment) and (end is None or moment < end)
        )

    def _where(self, holds: Callable[[Entry], bool]) -> int:
        return _bits(place for place, entry in enumerate(self._entries) if holds(entry))

    def _conjunction(self, parts: Sequence[Query]) -> int:
        """Words beside a speaker stand in one quote of theirs."""
        asked = [names for part in parts if (names := speakers(part))]
        beside = [part for part in parts if wordy(part)] if asked else []
        rest = [part for part in parts if not speakers(part) and part not in beside]
        found = reduce(and_, map(self._node, rest), self._all)
        for names in asked:
            quotes = reduce(or_, map(self._speakers.going_by, names))
            quotes = reduce(and_, map(self._spoken, beside), quotes)
            found &= _bits(self._quotes[place][0] for place in _places(quotes))
        return found

    def _spoken(self, query: Query) -> int:
        match query:
            case And(parts):
                return reduce(and_, map(self._spoken, parts))
            case Or(parts):
                return reduce(or_, map(self._spoken, parts))
            case Word() | Phrase() | Prefix():
                return self._said.holding(query)
            case _:
                raise AssertionError(query)

    @cached_property
    def _moments(self) -> Sequence[int]:
        return [published(entry.article, entry.added) for entry in self._entries]

    @cached_property
    def _article(self) -> _Texts:
        """The first paragraph, which the index has a field for, is a part of the body."""
        articles = enumerate(entry.article for entry in self._entries)
        return _Texts((place, stemmer_of(one.language), _parts(one)) for place, one in articles)

    @cached_property
    def _titles(self) -> _Texts:
        articles = enumerate(entry.article for entry in self._entries)
        return _Texts((place, stemmer_of(one.language), (one.title or "",)) for place, one in articles)

    @cached_property
    def _sources(self) -> _Names:
        return _Names(" ".join(_outlets(entry)) for entry in self._entries)

    @cached_property
    def _bylines(self) -> _Names:
        return _Names(entry.article.byline or "" for entry in self._entries)

    @cached_property
    def _quotes(self) -> Sequence[tuple[int, Article, Quote]]:
        """Those that somebody is named for, each with the place of its entry."""
        quotes = (
            (place, entry, quote) for place, entry in enumerate(self._entries) for quote in entry.quotes
        )
        return [
            (place, entry.article, quote)
            for place, entry, quote in quotes
            if quote.speaker_name or quote.speaker
        ]

    @cached_property
    def _said(self) -> _Texts:
        quotes = enumerate(self._quotes)
        return _Texts(
            (place, stemmer_of(article.language), (quote.words.of(article.text),))
            for place, (_, article, quote) in quotes
        )

    @cached_property
    def _speakers(self) -> _Names:
        return _Names(
            f"{quote.speaker_name or ''} {quote.speaker.of(article.text) if quote.speaker else ''}"
            for _, article, quote in self._quotes
        )


def _outlets(entry: Entry) -> Sequence[str]:
    return [name for name in (entry.article.source, entry.article.agency) if name]


def _parts(article: Article) -> Sequence[str]:
    return (article.title or "", article.standfirst or "", article.text)


def _joined(fields: Sequence[str], stemmer: str) -> list[str]:
    found: list[str] = []
    for text in fields:
        found += (*in_places(text, stemmer), _APART)
    return found


def _bits(places: Iterable[int]) -> int:
    found = 0
    for place in places:
        found |= 1 << place
    return found


def _places(bits: int) -> Iterator[int]:
    """The places of the bits that are set, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
