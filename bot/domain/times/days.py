"""Days as people write them in queries: ``2026-04-01``, ``1.4.2026``, ``1.4.``, ``gestern``, ``monday`` (pure).

Those without a year, and those that are told from today, are put in full when they are typed: what a query means does
not change from day to day.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.domain.times import time_words
from bot.wording import language
from bot.wording.marks import DASHES

DAY = timedelta(days=1)
RELATIONS = frozenset(("after", "before", "on", "until"))
"""The filters of days; ``until`` is with its day."""

AGO = {"today": 0, "yesterday": 1, "the day before yesterday": 2}
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})")
_YEARLESS = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.?")
_LEAP = 8
"""Years without a 29 February at most."""


def read(text: str) -> date | None:
    """The day of a text that has a year; ``None`` for any other, and for a day that never was."""
    if iso := _ISO.fullmatch(text):
        return day_of(int(iso[1]), int(iso[2]), int(iso[3]))
    if dotted := _DOTTED.fullmatch(text):
        year = int(dotted[3])
        return day_of(year if len(dotted[3]) > 2 else 2000 + year, int(dotted[2]), int(dotted[1]))
    return None


def completed(text: str, now: datetime, zone: str, *, ahead: bool = False) -> str:
    """What is typed with its days in full, as the language spoken now has them; what stands between quotation marks is left.

    A day without a year is the last one up to today, as ``zone`` has it; behind ``before`` and ``until`` it is the first one after
    the day that the query begins with, and with ``ahead``, for what is yet to come, the first from today on.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    begins: list[date] = []

    def written(found: re.Match[str]) -> str:
        if found["name"] is None:
            return found[0]
        name = language.filters().get(found["name"].lower(), found["name"].lower())
        ends = name in {"before", "until"}
        since = begins[-1] if ends and begins else today if ends and ahead else None
        day = read(found["value"]) or _meant(found["value"].casefold(), today, since)
        if day is None:
            return found[0]
        if name == "after":
            begins.append(day)
        return f"{found['name']}:{language.day(day)}"

    return _filters().sub(written, text)


def _meant(text: str, today: date, since: date | None) -> date | None:
    if (ago := _named().get(text)) is not None:
        return today - ago * DAY
    if (weekday := time_words.DAYS.get(text)) is not None:
        return today - (today.weekday() - weekday) % 7 * DAY
    return _of_some_year(text, today, since)


def _of_some_year(text: str, today: date, since: date | None) -> date | None:
    """The day of a text without a year: the last one up to today, or the first one from ``since`` on."""
    found = _YEARLESS.fullmatch(text)
    if found is None:
        return None
    first = since.year if since else today.year
    years = range(first, first + _LEAP + 1) if since else range(first, first - _LEAP - 1, -1)
    for year in years:
        day = day_of(year, int(found[2]), int(found[1]))
        if day and (day >= since if since else day <= today):
            return day
    return None


def is_yearless(text: str) -> bool:
    """Whether it is a day such as ``1.4.``."""
    return _YEARLESS.fullmatch(text) is not None


def in_full(text: str, today: date) -> date | None:
    """The day that a text has, the last one up to ``today`` where it has no year; ``None`` for what is no day."""
    return read(text) or _of_some_year(text, today, None)


@cache
def _named() -> dict[str, int]:
    return {word.casefold(): ago for name, ago in AGO.items() for word in language.small_words(name)}


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """What a filter of days is called, in each language, and which it is."""
    english = ((name, name) for name in sorted(RELATIONS))
    return (*english, *((name, meant) for name, meant in language.filters().items() if meant in RELATIONS))


@cache
def _filters() -> re.Pattern[str]:
    told = "|".join(sorted(name for name, _ in _names()))
    return re.compile(rf'"[^"]*"|(?<![^\s({DASHES}-])(?P<name>{told}):(?P<value>[^\s(),;"]+)', re.IGNORECASE)


def day_of(year: int, month: int, day: int) -> date | None:
    """The day; ``None`` for one that never was."""
    try:
        return date(year, month, day)
    except ValueError:  # 2023-02-30
        return None
