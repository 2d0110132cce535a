"""A stranger's text without what could colour, move or reorder the text around it."""

from __future__ import annotations

import re
import unicodedata

OPENS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
"""What opens a run of another direction, with what ends it (Unicode TR9): embeddings and overrides with PDF, isolates with PDI."""

CLOSES = frozenset(OPENS.values())
_BLANKS = re.compile("[\t\u2028\u2029\u0085]")


def safe(text: str) -> str:
    """The text without control characters and lone surrogates, its bidirectional marks balanced."""
    kept: list[str] = []
    open_marks: list[str] = []
    for char in _BLANKS.sub(" ", text):
        if char in OPENS:
            open_marks.append(OPENS[char])
        elif char in CLOSES:
            if not open_marks or open_marks[-1] != char:
                continue
            open_marks.pop()
        elif char != "\n" and unicodedata.category(char) in {"Cc", "Cs"}:
            continue
        kept.append(char)
    return "".join(kept) + "".join(reversed(open_marks))
