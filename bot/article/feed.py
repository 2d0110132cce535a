"""RSS, Atom and RDF files: each entry is an item."""

from __future__ import annotations

import io
from typing import Any

from bot.article.fragment import TooDeep, looks_like_html, plain
from bot.article.item import Item


def feed_items(data: bytes) -> list[Item | str]:
    """The entries in their order, or why one of them is no article. Nothing is fetched.

    An entry's body is the longest of its contents and its summary: many feeds bring the opening only,
    and then that is all there is.
    """
    import feedparser  # 50 ms that few documents need

    # A stream: a string would be taken for an address or a path, and be opened.
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    return [_item(entry, parsed.feed) for entry in parsed.entries]


def _item(entry: Any, feed: Any) -> Item | str:
    bodies = [each.get("value") or "" for each in entry.get("content", ())] + [entry.get("summary") or ""]
    body = max(bodies, key=len)
    if not body.strip():
        return "it has a title and no text; the page that it links to has the article"
    markup = looks_like_html(body)
    return Item(
        title=_plain(entry.get("title") or ""),
        text="" if markup else body,
        html=body if markup else "",
        published=entry.get("published") or entry.get("updated") or "",
        byline=_authors(entry),
        source=_plain((entry.get("source") or {}).get("title") or feed.get("title") or ""),
        section=_section(entry),
        language=feed.get("language") or "",
        url=entry.get("link") or "",
    )


def _plain(value: str) -> str:
    value = value[:5_000]
    try:
        return plain(value) if "<" in value or "&" in value else value
    except TooDeep:
        return ""


def _authors(entry: Any) -> str:
    names = [each.get("name") or "" for each in entry.get("authors", ())[:8]]
    return ", ".join(filter(None, names)) or entry.get("author") or ""


def _section(entry: Any) -> str:
    # One category is a section; several are tags.
    terms = [each.get("term") or "" for each in entry.get("tags", ())[:2]]
    return terms[0] if len(terms) == 1 else ""
