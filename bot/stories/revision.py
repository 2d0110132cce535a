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

_WORD = re.compile(r"\w+")


def revised(article: Article, candidates: Sequence[Entry], *, arrived: datetime) -> int | None:
    """The id of the entry that ``article`` is a new revision of; ``None`` when it is an article of its own.

    It is one when both have the same URL, or when the same outlet published both under the same title
    within 48 hours and at least half of the shingles are shared. Under one URL, too, two days with two
    texts are two articles: tomorrow's "Morning briefing" is no correction of today's. Where a date
    of publication is missing, ``arrived`` and the entry's ``added`` stand in. ``candidates`` come in
    any order; of several, the newest counts. The text must differ: equal texts are known, not revised.
    """
    found = [entry for entry in candidates if _revises(article, entry, arrived)]
    return max(found, key=lambda entry: (entry.revision, entry.id)).id if found else None


def _revises(article: Article, entry: Entry, arrived: datetime) -> bool:
    older = entry.article
    if article.content_key == older.content_key:
        return False
    near = _apart(article, entry, arrived) <= WITHIN
    if _same_page(article.url, older.url):
        return _same_day(article, older) or shared(article.text, older.text) >= SHARED
    named = _name(article.title), _name(article.source)
    return (
        all(named)
        and named == (_name(older.title), _name(older.source))
        and near
        and (shared(article.text, older.text) >= SHARED)
    )


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
