"""Text that every store, index and platform takes: well-formed Unicode, composed (pure).

JSON may name half a character, a decoder may leave one, and Python holds the undecodable bytes of a
name as halves. No encoder takes those, PostgreSQL takes no NUL, XML neither that nor noncharacters.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

MOST_MARKS = 30
"""Combining marks in a row: no writing has more (Unicode Annex 15, stream-safe text), and to put them
in their order takes time quadratic in their number."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_PLANES = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
# Controls but for white space, and noncharacters.
_NOWHERE = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef{_PLANES}]")
_MAYBE_MARKS = re.compile(rf"[^\w\s!-~]{{{MOST_MARKS + 1},}}")


def well_formed(text: str) -> str:
    """``text`` in Normalization Form C, without anything that is no character; in linear time.

    Two halves of a character are joined, a lone one becomes U+FFFD. Controls that are no white space
    (NUL, ESC, …) and noncharacters are left out, and so is every mark beyond MOST_MARKS in a row.
    """
    if not text.replace("\n", "").isprintable():  # a printable text has none of these
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        text = _NOWHERE.sub("", text)
    return text if text.isascii() else normalize("NFC", _MAYBE_MARKS.sub(_bounded, text))


def _bounded(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in run[0]:
        # Some marks are written as two or three once they are decomposed.
        marks = marks + len(normalize("NFD", char)) if category(char).startswith("M") else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
