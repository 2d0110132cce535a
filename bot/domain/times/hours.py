"""Times of day among the words that people write: ``8:00``, ``20 Uhr``, ``0800``, ``half past eight``, ``halb neun`` (pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.domain.times import unkept
from bot.domain.times.time_words import (
    ARTICLES,
    AT,
    BEFORE_PARTS,
    BETWEEN,
    CLEAR,
    CLOCK,
    COUNTS,
    DAYS,
    EVERY,
    HOUR,
    HOURLY,
    JOINTS,
    LONE,
    MINUTES,
    OCLOCK,
    OF_DIGESTS,
    ON,
    PARTED,
    PLURAL,
    SETS,
    TO,
    Words,
    fraction,
    passed,
    stands,
)
from bot.wording.heard.languages import languages
from bot.wording.timing import NOON

MOST_LISTED = 60
"""Times or days of one list."""

YEARS = range(1900, 2100)
"""Numbers of four digits that are years, unless "at" stands before them."""


@dataclass(frozen=True, slots=True)
class Hour:
    """A time as told: without ``minute`` a bare number.

    ``half`` is am, pm, or 24 where the clock has 24 hours; 12 where it has twelve, and nobody said which half is meant.
    """

    hour: int
    minute: int | None = None
    half: Literal["", "am", "pm", "24", "12"] = ""


_TIME = re.compile(r"(\d{1,2})(?:([:.h])(\d{2}))?(am|pm)?")
_HOURED = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?(?:h|hrs)")
_DIGITS = re.compile(r"(\d\d)([0-5]\d)")
_RANGE = re.compile(r"([^-]+)-([^-]+)")
_BARE = re.compile(r"\d{1,2}")
_MINUTE = re.compile(r"[0-5]\d")
_HALVES = frozenset({"am", "pm"})
_DETERMINERS = ARTICLES | {word for one in languages().values() for word in one.seeking.articles}
_BEHIND = (
    _HALVES
    | OCLOCK
    | JOINTS
    | ON
    | EVERY
    | LONE
    | PARTED
    | _DETERMINERS
    | PLURAL.keys()
    | BEFORE_PARTS.keys()
    | OF_DIGESTS
)


@lru_cache(maxsize=1024)  # A list is read from each of its times on.
def hour(text: str) -> Hour | None:
    """A time in one word: ``8:00``, ``17.30``, ``20h15``, ``20h``, ``0800``, ``8am``, ``20uhr``, ``noon``, ``8``."""
    if text in CLOCK:
        return Hour(CLOCK[text], 0)
    found = _TIME.fullmatch(text)
    if found:
        half: Literal["", "am", "pm"] = "am" if found[4] == "am" else "pm" if found[4] == "pm" else ""
        return Hour(int(found[1]), int(found[3]) if found[3] else None, half)
    glued = next((text.removesuffix(word) for word in CLEAR if text.endswith(word)), "")
    digits = _HOURED.fullmatch(text) or _DIGITS.fullmatch(text) or _TIME.fullmatch(glued)
    if not digits or int(digits[1]) > 23:
        return None
    return Hour(int(digits[1]), int(digits[digits.lastindex or 1]) if digits.lastindex != 1 else 0, "24")


def is_a_form(text: str) -> bool:
    """Whether it is a time only where something says so: ``20h``, ``0800``."""
    return ":" not in text and bool(_HOURED.fullmatch(text) or _DIGITS.fullmatch(text))


def told(words: Words, at: int, *, spanning: bool = False) -> tuple[int, Hour | None]:
    """The time that begins here with what follows it ("pm", "Uhr"), and where it ends.

    ``spanning``: an hour may be written out, as in "from nine to five".
    """
    if at >= len(words) or unkept.is_a_date(words[at].text):
        return at, None
    begun, minutes = fraction(words, at)
    opened = spanning or begun > at or (at > 0 and stands(words, at - 1, AT) and _may_end(words, at + 1))
    if begun == at and (spoken := _spoken(words, at)):
        return _with_behind(words, at + 2, spoken)
    one = _one(words, begun, opened=opened)
    if one is None or (begun > at and one.minute is not None):
        return at, None
    return _with_behind(words, begun + 1, _shifted(one, minutes) if begun > at else one)


def _spoken(words: Words, at: int) -> Hour | None:
    """``eight thirty``, before "am" or behind "at": one of twelve hours."""
    if not (stands(words, at, COUNTS) and stands(words, at + 1, MINUTES) and COUNTS[words[at].plain] <= NOON):
        return None
    ends = stands(words, at + 2, _HALVES) or (stands(words, at - 1, AT) and _may_end(words, at + 2))
    return Hour(COUNTS[words[at].plain], MINUTES[words[at + 1].plain], "12") if ends else None


def _with_behind(words: Words, end: int, one: Hour) -> tuple[int, Hour]:
    """The time with the half of the day or the "Uhr" behind it, and where these end."""
    if one.half in ("", "12") and stands(words, end, _HALVES) and not _is_on(one, words, end):
        return end + 1, Hour(one.hour, one.minute, "am" if words[end].plain == "am" else "pm")
    noon = one.hour == NOON and one.minute is None and stands(words, end, CLOCK)  # "12 noon"
    if noon or (one.minute is not None and one.half in ("", "24") and stands(words, end, HOUR)):  # 08.00 hrs
        return end + 1, Hour(CLOCK[words[end].plain] if noon else one.hour, one.minute or 0, "24")
    if not stands(words, end, OCLOCK):
        return end, one
    if words[end].plain not in CLEAR:
        return end + 1, one
    if one.minute is None and end + 1 < len(words):  # 7 Uhr 30, sieben Uhr dreißig
        minute = words[end + 1].plain
        if _MINUTE.fullmatch(minute) or minute in MINUTES:
            return end + 2, Hour(one.hour, MINUTES.get(minute) or int(minute), "24")
    return end + 1, Hour(one.hour, one.minute, "24")


def _one(words: Words, at: int, *, opened: bool) -> Hour | None:
    """The time of one word; one written out is none without "at" before it, or what follows a time behind it."""
    if at >= len(words):
        return None
    word = words[at].plain
    if word in COUNTS and (opened or stands(words, at + 1, _HALVES | OCLOCK)):
        return Hour(COUNTS[word])
    return hour(word)


def _may_end(words: Words, at: int) -> bool:
    """Whether nothing stands there, or what stands behind an hour that is written out: not "um drei Kinder"."""
    return at >= len(words) or stands(words, at, _BEHIND) or words[at - 1].text[-1] == ":"


def _shifted(one: Hour, minutes: int) -> Hour:
    """The time so many minutes from the full hour; of twelve hours, where the hour may be one of these."""
    total = one.hour * 60 + minutes
    if one.hour > NOON or one.half == "24":
        return Hour(total // 60 % 24, total % 60, "24")
    return Hour((total // 60 - 1) % 12 + 1, total % 60, one.half or "12")


def _is_on(one: Hour, words: Words, at: int) -> bool:
    """Whether the "am" there is the German one of days: ``17:30 am Freitag``, ``8 am Wochenende``."""
    if words[at].plain != "am":
        return False
    late = one.hour > NOON and stands(words, at + 1, DAYS.keys())
    return bool(late or stands(words, at + 1, SETS.keys() - LONE | PLURAL.keys()))


def listed(words: Words, at: int) -> tuple[tuple[Hour, ...], int]:
    """The times of a list that begins here, and where it ends."""
    found: list[Hour] = []
    end = at
    while len(found) < MOST_LISTED:
        several = _split(words, at)
        if several:
            found += several
            end = at + 1
        else:
            upto, one = told(words, at)
            if one is None:
                break
            found.append(one)
            end = upto
        if unkept.offset(words, end) > end:
            break
        at = passed(words, end)
        if stands(words, at, AT):
            at += 1
    return tuple(found), end


def _split(words: Words, at: int) -> tuple[Hour, ...]:
    if at >= len(words) or "/" not in words[at].plain:
        return ()
    read = [hour(part) for part in words[at].plain.split("/")]
    clear = [one for one in read if one and (one.minute is not None or one.half)]
    return tuple(clear) if len(clear) == len(read) else ()


def span(words: Words, at: int) -> tuple[int, tuple[Hour, ...]]:
    """``8-20``, ``between 8 and 20``, ``von 8 bis 20 Uhr``, and where it ends; no hours where none stands here."""
    to = TO if stands(words, at, BETWEEN) else TO - JOINTS
    at += stands(words, at, BETWEEN)
    found = _RANGE.fullmatch(words[at].plain) if at < len(words) else None
    if found:
        begin, end = hour(found[1]), hour(found[2])
        upto = at + 1 + stands(words, at + 1, OCLOCK)
        return (upto, (begin, end)) if begin and end else (at, ())
    middle, begin = told(words, at, spanning=True)
    if begin is None or not (stands(words, middle, to) or stands(words, middle, frozenset("-"))):
        return at, ()
    upto, end = told(words, middle + 1, spanning=True)
    return (upto, (begin, end)) if end else (at, ())


def apart(word: str) -> int:
    """The hours of ``hourly``, ``2-hourly``, ``zweistündlich``; 0 for another word."""
    behind = next((one for one in HOURLY if word.endswith(one)), "")
    count = word.removesuffix(behind).rstrip("-")
    if not behind or word == behind:
        return int(bool(behind))
    return COUNTS.get(count) or (int(count) if _BARE.fullmatch(count) else 0)
