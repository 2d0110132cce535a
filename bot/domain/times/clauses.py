"""Clauses of time among the words that people write: where each begins and ends, and what it says (pure).

Nothing here raises. :mod:`bot.domain.times.when` makes one meaning of the clauses, :mod:`bot.chat.wishes` tells
them from what is searched for. Words are those of :mod:`bot.wording.timing`, of all languages at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.domain.times.time_words import (
    AREAS,
    AT,
    BEFORE_DAYS,
    BEFORE_PARTS,
    BETWEEN,
    CALLED,
    CLEAR,
    CLOCK,
    COUNTS,
    DAILY,
    DAYS,
    EVERY,
    FILLERS,
    HOUR,
    HOURLY,
    HOURS_24,
    JOINTS,
    LONE,
    MOST,
    OCLOCK,
    ON,
    ONCE,
    PARTED,
    PARTS,
    PER,
    PLURAL,
    QUIET,
    SETS,
    TIMES,
    TO,
    Words,
    follows,
    is_a_zone,
    passed,
    stands,
)  # fmt: skip
from bot.wording.timing import ALL, NOON, ZONES

MOST_LISTED = 60
"""Times or days of one list."""

ALERTS_AN_HOUR = 4
"""Alerts that a place gets in an hour where no number is said."""

Kind = Literal["times", "days", "step", "span", "zone", "quiet", "alerts", "part", "name", "filler"]


@dataclass(frozen=True, slots=True)
class Hour:
    """A time as told: without ``minute`` a bare number. ``half`` is am, pm, or 24 where the clock has 24 hours."""

    hour: int
    minute: int | None = None
    half: Literal["", "am", "pm", "24"] = ""


Value = tuple[Hour, ...] | frozenset[int] | int | str


@dataclass(frozen=True, slots=True)
class Clause:
    """What the tokens up to ``end`` say. A ``weak`` one may as well be words to search for."""

    kind: Kind
    end: int
    value: Value = ""
    weak: bool = False


_Reader = Callable[[Words, int], Clause | None]

_TIME = re.compile(r"(\d{1,2})(?:([:.h])(\d{2}))?(am|pm)?")
_RANGE = re.compile(r"([^-]+)-([^-]+)")
_HOURS = re.compile(r"(\d{1,2})h(?:rs?|ours?)?")
_NUMBER = re.compile(r"\d{1,4}")
_MINUTE = re.compile(r"[0-5]\d")


def clause(words: Words, at: int) -> Clause | None:
    """The clause of time that begins at this token, the longest; ``None`` where none does."""
    if at >= len(words) or not words[at].plain:
        return None
    found = [one for read in _READERS if (one := read(words, at))]
    return max(found, key=lambda one: one.end, default=None)


# --- times ---------------------------------------------------------------------------------------


def hour(text: str) -> Hour | None:
    """A time in one word: ``8:00``, ``17.30``, ``20h15``, ``8am``, ``noon``, ``8``."""
    if text in CLOCK:
        return Hour(CLOCK[text], 0, "24")
    found = _TIME.fullmatch(text)
    if not found:
        return None
    half: Literal["", "am", "pm"] = "am" if found[4] == "am" else "pm" if found[4] == "pm" else ""
    return Hour(int(found[1]), int(found[3]) if found[3] else None, half)


def _time(words: Words, at: int) -> tuple[int, Hour | None]:
    """The time that begins here with what follows it ("pm", "Uhr"), and where it ends."""
    told = hour(words[at].plain) if at < len(words) else None
    if told is None:
        return at, None
    end = at + 1
    if not told.half and stands(words, end, frozenset({"am", "pm"})) and not _is_on(told, words, end):
        return end + 1, Hour(told.hour, told.minute, "am" if words[end].plain == "am" else "pm")
    if not stands(words, end, OCLOCK):
        return end, told
    if words[end].plain not in CLEAR:
        return end + 1, told
    if told.minute is None and end + 1 < len(words) and _MINUTE.fullmatch(words[end + 1].plain):  # 7 Uhr 30
        return end + 2, Hour(told.hour, int(words[end + 1].plain), "24")
    return end + 1, Hour(told.hour, told.minute, "24")


def _is_on(told: Hour, words: Words, at: int) -> bool:
    """Whether the "am" there is the German one of days: ``17:30 am Freitag``, ``8 am Wochenende``."""
    if words[at].plain != "am":
        return False
    late = told.hour > NOON and stands(words, at + 1, DAYS.keys())
    return bool(late or stands(words, at + 1, SETS.keys() - LONE | PLURAL.keys()))


def _times(words: Words, at: int) -> Clause | None:
    """``at 08:00, 12:00 and at 17:30``; without "at" where the times cannot be anything else."""
    opened = stands(words, at, AT)
    begin = at + opened
    clock = opened and words[at].plain in HOURS_24
    listed, end = _listed_times(words, begin)
    if not listed:
        return None
    if clock or any(one.half == "24" for one in listed):
        listed = tuple(Hour(one.hour, one.minute, one.half or "24") for one in listed)
    first = listed[0]
    bare = first.minute is None and not first.half
    dotted = (
        first.half == "" and "." in words[begin].plain
    )  # 7.30 may be any number, 7.30 and 16.00 are times
    if not opened and (bare or (dotted and len(listed) == 1)):
        return None
    weak = not opened and words[begin].plain in CLOCK
    return Clause("times", end, listed, weak or (opened and bare))


def _listed_times(words: Words, at: int) -> tuple[tuple[Hour, ...], int]:
    listed: list[Hour] = []
    end = at
    while len(listed) < MOST_LISTED:
        several = _split_times(words, at)
        if several:
            listed, end = [*listed, *several], at + 1
        else:
            upto, one = _time(words, at)
            if one is None:
                break
            listed, end = [*listed, one], upto
        at = passed(words, end)
        if stands(words, at, AT):
            at += 1
    return tuple(listed), end


def _split_times(words: Words, at: int) -> tuple[Hour, ...]:
    parts = words[at].plain.split("/") if at < len(words) else []
    read = [hour(part) for part in parts]
    told = [one for one in read if one and one.minute is not None]
    return tuple(told) if 2 <= len(told) == len(parts) else ()


def _span(words: Words, at: int) -> tuple[int, tuple[Hour, ...]]:
    """``8-20``, ``between 8 and 20``, ``von 8 bis 20 Uhr``, and where it ends; no hours where none stands here."""
    to = TO if stands(words, at, BETWEEN) else TO - JOINTS
    at += stands(words, at, BETWEEN)
    found = _RANGE.fullmatch(words[at].plain) if at < len(words) else None
    if found:
        begin, end = hour(found[1]), hour(found[2])
        upto = at + 1 + stands(words, at + 1, OCLOCK)
        return (upto, (begin, end)) if begin and end else (at, ())
    middle, begin = _time(words, at)
    if begin is None or not (stands(words, middle, to) or stands(words, middle, frozenset("-"))):
        return at, ()
    upto, end = _time(words, middle + 1)
    return (upto, (begin, end)) if end else (at, ())


def _spans(words: Words, at: int) -> Clause | None:
    end, hours = _span(words, at)
    return Clause("span", end, hours) if hours else None


def _quiet(words: Words, at: int) -> Clause | None:
    if words[at].plain not in QUIET:
        return None
    end, hours = _span(words, at + 1 + stands(words, at + 1, HOUR))
    return Clause("quiet", end, hours) if hours else None


def _steps(words: Words, at: int) -> Clause | None:
    """``every 2 hours``, ``jede Stunde``, ``hourly``."""
    if words[at].plain in HOURLY:
        return Clause("step", at + 1, 1)
    if words[at].plain not in EVERY or at + 1 >= len(words):
        return None
    word = words[at + 1].plain
    if found := _HOURS.fullmatch(word):
        return Clause("step", at + 2, int(found[1]))
    if word in HOUR:
        return Clause("step", at + 2, 1)
    if (_NUMBER.fullmatch(word) or word in COUNTS) and stands(words, at + 2, HOUR):
        return Clause("step", at + 3, COUNTS.get(word) or int(word))
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
    if (end := follows(words, at, DAILY)) > at:
        return Clause("days", end, ALL)
    begin, opened = at, False
    while begin - at < 2 and stands(words, begin, ON | EVERY | BETWEEN | BEFORE_DAYS):
        opened, begin = True, begin + 1
    ranged, between = False, stands(words, begin - 1, BETWEEN) if opened else False
    days: frozenset[int] = frozenset()
    end, next_at, count = begin, begin, 0
    while count < MOST_LISTED:
        upto, told, wide = _one_day(words, next_at, opened=opened or count > 0)
        if not told:
            break
        days, end, ranged, count = days | told, upto, ranged or wide, count + 1
        next_at = passed(words, end)
        next_at += next_at > end and stands(words, next_at, ON | EVERY)
    if not days or (between and not ranged):
        return None
    first = words[begin].plain
    if opened or ranged or first in LONE:
        return Clause("days", end, days, weak=first in LONE and not opened)
    if count == 1 and len(first) == 2:
        return None
    return Clause("days", end, days, weak=count == 1)


def _one_day(words: Words, at: int, *, opened: bool) -> tuple[int, frozenset[int], bool]:
    """Where a day, a set or a range of days ends, which days they are, and whether it is no single day's name."""
    word = words[at].plain if at < len(words) else ""
    if word in SETS and (opened or word in LONE):
        return at + 1, SETS[word], False
    if "/" in word or _RANGE.fullmatch(word):
        return at + 1, _several(word), True
    first = _day(word)
    if first is None:
        return at, frozenset(), False
    joined = stands(words, at + 1, TO - JOINTS) or stands(words, at + 1, frozenset("-"))
    last = _day(words[at + 2].plain) if joined and at + 2 < len(words) else None
    if last is not None:
        return at + 3, _between(first, last), True
    return at + 1, frozenset({first}), False


