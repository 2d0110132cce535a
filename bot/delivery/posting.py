"""Parts leave the outbox: one call about each at a time, and what its answer means for it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from bot.delivery.amending import Amending
from bot.delivery.failures import LATEST, LOOKS, SOONEST, of_a_part, patience, reason_for
from bot.delivery.lanes import Lanes
from bot.delivery.pacing import Pacing
from bot.delivery.quiet import IsQuiet, called, never
from bot.domain.digests import Digest
from bot.domain.errors import (
    BadCredentials,
    MessengerError,
    Refused,
    RetryLater,
    StoreError,
    Unconfirmed,
    cause,
)
from bot.domain.events import EVERY, Delivery, Posted, Unknown
from bot.domain.messaging import Messenger, Outbox
from bot.domain.model import Address, Subscription
from bot.domain.ports import Clock, Tell, Turned, unwatched
from bot.domain.reasons import Reason
from bot.runtime.failpoints import reach
from bot.runtime.faults import fault
from bot.runtime.health import POSTING

T = TypeVar("T")

CLOCKS_DIFFER = timedelta(minutes=2)
"""How far this machine's clock may be ahead of the platform's."""

SET_BACK = timedelta(days=1)
"""How far back to look for what was posted while the clock was ahead."""

MOST_MOVES = 5
"""Chats that send a part around in a circle are refused after this many attempts."""

DEATHS = 2
"""A part on which so many processes ended, and that the platform does not have, is not posted again."""

GRACE = 30.0
"""Seconds that calls under way may take to end when everything else has stopped: what a call may take."""

log = logging.getLogger(__name__)

TellSubscribers = Callable[[Address, Reason], Awaitable[None]]


async def nobody(at: Address, reason: Reason) -> None:
    """For digests that nobody asked for in chat."""


async def english(wanted: Subscription) -> str:  # noqa: ARG001 - as PostingPorts has it
    """For a desk that speaks one language."""
    return "en"


async def nothing_held() -> int:
    """For a desk that knows no embargo."""
    return 0


@dataclass(frozen=True, slots=True)
class PostingPorts:
    """What posting needs: the outbox, the platforms, who wants what, whom to tell, whose turn it is, who watches.

    ``tell_subscribers`` tells those who asked for digests at a place, and never raises. ``release`` takes in
    what was under embargo until now, ``correct`` stages what corrections of posted articles call for. ``language``
    is the code of what a subscription's digests speak, ``page`` the address of a digest on the web, empty for none.
    ``follow_moves`` has digests made for the teams of chats where these are now, ``is_quiet`` knows where nobody is to be disturbed.
    """

    outbox: Outbox
    messengers: Mapping[str, Messenger]
    subscriptions: Callable[[], Awaitable[Sequence[Subscription]]]
    tell: Tell
    pacing: Pacing
    turned: Turned = unwatched
    tell_subscribers: TellSubscribers = nobody
    release: Callable[[], Awaitable[int]] = nothing_held
    correct: Callable[[], Awaitable[int]] = nothing_held
    language: Callable[[Subscription], Awaitable[str]] = english
    page: Callable[[Subscription, Digest], str] = lambda *_: ""
    follow_moves: Callable[[], Awaitable[object]] = nothing_held
    is_quiet: IsQuiet = never


class Posting:
    """Posts what waits, an address a lane; ``run`` keeps on, ``drain`` ends."""

    def __init__(self, ports: PostingPorts, clock: Clock) -> None:
        self._ports = ports
        self._grace = GRACE
        self._outbox = ports.outbox
        self._clock = clock
        self._pacing = ports.pacing
        self._amending = Amending(
            ports.outbox,
            ports.messengers,
            ports.tell,
            ports.pacing,
            clock,
            record=self._record,
            not_posted=self._not_posted,
        )
        self._posted: Counter[Address] = Counter()
        self._calls: set[asyncio.Task[bool]] = set()
        self._told: set[tuple[Address, Reason]] = set()
        self.lanes = Lanes(ports.outbox, ports.messengers, ports.tell, clock, self._work)

    def closes(self, grace: float) -> None:
        """The process ends: calls under way have so many seconds."""
        self._grace = grace

    async def run(self) -> None:
        """Post what is waiting and what becomes due, until cancelled; calls under way are finished."""
        await self._post_until(None)

    async def drain(self, patience: timedelta = timedelta()) -> Mapping[Address, int]:
        """Post all that is due now or becomes due within ``patience``; how many parts went where."""
        self._posted.clear()
        await self._post_until(self._clock.now() + patience)
        return dict(self._posted)

    async def _post_until(self, end: datetime | None) -> None:
        try:
            await self.lanes.keep_going(end, partial(self._ports.turned, POSTING))
        finally:
            await self._finish()

    async def _work(self, part: Delivery) -> bool:
        """One call about the part and its result; false when nothing came of it."""
        if part.amended and part.posted:
            if part.state == "waiting":
                await self._pacing.turn(part.to, ahead=True)
            return await self._held(self._amending.amend(part))
        if part.state == "waiting" and not part.payload.body:
            return await self._held(self._amending.withhold(part))
        if part.state == "unsure":
            return await self._held(self._again(part) if part.kind == "edit" else self._look(part))
        if part.payload.under and not part.parent:
            return await self._held(self._orphaned(part))
        # Who was refused, or had to be looked for, has lost a turn; it need not stand in line again.
        await self._pacing.turn(part.to, ahead=bool(part.attempts))
        return await self._held(self._post(part))

    async def _held(self, call: Coroutine[None, None, bool]) -> bool:
        """A call that was begun is brought to its end, whoever is cancelled."""
        task = asyncio.ensure_future(call)
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)
        return await asyncio.shield(task)

    async def _finish(self) -> None:
        if not self._calls:
            return
        _, late = await asyncio.wait(self._calls, timeout=self._grace)
        if late:
            log.warning("calls that are left before their answer: %d; the next start finds out", len(late))
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _post(self, part: Delivery) -> bool:
        if not await self._outbox.attempt(part, self._clock.now()):
            return False
        try:
            reach("post-attempted")
            posted = await called(self._ports.messengers[part.to.platform], part, self._ports.is_quiet)
            reach("post-answered")
        except Exception as error:  # noqa: BLE001 -- whatever a messenger raises, the part has a fate
            await self._not_posted(part, error)
            return True
        self._pacing.passed(part.to)
        await self._sent(part, posted.id)
        reach("post-recorded")
        return True

    async def _orphaned(self, part: Delivery) -> bool:
        """Hold back what belongs in the thread of a message that is not there, as far as is known."""
        if not await self._outbox.attempt(part, self._clock.now()):
            return False
        reason = Reason("post.no_parent", part=part.payload.under)
        await self._record(lambda: self._outbox.failed(part, reason))
        if part.kind == "post":  # of what was not posted nothing is to be corrected
            await self._ports.tell(of_a_part("held", part, reason))
        return True

    async def _not_posted(self, part: Delivery, error: Exception) -> None:
        now, reason = self._clock.now(), reason_for(error)
        match error:
            case Refused() if part.kind == "edit":
                await self._record(lambda: self._outbox.instead(part, reason))
            case RetryLater() | Unconfirmed() if part.kind == "edit" or isinstance(error, RetryLater):
                # To edit twice is to edit once, so an edit whose answer was lost is made again.
                wait = patience(part, error)
                await self._pacing.refused(part.to, wait)
                await self._record(lambda: self._outbox.postpone(part, now + wait, reason))
            case Refused(moved=Address() as new) if part.attempts < MOST_MOVES and new != part.to:
                await self._record(lambda: self._outbox.postpone(part, now, reason))
                await self._goes(part.to, new)
            case Refused(closed=True):
                if await self._record(lambda: self._outbox.refused(part, part.to, error.reason, now)):
                    await self.tell_closed(part.to, error.reason)
            case Refused():
                await self._record(lambda: self._outbox.failed(part, reason))
                await self._ports.tell(Reason("owner.refused", part=part.part, parts=part.parts, why=reason))
            case BadCredentials():
                everywhere = Address(part.to.platform, EVERY, EVERY)
                if await self._record(lambda: self._outbox.refused(part, everywhere, reason, now)):
                    await self._tell_dead(part.to.platform, reason)
            case _:
                await self._doubt(part, reason)

    async def _goes(self, old: Address, new: Address) -> None:
        """What is for the old place goes to the new one; who has to know is told."""
        if threads := old.chat == new.chat:  # while it is known who asked for it there
            await self._ports.tell_subscribers(old, Reason("told.topic_gone"))
        await self._record(lambda: self._outbox.moved(old, new))
        self.lanes.wake()
        at, to = str(old), str(new)
        told = Reason("owner.topic_gone", at=at, to=to) if threads else Reason("owner.moved", at=at, to=to)
        await self._ports.tell(told, urgent=not threads)

    async def _doubt(self, part: Delivery, reason: Reason) -> None:
        if self._ports.messengers[part.to.platform].capabilities.history:
            look = self._clock.now() + LOOKS[0]
            await self._record(lambda: self._outbox.unsure(part, look, reason))
        else:
            await self._give_up(part, reason)

    async def _give_up(self, part: Delivery, reason: Reason) -> None:
        await self._record(lambda: self._outbox.uncertain(part, reason))
        await self._ports.tell(of_a_part("doubtful", part, reason))

    async def tell_closed(self, at: Address, reason: Reason) -> None:
        """Tell the owner and who subscribed there, unless they know: a place is tried at each slot."""
        news = (at, reason) not in self._told
        self._told.add((at, reason))
        await self._ports.tell(Reason("owner.gets_no_digests", at=str(at), why=reason), urgent=news)
        if news:
            await self._ports.tell_subscribers(at, reason)

    async def _tell_dead(self, platform: str, reason: Reason) -> None:
        await self._ports.tell(Reason("owner.nothing_posted", platform=platform, why=reason), urgent=True)

    async def _again(self, part: Delivery) -> bool:
        """Edit once more where the answer was lost."""
        now, ended = self._clock.now(), Reason("post.ended")
        await self._record(lambda: self._outbox.postpone(part, now, ended))
        return True

    async def _look(self, part: Delivery) -> bool:
        """Ask the platform whether it took a part whose answer was lost."""
        messenger, now = self._ports.messengers[part.to.platform], self._clock.now()
        began = part.attempted if part.attempted and part.attempted <= now else now - SET_BACK
        since = began - CLOCKS_DIFFER
        place = replace(part.to, thread=part.to.thread or part.parent)
        try:
            found = await messenger.find(place, part.key, since=since)
        except BadCredentials as error:
            everywhere, why = Address(part.to.platform, EVERY, EVERY), reason_for(error)
            if await self._record(lambda: self._outbox.shut(everywhere, why, now)):
                await self._tell_dead(part.to.platform, why)
            return False
        except Refused as error:
            found = Unknown(error.reason)
        except MessengerError as error:
            wait = patience(part, error)
            reason = Reason("post.no_look", why=reason_for(error))
            await self._record(lambda: self._outbox.unsure(part, now + wait, reason, looks=part.looks))
            return True
        except Exception as error:
            log.exception("part %d of %d for %s cannot be looked up", part.part, part.parts, part.to)
            last = part.looks + 1 == len(LOOKS)
            found = Unknown(Reason("post.look_failed", fault=fault(error))) if last else None
        await self._found(part, found)
        return True

    async def _found(self, part: Delivery, found: Posted | Unknown | None) -> None:
        now = self._clock.now()
        match found:
            case Posted(id=posted):
                await self._sent(part, posted)
            case Unknown(reason=reason):
                await self._give_up(part, reason)
            case None if (looks := part.looks + 1) < len(LOOKS):
                again, reason = now + LOOKS[looks], Reason("post.not_found")
                await self._record(lambda: self._outbox.unsure(part, again, reason, looks=looks))
            case None if part.deaths >= DEATHS:
                aside = Reason("post.set_aside", times=part.deaths)
                await self._record(lambda: self._outbox.failed(part, aside))
                await self._ports.tell(of_a_part("aside", part, aside), urgent=True)
            case None:
                await self._record(lambda: self._outbox.postpone(part, now, Reason("post.absent")))

    async def _sent(self, part: Delivery, posted: str) -> None:
        await self._record(lambda: self._outbox.sent(part, posted))
        self._posted[part.to] += 1
        self._told = {(at, reason) for at, reason in self._told if at != part.to}

    async def _record(self, result: Callable[[], Awaitable[T]]) -> T:
        """What a call brought is known to nobody else: try until it is on disk."""
        wait = SOONEST
        while True:
            try:
                return await result()
            except StoreError as error:
                await self._ports.tell(Reason("owner.unrecorded", why=cause(error)), urgent=True)
            await self._clock.sleep_until(self._clock.now() + wait)
            wait = min(wait * 2, LATEST)
