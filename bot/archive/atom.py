"""What is new, as a feed in the Atom format (RFC 4287). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.archive.frame import Reader
from bot.archive.html import Node, element, fragment, xml
from bot.archive.pages import Published, digest_title
from bot.domain.digests import lines_in
from bot.domain.model import Entry
from bot.views.also import in_sight
from bot.views.captions import LONG_HEADLINE, LONG_LINE, clipped, source_of, title_of
from bot.web.links import PUBLIC, Names
from bot.wording import phrases
from bot.wording.language import say, spoken

_BEGINNING = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Item:
    """Something new: its page, its headline, when it came or changed, who wrote it, and what it says, a paragraph each."""

    names: Names
    title: str
    at: datetime
    author: str
    words: tuple[str, ...]
    language: str | None = None


def feed(reader: Reader, title: str, names: Names, items: Sequence[Item], page: Names, **query: str) -> str:
    """The feed at ``names``, the newest first; ``page`` shows the same to people."""
    latest = max((item.at for item in items), default=_BEGINNING)
    root = element(
        "feed",
        element("id", _id(reader, names, **query)),
        element("title", title),
        element("updated", latest.isoformat()),
        element("generator", "Copydesk"),
        element("link", rel="self", type="application/atom+xml", href=reader.address(*names, **query)),
        element("link", rel="alternate", type="text/html", href=reader.address(*page, **query)),
        [_entry(reader, item) for item in items],
        xmlns="http://www.w3.org/2005/Atom",
    )
    root.set("{http://www.w3.org/XML/1998/namespace}lang", spoken())
    return xml(root)


def digest_item(shown: Published) -> Item:
    """A digest, with the headlines of its stories."""
    digest = shown.digest
    title = digest_title(digest.name, alert=digest.occasion.kind == "alert")
    headlines = (
        clipped(brief.headline, LONG_HEADLINE) or say(phrases.UNTITLED) for brief in in_sight(digest)
    )
    at = max(digest.until, shown.corrected or digest.until)  # readers show again what was changed
    return Item(shown.names, title, at, "Copydesk", tuple(headlines))


def article_item(entry: Entry) -> Item:
    """An article, with the lines of its summary."""
    words = tuple(clipped(line.text, LONG_LINE) for line in lines_in(entry))
    names = ("articles", str(entry.id))
    return Item(names, title_of(entry), entry.added, source_of(entry), words, entry.article.language)


def _entry(reader: Reader, item: Item) -> Node:
    words = fragment(element("p", one, lang=item.language, dir="auto") for one in item.words)
    return element(
        "entry",
        element("id", _id(reader, item.names)),
        element("title", item.title),
        element("updated", item.at.isoformat()),
        element("author", element("name", item.author or "Copydesk")),
        element("link", rel="alternate", type="text/html", href=reader.address(*item.names)),
        element("content", words, type="html"),
    )


def _id(reader: Reader, names: Names, **query: str) -> str:
    """Stays as it is, whatever opens the page."""
    return reader.links.address(PUBLIC, *names, **query)
