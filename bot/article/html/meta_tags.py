"""Meta tags, links and microdata: OpenGraph, Dublin Core, article properties and ``itemprop``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice

from lxml.etree import XPath
from lxml.html import HtmlElement

from bot.article.encoding import tidy
from bot.article.fields import agencies
from bot.article.fields.credits import byline, people
from bot.article.fields.stated import Stated

_LONGEST = 1_000  # Characters of a tag's content.
_CREDIT = 100  # Characters of an element that can be a credit line.
_MOST_CHILDREN = 6  # Elements straight below a credit line.
_MOST_LINES = 3_000  # Elements among which a credit line is looked for.
_CREDITS = ("p", "span", "div", "address")
_AUTHORED = XPath("//body//*[@itemprop='author' or @rel='author']")
_LONG = 120  # Characters of a paragraph of the body.
_BOX = re.compile(
    r"(?:^|[\s_-])(?:authors?|bylines?|autor(?:en|es)?)(?:[_-]{1,2}(?:names?|links?|text))?(?:\s|$)"
)
_MOST_BOXES = 20
_MOST_AUTHORS = 5
_TITLES = (
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "headline",
    "title",
)
_DATES = (
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "pubdate",
    "publishdate",
)
_DATED = ("date", "dc.date", "dcterms.date")  # Of the document: that may be the file.
_AUTHORS = (
    "author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
)
_SITES = ("og:site_name", "application-name")
_SOURCES = ("publisher", "dc.publisher", "dcterms.publisher", "article:publisher", "copyright")
_SECTIONS = (
    "article:section",
    "og:article:section",
    "parsely-section",
    "section",
    "dc.subject",
)
_DESCRIPTIONS = (
    "description",
    "og:description",
    "twitter:description",
    "dc.description",
    "dcterms.description",
    "dcterms.abstract",
    "sailthru.description",
)
_URLS = ("og:url", "twitter:url", "parsely-link")
_HOLDS = ("hold_until", "hold-until", "embargo", "embargo_until")
# Not `expires`: there it is what a browser's cache is told.
_EXPIRIES = ("article:expiration_time", "og:article:expiration_time")
_LANGUAGES = ("content-language", "og:locale", "dc.language", "inlanguage", "language")


def tagged(tree: HtmlElement) -> Stated:
    """What the head's tags say, and microdata where they are silent."""
    tags = _tags(tree)
    canonical = next(
        (
            link.get("href")
            for link in tree.iter("link")
            if "canonical" in (link.get("rel") or "").lower().split()
        ),
        None,
    )
    return Stated(
        title=_said(tags, _TITLES),
        published=_said(tags, _DATES) or _microdate(tree),
        dated=_said(tags, _DATED),
        byline=_byline(tags),
        source=_name(tags, _SOURCES),
        site=_name(tags, _SITES),
        section=_said(tags, _SECTIONS),
        url=canonical if canonical and canonical.startswith("http") else _said(tags, _URLS),
        language=tree.get("lang") or _said(tags, _LANGUAGES),
        agency=next(filter(None, (agencies.named(tags.get(name)) for name in _AUTHORS)), None),
        hold_until=_said(tags, _HOLDS),
        expires=_said(tags, _EXPIRIES),
        described=tuple(tags[name] for name in _DESCRIPTIONS if name in tags),
        also_titled=tuple(tags[name] for name in ("twitter:title",) if name in tags and "og:title" in tags),
    )


def _tags(tree: HtmlElement) -> dict[str, str]:
    """The first content of each tag, by its lower-case name."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join(tidy(unescape((meta.get("content") or "")[:_LONGEST])).split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := meta.get(attribute)):
                found.setdefault(name.strip().lower(), content)
    return found


def _said(tags: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((tags[name] for name in names if name in tags), None)


def _byline(tags: dict[str, str]) -> str | None:
    for name in _AUTHORS:
        value = tags.get(name, "")
        if value and "://" not in value and len(value) <= 200:
            return value
    return None


def _name(tags: dict[str, str], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = tags.get(name, "")
        if value and "://" not in value and "©" not in value and len(value) <= 60:
            return value
    return None


def shown_bylines(tree: HtmlElement) -> Iterator[str]:
    """The authors whom the page shows: by markup that says so, on a credit line, in a box of that name."""
    marked = list(islice(_AUTHORED(tree), _MOST_BOXES))
    if together := _together(marked):
        yield together
    for name in map(_short, marked):
        if name and "://" not in name:
            yield byline([name]) or name
    lines = (_short(element) for element in islice(tree.iter(*_CREDITS), _MOST_LINES))
    if found := byline(line for line in lines if line):
        yield found
    for box in _heads(tree):
        if _BOX.search(box.get("class") or "") and (names := people(_short(box))):
            yield names


def _together(marked: Sequence[HtmlElement]) -> str | None:
    """The people who are marked, each alone, in the box of the first of them; none where it names one or many."""
    parent = marked[0].getparent() if marked else None
    box = parent.getparent() if parent is not None else None
    if box is None:
        return None
    within = [one for one in marked if box in (one.getparent(), *islice(one.iterancestors(), 2))]
    names = list(dict.fromkeys(filter(None, (people(_short(one)) for one in within))))
    return ", ".join(names) if 2 <= len(names) <= _MOST_AUTHORS else None


def _heads(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements above the first paragraph of the body; further down are the authors of comments."""
    for element in islice(tree.iter(*_CREDITS, "a", "li"), _MOST_LINES):
        if element.tag == "p" and len(element.text_content()) >= _LONG:
            return
        yield element


def _short(element: HtmlElement) -> str:
    """The words of a small element, those of its parts apart; nothing for one that holds much."""
    if len(element) > _MOST_CHILDREN:
        return ""
    words = " ".join(tidy(" ".join(islice(element.itertext(), _CREDIT))[: 2 * _CREDIT]).split())
    return words if len(words) <= _CREDIT else ""


def _microdate(tree: HtmlElement) -> str | None:
    for element in tree.iterfind(".//*[@itemprop]"):
        if "datePublished" in (element.get("itemprop") or "").split():
            value: str | None = element.get("datetime") or element.get("content") or element.get("title")
            if value and any(map(str.isdigit, value)):
                return value[:100]
    return None
