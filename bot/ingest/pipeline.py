"""The way in: files are read, kept, placed in a story and made searchable, in order.

Reading runs ahead in worker processes; keeping follows in the order of the files, so that the same
folder always gives the same library. One bad file never stops the others.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from bot.domain.errors import BotError, InboxError, cause
from bot.domain.ports import Desk, Measures, Tell, Turned, Unmeasured, unwatched
from bot.domain.reasons import Reason
from bot.inbox import receipts
from bot.inbox.awaited import AwaitedReceipts
from bot.inbox.receipts import Receipt, summed_up
from bot.inbox.spool import Claim, Spool
from bot.ingest.ahead import Ahead
from bot.ingest.keeping import Keeping
from bot.ingest.opening import DEADLY, IngestSettings, Opened, Opening, Source, key_of, reason
from bot.runtime import failpoints
from bot.runtime.health import INTAKE

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a source: the receipt, the key of its bytes, and the files that the library has of it."""

    source: Source
    receipt: Receipt
    key: str
    files: tuple[tuple[str, str], ...]

    @property
    def entries(self) -> tuple[int, ...]:
        """Those that the receipt names."""
        told = self.receipt.parts or (self.receipt,)
        return tuple(one.entry for one in told if one.entry is not None)


@dataclass(slots=True)
class _Away:
    """Files that were put away: their receipts, those that lie in their place, and what kept the others from it.

    ``unsettled`` tells of a file that goes back to the inbox; with ``failed`` all behind that one go back, too.
    """

    receipts: list[Receipt] = field(default_factory=list)
    settled: list[Taken] = field(default_factory=list)
    unsettled: str = ""
    failed: Exception | None = None


async def _logged(what: Reason | str, *, urgent: bool = False) -> None:  # noqa: ARG001 - as Tell has it
    log.error("%s", what)


async def _unheard(receipt: Receipt) -> None:
    """For files whose senders look at their receipts themselves."""


