"""Dates as outlets write them, read without guessing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.article.fields.timezones import offset
from bot.domain.model import Precision

EARLIEST = date(1990, 1, 1)
"""Older dates on a dropped file are birthdays and anniversaries, not dates of publication."""

_MONTH_NAMES = (
    (
        "january jan januar jänner jän janvier janv enero ene gennaio gen janeiro"
        " januari ocak stycznia styczeń ledna leden января янв январь січня січень tammikuuta tammikuun tammikuu tammi يناير كانون_الثاني जनवरी"
    ),
    (
        "february feb februar feber février févr fév febrero febbraio febr fevereiro fev"
        " februari şubat lutego luty února únor февраля фев февраль лютого лютий helmikuuta helmikuun helmikuu helmi فبراير شباط फरवरी फ़रवरी"
    ),
    (
        "march mar märz mär mrz mars marzo março"
        " maart marts mrt mart marca marzec března březen марта мар март березня березень maaliskuuta maaliskuun maaliskuu maalis maret مارس آذار मार्च"
    ),
    (
        "april apr avril avr abril abr aprile"
        " nisan nis kwietnia kwiecień dubna duben апреля апр апрель квітня квітень huhtikuuta huhtikuun huhtikuu huhti أبريل ابريل نيسان अप्रैल"
    ),
    (
        "may mai mayo maggio mag maio"
        " maj mei mayıs maja května květen мая май травня травень toukokuuta toukokuun toukokuu touko مايو أيار मई"
    ),
    (
        "june jun juni juin junio giugno giu junho"
        " haziran haz czerwca czerwiec června červen июня июн июнь червня червень kesäkuuta kesäkuun kesäkuu kesä يونيو حزيران जून"
    ),
    (
        "july jul juli juillet juil julio luglio lug julho"
        " temmuz tem lipca lipiec července červenec июля июл июль липня липень heinäkuuta heinäkuun heinäkuu heinä يوليو تموز जुलाई"
    ),
    (
        "august aug août aou agosto ago"
        " augusti augustus ağustos ağu agustus sierpnia sierpień srpna srpen августа авг август серпня серпень elokuuta elokuun elokuu elo أغسطس آب अगस्त"
    ),
    (
        "september sep sept septembre septiembre settembre set setembro"
        " eylül eyl września wrzesień září сентября сен сент сентябрь вересня вересень syyskuuta syyskuun syyskuu syys سبتمبر أيلول सितंबर सितम्बर"
    ),
    (
        "october oct oktober okt octobre octubre ottobre ott outubro out"
        " ekim eki października październik října říjen октября окт октябрь жовтня жовтень lokakuuta lokakuun lokakuu loka lok أكتوبر تشرين_الأول اكتوبر अक्टूबर अक्तूबर"
    ),
    (
        "november nov novembre noviembre novembro"
        " kasım kas listopada listopad listopadu ноября ноя нояб ноябрь листопада листопад marraskuuta marraskuun marraskuu marras نوفمبر تشرين_الثاني नवंबर नवम्बर"
    ),
    (
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro"
        " desember aralık ara grudnia grudzień prosince prosinec декабря дек декабрь грудня грудень joulukuuta joulukuun joulukuu joulu ديسمبر كانون_الأول दिसंबर दिसम्बर"
    ),
)
_MONTHS = {
    name.replace("_", " "): number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()
}
_THAI_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "มกราคม ม.ค.", "กุมภาพันธ์ ก.พ.", "มีนาคม มี.ค.", "เมษายน เม.ย.", "พฤษภาคม พ.ค.", "มิถุนายน มิ.ย.",
            "กรกฎาคม ก.ค.", "สิงหาคม ส.ค.", "กันยายน ก.ย.", "ตุลาคม ต.ค.", "พฤศจิกายน พ.ย.", "ธันวาคม ธ.ค.",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_BUDDHIST = 543  # Years by which Thailand counts more.
_ERAS = {"令和": 2018, "平成": 1988}  # The years before the first.
_WEEKDAY_NAMES = (
    "monday mon montag lundi lunes lunedì segunda-feira maandag måndag mandag maanantai maanantaina poniedziałek pondělí понедельник понеділок सोमवार الاثنين الإثنين",
    "tuesday tue tues dienstag mardi martes martedì terça-feira dinsdag tisdag tirsdag tiistai tiistaina wtorek úterý вторник вівторок मंगलवार الثلاثاء",
    "wednesday wed mittwoch mercredi miércoles mercoledì quarta-feira woensdag onsdag keskiviikko keskiviikkona środa środę středa středu среда среду середа середу बुधवार الأربعاء",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì quinta-feira donderdag torsdag torstai torstaina czwartek čtvrtek четверг четвер गुरुवार الخميس",
    "friday fri freitag vendredi viernes venerdì sexta-feira vrijdag fredag perjantai perjantaina piątek pátek пятница пятницу शुक्रवार الجمعة",
    "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag lørdag lauantai lauantaina sobota sobotę sobotu суббота субботу субота суботу शनिवार السبت",
    "sunday sun sonntag dimanche domingo domenica zondag söndag søndag sunnuntai sunnuntaina niedziela niedzielę neděle neděli воскресенье неділя неділю रविवार الأحد",
)
_WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}
_FULL_WEEKDAYS = {name: number for name, number in _WEEKDAYS.items() if len(name) > 5}

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_YEAR = r"(?P<{}>(?:19|20)\d\d)(?!\d)"
# Mail of RFC 822 gives two digits before its clock.
_MAIL_YEAR = r"(?P<y2>(?:19|20)\d\d(?!\d)|\d\d(?= \d\d:\d\d))"
_EAST_ASIAN = r"(?<!\d)(?P<y5>(?:19|20)\d\d|(?:令和|平成)(?:\d{1,2}|元)) ?[年년] ?(?P<m5>\d{1,2}) ?[月월] ?(?P<d5>\d{1,2}) ?[日일]"
_THAI = (
    rf"(?<!\d)(?P<d6>\d{{1,2}}) ?(?P<m6>{'|'.join(map(re.escape, _THAI_MONTHS))}) ?(?:พ\.ศ\.|ค\.ศ\.)? ?"
    r"(?P<y6>(?:19|20|25)\d\d|(?:(?<=\.)|(?<=\. ))[5-9]\d)(?!\d)"  # "12 ม.ค. 74"
)
_THAI_NUMBERS = r"(?<![\d./-])(?P<d7>\d{1,2})(?P<bar>[/-])(?P<m7>\d{1,2})(?P=bar)(?P<y7>25\d\d)(?!\d)"
_ISO = rf"(?<![\d.]){_YEAR.format('y1')}(?P<mark>[-/]|\. ?)(?P<m1>\d\d?)(?P=mark)(?P<d1>\d\d?)(?!\d)"
_DAY_FIRST = (
    r"(?<![\d:.])(?P<d2>\d{1,2})(?:st|nd|rd|th|er|\.)?[ -]?(?:de |of )?"
    rf"(?P<m2>{_MONTH})(?!\w)(?:/(?:{_MONTH})(?!\w))?\.?,?(?:[ -](?:de |del )?{_MAIL_YEAR})?"
)
_MONTH_FIRST = (
    rf"\b(?P<m3>{_MONTH})(?!\w)\.? ?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,? {_YEAR.format('y3')})?"
)
_NUMBERS = rf"(?<![\d.])(?P<a>\d{{1,2}})(?P<dot>[./-])(?P<b>\d{{1,2}})(?P=dot){_YEAR.format('y4')}(?!\.\d)"
_DATE = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY})\b[.,]? ?(?:the )?)?(?:{_ISO}|{_EAST_ASIAN}|{_DAY_FIRST}|{_MONTH_FIRST}|{_NUMBERS}|{_THAI}|{_THAI_NUMBERS})",
    re.IGNORECASE,
)
_YEARS = ("y1", "y2", "y3", "y4", "y5", "y6", "y7")
_SAID_DAY_FIRST = re.compile(  # What leads to a date in languages that never write the month first.
    r"(?:veröffentlicht|erschienen|aktualisiert|publiée?|mise? (?:en ligne|à jour)|modifiée?|publicad[oa]|actualizad[oa]|atualizad[oa]|pubblicat[oa]|aggiornat[oa]"
    r"|gepubliceerd|geplaatst|bijgewerkt|opublikowan[aoy]|publikacja|dodan[ao]|zaktualizowan[ao]|publikován[oa]|yayın\w{0,8}|güncelle\w{0,4}|tarihi?|опубликован[ао]|обновлен[ао]"
    r"|datum|fecha)[^\d.!?]{0,16}$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_WESTERN = {  # Arabic, Persian, Devanagari and Bengali digits: a year is told by its first two.
    zero + digit: str(digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6) for digit in range(10)
}
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?)?"
    r"(?: ?(?P<half>[ap]\.?m\b\.?))?(?: ?Uhr)?"
)
_ZONE = r"(?: ?\(?(?P<zone>Z\b|[+-]\d\d:?\d\d|(?:GMT|UTC)[+-]\d{1,2}(?::?\d\d)?|[A-Z]{2,4}\b))?"
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


def moments(text: str, *, context: str, received: datetime) -> list[Moment | Yearless]:
    """Every date in ``text``, in order.

    A date that does not exist, disagrees with the weekday beside it, lies before 1990 or more than
    a day after ``received``, or could be read as two days (03/04/2021) is left out. ``context`` is
    the text that tells ambiguous time zones apart. A local time in no known zone counts as a day.
    """
    if not _DIGIT.search(text):  # no date is without one
        return []
    if not text.isascii():
        text = text.translate(_WESTERN)
    return [moment for found in _DATE.finditer(text) for moment in _read(found, context, received)]


def is_of_the_calendar(word: str) -> bool:
    """Whether the word names a month or a day of the week, in a language that dates are read in."""
    return word.rstrip(".").casefold() in _MONTHS or word.rstrip(".").casefold() in _WEEKDAYS


def only_a_date(text: str) -> bool:
    """Whether ``text`` is a date and nothing else but a weekday, a clock or the word for "year" after it."""
    short = len(text) <= 80 and any(map(str.isdigit, text))
    found = _DATE.search(text) if short else None
    if found is None or not any(found[name] for name in _YEARS):
        return False
    left = text[: found.start()] + text[found.end() :]
    return sum(map(str.isalpha, left)) <= 3 and sum(map(str.isdigit, left)) <= 6


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
    return _FULL_WEEKDAYS[found.group().lower()] if found else None


def _read(found: re.Match[str], context: str, received: datetime) -> Iterator[Moment | Yearless]:
    year, month, day = _numbers(found)
    if not year:
        if _day(2000, month, day):  # A leap year: 29 February is a day.
            yield Yearless(month, day, found.start(), found.end())
        return
    when = _day(year, month, day)
    named = found["weekday"]
    if when is None or (named and _WEEKDAYS[named.lower()] != when.weekday()):
        return
    moment = _with_clock(when, found, context)
    if plausible(moment.at, received):
        yield moment


def _numbers(found: re.Match[str]) -> tuple[int, int, int]:
    """Year (0: none), month and day; month 0 when the numbers leave a doubt."""
    if found["y1"]:
        return int(found["y1"]), int(found["m1"]), int(found["d1"])
    if found["m2"]:
        return _year(found["y2"] or "0"), _MONTHS[found["m2"].lower()], int(found["d2"])
    if found["m3"]:
        return int(found["y3"] or 0), _MONTHS[found["m3"].lower()], int(found["d3"])
    if not found["a"]:
        return _of_other_eras(found)
    first, second, year = int(found["a"]), int(found["b"]), int(found["y4"])
    # 20.12.2022 is written day first wherever dots are used; 20/12 and 12/20 can be told, 3/4 where a word before it tells the language.
    led = found.string[max(0, found.start() - 40) : found.start()]
    if found["dot"] == "." or first > 12 or first == second or _SAID_DAY_FIRST.search(led):
        return year, second, first
    return year, first if second > 12 else 0, second


def _of_other_eras(found: re.Match[str]) -> tuple[int, int, int]:
    """The same of a date as East Asia and Thailand write it."""
    if found["y5"]:
        return _eastern_year(found["y5"]), int(found["m5"]), int(found["d5"])
    if found["m6"]:
        return _thai_year(found["y6"]), _THAI_MONTHS[found["m6"]], int(found["d6"])
    return _thai_year(found["y7"]), int(found["m7"]), int(found["d7"])


def _eastern_year(written: str) -> int:
    """A year of our era, or of a Japanese emperor's, whose first is written 元."""
    return _ERAS.get(written[:2], 0) + int(
        written.removeprefix("令和").removeprefix("平成").replace("元", "1")
    )


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
