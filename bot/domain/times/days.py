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
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if dotted := _DOTTED.fullmatch(text):
        year = int(dotted[3])
        return _day(year if len(dotted[3]) > 2 else 2000 + year, int(dotted[2]), int(dotted[1]))
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
    found = _YEARLESS.fullmatch(text)
    if found is None:
        return None
    first = since.year if since else today.year
    years = range(first, first + _LEAP + 1) if since else range(first, first - _LEAP - 1, -1)
    for year in years:
        day = _day(year, int(found[2]), int(found[1]))
        if day and (day >= since if since else day <= today):
            return day
    return None


def ends(text: str, now: datetime, zone: str) -> str:
    """What is searched for, with filters in place of "since yesterday" and "bis 31.12." at its end; quoted words are no day."""
    told, kept = "", text
    while (found := _spans().fullmatch(kept)) and (filters := _spanning(found, now, zone)):
        kept, told = found["before"].rstrip(), f" {filters}{told}"
    if not told:
        return text
    either = re.search(rf"[,;|]|\s(?:{'|'.join(language.small_words('OR'))})\s", kept)
    return completed(f"({kept}){told}" if either else f"{kept}{told}", now, zone)


def _spanning(found: re.Match[str], now: datetime, zone: str) -> str:
    word = language.filter_word("after" if found["since"] else "until")
    day = f"{word}:{found['day'].rstrip(',')}"
    return day if read(completed(day, now, zone).partition(":")[2]) else ""


@cache
def _spans() -> re.Pattern[str]:
    since, until = ("|".join(language.small_words(word)) for word in ("since", "until"))
    before = r"(?P<before>.*[^\s:])\s+"
    return re.compile(
        rf'{before}(?:(?P<since>{since})|(?:{until}))\s+(?P<day>[^\s"]+)\s*', re.IGNORECASE | re.DOTALL
    )


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


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 2023-02-30
        return None
