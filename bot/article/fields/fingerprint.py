"""A key that is equal for equal texts, and a sketch that shows how much two texts share."""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from hashlib import blake2b, sha256
from unicodedata import normalize

SHINGLE = 4
"""Words in a shingle: wire copy shares many runs of four words, two reports on one event few."""

_WORD = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+")
"""A word, or a character of a script that puts no space between words."""


def content_key(text: str) -> str:
    """A hash of the words of ``text``, whatever its case, spacing and punctuation; 32 hex digits."""
    return sha256(" ".join(_words(text)).encode()).hexdigest()[:32]


def fingerprint(text: str, k: int = 64) -> tuple[int, ...]:
    """The ``k`` smallest hashes of the four-word shingles, ascending, each a signed 64-bit integer.

    A text of one to three words is one shingle; a text without words has no fingerprint.
    """
    hashes = b"".join([blake2b(each.encode(), digest_size=8).digest() for each in shingles(text)])
    return tuple(sorted(struct.unpack(f">{len(hashes) // 8}q", hashes))[:k])


def shingles(text: str) -> frozenset[str]:
    """The runs of four words in ``text``, whatever its case, spacing and punctuation."""
    words = _words(text)
    if len(words) <= SHINGLE:
        return frozenset([" ".join(words)]) if words else frozenset()
    return frozenset(map(" ".join, zip(*(words[at:] for at in range(SHINGLE)), strict=False)))


@lru_cache(maxsize=2)  # The key and the sketch of an article are asked one after the other.
def _words(text: str) -> tuple[str, ...]:
    # PDF files write accents apart and letters joined: é as e and an accent, fi as one sign.
    return tuple(_WORD.findall(text.casefold() if text.isascii() else normalize("NFKC", text).casefold()))
