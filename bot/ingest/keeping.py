"""What was read is kept, placed in a story and made searchable, in its order.

New articles that are read by then are kept together, in one transaction. Whatever needs a look at what there is
(a file that is known, a revision, an embargo) is kept by itself, and so is each of some that cannot be kept together.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice, takewhile

from bot.domain.arriving import Arriving
from bot.domain.errors import BotError, NoSuchEntry, SearchError
from bot.domain.model import Held, Kept, Outcome, Reading, Terms
from bot.domain.ports import Desk, Tell, Turned
from bot.domain.reasons import Reason
from bot.inbox.receipts import Receipt
from bot.ingest.ahead import TOGETHER
from bot.ingest.embargo import UNCLEAR, Embargo, terms_of
from bot.ingest.opening import Opened, Part, Source, begin, reason
from bot.ingest.placing import STORY_MEMORY, Place, Placing
from bot.runtime import failpoints
from bot.runtime.health import INTAKE

log = logging.getLogger(__name__)

SEARCHABLE_EVERY, SEARCHABLE_WITHIN = 200, 1.0
"""Entries, and seconds since the first of them, between two commits of the index; each costs some 20 ms."""


class Keeping:
    """Keeps articles in the library. One instance at a time keeps an order among them."""

    def __init__(self, desk: Desk, zone: str, tell: Tell, turned: Turned) -> None:
        """``zone`` is where an embargo ends that names none; ``tell`` hears of one that cannot be read."""
        self._desk = desk
        self._tell = tell
        self._turned = turned
        self._placing = Placing(desk)
        self._turn = asyncio.Lock()
        self._embargo = Embargo(desk)
        self.zone = zone
        self._told: set[tuple[str, str]] = set()
        self._unsearchable = 0
        self._searchable_by = 0.0

    async def keep(self, opened: Sequence[Opened]) -> list[Receipt]:
        """A receipt for each part, whatever it raises. Raises only what keeps the desk from any other, too."""
        waiting = deque((one.source, part) for one in opened for part in one.parts)
        receipts: list[Receipt] = []
        self._told = set()
        while waiting:
            told = await self._together(list(islice(waiting, TOGETHER)))
            if not told:
                source, part = waiting[0]
                await begin([source])
                told = [await self._settled(part, bulk=source.bulk)]
            for _ in told:
                part = waiting.popleft()[1]
                self._told.add((part.name, part.key))
            receipts += told
        return receipts

    async def release(self) -> int:
        """Take in the articles whose embargo is over, and make them searchable; how many. Raises StoreError."""
        released = await self._embargo.release(self._keep_released)
        if released:
            log.info("articles whose embargo is over: %d", released)
            await self.make_searchable()
        return released

    def searchable_within(self) -> float | None:
        """In how many seconds the index is to follow; ``None`` where it has everything."""
        left = self._searchable_by - asyncio.get_running_loop().time()
        return max(0.0, left) if self._unsearchable else None

    async def make_searchable(self) -> None:
        """Let the index have what the library has; it is derived, and the way in does not wait for it."""
        self._unsearchable = 0
        try:
            await self._desk.index.follow(self._desk.library)
        except SearchError as error:
            log.warning("what arrives is kept, and can be searched later: %s", error)

    # --- together ----------------------------------------------------------------------------

    async def _together(self, waiting: Sequence[tuple[Source, Part]]) -> list[Receipt]:
        """Receipts for the first of them, as far as they are new; none where the first is to be kept by itself."""
        plain = list(takewhile(lambda one: _is_plain(one[1]), waiting))
        if not plain:
            return []
        try:
            async with self._turn:
                receipts = await self._kept_together(plain)
        except Exception as error:  # noqa: BLE001 - one bad article never stops the others
            log.info("articles that came together are kept one by one: %s", error)
            return []
        await self._arrived([receipt.file for receipt in receipts if receipt.outcome == "new"])
        return receipts

    async def _kept_together(self, plain: Sequence[tuple[Source, Part]]) -> list[Receipt]:
        library, now = self._desk.library, self._desk.clock.now()
        coming = [_arriving(source, part, now) for source, part in plain]
        unknown = await library.unknown(coming, since=now - STORY_MEMORY)
        if not unknown.count:
            return []
        await self._placing.recall(now)
        kept: Sequence[Kept] | None = None
        try:
            placed, error = await self._placed(plain[: unknown.count], unknown.entry)
            if len(placed) > 1:
                await begin(dict.fromkeys(source for source, _ in plain[: len(placed)]))
            kept = await library.keep_all(placed, at=unknown.revision) if placed else ()
        finally:
            if kept is None:  # what is expected has not come
                self._placing.doubt()
        if kept is None:
            return []
        receipts = [
            Receipt(new.origin, "new", new.added, entry=one.entry, title=new.reading.article.title)
            for new, one in zip(placed, kept, strict=True)
        ]
        if error is not None:
            part = plain[len(placed)][1]
            receipts.append(await self._refused(part, reason(part.name, error)))
        return receipts

    async def _placed(
        self, plain: Sequence[tuple[Source, Part]], newest: int
    ) -> tuple[list[Arriving], Exception | None]:
        """Those before the first that fails, each with its story: entries behind ``newest``. And how that one failed."""
        placed: list[Arriving] = []
        begun: Source | None = None
        for entry, (source, part) in enumerate(plain, start=newest + 1):
            self._turned(INTAKE)
            if source is not begun:
                await begin([source])
                begun = source
            new = _arriving(source, part, self._desk.clock.now())
            try:
                failpoints.reach("ingest-read")
                place = self._placing.joined(new.reading.article)
                failpoints.reach("ingest-placed")
            except Exception as error:  # noqa: BLE001 - as above
                return placed, error
            self._placing.expect(place, entry, new.added)
            placed.append(replace(new, story=place.story, gist=place.gist, absorbs=place.absorbs))
        return placed, None

    async def _arrived(self, names: Sequence[str]) -> None:
        """These are kept: the index follows when there are many, or the first of them waited for long."""
        loop = asyncio.get_running_loop()
        for name in names:
            if not self._unsearchable:
                self._searchable_by = loop.time() + SEARCHABLE_WITHIN
            self._unsearchable += 1
            try:
                failpoints.reach("ingest-kept")
            except Exception:  # it is kept, whatever happens now; the index follows at the next commit
                log.exception("%s: kept, and the desk failed behind that", name)
        if self._unsearchable >= SEARCHABLE_EVERY or self.searchable_within() == 0.0:
            try:
                await self.make_searchable()
            except (BotError, OSError):
                raise
            except Exception:
                log.exception("what arrives is kept, and the desk failed behind that")

    # --- one by one --------------------------------------------------------------------------

    async def _settled(self, part: Part, *, bulk: bool) -> Receipt:
        """The part's receipt, whatever it raises. Raises only what keeps the desk from any other, too."""
        self._turned(INTAKE)
        if isinstance(part.found, Reason):
            return await self._refused(part, part.found)
        try:
            return await self._in_library(part, part.found, bulk=bulk)
        except Exception as error:  # noqa: BLE001 - one bad article never stops the others
            return await self._refused(part, reason(part.name, error))

    async def _refused(self, part: Part, why: Reason) -> Receipt:
        now = self._desk.clock.now()
        await self._desk.library.refuse(origin=part.name, data_key=part.key, reason=why, added=now)
        return Receipt(part.name, "unreadable", now, reason=why)

    async def _in_library(self, part: Part, found: Reading, *, bulk: bool) -> Receipt:
        failpoints.reach("ingest-read")
        now, terms = self._desk.clock.now(), terms_of(found.article, self.zone)
        if not part.known and (why := await self._embargo.held(part, found, terms, bulk=bulk)):
            if why.code == UNCLEAR:
                await self._tell(Reason("owner.file_held", file=part.name, why=why))
            return Receipt(part.name, "held", now, title=found.article.title, reason=why)
        expires = terms.expires if isinstance(terms, Terms) else None
        kept = await self._keep(part, found, now, expires, bulk=bulk)
        await self._arrived([part.name] if kept.stored is not None else [])
        outcome: Outcome = kept.outcome
        again = (part.name, part.key) in self._told
        if (
            outcome == "known" and not again
        ):  # perhaps by this very file, in a life that ended before its receipt
            outcome = await self._desk.library.unanswered(origin=part.name, data_key=part.key) or outcome
        return Receipt(part.name, outcome, now, entry=kept.entry, title=found.article.title)

    async def _keep_released(self, one: Held, now: datetime) -> None:
        part = Part(one.origin, one.data_key, one.reading)
        await self._keep(part, one.reading, now, one.expires, bulk=one.bulk)

    async def _keep(
        self, part: Part, found: Reading, now: datetime, expires: datetime | None, *, bulk: bool
    ) -> Kept:
        async with self._turn:
            while True:
                place = Place() if part.known else await self._placing.place(found.article, now)
                failpoints.reach("ingest-placed")
                try:
                    kept = await self._desk.library.keep(
                        found,
                        origin=part.name,
                        data_key=part.key,
                        added=now,
                        story=place.story,
                        bulk=bulk,
                        revises=place.revises,
                        gist=place.gist,
                        absorbs=place.absorbs,
                        expires=expires,
                    )
                except NoSuchEntry:  # what it revises was removed since: it has another place
                    continue
                self._placing.note(place, kept)
                return kept


def _is_plain(part: Part) -> bool:
    """Whether nothing has to be asked about it but whether it is new."""
    if part.known or isinstance(part.found, Reason):
        return False
    return part.found.article.hold_until is None and part.found.article.expires is None


def _arriving(source: Source, part: Part, now: datetime) -> Arriving:
    assert isinstance(part.found, Reading)
    return Arriving(part.found, part.name, part.key, now, bulk=source.bulk)
