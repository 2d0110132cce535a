"""Dates as outlets write them, read without guessing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.article.fields.calendar import JALALI_MONTHS, MONTHS, THAI_MONTHS, WEEKDAYS, any_of
from bot.article.fields.timezones import offset
from bot.domain.model import Precision

EARLIEST = date(1990, 1, 1)
"""Older dates on a dropped file are birthdays and anniversaries, not dates of publication."""

_BUDDHIST = 543  # Years by which Thailand counts more.
_PERSIAN_EPOCH = 356_033  # Days before the reckoning of `_of_iran` meets that of `datetime`.
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}  # The years before the first.
_FULL_WEEKDAYS = [name for name in WEEKDAYS if len(name) > 5]

_MONTH, _WEEKDAY, _JALALI = any_of(MONTHS), any_of(WEEKDAYS), any_of(JALALI_MONTHS)
_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d)"
# Mail of RFC 822 gives two digits before its clock.
_MAIL_YEAR = r"(?P<y2>(?:19|20)\d\d(?!\d)|\d\d(?= \d\d:\d\d))"
_EAST_ASIAN = r"(?<!\d)(?P<y5>(?:19|20)\d\d|(?:令和|平成|民[國国])(?:\d{1,3}|元)) ?[年년] ?(?P<m5>\d{1,2}) ?[月월] ?(?P<d5>\d{1,2}) ?[日일]"
_THAI = (
    rf"(?<!\d)(?P<d6>\d{{1,2}}) ?(?P<m6>{any_of(THAI_MONTHS)}) ?(?:พ\.ศ\.|ค\.ศ\.)? ?"
    r"(?P<y6>(?:19|20|25)\d\d|(?:(?<=\.)|(?<=\. ))[5-9]\d)(?!\d)"  # "12 ม.ค. 74"
)
_THAI_NUMBERS = r"(?<![\d./-])(?P<d7>\d{1,2})(?P<bar>[/-])(?P<m7>\d{1,2})(?P=bar)(?P<y7>25\d\d)(?!\d)"
_ISO = rf"(?<![\d.]){_YEAR.format('y1')}(?P<mark>[-/]|\. ?)(?P<m1>\d\d?)(?P=mark)(?P<d1>\d\d?)(?!\d)"
_DAY_FIRST = (
    r"(?<![\d:.])(?<!\d[-–])(?P<d2>\d{1,2})(?P<ordinal>st|nd|rd|th|er|\.)?[ -]?(?:de |of |d['’])?"
    rf"(?P<m2>{_MONTH})(?!\w)(?:/(?:{_MONTH})(?!\w))?\.?,?(?:(?:[ -]|(?<=\.)(?=\d{{4}}))(?:de |del |năm )?{_MAIL_YEAR})?"
)
_UNIX_CLOCK = r" \d\d:\d\d:\d\d(?: [A-Z]{2,5})?"  # "Tue Mar 4 09:15:02 UTC 2031"
_MONTH_FIRST = rf"\b(?P<m3>{_MONTH})(?!\w)\.? ?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:(?:,?|{_UNIX_CLOCK}) {_YEAR.format('y3')})?"
# "2031. március 4.", "2031 m. kovo 4 d.", "2031. gada 4. martā", but not "… 2030, March 4, 2031".
_YEAR_FIRST = (
    r"(?<![\d.,])(?P<y8>(?:19|20)\d\d)(?:\.|ko| m\.|\. gada)? (?:(?P<d8>\d{1,2})\. )?"
    rf"(?P<m8>{_MONTH})(?!\w)(?(d8)|\.? (?P<d9>\d{{1,2}})(?!\d|,? (?:19|20)\d\d))"
)
_PERSIAN = rf"(?<!\d)(?P<d10>\d{{1,2}}) (?P<m10>{_JALALI})(?!\w) (?:ماه )?(?P<y10>1[34]\d\d)(?!\d)"
_ROMAN = {
    name: number
    for number, name in enumerate(
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1
    )
}
# "12.XI.2031", "12 XI 2031", "2031. XI. 12."; in capitals, as "i" and "v" are words.
_ROMAN_MONTH = (
    rf"(?<![\d./-])(?:(?P<d11>\d{{1,2}})(?P<sign>\. ?|[ /-])(?-i:(?P<m11>{'|'.join(sorted(_ROMAN, reverse=True))}))(?P=sign){_YEAR.format('y11')}"
    rf"|(?P<y12>(?:19|20)\d\d)\. ?(?-i:(?P<m12>{'|'.join(sorted(_ROMAN, reverse=True))}))\. ?(?P<d12>\d{{1,2}})(?!\d))"
)
_HAN_DIGITS = {sign: digit for digit, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_HAN = r"(?P<y13>[〇○零一二三四五六七八九]{4})年(?P<m13>[一二三四五六七八九十]{1,2})月(?P<d13>[一二三四五六七八九十]{1,3})日"
_NUMBERS = rf"(?<![\d.])(?P<a>\d{{1,2}})(?P<dot>[./-])(?P<b>\d{{1,2}})(?P=dot){_YEAR.format('y4')}(?!\.\d)"
_DATE = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY})\b[.,]? ?(?:the )?)?(?:{_ISO}|{_EAST_ASIAN}|{_YEAR_FIRST}|{_DAY_FIRST}|{_MONTH_FIRST}|{_NUMBERS}|{_THAI}|{_THAI_NUMBERS}|{_PERSIAN}|{_ROMAN_MONTH}|{_HAN})",
    re.IGNORECASE,
)
_YEARS = ("y1", "y2", "y3", "y4", "y5", "y6", "y7", "y8", "y10", "y11", "y12", "y13")
_SAID_DAY_FIRST = re.compile(  # What leads to a date in languages that never write the month first.
    r"(?:veröffentlicht|erschienen|aktualisiert|publiée?|mise? (?:en ligne|à jour)|modifiée?|publicad[oa]|actualizad[oa]|atualizad[oa]|pubblicat[oa]|aggiornat[oa]"
    r"|gepubliceerd|geplaatst|bijgewerkt|opublikowan[aoy]|publikacja|dodan[ao]|zaktualizowan[ao]|publikován[oa]|yayın\w{0,8}|güncelle\w{0,4}|tarihi?|опубликован[ао]|обновлен[ао]"
    r"|datum|fecha)[^\d.!?]{0,16}$",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\d./-])(0?[1-9]|1[0-2])([/-])(0?[1-9]|1[0-2])\2((?:19|20)\d\d)(?![\d/-])")
_DAY_FIRST_IN = frozenset((
    "ar", "be", "bg", "bn", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "gl", "he", "hi", "hr", "id", "is", "it", "ka", "lv",
    "mk", "ms", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "ta", "th", "tr", "uk", "ur", "vi",
))  # fmt: skip
MONTH_FIRST = "en-x-month"
"""The tag of a page in whose days the month stands first, by what else it says; that it is in American English does not say so."""

_DAY_FIRST_ENGLISH = frozenset(["gb", "au", "nz", "ie", "in", "za", "ng", "ke", "sg", "my", "pk"])
_STAMP_WORD = re.compile(  # What stands beside a day and a clock on a line of nothing else.
    r"\b(?:(?:last )?updated|(?:(?:first|originally) )?published|aktualisiert|stand|mise? à jour|publié|modifié|actualizad[oa]|publicad[oa]|atualizado|aggiornat[oa]|pubblicat[oa]|uppdaterad|publicerad|bijgewerkt"
    r"|(?:a|às|as|las|alle|ore|um|uhr|kl|à|om|at|el|le|il|am|hrs?|hs?|[ap]\.?m|e[sd]?t|gmt|cet))\b\.?|เวลา|น\.",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_WESTERN = {  # Arabic, Persian, Devanagari, Bengali and full-width digits: a year is told by its first two.
    zero + digit: str(digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xFF10) for digit in range(10)
}
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?)?"
    r"(?: ?(?P<half>[ap]\.?m\b\.?))?(?: ?Uhr)?"
)
_ZONE = r"(?: ?\(?(?P<zone>Z\b|[+-]\d\d:?\d\d|(?:GMT|UTC)[+-]\d{1,2}(?::?\d\d)?|[A-Z]{2,4}\b|МСК\b))?"
_AFTER = re.compile(rf"(?:T| ?[,|/·•–—-]? ?(?:at |um |à |a las )?){_CLOCK}{_ZONE}", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<![\d:.]){_CLOCK}{_ZONE} ?[,|/·•–—-]? ?(?:on |am |le |el )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date that a text names: when it is in UTC, how exactly, and where it stands in the text.

    ``offset`` are the minutes by which the clock that the text names is ahead of UTC.
    """

    at: datetime
    precision: Precision
    start: int
    end: int
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day and month without a year, and where they stand in the text."""

    month: int
    day: int
    start: int
    end: int


def _folded(name: str) -> str:
    """The name as an expression that ignores case compares it: to that, İ and ı are an i, and ſ is an s."""
    return name.replace("İ", "i").casefold().replace("ı", "i")


_MONTH_OF = {_folded(name): number for name, number in MONTHS.items()}
_WEEKDAY_OF = {_folded(name): number for name, number in WEEKDAYS.items()}


def month_of(name: str) -> int:
    """The number of a month, January 1, by a name of MONTHS in letters of any case: "NİSAN". Raises KeyError for others."""
    return _MONTH_OF[_folded(name)]


def weekday_of(name: str) -> int:
    """The number of a day, Monday 0, by a name of WEEKDAYS in letters of any case. Raises KeyError for others."""
    return _WEEKDAY_OF[_folded(name)]


def moments(text: str, *, context: str, received: datetime) -> list[Moment | Yearless]:
    """Every date in ``text``, in order.

    A date that does not exist, disagrees with the weekday beside it, lies before 1990 or more than
    a day after ``received``, or could be read as two days (03/04/2021) is left out. ``context`` is
    the text that tells ambiguous time zones apart. A local time in no known zone counts as a day.
    """
    if not _DIGIT.search(text) and "年" not in text:  # no other date is without one
        return []
    if not text.isascii():
        text = text.translate(_WESTERN)
    return [moment for found in _DATE.finditer(text) for moment in _read(found, context, received)]


def only_a_date(text: str) -> bool:
    """Whether ``text`` is a date and nothing else but a weekday, a clock or the word for "year" after it."""
    short = len(text) <= 80 and any(map(str.isnumeric, text))
    found = _DATE.search(text) if short else None
    if found is None or not any(found[name] for name in _YEARS):
        return False
    left = _STAMP_WORD.sub("", _DATE.sub("", text))
    return sum(map(str.isalpha, left)) <= 3 and sum(map(str.isdigit, left)) <= 8


def only_dates(text: str) -> bool:
    """Whether ``text`` is a date, or several: "Published March 4, 2031; updated March 5, 2031"."""
    return all(only_a_date(one) for one in text.rstrip(" ,–—-").split("; "))


def names_a_day(text: str) -> bool:
    """Whether a day, with its month and year, stands in the first 200 characters of ``text``."""
    return any(any(found[name] for name in _YEARS) for found in _DATE.finditer(text[:200]))


def midnight(day: date) -> datetime:
    """The start of ``day`` in UTC: how a date known to the day is written."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def minutes(ahead: timedelta) -> int:
    """Whole minutes of a clock's distance from UTC, cut towards zero so that they stay below a day."""
    return int(ahead.total_seconds() / 60)


