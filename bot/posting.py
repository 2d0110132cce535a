"""Parts leave the outbox: in order within a chat, side by side across chats, as fast as allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.carriers import Messenger, Outbox
from bot.chat import pacing
from bot.chat.pacing import PLATFORMS, Limits, Paces
from bot.dispatch import Delivery, Posted, Unknown
from bot.errors import BadCredentials, Refused, RetryLater, StoreError, Unconfirmed
from bot.failpoints import reach
from bot.model import Address, Subscription
from bot.ports import Clock

LOOK_AFTER = timedelta(seconds=7)
"""Between a lost answer and each look for the message: histories lag a little behind."""

LOOKS = 2
"""Looks that find nothing before a part is posted again."""

CLOCKS_DIFFER = timedelta(minutes=2)
"""How far this machine's clock may be ahead of the platform's."""

SET_BACK = timedelta(days=1)
"""How far back to look for what was posted while the clock was ahead."""

SOONEST, LATEST = timedelta(seconds=1), timedelta(minutes=5)
"""Bounds of the wait before a part is tried again, unless the platform asks for more."""

PATIENT_ATTEMPTS = 5
"""From here on each further attempt waits twice as long."""

MOST_MOVES = 5
"""Chats that send a part around in a circle are refused after this many attempts."""

GRACE = 30.0
"""Seconds that calls under way may take to end when everything else has stopped."""


class Tell(Protocol):
    """The owner's ear; never raises."""

    async def __call__(self, text: str, *, urgent: bool = False) -> None:
        """Pass on one sentence, ``urgent`` ones at once."""


@dataclass(frozen=True, slots=True)
class Wire:
    """What goes out stands on this: the outbox, the platforms, who wants what, whom to tell."""

    outbox: Outbox
    messengers: Mapping[str, Messenger]
    subscriptions: Callable[[], Awaitable[Sequence[Subscription]]]
    tell: Tell
    limits: Mapping[str, Limits] = field(default_factory=lambda: PLATFORMS)