class Ingest:
    """Takes files into the library. One instance at a time keeps an order among articles."""

    def __init__(
        self, desk: Desk, settings: IngestSettings, tell: Tell = _logged, turned: Turned = unwatched
    ) -> None:
        """``tell`` hears of a pass that failed, and of files that cannot be taken; ``turned`` of each turn."""
        self._desk = desk
        self._tell = tell
        self._turned = turned
        self.measures: Measures = Unmeasured()
        self._opening = Opening(desk, settings, turned)
        self._keeping = Keeping(desk, settings.zone, tell, turned)
        self._again: datetime | None = None
        self._stuck: frozenset[str] = frozenset()
        self.settled: Callable[[Receipt], Awaitable[None]] = _unheard
        """Is told of each file that was taken from the inbox, once it is settled."""
        self.receipts = AwaitedReceipts()
        """What became of each file that ``run`` took, for those who wait for one."""

    def configure(self, settings: IngestSettings) -> None:
        """Read by these settings from the next file on."""
        self._opening.settings = settings
        self._keeping.zone = settings.zone

    async def files(self, paths: Iterable[Path]) -> AsyncGenerator[Receipt, None]:
        """Read the files where they lie and leave them there; a receipt each, in order."""
        async for together in self._take(self._opening.at(path) for path in paths):
            await self._note(together)
            for taken in together:
                yield taken.receipt

    async def once_more(self, files: Iterable[tuple[Path, str]]) -> AsyncGenerator[Receipt, None]:
        """Read settled files once more where they lie, each with the name it came by; write their receipts anew.

        Raises OSError when a receipt cannot be written.
        """
        places: deque[Path] = deque()

        def sources() -> Iterable[Source]:
            for path, name in files:
                places.append(path)
                yield self._opening.at(path, name)

        async for together in self._take(sources()):
            for taken in together:
                receipts.rewrite(taken.receipt, receipts.beside(places.popleft()))
            await self._note(together)
            for taken in together:
                yield taken.receipt

    async def run(self, spool: Spool, wake: asyncio.Event, stop: asyncio.Event) -> None:
        """Empty the inbox whenever ``wake`` is set, and when a half-written file should be complete.

        When ``stop`` is set, finishes the file in hand and gives back the others.
        """
        self.receipts.live = True
        while not stop.is_set():
            wake.clear()
            self._turned(INTAKE)
            try:
                await self._emptied(spool, stop)
                if not stop.is_set():
                    await self._rest(wake)
            except (OSError, BotError) as error:
                await self._tell(Reason("owner.inbox", why=cause(error)))
                # Giving files back wakes the watch: trying again at once would go round in circles.
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), spool.settings.rescan.total_seconds())

    async def _emptied(self, spool: Spool, stop: asyncio.Event) -> None:
        taken = 0
        async with aclosing(self.spool(spool, stop)) as receipts:
            async for receipt in receipts:
                taken += 1
                self.receipts.note(receipt)
                log.info("%s: %s", receipt.file, receipt.reason or receipt.outcome)
                await self.settled(receipt)
        if stop.is_set():
            return
        if taken:
            left = len(await asyncio.to_thread(spool.waiting))
            if left:
                log.info("files taken in and searchable: %d; still in the inbox: %d", taken, left)
            else:
                log.info("the inbox is empty: files taken in and searchable: %d", taken)

    async def _rest(self, wake: asyncio.Event) -> None:
        """Wait for ``wake``, until the files that are being written may be complete, or an embargo is over."""
        following = await self._desk.library.next_release()
        moments = [moment for moment in (self._again, following) if moment is not None]
        if not moments:
            await wake.wait()
            return
        left = (min(moments) - self._desk.clock.now()).total_seconds()
        with suppress(TimeoutError):
            await asyncio.wait_for(wake.wait(), max(left, 0.05))

    async def spool(self, spool: Spool, stop: asyncio.Event | None = None) -> AsyncGenerator[Receipt, None]:
        """Claim, read and settle what is complete in the inbox; a receipt each, in order.

        Once ``stop`` is set, finishes what is in hand, and gives back the rest.
        """
        async with self._held(spool):
            paths, self._again = await asyncio.to_thread(spool.complete, self._desk.clock.now())
            unsettled = ""
            async for together in self._take(self._opening.claimed(spool, paths), stop):
                away = await asyncio.to_thread(_put_away, spool, together)
                unsettled = away.unsettled or unsettled
                await self._answered(away.settled)
                for receipt in away.receipts:
                    if receipt.reason == DEADLY:
                        await self._tell(Reason("owner.file_aside", file=receipt.file, why=DEADLY))
                    yield receipt
                if away.failed is not None:
                    raise away.failed
            await self._left(spool)
            if unsettled:
                raise InboxError(unsettled)

    async def _answered(self, settled: Sequence[Taken]) -> None:
        """Note that the files have their receipts; one that is not noted would only say so once more."""
        noted: list[Taken] = []
        for taken in settled:
            try:
                failpoints.reach("ingest-settled")
                noted.append(taken)
            except Exception:  # the file is settled, whatever happens now
                log.exception("%s: settled, and the desk failed behind that", taken.source.name)
        await self._note(noted)

    async def _note(self, answered: Sequence[Taken]) -> None:
        files = [file for taken in answered for file in taken.files]
        entries = {one for taken in answered for one in taken.entries}
        await self._desk.library.answered(files, entries, self._desk.clock.now())

    async def _left(self, spool: Spool) -> None:
        """Tell of each file that stays in the inbox once, and whether it ends a bulk drop."""
        now = self._desk.clock.now()
        if spool.bulk:
            await asyncio.to_thread(spool.complete, now)
        stuck = spool.stuck(now)
        for sentence in stuck:
            if sentence not in self._stuck:
                await self._tell(sentence)
        self._stuck = frozenset(stuck)

    @asynccontextmanager
    async def _held(self, spool: Spool) -> AsyncIterator[None]:
        """Claims may be made; they are renewed however long one file takes, and given back at the end."""
        try:
            await asyncio.to_thread(spool.open, self._desk.clock.now())
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise InboxError(f"[inbox] path {spool.path}: {where}{error.strerror or error}") from error
        over = asyncio.Event()
        renewing = asyncio.create_task(self._renewing(spool, over))
        try:
            yield
        finally:
            over.set()  # not cancelled: a thread would go on and touch what is being closed
            await renewing
            await asyncio.to_thread(spool.close)

    async def _renewing(self, spool: Spool, over: asyncio.Event) -> None:
        """Renew three times before the claims would run out."""
        while not over.is_set():
            try:
                await asyncio.wait_for(over.wait(), spool.settings.lease.total_seconds() / 3)
            except TimeoutError:
                with suppress(OSError):  # settling finds out, too, and has a sentence for it
                    await asyncio.to_thread(spool.renew, self._desk.clock.now())

    @property
    def again(self) -> datetime | None:
        """When to look again at the files that were being written at the last pass; ``None`` for none."""
        return self._again

    async def release(self) -> int:
        """Take in the articles whose embargo is over, and make them searchable; how many. Raises StoreError."""
        return await self._keeping.release()

    async def _take(
        self, sources: Iterable[Source], stop: asyncio.Event | None = None
    ) -> AsyncGenerator[Sequence[Taken], None]:
        """What was kept together, in order; once ``stop`` is set, nothing further."""
        await self.release()
        await self._keeping.make_searchable()
        ahead = Ahead(sources, self._opening.read)
        try:
            while opened := await self._next(ahead):
                receipts = iter(await self._keeping.keep(opened))
                if ahead.is_over:  # who reads the receipt of the last and searches for it finds it
                    await self._keeping.make_searchable()
                yield [self._taken(one, list(islice(receipts, len(one.parts)))) for one in opened]
                if stop is not None and stop.is_set():
                    return
        finally:
            await ahead.aclose()
            await self._keeping.make_searchable()

    async def _next(self, ahead: Ahead) -> Sequence[Opened]:
        """The next that are read; what was kept before waits for none of them to be found."""
        coming = asyncio.ensure_future(ahead.next())
        try:
            while not coming.done() and (left := self._keeping.searchable_within()) is not None:
                await asyncio.wait({coming}, timeout=left)
                if not coming.done():
                    await self._keeping.make_searchable()
            return await coming
        finally:
            coming.cancel()

    def _taken(self, done: Opened, receipts: Sequence[Receipt]) -> Taken:
        for one in receipts:
            self.measures.article(one.outcome)
        receipt = receipts[0] if len(receipts) == 1 else summed_up(done.source.name, receipts)
        files = tuple((part.name, part.key) for part in done.parts)
        return Taken(done.source, receipt, done.key or key_of(done.source.name.encode()), files)


