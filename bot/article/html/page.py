"""A saved web page becomes its article: trafilatura finds the body, the page's own statements the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from lxml.html import HtmlElement

from bot.article.encoding import tidy
from bot.article.fields import agencies
from bot.article.fields.archived import unwrapped
from bot.article.fields.credits import authors, byline, is_short, letters, rights_holder, spells_out
from bot.article.fields.dateline import dateline
from bot.article.fields.embargo import stated
from bot.article.fields.publication import Page, published
from bot.article.fields.signatures import reporters, signer
from bot.article.fields.stated import LONGEST_STANDFIRST, Stated
from bot.article.fields.url import canonical, host
from bot.article.html.fragment import plain
from bot.article.html.inlines import raise_headline
from bot.article.html.jsonld import linked
from bot.article.html.meta_tags import tagged
from bot.article.html.mhtml import opened, saved_from
from bot.article.html.outlet import outlet, shown_outlet
from bot.article.html.page_date import page_date
from bot.article.html.passages import Known, passages
from bot.article.html.sections import join_posts, without_dated_terms, without_forms, without_next_articles
from bot.article.html.shown_byline import shown_agency, shown_bylines, shown_source
from bot.article.html.standfirst import standfirst
from bot.article.html.title import heading_letters, page_title, shown_titles
from bot.article.html.tree import (
    Unparsable,
    page_text,
    tree_of,
    without_anchors,
    without_hidden,
    without_references,
)
from bot.article.text.blocks import blocks
from bot.article.text.page import Found, find
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason

_LIVE_BLOG = (
    "LiveBlogPosting"  # The type that schema.org gives such a page, in its linked data or its markup.
)
_JOINT = re.compile(r", (?:and )?| (?:&|and|und|et|y|e|og|och|en|i|ve) ")


def read_html(page: str | bytes, document: Document) -> Found:
    """The article on an HTML page. Raises UnreadableDocument with the reason.

    ``page`` is the markup, decoded (part of a mail) or as it came; ``document`` gives its name and
    when it was received. trafilatura keeps caches that grow: the process that calls this is to be
    recycled, or to call ``trafilatura.meta.reset_caches()``, every few thousand pages.
    """
    return _read(page, document, None)


def read_mhtml(data: bytes, document: Document) -> Found:
    """The article on the page of an MHTML snapshot. Raises UnreadableDocument with the reason."""
    try:
        snapshot = opened(data)
    except RecursionError as cause:  # The parser of mails calls itself for each part within a part.
        raise UnreadableDocument(document.name, Reason("html.nested_parts")) from cause
    if snapshot is None:
        raise UnreadableDocument(document.name, Reason("html.no_page"))
    return _read(snapshot.markup, document, snapshot.url)


def _read(page: str | bytes, document: Document, address: str | None) -> Found:
    text = page if isinstance(page, str) else page_text(page)
    if text is None:
        raise UnreadableDocument(document.name, Reason("html.encoding"))
    try:
        found = _found(tree_of(text), text, document, address or saved_from(text))
    except Unparsable as cause:
        raise UnreadableDocument(document.name, cause.reason) from cause
    if found is None:
        raise UnreadableDocument(document.name, Reason("html.no_text"))
    return found


def _found(tree: HtmlElement, text: str, document: Document, address: str | None) -> Found | None:
    tags = unwrapped(tree, tagged(tree), address)
    raise_headline(tree)
    all_titles = shown_titles(tree, tags)
    data = linked(_scripts(tree), all_titles)
    url = canonical(tags.url) or canonical(data.url) or canonical(address)
    without_anchors(tree)
    titled = page_title(tree, data, tags, url)
    titles = heading_letters(tree) | {letters(titled.title or "")}
    dated = page_date(tree, titled.title, data, tags, document.received)
    _bare(tree)
    under = standfirst(tree, (titled.title, data.title, *all_titles), data.described + tags.described)
    _joined(tree, text, titled.title)
    source = _source(tree, data, tags, titled.site) or outlet(data, tags, titled.site, url)
    writers = _authors(tree, data, tags, source, titled.title)
    without_dated_terms(tree)
    found = passages(tree, Known(titled.title, titles, data.body, writers))
    body = found.paragraphs or _plain_body(text, document)
    if not body:
        return None
    opening = _opening(body)
    writers = writers or authors(byline(found.above), _outlets(data, tags, source))
    return Found(
        paragraphs=body,
        title=titled.title,
        standfirst=under,
        source=source,
        agency=data.agency
        or tags.agency
        or _agency(tags.byline, source, opening, (*body, *found.below)[-1])
        or shown_agency(tree, titled.title, writers),
        byline=_signed(writers, url, found.below, "\n".join((titled.title or "", *body))) or _reporters(tree),
        published=dated or published(Page((), opening[:1], (), "\n".join(body), ""), document.received),
        section=data.section or tags.section,
        url=url,
        language=_language(data, tags),
        hold_until=stated(tags.hold_until),
        expires=stated(tags.expires or data.expires),
    )


def _agency(stated: str | None, source: str | None, opening: tuple[str, str | None], last: str) -> str | None:
    """The agency that the stated byline, the dateline or the last line of a text names."""
    return agencies.named(stated) or agencies.of_dateline(*opening, (source,)) or agencies.of_ending(last)


def _bare(tree: HtmlElement) -> None:
    """Take out what is none of the article's words, in place: what is hidden, marks of notes, forms."""
    without_hidden(tree)
    without_references(tree)
    without_forms(tree)


