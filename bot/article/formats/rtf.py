"""RTF: the text of a Rich Text document, by striprtf, its paragraphs kept apart."""

from __future__ import annotations

import re

from bot.article.encoding import tidy
from bot.article.text.blocks import blocks
from bot.article.text.page import Found, find
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason

MAX_TEXT = 5_000_000
"""Characters of a document without its pictures; a novel has one million."""

# The bytes of a picture, written as digits: one long row, or five at least. The sum of a file is shorter.
_PICTURE = re.compile(
    r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{500,}|[0-9A-Fa-f]{32,}(?:\s{1,4}[0-9A-Fa-f]{32,}){4,})\s{0,4}"
)
# striprtf looks for addresses of links and for fonts with patterns whose time is quadratic in a line.
_LINK = re.compile(r"\\fldinst", re.IGNORECASE)
_FONT = re.compile(r"\\f(?=\d)")
# Numbers of characters that there are not, and how many signs stand in for one without the number: striprtf stops at either.
_NO_CHARACTER = re.compile(r"(?<!\\)\\u(?:(-\d{5,10}|\d{7,10})|c(?![a-z0-9-]))")
_PARAGRAPH = re.compile(r"\\(?:par|sect|page|row)(?![a-z])|\\(?=\r?\n)")
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
# Words that are deleted or hidden: of a group that says so among its first commands.
_UNSEEN = re.compile(r"\{(?=(?:\\[a-z]{1,32}-?\d{0,10} ?){0,20}?\\(?:deleted|v)(?![a-z0-9]))")


def read_rtf(document: Document) -> Found | None:
    """The article in an RTF file; ``None`` when it has no text. Raises as :func:`rich_text` does."""
    return find(blocks(rich_text(document)), document.received, menus=False)


def rich_text(document: Document) -> str:
    """The text of an RTF file, an empty line between two paragraphs.

    Pictures, notes, heads and feet, and what is deleted or hidden are no part of it; rows of a table are
    lines. Raises UnreadableDocument for a longer text than MAX_TEXT, and whatever striprtf raises.
    """
    from striprtf.striprtf import rtf_to_text

    text = _PICTURE.sub("", document.data.decode("latin-1"))
    if len(text) > MAX_TEXT:
        raise UnreadableDocument(document.name, Reason("rtf.too_long", count=len(text), most=MAX_TEXT))
    text = _UNSEEN.sub(r"{\\*", _CELL.sub(r"\\tab", _LINK.sub(r"\\fldtype", text)))
    text = _NO_CHARACTER.sub(_replaced, _PARAGRAPH.sub(r"\\par\\par ", _fonts_apart(text)))
    return tidy(rtf_to_text(text, errors="replace"))


def _replaced(found: re.Match[str]) -> str:
    """A character's number, which is U+FFFD's where there is no such character; nothing for what has no number."""
    number = found[1]
    return found[0] if number and -0x10000 <= int(number) <= 0x10FFFF else "\\u65533 " if number else ""


def _fonts_apart(text: str) -> str:
    """The same with each font of the table on a line of its own, and its entry closed."""
    start = text.find("\\fonttbl")
    if start < 0:
        return text
    end = min(
        (at for mark in ("\\colortbl", "\\stylesheet", "\\pard") if (at := text.find(mark, start)) > 0),
        default=len(text),
    )
    return text[:start] + _FONT.sub(r";\n\\f", text[start:end]) + text[end:]
