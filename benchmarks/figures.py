"""Figures that disagree, within stories: each pair of lines that is set side by side, for a person to judge.

    python benchmarks/figures.py --data DIR [--sets NAME ...]

The stories are those of the set where it names them, else the desk's own. Every two articles of a story count as two outlets
on one day, so that as many pairs are seen as there can be.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.stories import ours
from bot.article.fields.fingerprint import fingerprint
from bot.digest.figures import differing
from bot.domain.model import Article, Entry, Span, Summary

SETS = (
    "giveme5w1h_clusters",
    "ecbplus_clusters",
    "uci_headline_clusters",
    "ag_news_test",
    "reuters21578",
    "cnndm",
)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
_SPACED = ((re.compile(r"(\d)([.,]) (?=\d)"), r"\1\2"), (re.compile(r"(\d) - (?=magnitude)"), r"\1-"))
"""ECB+ writes "6. 1 - magnitude" for what its articles have as "6.1-magnitude"."""


def stories(path: Path) -> Iterator[list[Entry]]:
    """The articles of each story."""
    with path.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row.get("text") or row.get("title")]
    articles = [_article(row) for row in rows]
    found = [row["cluster"] for row in rows] if "cluster" in rows[0] else ours((one, NOW) for one in articles)
    grouped: dict[object, list[Entry]] = defaultdict(list)
    for number, (article, story) in enumerate(zip(articles, found, strict=True), start=1):
        grouped[story].append(Entry(number, number, article, Summary((), ""), (), "", NOW, 1))
    yield from grouped.values()


def _article(row: dict[str, str]) -> Article:
    text = row.get("text") or row["title"]
    for spaced, joined in _SPACED:
        text = spaced.sub(joined, text)
    paragraphs = (Span(0, len(text)),)
    return Article(
        row.get("title"), text, paragraphs, row["id"], fingerprint(text), "en", NOW, "minute", row["id"]
    )


def main() -> None:
    """Print each pair once, and how many there are."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=SETS)
    options = parser.parse_args()
    for name in options.sets:
        seen: dict[frozenset[str], None] = {}
        for story in stories(options.data / name / "dev.jsonl"):
            for pair in combinations(story, 2):
                if lines := differing(pair):
                    seen[frozenset(line.text for line in lines)] = None
        print(f"{name}: {len(seen)}")
        for texts in seen:
            print(*(f"    {text}" for text in sorted(texts)), "", sep="\n")


if __name__ == "__main__":
    main()
