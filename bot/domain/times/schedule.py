"""When a channel's digest is due: local times of a zone become moments in UTC. Pure.

The rules at a clock change: a time that the clocks skip happens at the first moment after the
skip, a time that they show twice happens the first time, and a day that a zone skips whole
(Pacific/Apia, 30 December 2011) has no slots. Cron triggers get these wrong: agronholm/apscheduler
fires twice at an overlap, and loses the day in zones whose gap is at midnight.

Quiet hours move no slot: what comes in them is due at their end, all of it as one. Slots of a pause are not
made up for: the first slot after it stands for them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.model import Schedule, Slot

MOST_MISSED = 400
"""A catch-up names at most this many slots: the newest year of a daily digest, and some."""

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
# A local date begins at most 14 h before and 12 h after its UTC namesake; a gap adds up to 24 h.
MARGIN = 3


@dataclass(frozen=True, slots=True)
class Due:
    """The newest slot that has come, and the earlier ones that it stands for, in their order."""

    slot: Slot
    missed: tuple[Slot, ...] = ()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot that is settled when this is done, in their order."""
        return (*self.missed, self.slot)


def slots_between(schedule: Schedule, after: datetime, upto: datetime) -> tuple[Slot, ...]:
    """The slots whose moment lies after ``after`` and at or before ``upto``, in their order.

    However an interval is cut in two, its slots are those of the parts, each once.
    """
    days = range(after.toordinal() - MARGIN, upto.toordinal() + MARGIN + 1)
    slots = (slot for day in days for slot in _slots_of(schedule, day))
    return tuple(sorted((slot for slot in slots if after < slot.instant <= upto), key=_in_order))


def next_moments(schedule: Schedule, now: datetime, count: int) -> tuple[datetime, ...]:
    """The ``count`` moments after ``now`` at which digests come: of slots in quiet hours, their end."""
    now = now if schedule.paused is None else max(now, schedule.paused)
    since = now if schedule.quiet is None else now - 2 * DAY
    found: dict[datetime, None] = {}
    for slot in _coming(schedule, since):
        moment = quiet_until(schedule, slot.instant) or slot.instant
        if moment > now:
            found[moment] = None
        if len(found) > count:
            break
    return tuple(found)[: max(count, 0)]


def is_paused(schedule: Schedule, now: datetime) -> bool:
    """Whether nothing comes at this moment because somebody asked for a pause."""
    return schedule.paused is not None and now < schedule.paused


def quiet_until(schedule: Schedule, moment: datetime) -> datetime | None:
    """When the quiet hours end in which the moment lies; ``None`` for a moment in none."""
    if schedule.quiet is None:
        return None
    (begin, end), zone, found = schedule.quiet, ZoneInfo(schedule.zone), moment
    for ordinal in range(moment.toordinal() - MARGIN, moment.toordinal() + MARGIN + 1):
        if not date.min.toordinal() <= ordinal < date.max.toordinal():
            continue
        day = date.fromordinal(ordinal)
        # A night that follows on another, where a zone skips the day between them, goes on.
        if _instant(day, begin, zone) <= found < (over := _instant(day + (end <= begin) * DAY, end, zone)):
            found = over
    return found if found > moment else None


def due(schedule: Schedule, last: datetime, now: datetime) -> Due | None:
    """What has come since ``last``, the moment up to which slots are settled; ``None`` for nothing.

    Several missed slots are one catch-up. Of a very long absence it names the newest
    ``MOST_MISSED``; a time settled up to ``now`` retires the older ones too. Nothing is due in quiet hours
    and in a pause, and no slot of a pause is due after it.
    """
    if quiet_until(schedule, now) or is_paused(schedule, now):
        return None
    last = last if schedule.paused is None else max(last, schedule.paused)
    newest: list[Slot] = []
    for day in range(now.toordinal() + MARGIN, last.toordinal() - MARGIN - 1, -1):
        newest += [slot for slot in _slots_of(schedule, day) if last < slot.instant <= now]
        if len(newest) >= MOST_MISSED + MARGIN * len(schedule.at):
            break
    if not newest:
        return None
    newest.sort(key=_in_order)
    return Due(slot=newest[-1], missed=tuple(newest[-MOST_MISSED:-1]))


def _in_order(slot: Slot) -> tuple[datetime, date, time]:
    return slot.instant, slot.day, slot.at


def _coming(schedule: Schedule, now: datetime) -> Iterator[Slot]:
    """The slots after ``now`` without end, in their order."""
    if not schedule.at or not schedule.days & frozenset(range(7)):
        return
    since, upto = now, now + 7 * DAY
    while True:
        yield from slots_between(schedule, since, upto)
        since, upto = upto, upto + 7 * DAY


def _slots_of(schedule: Schedule, ordinal: int) -> tuple[Slot, ...]:
    """The slots that the local date of this ordinal names; none for a date that does not exist."""
    if not date.min.toordinal() <= ordinal < date.max.toordinal():
        return ()
    day, zone = date.fromordinal(ordinal), ZoneInfo(schedule.zone)
    if not schedule.at or day.weekday() not in schedule.days:
        return ()
    if _instant(day, time(), zone) == _instant(day + DAY, time(), zone):
        return ()
    return tuple(Slot(day=day, at=at, instant=_instant(day, at, zone)) for at in sorted(set(schedule.at)))


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment in UTC when the clocks of ``zone`` first show this, or first have passed it."""
    early, late = (datetime.combine(day, at, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if early <= late:  # the usual case, and an overlap: the first time
        return early
    # A gap (PEP 495): the true change lies between the two readings. Changes are at whole seconds.
    before, after = late, early
    offset = after.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = before + timedelta(seconds=(after - before) // SECOND // 2)
        before, after = (before, middle) if middle.astimezone(zone).utcoffset() == offset else (middle, after)
    return after
