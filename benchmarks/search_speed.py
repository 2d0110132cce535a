"""A warm search by kind: Copydesk, SQLite's FTS5 by rank, and a bare query of tantivy on the same articles.

    python benchmarks/search_speed.py [--articles 10000] [--words 150] [--queries 200] [--keep FOLDER]

Milliseconds of CPU, because a clock tells what else the machine does. Each gives the ten best; Copydesk and the bare
query count all matches, too. The bare query asks Copydesk's own index for the stems in title and
body, without weights, filters and freshness. FTS5 has no word for who said something and forgives no typing error.
``--keep`` leaves the library and both indexes in a folder, and uses what an earlier run left there.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import tantivy

from benchmarks.made_up import START, Writer, library
from bot.domain.query import parse
from bot.search.fields import SCHEMA
from bot.search.index import IndexSettings, TantivyIndex, open_index, rebuild
from bot.search.words import words
from bot.store.library import SqlLibrary
from bot.store.sql.database import StoreSettings, open_store

Ask = Callable[[str], Any]
_BEST = 10


def _queries(store: Path, english: Sequence[str], count: int) -> Iterator[tuple[str, list[str]]]:
    draw = random.Random(3)
    with sqlite3.connect(store) as connection:
        rows = connection.execute(
            "SELECT text, quotes FROM entries WHERE language = 'en' LIMIT 5000"
        ).fetchall()
    pairs = []
    for text, _ in draw.choices(rows, k=count):
        run = text.split(".")[0].replace(",", "").replace("“", "").split()
        at = draw.randrange(max(1, len(run) - 2))
        pairs.append(f'"{" ".join(run[at : at + 2])}"')
    long = [word for word in english[500:8000] if len(word) > 7]
    yield "a rare word", draw.choices(english[10_000:], k=count)
    yield "a word", draw.choices(english[200:2000], k=count)
    yield "a common word", draw.choices(english[:50], k=count)
    yield "three words", [" ".join(draw.choices(english[50:2000], k=3)) for _ in range(count)]
    yield "a phrase", pairs
    yield "a beginning", [f"{word[:5]}*" for word in draw.choices(long, k=count)]
    yield (
        "said: and a word",
        [f"said:{draw.choice(english[1000:5000])} {draw.choice(english[:50])}" for _ in range(count)],
    )
    yield "mistyped", [f"{word[:3]}zq{word[5:]}" for word in draw.choices(long, k=count)]


def _fts5(store: Path, folder: Path) -> Ask:
    path = folder / "fts5.db"
    made = path.exists()
    connection = sqlite3.connect(path)
    if not made:
        connection.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(title, body, content='', tokenize='porter unicode61')"
        )
        connection.execute("ATTACH ? AS library", (str(store),))
        connection.execute(
            "INSERT INTO texts(rowid, title, body) SELECT id, title, text FROM library.entries"
        )
        connection.commit()
    best = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?"
    return lambda query: connection.execute(best, (query, _BEST)).fetchall()


def _bare(path: Path) -> Ask:
    from bot.search import folder

    searcher = folder.opened(path).searcher()

    def ask(query: str) -> Any:
        runs = [words(query, "en")] if query.startswith('"') else [(word,) for word in words(query, "en")]
        clauses = [(tantivy.Occur.Must, _anywhere(run)) for run in runs]
        return searcher.search(tantivy.Query.boolean_query(clauses), limit=_BEST)

    return ask


def _anywhere(run: Sequence[str]) -> tantivy.Query:
    if len(run) == 1:
        places = [tantivy.Query.term_query(SCHEMA, field, run[0]) for field in ("title", "body")]
    else:
        places = [tantivy.Query.phrase_query(SCHEMA, field, list(run)) for field in ("title", "body")]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, place) for place in places])


def _ours(index: TantivyIndex, loop: asyncio.AbstractEventLoop) -> Ask:
    return lambda query: loop.run_until_complete(index.search(parse(query).query, now=START, limit=_BEST))


def _timed(ask: Ask, queries: Sequence[str]) -> str:
    for query in queries[:20]:
        ask(query)
    took = []
    for query in queries:
        started = time.process_time()
        ask(query)
        took.append(1000 * (time.process_time() - started))
    took.sort()
    return "".join(f"{took[min(len(took) - 1, len(took) * part // 100)]:>7.1f}" for part in (50, 95, 99))


async def _made(folder: Path, size: int, writer: Writer) -> None:
    store, index = folder / "library.db", folder / "index"
    settings = StoreSettings(f"sqlite:///{store}") if store.exists() else await library(store, size, writer)
    if not index.exists():
        async with await open_store(settings) as database:
            await rebuild(IndexSettings(index), SqlLibrary(database))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=150)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--data", help=argparse.SUPPRESS)  # as every table is given it
    options = parser.parse_args()
    writer, loop = Writer(length=options.words), asyncio.new_event_loop()
    with nullcontext(options.keep) if options.keep else tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.mkdir(exist_ok=True)
        loop.run_until_complete(_made(folder, options.articles, writer))
        store = folder / "library.db"
        ours, fts5, bare = (
            _ours(open_index(IndexSettings(folder / "index")), loop),
            _fts5(store, folder),
            _bare(folder / "index"),
        )
        print(f"{options.articles} articles of {options.words} words; milliseconds of CPU")
        print(f"{'':<20}" + "".join(f"{name:>21}" for name in ("copydesk", "FTS5", "bare tantivy")))
        print(f"{'':<20}" + f"{'p50':>7}{'p95':>7}{'p99':>7}" * 3)
        for kind, queries in _queries(store, writer.english, options.queries):
            line = f"{kind:<20}{_timed(ours, queries)}"
            if kind not in {"said: and a word", "mistyped"}:
                line += _timed(fts5, queries) + (_timed(bare, queries) if kind != "a beginning" else "")
            print(line, flush=True)
    loop.close()


if __name__ == "__main__":
    main()