def _several(word: str) -> frozenset[int]:
    """The days of ``mon-fri`` or ``Mon/Wed/Fri``; none where something else stands in the word."""
    if found := _RANGE.fullmatch(word):
        return _between(_day(found[1]), _day(found[2]))
    days = [_day(part) for part in word.split("/")]
    return frozenset(day for day in days if day is not None) if None not in days else frozenset()


def _day(word: str) -> int | None:
    return DAYS.get(word, PLURAL.get(word))


def _between(first: int | None, last: int | None) -> frozenset[int]:
    if first is None or last is None:
        return frozenset()
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


def _parts(words: Words, at: int) -> Clause | None:
    """``every morning``, ``in the evening``, ``mornings``, ``abends``; weak without what opens it."""
    begin = follows(words, at, BEFORE_PARTS)
    begin += stands(words, begin, EVERY)
    if not stands(words, begin, PARTS):
        return None
    word, end = words[begin].plain, begin + 1
    listed = [PARTS[word]]
    while (
        word in PARTED and stands(words, end, JOINTS) and stands(words, end + 1, PARTED)
    ):  # morgens und abends
        listed, end = [*listed, PARTS[words[end + 1].plain]], end + 2
    if len(listed) > 1:
        return Clause("times", end, tuple(Hour(one, 0, "24") for one in listed))
    return Clause("part", end, PARTS[word], begin == at and word not in PARTED)


