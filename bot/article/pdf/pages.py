"""PDF: the words of the pages with their places, by PDFium, put back into paragraphs."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

from bot.article.encoding import tidy
from bot.article.pdf.columns import running_text
from bot.article.pdf.reading_order import Line
from bot.article.text.blocks import blocks
from bot.article.text.page import Found, find
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason

MAX_PAGES = 300
"""The most pages: a newspaper has a hundred, and a page takes some 20 ms."""

MAX_SHOWN = 100_000
"""The most characters that a page may show; a newspaper's page shows some thirty thousand."""

_BREAKS = frozenset({0x0A, 0x0D})
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
    return find(blocks(tidy(running_text(pages))), document.received)


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
    words = list(_words(text.raw, shown))
    text.close()
    page.close()
    return words


def _words(text: Any, shown: int) -> Iterator[Line]:
    """The words with their places, in the order in which the page draws them."""
    from pypdfium2.raw import FPDFText_GetUnicode

    letters: list[str] = []
    first = 0
    for at in range(shown + 1):
        code = FPDFText_GetUnicode(text, at) if at < shown else 0x0A
        ends = code in _BREAKS or code in _HYPHENS
        if code in _HYPHENS and letters:
            letters.append("-")
        elif not ends and code > 0x20 and code != 0xA0 and not 0xD800 <= code < 0xE000:
            if not letters:
                first = at
            letters.append(chr(code))
            last = at
            continue
        if letters:
            yield _placed("".join(letters), text, first, last)
            letters = []


def _placed(word: str, text: Any, first: int, last: int) -> Line:
    """A word with the origin of its first character, the right end of its last, and how high it is set."""
    from pypdfium2 import raw

    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    raw.FPDFText_GetCharBox(text, last, left, right, bottom, top)
    raw.FPDFText_GetCharOrigin(text, first, x, y)
    matrix = raw.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if raw.FPDFText_GetMatrix(text, first, matrix) else 1.0
    size = raw.FPDFText_GetFontSize(text, first) * (scale or 1.0)
    found = (x.value, right.value, y.value, size)
    return Line(word, *(value if math.isfinite(value) else 0.0 for value in found))
