"""Standing queries: what each of very many matches is found as articles come, and remembered until it is asked for.

Each batch of what is new in the library is asked once for all of them (:mod:`bot.search.postings`), after a first
filter: a query is passed over where none of the words is there of which it needs one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.model import Entry, Window
from bot.domain.ports import Library
from bot.domain.query_nodes import And, Field, Last, Or, Phrase, Query, Word, leaves
from bot.search.compile import speakers
from bot.search.postings import Postings
from bot.search.words import without_possessive, words

BATCH = 500
"""Entries that are held in memory at a time."""

EACH = 4
"""Entries that are matched in the time of one search: a query is worth no more of a backlog than this."""

BACKLOG = 4_000
"""Entries of a backlog that are matched, however many queries there are."""

MOST = 500_000
"""Matches that are remembered, about 100 bytes each; beyond it the older half is let go of."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Matched:
    """An entry that some queries match."""

    revision: int
    expires: datetime | None
    standing: tuple[_Standing, ...]


@dataclass(slots=True, eq=False)
class _Standing:
    """A query, and the entries with a revision above ``since`` that match it. Compared by identity, for speed."""

    query: Query
    since: int
    entries: set[int] = field(default_factory=set)


class Percolator:
    """What standing queries match in a library, which it follows by revision.

    All of it is in memory: whoever asks for what it does not know asks the index.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._turn = asyncio.Lock()
        self._standing: dict[Query, _Standing] = {}
        self._matched: dict[int, _Matched] = {}
        self._filter = _Filter()
        self._reached: int | None = None
        self._total = 0

    async def watch(self, queries: Collection[Query]) -> None:
        """Stand for these from now on, and no others; their topics are written out. Raises StoreError.

        At first the newest entries are matched, as many as it takes less time for than a search for each query.
        """
        async with self._turn:
            wanted = {query for query in queries if query in self._standing or _is_lasting(query)}
            for gone in self._standing.keys() - wanted:
                standing = self._standing.pop(gone)
                self._filter.remove(standing)
                self._total -= len(standing.entries)
            new = wanted - self._standing.keys()
            if self._reached is None:
                self._reached = max(0, await self._library.revision() - _worth(new))
            for query in new:
                self._standing[query] = standing = _Standing(query, self._reached)
                self._filter.add(standing)
            await self._follow()

    async def matching(self, query: Query, window: Window, *, now: datetime) -> tuple[int, ...] | None:
        """Every entry of the window that the query matches, in the order of revisions; ``None`` where that is not known.

        Raises StoreError.
        """
        standing = self._standing.get(query)
        if standing is None or window.after < standing.since:
            return None
        if self._reached is None or self._reached < window.upto:
            async with self._turn:
                await self._follow()
            if (self._reached or 0) < window.upto or window.after < standing.since:
                return None
        found = ((self._matched[entry], entry) for entry in standing.entries)
        within = sorted(
            (one.revision, entry)
            for one, entry in found
            if window.after < one.revision <= window.upto and (one.expires is None or one.expires > now)
        )
        return tuple(entry for _, entry in within)

    async def _follow(self) -> None:
        """Match what the library has and this has not."""
        if self._reached is None or not self._standing:
            return
        newest = await self._library.revision()
        if newest < self._reached:  # an older copy took the library's place
            self._skip(newest)
        if newest - self._reached > (worth := _worth(self._standing)):
            self._skip(newest - worth)
        while self._reached < newest:
            await self._batch(self._reached, newest)

    async def _batch(self, reached: int, newest: int) -> None:
        library = self._library
        entries = await library.after_revision(reached, limit=BATCH)
        last = entries[-1].changed if entries else reached
        upto = last if len(entries) == BATCH else max(last, newest)
        changed = {entry.id: entry for entry in (*await library.moved(Window(reached, upto)), *entries)}
        gone = await library.gone(Window(reached, upto))
        former = await library.former({entry.story for entry in changed.values()})
        came = list(changed.values())
        try:
            found = await asyncio.to_thread(self._filter.matched, came, former)
        except Exception:  # what it does not know the index is asked for
            log.exception("the articles up to revision %d cannot be matched at once", upto)
            self._skip(upto)
            return
        for entry_id in (*gone, *changed):
            self._let_go(entry_id)
        for entry, standing in zip(came, found, strict=True):
            self._keep(entry, standing)
        self._reached = upto
        if self._total > MOST:
            self._halve()

    def _keep(self, entry: Entry, found: Iterable[_Standing]) -> None:
        matched = tuple(standing for standing in found if entry.revision > standing.since)
        for standing in matched:
            standing.entries.add(entry.id)
        self._total += len(matched)
        if matched:
            self._matched[entry.id] = _Matched(entry.revision, entry.expires, matched)

    def _let_go(self, entry: int) -> None:
        if (before := self._matched.pop(entry, None)) is None:
            return
        for standing in before.standing:
            if entry in standing.entries:
                standing.entries.remove(entry)
                self._total -= 1

    def _skip(self, upto: int) -> None:
        """Know nothing of what came up to this revision."""
        self._matched, self._total, self._reached = {}, 0, upto
        for standing in self._standing.values():
            standing.since, standing.entries = upto, set()

    def _halve(self) -> None:
        revisions = sorted((one.revision, entry) for entry, one in self._matched.items())
        middle = revisions[len(revisions) // 2][0]
        for revision, entry in revisions:
            if revision <= middle:
                self._let_go(entry)
        for standing in self._standing.values():
            standing.since = max(standing.since, middle)


class _Filter:
    """Queries by a word of which each needs one: which of them some entries can match at all."""

    def __init__(self) -> None:
        self._by_word: dict[str, set[_Standing]] = {}
        self._always: set[_Standing] = set()
        self._stems: dict[str, dict[str, set[str]]] = {}

    def add(self, standing: _Standing) -> None:
        """One more."""
        needed = needs(standing.query)
        if needed is None:
            self._always.add(standing)
        for word in needed or ():
            if word not in self._by_word:
                for stemmer, stems in self._stems.items():
                    _add_stem(stems, word, stemmer)
            self._by_word.setdefault(word, set()).add(standing)

    def remove(self, standing: _Standing) -> None:
        """One that was added."""
        self._always.discard(standing)
        for word in needs(standing.query) or ():
            self._by_word[word].discard(standing)
            if not self._by_word[word]:
                del self._by_word[word]
                for stemmer, stems in self._stems.items():
                    _remove_stem(stems, word, stemmer)

    def matched(self, entries: Sequence[Entry], former: Mapping[int, Sequence[int]]) -> list[list[_Standing]]:
        """The queries that match each entry; pure."""
        found: list[list[_Standing]] = [[] for _ in entries]
        if not entries:
            return found
        postings = Postings(entries, former, entries[0].added)  # no query here asks what time it is
        for standing in self._possible(postings):
            for place in postings.matching(standing.query):
                found[place].append(standing)
        return found

    def _possible(self, postings: Postings) -> Iterable[_Standing]:
        found = set(self._always)
        if self._by_word:
            for stemmer, stems_here in postings.stems.items():
                stems = self._stems_by(stemmer)
                for stem in stems.keys() & stems_here:
                    found.update(*(self._by_word[word] for word in stems[stem]))
        return found

    def _stems_by(self, stemmer: str) -> Mapping[str, Collection[str]]:
        if stemmer not in self._stems:
            stems: dict[str, set[str]] = {}
            for word in self._by_word:
                _add_stem(stems, word, stemmer)
            self._stems[stemmer] = stems
        return self._stems[stemmer]


def _add_stem(stems: dict[str, set[str]], word: str, stemmer: str) -> None:
    for stem in words(word, stemmer):
        stems.setdefault(stem, set()).add(word)


def _remove_stem(stems: dict[str, set[str]], word: str, stemmer: str) -> None:
    for stem in set(words(word, stemmer)):
        stems[stem].discard(word)
        if not stems[stem]:
            del stems[stem]


def needs(query: Query) -> frozenset[str] | None:
    """Words, as they are written, of which whatever matches has at least one; ``None`` where that cannot be said."""
    match query:
        case Word() | Phrase() | Field("title", Word() | Phrase()):
            term = query.term if isinstance(query, Field) else query
            return frozenset(sorted(words(without_possessive(term.text)), key=len)[-1:])
        case And(parts) if not any(map(speakers, parts)):  # else they are words of a quote
            asked = [each for each in map(needs, parts) if each is not None]
            return min(asked, key=lambda each: (len(each), -max(map(len, each), default=0)), default=None)
        case Or(parts):
            either = [needs(part) for part in parts]
            known = [each for each in either if each is not None]
            return frozenset().union(*known) if len(known) == len(either) else None
        case _:
            return None


def _is_lasting(query: Query) -> bool:
    """Whether what it matches is the same at any time."""
    return not any(isinstance(leaf, Last) for leaf, _ in leaves(query))


def _worth(queries: Collection[Query]) -> int:
    return min(EACH * len(queries), BACKLOG)
