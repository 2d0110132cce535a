"""What people write beside a time, and no schedule of days of the week keeps: dates, and offsets from UTC (pure)."""

from __future__ import annotations

import re

from bot.domain.times.time_words import MONTHS, ON, Words, stands

_DATE = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:T\d{1,2}:?\d{2}\S*)?|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?|\d{1,2}([-/])\d{1,2}\1(?:\d{4}|\d{2})",
    re.IGNORECASE,
)
_OPENED_DATE = re.compile(r"\d{1,2}[./]\d{1,2}")
_TIME = re.compile(r"\d{1,2}[:.]\d\d\S*|\d{1,2}[ap]m|at|um|@")
_DAY = re.compile(r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UTC = frozenset({"utc", "gmt"})
_OFFSET_BEGINS = frozenset("ug+")
_OFFSET = re.compile(r"(?:0\d|1[0-4]):?[0-5]\d")
_OFFSET_OF_UTC = re.compile(r"\d{1,2}(?::?[0-5]\d)?")
_BEHIND_UTC = re.compile(r"(?:utc|gmt)-\d{1,2}(?::?[0-5]\d)?")


def is_a_date(text: str) -> bool:
    """Whether one word is a date and nothing else: ``1.12.``, ``2031-12-01``, ``2031-12-01T08:00``."""
    return _DATE.fullmatch(text.rstrip(",;")) is not None


def date(words: Words, at: int) -> tuple[int, bool]:
    """Where the date ends that begins here, and whether it may also be words; the end is ``at`` for none."""
    begin = at + stands(words, at, ON)
    begin += begin > at and stands(words, begin, frozenset({"the"}))
    if begin < len(words) and is_a_date(words[begin].text):
        return begin + 1, False
    if begin > at and begin < len(words) and _OPENED_DATE.fullmatch(words[begin].plain):
        return begin + 1, False
    if at and _is(_OPENED_DATE, words, at) and "/" in words[at].plain and _is(_TIME, words, at + 1):
        return at + 1, True
    end = _day_and_month(words, begin)
    if end == begin:
        return at, False
    end += stands(words, end, frozenset(",")) and end + 1 < len(words) and _is(_YEAR, words, end + 1)
    return end + _is(_YEAR, words, end), begin == at


def _day_and_month(words: Words, at: int) -> int:
    """Where ``1 December``, ``1st of December``, ``December 1`` ends."""
    if _is(_DAY, words, at):
        month = at + 1 + stands(words, at + 1, frozenset({"of"}))
        return month + 1 if stands(words, month, MONTHS) else at
    return at + 2 if stands(words, at, MONTHS) and _is(_DAY, words, at + 1) else at


def offset(words: Words, at: int) -> int:
    """Where the offset ends that begins here behind a time: ``+02:00``, ``UTC+2``, ``GMT-5``; ``at`` for none."""
    if at >= len(words) or words[at].plain[:1] not in _OFFSET_BEGINS:
        return at
    if _is(_BEHIND_UTC, words, at):
        return at + 1
    plus = at + stands(words, at, _UTC)
    if not stands(words, plus, frozenset("+")) or plus + 1 >= len(words):
        return at
    glued = words[plus].end == words[plus + 1].start
    return plus + 2 if glued and _is(_OFFSET_OF_UTC if plus > at else _OFFSET, words, plus + 1) else at


def _is(pattern: re.Pattern[str], words: Words, at: int) -> bool:
    return at < len(words) and pattern.fullmatch(words[at].plain) is not None
