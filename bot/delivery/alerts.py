"""Alerts: what has arrived is told within minutes, or waits to be joined into the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digest.prepare import DigestMaker
from bot.domain.events import Closed, Standing
from bot.domain.messaging import Outbox
from bot.domain.model import Schedule, Subscription, Window
from bot.domain.ports import Library
from bot.domain.times.schedule import quiet_until

BATCH = timedelta(minutes=1)
"""An article waits so long for others that arrive with it."""

HOUR = timedelta(hours=1)


class Alerts:
    """Decides when an alert is made. What it does not tell now, the next one does."""

    def __init__(self, library: Library, digests: DigestMaker, outbox: Outbox) -> None:
        self._library = library
        self._digests = digests
        self._outbox = outbox
        self._passed: dict[str, Window] = {}

    async def due(
        self, subscription: Subscription, standing: Standing, held: Sequence[Closed], now: datetime
    ) -> Window | None:
        """What an alert is to tell now; ``None`` for nothing. ``held`` closes its place: it is tried once an hour.

        What does not match is stepped over at the end of the tick (``settle``). Raises IndexBusy when the index cannot be brought up.
        """
        window = Window(standing.upto, max(await self._library.revision(), standing.upto))
        waits = any(now - HOUR < one.tried <= now for one in held)
        if window.upto == window.after or waits or not _is_open(subscription.schedule, now):
            return None
        matching = await self._digests.matching(subscription, window)
        if not matching:
            self._passed[subscription.id] = window
            return None
        if await self._outbox.alerted(subscription.to, now - HOUR, now) >= subscription.schedule.alerts:
            return None
        arrived = [entry.added for entry in await self._library.entries(matching)]
        # One that came at a later time than now, while a clock was ahead, has waited long enough.
        waited = any(not now - BATCH < moment <= now for moment in arrived)
        return window if waited else None

    async def settle(self, now: datetime) -> None:
        """Step over what did not match since the last time, all of it in one transaction."""
        passed, self._passed = self._passed, {}
        await self._outbox.step_over(passed, now)


def _is_open(schedule: Schedule, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(schedule.zone)).weekday()
    return today in schedule.days and quiet_until(schedule, now) is None
