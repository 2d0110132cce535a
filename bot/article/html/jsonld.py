"""Linked data: the article that a page describes in its JSON-LD scripts (https://schema.org/Article)."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from bot.article.encoding import tidy
from bot.article.fields import agencies
from bot.article.fields.credits import letters
from bot.article.fields.stated import Stated
from bot.article.html.fragment import TooDeep, apart, looks_like_html, plain

_LONGEST = 2_000_000  # Characters of a script that is read.
_MOST_NODES = 500  # Nodes of a page that are looked at.
_DEEPEST = 6  # Levels of @graph and mainEntity.
_ARTICLE = re.compile(r"(?:article|posting|reportage|newsstory|report|review|recipe)$", re.IGNORECASE)
_PAGE = re.compile(r"(?:webpage|itempage|aboutpage|creativework|videoobject)$", re.IGNORECASE)
_SITE = re.compile(r"^website$", re.IGNORECASE)
_PERSON = re.compile(r"^person$", re.IGNORECASE)
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")
_DESCRIBED = ("description", "alternativeHeadline", "abstract")
_CREDITED = ("provider", "sourceOrganization", "creditText", "author", "creator", "contributor", "publisher")
_TAG = re.compile(r"<[^<>]{1,500}>")
_TYPED = re.compile(r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"(\w{1,40})"')
_STRING = r'\s{0,9}:\s{0,9}"((?:[^"\\]|\\.){1,500})"\s{0,9}[,}\]]'
_FIELDS = {
    **{name: re.compile(f'"{name}"{_STRING}') for name in ("headline", "datePublished")},
    "author": re.compile(rf'"author"\s{{0,9}}:\s{{0,9}}\[?\s{{0,9}}\{{[^{{}}]{{0,300}}?"name"{_STRING}'),
}
_WORD = re.compile(r"[^\W_]{4,}")
_COMMA = re.compile(r",(?=\s{0,99}[}\]])")
_HIDES = re.compile(r"(?://|/\*)?\s{0,9}<!(?:--|\[CDATA\[)(?:\s{0,9}\*/)?")
_HIDDEN = re.compile(r"(?://|/\*)?\s{0,9}(?:--|\]\])>(?:\s{0,9}\*/)?\Z")
_LONGEST_END = 40
"""Characters of what ends the hiding of a script."""

_BEHIND = f"{string.whitespace};"

Node = Mapping[str, Any]


def linked(scripts: Iterable[str], shown: Sequence[str] = ()) -> Stated:
    """What the fullest article node of ``scripts`` says; a page's node stands in where there is none.

    Of several articles it is one whose headline is among the titles that the page has ``shown``; none where two
    of those agree on a title that shares no word with any: then all are other articles.
    """
    nodes: list[Node] = []
    for script in scripts:
        nodes.extend(_nodes(_loaded(script), 0))
        if len(nodes) > _MOST_NODES:
            break
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    articles = _own([node for node in nodes if _is(node, _ARTICLE)], shown)
    pages = [node for node in nodes if _is(node, _PAGE)]
    best = max(articles, key=_fullness, default=pages[0] if pages else {})
    sites = (_text(node.get("name")) for node in nodes if _is(node, _SITE))
    return replace(_stated(best, named), site=next(filter(None, sites), None))


def _own(articles: list[Node], shown: Sequence[str]) -> list[Node]:
    """Of articles with several headlines those that the titles name; all where that cannot be told."""
    headlines = {letters(_text(node.get("headline"))) for node in articles} - {""}
    keys = [letters(title) for title in shown]
    if len(headlines) < 2:
        return articles
    named = {headline for headline in headlines if any(headline in key for key in keys)}
    if named:
        return [node for node in articles if letters(_text(node.get("headline"))) in named]
    agreed = any(key and key in other for at, key in enumerate(keys) for other in keys[at + 1 :])
    words = {word for title in shown for word in _WORD.findall(title.casefold())}
    apart = all(words.isdisjoint(_WORD.findall(_text(node.get("headline")).casefold())) for node in articles)
    return [] if agreed and apart else articles


def _fullness(node: Node) -> int:
    return sum(
        1 for key in ("headline", "datePublished", "articleBody", "author", "publisher") if node.get(key)
    )


def _stated(node: Node, named: Mapping[str, Node]) -> Stated:
    return Stated(
        title=_text(node.get("headline")) or None,
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")) or None,
        byline=_people(node.get("author") or node.get("creator"), named),
        source=_publisher(node.get("publisher") or node.get("sourceOrganization"), named),
        section=_first(node.get("articleSection")),
        url=_url(node),
        language=_first(node.get("inLanguage")),
        body=_body(node.get("articleBody")),
        agency=_agency(node, named),
        expires=_first(node.get("expires")),
        described=tuple(filter(None, (_text(node.get(key)) for key in _DESCRIBED))),
        also_titled=tuple(filter(None, (_text(node.get("name")),))),
    )


def _loaded(script: str) -> Any:
    if len(script) > _LONGEST:
        return None
    text = _bare(script)
    for attempt in (text, _COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvaged(text)


def _salvaged(text: str) -> Any:
    """What a script that is no JSON, as for a quotation mark in a description, says of its one article."""
    typed = {kind for kind in _TYPED.findall(text) if _ARTICLE.search(kind)}
    fields = {name: found[1] for name, pattern in _FIELDS.items() if (found := pattern.search(text))}
    return {"@type": typed.pop(), **fields} if len(typed) == 1 and fields else None


def _bare(script: str) -> str:
    """The script without what hides it from readers of other markup, and without a semicolon behind it."""
    text = script.strip().rstrip(_BEHIND)
    if hides := _HIDES.match(text):
        text = text[hides.end() :]
    return (text[:-_LONGEST_END] + _HIDDEN.sub("", text[-_LONGEST_END:])).rstrip(_BEHIND)


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:_MOST_NODES]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for holder in _HOLDERS:
            if isinstance(value.get(holder), dict | list):
                yield from _nodes(value[holder], depth + 1)


def _is(node: Node, kind: re.Pattern[str]) -> bool:
    types = node.get("@type")
    return any(
        isinstance(one, str) and kind.search(one) for one in (types if isinstance(types, list) else [types])
    )


def _text(value: Any) -> str:
    """The words of a value: markup and references undone, spaces single."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return ""
    plain = unescape(unescape(value)) if "&" in value else value
    return " ".join(tidy(_TAG.sub("", plain)).split())


