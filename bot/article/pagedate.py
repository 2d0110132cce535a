"""When a web page was published: by its linked data, its tags, then by what htmldate finds."""

from __future__ import annotations

from datetime import UTC, datetime

from htmldate import find_date
from lxml.html import HtmlElement

from bot.article.dates import plausible
from bot.article.publication import Published, day_of
from bot.article.stated import Stated


def page_date(tree: HtmlElement, data: Stated, tags: Stated, received: datetime) -> Published | None:
    """The date of first publication, in UTC, as exactly as the page states it."""
    for value in (data.published, tags.published):
        if value and (found := stated_date(value, received)):
            return found
    day = _searched(tree, received)
    return day_of(day, received) if day else None


def _searched(tree: HtmlElement, received: datetime) -> str | None:
    """The day that htmldate finds in addresses and text; not the first of January, which is a bare year."""
    try:
        day: str | None = find_date(
            tree, original_date=True, extensive_search=True, max_date=received.date().isoformat()
        )
    except (ValueError, TypeError, RecursionError):
        return None
    return None if day is None or day.endswith("-01-01") else day


def stated_date(value: str, received: datetime) -> Published | None:
    """A date as a machine wrote it (ISO 8601), else as a person does.

    A stamp without a zone is a day, and so is midnight to the second in any zone: that is how a field
    for days is printed.
    """
    try:
        at = datetime.fromisoformat(value.strip())
    except ValueError:
        return day_of(value, received)
    if at.tzinfo is None or (at.hour, at.minute, at.second) == (0, 0, 0):
        return day_of(at.date().isoformat(), received)
    at = at.astimezone(UTC)
    return Published(at.replace(microsecond=0), "second") if plausible(at, received) else None