def _joined(tree: HtmlElement, text: str, title: str | None) -> None:
    """Make one article of a live blog's posts, in place, and leave but one of those on any other page."""
    if _LIVE_BLOG in text:
        join_posts(tree)
    else:
        without_next_articles(tree, title)


def _scripts(tree: HtmlElement) -> Iterator[str]:
    return (script.text or "" for script in tree.iter("script") if _is_linked_data(script))


def _source(tree: HtmlElement, data: Stated, tags: Stated, beside_title: str | None) -> str | None:
    """The outlet that a credit line names, or that the page's head and foot do, where the page itself names none."""
    named = tags.site or data.source or tags.source or beside_title
    return None if named else shown_source(tree) or shown_outlet(tree)


def _outlets(data: Stated, tags: Stated, source: str | None) -> set[str]:
    """The letters of the names that the outlet has."""
    owner = rights_holder([tags.source or ""])
    return {letters(name) for name in (source, tags.site, data.source, owner) if name}


def _authors(
    tree: HtmlElement, data: Stated, tags: Stated, source: str | None, title: str | None
) -> str | None:
    """Who wrote it, by the first statement that names somebody else than the outlet, as the page shows that name."""
    outlets = _outlets(data, tags, source)
    found = filter(
        None,
        chain(
            (authors(data.byline, outlets, agency=True),),
            (
                authors(one, outlets)
                for one in chain((tags.byline,), shown_bylines(tree, title, tags.language))
            ),
        ),
    )
    stated = next(found, None)
    if stated is None:
        return None
    if not is_short(stated):
        return next((more for more in found if _holds(more, stated)), stated)
    return next((shown for shown in found if spells_out(shown, stated)), stated)


def _signed(stated: str | None, url: str | None, below: Sequence[str], told: str) -> str | None:
    """Who is ``stated`` to have written it, or signs ``below`` what is ``told``; one word with which the host's name begins is the outlet."""
    outlet = stated and " " not in stated and letters(stated)
    if stated and not (outlet and any(label.startswith(outlet) for label in (host(url) or "").split("."))):
        return stated
    return signer(below, told) or stated


def _reporters(tree: HtmlElement) -> str | None:
    """Who is credited with the report below it."""
    return reporters(" ".join(paragraph.text_content().split()) for paragraph in tree.iter("p"))


def _holds(names: str, fewer: str) -> bool:
    """Whether ``names`` are those of ``fewer``, in their order, and further whole names."""
    joint = _JOINT.match(names, len(fewer)) if names.startswith(fewer) else None
    return joint is not None and not is_short(names[joint.end() :])


def _opening(body: Sequence[str]) -> tuple[str, str | None]:
    """The dateline of the first paragraph, or of the one below a standfirst, and the agency in it; "" without one."""
    for paragraph in body[:1] if len(body[0]) > LONGEST_STANDFIRST else body[:2]:
        if found := dateline(paragraph, ""):
            return paragraph[: found.end], found.agency
    return "", None


def _plain_body(text: str, document: Document) -> tuple[str, ...]:
    """The body by the rules for plain text, for pages without any markup that extraction knows."""
    found = find(blocks(tidy(plain(text))), document.received)
    return found.paragraphs if found else ()


def _is_linked_data(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _language(data: Stated, tags: Stated) -> str | None:
    code = (tags.language or data.language or "")[:2].lower()
    return code if len(code) == 2 and code.isalpha() and code.isascii() else None
