"""Words of time: how people say when they want to hear (pure). The one place that knows the grammar.

Configuration and chat read the same words. Whatever cannot be read raises ValueError with a sentence
that says how to write it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(7))

ALERTS_AN_HOUR, MOST_ALERTS = 4, 60
"""Alerts that a place gets in an hour: where no number is said, and the most that may be said."""

MOST_HOURS = 12
"""The longest step between the times of one day."""

WEEKLY, HOURLY = "fridays at 16:00", "every 2 hours between 8 and 20"

_TIME = re.compile(r"([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?([ap]m)?")
_TIMES = re.compile(r"[^\s,;]*[0-9][^\s,;]*(?: [ap]m\b)?", re.IGNORECASE)
_LIKE_A_TIME = re.compile(r"[0-9]|[,;]|(?:[ap]m|and)\b", re.IGNORECASE)
_STEP = re.compile(r"(?:(?P<count>[0-9]{1,3}|other) )?hours?\b(?P<span>.*)", re.DOTALL)
_SPAN = re.compile(
    r"(?:(?:between|from) )?(\S+(?: [ap]m)?)(?: ?[-–] ?| (?:and|to|until|till) )(\S+(?: [ap]m)?)"
)
_AT_ONCE = re.compile(
    r"once(?:[,;]? ?(?:at )?(?:most |up to )?([0-9]{1,4})(?: times)?(?: an| per|/)? ?(?:hour|h)?)?"
)
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(
    r"mon(day)?s?|tue(s|sday)?s?|wed(nesday)?s?|thu(rs|rsday)?s?|fri(day)?s?|sat(urday)?s?|sun(day)?s?"
    r"|mo|tu|we|th|fr|sa|su|weekdays?|weekends?|daily|every",
    re.IGNORECASE,
)
_SETS = {
    "daily": EVERY_DAY,
    "day": EVERY_DAY,
    "every day": EVERY_DAY,
    "weekday": frozenset(range(5)),
    "weekdays": frozenset(range(5)),
    "weekends": frozenset((5, 6)),
    "weekend": frozenset((5, 6)),
}

CLAUSES = frozenset({"at", "on", "every", "in", "quiet"})
"""The words that open a clause of time."""


@dataclass(frozen=True, slots=True)
class When:
    """What was said of the times, each as :class:`bot.domain.model.Schedule` has it; empty where nothing was."""

    at: tuple[time, ...] = ()
    days: frozenset[int] = EVERY_DAY
    zone: str = ""
    quiet: tuple[time, time] | None = None
    alerts: int = 0


def parse_when(text: str) -> When:
    """``fridays at 16:00``, ``every 2 hours between 8 and 20 on mon-fri``, ``at once``; in any order.

    Also ``in ZONE`` and ``quiet 22:00-07:00``. Raises ValueError with a sentence.
    """
    clauses: dict[str, list[str]] = {}
    for word in text[:2000].replace("–", "-").split():
        lower = word.lower()
        if lower in CLAUSES and lower not in clauses:
            if lower == "every" and clauses.get("on") == []:
                del clauses["on"]  # "on every day"
            clauses[lower] = []
        elif clauses:
            clauses[next(reversed(clauses))].append(word)
        else:
            clauses[""] = [word]
    told = {name: " ".join(words) for name, words in clauses.items()}
    every = told.get("every", "").lower()
    hours = _STEP.match(every)
    named = [told[name] for name in ("", "on") if name in told]
    named += [every] if "every" in told and not hours else []
    at = told.get("at", "")
    alerts = _alerts(at)
    if "at" in told and not alerts and not hours:
        times = _times(at)
    elif "at" in told and hours:
        raise ValueError(f'write either times or "every 2 hours", as in "{HOURLY}"')
    else:
        times = _hourly(hours) if hours else ()
    if len(named) > 1:
        raise ValueError(f'the days stand there twice; write them once, as in "{WEEKLY}"')
    return When(
        at=times,
        days=parse_days(named[0]) if named else EVERY_DAY,
        zone=parse_zone(told["in"]) if "in" in told else "",
        quiet=parse_quiet(told["quiet"]) if "quiet" in told else None,
        alerts=alerts,
    )


def begins(words: Sequence[str]) -> bool:
    """Whether a clause of time opens here that cannot be part of a query.

    Times alone behind "at", a day behind "on" or "every", a zone behind "in"; days alone where "at" follows.
    """
    opener, rest = words[0].lower(), words[1:]
    if opener in _OPENS:
        return bool(rest) and _OPENS[opener](rest)
    upto = next((n for n, word in enumerate(words) if word.lower() == "at"), 0)
    return bool(upto) and all(map(_is_days, words[:upto])) and begins(words[upto:])


def parse_time(text: str) -> time:
    """A time of day: ``8:00``, ``08:00``, ``17.30``, ``8am``; ValueError with a sentence."""
    found = _TIME.fullmatch(text.strip().lower()) if len(text) <= 12 else None
    hour, minute, half = found.groups() if found else (None, None, None)
    if hour is None or not (minute or half):
        raise ValueError(f'"{text[:40]}" is not a time; write it like 08:00 or 17:30')
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0) if 1 <= hours <= 12 else 24
    if hours > 23 or int(minute or 0) > 59:
        raise ValueError(f'"{text[:40]}" is not a time; write it like 08:00 or 17:30')
    return time(hours, int(minute or 0))


def parse_days(text: str) -> frozenset[int]:
    """Days of the week, Monday 0: ``mon-fri``, ``sat,sun``, ``daily``, ``tuesdays and fridays``, ``fri-mon``.

    Raises ValueError with a sentence.
    """
    plain = " ".join(text[:120].lower().replace("–", "-").replace(" and ", ",").replace("&", ",").split())
    if not plain.strip(", "):
        raise ValueError('no days are named; write them like "mon-fri", "sat,sun" or "daily"')
    days: set[int] = set()
    for part in plain.split(","):
        days |= _days_of(part.strip())
    return frozenset(days)


def parse_zone(text: str) -> str:
    """The text, where it names a time zone of the IANA database; else ValueError with a sentence."""
    if not _is_a_zone(text):
        raise ValueError(f'"{text[:60]}" is not a time zone; write one like "Europe/London"')
    return text


def parse_quiet(text: str) -> tuple[time, time]:
    """When quiet hours begin and end: ``22:00-07:00``, ``22 to 7``. Raises ValueError with a sentence."""
    begin, end = _span(text, "quiet hours", "22:00-07:00")
    if begin == end:
        raise ValueError(f'"{text[:40]}" would be quiet for ever; write quiet hours like 22:00-07:00')
    return begin, end


def _times(text: str) -> tuple[time, ...]:
    found = sorted({parse_time(one) for one in _TIMES.findall(text)})
    if not found:
        raise ValueError(f'"{text[:40]}" is not a time; write it like 08:00 or 17:30')
    return tuple(found)


def _hourly(step: re.Match[str]) -> tuple[time, ...]:
    """The times of a day so many hours apart, from the beginning of the day or of the span."""
    count = {None: 1, "other": 2}.get(step["count"]) or int(step["count"])
    if not 1 <= count <= MOST_HOURS:
        raise ValueError(f'write 1 to {MOST_HOURS} hours, as in "{HOURLY}"')
    if not step["span"].strip():
        return tuple(time(hour) for hour in range(0, 24, count))
    begin, end = _span(step["span"].strip(), "a part of the day", "between 8:00 and 20:00")
    first, last = begin.hour * 60 + begin.minute, end.hour * 60 + end.minute
    minutes = range(first, (last if first < last else last + 24 * 60) + 1, count * 60)
    return tuple(sorted({time(one // 60 % 24, one % 60) for one in minutes}))


def _span(text: str, what: str, example: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(" ".join(text[:60].lower().replace("–", "-").split()))
    if not found:
        raise ValueError(f'"{text[:40]}" is not {what}; write it like {example}')
    begin, end = (parse_time(f"{one}:00" if one.isdigit() else one) for one in found.groups())
    return begin, end


def _alerts(text: str) -> int:
    """How many alerts an hour are wanted at most; 0 where the words ask for none."""
    if not text.lower().startswith("once"):
        return 0
    found = _AT_ONCE.fullmatch(" ".join(text.lower().split()))
    count = int(found[1] or ALERTS_AN_HOUR) if found else 0
    if not 1 <= count <= MOST_ALERTS:
        raise ValueError(f'"at {text[:40]}" is not clear; write "at once" or "at once, at most 4 an hour"')
    return count


def _is_a_zone(text: str) -> bool:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_a_day(word: str) -> bool:
    return _DAY.fullmatch(word.partition("-")[0].partition(",")[0]) is not None


def _is_days(word: str) -> bool:
    """Days as nobody searches for them: in the plural, as a range or a set."""
    day = word.strip(",").lower()
    whole = {f"{name}s" for name in _NAMES} | {"daily", "weekdays", "weekends", "and", "&", ""}
    return day in whole or ("-" in day and all(map(_is_a_day, day.split("-"))))


def _are_times(words: Sequence[str]) -> bool:
    upto = next((n for n, word in enumerate(words) if word.lower() in CLAUSES | {"as"}), len(words))
    once = words[0].lower().rstrip(",;") == "once"
    return once or (words[0][0].isdigit() and all(map(_LIKE_A_TIME.match, words[:upto])))


def _are_hours_or_days(words: Sequence[str]) -> bool:
    first, *rest = (word.lower() for word in words)
    hours = (first.isdigit() or first == "other") and rest and _STEP.match(f"2 {rest[0]}")
    return _is_a_day(first) or first in {"day", "hour"} or bool(hours)


_OPENS: Mapping[str, Callable[[Sequence[str]], bool]] = {
    "at": _are_times,
    "on": lambda words: _is_a_day(words[0]),
    "every": _are_hours_or_days,
    "in": lambda words: "/" in words[0] and _is_a_zone(words[0]),
    "quiet": lambda words: words[0][0].isdigit(),
}
"""What must stand behind each opener."""


def _days_of(part: str) -> frozenset[int]:
    if part in _SETS:
        return _SETS[part]
    first, dash, last = (piece.strip() for piece in part.partition("-"))
    start = _weekday(first, part)
    end = _weekday(last, part) if dash else start
    return frozenset((start + step) % 7 for step in range((end - start) % 7 + 1))


def _weekday(word: str, part: str) -> int:
    for number, name in enumerate(_NAMES):
        if len(word) >= 2 and name.startswith(word.rstrip("s") if word == name + "s" else word):
            return number
    raise ValueError(f'"{part[:40]}" is not a day; write days like "mon-fri", "sat,sun" or "daily"')
