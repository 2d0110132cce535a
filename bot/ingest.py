"""The way in: files are read, kept, placed in a story and made searchable, one by one in order.

Reading runs ahead in worker processes; keeping follows in the order of the files, so that the same
folder always gives the same library. One bad file never stops the others.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import failpoints, reading
from bot.digest import stories
from bot.errors import BotError, NoSuchEntry, OverBudget, UnreadableDocument
from bot.inbox.files import MEGABYTE, load
from bot.inbox.names import shown
from bot.inbox.receipts import Receipt
from bot.inbox.spool import Claim, Spool
from bot.model import Document, Entry, Reading
from bot.ports import Clock, Desk
from bot.reading import ReadingSettings

log = logging.getLogger(__name__)

AHEAD = 8
"""Documents read ahead of the one being kept: enough to keep two workers busy."""

SEARCHABLE_EVERY = 50
"""Entries between two commits of the index; each costs some 20 ms, and stories look at what is not in it."""

STORY_MEMORY = timedelta(days=7)
"""How far back a new article may join a story."""

CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Source:
    """A file to take in: its name as shown, how to get its bytes, and the claim on it if any."""

    name: str
    load: Callable[[], Document]
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a source: the receipt, and the key of its bytes."""

    source: Source
    receipt: Receipt
    key: str


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """A file may have ``max_mb``; the rest is how it is read."""

    reading: ReadingSettings
    max_mb: float = 20.0

    @property
    def largest(self) -> int:
        """The most bytes that a file may have."""
        return int(self.max_mb * MEGABYTE)


