"""JSON and JSON lines: articles in documented fields (docs/formats.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any, TypeGuard

from bot.article.encoding import decoded
from bot.article.fields import agencies
from bot.article.formats.item import Item
from bot.article.guard import Refusal
from bot.article.html.fragment import looks_like_html
from bot.domain.reasons import Reason

_TITLES = ("title", "headline", "name", "webTitle", "resolved_title", "given_title")
_TEXTS = (
    "text",
    "content_text",
    "articleBody",
    "body",
    "content",
    "article",
    "story",
    "bodyText",
    "full_text",
    "fulltext",
    "maintext",
    "cleaned_text",
    "plain_text",
    "textContent",
    "markdown",
    "selftext",
)
_MARKUP = ("content_html", "html_content", "html", "body_html", "cooked")
_STANDFIRSTS = (
    "standfirst",
    "subtitle",
    "subheadline",
    "sub_headline",
    "alternativeHeadline",
    "deck",
    "dek",
)
_AGENCIES = ("agency", "news_agency", "wire")
_EXCERPTS = ("standfirst", "description", "summary", "abstract")
_DATES = (
    "published", "date_published", "datePublished", "publishedAt", "published_at", "publish_date",
    "published_date", "publishedDate", "publication_date", "publicationDate", "date_publish",
    "publishing_date", "publishDate", "published_time", "pubDate", "pub_date", "webPublicationDate",
    "publishedTime", "dateTime", "date_gmt", "date", "created_at", "createdAt", "created_utc", "time",
)  # fmt: skip
_AUTHORS = ("byline", "author", "authors", "creator", "published_by", "primary_author", "account", "by")
_SOURCES = (
    "source", "publisher", "outlet", "site_name", "sitename", "siteName", "source-hostname", "publication", "origin", "feed",
    "domain_name", "source_domain", "site",
)  # fmt: skip
_CREDITED = ("credit_line", "creditText", "provider", "sourceOrganization", *_AUTHORS, *_SOURCES)
_ADDRESSES = (
    "url", "webUrl", "web_url", "canonical_url", "canonical", "link", "alternate", "permalink", "mainEntityOfPage", "pageUrl", "resolved_url", "given_url", "@id", "id",
    "sourceURL", "source",
)  # fmt: skip
_FRONT = 2  # Strokes of an address without a path.
_SECTIONS = ("section", "sectionName", "articleSection", "category")
_HOLDS = ("hold_until", "holdUntil", "embargo", "embargo_until", "embargoUntil", "embargoed")
_EXPIRIES = ("expires", "expires_at", "expiresAt", "expiry_date", "expiryDate")
_LANGUAGES = ("language", "inLanguage", "lang", "humanLanguage")
_LISTS = (
    "articles", "items", "entries", "stories", "docs", "results", "@graph", "data", "posts", "hits", "objects", "value", "response", "children",
)  # fmt: skip
_INNER = (
    "fields",
    "attributes",
    "_source",
    "_embedded",
    "node",
)  # Where services of news and search keep the fields of a record.
_BESIDE = (
    "metadata",
    "meta",
    "data",
    "post",
    "record",
)  # Where readers of pages, and pages of posts, keep the rest.
_BLOCKS = ("root", "blocks", "content", "children", "nodes", "items", "data")
_INLINE = frozenset({"children", "content", "nodes"})  # Where a block's words may be in pieces.
_DEEPEST_BLOCK = 16
_DEEPEST = 4
_ANSWERS = frozenset({"parent_id", "parentId"})
_NAMES_IN = ("displayName", "display_name", "name", "title", "original", "@id", "url", "href")
_MOST_NAMES = 8
_LONGEST_TERM = 100
_CUT = re.compile(r"\s{0,2}(?:…|\.\.\.)?\s{0,2}\[\+?\d{1,9} chars\]\s{0,9}$")
_LAST_STOP = re.compile(r".*[.!?。！？][\"'”’»)\]]{0,3}(?=\s|$)", re.DOTALL)
_REMOVED = "[Removed]"
_SINCE, _UNTIL = 6.3e8, 4.1e9  # Seconds since 1970 that are dates: from 1990 to 2100.


class NoJson(Refusal):
    """The text is no JSON, or it holds no article."""


def json_items(data: bytes) -> list[Item | Reason]:
    """The articles of a JSON file, or why one of them is none, in their order.

    A file is one object, a list of objects, an object with such a list, or an object a line.
    Raises NoJson.
    """
    text = decoded(data)
    if text is None:
        raise NoJson(Reason("json.encoding"))
    found = [_item(record) for record in map(_flat, _records(text)) if not _answers(record)]
    if not found:
        raise NoJson(Reason("json.empty"))
    return found


def _records(text: str) -> Iterator[object]:
    try:
        # Not strict: a raw control character in a string is untidy, and tidied later.
        whole = json.loads(text, strict=False)
    except ValueError as error:
        if "\n" not in text.strip():
            raise NoJson(_invalid(error)) from error
    else:
        yield from _listed(whole)
        return
    for number, row in enumerate(text.split("\n"), 1):
        if row.strip():
            yield _parsed(row, number)


def _parsed(row: str, number: int) -> object:
    try:
        return json.loads(row, strict=False)
    except ValueError as error:
        # The first line decides what the file is; a later one spoils itself only.
        if number == 1:
            raise NoJson(_invalid(error)) from error
    except RecursionError:
        if number == 1:
            raise
    return Reason("json.line", line=number)


def _invalid(error: ValueError) -> Reason:
    if isinstance(error, json.JSONDecodeError):
        return Reason("json.invalid", said=error.msg, line=error.lineno)
    return Reason("json.number")


def _listed(whole: object, depth: int = 0) -> list[Any]:
    """The records in ``whole``, which may be a list of pages."""
    if isinstance(whole, list):
        pages = [] if depth else [_listed(row, 1) for row in whole if isinstance(row, dict) and "data" in row]
        return [row for page in pages for row in page] if pages and len(pages) == len(whole) else whole
    if depth > _DEEPEST:
        return [whole]
    if isinstance(whole, dict) and not _first(whole, (*_TEXTS, *_MARKUP)):
        around = _named(whole, ("title", "name"))
        for name in _LISTS:
            if isinstance(rows := whole.get(name), list):
                feed = name == "items" and around and "version" in whole  # JSON Feed names its outlet once
                return [_of_feed(row, whole) if feed and isinstance(row, dict) else row for row in rows]
        inner = next((whole[name] for name in _LISTS if isinstance(whole.get(name), dict)), None)
        return [whole] if inner is None else _listed(inner, depth + 1)
    return [whole]


def _of_feed(row: dict[str, Any], feed: dict[str, Any]) -> dict[str, Any]:
    """An item of a JSON Feed, with what the feed says of all: who publishes and writes it, and in which language."""
    said = {"source": _named(feed, ("title", "name")), "language": feed.get("language")}
    if not _named(row, _AUTHORS):
        said["byline"] = _named(feed, _AUTHORS)
    return {**said, **row}


def _item(record: object) -> Item | Reason:
    if isinstance(record, Reason):  # of a line that is none
        return record
    if isinstance(record, str):
        return Reason("json.no_fields")
    if not isinstance(record, dict):
        return Reason("json.no_object")
    if _first(record, _TITLES) == _REMOVED:
        return Reason("json.removed")
    text, html = _uncut(_first(record, _TEXTS)), _first(record, _MARKUP)
    text = text or ("" if html else _first(record, _EXCERPTS))
    if not text and not html:
        return Reason("json.no_text")
    if text and not html and looks_like_html(text):
        text, html = "", text
    source = next(
        (name for key in _SOURCES if (name := _name(record.get(key))) and not _is_address(name)), ""
    )
    return Item(
        title=unescape(_first(record, _TITLES)).removesuffix(f" - {source}"),
        text=text,
        html="" if text else html,
        published=_date(record),
        byline=unescape(_named(record, _AUTHORS)),
        source=unescape(source),
        standfirst=_first(record, _STANDFIRSTS),
        agency=_agency(record),
        section=_named(record, _SECTIONS),
        language=_named(record, _LANGUAGES),
        url=_address(record),
        hold_until=_term(record, _HOLDS),
        expires=_term(record, _EXPIRIES),
    )


def _answers(record: object) -> bool:
    """Whether a record is what a reader wrote below another: it has no title, and says which one it answers."""
    return isinstance(record, dict) and not _ANSWERS.isdisjoint(record) and not _first(record, _TITLES)


def _flat(record: object) -> object:
    """The record with the fields that stand within it, or beside its text, as its own."""
    if not isinstance(record, dict):
        return record
    record = _opening(record)
    for name in _INNER:
        if isinstance(inside := record.get(name), dict):
            record = {**record, **inside}
    for name in _BESIDE:
        if isinstance(inside := record.get(name), dict):
            record = {**inside, **record}
    return record


def _opening(record: dict[str, Any]) -> dict[str, Any]:
    """Of a forum's thread (Discourse, Lemmy) its first post, under the thread's title."""
    stream, view = (record.get(name) for name in ("post_stream", "post_view"))
    posts = stream.get("posts") if isinstance(stream, dict) else None
    if isinstance(posts, list) and posts and isinstance(post := posts[0], dict):
        return {**post, "title": record.get("title"), "author": post.get("name") or post.get("username")}
    if isinstance(view, dict) and isinstance(post := view.get("post"), dict):
        return {**post, "author": view.get("creator")}
    return record


def _uncut(text: str) -> str:
    """The text; of one that a service of news has cut short ("… [+2829 chars]"), its whole sentences."""
    cut = _CUT.search(text[-60:])
    if cut is None:
        return text
    whole = _LAST_STOP.match(text[: len(text) - len(text[-60:]) + cut.start()])
    return whole[0] if whole else ""


def _agency(record: dict[str, Any]) -> str:
    """The agency of a field that is called so, or that a credit or the publisher names."""
    names = (_named(record, _AGENCIES), *(_named(record, (name,)) for name in _CREDITED))
    return names[0] or next(filter(None, map(agencies.named, names[1:])), "")


def _first(record: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := _words(record.get(name))).strip()), "")


def _words(value: object) -> str:
    """A string, also inside an object, as services and readers of feeds export it; of a list of strings its paragraphs."""
    if isinstance(value, dict) and isinstance(shown := value.get("rendered"), str):
        return unescape(shown) if "<" not in shown else shown
    if isinstance(value, dict) and isinstance(sections := value.get("sections"), list):
        return "\n\n".join(filter(None, map(_section, sections)))
    inner = value.get("content", value.get("main")) if isinstance(value, dict) else value
    return inner if isinstance(inner, str) else _of_blocks(value)


def _of_blocks(value: object) -> str:
    """The paragraphs of what an editor of texts keeps: blocks in lists, their words in the lists within (Slate, ProseMirror, Editor.js)."""
    told = [text for text in _block_texts(value, _DEEPEST_BLOCK) if text.strip()]
    if any(map(looks_like_html, told)):
        return "".join(f"<p>{text}</p>" for text in told)
    return "\n\n".join(told)


def _block_texts(value: object, deepest: int, *, inline: bool = False) -> list[str]:
    """The text of each block in ``value``; of a list that may be ``inline`` and holds words, one."""
    if isinstance(value, str):
        return [value]
    if not deepest:
        return []
    if isinstance(value, list):
        texts = [text for each in value for text in _block_texts(each, deepest - 1)]
        return ["".join(texts)] if inline and any(_run(each) for each in value) else texts
    if not isinstance(value, dict):
        return []
    name, inner = _held(value)
    if inner:
        return _block_texts(inner, deepest - 1, inline=name in _INLINE)
    return list(filter(None, (_run(value),)))


def _held(block: dict[str, Any]) -> tuple[str, object]:
    """Where a block has others or their words, and what; nothing for one that has none."""
    found = ((name, block.get(name)) for name in _BLOCKS)
    return next(
        ((name, inner) for name, inner in found if isinstance(inner, list | dict) and inner), ("", None)
    )


def _run(value: object) -> str | None:
    """The words of an element that holds no others."""
    if not isinstance(value, dict) or _held(value)[1]:
        return None
    return next((text for name in ("text", "value") if isinstance(text := value.get(name), str)), None)


def _section(value: object) -> str:
    """The headings and paragraphs of a part of a text."""
    rows = (value.get("headline"), value.get("paragraphs")) if isinstance(value, dict) else ()
    return "\n\n".join(filter(None, map(_words, rows)))


def _date(record: dict[str, Any]) -> str:
    """The first date, also one that is given in seconds or milliseconds since 1970."""
    for name in _DATES:
        value = record.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if _counted(value):
            return _since_1970(value)
    return ""


def _term(record: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first field that says anything; what is no moment stays what it is, and so is not overlooked."""
    for value in map(record.get, names):
        if value not in (None, False, "", [], {}):
            said = _since_1970(value) if _counted(value) else ""
            return said or (value if isinstance(value, str) else json.dumps(value)[:_LONGEST_TERM])
    return ""


def _counted(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and _SINCE < value < _UNTIL * 1000


def _since_1970(value: float) -> str:
    seconds = value if value < _UNTIL else value / 1000
    return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds > _SINCE else ""


def _address(record: dict[str, Any]) -> str:
    # Readers that keep a copy of their own name the page so; where a front page is, it is the outlet's.
    kept = _name(record.get("source_url"))
    if _is_address(kept) and kept.count("/") > _FRONT and not kept.endswith("/"):
        return kept
    return next(filter(_is_address, (_name(record.get(name)) for name in _ADDRESSES)), "")


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _named(record: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((value for name in names if (value := _name(record.get(name)))), "")


def _name(value: object) -> str:
    """A string, the name in an object, or the names in a list of either."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        if isinstance(
            inside := next((value[name] for name in ("data", "attributes") if name in value), None), dict
        ):
            return _name(inside)
        return next(
            (inner for name in _NAMES_IN if isinstance(inner := value.get(name), str) and inner.strip()), ""
        )
    if isinstance(value, list):
        names = [_name(each) for each in value[:_MOST_NAMES] if not isinstance(each, list)]
        return ", ".join(filter(None, names))
    return ""
