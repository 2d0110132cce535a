"""Days and periods as people say them behind what they search for: "last week", "seit Freitag", "between 1 and 15 november" (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.domain.times import days, time_words
from bot.wording import language
from bot.wording.heard.languages import languages
from bot.wording.heard.seeking import Unit

Meaning = Callable[[Sequence[str]], str]
"""The filters that words in lower case mean; empty for none."""

Span = tuple[date, date]
"""The first and the last day."""

_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?")
_DAYS = re.compile(r"(\d{1,2})\.?-(\d{1,2})\.?")
_DOTS = re.compile(r"(?<=\d)\.?\.\.+(?=\d)")
_TWO_DATES = re.compile(r"(\d{1,2}[/.]\d{1,2}\.?)-(\d{1,2}[/.]\d{1,2}\.?)")
_TWO_WORDS = re.compile(r"([^\W\d_]+)-([^\W\d_]+)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})")
_YEAR = re.compile(r"20\d\d")

MONTHS_A_YEAR = 12

MOST_HOURS = 1000

_SEEKING = tuple(one.seeking for one in languages().values())
_AFTER, _AGO, _ARTICLES, _BEFORE, _BETWEEN, _DANGLING, _LAST, _MONTH, _MONTHS, _NEWER, _OF, _OLDER, _ON, _ONE, _ONWARDS, _ROLLING, _SINCE, _TO, _UNTIL = (
    frozenset[str]().union(*(getattr(one, name) for one in _SEEKING))
    for name in (
        "after", "ago", "articles", "before", "between", "dangling", "last", "month", "months", "newer", "of", "older", "on", "one", "onwards", "rolling", "since", "to",
        "until",
    )
)  # fmt: skip
BEFORE = (_OF | _ON | _DANGLING) - _ARTICLES
"""What may stand before days and says no more than that they are: "at" of "at the beginning of this year"."""
_ORDINALS = {word: day for one in languages().values() for word, day in one.asking.ordinals.items()}
_VAGUELY = {word: count for one in _SEEKING for word, count in one.vaguely.items()}
_WITHIN = {word: day for one in _SEEKING for word, day in one.within.items()}
_UNITS = {word: count for one in _SEEKING for word, count in one.units.items()}
_NOW = frozenset(word for one in _SEEKING for word in one.now)
_PERIODS = {word: told for one in _SEEKING for word, told in one.periods.items()}


def read(words: Sequence[str], today: date) -> str:
    """The filters that all of these words, in lower case, mean; empty for words that are no days."""
    words = [part for word in words for part in _split(word)]
    if any(map(_month, words)):  # "between the first and the tenth of november"
        words = [str(_ORDINALS.get(word, word)) for word in words]
    if hours := _hours(words):
        return hours
    told = _related(words[0], words[1:], today) if len(words) > 1 else ""
    if told := told or _length(words[0], words[1:], today):
        return told
    if span := _between(words, today) or _named(words, today) or _either(words, today) or _full(words, today):
        return _filters(on=span[0]) if span[0] == span[1] else _filters(after=span[0], until=span[1])
    return ""


def on_weekday(words: Sequence[str], today: date) -> str:
    """The filter of "on monday", the last one, where it stands as days do; empty for other words."""
    return read(["last", words[1]], today) if len(words) == 2 and words[0] in _ON else ""


def _split(word: str) -> Sequence[str]:
    """The words of ``1..5``, or of two dates with a dash between them."""
    two = _TWO_DATES.fullmatch(word) or _TWO_WORDS.fullmatch(word)
    if two and (two[1][:1].isdigit() or (_month(two[1]) and _month(two[2]))):
        return two[1], "-", two[2]
    return _DOTS.sub(" - ", word).split()


def _hours(words: Sequence[str]) -> str:
    """The filter of ``the last 24 hours``, ``seit 12 Stunden``, ``past hour``; empty for other words."""
    while len(words) > 1 and words[0] in _OF | _ARTICLES:
        words = words[1:]
    if len(words) < 2 or words[0] not in _LAST | _SINCE:
        return ""
    glued = re.fullmatch(r"(\d{1,3})([a-z]+)", words[1])
    told = list(glued.groups()) if glued and len(words) == 2 else list(words[1:])
    if told[-1] not in time_words.HOUR or len(told) > 2:
        return ""
    count = time_words.COUNTS.get(
        told[0], int(told[0]) if told[0].isdecimal() else 1 if len(told) == 1 else 0
    )
    return (
        f"{language.filter_word('last')}:{count}{language.small_word('h')}" if 0 < count < MOST_HOURS else ""
    )


def _related(first: str, rest: Sequence[str], today: date) -> str:
    """The filter of a day or a period behind "since", "until", "before" or "after"; empty without."""
    if first in _UNTIL and len(rest) == 1 and days.is_yearless(rest[0]):
        return f"{language.filter_word('until')}:{rest[0]}"  # its year is told by what stands before it
    if first in _SINCE and (span := _span(_without_onwards(rest), today) or _lasting(rest, today)):
        return _filters(after=span[0])
    if not (span := None if _count(rest) else _span(rest, today)):
        return ""
    if first in _UNTIL:
        return _filters(until=span[1])
    if first in _BEFORE:
        return _filters(until=span[0] - days.DAY)
    return _filters(after=min(span[1] + days.DAY, today)) if first in _AFTER else ""


def _length(first: str, rest: Sequence[str], today: date) -> str:
    """The filter of ``older than a week``, ``newer than 3 days``, ``nicht älter als 2 Wochen``; empty without."""
    for at in range(1, min(len(rest), 3)):
        opening, told = " ".join([first, *rest[:at]]), _count(rest[at:])
        if told and opening in _NEWER:
            return _filters(after=today - told * days.DAY)
        if told and opening in _OLDER:
            return _filters(until=today - (told + 1) * days.DAY)
    return ""


def _filters(**told: date) -> str:
    return " ".join(f"{language.filter_word(name)}:{language.day(day)}" for name, day in told.items())


def _without_onwards(words: Sequence[str]) -> Sequence[str]:
    return words[:-1] if len(words) > 1 and words[-1] in _ONWARDS else words


def _between(words: Sequence[str], today: date) -> Span | None:
    """``between 1 and 15 november``, ``von montag bis mittwoch``, ``from november on``, ``nov 1-15``."""
    if joined := next((at for at, word in enumerate(words) if _DAYS.fullmatch(word)), -1) + 1:
        first, last = _DAYS.fullmatch(words[joined - 1]).groups()  # type: ignore[union-attr]  # it matched
        month = [*words[: joined - 1], *words[joined:]]
        return _from_to([*month[:1], first, *month[1:]], [*month[:1], last, *month[1:]], today)
    words = _unslashed(words, words)
    if words[0] not in _BETWEEN:
        at = next((at for at, word in enumerate(words) if word in _TO), 0)
        before, behind = words[:at], words[at + 1 :]
        if not before or not behind:
            return None
        dated = _dated(behind, today) and (_dated(before, today) or at == 1)
        dated = dated or (
            at == 1 and len(behind) == 1 and bool(_of_a_month(before, today))
        )  # "2024 to 2025", "oct-nov"
        clear = dated or (_told_back(before, today) and _told_back(behind, today))
        return _from_to(words[:at], words[at + 1 :], today) if clear else None
    if words[-1] in _ONWARDS and len(words) > 2 and (span := _span(words[1:-1], today)):
        return span[0], today
    for at in range(2, len(words) - 1):
        if words[at] in _TO and (span := _from_to(words[1:at], words[at + 1 :], today)):
            return span
    return None


def _either(words: Sequence[str], today: date) -> Span | None:
    """``yesterday or today``: days told from today, side by side."""
    words = words[1:] if len(words) > 1 and words[0] in _BETWEEN | _ON else words
    at = next((at for at, word in enumerate(words) if word in time_words.ORS), 0)
    told = [_told_back(part, today) for part in (words[:at], words[at + 1 :]) if at and part]
    first, last = sorted(one for one in told if one) if len(told) == 2 and all(told) else (None, None)
    beside = first and last and last[0] <= first[1] + days.DAY
    return (first[0], max(first[1], last[1])) if first and last and beside else None


def _from_to(begun: Sequence[str], ended: Sequence[str], today: date) -> Span | None:
    """The days from one to the other; a bare number is of the other's month."""
    if len(ended) == 1 and ended[0] in _NOW:
        return (span[0], today) if (span := _span(begun, today)) and span[0] <= today else None
    begun, ended = (_unslashed(words, [*begun, *ended]) for words in (begun, ended))
    begun = begun[1:] if len(begun) > 1 and begun[0] in _ARTICLES else begun
    if len(begun) == 1 and _DAY.fullmatch(begun[0]):
        begun = [*begun, *_month_of(ended)]
    first, last = _span(begun, today), _span(ended, today)
    if first and last and first[0] > last[1] and len(begun) == 1 and begun[0] in time_words.DAYS:
        first = _weekday(begun[0], last[1])  # on a Tuesday, "monday and wednesday"
    if first and last and first[0] > last[1] and len(begun) == 1 and _month(begun[0]):
        first = _span(begun, last[1])  # in April, "march and june"
    if first and last and first[0] > last[1] and first == _told_back(begun, today):  # "today and yesterday"
        first, last = last, first
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _unslashed(words: Sequence[str], among: Sequence[str]) -> Sequence[str]:
    """``15/11`` with a dot, where a number that is no month says which is the day."""
    told = [found.groups() for word in among if (found := _SLASHED.fullmatch(word))]
    if any(int(day) > MONTHS_A_YEAR for day, _ in told):
        return [_SLASHED.sub(r"\1.\2.", word) for word in words]
    if any(int(day) > MONTHS_A_YEAR for _, day in told):
        return [_SLASHED.sub(r"\2.\1.", word) for word in words]
    return words