class Ingest:
    """Takes files into the library. One instance at a time keeps an order among articles."""

    def __init__(self, desk: Desk, settings: IngestSettings) -> None:
        self._desk = desk
        self._settings = settings
        self._fresh: list[Entry] = []
        self._again: datetime | None = None

    def configure(self, settings: IngestSettings) -> None:
        """Read by these settings from the next file on."""
        self._settings = settings

    async def files(self, paths: Iterable[Path]) -> AsyncGenerator[Receipt, None]:
        """Read the files where they lie and leave them there; a receipt each, in order."""
        async for taken in self._take(self._at(path) for path in paths):
            yield taken.receipt

    async def run(self, spool: Spool, wake: asyncio.Event, stop: asyncio.Event) -> None:
        """Empty the inbox whenever ``wake`` is set, and when a half-written file should be complete.

        When ``stop`` is set, finishes the file in hand and gives back the others.
        """
        while not stop.is_set():
            wake.clear()
            taken = 0
            try:
                async with aclosing(self.spool(spool)) as receipts:
                    async for receipt in receipts:
                        taken += 1
                        log.info("%s: %s", receipt.file, receipt.reason or receipt.outcome)
                        if stop.is_set():
                            return
                if taken:
                    log.info("the inbox is empty: files taken in and searchable: %d", taken)
            except (OSError, BotError) as error:
                log.error("the inbox could not be emptied: %s", error)
            await self._rest(wake)

    async def _rest(self, wake: asyncio.Event) -> None:
        """Wait for ``wake``, or until the files that are being written may be complete."""
        if self._again is None:
            await wake.wait()
            return
        left = (self._again - self._desk.clock.now()).total_seconds()
        with suppress(TimeoutError):
            await asyncio.wait_for(wake.wait(), max(left, 0.05))

    async def spool(self, spool: Spool) -> AsyncGenerator[Receipt, None]:
        """Claim, read and settle what is complete in the inbox; a receipt each, in order."""
        await asyncio.to_thread(spool.open, self._desk.clock.now())
        try:
            paths, self._again = await asyncio.to_thread(spool.complete, self._desk.clock.now())
            async for taken in self._take(self._claimed(spool, paths), bulk=spool.bulk):
                assert taken.source.claim is not None
                failpoints.reach("ingest-settling")
                await asyncio.to_thread(spool.settle, taken.source.claim, taken.receipt, taken.key)
                await asyncio.to_thread(spool.renew, self._desk.clock.now())
                yield taken.receipt
        finally:
            await asyncio.to_thread(spool.close)

    def _at(self, path: Path) -> Source:
        name = str(path)
        return Source(
            shown(name),
            lambda: load(path, name=name, received=self._desk.clock.now(), largest=self._settings.largest),
        )

    @property
    def again(self) -> datetime | None:
        """When to look again at the files that were being written at the last pass; ``None`` for none."""
        return self._again

    def _claimed(self, spool: Spool, paths: Iterable[Path]) -> Iterable[Source]:
        for path in paths:
            claim = spool.claim(path)
            if claim is not None:
                yield Source(shown(claim.name), _loader(spool, claim, self._desk.clock), claim)

    async def _take(self, sources: Iterable[Source], *, bulk: bool = False) -> AsyncGenerator[Taken, None]:
        await self._desk.index.follow(self._desk.library)
        ahead: deque[asyncio.Task[Taken | _Read]] = deque()
        try:
            for source in sources:
                ahead.append(asyncio.create_task(self._read(source)))
                if len(ahead) >= AHEAD:
                    yield await self._kept(await ahead.popleft(), bulk=bulk)
            while ahead:
                yield await self._kept(await ahead.popleft(), bulk=bulk)
        finally:
            for task in ahead:
                task.cancel()
            await asyncio.gather(*ahead, return_exceptions=True)
            await self._make_searchable()

    async def _read(self, source: Source) -> Taken | _Read:
        """The source's reading, computed in a worker; a refusal when it cannot be had."""
        key = ""
        try:
            document = await asyncio.to_thread(source.load)
            key = hashlib.sha256(document.data).hexdigest()
            if known := await self._known(key):
                return _Read(source, key, known, known=True)
            result = await self._desk.workers.run(reading.read, document, self._settings.reading)
        except UnreadableDocument as error:
            return await self._refused(source, key, error.reason)
        except OverBudget as error:
            return await self._refused(source, key, f"reading was stopped: {error.reason}")
        return _Read(source, key, result)

    async def _known(self, key: str) -> Reading | None:
        """The reading of these very bytes, when they came before: nothing needs to be read again."""
        arrival = await self._desk.library.seen(key)
        if arrival is None or arrival.entry is None:
            return None
        try:
            entry = await self._desk.library.entry(arrival.entry)
        except NoSuchEntry:
            return None
        return Reading(entry.article, entry.summary, entry.quotes)

    async def _refused(self, source: Source, key: str, reason: str) -> Taken:
        now = self._desk.clock.now()
        await self._desk.library.refuse(origin=source.name, data_key=key, reason=reason, added=now)
        receipt = Receipt(source.name, "unreadable", now, reason=reason)
        return Taken(source, receipt, key or hashlib.sha256(source.name.encode()).hexdigest())

    async def _kept(self, done: Taken | _Read, *, bulk: bool) -> Taken:
        if isinstance(done, Taken):
            return done
        failpoints.reach("ingest-read")
        article, now = done.reading.article, self._desk.clock.now()
        story = None if done.known else await self._story(done.reading)
        kept = await self._desk.library.keep(
            done.reading, origin=done.source.name, data_key=done.key, added=now, story=story, bulk=bulk
        )
        failpoints.reach("ingest-kept")
        if kept.outcome == "new":
            self._fresh.append(await self._desk.library.entry(kept.entry))
            if len(self._fresh) >= SEARCHABLE_EVERY:
                await self._make_searchable()
        receipt = Receipt(done.source.name, kept.outcome, now, entry=kept.entry, title=article.title)
        return Taken(done.source, receipt, done.key)

    async def _story(self, read: Reading) -> int | None:
        since = self._desk.clock.now() - STORY_MEMORY
        older = await self._desk.index.candidates(read.article, since=since, limit=CANDIDATES)
        candidates = (*await self._desk.library.entries(older), *self._fresh)
        if not candidates:
            return None
        return await self._desk.workers.run(stories.place, read.article, candidates)

    async def _make_searchable(self) -> None:
        if self._fresh:
            await self._desk.index.follow(self._desk.library)
            self._fresh.clear()


@dataclass(frozen=True, slots=True)
class _Read:
    source: Source
    key: str
    reading: Reading
    known: bool = False


def _loader(spool: Spool, claim: Claim, clock: Clock) -> Callable[[], Document]:
    return lambda: spool.load(claim, received=clock.now())