def plausible(at: datetime, received: datetime) -> bool:
    """Whether something that arrived at ``received`` may have been published at ``at``."""
    return midnight(EARLIEST) <= at <= received + timedelta(days=1)


def with_year(yearless: Yearless, body: str, received: datetime) -> date | None:
    """The day in the latest year, not after ``received``, in which it falls on the weekday that ``body`` names first.

    A wire says "on Wednesday" on Wednesday, and also the day after. ``None`` when the body names no
    weekday, when no year of the last ten agrees, or when a later year would agree as the day after.
    """
    weekday = _first_weekday(body)
    if weekday is None:
        return None
    for year in range(received.year, received.year - 10, -1):
        day = _day(year, yearless.month, yearless.day)
        if day is None or not plausible(midnight(day), received):
            continue
        if day.weekday() == weekday:
            return day
        if (day.weekday() - 1) % 7 == weekday:
            return None
    return None


def _first_weekday(body: str) -> int | None:
    found = re.search(rf"\b(?:{'|'.join(_FULL_WEEKDAYS)})\b", body, re.IGNORECASE)
    return weekday_of(found.group()) if found else None


def _read(found: re.Match[str], context: str, received: datetime) -> Iterator[Moment | Yearless]:
    year, month, day = _numbers(found)
    if year and not month and found["weekday"] and found["a"]:
        month, day = _by_weekday(found, year)
    if not year:
        if _day(2000, month, day):  # A leap year: 29 February is a day.
            yield Yearless(month, day, found.start(), found.end())
        return
    when = _day(year, month, day)
    named = found["weekday"]
    if when is None or (named and weekday_of(named) != when.weekday()):
        return
    moment = _with_clock(when, found, context)
    if plausible(moment.at, received):
        yield moment


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    """Year (0: none), month and day; month 0 when the numbers leave a doubt."""
    if found["y1"]:
        return int(found["y1"]), int(found["m1"]), int(found["d1"])
    if found["m2"]:
        return _year(found["y2"] or "0"), _month(found["m2"], found["ordinal"]), int(found["d2"])
    if found["m3"]:
        return int(found["y3"] or 0), month_of(found["m3"]), int(found["d3"])
    if not found["a"]:
        return _of_other_eras(found)
    first, second, year = int(found["a"]), int(found["b"]), int(found["y4"])
    # 20.12.2022 is written day first wherever dots are used; 20/12 and 12/20 can be told, 3/4 where a word before it tells the language.
    led = found.string[max(0, found.start() - 40) : found.start()]
    if found["dot"] == "." or first > 12 or first == second or _SAID_DAY_FIRST.search(led):
        return year, second, first
    return year, first if second > 12 else 0, second


