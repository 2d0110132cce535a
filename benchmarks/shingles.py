"""The measure of article_extraction_benchmark's own script: runs of four words, as multisets.

Both sides are composed (NFC) first: Copydesk composes what it reads, and two pages of the sets, and what is
expected of them, write accents apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

TOKEN = re.compile(r"\w+")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(unicodedata.normalize("NFC", text))
    return Counter(tuple(tokens[at : at + 4]) for at in range(max(1, len(tokens) - 3)))


def score(truth: str, found: str) -> tuple[float, float]:
    """Precision and recall of one document."""
    wanted, given = shingles(truth), shingles(found)
    hits = (wanted & given).total()
    return (hits / given.total() if found else 0.0), hits / wanted.total()


def f1(scores: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Precision and recall averaged over documents, and F1 of the two averages."""
    precision = sum(p for p, _ in scores) / len(scores)
    recall = sum(r for _, r in scores) / len(scores)
    return precision, recall, 2 * precision * recall / (precision + recall)
