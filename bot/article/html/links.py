"""Lines of a page that are nothing but a link: teasers, menus, "read more", cards of other articles."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from urllib.parse import urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from bot.article.fields.credits import letters
from bot.article.text.block_kinds import words_in

_LINES = frozenset({"p", "li", "div"})
_WITHIN = frozenset({"b", "em", "i", "span", "strong", "u"})
_HEADINGS = frozenset({"h2", "h3", "h4"})
_BOXES = frozenset({"td", "section", "nav", "article", "ul", "body"})
_LONGEST = 400  # Letters of a line or card; what is longer is no teaser.
_MOST_CHILDREN = 8  # Elements straight below a line; a box has more, and its text takes long to gather.
_HEADLINE = 5  # Words of a link to another article.
_LABEL = re.compile(r"\W{0,3}[^\W\d][^\s:：|】»]{0,20}(?: [^\s:：|】»]{1,20}){0,4} ?[:：|】»] ?")
_FEWEST, _LEAST = 3, 20  # Words of a title behind a label, and its bytes: a sign says more than a letter.
_MOST_LINKS = 20
_NEAR = 4  # Levels between the linked heading of a card and the list item that is the card.
_BELOW = XPath("following::*[self::p or self::li or self::h3 or self::h4]")
_PROSE = 100  # Characters of a paragraph of the body.
NEARLY_ALL = 0.8
"""The least part of a line that is nothing but a link; the rest is "Read more:" or a date."""


def linked_lines(tree: HtmlElement) -> dict[str, float]:
    """The letters of each paragraph or list item that holds links, with the share that they, or its heading's, are."""
    seen: set[HtmlElement] = set()
    found: dict[str, float] = {}
    for anchor in tree.iter("a"):
        for within in islice(anchor.iter("p"), _MOST_LINKS):
            if 0 < len(key := letters(within.text_content()[: 3 * _LONGEST])) <= _LONGEST:
                found[key] = 1.0
        if line := _broken_line(anchor):
            found[line[0]] = line[1]
        block = _block(anchor)
        if block is None or block in seen:
            continue
        seen.add(block)
        if len(block) > _MOST_CHILDREN:
            continue
        own = letters(block.text_content())
        if not 0 < len(own) <= _LONGEST:
            continue
        share = sum(len(letters(one.text_content())) for one in block.iter("a")) / len(own)
        # The text of a card is gathered for nothing but a link: it is three times as long.
        carded = block.tag in _HEADINGS and share >= NEARLY_ALL
        found[letters(_card(block).text_content()[: 3 * _LONGEST]) if carded else own] = share
    return found


def _broken_line(anchor: HtmlElement) -> tuple[str, float] | None:
    """The letters of a line with a link to another article that a line break parts from others, and the share of its links."""
    at, parent = anchor, anchor.getparent()
    while parent is not None and parent.tag in _WITHIN:
        at, parent = parent, parent.getparent()
    above, below = (
        list(islice(takewhile(lambda one: one.tag != "br", siblings), _MOST_CHILDREN))
        for siblings in (at.itersiblings(preceding=True), at.itersiblings())
    )
    row = [*reversed(above), at, *below]
    before, behind = row[0].getprevious(), row[-1].getnext()
    if (
        parent is None
        or parent.tag not in _LINES
        or {one.tag for one in (before, behind) if one is not None} != {"br"}
    ):
        return None
    opens = (parent.text if before is None else before.tail) or ""
    own = letters(opens + "".join(f"{one.text_content()}{one.tail or ''}" for one in row))
    linked = sum(len(letters(link.text_content())) for one in row for link in one.iter("a"))
    names = [link.text_content() for one in row for link in one.iter("a")]
    named = any(words_in(name) >= _HEADLINE and "://" not in name for name in names)
    return (own, linked / len(own)) if named and 0 < len(own) <= _LONGEST else None


def leads_on(text: str, key: str, share: float) -> bool:
    """Whether a line, of whose letters ``key`` a ``share`` is linked, is a label and the title of another article: "Kapcsolódó: …"."""
    label = _LABEL.match(text)
    title = text[label.end() :] if label else ""
    whole = len(letters(title)) <= share * len(key) + 1
    return whole and words_in(title) >= _FEWEST and len(title.encode()) >= _LEAST


def _block(anchor: HtmlElement) -> HtmlElement | None:
    block = anchor.getparent()
    while block is not None and block.tag not in _LINES and block.tag not in _HEADINGS:
        if block.tag in _BOXES:
            return None
        block = block.getparent()
    return block


def _card(heading: HtmlElement) -> HtmlElement:
    """The list item whose linked heading this is; the heading itself where there is none."""
    at: HtmlElement | None = heading
    for _ in range(_NEAR):
        at = at.getparent() if at is not None else None
        if at is not None and at.tag == "li":
            return at
    return heading


def is_link(heading: HtmlElement) -> bool:
    """Whether a heading holds a link, or is within one."""
    return next(heading.iter("a"), None) is not None or next(heading.iterancestors("a"), None) is not None


def is_logo(heading: HtmlElement) -> bool:
    """Whether a heading is nothing but a link to the front page."""
    links = list(islice(heading.iter("a"), 2))
    if len(links) != 1 or letters(links[0].text_content()) != letters(heading.text_content()):
        return False
    href = (links[0].get("href") or "").strip()[:_LONGEST]
    try:
        return bool(href) and urlsplit(href)[2:4] in {("/", ""), ("", "")} and not href.startswith("#")
    except ValueError:
        return False


def heads_teasers(heading: HtmlElement) -> bool:
    """Whether links to other articles come below the ``heading`` before any prose."""
    for element in _BELOW(heading):
        linked = [" ".join(link.text_content().split()) for link in islice(element.iter("a"), _MOST_LINKS)]
        if element.tag != "p" and any(link.count(" ") + 1 >= _HEADLINE for link in linked):
            return True
        if element.tag == "p" and not linked and len(element.text_content()) >= _PROSE:
            return False
    return False


def without_cards(tree: HtmlElement) -> None:
    """Drop what a page shows when a reader points at a link: a span behind it of nothing but other links, in place."""
    for span in list(tree.iter("span")):
        before, parent = span.getprevious(), span.getparent()
        if before is None or parent is None or before.tag != "a" or (before.tail or "").strip():
            continue
        links = [" ".join(link.text_content().split()) for link in islice(span.iter("a"), _MOST_LINKS)]
        long = any(link.count(" ") + 1 >= _HEADLINE for link in links)
        if len(links) > 1 and long and letters(span.text_content()) == letters("".join(links)):
            span.drop_tree()
