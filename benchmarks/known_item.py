"""An article that somebody remembers by its headline: at which place a search finds it.

    python benchmarks/known_item.py --data DIR [--articles 15000] [--queries 1000]

Mean reciprocal rank (of the ten best) of articles of Reuters-21578 whose headlines nobody else has: the headline as typed, three
words of it, and both with two letters of one word exchanged. The peer is SQLite's FTS5 over headline and body, stemmed,
ranked by bm25, all words wanted.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import re
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_up import START, library
from bot.domain.model import Article, Entry, Span, Summary
from bot.domain.query import parse
from bot.search.index import IndexSettings, open_index, rebuild
from bot.store.library import SqlLibrary
from bot.store.sql.database import open_store

BEST = 10
WORD = re.compile(r"[A-Za-z]{2,}")
Ask = Callable[[Sequence[str]], Awaitable[list[int]]]


class Reuters:
    """Writes the set's articles as entries, in its order."""

    def __init__(self, data: Path) -> None:
        lines = (data / "reuters21578" / "dev.jsonl").open(encoding="utf-8")
        self.rows = [row for row in map(json.loads, lines) if row["title"] and row["text"].strip()]

    def entries(self) -> Iterator[Entry]:
        for which, row in enumerate(self.rows, 1):
            text = row["text"].strip()
            spans = (Span(0, len(text)),)
            article = Article(
                title=row["title"],
                text=text,
                paragraphs=spans,
                content_key=hashlib.sha256(f"{which}".encode()).hexdigest(),
                language="en",
            )
            added = START + timedelta(minutes=which)
            yield Entry(which, which, article, Summary(spans, "lead"), (), f"{which}.txt", added, story=which)


def mistyped(words: Sequence[str], draw: random.Random) -> list[str]:
    """The words with two neighbouring letters of a long one exchanged."""
    at = max(range(len(words)), key=lambda one: len(words[one]))
    word, place = words[at], draw.randrange(1, max(2, len(words[at]) - 2))
    changed = f"{word[:place]}{word[place + 1 : place + 2]}{word[place]}{word[place + 2 :]}"
    return [*words[:at], changed, *words[at + 1 :]]


def asked(rows: Sequence[dict[str, Any]], count: int) -> dict[str, list[tuple[int, list[str]]]]:
    """By kind: the id of the article that is looked for, and the words."""
    draw = random.Random(5)
    titles = Counter(row["title"].casefold() for row in rows)
    known = [
        (which, found)
        for which, row in enumerate(rows, 1)
        if titles[row["title"].casefold()] == 1 and len(found := WORD.findall(row["title"])) >= 3
    ]
    whole = draw.sample(known, min(count, len(known)))
    three = [(which, sorted(draw.sample(range(len(words)), 3))) for which, words in whole]
    some = [
        (which, [words[at] for at in places])
        for (which, places), (_, words) in zip(three, whole, strict=True)
    ]
    return {
        "headline": whole,
        "three words": some,
        "headline, mistyped": [(which, mistyped(words, draw)) for which, words in whole],
        "three words, mistyped": [(which, mistyped(words, draw)) for which, words in some],
    }


async def rank(ask: Ask, queries: Sequence[tuple[int, list[str]]]) -> float:
    found = [(which, await ask(words)) for which, words in queries]
    return sum(1 / (1 + ids.index(which)) for which, ids in found if which in ids) / len(found)


async def measure(data: Path, articles: int, queries: int, folder: Path) -> None:
    writer = Reuters(data)
    writer.rows = writer.rows[:articles]
    settings = await library(folder / "library.db", len(writer.rows), writer)
    async with await open_store(settings) as database:
        await rebuild(IndexSettings(folder / "index"), SqlLibrary(database))
    index = open_index(IndexSettings(folder / "index"))
    fts5 = sqlite3.connect(":memory:")
    fts5.execute("CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize='porter unicode61')")
    for entry in islice(writer.entries(), articles):
        fts5.execute(
            "INSERT INTO texts(rowid, title, body) VALUES (?, ?, ?)",
            (entry.id, entry.article.title, entry.article.text),
        )

    async def ours(words: Sequence[str]) -> list[int]:
        matches = await index.search(parse(" ".join(words)).query, now=START, limit=BEST)
        return [one.entry for one in matches.matches]

    async def theirs(words: Sequence[str]) -> list[int]:
        query = " ".join(f'"{word}"' for word in words)
        rows = fts5.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?", (query, BEST)
        )
        return [row[0] for row in rows]

    print(f"{len(writer.rows)} articles, {queries} looked for: MRR    copydesk     FTS5")
    for kind, found in asked(writer.rows, queries).items():
        print(f"{kind:<38}{await rank(ours, found):>13.3f}{await rank(theirs, found):>9.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=15_000)
    parser.add_argument("--queries", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(options.data, options.articles, options.queries, Path(folder)))


if __name__ == "__main__":
    main()
