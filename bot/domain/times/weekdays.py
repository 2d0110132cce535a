"""Days of the week in one word or a few: ``mon``, ``mon-fri``, ``Mon/Wed/Fri``, ``monday to friday``, ``werktags`` (pure)."""

from __future__ import annotations

import re

from bot.domain.times.time_words import (
    BUT,
    DAYS,
    EVERY,
    EXCEPT,
    JOINTS,
    LETTERS,
    LONE,
    ON,
    ORS,
    PARTED,
    PLURAL,
    SETS,
    TO,
    Words,
    follows,
    passed,
    stands,
)
from bot.wording.timing import ALL

MOST_LISTED = 60
"""Days of one list."""

_RANGE = re.compile(r"([^-]+)-([^-]+)")


def one_day(words: Words, at: int, *, opened: bool) -> tuple[int, frozenset[int], bool]:
    """Where a day, a set or a range of days ends, which days they are, and whether it is no single day's name."""
    word = words[at].plain if at < len(words) else ""
    if opened and at + 1 < len(words) and (both := f"{word} {words[at + 1].plain}") in SETS:
        return at + 2, SETS[both], False
    if word in SETS and (opened or word in LONE or stands(words, at + 1, PARTED)):
        return at + 1, SETS[word], False
    if "/" in word or "-" in word:
        return at + 1, _several(word), True
    first = _day(word)
    if first is None:
        return at, frozenset(), False
    joined = stands(words, at + 1, TO - JOINTS) or stands(words, at + 1, frozenset("-"))
    last = _day(words[at + 2].plain) if joined and at + 2 < len(words) else None
    if last is not None:
        return at + 3, _between(first, last), True
    return at + 1, frozenset({first}), False


def listed_days(words: Words, at: int, *, opened: bool) -> tuple[int, frozenset[int], bool, int]:
    """Where a list of days ends, which days they are, whether some are no single day's name, and how many names there are."""
    days: frozenset[int] = frozenset()
    end, next_at, ranged, count = at, at, False, 0
    while count < MOST_LISTED:
        upto, told, wide = one_day(words, next_at, opened=opened or count > 0)
        if not told or (count and ALL in {told, days}):  # "fridays, daily"
            break
        days, end, ranged, count = days | told, upto, ranged or wide, count + 1
        next_at = passed(words, end)
        next_at += next_at > end and stands(words, next_at, ON | EVERY)
    return end, days, ranged, count


def _several(word: str) -> frozenset[int]:
    """The days of ``mon-fri``, ``Mon/Wed/Fri`` or ``mo-mi-fr``; none where something else stands in the word."""
    if found := _RANGE.fullmatch(word):
        return _between(*(DAYS.get(part, LETTERS.get(part, _day(part))) for part in found.groups()))
    parts = re.split("[/-]", word)
    days = [_day(part) for part in parts]
    if None in days and (len(parts) > 2 or "th" in parts):  # "m/f" are people
        days = [LETTERS.get(part) for part in parts]
    return frozenset(day for day in days if day is not None) if None not in days else frozenset()


def _day(word: str) -> int | None:
    word = word.rstrip(".")
    return DAYS.get(word, PLURAL.get(word))


def _between(first: int | None, last: int | None) -> frozenset[int]:
    if first is None or last is None:
        return frozenset()
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def ended(words: Words, at: int) -> bool:
    """Whether days end there that cannot be words: ``werktags``, ``mondays``, ``every friday``, ``mon-fri``, ``Mon to Sat``."""
    if not at:
        return False
    if at > 2 and one_day(words, at - 3, opened=True)[::2] == (at, True):
        return True
    end, _, wide = one_day(words, at - 1, opened=True)
    plain = words[at - 1].plain
    opened = at > 1 and stands(words, at - 2, ON | EVERY)
    if end == at and at > 2 and stands(words, at - 2, JOINTS):  # "mon, wed and fri"
        before = at - 2
        while before and stands(words, before - 1, JOINTS):
            before -= 1
        opened = opened or (before > 0 and one_day(words, before - 1, opened=True)[0] == before)
    return end == at and (wide or opened or plain in LONE or plain in PLURAL)


def excepted(words: Words, at: int) -> tuple[int, frozenset[int]]:
    """Where ``except sunday``, ``not on sat or sun`` ends, and the days that it leaves out; none where it does not stand there."""
    begin = max(follows(words, at, EXCEPT), follows(words, at, BUT) if ended(words, at) else at)
    if begin == at:
        return at, frozenset()
    end, days, *_ = listed_days(words, begin + stands(words, begin, ON), opened=True)
    while days and stands(words, end, ORS):
        upto, more, *_ = listed_days(words, end + 1, opened=True)
        if not more:
            break
        end, days = upto, days | more
    return end, days