def _by_weekday(found: re.Match[str], year: int) -> tuple[int, int]:
    """Month and day of two numbers of which either may be the month, where the weekday beside them fits one of both."""
    numbers = (int(found["a"]), int(found["b"]))
    fits = [
        (month, day)
        for month, day in (numbers, numbers[::-1])
        if (when := _day(year, month, day)) and when.weekday() == weekday_of(found["weekday"])
    ]
    return fits[0] if len(fits) == 1 else (0, 0)


def day_first(text: str, language: str | None) -> str:
    """``text`` with full stops in "04/03/2031", as unmistakable as that, where the day is always written before the month.

    ``language`` is a tag such as ``pt-BR``; of one that is MONTH_FIRST the month stands first. The text keeps its length.
    """
    if language == MONTH_FIRST:
        return _SLASHED.sub(r"\3.\1.\4", text)
    if not language or not _writes_day_first(language):
        return text
    return _SLASHED.sub(r"\1.\3.\4", text)


def may_be_day_first(text: str) -> bool:
    """Whether ``text`` has a day in two numbers of which either may be the month."""
    return _SLASHED.search(text) is not None


def _writes_day_first(tag: str) -> bool:
    language, _, region = tag.replace("_", "-").lower().partition("-")
    return language in _DAY_FIRST_IN or (language == "en" and region in _DAY_FIRST_ENGLISH)


