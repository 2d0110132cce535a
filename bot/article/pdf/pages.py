"""PDF: the words of the pages with their places, by PDFium, put back into paragraphs."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.article.encoding import tidy
from bot.article.fields.url import canonical, host
from bot.article.pdf.columns import running_text
from bot.article.pdf.direction import Glyph, mirrored, runs_left
from bot.article.pdf.reading_order import Line
from bot.article.text.blocks import blocks
from bot.article.text.page import Found, find
from bot.article.text.printed import unprinted
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason

MAX_PAGES = 300
"""The most pages: a newspaper has a hundred, and a page takes some 20 ms."""

MAX_SHOWN = 100_000
"""The most characters that a page may show; a newspaper's page shows some thirty thousand."""

_HYPHENS = frozenset(
    {0x02, 0xFFFE}
)  # What PDFium makes of a hyphen at a line's end, whose next line it joins.


def read_pdf(document: Document) -> Found | None:
    """The article in a PDF file; ``None`` when its text is no article.

    Raises UnreadableDocument for a locked, an endless, a damaged or a scanned one.
    """
    from pypdfium2 import PdfDocument, PdfiumError  # 50 ms that few documents need

    try:
        pdf = PdfDocument(document.data)
    except PdfiumError as error:
        raise UnreadableDocument(document.name, _refusal(str(error))) from error
    with pdf:
        count = len(pdf)
        if count > MAX_PAGES:
            raise UnreadableDocument(document.name, Reason("pdf.pages", count=count, most=MAX_PAGES))
        pages = [_page(pdf, number, document) for number in range(count)]
    if not any(pages):
        raise UnreadableDocument(document.name, Reason("pdf.pictures"))
    sheets = unprinted(tidy(running_text(pages)))
    found = find(blocks(sheets.text), document.received)
    url = canonical(sheets.url)
    return replace(found, url=url, source=found.source or host(url)) if found and url else found


def _refusal(said: str) -> Reason:
    if "password" in said.lower() or "security" in said.lower():
        return Reason("pdf.locked")
    return Reason("pdf.damaged", said=said[:100])


def _page(pdf: Any, number: int, document: Document) -> list[Line]:
    """The words of the page."""
    from pypdfium2 import PdfiumError

    try:
        page = pdf[number]
        text = page.get_textpage()
    except PdfiumError as error:
        raise UnreadableDocument(document.name, Reason("pdf.page_damaged", page=number + 1)) from error
    shown = text.count_chars()
    if shown > MAX_SHOWN:
        raise UnreadableDocument(document.name, Reason("pdf.crowded", count=shown, most=MAX_SHOWN))
    words = _words(text.raw, shown)
    text.close()
    page.close()
    return words


def _words(text: Any, shown: int) -> list[Line]:
    """The words with their places; those that are read from the right measured leftwards."""
    words = list(_spelt(text, shown))
    if not runs_left("".join(word for word, _ in words)):
        return [_placed(word, text, places) for word, places in words]
    return mirrored([glyph for number, word in enumerate(words) for glyph in _glyphs(*word, text, number)])


def _glyphs(word: str, places: Sequence[int], text: Any, number: int) -> list[Glyph]:
    """The characters from the right; those that share a place, of a ligature, in the order in which the word has them."""
    glyphs = [
        Glyph(letter, *_origin(text, at), _right(text, at), _size(text, at), number)
        for letter, at in zip(word, places, strict=True)
    ]
    return glyphs[::-1] if glyphs[0].x < glyphs[-1].x else glyphs


def _spelt(text: Any, shown: int) -> Iterator[tuple[str, list[int]]]:
    """The words in the order in which the page draws them, and the places of their characters in it."""
    from pypdfium2.raw import FPDFText_GetUnicode

    letters: list[str] = []
    places: list[int] = []
    for at in range(shown + 1):
        code = FPDFText_GetUnicode(text, at) if at < shown else 0x0A
        if code in _HYPHENS and letters:
            letters.append("-")
            places.append(places[-1])
        elif code not in _HYPHENS and code > 0x20 and code != 0xA0 and not 0xD800 <= code < 0xE000:
            letters.append(chr(code))
            places.append(at)
            continue
        if letters:
            yield "".join(letters), places
            letters, places = [], []


def _placed(word: str, text: Any, places: Sequence[int]) -> Line:
    """A word with its origin, the right end of its last character, and how high it is set."""
    x, y = _origin(text, places[0])
    right, size = _right(text, places[-1]), _size(text, places[0])
    if not runs_left(word):
        return Line(word, x, right, y, size)
    first = _origin(text, places[-1])[
        0
    ]  # In a line of others: its letters come as they are read, or as they stand.
    return Line(
        word if first < x else word[::-1], min(x, first), max(right, _right(text, places[0])), y, size
    )


def _size(text: Any, at: int) -> float:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if raw.FPDFText_GetMatrix(text, at, matrix) else 1.0
    return _finite(raw.FPDFText_GetFontSize(text, at) * (scale or 1.0))


def _finite(value: float) -> float:
    return value if math.isfinite(value) else 0.0


def _origin(text: Any, at: int) -> tuple[float, float]:
    from pypdfium2.raw import FPDFText_GetCharOrigin

    x, y = ctypes.c_double(), ctypes.c_double()
    FPDFText_GetCharOrigin(text, at, x, y)
    return _finite(x.value), _finite(y.value)


def _right(text: Any, at: int) -> float:
    from pypdfium2.raw import FPDFText_GetCharBox

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    FPDFText_GetCharBox(text, at, left, right, bottom, top)
    return _finite(right.value)
