"""When a web page was published: what it states, then what it shows, then what htmldate finds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import permutations

from htmldate import find_date
from lxml import etree
from lxml.etree import XPath
from lxml.html import HtmlElement

from bot.article.fields.credits import letters
from bot.article.fields.dates import MONTH_FIRST, Yearless, day_first, minutes, moments, plausible
from bot.article.fields.publication import Published, day_of
from bot.article.fields.stated import Stated
from bot.article.html.shown_date import heading_of, shown_date, told_date, without_prose

_BESIDE = XPath("following::*[self::p or self::time]")
_COUNTED = re.compile(r"([1-3]\d{9})(?:\d{3})?")
_ATTRIBUTED = XPath("following::*[self::p or @*[starts-with(name(), 'data-')]]")
_MOST_ATTRIBUTED = 40
_TIMED = re.compile(
    r"(?:^|-)(?:time|date|timestamp|datetime|published|publishdate|pubdate|utime|epoch)(?:-|$)"
)
_MACHINE = re.compile(r"[1-3]\d{9}(?:\d{3})?$|(?:19|20)\d\d-\d\d-\d\d")
_SLASHED = re.compile(
    r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:19|20)\d\d(?!\d)(?P<american>[ ,|at]{1,6}\d{1,2}:\d\d ?(?:[AaPp]\.?[Mm]\.?)? ?\(?[ECMP][DS]?T)?"
)
_MONTHS = 12
_DAY_FIRST = "en-GB"
_PROSE = 100  # Characters of a paragraph that is the body's and no credit.
# A day begins first at UTC+14 and ends last at UTC-12.
_FIRST_HOUR, _LAST_HOUR = timedelta(hours=-14), timedelta(hours=36)
_LANGUAGES = (
    "en ru es fr de ja tr pt fa it zh zh-Hans nl vi pl ar ko cs id uk el he th sv ro hu da fi sk bg sr sr-Cyrl nb hr lt sl ca et lv"
    " hi bn ur sw zh-Hant"
)
"""In whose words dateparser looks for what htmldate cannot read, by how much of the web is in each.

It knows two hundred, and would load and compile them all for the first line that is a date in none: 2 s and 40 MB of each
process. htmldate asks it for the names of all months besides. On 1,312 pages it finds seven days, each in one of these.
"""


def page_date(
    tree: HtmlElement, title: str | None, data: Stated, tags: Stated, received: datetime
) -> Published | None:
    """The date of first publication, in UTC, as exactly as the page states it.

    What is called the date of publication settles it. Where two such statements are a day apart, and where the
    page only dates the document, the day that a reader sees beside the heading decides; ``title`` says
    which heading that is.
    """
    language = _in_order(tree, tags.language or data.language)
    stated = [
        found
        for value in (data.published, tags.published)
        if value and (found := stated_date(day_first(value, language), received))
    ]
    if stated and abs(stated[0].at - stated[-1].at) < timedelta(days=1):
        return next((one for one in stated if one.precision != "day" and _on(one, stated[0])), stated[0])
    shown = shown_date(tree, title, received, language)
    if stated:
        return next((one for one in stated if shown and _on(one, shown)), stated[0])
    dated = stated_date(day_first(tags.dated, language), received) if tags.dated else None
    if dated and (shown is None or _on(dated, shown)):
        return dated
    told, marked = shown or told_date(tree, received, language), _marked(tree, received)
    if told and told.precision == "day":
        return marked if marked and _on(marked, told) else _to_the_minute(tree, title, told, received) or told
    return told or marked or _counted(tree, received) or _aged(tree, title, received, language)


def _in_order(tree: HtmlElement, language: str | None) -> str | None:
    """``language``; one that says which number is the month where it leaves that open, and other days or an American clock settle it."""
    if language and not language.startswith("en"):
        return language
    days = list(_SLASHED.finditer(tree.text_content()))
    first, second = (any(int(day[at]) > _MONTHS for day in days) for at in (1, 2))
    american = second or any(day["american"] for day in days)
    return language if first == american else MONTH_FIRST if american else _DAY_FIRST


def _on(stated: Published, day: Published) -> bool:
    """Whether ``stated`` is on ``day`` on some clock on Earth."""
    later = stated.at - day.at.replace(hour=0, minute=0, second=0)
    return later == timedelta() if stated.precision == "day" else _FIRST_HOUR <= later < _LAST_HOUR


def _marked(tree: HtmlElement, received: datetime) -> Published | None:
    """The first ``time``, or ``abbr`` of a microformat, that is marked as one of publication; many pages have another article's."""
    for element in tree.iter("time", "abbr"):
        value = element.get("datetime" if element.tag == "time" else "title")
        if value and ("pubdate" in element.attrib or "published" in (element.get("class") or "").lower()):
            return stated_date(value[:100], received)
    return None


