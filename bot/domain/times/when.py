"""What people say of the times at which they want to hear, as one meaning (pure).

Configuration and chat read the same words, those of :mod:`bot.domain.times.clauses`. Whatever cannot be read raises
ValueError with a sentence that says how to write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from bot.domain.times import clauses, edges, time_words
from bot.domain.times.clauses import Clause
from bot.domain.times.hours import Hour
from bot.wording.language import say
from bot.wording.timing import AFTERNOON, EVENING, FORENOON, MORNING, NIGHT, NOON

EVERY_DAY = frozenset(range(7))

MOST_ALERTS = 60
"""Alerts an hour: the most that may be said."""

MOST_HOURS = 12
"""The longest step between the times of one day."""

EARLY = 7
"""A span of bare hours that ends before this hour may be one of the afternoon."""

WEEKLY, HOURLY = "fridays at 16:00", "every 2 hours between 8 and 20"

_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?([ap]m)?")
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class When:
    """What was said of the times, each as :class:`bot.domain.model.Schedule` has it; empty where nothing was."""

    at: tuple[time, ...] = ()
    days: frozenset[int] = EVERY_DAY
    zone: str = ""
    quiet: tuple[time, time] | None = None
    alerts: int = 0


def printed(when: When) -> str:
    """The words for it in the language spoken now: ``parse_when(printed(w)) == w`` for every ``w`` that ``parse_when`` returned."""
    told = [say("at {times}", times=" ".join(f"{at:%H:%M}" for at in when.at))] if when.at else []
    if when.alerts:
        told = [say("at once, at most {most} an hour", most=when.alerts)]
    if when.days != EVERY_DAY:
        told.append(say("on {days}", days=",".join(say(_DAY_NAMES[day]) for day in sorted(when.days))))
    if when.zone:
        told.append(f"in {when.zone}")
    if when.quiet:
        begin, end = (f"{at:%H:%M}" for at in when.quiet)
        told.append(say("quiet {begin}-{end}", begin=begin, end=end))
    return " ".join(told)


def parse_when(text: str) -> When:
    """``fridays at 16:00``, ``every 2 hours between 8 and 20 on mon-fri``, ``täglich um 8``; in any order.

    Also ``in ZONE`` and ``quiet 22:00-07:00``. Raises ValueError with a sentence.
    """
    words = time_words.tokens(text[:2000])
    begin, found = edges.tail(words, 0, named=False)
    if time_words.passed(words, 0) < begin:
        upto = edges.head(words)[0]
        rest = text[words[upto].start :] if upto < len(words) else text
        raise ValueError(not_clear(rest))
    if any(one.kind == "zone" and not one.value for one in found):  # it is written as one, and is none
        raise ValueError(not_clear(text))
    return meant(found)


def not_clear(text: str) -> str:
    """The sentence for words that look like a time and are not understood."""
    return say(
        '"{text}" is not clear as a time; write it like "at 08:00 on mon-fri", "{weekly}" or "{hourly}"',
        text=clipped(text),
        weekly=say(WEEKLY),
        hourly=say(HOURLY),
    )


def clipped(text: str) -> str:
    """The text as a sentence can repeat it."""
    plain = " ".join(text.split())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"


def meant(found: Sequence[Clause]) -> When:
    """What clauses mean together. Raises ValueError with a sentence where they contradict each other, or are not clear."""
    _all_can_be_kept(found)
    _each_of_all(found)
    days = _one(found, "days")
    alerts, quiet, zone = _one(found, "alerts"), _one(found, "quiet"), _one(found, "zone")
    if isinstance(alerts, int) and not 1 <= alerts <= MOST_ALERTS:
        raise ValueError(
            say('{count} alerts an hour cannot be; write "at once, at most 4 an hour"', count=alerts)
        )
    times = _times_of(found)
    if any(one.kind == "often" and one.value != len(times) for one in found):
        raise ValueError(_needs_an_hour())
    if any(one.kind == "weekly" and one.value != _told_days(days) for one in found):
        raise ValueError(
            say('what is missing are the days; write them, as in "{weekly}"', weekly=say(WEEKLY))
        )
    if alerts and times:
        raise ValueError(say('write either times or "at once"'))
    return When(
        at=times,
        days=_without(days if isinstance(days, frozenset) else EVERY_DAY, found),
        zone=zone if isinstance(zone, str) else "",
        quiet=_quiet(quiet) if isinstance(quiet, tuple) else None,
        alerts=alerts if isinstance(alerts, int) else 0,
    )


def _told_days(days: clauses.Value | None) -> int:
    return len(days) if isinstance(days, frozenset) else 0


def _each_of_all(found: Sequence[Clause]) -> None:
    """Raises ValueError with a sentence where days stand between times: "at 8, fridays at 7", "daily, and hourly on fridays"."""
    told = [one for one in found if one.kind in ("times", "step", "days")]
    for before, days, behind in zip(told, told[1:], told[2:], strict=False):
        parted = days.kind == "days" and before.kind == behind.kind == "times"
        stepped = days.kind == "step" and before.kind == behind.kind == "days"
        if parted or stepped:
            raise ValueError(
                say('the days stand there twice; write it once, as in "{weekly}"', weekly=say(WEEKLY))
                if stepped
                else say('it stands there twice; write it once, as in "{weekly}"', weekly=say(WEEKLY))
            )


def _without(days: frozenset[int], found: Iterable[Clause]) -> frozenset[int]:
    """The days but for those that are excepted. Raises ValueError with a sentence where these are none of them, or all."""
    left = days
    for one in found:
        if one.kind == "but" and isinstance(one.value, frozenset):
            if not one.value <= left or one.value == left:
                raise ValueError(
                    say('the days stand there twice; write it once, as in "{weekly}"', weekly=say(WEEKLY))
                )
            left -= one.value
    return left


def _one(found: Iterable[Clause], kind: clauses.Kind) -> clauses.Value | None:
    """The value of the only clause of this kind; ``None`` without one."""
    values = [one.value for one in found if one.kind == kind]
    if kind == "days" and len(values) == 2 and EVERY_DAY in values:
        values.remove(EVERY_DAY)  # "daily on mon-fri", "weekdays ... every day" says no more
    if len(values) > 1:
        raise ValueError(
            say(
                'the days stand there twice; write it once, as in "{weekly}"'
                if kind == "days"
                else 'a zone stands there twice; write it once, as in "{weekly}"'
                if kind == "zone"
                else 'it stands there twice; write it once, as in "{weekly}"',
                weekly=say(WEEKLY),
            )
        )
    return values[0] if values else None


def _all_can_be_kept(found: Iterable[Clause]) -> None:
    """Raises ValueError with a sentence for dates, offsets, and times that tell no hour."""
    kinds = {one.kind for one in found}
    if "date" in kinds:
        raise ValueError(
            say(
                'a subscription keeps days of the week, and not a single day; write "{weekly}"',
                weekly=say(WEEKLY),
            )
        )
    if "offset" in kinds:
        raise ValueError(
            say(
                'an offset stays as it is when the clocks change; write a place, as in "at 08:00 in Europe/Berlin"'
            )
        )
    if "unclear" in kinds:
        raise ValueError(_needs_an_hour())


def _needs_an_hour() -> str:
    return say('what is missing is an hour; write one, as in "at 17:00"')


def _times_of(found: Sequence[Clause]) -> tuple[time, ...]:
    step, span = _one(found, "step"), _one(found, "span")
    told = [one for one in found if one.kind in ("times", "part")]
    if step is not None and told:
        raise ValueError(say('write either times or "every 2 hours", as in "{hourly}"', hourly=say(HOURLY)))
    if isinstance(step, int):
        return _hourly(step, span if isinstance(span, tuple) else None)
    if span is not None:
        raise ValueError(
            say('a part of the day stands there without a step; write "{hourly}"', hourly=say(HOURLY))
        )
    return tuple(sorted({at for hours, part in _paired(told) for at in _clocks(hours, part)}))


def _paired(told: Sequence[Clause]) -> list[tuple[tuple[Hour, ...], int | None]]:
    """Times with the part of the day that they are of: the only one, or each with the one beside it."""
    parts = [one.value for one in told if isinstance(one.value, int)]
    times = [_hours(one) for one in told if one.kind == "times"]
    if not times:
        return [((), part) for part in parts]
    if not parts:
        return [(hours, None) for hours in times]
    turns = all(one.kind != other.kind for one, other in pairwise(told))
    if len(parts) == len(times) and turns:
        return list(zip(times, parts, strict=True))
    if len(parts) > 1 or len(times) > 1:
        raise ValueError(say('it stands there twice; write it once, as in "{weekly}"', weekly=say(WEEKLY)))
    return [(times[0], parts[0])]


def _hours(one: Clause) -> tuple[Hour, ...]:
    return one.value if isinstance(one.value, tuple) else ()


def _clocks(hours: tuple[Hour, ...], part: int | None) -> Iterator[time]:
    """The times of these hours; without any, the one that the part of the day stands for."""
    if part is None:
        yield from map(_clock, hours)
        return
    if not hours and part not in (MORNING, NOON, EVENING):
        raise ValueError(_needs_an_hour())
    apart = [one for one in hours if one == Hour(NOON, 0) and part != NIGHT]  # "noon and 6 in the evening"
    yield from map(_clock, apart)
    hours = tuple(one for one in hours if one not in apart) or hours
    found = [_in_part(one, part) for one in hours] or [time(part)]
    alike = len({(one.minute is None, one.half) for one in hours}) <= 1
    if not alike or found != sorted(found):  # "at 8 and 6 in the evening"
        raise ValueError(_two_times(hours[0]))
    yield from found


_IN_PARTS = {
    MORNING: range(12),
    FORENOON: range(13),
    NOON: range(11, 15),
    AFTERNOON: range(12, 20),
    EVENING: range(16, 24),
    NIGHT: (*range(7), *range(19, 24)),
}
"""The hours that each part of a day may have."""


def _in_part(told: Hour, part: int) -> time:
    """The time in this part of the day. Raises ValueError with a sentence where it is none of it."""
    hour = told.hour
    if told.half in ("am", "pm"):
        hour = _clock(told).hour
    elif hour == NOON and part == NIGHT:
        hour = 0
    elif hour < NOON and hour not in _IN_PARTS[part]:
        hour += 12
    if hour not in _IN_PARTS[part]:
        raise ValueError(_two_times(told) if hour < 24 else _no_time(_text(told)))
    return _clock(Hour(hour, told.minute, "24"))


def _text(told: Hour) -> str:
    return f"{told.hour}{'' if told.minute is None else f':{told.minute:02}'}{told.half.strip('124')}"


def two_times(hour: int, minute: int = 0) -> tuple[str, str]:
    """The times that an hour may mean where its half of the day is not told: ``07:00`` and ``19:00`` for 7."""
    return f"{hour % 24:02}:{minute:02}", f"{(hour + 12) % 24:02}:{minute:02}"


def _two_times(told: Hour) -> str:
    first, second = two_times(told.hour, told.minute or 0)
    return say(
        '"{text}" can mean {first} or {second}: write the one that is meant',
        text=_text(told),
        first=first,
        second=second,
    )


def _clock(told: Hour, *, bare: bool = False) -> time:
    """The time that is told; a bare number is one of 24 hours with ``bare``, or where only that makes sense."""
    hour = told.hour
    if told.half in ("am", "pm"):
        hour = hour % 12 + (12 if told.half == "pm" else 0) if 1 <= hour <= 12 else 24
    elif told.half == "12" or (told.minute is None and not bare and told.half != "24" and hour < 13):
        raise ValueError(_two_times(told))
    if hour > 23 or (told.minute or 0) > 59:
        raise ValueError(_no_time(_text(told)))
    return time(hour, told.minute or 0)


def _no_time(text: str) -> str:
    return say('"{text}" is not a time; write it like 08:00 or 17:30', text=text)


def _quiet(hours: tuple[Hour, ...]) -> tuple[time, time]:
    begin, end = (_clock(one, bare=True) for one in hours)
    if begin == end:
        raise ValueError(
            say(
                '"{text}" would be quiet for ever; write quiet hours like 22:00-07:00',
                text=f"{begin:%H:%M}-{end:%H:%M}",
            )
        )
    return begin, end


def parse_time(text: str) -> time:
    """A time of day: ``8:00``, ``08:00``, ``17.30``, ``8am``; ValueError with a sentence."""
    found = _TIME.fullmatch(text.strip().lower()) if len(text) <= 12 else None
    hour, minute, half = found.groups() if found else (None, None, None)
    if hour is None or not (minute or half):
        raise ValueError(_no_time(text[:40]))
    told = Hour(int(hour), int(minute) if minute else None, "am" if half == "am" else "pm" if half else "")
    try:
        return _clock(told)
    except ValueError:
        raise ValueError(_no_time(text[:40])) from None


def parse_days(text: str) -> frozenset[int]:
    """Days of the week, Monday 0: ``mon-fri``, ``sat,sun``, ``daily``, ``tuesdays and fridays``, ``fri-mon``.

    Raises ValueError with a sentence.
    """
    plain = text[:200].strip(" ,")
    if not plain:
        raise ValueError(say('no days are named; write them like "mon-fri", "sat,sun" or "daily"'))
    for told in (plain, f"on {plain}"):
        begin, found = edges.tail(time_words.tokens(told), 0, named=False)
        if not begin and len(found) == 1 and isinstance(found[0].value, frozenset):
            return found[0].value
    raise ValueError(
        say('"{text}" is not a day; write days like "mon-fri", "sat,sun" or "daily"', text=plain[:40])
    )


def parse_zone(text: str) -> str:
    """The text, where it names a time zone of the IANA database; else ValueError with a sentence."""
    if not time_words.is_a_zone(text):
        raise ValueError(say('"{text}" is not a time zone; write one like "Europe/London"', text=text[:60]))
    return text


def parse_quiet(text: str) -> tuple[time, time]:
    """When quiet hours begin and end: ``22:00-07:00``, ``22 to 7``. Raises ValueError with a sentence."""
    words = time_words.tokens(f"quiet {text[:60]}")
    found = clauses.clause(words, 0)
    if not found or found.kind != "quiet" or found.end < len(words) or not isinstance(found.value, tuple):
        raise ValueError(say('"{text}" is not quiet hours; write it like 22:00-07:00', text=text[:40]))
    return _quiet(found.value)


def _hourly(count: int, span: tuple[Hour, ...] | None) -> tuple[time, ...]:
    """The times of a day so many hours apart, from the beginning of the day or of the span."""
    if not 1 <= count <= MOST_HOURS:
        raise ValueError(
            say('write 1 to {most} hours, as in "{hourly}"', most=MOST_HOURS, hourly=say(HOURLY))
        )
    if span is None:
        return tuple(time(hour) for hour in range(0, 24, count))
    begin, end = _during(*span)
    first, last = begin.hour * 60 + begin.minute, end.hour * 60 + end.minute
    minutes = range(first, (last if first < last else last + 24 * 60) + 1, count * 60)
    return tuple(sorted({time(one // 60 % 24, one % 60) for one in minutes}))


def _during(first: Hour, last: Hour) -> tuple[time, time]:
    """When a span begins and ends; "9 to 5" is until the afternoon. Raises ValueError with a sentence where it may be two."""
    begin, end = _clock(first, bare=True), _clock(last, bare=True)
    bare = first.minute is last.minute is None and not first.half
    if not bare or last.half in ("am", "pm"):
        return begin, end
    if end <= begin < time(NOON):
        if last.half:  # von 9 bis 5 Uhr
            raise ValueError(_two_times(last))
        return begin, time(end.hour + NOON)
    if end < time(EARLY) and begin < end:  # "1 to 5"
        raise ValueError(_two_times(first))
    return begin, end
