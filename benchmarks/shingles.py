"""The measure of article_extraction_benchmark's own script: runs of four words, as multisets."""

from __future__ import annotations

import re
from collections import Counter

TOKEN = re.compile(r"\w+")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(text)
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