def _counted(tree: HtmlElement, received: datetime) -> Published | None:
    """The moment that an element below the heading has for a script to show, in seconds since 1970 or as ISO 8601."""
    heading = next(tree.iter("h1"), None)
    for element in _ATTRIBUTED(heading)[:_MOST_ATTRIBUTED] if heading is not None else ():
        for name, value in element.attrib.items():
            machine = name.startswith("data-") and _TIMED.search(name) and _MACHINE.match(value)
            if machine and (found := stated_date(value[:40], received)):
                return found
        if element.tag == "p" and len(element.text_content()) >= _PROSE:
            break
    return None


def _aged(tree: HtmlElement, title: str | None, received: datetime, language: str | None) -> Published | None:
    """The day that htmldate finds, to the second where the ``time`` below the heading, which tells an age, has it."""
    day = _searched(tree, received, language)
    return (_to_the_minute(tree, title, day, received) or day) if day else None


def _to_the_minute(
    tree: HtmlElement, title: str | None, day: Published, received: datetime
) -> Published | None:
    """The first moment of the ``day`` that the marks of time between heading and text have for machines; one may tell of an update."""
    heading = heading_of(tree, letters(title or ""))
    moments: list[Published] = []
    for element in _BESIDE(heading) if heading is not None else ():
        if element.tag == "p" and len(element.text_content()) >= _PROSE:
            break
        value = element.get("datetime")
        at = stated_date(value[:100], received) if value else None
        # Noon in UTC is what Drupal makes of a bare day.
        if at and at.precision != "day" and _on(at, day) and f"{at.at:%H%M%S}" != "120000":
            moments.append(at)
    return min(moments, key=lambda one: one.at, default=None)


def _searched(tree: HtmlElement, received: datetime, language: str | None) -> Published | None:
    """The day that htmldate finds in addresses, markup and lines that are no prose.

    Not the first of January, which is a bare year.
    """
    lines = without_prose(tree, received, language)
    _limit_languages()
    try:
        day: str | None = find_date(
            lines, original_date=True, extensive_search=True, max_date=received.date().isoformat()
        )
    except (ValueError, TypeError, RecursionError):
        return None
    found = None if day is None or day.endswith("-01-01") else day_of(day, received)
    if found is None or _is_a_month(found.at, tree, received, language):
        return None
    return None if _is_guess(found.at, tree, received, language) else found


def _is_a_month(at: datetime, tree: HtmlElement, received: datetime, language: str | None) -> bool:
    """Whether the page has the first of the month nowhere, but perhaps the month alone or a span of years."""
    if at.day != 1:
        return False
    source: str = etree.tostring(tree, encoding="unicode")
    if any(f"{at:{form}}" in source for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")):
        return False
    told = moments(day_first(tree.text_content(), language), context="", received=received)
    return all(
        (one.month, one.day) != (at.month, 1) if isinstance(one, Yearless) else one.at.date() != at.date()
        for one in told
    )


@cache
def _limit_languages() -> None:
    """Neither htmldate's parser nor its list of months can be told which languages to load: both take dateparser's own list."""
    from dateparser.languages import loader  # 0.1 s that a text does not need

    loader.language_order = _LANGUAGES.split()


def _is_guess(at: datetime, tree: HtmlElement, received: datetime, language: str | None) -> bool:
    """Whether the page has the day only as two numbers of which either may be the month (03/04/2021)."""
    if at.day > 12 or at.day == at.month:
        return False
    text: str = tree.text_content()
    numbers = (rf"0?{one}[/-]0?{two}[/-](?:{at:%Y}|{at:%y})" for one, two in permutations((at.day, at.month)))
    if not re.search(rf"(?<![\d/-])(?:{'|'.join(numbers)})(?![\d/-])", text):
        return False
    source: str = etree.tostring(tree, encoding="unicode")
    if f"{at:%Y-%m-%d}" in source or f"{at:%Y/%m/%d}" in source:
        return False
    return all(
        isinstance(one, Yearless) or one.at.date() != at.date()
        for one in moments(day_first(text, language), context="", received=received)
    )


def _since_1970(value: str) -> datetime | None:
    """The moment that a program counted in seconds or milliseconds."""
    found = _COUNTED.fullmatch(value.strip())
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def stated_date(value: str, received: datetime) -> Published | None:
    """A date as a machine wrote it (ISO 8601), else as a person does.

    A stamp without a zone is a day, and so is midnight to the second in any zone: that is how a field
    for days is printed.
    """
    try:
        at = _since_1970(value) or datetime.fromisoformat(value.strip())
    except ValueError:
        return day_of(value, received)
    if at.tzinfo is None or (at.hour, at.minute, at.second) == (0, 0, 0):
        return day_of(at.date().isoformat(), received)
    ahead = minutes(at.utcoffset() or timedelta())
    at = at.astimezone(UTC).replace(microsecond=0)
    return Published(at, "second", ahead) if plausible(at, received) else None
