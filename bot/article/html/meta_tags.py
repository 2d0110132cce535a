"""Meta tags, links and microdata: OpenGraph, Dublin Core, article properties and ``itemprop``."""

from __future__ import annotations

from html import unescape
from itertools import islice

from lxml.etree import XPath
from lxml.html import HtmlElement

from bot.article.encoding import tidy
from bot.article.fields import agencies
from bot.article.fields.credits import byline
from bot.article.fields.stated import Stated

_LONGEST = 1_000  # Characters of a tag's content.
_CREDIT = 100  # Characters of an element that can be a credit line.
_MOST_CHILDREN = 6  # Elements straight below a credit line.
_MOST_LINES = 3_000  # Elements among which a credit line is looked for.
_CREDITS = ("p", "span", "div", "address")
_AUTHORED = XPath("//body//*[@itemprop='author' or @rel='author']")
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
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
)
_SOURCES = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
    "article:publisher",
    "copyright",
)
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
        byline=_byline(tags) or _microbyline(tree),
        source=_source(tags),
        section=_said(tags, _SECTIONS),
        url=canonical if canonical and canonical.startswith("http") else _said(tags, _URLS),
        language=tree.get("lang") or _said(tags, _LANGUAGES),
        agency=next(filter(None, (agencies.named(tags.get(name)) for name in _AUTHORS)), None),
        described=tuple(tags[name] for name in _DESCRIPTIONS if name in tags),
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


def _source(tags: dict[str, str]) -> str | None:
    for name in _SOURCES:
        value = tags.get(name, "")
        if value and "://" not in value and "©" not in value and len(value) <= 60:
            return value
    return None


def _microbyline(tree: HtmlElement) -> str | None:
    """The author that markup or a credit line in the page names."""
    names = (_short(element) for element in _AUTHORED(tree))
    if name := next((name for name in names if name and "://" not in name), None):
        return byline([name]) or name
    lines = (_short(element) for element in islice(tree.iter(*_CREDITS), _MOST_LINES))
    return byline(line for line in lines if line)


def _short(element: HtmlElement) -> str:
    """The words of a small element; nothing for one that holds much."""
    if len(element) > _MOST_CHILDREN:
        return ""
    words = " ".join(tidy(element.text_content()[: 2 * _CREDIT]).split())
    return words if len(words) <= _CREDIT else ""


def _microdate(tree: HtmlElement) -> str | None:
    for element in tree.iterfind(".//*[@itemprop]"):
        if "datePublished" in (element.get("itemprop") or "").split():
            value: str | None = element.get("datetime") or element.get("content")
            if value and any(map(str.isdigit, value)):
                return value[:100]
    return None
