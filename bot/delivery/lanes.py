"""Who is posted to just now: in order within an address, side by side across addresses, as many as there is room for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.delivery.failures import LATEST
from bot.domain.errors import StoreError, cause
from bot.domain.events import Delivery
from bot.domain.messaging import Outbox
from bot.domain.model import Address
from bot.domain.ports import Clock, Tell
from bot.domain.reasons import Reason
from bot.runtime.faults import fault

REST = timedelta(seconds=30)
"""Before an address is tried again that could not be worked on: the store is out, or another has the part."""

ANOTHERS = timedelta(seconds=5)
"""Between two looks at an address to which another process is posting."""

MOST, ROOM = 128, 32
"""Addresses of a platform that are posted to at a time, and how many must end before more are looked for.

Other processes have the rest, and what waits is not in memory. Of groups that wait for their next minute, ninety use up what
Telegram allows for all chats.
"""

log = logging.getLogger(__name__)

Work = Callable[[Delivery], Awaitable[bool]]
"""One call about a part and its result; false when nothing came of it."""


class Lanes:
    """One lane for each address with something to post, of the platforms named."""

    def __init__(
        self, outbox: Outbox, platforms: Collection[str], tell: Tell, clock: Clock, work: Work
    ) -> None:
        self._outbox = outbox
        self._platforms = platforms
        self._tell = tell
        self._clock = clock
        self._work = work
        self.open: set[Address] = set()
        """The addresses that are posted to just now."""
        self._resting: dict[Address, datetime] = {}
        self._crowded: set[str] = set()
        self._news = 0
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something new to post."""
        self._news += 1
        self._wake.set()

    async def keep_going(self, end: datetime | None, turned: Callable[[], object]) -> None:
        """Work on what is due; with an ``end``, until no lane is open and nothing becomes due before it.

        ``turned`` is called before each look at what is due.
        """
        async with asyncio.TaskGroup() as group:
            while True:
                self._wake.clear()
                turned()
                due = await self._opened(group)
                if end and not self.open and (due is None or due > end):
                    return
                await self._until(due if due and (end is None or due <= end) else None)

    async def _opened(self, group: asyncio.TaskGroup) -> datetime | None:
        """Open lanes; when the next one can be opened."""
        now = self._clock.now()
        self._resting = {to: end for to, end in self._resting.items() if end > now}
        self._crowded.clear()
        try:
            await self._outbox.recover(now)
            places = [to for to in await self._outbox.due(now) if self._is_open(to)]
            due = await self._outbox.next_time(now)
            free = [to for to in places if to not in self._resting]
            held = [
                part
                for platform in {to.platform: () for to in free}
                for part in await self._held(platform, free, now)
            ]
        except StoreError as error:
            await self._tell(Reason("owner.posting_waits", why=cause(error)))
            return now + LATEST
        for part in held:
            self.open.add(part.to)
            group.create_task(self._lane(part))
        rests = (self._resting[to] for to in places if to in self._resting)
        return min([*rests, *([due] if due else [])], default=None)

    def _is_open(self, to: Address) -> bool:
        return to.platform in self._platforms and to not in self.open

    async def _held(self, platform: str, free: Sequence[Address], now: datetime) -> Sequence[Delivery]:
        """What there is room for on the platform; what another process has is looked at again soon."""
        places = [to for to in free if to.platform == platform]
        room = MOST - self._count(platform)
        held, others = await self._outbox.hold(places, now, room) if room > 0 else ((), frozenset())
        self._resting |= dict.fromkeys(others, now + ANOTHERS)
        if len(places) > len(others) + room:
            self._crowded.add(platform)
        return held

    async def _lane(self, first: Delivery) -> None:
        """Work on an address until nothing of it can be done now; it rests when nothing could be at all."""
        part: Delivery | None = first
        done = later = False
        known = self._news
        try:
            while part is not None and await self._work(part):
                done, known = True, self._news
                part, later = await self._outbox.next(first.to, self._clock.now())
            if part is not None:
                later = True
                await self._outbox.leave(first.to)
        except StoreError as error:
            done = False
            await self._tell(Reason("owner.address_waits", at=str(first.to), why=cause(error)))
        except Exception as error:
            done = False
            log.exception("posting to %s waits", first.to)
            await self._tell(Reason("owner.address_waits", at=str(first.to), why=fault(error)))
            if part is not None:
                self._outbox.let_go(part)
        finally:
            self.open.discard(first.to)
            if not done:
                self._resting[first.to] = self._clock.now() + REST
            if later or not done or known != self._news or self._has_room(first.to.platform):
                self._wake.set()

    def _has_room(self, platform: str) -> bool:
        """Whether the end of a lane makes a look worth while: each is one at all that is due."""
        if platform in self._crowded:
            return self._count(platform) <= MOST - ROOM
        return not self.open

    def _count(self, platform: str) -> int:
        return sum(to.platform == platform for to in self.open)

    async def _until(self, moment: datetime | None) -> None:
        """Return when woken, or at ``moment``."""
        events: list[asyncio.Future[Any]] = [asyncio.ensure_future(self._wake.wait())]
        if moment is not None:
            events.append(asyncio.ensure_future(self._clock.sleep_until(moment)))
        try:
            await asyncio.wait(events, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for event in events:
                event.cancel()