class Posting:
    """One lane for each address with something to post; ``run`` keeps them going, ``drain`` ends."""

    def __init__(self, wire: Wire, clock: Clock) -> None:
        self._wire = wire
        self._outbox = wire.outbox
        self._clock = clock
        self._paces = Paces(wire.limits)
        self._lanes: set[Address] = set()
        self._calls: set[asyncio.Task[bool]] = set()
        self._dead: set[str] = set()
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something new to post."""
        self._wake.set()

    async def run(self) -> None:
        """Post what is waiting and what becomes due, until cancelled; calls under way are finished."""
        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    self._wake.clear()
                    await self._until(await self._opened(group))
        finally:
            await self._finish()

    async def drain(self, patience: timedelta = timedelta()) -> None:
        """Post all that is due now or becomes due within ``patience``."""
        end = self._clock.now() + patience
        try:
            while True:
                async with asyncio.TaskGroup() as group:
                    lanes = await self._open(group)
                if any(lane.result() for lane in lanes):
                    continue
                due = await self._outbox.next_time(self._clock.now())
                if due is None or due > end:
                    return
                await self._clock.sleep_until(due)
        finally:
            await self._finish()

    async def _opened(self, group: asyncio.TaskGroup) -> datetime | None:
        """Open lanes; when the next postponed part is due."""
        try:
            await self._open(group)
            return await self._outbox.next_time(self._clock.now())
        except StoreError as error:
            await self._wire.tell(f"posting waits: {error}")
            return self._clock.now() + LATEST

    async def _open(self, group: asyncio.TaskGroup) -> list[asyncio.Task[bool]]:
        now = self._clock.now()
        await self._outbox.recover(now)
        parts = [part for part in await self._outbox.waiting(now) if self._is_open(part.to)]
        self._lanes.update(part.to for part in parts)
        return [group.create_task(self._lane(part)) for part in parts]

    def _is_open(self, to: Address) -> bool:
        known = to.platform in self._wire.messengers and to.platform not in self._dead
        return known and to not in self._lanes

    async def _lane(self, first: Delivery) -> bool:
        """Work on an address until nothing of it can be done now; whether anything was done."""
        part: Delivery | None = first
        done = False
        try:
            while part is not None and part.to.platform not in self._dead and await self._work(part):
                done = True
                part = next(iter(await self._outbox.waiting(self._clock.now(), at=first.to)), None)
        except StoreError as error:
            await self._wire.tell(f"posting to {first.to} waits: {error}")
            return False
        finally:
            self._lanes.discard(first.to)
        if done:
            self._wake.set()
        return done

    async def _work(self, part: Delivery) -> bool:
        """One call about the part and its result; false when nothing came of it."""
        if part.state == "unsure":
            return await self._held(self._look(part))
        while True:
            now = self._clock.now()
            self._paces, wait = pacing.after(self._paces, now.timestamp(), part.to)
            if not wait:
                return await self._held(self._post(part))
            await self._clock.sleep_until(now + timedelta(seconds=wait))

    async def _held(self, call: Coroutine[None, None, bool]) -> bool:
        """A call that was begun is brought to its end, whoever is cancelled."""
        task = asyncio.ensure_future(call)
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)
        return await asyncio.shield(task)

    async def _finish(self) -> None:
        if self._calls:
            _, late = await asyncio.wait(self._calls, timeout=GRACE)
            for task in late:
                task.cancel()

    async def _post(self, part: Delivery) -> bool:
        if not await self._outbox.attempt(part, self._clock.now()):
            return False
        reach("post-attempted")
        try:
            posted = await self._wire.messengers[part.to.platform].post(part.to, part.payload, key=part.key)
        except Exception as error:  # noqa: BLE001 -- whatever a messenger raises, the part has a fate
            await self._not_posted(part, error)
            return True
        reach("post-answered")
        await self._record(lambda: self._outbox.sent(part, posted.id))
        return True

    async def _not_posted(self, part: Delivery, error: Exception) -> None:
        now, text = self._clock.now(), str(error)
        match error:
            case RetryLater():
                wait = _patience(part, error)
                self._paces = pacing.closed(self._paces, now.timestamp(), part.to, wait.total_seconds())
                await self._record(lambda: self._outbox.postpone(part, now + wait, text))
            case Refused(moved=Address() as new) if part.attempts < MOST_MOVES and new.chat != part.to.chat:
                await self._record(lambda: self._outbox.postpone(part, now, text))
                await self._record(lambda: self._outbox.moved(part.to, new))
                await self._wire.tell(
                    f"{part.to} has moved: it is {new} now. Put it in place of the old one in the "
                    "configuration, under [access] and [[channels]]",
                    urgent=True,
                )
            case Refused():
                await self._record(lambda: self._outbox.failed(part, text))
                await self._wire.tell(f"part {part.part} of {part.parts} was refused: {text}")
            case BadCredentials():
                await self._record(lambda: self._outbox.postpone(part, now, text))
                await self._shut(part.to.platform, text)
            case _:
                await self._doubt(part, text if isinstance(error, Unconfirmed) else f"{error!r}")

    async def _doubt(self, part: Delivery, reason: str) -> None:
        if self._wire.messengers[part.to.platform].capabilities.history:
            look = self._clock.now() + LOOK_AFTER
            await self._record(lambda: self._outbox.unsure(part, look, reason))
        else:
            await self._give_up(part, reason)

    async def _give_up(self, part: Delivery, reason: str) -> None:
        await self._record(lambda: self._outbox.uncertain(part, reason))
        await self._wire.tell(
            f"part {part.part} of {part.parts} for {part.to} may or may not have been posted: {reason}"
        )

    async def _shut(self, platform: str, reason: str) -> None:
        if platform not in self._dead:
            self._dead.add(platform)
            await self._wire.tell(f"nothing is posted to {platform} any more: {reason}", urgent=True)

    async def _look(self, part: Delivery) -> bool:
        """Ask the platform whether it took a part whose answer was lost."""
        messenger, now = self._wire.messengers[part.to.platform], self._clock.now()
        began = part.attempted if part.attempted and part.attempted <= now else now - SET_BACK
        since = began - CLOCKS_DIFFER
        try:
            found = await messenger.find(part.to, part.key, since=since)
        except BadCredentials as error:
            await self._shut(part.to.platform, str(error))
            return False
        except Refused as error:
            found = Unknown(error.reason)
        except Exception as error:  # noqa: BLE001 -- whatever a messenger raises, the part has a fate
            wait = _patience(part, error)
            reason = f"it cannot be looked up now: {error}"
            await self._record(lambda: self._outbox.unsure(part, now + wait, reason, looks=part.looks))
            return True
        await self._found(part, found)
        return True

    async def _found(self, part: Delivery, found: Posted | Unknown | None) -> None:
        now = self._clock.now()
        match found:
            case Posted(id=posted):
                await self._record(lambda: self._outbox.sent(part, posted))
            case Unknown(reason=reason):
                await self._give_up(part, reason)
            case None if part.looks + 1 < LOOKS:
                looks, reason = part.looks + 1, "not found yet"
                await self._record(lambda: self._outbox.unsure(part, now + LOOK_AFTER, reason, looks=looks))
            case None:
                await self._record(lambda: self._outbox.postpone(part, now, "the platform does not have it"))

    async def _record(self, result: Callable[[], Awaitable[None]]) -> None:
        """What a call brought is known to nobody else: try until it is on disk."""
        wait = SOONEST
        while True:
            try:
                return await result()
            except StoreError as error:
                await self._wire.tell(f"what was posted cannot be recorded yet: {error}", urgent=True)
            await self._clock.sleep_until(self._clock.now() + wait)
            wait = min(wait * 2, LATEST)

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


def _patience(part: Delivery, error: Exception) -> timedelta:
    """How long to wait before the next call about the part."""
    asked = timedelta(seconds=error.after) if isinstance(error, RetryLater) else LOOK_AFTER
    doublings = min(max(part.attempts - PATIENT_ATTEMPTS, 0), 9)
    return max(asked, min(SOONEST * (1 << doublings), LATEST))
