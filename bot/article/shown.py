"""All that a page shows, block by block, each with the part of the page that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from bot.article.encoding import tidy
from bot.article.html.fragment import breaks_line, stands_apart
from bot.article.html.tree import NEVER_TEXT, unseen

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody", "tfoot",
    "thead", "tr", "ul",
})  # fmt: skip
_PARTS = {
    "nav": "a menu",
    "footer": "the foot of the page",
    "figcaption": "words to a picture",
    "button": "a button or form",
    "form": "a button or form",
    "select": "a button or form",
    "aside": "a box beside the article",
}
_HIDDEN = "hidden from readers"
_NOT_TEXT = frozenset({*NEVER_TEXT, "head", "textarea", "audio", "video"})
_TALK = re.compile(
    r"(?:^|[\s_-])(?:comments?|kommentare?|comentarios?|commentaires?|commenti|reacties|disqus)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[\s\x00-\x1f]+")
_LINKS = 0.8  # The part of a block's characters that are link when it is nothing but links.

_Pieces = list[tuple[str, bool]]
_Around = list[tuple[HtmlElement, str, _Pieces]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A block's text on one line, and why it may be no part of an article; ``None`` where its place says nothing."""

    text: str
    part: str | None


def shown(tree: HtmlElement) -> list[Shown]:
    """The blocks of ``tree`` in order, hidden ones too; a row of a table is one. Scripts and styles are no text."""
    walk = etree.iterwalk(tree, events=("start", "end"))
    found: list[Shown] = []
    pieces: _Pieces = []
    around: _Around = []
    links = 0
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and (tag in _NOT_TEXT or not tag):
            walk.skip_subtree()
            continue
        if tag in _BLOCKS or breaks_line(element):
            found.extend(_block(pieces, around))
            pieces = []
        elif tag in {"td", "th"} or (event == "start" and stands_apart(element)):
            pieces.append((" ", False))
        links += (tag == "a") * (1 if event == "start" else -1)
        if event == "start":
            if part := _part(element, tag):
                around.append((element, part, pieces))
                pieces = [] if _within_line(part, tag) else pieces
            pieces.append((element.text or "", links > 0))
            continue
        if around and around[-1][0] is element:
            pieces = _left(found, pieces, around)
        if element is not tree:
            pieces.append((element.tail or "", links > 0))
    return [*found, *_block(pieces, around)]


def _within_line(part: str, tag: str) -> bool:
    """Whether an element is hidden within a line, and told apart from the line's words."""
    return part == _HIDDEN and tag not in _BLOCKS


def _left(found: list[Shown], pieces: _Pieces, around: _Around) -> _Pieces:
    """Leave the innermost element of ``around``; the pieces that its line goes on with."""
    element, part, before = around[-1]
    if _within_line(part, str(element.tag)):
        found.extend(_block(pieces, around))
        pieces = before
    around.pop()
    return pieces


def _block(pieces: _Pieces, around: _Around) -> Iterator[Shown]:
    text = " ".join(_SPACE.sub(" ", tidy("".join(piece for piece, _ in pieces))).split())
    if not text:
        return
    linked = sum(len(piece.strip()) for piece, link in pieces if link)
    whole = sum(len(piece.strip()) for piece, _ in pieces)
    yield Shown(text, around[-1][1] if around else "links" if linked >= _LINKS * whole else None)


def _part(element: HtmlElement, tag: str) -> str | None:
    if unseen(element):
        return _HIDDEN
    if part := _PARTS.get(tag):
        return part
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    return "comments of readers" if tag != "body" and _TALK.search(names) else None
