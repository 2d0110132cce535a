"""What people write beside a time, and no schedule of days of the week keeps: dates, offsets from UTC, and in which case (pure)."""

from __future__ import annotations

import re

from bot.domain.times.time_words import (
    ARTICLES,
    CALLED,
    COUNTS,
    FILLERS,
    LANGUAGES,
    MONTHS,
    ON,
    Words,
    joined,
    stands,
)

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
_CONTRACTED = re.compile(r"[a-z]{2,6}n't|(?:i|you|he|she|we|they|it)'(?:ll|ve|re|d|s|m)")
_CLAUSAL, _BARRING, _FINITE = (joined(name) for name in ("clausal", "barring", "finite"))
_EQUATED = joined("equated")
_EQUATING = {word: other for one in LANGUAGES for word, other in one.equating.items()}
_SHAPING, _SHAPES, _RENDERED, _RELATIVE, _VAGUE = (
    joined(name) for name in ("shaping", "shapes", "rendered", "relative", "vague")
)
SHAPED = 2
"""Words that say how it shall look: "bullet points"."""
RENDERED = 3
"""The same with what stands before them: "280 characters", "table of contents"."""


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


def circumstance(words: Words, at: int, begin: int, end: int) -> bool:
    """Whether it says there, in a query from ``begin`` to ``end``, in which case or shape something shall come."""
    inside = at > begin and any(found(words, at, end) for found in (_is_equal, _is_a_clause, _is_a_shape))
    return inside or _is_relative(words, at, end)


def _is_equal(words: Words, at: int, end: int) -> bool:
    """Whether ``as quickly as``, ``so oft wie`` stands there, with more behind it."""
    behind = _EQUATING.get(words[at].plain)
    return at + 3 < end and words[at + 2].plain == behind and words[at + 1].plain not in _EQUATED


def _is_a_clause(words: Words, at: int, end: int) -> bool:
    """Whether a sentence about the wish goes on there up to ``end``: "... but my editor", "... I don't care"."""
    word = words[at].plain
    if _CONTRACTED.fullmatch(word) or word in _FINITE:
        return True
    barred = (at + 1 < end and words[at + 1].plain in _BARRING) or stands(words, at - 1, CALLED)
    return word in _CLAUSAL and at + 1 < end and not barred


def _is_a_shape(words: Words, at: int, end: int) -> bool:
    """Whether it says there up to ``end`` how it shall look: "as a pdf", "in bold", "als Liste"."""
    begin = at + 1 + stands(words, at + 1, ARTICLES)
    end -= begin < end - 1 and stands(words, end - 1, FILLERS)  # "with headlines only"
    told = words[begin:end] if words[at].plain in _SHAPING and end <= begin + SHAPED else ()
    rendered = (
        words[at].plain in _SHAPING and begin < end <= begin + RENDERED and stands(words, end - 1, _RENDERED)
    )
    return rendered or (bool(told) and all(word.plain in _SHAPES for word in told))


def _is_relative(words: Words, at: int, end: int) -> bool:
    """Whether so much time before or after something stands there: "one hour before the vote", "zwei Tage nach"."""
    told = at + 2 < end and words[at + 2].plain in _RELATIVE
    counted = words[at].plain.isdecimal() or words[at].plain in COUNTS or words[at].plain in ARTICLES
    return told and counted and words[at + 1].plain in _VAGUE


def _is(pattern: re.Pattern[str], words: Words, at: int) -> bool:
    return at < len(words) and pattern.fullmatch(words[at].plain) is not None


def is_no_name(word: str) -> bool:
    """Whether ``as WORD`` says how it shall look, and not what it is called: "as pdf"."""
    return word in _SHAPES
