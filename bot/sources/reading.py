"""A feed's bytes become entries, in a worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from bot.article.encoding import decoded
from bot.article.extract import extract
from bot.article.fields.fingerprint import content_key
from bot.article.fields.url import canonical
from bot.article.formats.feed import feed_entries
from bot.article.formats.item import Item, packed
from bot.article.formats.jsonl import NoJson, json_items
from bot.article.html.fragment import TooDeep, looks_like_html, plain
from bot.article.text.block_kinds import words_in
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason
from bot.sources.entries import Entry, FeedRead

MOST_ENTRIES = 500
"""Entries of one feed that are looked at, from its top; most feeds have 10 to 100."""

TEASER = 120
"""An entry of fewer words is a teaser, where it has a page of its own; so is one that ends in ``CUT_OFF``."""

CUT_OFF = ("…", "...", "[…]", "[...]", "»", "read more", "continue reading", "weiterlesen", "mehr lesen")

TELLING = 20
"""So many words are no other article's; fewer, such as "The weather", may be."""

_FEED_LINKS = (
    "//link[contains(concat(' ', @rel, ' '), ' alternate ')]"
    "[contains(@type, 'rss') or contains(@type, 'atom') or contains(@type, 'feed+json')]/@href"
)
_LARGEST_HEAD = 200_000


def feed(data: bytes, url: str) -> FeedRead:
    """The feed that came from ``url``, an RSS, Atom or JSON feed."""
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    found = _json_feed(data) if is_json else feed_entries(data)
    if found is None:
        feed = _feed_of_page(data, url)
        return FeedRead(why=Reason("source.page", feed=feed) if feed else Reason("source.no_feed"))
    return FeedRead(tuple(_entry(item, url) for item in found[:MOST_ENTRIES]))


def page_words(data: bytes, name: str, received: datetime) -> int | Reason:
    """The words of the article in a page, or why it holds none."""
    try:
        return words_in(extract(Document(name, data, received)).text)
    except UnreadableDocument as error:
        return error.reason


def _json_feed(data: bytes) -> list[Item] | None:
    try:
        return [item for item in json_items(data) if isinstance(item, Item)]
    except NoJson:
        text = decoded(data)
        return [] if text and "jsonfeed.org/version" in text[:_LARGEST_HEAD] else None


def _entry(item: Item, base: str) -> Entry:
    url = _joined(base, item.url.strip())
    body = _body(item)
    words = words_in(body)
    told = f"{item.title}\n{body}"
    telling = words_in(told) >= TELLING or (not url and bool(told.strip()))
    cut = body.rstrip().casefold().endswith(CUT_OFF)
    return Entry(
        url=url,
        title=_line(item.title),
        words=words,
        teaser=bool(url) and (words < TEASER or cut),
        address=_key("address", _address(url)) if url else "",
        content=_key("content", content_key(told)) if telling else "",
        data=packed(replace(item, url=url)),
    )


def _body(item: Item) -> str:
    if item.text.strip():
        return item.text
    try:
        return plain(item.html)
    except TooDeep:
        return ""


def _line(title: str) -> str:
    title = title[:2_000]
    try:
        title = plain(title) if looks_like_html(title) else title
    except TooDeep:
        return ""
    return " ".join(title.split())


def _joined(base: str, link: str) -> str:
    try:
        url = urljoin(base, link) if link else ""
        return url if urlsplit(url).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _address(url: str) -> str:
    """The address without what changes while the page stays the same."""
    return (canonical(url) or url).partition("://")[2].removeprefix("www.").rstrip("/")


def _key(kind: str, value: str) -> str:
    return sha256(f"{kind}:{value}".encode("utf-8", "replace")).hexdigest()[:32]


def _feed_of_page(data: bytes, url: str) -> str:
    """The feed that a web page names; empty where it names none, or is no page."""
    text = decoded(data[:_LARGEST_HEAD])
    if not text or "<link" not in text.lower():
        return ""
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    return next((found for link in root.xpath(_FEED_LINKS) if (found := _joined(url, str(link)[:2_000]))), "")
