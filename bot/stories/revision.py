"""Whether an article is a new revision of one that the desk has: a correction, not a second article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from bot.article.fields.fingerprint import shingles
from bot.domain.model import Article, Entry

WITHIN = timedelta(hours=48)
"""An outlet that repeats a headline later than this prints a series, not a correction."""

SHARED = 0.5
"""The part of the shorter text's shingles that both revisions have, at least."""

RELATED = 0.1
"""The part that two texts of one page and day share at least, where their titles are not one."""

FILLED = 3
"""Numbers that are new in each of two texts of a form; a correction seldom has as many."""

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def revised(article: Article, candidates: Sequence[Entry], *, arrived: datetime) -> int | None:
    """The id of the entry that ``article`` is a new revision of; ``None`` when it is an article of its own.

    It is one when both have the same URL and share half of their shingles, or were published on one day and share some or
    have one title; or when the same outlet published both under the same title within 48 hours and at least half of the
    shingles are shared. Under one URL two days with two texts are two articles, and so are two days under two URLs: tomorrow's
    "Morning briefing" is no correction of today's. A form that is filled in anew, on another day or under another URL, is no correction either. Where a
    date of publication is missing, ``arrived`` and the entry's ``added`` stand in for the 48 hours. ``candidates`` come
    in any order; of several, the newest counts. The text must differ: equal texts are known, not revised.
    """
    found = [entry for entry in candidates if _revises(article, entry, arrived)]
    return max(found, key=lambda entry: (entry.revision, entry.id)).id if found else None


def _revises(article: Article, entry: Entry, arrived: datetime) -> bool:
    older = entry.article
    if article.content_key == older.content_key:
        return False
    same_page, same_day = _same_page(article.url, older.url), _same_day(article, older)
    elsewhere = None not in (article.url, older.url) and not same_page
    if elsewhere and not same_day:
        return False
    if (elsewhere or not same_day) and _filled_anew(article.text, older.text):
        return False
    alike = shared(article.text, older.text)
    if same_page:
        return alike >= SHARED or (same_day and (alike >= RELATED or _titles_agree(article, older)))
    named = _name(article.title), _name(article.source)
    same_name = all(named) and named == (_name(older.title), _name(older.source))
    return same_name and _apart(article, entry, arrived) <= WITHIN and alike >= SHARED


def _titles_agree(one: Article, other: Article) -> bool:
    """Whether two articles of one day tell by their titles alone that they are one, all of whose text was rewritten.

    They do not without a title, or when the titles differ in a number: an export may give all records one URL.
    """
    names = _name(one.title), _name(other.title)
    if not all(names):
        return False
    if names[0] == names[1]:
        return True
    a, b = ({word for word in name.split() if len(word) > 3} for name in names)
    same_numbers = set(_NUMBER.findall(names[0])) == set(_NUMBER.findall(names[1]))
    return same_numbers and 2 * len(a & b) > min(len(a), len(b))


def _filled_anew(one: str, other: str) -> bool:
    """Whether each text has several numbers that the other has not: a forecast, rates, the lottery."""
    a, b = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    return min(len(a - b), len(b - a)) >= FILLED


def shared(one: str, other: str) -> float:
    """The part of the shorter text's shingles that the other has too; 0 without any."""
    a, b = shingles(one), shingles(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _same_page(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    a, b = urlsplit(one), urlsplit(other)
    # An outlet's front page carries another article each day.
    path = a.path.rstrip("/")
    return bool(path or a.query) and (_host(a.netloc), path, a.query) == (
        _host(b.netloc),
        b.path.rstrip("/"),
        b.query,
    )


def _host(name: str) -> str:
    return name.lower().removeprefix("www.")


def _same_day(one: Article, other: Article) -> bool:
    """Whether nothing says that the two were published on two days."""
    if one.published is None or other.published is None:
        return True
    return _own_day(one, one.published) == _own_day(other, other.published)


def _own_day(article: Article, published: datetime) -> date:
    """The day of ``published`` on the article's own clock, else in UTC."""
    return (published + timedelta(minutes=article.utc_offset or 0)).date()


def _apart(article: Article, entry: Entry, arrived: datetime) -> timedelta:
    if article.published is not None and entry.article.published is not None:
        return abs(article.published - entry.article.published)
    return abs(arrived - entry.added)


def _name(value: str | None) -> str:
    return " ".join(_WORD.findall((value or "").casefold()))
