"""Quiet hours: what the desk posts of its own accord then disturbs nobody, where the platform can post so."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.errors import BotError
from bot.domain.events import Delivery, Payload, Posted
from bot.domain.messaging import Messenger, PostsSilently
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.ports import Clock
from bot.domain.times.schedule import quiet_until

AGAIN = timedelta(minutes=1)
"""How long the schedules are known: a digest for thousands of places does not read all of them for each."""

log = logging.getLogger(__name__)

IsQuiet = Callable[[Address], Awaitable[bool]]
"""Whether a place is not to be disturbed now. Never raises."""


async def never(to: Address) -> bool:  # noqa: ARG001 - as IsQuiet has it
    """For a desk that knows no quiet hours."""
    return False


class QuietHours:
    """A place has the quiet hours of every subscription that goes there."""

    def __init__(self, subscriptions: Callable[[], Awaitable[Sequence[Subscription]]], clock: Clock) -> None:
        self._subscriptions = subscriptions
        self._clock = clock
        self._known: Mapping[Address, Sequence[Schedule]] = {}
        self._read: datetime | None = None
        self._reading: asyncio.Future[None] | None = None

    async def __call__(self, to: Address) -> bool:
        """As :data:`IsQuiet` has it; what cannot be read now is as it was."""
        now = self._clock.now()
        if self._read is None or abs(now - self._read) >= AGAIN:
            # A hundred that post at once ask once.
            if self._reading is None or self._reading.done():
                self._reading = asyncio.ensure_future(self._look(now))
            await asyncio.shield(self._reading)
        return any(quiet_until(schedule, now) for schedule in self._known.get(to, ()))

    async def _look(self, now: datetime) -> None:
        try:
            found: dict[Address, list[Schedule]] = {}
            for one in await self._subscriptions():
                if one.schedule.quiet:
                    found.setdefault(one.to, []).append(one.schedule)
            self._known, self._read = found, now
        except BotError as error:
            log.info("quiet hours are not known now: %s", error)
        except Exception:  # a part that nobody called about would count as one that may have been posted
            log.exception("quiet hours are not known now")


async def fitting(messenger: Messenger, to: Address, payload: Payload, is_quiet: IsQuiet) -> Payload:
    """The part as it is posted to the place now: without a sound in its quiet hours."""
    if isinstance(messenger, PostsSilently) and await is_quiet(to):
        return messenger.silenced(payload)
    return payload


async def called(messenger: Messenger, part: Delivery, is_quiet: IsQuiet) -> Posted:
    """The one call about a part: to edit disturbs nobody, and is the same at any hour."""
    if part.kind == "edit":
        await messenger.edit(part.to, part.parent, part.payload)
        return Posted(part.parent)
    payload = await fitting(messenger, part.to, part.payload, is_quiet)
    return await messenger.post(part.to, payload, key=part.key, parent=part.parent)