# --- where, and what it is called ----------------------------------------------------------------


def _zones(words: Words, at: int) -> Clause | None:
    """``in Europe/Berlin``, ``(Europe/Berlin)``, ``CET``, ``New York time``."""
    begin = at + (words[at].plain in {"in", "("})
    if begin >= len(words):
        return None
    text = words[begin].text.rstrip(",.:")
    end = begin + 1 + (words[at].plain == "(" and stands(words, begin + 1, frozenset(")")))
    if text in ZONES:
        return Clause("zone", end, ZONES[text], weak=True)
    if ("/" in text or text == "UTC") and is_a_zone(text):
        return Clause("zone", end, text)
    for length in 1, 2, 3:
        if stands(words, begin + length, frozenset({"time"})):
            place = "_".join(word.text.title() for word in words[begin : begin + length])
            zone = next((one for one in (f"{area}/{place}" for area in AREAS) if is_a_zone(one)), "")
            return Clause("zone", begin + length + 1, zone) if zone else None
    return None


def _name(words: Words, at: int) -> Clause | None:
    """``as energy``: one word, or several between quotation marks."""
    if (
        words[at].plain not in CALLED
        or at + 1 >= len(words)
        or words[at + 1].plain in JOINTS | AT | ON | EVERY
    ):
        return None
    return Clause("name", at + 2, words[at + 1].text)


def _filled(words: Words, at: int) -> Clause | None:
    return Clause("filler", at + 1) if words[at].plain in FILLERS else None


_READERS: tuple[_Reader, ...] = (
    _times, _spans, _quiet, _steps, _alerts, _days, _parts, _zones, _filled,
)  # fmt: skip
"""What a clause may be; of those that match the longest is meant."""


def head(words: Words) -> tuple[int, tuple[Clause, ...]]:
    """The clauses that the words begin with, and where the first word behind them stands."""
    at, found = passed(words, 0), []
    while one := clause(words, at):
        found.append(one)
        at = passed(words, one.end)
    return (at, tuple(found)) if found else (0, ())


def tail(words: Words, begin: int, *, named: bool = True) -> tuple[int, tuple[Clause, ...]]:
    """The clauses that all words from some token on are, as many as can be, and where they begin.

    ``named``: "as NAME" may be one of them.
    """
    links: dict[int, tuple[Clause, int]] = {}
    for at in range(len(words) - 1, begin - 1, -1):
        one = clause(words, at) or (_name(words, at) if named else None)
        if one and ((after := passed(words, one.end)) == len(words) or after in links):
            links[at] = one, after
    at = first = min(links, default=len(words))
    found = []
    while at in links:
        one, at = links[at]
        found.append(one)
    return first, tuple(found)
