"""The standfirst of a web page: the lines under its headline that say what the article is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from bot.article.encoding import tidy
from bot.article.fields.credits import letters
from bot.article.fields.stated import LONGEST_STANDFIRST
from bot.article.html.fragment import one_line

_REACH = 160  # Elements after the heading that are looked at.
_MOST_LINES = 12  # Lines among them; a page's buttons and credits take half as many.
_MOST_INSIDE = 40  # Elements inside one line; more are a widget's.
_LEVELS = 3  # Elements around a line that may name it.
_SHORTEST = 20  # Letters: "Opinion" and "3 min read" are no standfirsts.
_DECK = 7  # Spaces of a heading that is a standfirst.
_PLACE = 24  # Letters of a place that opens a standfirst and not the description.
_PARAGRAPH = 80  # Characters of a paragraph of the body.
_BODY = 100  # Characters of a paragraph with which the body has begun.
_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "section", "article", "aside", "figure",
    "form", "blockquote", "dl", "header", "footer", "nav", "main", "video", "audio", "time", "button",
})  # fmt: skip
_LINES = frozenset({"p", "div", "h2", "h3", "h4", "h5", "h6", "span", "strong", "section", "header"})
_INLINE = frozenset({"span", "strong"})
_BOLD = frozenset({"strong", "b"})
_NAMING = ("class", "id", "itemprop", "data-testid", "data-component")
_LONGEST_NAME = 300  # Characters of an attribute that are looked at.
_ELSEWHERE = frozenset({"a", "aside", "nav", "footer", "figure", "form", "ul", "ol", "table"})
# What sites call it in the names of its element; each at three outlets at least. The first are said of
# nothing else; the second also of teasers and first paragraphs, so that the page must say the words twice,
# as its description too; of the third that is not asked where no paragraph follows.
_SURE = re.compile(
    r" (?:stand ?first|sub ?tit(?:les?)?|subtitulo|sub ?head(?:line|ing|er)?s?|deck?|dek|alternative ?headline|vorspann"
    r"|einleitung|chapo|bajada|entradilla|sommario|preface) "
)
_USUAL = re.compile(
    r" (?:lead|lede|lead ?text|lead ?in|intro|introduction|excerpt|summary|abstract|desc|description|teaser|synopsis|epigraph) "
)
_LIKELY = re.compile(
    r" (?:lead|lede|lead ?text|lead ?in|intro|introduction|excerpt|abstract|teaser|synopsis) "
)
_NEVER = re.compile(
    r" (?:caption|related|recommend\w*|promo|newsletter|card|author|bio|byline|comments?|image|img|picture|photo|video"
    r"|gallery|carousel|slide|share|social|meta|date|time|tags?|advert\w*|ads?|sponsor\w*|toggle|tooltip|button|widget"
    r"|breadcrumbs?|nav|menu|site) "
)
_HEADLINE = re.compile(
    r" (?:head ?lines?|titles?\d?|kicker) "
)  # A second headline, unless a surer name is there.
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_CUT_OFF = ("…", "...", "[…]", "[...]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line below the heading: its text, its letters, the names of its elements as words apart.

    ``deck`` says that it is set as a heading of the second level.
    """

    text: str
    key: str
    names: str
    opens: bool
    bold: bool
    deck: bool


def standfirst(tree: HtmlElement, titles: Sequence[str | None], described: Iterable[str]) -> str | None:
    """The text that the page prints below its heading as standfirst, as one line; ``None`` without one.

    An element is one if its names say so, or if it stands apart and the page's description repeats it.
    ``titles`` are the article's title and what else the page calls one; ``described`` are its descriptions.
    A description that is not printed is a blurb for search engines, and one that is the opening of the body
    is no standfirst. A text of more than LONGEST_STANDFIRST characters is none either.
    """
    heading = _heading(tree, letters(titles[0] or ""))
    if heading is None:
        return None
    known = {letters(title or "") for title in titles}
    blurbs = {key for text in described if len(key := letters(text)) >= _SHORTEST} - known
    deck = None
    for place, line in enumerate(islice(_lines(heading), _MOST_LINES)):
        # Readers take a teaser for another article's, so that one on top is in no body.
        if _is_standfirst(line, blurbs) or (not place and _is_teaser(line)):
            return line.text if line.key not in known else None
        if not place and line.key not in known and (_is_deck(line) or _is_titled(line, known)):
            deck = line.text
        if line.opens and len(line.text) >= _BODY:
            break
    return deck


