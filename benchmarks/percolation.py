"""Many standing queries against a batch of new articles: matched at once, and one search each.

    python benchmarks/percolation.py [--subscriptions 10000] [--new 1000] [--articles 10000] [--peer 500]

Seconds of CPU. The queries are of one to three words, phrases, beginnings, exclusions, outlets and speakers. The peer asks
Copydesk's own index, which holds the new articles and the older ones, for the same window: ``--peer`` of
the queries, times all. Both must find the same.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_up import OUTLETS, START, Writer, library
from bot.domain.model import Entry, Window
from bot.domain.query import parse
from bot.domain.query_nodes import Query
from bot.search import percolator
from bot.search.index import IndexSettings, open_index, rebuild
from bot.search.percolator import Percolator
from bot.store.library import SqlLibrary
from bot.store.sql.database import open_store

TICKS = 20
"""Moments with one new article each, as alerts have them."""


class Arriving(SqlLibrary):
    """A library that tells of one article after the other."""

    newest = 0

    async def revision(self) -> int:
        return self.newest

    async def after_revision(self, revision: int, *, limit: int) -> tuple[Entry, ...]:
        return await super().after_revision(revision, limit=min(limit, self.newest - revision))


def queries(english: Sequence[str]) -> Iterator[Query]:
    """What people subscribe to, without end; seven in ten are words."""
    draw = random.Random(3)
    while True:
        words = draw.choices(english[200:10_000], k=3)
        kinds = (
            *(" ".join(words[: draw.randint(1, 3)]) for _ in range(7)),
            f"{words[0]} OR {words[1]} OR {words[2]}",
            f'{words[0]} -{words[1]} source:"{draw.choice(OUTLETS)}"',
            draw.choice((f'"{words[0]} {words[1]}"', f"{words[0]}*", f"said:{words[0]} {english[20]}")),
        )
        yield parse(draw.choice(kinds)).query


async def measure(folder: Path, options: argparse.Namespace) -> None:
    writer = Writer(length=options.words)
    newest = options.articles + options.new
    asked = [one for one, _ in zip(queries(writer.english), range(options.subscriptions), strict=False)]
    async with await open_store(await library(folder / "library.db", newest, writer)) as database:
        kept, settings = SqlLibrary(database), IndexSettings(folder / "index")
        await rebuild(settings, kept)
        index, window = open_index(settings), Window(options.articles, newest)
        percolator.EACH, percolator.BACKLOG = options.new, options.new  # all of them, as while they come
        standing, arriving = Percolator(kept), Arriving(database)
        by_one = Percolator(arriving)
        started = time.process_time()
        await standing.watch(asked)
        found = [await standing.matching(one, window, now=START) for one in asked]
        at_once = time.process_time() - started
        arriving.newest = newest - TICKS
        await by_one.watch(asked)
        started = time.process_time()
        for arriving.newest in range(newest - TICKS + 1, newest + 1):
            await by_one.watch(asked)
        tick = (time.process_time() - started) / TICKS
        started = time.process_time()
        searched = [await index.matching(one, window, now=START) for one in asked[: options.peer]]
        each = (time.process_time() - started) / max(1, len(searched))
    print(f"{options.subscriptions:,} subscriptions, {options.new:,} new articles of {options.words} words,")
    print(f"{options.articles:,} older ones; {sum(map(len, filter(None, found))):,} matches")
    print(f"{'at once':<20}{at_once:>8.2f} s")
    whole = each * len(asked)
    print(f"{'one search each':<20}{whole:>8.2f} s ({1000 * each:.2f} ms each): {whole / at_once:.0f} times")
    print(f"{'one new article':<20}{tick:>8.3f} s, a search each {whole:.2f} s: {whole / tick:.0f} times")
    print("the same was found" if searched == found[: options.peer] else "WHAT WAS FOUND DIFFERS")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--subscriptions", type=int, default=10_000)
    parser.add_argument("--new", type=int, default=1_000)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=700)
    parser.add_argument("--peer", type=int, default=500)
    parser.add_argument("--data", help=argparse.SUPPRESS)  # as every table is given it
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        asyncio.run(measure(Path(made), options))


if __name__ == "__main__":
    main()
