"""The peers that read web pages, each in the settings that its own evaluation uses."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

RECEIVED = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class Result:
    """A body, a title, a day (ISO), the instant in UTC where that is known, the standfirst, and who wrote it."""

    text: str = ""
    title: str | None = None
    day: str | None = None
    instant: datetime | None = None
    standfirst: str | None = None
    byline: str | None = None


Reader = Callable[[bytes, str], Result]


def copydesk() -> Reader:
    from bot.article.html.page import read_html
    from bot.domain.errors import UnreadableDocument
    from bot.domain.model import Document

    def read(page: bytes, name: str) -> Result:
        try:
            found = read_html(page, Document(name=name, data=page, received=RECEIVED))
        except UnreadableDocument:
            return Result()
        when = found.published
        instant = when.at if when and when.precision != "day" else None
        utc = when.at.date().isoformat() if when else None
        return Result(
            "\n\n".join(found.paragraphs), found.title, utc, instant, found.standfirst, found.byline
        )

    return read


def trafilatura() -> Reader:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document
    from trafilatura.xml import xmltotxt

    def read(page: bytes, _: str) -> Result:
        found = bare_extraction(page, include_comments=False, with_metadata=True)
        if not isinstance(found, Document):
            return Result()
        text = xmltotxt(found.body, include_formatting=False) if found.body is not None else ""
        return Result(text, found.title, found.date, standfirst=found.description, byline=found.author)

    return read


def trafilatura_text() -> Reader:
    from trafilatura import extract

    def read(page: bytes, _: str) -> Result:
        return Result(extract(page, include_comments=False) or "")

    return read


def htmldate() -> Reader:
    from htmldate import find_date

    def read(page: bytes, _: str) -> Result:
        try:
            day = find_date(page, original_date=True, extensive_search=True)
        except ValueError:
            day = None
        return Result("", None, day)

    return read


def newspaper4k() -> Reader:
    from newspaper import Article

    def read(page: bytes, _: str) -> Result:
        article = Article("https://example.org/", fetch_images=False)
        try:
            article.download(input_html=page.decode("utf-8", "replace"))
            article.parse()
        except Exception:  # noqa: BLE001 - a peer that fails has found nothing
            return Result()
        when = article.publish_date
        day = when.date().isoformat() if when else None
        return Result(article.text, article.title, day)

    return read


def readability() -> Reader:
    from lxml.html import fromstring
    from readability import Document

    def read(page: bytes, _: str) -> Result:
        try:
            document = Document(page.decode("utf-8", "replace"))
            body = fromstring(document.summary())
        except Exception:  # noqa: BLE001 - a peer that fails has found nothing
            return Result()
        for block in body.iter("p", "div", "li", "br", "h1", "h2", "h3", "h4", "td"):
            block.tail = f"\n{block.tail or ''}"
        return Result(body.text_content(), document.short_title())

    return read


_ALL: dict[str, tuple[str, Callable[[], Reader]]] = {
    "copydesk": ("trafilatura", copydesk),
    "trafilatura": ("trafilatura", trafilatura),
    "trafilatura (text)": ("trafilatura", trafilatura_text),
    "htmldate": ("htmldate", htmldate),
    "newspaper4k": ("newspaper", newspaper4k),
    "readability-lxml": ("readability", readability),
}


def PEERS(named: str | None) -> dict[str, Reader]:  # noqa: N802 - reads as the table that it makes
    """The readers that are installed, ours first; ``named`` chooses among the peers."""
    wanted = None if named is None else set(named.split(","))
    return {
        name: make()
        for name, (module, make) in _ALL.items()
        if importlib.util.find_spec(module) and (wanted is None or name in wanted)
    }
