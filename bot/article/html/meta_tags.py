"""Meta tags, links and microdata: OpenGraph, Dublin Core, article properties and ``itemprop``."""

from __future__ import annotations

from html import unescape
from itertools import islice

from lxml.etree import XPath
from lxml.html import HtmlElement

from bot.article.encoding import tidy
from bot.article.fields import agencies
from bot.article.fields.credits import authors, letters, only_by, people
from bot.article.fields.stated import Stated
from bot.article.html.inlines import unmarked

_LONGEST = 1_000  # Characters of a tag's content.
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
    "authors",
    "article:author_name",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
)
_LABELLED = "twitter:misc:"  # Before what the value is called: "twitter:misc:Written by".
_CITED = XPath("//meta[@name='citation_author']")  # https://scholar.google.com/intl/en/scholar/inclusion.html
_AUTHOR = XPath("//meta[@name='author']")
_MOST_CITED = 20
_TITLE_SPACES = 5  # Between the words of what is longer than the name of a site.
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
_URLS = ("og:url", "twitter:url", "parsely-link", "source-url")  # The last is Evernote's.
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
        title=unmarked(_said(tags, _TITLES) or "") or None,
        published=_said(tags, _DATES) or _microdate(tree),
        dated=_said(tags, _DATED),
        byline=_byline(tree, tags),
        source=_name(tags, _SOURCES),
        site=_site(tree, tags),
        section=_said(tags, _SECTIONS),
        url=canonical if canonical and canonical.startswith("http") else _said(tags, _URLS),
        language=tree.get("lang") or tree.get("xml:lang") or _said(tags, _LANGUAGES),
        agency=next(filter(None, (agencies.named(tags.get(name)) for name in _AUTHORS)), None),
        hold_until=_said(tags, _HOLDS),
        expires=_said(tags, _EXPIRIES),
        described=tuple(tags[name] for name in _DESCRIPTIONS if name in tags),
        also_titled=tuple(tags[name] for name in ("twitter:title",) if name in tags and "og:title" in tags),
    )


def _tags(tree: HtmlElement) -> dict[str, str]:
    """The first content of each tag, by its lower-case name; some write it as the attribute ``value``."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join(
            tidy(unescape((meta.get("content") or meta.get("value") or "")[:_LONGEST])).split()
        )
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := meta.get(attribute)):
                found.setdefault(name.strip().lower(), content)
    return found


def _said(tags: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((tags[name] for name in names if name in tags), None)


def _byline(tree: HtmlElement, tags: dict[str, str]) -> str | None:
    cited = [
        " ".join((meta.get("content") or meta.get("value") or "").split())
        for meta in islice(_CITED(tree), _MOST_CITED)
    ]
    if cited:
        return ", ".join(dict.fromkeys(filter(None, cited))) or None
    labelled = (
        tags.get(f"twitter:data{n}", "") for n in (1, 2) if only_by(tags.get(f"twitter:label{n}", ""))
    )
    named = (
        value
        for name, value in tags.items()
        if name.startswith(_LABELLED) and only_by(name[len(_LABELLED) :])
    )
    for value in (_together(tree), *(tags.get(name, "") for name in _AUTHORS), *labelled, *named):
        if len(value) <= 200 and authors(value, ()):
            return value
    return None


def _together(tree: HtmlElement) -> str:
    """The people of whom each has a tag; empty where one tag names all, or anything but people."""
    stated = [
        " ".join((meta.get("content") or "")[:_LONGEST].split())
        for meta in islice(_AUTHOR(tree), _MOST_CITED)
    ]
    names = list(dict.fromkeys(map(people, stated)))
    return ", ".join(filter(None, names)) if len(names) > 1 and all(names) else ""


def _name(tags: dict[str, str], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = tags.get(name, "")
        if value and "://" not in value and "©" not in value and len(value) <= 60:
            return value
    return None


def _site(tree: HtmlElement, tags: dict[str, str]) -> str | None:
    """The site's name; none where that is the article's title, which templates put there, too."""
    site = _name(tags, _SITES)
    if not site or site.count(" ") < _TITLE_SPACES:
        return site
    titles = (_said(tags, _TITLES) or "", tree.findtext(".//title") or "")
    return None if letters(site) in map(letters, titles) else site


def _microdate(tree: HtmlElement) -> str | None:
    for element in tree.iterfind(".//*[@itemprop]"):
        if "datePublished" in (element.get("itemprop") or "").split():
            value: str | None = element.get("datetime") or element.get("content") or element.get("title")
            if value and any(map(str.isdigit, value)):
                return value[:100]
    return None