def _month(name: str, ordinal: str | None) -> int:
    """A month's number; "listopada" is October where Croatian sets a full stop behind the day, else Polish November."""
    return 10 if ordinal == "." and name.lower() == "listopada" else month_of(name)


def _of_other_eras(found: re.Match[str]) -> tuple[int, int, int]:
    """The same of a date that begins with the year, and of one as East Asia, Thailand or Iran writes it, or with a Roman month."""
    if found["y8"]:
        return int(found["y8"]), month_of(found["m8"]), int(found["d8"] or found["d9"])
    if found["y13"] or found["y5"]:
        return _of_east_asia(found)
    for year, month, day in (("y11", "m11", "d11"), ("y12", "m12", "d12")):
        if found[year]:
            return int(found[year]), _ROMAN[found[month]], int(found[day])
    if found["y10"]:
        return _of_iran(int(found["y10"]), JALALI_MONTHS[found["m10"]], int(found["d10"]))
    if found["m6"]:
        return _thai_year(found["y6"]), THAI_MONTHS[found["m6"]], int(found["d6"])
    return _thai_year(found["y7"]), int(found["m7"]), int(found["d7"])


def _of_east_asia(found: re.Match[str]) -> tuple[int, int, int]:
    if found["y5"]:
        return _eastern_year(found["y5"]), int(found["m5"]), int(found["d5"])
    return _by_signs(found["y13"]), _counted(found["m13"]), _counted(found["d13"])


