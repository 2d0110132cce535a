"""Clauses of time among the words that people write: where each begins and ends, and what it says (pure).

Nothing here raises. :mod:`bot.domain.times.when` makes one meaning of the clauses, :mod:`bot.grammar.wishes` tells
them from what is searched for. Words are those of :mod:`bot.wording.timing`, of all languages at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.times import hours, time_words, unkept
from bot.domain.times.hours import Hour
from bot.domain.times.time_words import (
    ALTERNATE,
    ARTICLES,
    AT,
    BEFORE_DAYS,
    BEFORE_PARTS,
    BETWEEN,
    CALLED,
    CLOCK,
    COUNTS,
    DAILY,
    DIGESTS,
    EVERY,
    FILLERS,
    FILLING,
    FILLING_BESIDE,
    FOR,
    HOUR,
    HOURS_24,
    JOINTS,
    LONE,
    MOST,
    NUMBERED,
    OCLOCK,
    OF_DIGESTS,
    ON,
    ONCE,
    PARTED,
    PARTS,
    PER,
    PLURAL,
    QUIET,
    SETS,
    SHORT,
    SINGLE,
    TIMES,
    UNCLEAR,
    Text,
    Words,
    follows,
    how_often,
    is_like_a_zone,
    passed,
    stands,
)  # fmt: skip
from bot.domain.times.weekdays import ended, excepted, listed_days, one_day
from bot.domain.times.zones import is_of_several, zone_at
from bot.wording.timing import ALL, EVENING, MORNING, NOON

_TOMORROW = time_words.joined("told")
"""Words for one day, which may be a part of any day, too: "morgen"."""

ALERTS_AN_HOUR = 4
"""Alerts that a place gets in an hour where no number is said."""

Kind = Literal[
    "times", "days", "step", "span", "zone", "quiet", "alerts", "part", "name", "filler", "but", "often", "weekly", "date", "offset", "unclear"
]  # fmt: skip
"""The last three are of a time, and cannot be kept."""


Value = tuple[Hour, ...] | frozenset[int] | int | str


@dataclass(frozen=True, slots=True)
class Clause:
    """What the tokens up to ``end`` say.

    A ``weak`` one may as well be words to search for, where nothing stands beside it; an ``unsure`` one in any case.
    """

    kind: Kind
    end: int
    value: Value = ""
    weak: bool = False
    unsure: bool = False


_Reader = Callable[[Words, int], Clause | None]

_HOURS = re.compile(r"(\d{1,2})h(?:rs?|ours?)?")
_NUMBER = re.compile(r"\d{1,4}")
_BARE = re.compile(r"\d{1,2}")


def clause(words: Words, at: int) -> Clause | None:
    """The clause of time that begins at this token, the longest; ``None`` where none does."""
    if at >= len(words) or not words[at].plain:
        return None
    if not isinstance(words, Text):
        return _longest(words, at)
    if at not in words.known:
        words.known[at] = _longest(words, at)
    known = words.known[at]
    return known if isinstance(known, Clause) else None


def _longest(words: Words, at: int) -> Clause | None:
    found = [one for read in _READERS if (one := read(words, at))]
    return max(found, key=lambda one: one.end, default=None)


# --- times ---------------------------------------------------------------------------------------


def _times(words: Words, at: int) -> Clause | None:
    """``at 08:00, 12:00 and at 17:30``; without "at", or behind "for", where the times cannot be anything else."""
    opened = stands(words, at, AT)
    begin = at + (opened or _is_for(words, at))
    clock = opened and words[at].plain in HOURS_24
    listed, end = hours.listed(words, begin)
    if not listed or (not opened and _is_a_year(words[begin].plain)):
        return None
    if clock or any(one.half == "24" for one in listed):
        listed = tuple(Hour(one.hour, one.minute, one.half or "24") for one in listed)
    first = listed[0]
    bare = first.minute is None and not first.half
    dotted = (
        first.half == "" and "." in words[begin].plain
    )  # 7.30 may be any number, 7.30 and 16.00 are times
    if begin > at and not opened and (bare or dotted) and not stands(words, begin + 1, OCLOCK):
        return None
    if not opened and bare and not stands(words, begin + 1, OCLOCK):
        several = len(listed) > 1 and all(one.minute is None and not one.half for one in listed)
        several = several and not (at and words[at - 1].plain in NUMBERED)
        return Clause("times", end, listed, weak=True, unsure=True) if several else None
    if not opened and dotted and len(listed) == 1:
        return _dotted(words, at, listed)
    form = not opened and hours.is_a_form(words[begin].plain)
    weak = not opened and (words[begin].plain in CLOCK or form)
    unsure = (
        form and len(listed) == 1 and not words[begin].plain.startswith("0") and "h" not in words[begin].plain
    )
    return Clause("times", end, listed, weak or (opened and bare), unsure and not ended(words, at))


def _is_for(words: Words, at: int) -> bool:
    """Whether a time, or each of some days, may stand there behind what is wanted: "oil for 9:00", "for weekdays"."""
    return at > 0 and stands(words, at, FOR)


def _is_a_year(word: str) -> bool:
    return len(word) == len("1984") and word.isdecimal() and int(word) in hours.YEARS


def _dotted(words: Words, at: int, listed: tuple[Hour, ...]) -> Clause | None:
    """``8.30``, which may be any number; of a time people write the minutes in fives, and a nought before the hour."""
    one = listed[0]
    if one.hour > 23 or (one.minute or 0) % 5 or (one.minute or 0) > 59:
        return None
    before = at
    while before and words[before - 1].plain == ",":
        before -= 1
    days = _days(words, passed(words, at + 1)) if len(words[at].plain) >= len("7.15") else None
    clear = words[at].plain.startswith("0") or ended(words, before) or _part(words, at + 1)
    parted = before < at and stands(words, at + 1, frozenset(",;"))
    ends = days is not None and all(
        word.plain in FILLERS for word in words[passed(words, days.end) :]
    )  # "oil, 7.15, mon to fri"
    beside = ends and days is not None and (parted or not days.weak)
    return Clause("times", at + 1, listed, unsure=not (clear or beside))


def _numbers(words: Words, at: int) -> Clause | None:
    """A bare number beside days or a part of the day: ``7 in the evening``, ``werktags 18``, ``8 daily``."""
    word = words[at].plain
    number = COUNTS.get(word, int(word) if _BARE.fullmatch(word) else 24)
    if number > 23 or (at and words[at - 1].plain in NUMBERED):
        return None
    told, end = (Hour(number),), at + 1
    if (part := _part(words, end)) and not part.weak:
        named = at > 0 and words[at - 1].text[:1].isupper() and not ended(words, at)
        return Clause("times", end, told, unsure=named)
    if not word.isdecimal():
        return None
    if ended(words, at):
        return Clause("times", end, told, unsure=_goes_on(words, end))
    days = _days(words, end)
    beside = at > 0 and one_day(words, at - 1, opened=False)[0] == at
    timed = days and days.end < len(words) and _times(words, passed(words, days.end))
    return Clause("times", end, told, unsure=True) if beside or (days and not timed) else None


def _unkept(words: Words, at: int) -> Clause | None:
    """Dates, offsets from UTC, and phrases of time that tell no hour."""
    end, weak = unkept.date(words, at)
    alone = weak and not at and (end == len(words) or _goes_on(words, end))
    if end > at and not alone:  # "september 11" by itself is words
        return Clause("date", end, weak=weak)
    if (end := unkept.offset(words, at)) > at:
        return Clause("offset", end)
    return Clause("unclear", end) if (end := follows(words, at, UNCLEAR)) > at else None


def _spans(words: Words, at: int) -> Clause | None:
    end, span = hours.span(words, at)
    return Clause("span", end, span) if span else None


def _quiet(words: Words, at: int) -> Clause | None:
    if words[at].plain not in QUIET:
        return None
    end, span = hours.span(words, at + 1 + stands(words, at + 1, HOUR))
    return Clause("quiet", end, span) if span else None


def _steps(words: Words, at: int) -> Clause | None:
    """``every 2 hours``, ``jede Stunde``, ``hourly``, ``2-hourly``, ``every second hour``."""
    if count := hours.apart(words[at].plain):
        return Clause("step", at + 1, count)
    if words[at].plain not in EVERY or at + 1 >= len(words):
        return None
    word = words[at + 1].plain
    if found := _HOURS.fullmatch(word):
        return Clause("step", at + 2, int(found[1]))
    if word in HOUR:
        return Clause("step", at + 2, 1)
    if (_NUMBER.fullmatch(word) or word in COUNTS or word in ALTERNATE) and stands(words, at + 2, HOUR):
        return Clause("step", at + 3, ALTERNATE.get(word) or COUNTS.get(word) or int(word))
    return None


def _alerts(words: Words, at: int) -> Clause | None:
    """``at once``, ``at once, at most 4 an hour``, ``sofort``."""
    end = follows(words, at, ONCE)
    if end == at:
        return None
    limit = end + stands(words, end, frozenset(",;"))
    limit = follows(words, limit, MOST)
    if not (limit < len(words) and _NUMBER.fullmatch(words[limit].plain)):
        return Clause("alerts", end, ALERTS_AN_HOUR)
    count, limit = int(words[limit].plain), limit + 1
    limit += stands(words, limit, TIMES)
    upto = limit
    for among in PER, PER, HOUR | {"/h", "/hour"}:
        found = stands(words, upto, among)
        upto += found
    return Clause("alerts", upto if found else limit, count)


# --- days ----------------------------------------------------------------------------------------


def _days(words: Words, at: int) -> Clause | None:
    """``on mon-fri``, ``every weekday``, ``Mon/Wed/Fri``, ``montags und donnerstags``, ``monday to friday``."""
    at += _is_for(words, at) and stands(words, at + 1, EVERY | PARTED | LONE | PLURAL.keys())
    if (end := follows(words, at, DAILY)) > at:
        return Clause("days", end, ALL)
    begin, opened = at, False
    while begin - at < 2 and (
        stands(words, begin, ON | EVERY | BETWEEN | BEFORE_DAYS)
        or (opened and stands(words, begin, ARTICLES | SINGLE))
    ):
        opened, begin = True, begin + 1
    between = opened and stands(words, begin - 1, BETWEEN)
    end, days, ranged, count = listed_days(words, begin, opened=opened)
    if not days or (between and not ranged):
        return None
    first = words[begin].plain
    if opened or ranged or first in LONE:
        return Clause("days", end, days, weak=first in LONE and not opened)
    if count == 1 and len(first) == 2:
        return None
    clear = stands(words, end, PARTED) or (
        first in SHORT and end < len(words) and words[end].plain[:1].isdigit()
    )
    return Clause("days", end, days, weak=count == 1 and not clear)


def _but(words: Words, at: int) -> Clause | None:
    """``except sunday``, ``not on weekends``, ``außer montags``; "but sunday" behind days alone."""
    end, days = excepted(words, at)
    return Clause("but", end, days) if days else None


def _often(words: Words, at: int) -> Clause | None:
    """``twice a day``, ``2x daily``, ``dreimal täglich``, and ``twice a week``."""
    end, kind, count = how_often(words, at)
    return Clause(kind, end, count) if end > at else None


def _part(words: Words, at: int) -> Clause | None:
    """``every morning``, ``in the evening``, ``mornings``, ``abends``; weak without what opens it."""
    begin = follows(words, at, BEFORE_PARTS)
    begin += stands(words, begin, EVERY)
    begin += begin > at and stands(words, begin, SINGLE)
    if not stands(words, begin, PARTS):
        return None
    word, end = words[begin].plain, begin + 1
    beside = at > 0 and stands(words, at - 1, time_words.DAYS.keys() | PLURAL.keys() | SETS.keys())
    if begin == at and word in _TOMORROW and not beside and _tells_an_hour(words, end):
        return Clause("date", end)
    listed = [PARTS[word]]
    while word in PARTED and stands(words, end, JOINTS) and stands(words, end + 1, PARTED):
        listed, end = [*listed, PARTS[words[end + 1].plain]], end + 2  # morgens und abends
    if len(listed) > 1:
        clear = all(one in (MORNING, NOON, EVENING) for one in listed)
        return Clause("times" if clear else "unclear", end, tuple(Hour(one, 0, "24") for one in listed))
    clear = word in PARTED or (begin > at and stands(words, begin - 1, EVERY))
    return Clause("part", end, PARTS[word], begin == at and not clear, unsure=not (clear or ended(words, at)))


def _tells_an_hour(words: Words, at: int) -> bool:
    """Whether a time stands there, so that the word before it is a day: "morgen um 9"."""
    return stands(words, at, AT) or hours.told(words, at)[1] is not None


def _parts(words: Words, at: int) -> Clause | None:
    """A part of the day, which may be words where others go on behind it: "in the evening light"."""
    one = _part(words, at)
    return replace(one, unsure=_goes_on(words, one.end)) if one and one.unsure else one


# --- where, and what it is called ----------------------------------------------------------------


def _zones(words: Words, at: int) -> Clause | None:
    end, zone, weak = zone_at(words, at)
    if end > at:
        return Clause("zone", end, zone, weak=weak)
    if is_of_several(words, at):
        return Clause("zone", at + 1, unsure=True)
    begin = at + (words[at].plain in {"in", "("})
    opened = begin > at or (at > 0 and words[at - 1].plain == "(")
    if opened and begin < len(words) and is_like_a_zone(words[begin].text.rstrip(",.:")):
        return Clause("zone", begin + 1 + stands(words, begin + 1, frozenset(")")), unsure=True)
    return None


def _digests(words: Words, at: int) -> Clause | None:
    """``daily digest of``, ``a weekday briefing on``: a day or a part of it with a noun for what comes then."""
    at += stands(words, at, ARTICLES) and stands(words, at + 2, DIGESTS)
    noun = at + 1 + stands(words, at + 1, ARTICLES | COUNTS.keys())  # "täglich eine Übersicht über"
    end = noun + 1 + stands(words, noun + 1, OF_DIGESTS)
    told = stands(words, at, LONE | PARTS.keys() | SETS.keys()) or end > noun + 1
    if not (told and stands(words, noun, DIGESTS)):
        return None
    one = _days(words, at) or _part(words, at)
    if one is None and (every := SETS.get(f"{words[at].plain}s")):  # "weekday"
        one = Clause("days", at + 1, every)
    return replace(one, end=end, weak=False, unsure=False) if one and one.end == at + 1 else None


def name(words: Words, at: int) -> Clause | None:
    """``as energy``: one word, or several between quotation marks."""
    if (
        words[at].plain not in CALLED
        or at + 1 >= len(words)
        or words[at + 1].plain in JOINTS | AT | ON | EVERY
        or unkept.is_no_name(words[at + 1].plain)
    ):
        return None
    return Clause("name", at + 2, words[at + 1].text)


def _filled(words: Words, at: int) -> Clause | None:
    if (end := follows(words, at, FILLING)) > at:
        return Clause("filler", end, "alone")
    if (end := follows(words, at, FILLING_BESIDE)) > at:
        return Clause("filler", end, "beside")
    return Clause("filler", at + 1) if words[at].plain in FILLERS else None


_BESIDE: tuple[_Reader, ...] = (
    _times, _spans, _quiet, _steps, _alerts, _days, _but, _part, _zones, _filled, name,
)  # fmt: skip


_PARTING = frozenset(",;")


def _goes_on(words: Words, at: int) -> bool:
    """Whether words that are no time stand there; it looks one clause far, so that none looks for ever."""
    parted, at = stands(words, at, _PARTING), passed(words, at)
    if parted or at >= len(words) or any(read(words, at) for read in _BESIDE):
        return False
    number = words[at].plain in COUNTS or _BARE.fullmatch(words[at].plain)
    return not (number and _part(words, at + 1))


_READERS: tuple[_Reader, ...] = (
    _spans, _times, _numbers, _unkept, _quiet, _steps, _alerts, _days, _digests, _but, _often, _parts, _zones, _filled,
)  # fmt: skip
"""What a clause may be; of those that match the longest is meant."""