def _is_standfirst(line: _Line, blurbs: AbstractSet[str]) -> bool:
    if len(line.text) > LONGEST_STANDFIRST or _NEVER.search(line.names):
        return False
    if line.text.endswith(":"):
        return False
    if _SURE.search(line.names):
        return True
    if line.text.endswith(_CUT_OFF) or _HEADLINE.search(line.names):
        return False
    if (line.bold or not line.opens) and any(_is_said(line.key, blurb) for blurb in blurbs):
        return True
    repeated = any(line.key.startswith(blurb) for blurb in blurbs)
    return bool((repeated and _USUAL.search(line.names)) or (not line.opens and _LIKELY.search(line.names)))


def _is_teaser(line: _Line) -> bool:
    return (
        " teaser " in line.names
        and line.text.endswith((".", "!", "?"))
        and len(line.text) <= LONGEST_STANDFIRST
        and not _NEVER.search(line.names)
    )


def _is_deck(line: _Line) -> bool:
    """Whether a heading right below the headline has as many words as no section's, and is neither cut off nor a question."""
    return (
        line.deck
        and line.text.count(" ") >= _DECK
        and len(line.text) <= LONGEST_STANDFIRST
        and not line.text.endswith((":", "?", *_CUT_OFF))
        and not _NEVER.search(line.names)
    )


def _is_titled(line: _Line, titles: AbstractSet[str]) -> bool:
    """Whether a heading right below the headline is the rest of a title of the page: "Landing closes: Traders fear for their season"."""
    return line.deck and any(title.endswith(line.key) for title in titles) and not _NEVER.search(line.names)


def _is_said(key: str, blurb: str) -> bool:
    """Whether the line says the blurb, with no more than a place before it ("Berlin. The council…")."""
    return key.endswith(blurb) and len(key) - len(blurb) <= _PLACE


def _heading(tree: HtmlElement, title: str) -> HtmlElement | None:
    """The first-level heading that holds the title; the only one, where none does."""
    headings = [(h1, letters(h1.text_content())) for h1 in islice(tree.iter("h1"), _MOST_LINES)]
    held = [h1 for h1, words in headings if words == title] or [
        h1 for h1, words in headings if title and title in words
    ]
    return held[0] if held else headings[0][0] if len(headings) == 1 else None


def _lines(heading: HtmlElement) -> Iterator[_Line]:
    """The lines after the heading, each in the outermost element that holds nothing else."""
    for element in islice(_after(heading), _REACH):
        if element.tag not in _LINES or not _is_line(element):
            continue
        text = " ".join(tidy(one_line(element)).split())
        key = letters(text[: 2 * LONGEST_STANDFIRST])
        around = _around(element)
        outer = around[-1]
        if len(key) < _SHORTEST or any(one.tag in _ELSEWHERE for one in element.iterancestors()):
            continue
        if sum(len(link.text_content()) for link in element.iter("a")) * 2 > len(text):
            continue
        names = _SEPARATORS.sub(" ", _CAMEL.sub(" ", " ".join(_named(around))).lower())
        bold = (
            len(element) == 1
            and element[0].tag in _BOLD
            and not (element.text or element[0].tail or "").strip()
        )
        yield _Line(text, key, f" {names} ", _opens(outer), bold, element.tag == "h2")


def _after(heading: HtmlElement) -> Iterator[HtmlElement]:
    """The elements after the heading, in the order of the page."""
    at: HtmlElement | None = heading
    while at is not None:
        for sibling in at.itersiblings():
            yield from sibling.iter(etree.Element)
        at = at.getparent()


def _is_line(element: HtmlElement) -> bool:
    """Whether the element holds words and no other block; one inside a line is a part of it."""
    parent = element.getparent()
    if element.tag in _INLINE and parent is not None and parent.tag in _LINES and _is_flat(parent):
        return False
    return _is_flat(element)


def _is_flat(element: HtmlElement) -> bool:
    inside = list(islice(element.iterdescendants(etree.Element), _MOST_INSIDE))
    return len(inside) < _MOST_INSIDE and not any(one.tag in _BLOCKS for one in inside)


def _around(element: HtmlElement) -> list[HtmlElement]:
    """The element, and those around it that hold nothing else, from the inside."""
    found = [element]
    parent = element.getparent()
    while parent is not None and len(parent) == 1 and len(found) <= _LEVELS:
        if (parent.text or "").strip() or (found[-1].tail or "").strip():
            break
        found.append(parent)
        parent = parent.getparent()
    return found


def _named(elements: Iterable[HtmlElement]) -> Iterator[str]:
    for element in elements:
        for attribute in _NAMING:
            if value := element.get(attribute):
                yield value[:_LONGEST_NAME]


def _opens(element: HtmlElement) -> bool:
    """Whether a paragraph of the body follows beside the element: then it may be the body's first."""
    beside = islice(element.itersiblings(etree.Element), 2)
    return any(one.tag == "p" and len(one.text_content()) >= _PARAGRAPH for one in beside)