def _by_signs(written: str) -> int:
    """A year whose four digits are written as signs: 二〇三一."""
    return int("".join(str(_HAN_DIGITS[sign]) for sign in written))


def _counted(written: str) -> int:
    """A number below a hundred in signs: 四, 十一, 三十."""
    tens, ten, ones = written.rpartition("十")
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + (_HAN_DIGITS.get(ones, 0) if ones else 0)


def _of_iran(year: int, month: int, day: int) -> tuple[int, int, int]:
    """The same day of our calendar, month 0 for one that there is not; leap years by the rule of 33 years, which holds from 1178 to 1633 (1799 to 2254)."""
    first = _new_year_of_iran(year)
    at = first + timedelta((month - 1) * 31 if month < 7 else (month - 7) * 30 + 186) + timedelta(day - 1)
    if not 1 <= day <= (31 if month < 7 else 30) or at >= _new_year_of_iran(year + 1):
        return year, 0, 0
    return at.year, at.month, at.day


def _new_year_of_iran(year: int) -> date:
    years = year + 1595
    return date.fromordinal(years * 365 + years // 33 * 8 + (years % 33 + 3) // 4 + 1 - _PERSIAN_EPOCH)


def _eastern_year(written: str) -> int:
    """A year of our era, or of a Japanese emperor's or Taiwan's, whose first is written 元."""
    era = written[:2] if written[:2] in _ERAS else ""
    return _ERAS.get(era, 0) + int(written.removeprefix(era).replace("元", "1"))


def _thai_year(written: str) -> int:
    """A year of our era, or of the Buddhist one, perhaps its last two digits: 2574, 74."""
    number = int(written)
    number += 2500 if number < 100 else 0
    return number - _BUDDHIST if number >= 2500 else number


def _year(digits: str) -> int:
    """A year; one of two digits is the one that RFC 2822, section 4.3, takes it for."""
    number = int(digits)
    return number if len(digits) != 2 else number + (2000 if number < 50 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_clock(day: date, found: re.Match[str], context: str) -> Moment:
    text = found.string
    before = max(0, found.start() - 40)
    clock = _clock(_AFTER.match(text, found.end()))
    start, end = found.span()
    if clock is not None:
        end = clock.end()
    else:
        clock = _clock(_BEFORE.search(text[before : found.start()]))
        start = before + clock.start() if clock else start
    zone = clock["zone"] if clock else None
    local = _local(day, clock) if clock and zone else None
    ahead = offset(zone, local, context) if zone and local else None
    if clock is None or local is None or ahead is None:
        return Moment(midnight(day), "day", start, end)
    at = (local - ahead).replace(tzinfo=UTC)
    return Moment(at, "second" if clock["second"] else "minute", start, end, minutes(ahead))


def _clock(found: re.Match[str] | None) -> re.Match[str] | None:
    """The match when it is a time of day: a lone number ("20 December 2022 5") is none."""
    return found if found and (found["minute"] or found["half"]) else None


def _local(day: date, clock: re.Match[str]) -> datetime | None:
    hour, minute, second = (int(clock[name] or 0) for name in ("hour", "minute", "second"))
    if half := clock["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - local until the zone is known
    except ValueError:
        return None
