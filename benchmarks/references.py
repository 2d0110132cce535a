"""The sets with summaries by people, read alike by every script here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from nltk.stem.porter import PorterStemmer

from bot.domain.model import Article, Span
from bot.summary.document import worthwhile
from bot.text.quotation_marks import PARAGRAPH_BREAK

SETS = ("cnndm", "realsumm", "summeval", "writer_summaries", "newsroom60", "gum_wikinews")
FOLDS = 5
_STEM = PorterStemmer()


def article(text: str, title: str | None = None) -> Article:
    spans, start = [], 0
    for gap in PARAGRAPH_BREAK.finditer(text):
        spans.append(Span(start, gap.start()) if gap.start() > start else None)
        start = gap.end()
    if start < len(text):
        spans.append(Span(start, len(text)))
    return Article(
        title=title, text=text, paragraphs=tuple(filter(None, spans)), content_key="", language="en"
    )


@dataclass(frozen=True)
class Case:
    """An article and what people wrote of it; the first reference is the one that tables use."""

    set: str
    id: str
    article: Article
    references: tuple[str, ...] = field(repr=False)

    @cached_property
    def fold(self) -> int:
        """Which fifth it belongs to: by its text, since some articles stand in several sets."""
        letters = "".join(
            letter for letter in self.article.text.lower() if letter.isascii() and letter.isalnum()
        )
        return int(hashlib.sha1(letters[:300].encode()).hexdigest()[:12], 16) % FOLDS

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        return worthwhile(self.article)

    @cached_property
    def texts(self) -> list[str]:
        return [span.of(self.article.text) for span in self.spans]

    @cached_property
    def stems(self) -> list[list[str]]:
        return [stems(text) for text in self.texts]


def cases(
    data: Path, sets: Sequence[str] = SETS, limit: int | None = None, half: str = "dev"
) -> Iterator[Case]:
    for name in sets:
        path = data / name / f"{half}.jsonl"
        if not path.is_file():
            print(f"{name}: no {path}, left out")
            continue
        for line in path.read_text(encoding="utf-8").splitlines()[:limit]:
            yield _case(name, json.loads(line))


def _case(name: str, row: dict[str, object]) -> Case:
    lines = row.get("reference_sents")
    first = "\n".join(map(str, lines)) if isinstance(lines, list) else str(row["reference"])
    others = row.get("references")
    more = tuple(map(str, others[1:])) if isinstance(others, list) else ()
    title = row.get("title")
    made = article(str(row["text"]), str(title) if title else None)
    return Case(name, str(row["id"]), made, (first, *more))


@cache
def _stem(word: str) -> str:
    return _STEM.stem(word) if len(word) > 3 else word


def stems(text: str) -> list[str]:
    """The tokens of rouge-score with its stemmer on, ten times as fast."""
    return [_stem(word) for word in re.sub(r"[^a-z0-9]+", " ", text.lower()).split()]
