"""What a change to a subscription would have changed: its last digest, made once more as it is and as it would be."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digest.difference import difference
from bot.digest.prepare import DigestMaker
from bot.domain.conversations import Results
from bot.domain.digests import Digest
from bot.domain.errors import IndexBusy
from bot.domain.message import Block
from bot.domain.model import Occasion, Schedule, Subscription, Window
from bot.domain.ports import Desk
from bot.domain.times.schedule import slots_between
from bot.views.comparison import comparison_blocks
from bot.views.layout import said
from bot.views.subscriptions import until_now
from bot.wording import phrases
from bot.wording.chat import comparing
from bot.wording.language import say

DAY = timedelta(days=1)
FORTNIGHT = timedelta(days=15)
"""Has two slots of whatever comes once a week."""


class WhatIf:
    """Compares digests that nobody is sent. Raises StoreError, and SearchError where the index fails."""

    def __init__(self, desk: Desk, digests: DigestMaker, results: Results, zone: str) -> None:
        self._desk = desk
        self._digests = digests
        self._results = results
        self._zone = zone

    async def blocks(self, before: Subscription, after: Subscription) -> tuple[Block, ...]:
        """What ``after`` in place of ``before`` would have changed, for people.

        Of the last digest of its schedule, else of the last day; where another time passes between two digests, of what
        each would stand for now. What the place was told is told in both, and what is muted there in neither.
        """
        now = self._desk.clock.now()
        lengths = _length(before.schedule, now), _length(after.schedule, now)
        try:
            if lengths[0] != lengths[1]:
                return await self._of_other_lengths(before, after, lengths, now)
            made = await self._results.last_made(before.id)
            window, since = (made.window, made.since) if made else (await self._last(DAY, now), now - DAY)
            if window.after == window.upto:
                return (said(say(comparing.TOO_LITTLE)),)
            old, new = [await self._digest(one, window, since) for one in (before, after)]
        except IndexBusy:
            return (said(say(comparing.NOT_NOW)),)
        here = ZoneInfo(self._zone)
        when = phrases.moment(made.until.astimezone(here), now.astimezone(here)) if made else ""
        return comparison_blocks(difference(old, new), when)

    async def changed(self, before: Subscription, after: Subscription) -> tuple[Block, ...]:
        """How it was, and what that changed, of a change that is kept already."""
        told = await self.blocks(before, after) if touches(before, after) else ()
        return (until_now(before), *told)

    async def _of_other_lengths(
        self, before: Subscription, after: Subscription, lengths: tuple[timedelta, timedelta], now: datetime
    ) -> tuple[Block, ...]:
        windows = [await self._last(length, now) for length in lengths]
        if all(window.after == window.upto for window in windows):
            return (said(say(comparing.TOO_LITTLE)),)
        both = zip((before, after), windows, lengths, strict=True)
        old, new = [await self._digest(one, window, now - length) for one, window, length in both]
        return comparison_blocks(difference(old, new), lengths=lengths)

    async def _last(self, length: timedelta, now: datetime) -> Window:
        library = self._desk.library
        upto = await library.revision()
        return Window(min(await library.revision_at(now - length), upto), upto)

    async def _digest(self, one: Subscription, window: Window, since: datetime) -> Digest:
        occasion = Occasion("asked", one.id, self._desk.clock.now().isoformat())
        return (await self._digests.prepare(one, occasion, window, since)).digest


def touches(before: Subscription, after: Subscription) -> bool:
    """Whether the change may change what is in a digest, and not only when it comes."""
    old, new = before.schedule, after.schedule
    days = (old.days, len(old.at), old.alerts) != (new.days, len(new.at), new.alerts)
    return days or (before.query, before.style) != (after.query, after.style)


def _length(schedule: Schedule, now: datetime) -> timedelta:
    """What the newest slot stands for: the time since the one before; a day where there are no two."""
    last = slots_between(schedule, now - FORTNIGHT, now)[-2:]
    return last[1].instant - last[0].instant if len(last) > 1 else DAY
