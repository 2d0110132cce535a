"""Text as broken programs leave it: halves of characters, NUL, noncharacters, accents apart."""

from __future__ import annotations

import re
from unicodedata import is_normalized

from hypothesis import strategies as st

ODD = (
    "\ud83d", "\ude00", "\udfff", "\udce9", "\x00", "\x07", "\x1b", "\x85", "\x9f", "\ufdd0", "\ufffe", "\uffff", "\U0001fffe",
    "\U0010ffff", "e\u0301", "\u0301", "\u212b", "\u0344", "\u0f73", "\u1100\u1161", "\U0001f600", "\u200b", "\u200d", "\u202e", "\t", "\r",
    "\n", "\u2028", "\ufeff", "q", "é", "中", '"', "\\", "<", "&",
)  # fmt: skip
EVERYTHING = "".join(ODD)
PRINTED = EVERYTHING.replace("\x00", "")
"""Without what makes a file of text a binary one."""

odd_texts = st.lists(st.sampled_from(ODD), max_size=12).map("".join)

_NEVER = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def is_well_formed(*texts: str | None) -> bool:
    """Whether every store, index and platform can take each of the texts, composed as it should be."""
    return all(_NEVER.search(text) is None and is_normalized("NFC", text) for text in texts if text)