def _put_away(spool: Spool, together: Sequence[Taken]) -> _Away:
    """Settle each that the disk takes, in order; one bad file never stops the others."""
    away = _Away()
    for taken in together:
        claim = taken.source.claim
        assert claim is not None
        if len(together) > 1:  # all of them were in hand: this one, from now on
            spool.begin(claim)
        try:
            receipt, settled = _settle(spool, taken, claim)
        except Exception as error:  # noqa: BLE001 - as above
            try:
                why = reason(taken.source.name, error)
            except (BotError, OSError) as failed:
                away.failed = failed
                break
            away.unsettled = f"{taken.source.name} goes back to the inbox: {why}"
            continue
        away.receipts.append(receipt)
        if settled:
            away.settled.append(taken)
    return away


def _settle(spool: Spool, taken: Taken, claim: Claim) -> tuple[Receipt, bool]:
    """The receipt; and whether it lies beside the file now, or that is back in the inbox, because it has changed.

    A plain receipt stands in where the whole one cannot be written. Raises InboxError when the disk does
    not take the file or its receipt; it is read again then.
    """
    receipt = taken.receipt
    try:
        try:
            failpoints.reach("ingest-settling")
            place = spool.settle(claim, receipt, taken.key)
        except Exception as error:  # noqa: BLE001 - one bad file never stops the others
            why = reason(taken.source.name, error)
            receipt = Receipt(receipt.file, receipt.outcome, receipt.settled, receipt.entry, reason=why)
            place = spool.settle(claim, receipt, taken.key)
    except OSError as error:
        raise InboxError(
            f"[inbox] path {spool.path}: {taken.source.name} cannot be settled ({error.strerror or error})"
        ) from error
    return receipt, place is not None