def _month_of(words: Sequence[str]) -> Sequence[str]:
    """The month, and what stands behind it, of a date."""
    at = next((at for at, word in enumerate(words) if _month(word)), len(words))
    return words[at:]


def _named(words: Sequence[str], today: date) -> Span | None:
    """A period that needs nothing before it, or one behind "from", "in" or "of"."""
    if (span := _told_back(words, today)) or len(words) == 1:
        return span
    if len(words) == 2 and _month(words[0]) and _YEAR.fullmatch(words[1]):  # "november 2025"
        return _of_a_month(words, today)
    first, rest = words[0], words[1:]
    named = set(rest[:-1])
    of_one = first in _OF and bool(named & _MONTH) and named <= _ARTICLES | _MONTH
    rest = rest[-1:] if of_one else rest  # "for the month of october"
    if first in _OF and (span := _named(rest, today)):  # "aus der letzten Woche"
        return span
    if first in _OF & _BETWEEN and len(rest) == 1 and (span := _weekday(rest[0], today)):
        return span
    if (of_one or first in _MONTHS) and (span := _of_a_month(rest, today)):
        return span
    return _dated(rest, today) if first in _ON else None


def _span(words: Sequence[str], today: date) -> Span | None:
    """The days of a period, a weekday, a month or a date."""
    words = words[1:] if len(words) > 1 and words[0] in _ARTICLES else words
    words = _unslashed(words, words)
    weekday = _weekday(words[0], today) if len(words) == 1 else None
    for at in range(1, min(len(words), 3)):  # "anfang november", "beginning of november"
        if (day := _WITHIN.get(" ".join(words[:at]))) and (month := _of_a_month(words[at:], today)):
            return month[0].replace(day=day), month[1]
    return _told_back(words, today) or weekday or _dated(words, today) or _of_a_month(words, today)


