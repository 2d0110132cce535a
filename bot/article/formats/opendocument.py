"""ODT: the paragraphs of an OpenDocument text, as its reader sees them (OASIS ODF 1.3, part 3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from bot.article.encoding import tidy
from bot.article.formats.archive import BrokenArchive, checked
from bot.article.formats.item import standfirst
from bot.article.formats.safe_xml import NoXml, parsed
from bot.article.text.blocks import blocks
from bot.article.text.page import Found, find
from bot.article.text.rows import as_line
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason

_ODF = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}{}"
_TEXT, _STYLE, _OFFICE = (_ODF.format(space, "") for space in ("text", "style", "office"))
_PARAGRAPH, _HEADING, _ITEM = f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}list-item"
_BREAKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
# What a reviser deleted, notes and comments, contents and indexes; pictures and boxes, whose words are captions.
_UNSEEN = frozenset({
    f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}hidden-text",
    f"{_TEXT}hidden-paragraph", f"{_TEXT}table-of-content", f"{_TEXT}alphabetical-index", f"{_TEXT}ruby-text",
    f"{_TEXT}sequence-decls", f"{_TEXT}illustration-index", f"{_TEXT}bibliography",
})  # fmt: skip
_TABLE = _ODF.format("table", "")
_DRAWN = _ODF.format("drawing", "")


@dataclass(frozen=True, slots=True)
class _Styles:
    """The ``parents`` of the document's own styles by name, and the names of those that are ``hidden``."""

    parents: dict[str, str]
    hidden: frozenset[str]

    def of(self, element: etree._Element) -> str:
        name = str(element.get(f"{_TEXT}style-name") or "")
        return self.parents.get(name, name)

    def hides(self, element: etree._Element) -> bool:
        return element.get(f"{_TEXT}style-name") in self.hidden


def read_odt(document: Document) -> Found | None:
    """The article in an ODT file; ``None`` when it has no text.

    Notes, comments, boxes and what a reviser deleted are no part of it. Raises UnreadableDocument for a
    bomb and for what is no sound XML.
    """
    try:
        content = checked(document.data).file("content.xml")
        root = parsed(content or b"")
    except (BrokenArchive, NoXml) as error:
        raise UnreadableDocument(document.name, Reason("odt.unopened", why=error.reason)) from error
    body = root.find(f".//{_OFFICE}text")
    if body is None:
        raise UnreadableDocument(document.name, Reason("odt.no_text"))
    styles = _styles(root)
    found = find(blocks(tidy("\n\n".join(_paragraphs(body, styles)))), document.received, menus=False)
    under = standfirst(_subtitle(body, styles))
    return replace(found, standfirst=under) if found and under else found


def _styles(root: etree._Element) -> _Styles:
    parents: dict[str, str] = {}
    hidden: set[str] = set()
    for style in root.iter(f"{_STYLE}style"):
        name = str(style.get(f"{_STYLE}name") or "")
        if parent := style.get(f"{_STYLE}parent-style-name"):
            parents[name] = str(parent)
        properties = style.find(f"{_STYLE}text-properties")
        if properties is not None and properties.get(f"{_TEXT}display") == "none":
            hidden.add(name)
    return _Styles(parents, frozenset(hidden))


def _paragraphs(body: etree._Element, styles: _Styles) -> Iterator[str]:
    items = 0  # lists that are open around the paragraph
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            items -= element.tag == _ITEM
            continue
        items += element.tag == _ITEM
        if _left_out(element, styles):
            walk.skip_subtree()
        elif element.tag == f"{_TABLE}table-row" and (row := _row(element, styles)):
            walk.skip_subtree()
            yield row
        elif element.tag in {_PARAGRAPH, _HEADING}:
            walk.skip_subtree()
            words = "".join(_words(element, styles)).strip()
            if words:
                yield _mark(element, styles, listed=items > 0) + words


def _row(row: etree._Element, styles: _Styles) -> str | None:
    held = [_held(cell, styles) for cell in row.findall(f"{_TABLE}table-cell")]
    return as_line(held, len(_held(row, styles)))


def _held(part: etree._Element, styles: _Styles) -> list[str]:
    words = ("".join(_words(each, styles)).strip() for each in part.iter(_PARAGRAPH, _HEADING))
    return list(filter(None, words))


def _subtitle(body: etree._Element, styles: _Styles) -> str:
    """The words of the first paragraph that is styled Subtitle."""
    for paragraph in body.iter(_PARAGRAPH):
        if styles.of(paragraph) == "Subtitle":
            return "".join(_words(paragraph, styles))
    return ""


def _mark(element: etree._Element, styles: _Styles, *, listed: bool) -> str:
    if styles.of(element) == "Title":
        return "# "
    if element.tag == _HEADING:
        level = str(element.get(f"{_TEXT}outline-level") or "1")
        return "#" * (int(level) if level in set("123456") else 6) + " "
    return "• " if listed else ""


def _words(paragraph: etree._Element, styles: _Styles) -> Iterator[str]:
    walk = etree.iterwalk(paragraph, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            yield "" if element is paragraph else element.tail or ""
        elif element is not paragraph and _left_out(element, styles):
            walk.skip_subtree()
        else:
            yield _BREAKS.get(element.tag, "") + (element.text or "")


def _left_out(element: etree._Element, styles: _Styles) -> bool:
    tag = str(element.tag)
    return tag in _UNSEEN or tag.startswith(_DRAWN) or styles.hides(element)
