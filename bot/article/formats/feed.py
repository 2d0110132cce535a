"""RSS, Atom and RDF files: each entry is an item."""

from __future__ import annotations

import io
import re
from typing import Any

from bot.article.encoding import is_quick
from bot.article.fields import agencies
from bot.article.formats.item import Item
from bot.article.html.fragment import TooDeep, looks_like_html, plain, unescaped
from bot.article.text.block_kinds import words_in
from bot.domain.reasons import Reason

_FEWEST = 6  # Words of a summary that is a standfirst: "Read more" and "The opening" are none.
_LONGEST_OPENING = 20_000  # Characters of a body in which its summary is looked for.
_ADDRESSED = re.compile(
    r"\S{1,100}@\S{1,100} \(([^()@]{1,100})\)"
)  # As RSS has an author; feedparser cuts where it knows no domain.
_DECLARED = re.compile(
    rb"\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([^\"'>]{1,60})[\"'][^>]{0,200}>"
)
_CUT_OFF = ("…", "...", "]", "»")


def feed_items(data: bytes) -> list[Item | Reason]:
    """The entries in their order, or why one of them is no article. Nothing is fetched."""
    entries = feed_entries(data) or ()
    return [one if (one.html or one.text).strip() else Reason("feed.no_text") for one in entries]


def feed_entries(data: bytes) -> list[Item] | None:
    """The entries in their order, those without a body among them; ``None`` when it is no feed.

    An entry's body is the longest of its contents and its summary: many feeds bring the opening only,
    and then that is all there is.
    """
    import feedparser  # 50 ms that few documents need

    declared = _DECLARED.match(data)
    if declared and not is_quick(declared[1].decode("ascii", "replace")):
        data = data[declared.end() :]
    # A stream: a string would be taken for an address or a path, and be opened.
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries and not parsed.get("version"):
        return None
    return [_item(entry, parsed.feed) for entry in parsed.entries]


def _item(entry: Any, feed: Any) -> Item:
    bodies = [each.get("value") or "" for each in entry.get("content", ())] + [entry.get("summary") or ""]
    body = unescaped(max(bodies, key=len))
    markup = looks_like_html(body)
    authors = _authors(entry)
    return Item(
        title=_plain(entry.get("title") or ""),
        text="" if markup else body,
        html=body if markup else "",
        published=entry.get("published") or entry.get("updated") or "",
        byline=authors,
        standfirst=_summary(entry, body),
        agency=agencies.named(authors) or agencies.named(_outlet(entry, feed)) or "",
        source=_outlet(entry, feed),
        section=_section(entry),
        language=feed.get("language") or "",
        url=entry.get("link") or "",
    )


def _outlet(entry: Any, feed: Any) -> str:
    return _plain((entry.get("source") or {}).get("title") or feed.get("title") or "")


def _summary(entry: Any, body: str) -> str:
    """The entry's summary, where it is neither the body nor cut or repeated from it.

    One that the body has as well is its opening, as programs write summaries; one that it has not was
    written as a standfirst.
    """
    summary = _plain(entry.get("subtitle") or entry.get("summary") or "").strip()
    if not summary or "\n\n" in summary or summary.endswith(_CUT_OFF) or words_in(summary) < _FEWEST:
        return ""
    words, whole = _letters(summary), _letters(_plain(body[:_LONGEST_OPENING], _LONGEST_OPENING))
    return "" if words in whole or words == _letters(entry.get("title") or "") else summary


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _plain(value: str, longest: int = 5_000) -> str:
    value = value[:longest]
    try:
        return plain(value) if "<" in value or "&" in value else value
    except TooDeep:
        return ""


def _authors(entry: Any) -> str:
    if named := _ADDRESSED.fullmatch(entry.get("author") or ""):
        return named[1]
    names = [each.get("name") or "" for each in entry.get("authors", ())[:8]]
    return ", ".join(filter(None, names)) or entry.get("author") or ""


def _section(entry: Any) -> str:
    # One category is a section; several are tags.
    terms = [each.get("term") or "" for each in entry.get("tags", ())[:2]]
    return terms[0] if len(terms) == 1 else ""
