"""What is new in a feed goes to the inbox: an entry as the feed has it, or the page that it leads to."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.errors import InboxError, OverBudget
from bot.domain.ports import Clock, Workers
from bot.domain.reasons import Reason, with_texts
from bot.domain.sourcing import Drop, FetchFailed, Source, SourceState, SourceStore
from bot.inbox.naming import named
from bot.sources.entries import Entry, FeedRead, is_new, read_feed, words_of_page
from bot.sources.fetching import FEEDS, Fetched, Fetching
from bot.sources.pages import page_file

MOST_AT_ONCE = 50
"""Entries that are taken of one feed in a round; the others wait for the next."""

TRIES = 3
"""Rounds in which a page is asked for that cannot be had just now, before the teaser does."""

MOST_TRIED = 10_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """What a source brought: files in the inbox, and the marks of an answer of which nothing is left to take.

    ``more``: it has more, which can be had at once.
    """

    files: int
    etag: str = ""
    modified: str = ""
    more: bool = False


class Feeds:
    """Takes what is new. The same entry is never taken twice, unless the desk ends in between."""

    def __init__(
        self, fetching: Fetching, workers: Workers, store: SourceStore, drop: Drop, clock: Clock
    ) -> None:
        self._fetching = fetching
        self._workers = workers
        self._store = store
        self._drop = drop
        self._clock = clock
        self._tried: Counter[str] = Counter()

    async def take(self, source: Source, state: SourceState) -> Round:
        """Take what the feed has and was not taken. Raises FetchFailed and StoreError."""
        credential = source.credential
        if credential is None:
            return await self._taken(source, state)
        if not credential.value:
            raise FetchFailed(Reason("mailbox.password", name=credential.name), lasting=True)
        try:
            return await self._taken(source, state)
        except FetchFailed as error:
            # A server may repeat what it was told.
            reason = with_texts(error.reason, credential.hidden)
            raise FetchFailed(reason, after=error.after, lasting=error.lasting) from None

    async def tried(self, url: str) -> None:
        """Look whether a feed is there that can be read, and take nothing of it. Raises FetchFailed."""
        await self._read(await self._fetching.fetch(url, accept=FEEDS))

    async def _taken(self, source: Source, state: SourceState) -> Round:
        found = await self._fetching.fetch(
            source.url,
            accept=FEEDS,
            etag=state.etag,
            modified=state.modified,
            robots=source.robots,
            credential=source.credential,
        )
        if found.unchanged:
            return Round(0, state.etag, state.modified)
        entries = await self._read(found)
        known = await self._store.known({key for one in entries for key in one.keys})
        await self._store.seen(known, self._clock.now())
        fresh = _each_once([one for one in entries if is_new(one, known)])[::-1]  # the oldest first
        if state.succeeded is None and source.first is not None and len(fresh) > source.first:
            older, fresh = fresh[: len(fresh) - source.first], fresh[len(fresh) - source.first :]
            await self._note(older)
        taken = [await self._take(one, source) for one in fresh[:MOST_AT_ONCE]]
        files = sum(1 for one in taken if one)
        if None in taken or len(fresh) > MOST_AT_ONCE:
            return Round(files)  # asked for the whole feed again
        return Round(files, found.etag, found.modified)

    async def _read(self, found: Fetched) -> Sequence[Entry]:
        try:
            read: FeedRead = await self._workers.run(read_feed, found.body, found.url)
        except OverBudget as error:
            raise FetchFailed(Reason("source.unread", why=error.reason)) from error
        if read.why:
            raise FetchFailed(read.why, lasting=True)
        return read.entries

    async def _take(self, entry: Entry, source: Source) -> bool | None:
        """Whether it made a file; ``None`` for one whose page is asked for again in the next round."""
        ending, data = ".json", entry.data
        if entry.url and (source.pages == "always" or (source.pages == "auto" and entry.teaser)):
            try:
                if better := await self._page(entry, source):
                    ending, data = better
            except FetchFailed as error:
                if self._is_tried_again(entry, error):
                    return None
                log.info("%s: a page is not had, and its teaser stands in: %s", source.name, error)
        if data is entry.data and not entry.words:
            await self._note([entry])  # a headline and no more
            return False
        try:
            await self._drop(named(entry.title, ending, source.name), data)
        except InboxError as error:
            raise FetchFailed(Reason("source.inbox", said=str(error))) from error
        await self._note([entry])
        return True

    async def _page(self, entry: Entry, source: Source) -> tuple[str, bytes] | None:
        """The page as a file, where it has more to say than the entry."""
        ending, data = page_file(
            await self._fetching.fetch(entry.url, robots=source.robots, credential=source.credential)
        )
        try:
            words = await self._workers.run(words_of_page, data, f"page{ending}", self._clock.now())
        except OverBudget:
            return None
        return (ending, data) if isinstance(words, int) and words > entry.words else None

    def _is_tried_again(self, entry: Entry, error: FetchFailed) -> bool:
        if len(self._tried) > MOST_TRIED:
            self._tried.clear()
        self._tried[entry.address] += 1
        again = not error.lasting and self._tried[entry.address] < TRIES
        if not again:
            del self._tried[entry.address]
        return again

    async def _note(self, entries: Sequence[Entry]) -> None:
        await self._store.taken([key for one in entries for key in one.keys], self._clock.now())


def _each_once(entries: Sequence[Entry]) -> list[Entry]:
    """Without those that have the address or the words of one above them."""
    seen, kept = set[str](), []
    for one in entries:
        if seen.isdisjoint(one.keys):
            kept.append(one)
        seen.update(one.keys)
    return kept