def _told_back(words: Sequence[str], today: date) -> Span | None:
    """What is told from today: ``last week``, ``yesterday``, ``the last 3 days``, ``last friday``."""
    return _period(words, today) or _counted(words, today) or _last_weekday(words, today)


def _period(words: Sequence[str], today: date) -> Span | None:
    words = words[1:] if len(words) > 1 and words[0] in _ARTICLES else words
    for begin in range(min(len(words), 3)):  # "anfang dieser woche", "beginning of this year"
        found = _PERIODS.get(" ".join(words[begin:]))
        if found and (not begin or " ".join(words[:begin]) in _WITHIN):
            return _back(*found, today)
    return None


def _back(unit: Unit, count: int, today: date) -> Span:
    """The days of the unit so many before today's."""
    monday = today - timedelta(days=today.weekday())
    match unit:
        case "day":
            return today - count * days.DAY, today - count * days.DAY
        case "week":
            begin = monday - timedelta(weeks=count)
            return begin, min(begin + timedelta(days=6), today)
        case "weekend":
            begin = monday + timedelta(days=5) - timedelta(weeks=count)
            begin -= timedelta(weeks=int(begin > today))  # of the one to come nobody tells
            return begin, min(begin + days.DAY, today)
        case "month":
            begin = _month_back(today, count)
            return begin, min(_end_of_month(begin), today)
        case "quarter":
            begin = _month_back(today, (today.month - 1) % 3 + 3 * count)
            return begin, min(_end_of_month(_end_of_month(_end_of_month(begin) + days.DAY) + days.DAY), today)
        case "year":
            begin = date(today.year - count, 1, 1)
            return begin, min(date(begin.year, 12, 31), today)


def _month_back(today: date, count: int) -> date:
    """The first day of the month so many before today's."""
    begin = today.replace(day=1)
    for _ in range(count):
        begin = (begin - days.DAY).replace(day=1)
    return begin