def _first(value: Any) -> str | None:
    return _text(value) or None


def _name(value: Any, named: Mapping[str, Node]) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, str) and value.lstrip().startswith('{"' if '{"' in value else "{ "):
        value = _loaded(value) or value
    if isinstance(value, dict):
        node = value if "@id" not in value or "name" in value else named.get(str(value["@id"]), value)
        value = node.get("name") or " ".join(
            filter(None, map(_text, map(node.get, ("givenName", "familyName"))))
        )
    return _text(value) or None


def _publisher(value: Any, named: Mapping[str, Node]) -> str | None:
    """The publisher's name, unless that is a person: of a blog, who writes it."""
    node = named.get(str(value["@id"]), value) if isinstance(value, dict) and "@id" in value else value
    return None if isinstance(node, dict) and _is(node, _PERSON) else _name(value, named)


def _people(value: Any, named: Mapping[str, Node]) -> str | None:
    found: dict[str, None] = {}
    if isinstance(value, dict) and isinstance(value.get("name"), list):
        value = value["name"]
    for one in value[:10] if isinstance(value, list) else [value]:
        name = _name(one, named)
        if name and len(name) <= 120 and "://" not in name:
            found.setdefault(name)
    return ", ".join(found) or None


def _agency(node: Node, named: Mapping[str, Node]) -> str | None:
    return next(filter(None, (agencies.named(_people(node.get(key), named)) for key in _CREDITED)), None)


def _url(node: Node) -> str | None:
    for value in (node.get("url"), node.get("mainEntityOfPage"), node.get("@id")):
        link = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(link, str) and link.startswith(("http://", "https://")):
            return link
    return None


def _body(value: Any) -> str | None:
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = unescape(value)
    try:
        return tidy(apart(plain(text) if looks_like_html(text) else text)) or None
    except TooDeep:
        return None
