"""How well `digest.stories.place` groups articles, one at a time as they arrive.

    python benchmarks/stories.py --data DIR

Pairs of articles in one story are compared with pairs in one group of the reference. The candidates
are the twenty earlier articles that share most rare words in title and opening, as the search index
would give them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import combinations
from math import log
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.article.fields.fingerprint import fingerprint
from bot.domain.model import Article, Entry, Span, Summary
from bot.stories.placement import gist_of, place

SETS = ("giveme5w1h_clusters", "ecbplus_clusters")
CANDIDATES = 20


def moment(text: str | None) -> datetime | None:
    when = datetime.fromisoformat(text) if text else None
    return when.replace(tzinfo=when.tzinfo or UTC) if when else None


def articles(path: Path) -> list[tuple[Article, str]]:
    found = []
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            article = Article(
                title=row.get("title"),
                text=row["text"],
                paragraphs=(Span(0, len(row["text"])),),
                content_key=row["id"],
                fingerprint=fingerprint(row["text"]),
                published=moment(row.get("date")),
                source=row.get("source"),
            )
            found.append((article, row["cluster"]))
    latest = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: (one[0].published or latest, one[0].content_key))


def grouped(stream: list[Article]) -> tuple[list[int], float]:
    """The story of each article, and the seconds that `place` took."""
    entries: list[Entry] = []
    held: dict[str, list[int]] = defaultdict(list)
    took = 0.0
    for number, article in enumerate(stream):
        gist = gist_of(article)
        words = gist.head | gist.lead
        scores: dict[int, float] = defaultdict(float)
        for word in words:
            for other in held[word]:
                scores[other] += log(1 + len(entries) / len(held[word]))
        nearest = sorted(scores, key=lambda one: (-scores[one], one))[:CANDIDATES]
        start = perf_counter()
        story = place(article, [entries[one] for one in nearest])
        took += perf_counter() - start
        entries.append(
            Entry(
                id=number,
                revision=number,
                article=article,
                summary=Summary((), "none"),
                quotes=(),
                origin=article.content_key,
                added=datetime.min.replace(tzinfo=UTC),
                story=number if story is None else story,
            )
        )
        for word in words:
            held[word].append(number)
    return [entry.story for entry in entries], took


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--wrong", action="store_true", help="print the pairs that were wrongly joined")
    chosen = options.parse_args()
    print(
        f"{'set':22}{'articles':>9}{'stories':>9}{'reference':>10}{'precision':>11}{'recall':>8}{'ms each':>9}"
    )
    for name in SETS:
        rows = articles(chosen.data / name / "dev.jsonl")
        stories, took = grouped([article for article, _ in rows])
        groups = [group for _, group in rows]
        joined = [(a, b) for a, b in combinations(range(len(rows)), 2) if stories[a] == stories[b]]
        right = sum(groups[a] == groups[b] for a, b in joined)
        gold = sum(size * (size - 1) // 2 for size in Counter(groups).values())
        precision, recall = right / max(1, len(joined)), right / gold
        print(
            f"{name:22}{len(rows):9}{len(set(stories)):9}{len(set(groups)):10}"
            f"{precision:11.3f}{recall:8.3f}{1000 * took / len(rows):9.2f}"
        )
        if chosen.wrong:
            for a, b in joined:
                if groups[a] != groups[b]:
                    print(
                        "  ", *(repr(rows[i][0].title or rows[i][0].text[:80]) for i in (a, b)), sep="\n    "
                    )


if __name__ == "__main__":
    main()