def _end_of_month(begin: date) -> date:
    return (begin + timedelta(days=31)).replace(day=1) - days.DAY


def _count(words: Sequence[str]) -> int:
    """The days of ``3 days``, ``zwei wochen``, ``a week``; 0 for other words."""
    if len(words) == 1 and (found := re.fullmatch(r"(\d{1,3})([a-z]+)", words[0])):
        words = found.groups()
    if len(words) > 1 and words[-1] in _UNITS and (vague := _VAGUELY.get(" ".join(words[:-1]))):
        return vague * _UNITS[words[-1]]
    if len(words) != 2 or words[1] not in _UNITS:
        return 0
    count = int(words[0]) if words[0].isdecimal() else time_words.COUNTS.get(words[0], int(words[0] in _ONE))
    return min(count, 999) * _UNITS[words[1]]


def _counted(words: Sequence[str], today: date) -> Span | None:
    """``last 3 days``, ``past week``, ``the last two weeks``, ``3 days ago``."""
    if len(words) > 1 and " ".join(words[:-1]) in _ROLLING and (told := _UNITS.get(words[-1], 0)):
        return today - told * days.DAY, today
    words = words[1:] if len(words) > 1 and words[0] in _ARTICLES | {"this"} else words
    if words[0] in _LAST:
        told = _count(words[1:])
        told = told or (_UNITS.get(words[1], 0) if len(words) == 2 and words[0] == "past" else 0)
        return (today - told * days.DAY, today) if told else None
    for form in _AGO:
        before, _, behind = form.partition("{}")
        begin, end = before.split(), behind.split()
        middle = words[len(begin) : len(words) - len(end)]
        if list(words) == [*begin, *middle, *end] and (told := _count(middle)):
            day = today - told * days.DAY
            return (day, today) if begin and begin[0] in _SINCE else (day, day)
    return None


def _lasting(words: Sequence[str], today: date) -> Span | None:
    """The days of a length behind "since": ``3 days``."""
    told = _count(words)
    return (today - told * days.DAY, today) if told else None


def _weekday(word: str, today: date) -> Span | None:
    weekday = time_words.DAYS.get(word)
    if weekday is None:
        return None
    day = today - (today.weekday() - weekday) % 7 * days.DAY
    return day, day


def _last_weekday(words: Sequence[str], today: date) -> Span | None:
    """``last friday``: the last one before today."""
    if len(words) != 2 or words[0] not in _LAST or words[1] not in time_words.DAYS:
        return None
    return _weekday(words[1], today - days.DAY)


def _month(word: str) -> int:
    return time_words.MONTHS.get(word, 0)


def _of_a_month(words: Sequence[str], today: date) -> Span | None:
    """``november``, ``november 2025``, ``2025``."""
    if len(words) == 1 and _YEAR.fullmatch(words[0]) and int(words[0]) <= today.year:
        return date(int(words[0]), 1, 1), min(date(int(words[0]), 12, 31), today)
    if not _month(words[0]) or len(words) > 2 or (len(words) == 2 and not _YEAR.fullmatch(words[1])):
        return None
    year = int(words[1]) if len(words) == 2 else today.year - (_month(words[0]) > today.month)
    begin = date(year, _month(words[0]), 1)
    return (begin, min(_end_of_month(begin), today)) if begin <= today else None


def _full(words: Sequence[str], today: date) -> Span | None:
    """A day with its year: "1 march 2025", "2025-03-01". Others may be words: "nov 26"."""
    year = re.search(r"\d{4}", words[0]) if len(words) == 1 else _YEAR.fullmatch(words[-1])
    return _dated(words, today) if year and len(words) != len(("march", "2025")) else None


def _dated(words: Sequence[str], today: date) -> Span | None:
    """``15 november``, ``november 15th 2025``, ``the 15th of november``, ``1.11.``, ``2025-11-01``."""
    words = [word for word in words if word not in _ARTICLES | {"of"}]
    if len(words) == 1:
        full = days.in_full(words[0], today)
        return (full, full) if full and full <= today else None
    if not 2 <= len(words) <= 3:
        return None
    day, month = (words[1], words[0]) if _month(words[0]) else (words[0], words[1])
    number = _DAY.fullmatch(day)
    if not number or not _month(month) or (len(words) == 3 and not _YEAR.fullmatch(words[2])):
        return None
    years = [int(words[2])] if len(words) == 3 else [today.year, today.year - 1]
    found = (days.day_of(year, _month(month), int(number[1])) for year in years)
    return next(((one, one) for one in found if one and one <= today), None)
