"""DOCX: the paragraphs of a Word document, as its reader sees them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from lxml import etree

from bot.article.encoding import tidy
from bot.article.formats.archive import Archive, BrokenArchive, checked
from bot.article.formats.item import standfirst
from bot.article.text.blocks import blocks
from bot.article.text.page import Found, find
from bot.article.text.rows import as_line
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What was deleted or moved away; pictures and boxes, whose words are captions.
_UNSEEN = frozenset({
    f"{_W}del", f"{_W}moveFrom", f"{_W}pict", f"{_W}drawing", f"{_W}instrText", f"{_W}pPr", _FALLBACK,
})  # fmt: skip
_SUBTITLES = frozenset({"subtitle", "untertitel", "sous-titre", "subtítulo", "sottotitolo"})
_TOP = 4  # Paragraphs of which one may be the headline; the last is text.
_USUAL = 22
_OFF = frozenset({"0", "false", "off"})
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo) ?([1-6])$", re.IGNORECASE)


def read_docx(document: Document) -> Found | None:
    """The article in a DOCX file; ``None`` when it has no text. Raises as :func:`word_text` does."""
    word, styles = _opened(document)
    found = find(blocks(_text(word, styles)), document.received, menus=False)
    under = standfirst(_subtitle(word, styles))
    return replace(found, standfirst=under) if found and under else found


def word_text(document: Document) -> str:
    """The text of a DOCX file, an empty line between two paragraphs, its headings marked as Markdown's.

    Comments, notes, headers and footers are no part of it; neither is what a reviser deleted.
    Raises UnreadableDocument for a bomb, and whatever python-docx raises for what is no Word document.
    """
    return _text(*_opened(document))


def word_xml(document: Document) -> bytes:
    """The XML of its paragraphs; nothing where there is none. Raises UnreadableDocument for a bomb."""
    return _checked(document).file("word/document.xml") or b""


def _checked(document: Document) -> Archive:
    try:
        return checked(document.data)
    except BrokenArchive as error:
        raise UnreadableDocument(document.name, Reason("docx.unopened", why=error.reason)) from error


def _opened(document: Document) -> tuple[Any, dict[str, str]]:
    """The element of its body, and the names of its styles."""
    import docx  # 50 ms that few documents need

    _checked(document)
    word = docx.Document(io.BytesIO(document.data))
    return word.element.body, {style.style_id: str(style.name or "") for style in word.styles}


def _text(body: Any, styles: dict[str, str]) -> str:
    return tidy("\n\n".join(_paragraphs(body, styles, _headline(body, styles))))


def _paragraphs(body: Any, styles: dict[str, str], headline: Any) -> Iterator[str]:
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element.tag in _UNSEEN:
            walk.skip_subtree()
        elif element.tag == f"{_W}tr" and (row := _row(element)):
            walk.skip_subtree()
            yield row
        elif element.tag == f"{_W}p":
            walk.skip_subtree()
            words = "".join(_words(element)).strip()
            if words:
                yield ("# " if element is headline else _mark(element, styles)) + words


def _headline(body: Any, styles: dict[str, str]) -> Any:
    """The paragraph on top that is set larger than the next ones, or else bold where they are not; ``None`` without one.

    Most people style no title. Where one is styled, or a heading is, nothing is guessed.
    """
    texts = (each for each in body.iterchildren(f"{_W}p") if "".join(_words(each)).strip())
    top = list(islice(texts, _TOP))
    if len(top) < _TOP or any(_mark(each, styles).startswith("#") for each in top):
        return None
    sizes = [_size(each) for each in top]
    usual = sizes[-1]
    largest = sizes.index(max(sizes))
    if sizes[largest] > usual:
        return top[largest]
    bold = [_is_bold(each) for each in top]
    return None if bold[-1] else next((each for each, dark in zip(top, bold, strict=True) if dark), None)


def _size(paragraph: Any) -> int:
    """The largest size that its runs state, in half points; 22, Word's own, where they state none."""
    stated = [str(each.get(f"{_W}val")) for each in paragraph.iterfind(f"{_W}r/{_W}rPr/{_W}sz")]
    return max([int(each) for each in stated if each.isascii() and each.isdecimal()], default=_USUAL)


def _is_bold(paragraph: Any) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(run.itertext(f"{_W}t")).strip()]
    marks = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(marks) and all(mark is not None and mark.get(f"{_W}val") not in _OFF for mark in marks)


def _row(row: Any) -> str | None:
    held = [_held(cell) for cell in row.findall(f"{_W}tc")]
    return as_line(held, len(_held(row)))


def _held(part: Any) -> list[str]:
    words = ("".join(_words(paragraph)).strip() for paragraph in part.iter(f"{_W}p"))
    return list(filter(None, words))


def _subtitle(body: Any, styles: dict[str, str]) -> str:
    """The words of the first paragraph that is styled Subtitle."""
    for paragraph in body.iter(f"{_W}p"):
        if _style(paragraph, styles).lower() in _SUBTITLES:
            return "".join(_words(paragraph))
    return ""


def _style(paragraph: Any, styles: dict[str, str]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""


def _mark(paragraph: Any, styles: dict[str, str]) -> str:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return ""
    name = _style(paragraph, styles)
    if name.lower() in {"title", "titel", "titre", "título", "titolo"}:
        return "# "
    if heading := _HEADING.match(name):
        return "#" * int(heading[1]) + " "
    return "• " if properties.find(f"{_W}numPr") is not None or name.startswith("List ") else ""


def _words(paragraph: Any) -> Iterator[str]:
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element.tag in _UNSEEN or (element.tag == f"{_W}r" and _vanished(element)):
            walk.skip_subtree()
        elif element.tag == f"{_W}t":
            yield element.text or ""
        else:
            yield _BREAKS.get(element.tag, "")


def _vanished(run: Any) -> bool:
    return run.find(f"{_W}rPr/{_W}vanish") is not None
