"""PDF: the text of the pages, by pypdf, put back into paragraphs."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from bot.article.encoding import tidy
from bot.article.formats.columns import Line, running_text
from bot.article.text.blocks import blocks
from bot.article.text.page import Found, find
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document

MAX_PAGES = 300
"""The most pages: a newspaper has a hundred, and a page takes some 10 ms."""

MAX_SHOWN = 50_000
"""The most pieces of text that a page may show; a newspaper page shows some thousand."""


def read_pdf(document: Document) -> Found | None:
    """The article in a PDF file; ``None`` when its text is no article.

    Raises UnreadableDocument for a locked, an endless or a scanned one, and whatever pypdf raises.
    """
    from pypdf import PdfReader  # 100 ms that few documents need

    reader = PdfReader(io.BytesIO(document.data), strict=False)
    if reader.is_encrypted and not _unlocked(reader):
        raise UnreadableDocument(document.name, "this PDF is locked by a password; save it without one")
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise UnreadableDocument(
            document.name,
            f"this PDF has {count:,} pages and the most is {MAX_PAGES}; save the article's own pages",
        )
    pages = [_lines(page, document) for page in reader.pages]
    if not any(pages):
        raise UnreadableDocument(
            document.name,
            "this PDF has pictures of pages and no text; let a text recognition run over it first",
        )
    return find(blocks(tidy(running_text(pages))), document.received)


def _unlocked(reader: Any) -> bool:
    """Whether the empty password opens it: such a file forbids printing, not reading."""
    from pypdf.errors import DependencyError

    try:
        return bool(reader.decrypt(""))
    except (DependencyError, NotImplementedError):  # pypdf's, for ciphers that it does not read
        return False


def _lines(page: Any, document: Document) -> list[Line]:
    """The pieces of the page's lines in the order in which it writes them.

    A piece ends with its line, or where the next one stands far to its right.
    """
    found: list[Line] = []
    shown = 0
    fresh = True  # whether the next piece begins a line

    def seen(text: str, matrix: list[float], shift: list[float], _font: object, size: float) -> None:
        nonlocal shown, fresh
        shown += 1
        if shown > MAX_SHOWN:
            raise UnreadableDocument(
                document.name,
                f"this PDF has a page of more than {MAX_SHOWN:,} pieces of text; save it as text",
            )
        for number, row in enumerate(text.split("\n")):
            fresh = fresh or number > 0
            if not row.strip():
                continue
            piece = Line(row, *_place(matrix, shift, size))
            if fresh or _far(found[-1], piece):
                found.append(piece)
            else:
                found[-1] = replace(found[-1], text=found[-1].text + row)
            fresh = False

    page.extract_text(visitor_text=seen)
    return found


def _far(before: Line, piece: Line) -> bool:
    """Whether ``piece`` begins well beyond the end of ``before``; a letter is half as wide as high."""
    width = len(before.text) * before.size / 2
    return piece.x - before.x > width * 1.2 + 2 * before.size


def _place(matrix: list[float], shift: list[float], size: float) -> tuple[float, float, float]:
    """Where a text stands on the page, and how large: text space into page space (ISO 32000-1, 9.4.4)."""
    a, b, c, d, e, f = matrix
    x, y = shift[4], shift[5]
    scale = abs(shift[3] * d) or abs(shift[1] * c) or 1.0
    return x * a + y * c + e, x * b + y * d + f, abs(size) * scale
