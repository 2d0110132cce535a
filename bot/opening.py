"""Files opened: each source becomes the articles that it holds, read in workers, or a reason why not."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot import reading
from bot.errors import NoSuchEntry, OverBudget, UnreadableDocument
from bot.inbox.files import MEGABYTE, load
from bot.inbox.names import shown
from bot.inbox.spool import Claim, Spool
from bot.model import Document, Reading
from bot.ports import Clock, Desk
from bot.reading import ReadingSettings


@dataclass(frozen=True, slots=True)
class Source:
    """A file to take in: its name as shown, how to get its bytes, and the claim on it if any."""

    name: str
    load: Callable[[], Document]
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """An article of a file and the key of its bytes; ``found`` is the reason where it cannot be read."""

    name: str
    key: str
    found: Reading | str
    known: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A source, the key of its bytes, and the articles in it."""

    source: Source
    key: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """A file may have ``max_mb``; the rest is how it is read."""

    reading: ReadingSettings
    max_mb: float = 20.0

    @property
    def largest(self) -> int:
        """The most bytes that a file may have."""
        return int(self.max_mb * MEGABYTE)


class Opening:
    """Opens sources. ``settings`` may be replaced between two of them."""

    def __init__(self, desk: Desk, settings: IngestSettings) -> None:
        self._desk = desk
        self.settings = settings

    def at(self, path: Path, name: str | None = None) -> Source:
        """A file that stays where it lies, and came as ``name``: by its path, unless told otherwise."""
        name = str(path) if name is None else name
        return Source(
            shown(name),
            lambda: load(path, name=name, received=self._desk.clock.now(), largest=self.settings.largest),
        )

    def claimed(self, spool: Spool, paths: Iterable[Path]) -> Iterable[Source]:
        """Those of the paths that could be claimed; one that the disk does not give is left, and the spool told."""
        for path in paths:
            try:
                claim = spool.claim(path)
            except OSError as error:
                spool.refused(path, error.strerror or str(error))
                continue
            if claim is not None:
                yield Source(shown(claim.name), _loader(spool, claim, self._desk.clock), claim)

    async def read(self, source: Source) -> Opened:
        """What the source holds, computed in workers: one part for most, several for a feed or an archive."""
        try:
            document = await asyncio.to_thread(source.load)
        except UnreadableDocument as error:
            return Opened(source, "", (Part(source.name, "", error.reason),))
        key = key_of(document.data)
        return Opened(source, key, await self._parts(document, source.name, key))

    async def _parts(self, document: Document, name: str, key: str) -> tuple[Part, ...]:
        if known := await self._known(key):
            return (Part(name, key, known, known=True),)
        try:
            opened = await self._desk.workers.run(reading.read_or_unpack, document, self.settings.reading)
        except UnreadableDocument as error:
            return (Part(name, key, error.reason),)
        except OverBudget as error:
            return (Part(name, key, f"reading was stopped: {error.reason}"),)
        if isinstance(opened, Reading):
            return (Part(name, key, opened),)
        # One after the other: the files ahead keep the other workers busy.
        parts = [
            part
            for inner in opened.documents
            for part in await self._parts(inner, shown(inner.name), key_of(inner.data))
        ]
        refused = (
            Part(shown(error.name), key_of(error.name.encode()), error.reason) for error in opened.refused
        )
        return (*parts, *refused)

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


def key_of(data: bytes) -> str:
    """What identifies a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def _loader(spool: Spool, claim: Claim, clock: Clock) -> Callable[[], Document]:
    return lambda: spool.load(claim, received=clock.now())
