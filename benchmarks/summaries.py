"""ROUGE of every summary method against human references: `summaries.py --data DIR [--limit N]`."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

from rouge_score.rouge_scorer import RougeScorer

from bot.model import Article, Span
from bot.summary.marks import PARAGRAPH_BREAK
from bot.summary.summarizers import METHODS, summarizer

SETS = ("cnndm", "realsumm", "writer_summaries", "newsroom60")
KEYS = ("rouge1", "rouge2", "rougeLsum")


def rows(path: Path, limit: int | None) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            yield json.loads(line)


def article(text: str) -> Article:
    spans, start = [], 0
    for gap in PARAGRAPH_BREAK.finditer(text):
        spans.append(Span(start, gap.start()) if gap.start() > start else None)
        start = gap.end()
    if start < len(text):
        spans.append(Span(start, len(text)))
    return Article(
        title=None, text=text, paragraphs=tuple(filter(None, spans)), content_key="", language="en"
    )


def score(method: str, articles: list[Article], references: list[str], count: int) -> tuple[float, ...]:
    scorer = RougeScorer(list(KEYS), use_stemmer=True)
    choose = summarizer(method)
    started = time.perf_counter()
    chosen = [[span.of(one.text) for span in choose(one, sentences=count).sentences] for one in articles]
    seconds = time.perf_counter() - started
    found = [
        scorer.score(reference, "\n".join(sentences))
        for reference, sentences in zip(references, chosen, strict=True)
    ]
    figures = [100 * fmean(one[key].fmeasure for one in found) for key in KEYS]
    words = fmean(sum(len(sentence.split()) for sentence in sentences) for sentences in chosen)
    return (*figures, words, 1000 * seconds / len(articles))


def reference_of(row: dict[str, object]) -> str:
    sentences = row.get("reference_sents")
    return "\n".join(map(str, sentences)) if isinstance(sentences, list) else str(row["reference"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="only the first N articles of each set")
    parser.add_argument("--sentences", type=int, default=3)
    parser.add_argument("--methods", nargs="+", default=METHODS, choices=METHODS)
    options = parser.parse_args()
    for name in SETS:
        path = options.data / name / "dev.jsonl"
        if not path.is_file():
            print(f"{name}: no {path}, left out")
            continue
        read = list(rows(path, options.limit))
        articles = [article(str(row["text"])) for row in read]
        references = [reference_of(row) for row in read]
        print(f"\n{name} ({len(read)} articles, {options.sentences} sentences; lead is Lead-3 at three)")
        print(f"{'method':<12}{'R1':>7}{'R2':>7}{'RLsum':>7}{'words':>7}{'ms':>8}")
        for method in options.methods:
            r1, r2, rl, words, ms = score(method, articles, references, options.sentences)
            print(f"{method:<12}{r1:>7.1f}{r2:>7.1f}{rl:>7.1f}{words:>7.0f}{ms:>8.1f}")


if __name__ == "__main__":
    main()
