"""Files opened: each source becomes the articles that it holds, read in workers, or a reason why not."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.errors import BotError, NoSuchEntry, OverBudget, UnreadableDocument
from bot.domain.model import Document, Reading
from bot.domain.ports import Clock, Desk, Turned, unwatched
from bot.domain.reasons import Reason
from bot.inbox.files import MEGABYTE, load
from bot.inbox.names import shown
from bot.inbox.spool import DEATHS, Claim, Spool
from bot.ingest import reading
from bot.ingest.reading import ReadingSettings
from bot.runtime import failpoints
from bot.runtime.faults import fault
from bot.runtime.health import INTAKE

DEADLY = Reason("desk.ended", times=DEATHS)
"""Of a file that is not read a third time."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to take in: its name as shown, how to get its bytes, and the claim on it if any.

    ``begin`` notes on which claims work begins; ``bulk``: it came with very many others at once. ``size`` is in bytes.
    """

    name: str
    load: Callable[[], Document]
    size: int
    claim: Claim | None = None
    begin: Callable[..., None] = lambda *_: None
    bulk: bool = False


async def begin(sources: Iterable[Source]) -> None:
    """Note that work on them begins: they are suspected should this process die of it."""
    claimed = [(source.begin, source.claim) for source in sources if source.claim is not None]
    if claimed:
        noted, _ = claimed[0]
        await asyncio.to_thread(noted, *(claim for _, claim in claimed))


@dataclass(frozen=True, slots=True)
class Part:
    """An article of a file and the key of its bytes; ``found`` is the reason where it cannot be read."""

    name: str
    key: str
    found: Reading | Reason
    known: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A source, the key of its bytes, and the articles in it."""

    source: Source
    key: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """A file may have ``max_mb``; ``zone`` is where an embargo ends that names none; the rest is how it is read."""

    reading: ReadingSettings
    max_mb: float = 20.0
    zone: str = "UTC"

    @property
    def largest(self) -> int:
        """The most bytes that a file may have."""
        return int(self.max_mb * MEGABYTE)


class Opening:
    """Opens sources. ``settings`` may be replaced between two of them.

    ``anew``: bytes that came before are read, too, where else their reading of then is taken.
    """

    def __init__(
        self, desk: Desk, settings: IngestSettings, turned: Turned = unwatched, *, anew: bool = False
    ) -> None:
        self._desk = desk
        self._anew = anew
        self._turned = turned
        self.settings = settings

    def at(self, path: Path, name: str | None = None, received: datetime | None = None) -> Source:
        """A file that stays where it lies, and came as ``name`` at ``received``: by its path, now, unless told otherwise."""
        name = str(path) if name is None else name

        def loaded() -> Document:
            moment = received or self._desk.clock.now()
            return load(path, name=name, received=moment, largest=self.settings.largest)

        return Source(shown(name), loaded, _size(path))

    def claimed(self, spool: Spool, paths: Iterable[Path]) -> Iterable[Source]:
        """Those of the paths that could be claimed; one that the disk does not give is left, and the spool told."""
        bulk = spool.bulk
        for path in paths:
            try:
                claim = spool.claim(path)
            except OSError as error:
                spool.refused(path, error.strerror or str(error))
                continue
            except Exception as error:
                log.exception("%s cannot be taken from the inbox", shown(path.name))
                spool.refused(path, fault(error))
                continue
            if claim is not None:
                loaded = _loader(spool, claim, self._desk.clock)
                yield Source(shown(claim.name), loaded, claim.size, claim, spool.begin, bulk)

    async def read(self, source: Source) -> Opened:
        """What the source holds, computed in workers: one part for most, several for a feed or an archive.

        Raises only what keeps the desk from reading any file: an OSError or BotError, such as
        StoreError and OutOfRoom.
        """
        try:
            failpoints.reach("ingest-opening")
            document = await asyncio.to_thread(source.load)
        except Exception as error:  # noqa: BLE001 - one bad file never stops the others
            return Opened(source, "", (Part(source.name, "", reason(source.name, error)),))
        key = key_of(document.data)
        return Opened(source, key, await self._parts(document, source.name, key))

    async def _parts(self, document: Document, name: str, key: str) -> tuple[Part, ...]:
        self._turned(INTAKE)
        if not self._anew and (known := await self._known(key)):
            return (Part(name, key, known, known=True),)
        try:
            opened = await self._desk.workers.run(reading.read_or_unpack, document, self.settings.reading)
        except Exception as error:  # noqa: BLE001 - as above
            return (Part(name, key, reason(name, error)),)
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


def reason(name: str, error: Exception) -> Reason:
    """Why the file cannot be taken in, where ``error`` is the file's own; else raises it again.

    What keeps the desk from working on any file is an OSError or another BotError.
    """
    match error:
        case UnreadableDocument():
            return error.reason
        case OverBudget():
            return Reason("work.stopped", why=error.reason)
        case BotError() | OSError():
            raise error
    log.error("%s: the desk failed on it", name, exc_info=error)
    return Reason("desk.failed", fault=fault(error))


def key_of(data: bytes) -> str:
    """What identifies a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:  # whoever reads it is told
        return 0


def _loader(spool: Spool, claim: Claim, clock: Clock) -> Callable[[], Document]:
    def load() -> Document:
        if claim.deaths >= DEATHS:
            raise UnreadableDocument(claim.name, DEADLY)
        return spool.load(claim, received=clock.now())

    return load
