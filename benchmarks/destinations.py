"""Digests for many destinations of many new articles, and how long the loop stands still; against a query and a LexRank each.

    python benchmarks/destinations.py [--destinations 1000] [--articles 10000] [--peer 10]

Each destination has a query of its own, two words of two hundred, of which each article has two; one article in three is of a story
that another one told. The desk has its real store, index, workers and Slack's renderer, and posts nothing: what is timed is from a
slot's moment to the last staged part. A beat every five milliseconds measures how long the event loop was not free, and how much
of that the desk's process computed, whichever thread held the interpreter: on a machine with other work the rest is that work's.

The peer asks the same index for the same articles, and has sumy's LexRank choose ten of their leads: one query and one LexRank each,
of ``--peer`` destinations, times all. It renders, remembers and stages nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot import config
from bot.app import App, opened
from bot.article.fields.fingerprint import fingerprint
from bot.domain import query
from bot.domain.model import Article, Reading, Span, Summary, Window
from tests.fakes import FakeClock

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TOPICS = 200
SENTENCES, WORDS = 10, 16
BEAT = 0.005
OUTLETS = 40


def word(number: int) -> str:
    """An invented word for each number."""
    letters = "bdfghklmnprstvz"
    found = ""
    while not found or number:
        number, at = divmod(number, 75)
        found += letters[at % 15] + "aeiou"[at // 15]
    return f"q{found}"


def articles(count: int, seed: int = 1) -> list[tuple[Article, int | None, tuple[Span, ...]]]:
    """Each with the number of the story that it goes on with, counted from 1, or none, and its sentences."""
    chance = random.Random(seed)
    found: list[tuple[Article, int | None, tuple[Span, ...]]] = []
    topics: list[tuple[int, int]] = []
    for number in range(count):
        story = chance.randrange(number) if number and chance.random() < 1 / 3 else None
        if story is not None and (begun := found[story][1]) is not None:
            story = begun - 1
        about = topics[story] if story is not None else (chance.randrange(TOPICS), chance.randrange(TOPICS))
        topics.append(about)
        said = [sentence(chance, about, place) for place in range(SENTENCES)]
        text, spans, at = "\n\n".join(said), [], 0
        for one in said:
            spans.append(Span(at, at + len(one)))
            at += len(one) + 2
        title = f"{word(10_000 + number).title()} {word(about[0])} {word(about[1])} {number}"
        article = Article(
            title=title,
            text=text,
            paragraphs=tuple(spans),
            content_key=str(number),
            fingerprint=fingerprint(text),
            language="en",
            published=START - timedelta(seconds=chance.randrange(80_000)),
            published_precision="second",
            source=f"Outlet {number % OUTLETS}",
            url=f"https://news.example/{number}",
        )
        found.append((article, None if story is None else story + 1, tuple(spans)))
    return found


def sentence(chance: random.Random, about: tuple[int, int], place: int) -> str:
    """Words of one sentence; the first of an article names what it is about."""
    words = [word(1_000 + int(chance.expovariate(1 / 800))) for _ in range(WORDS)]
    if place == 0:
        words[3], words[7] = word(about[0]), word(about[1])
    return f"{' '.join(words).capitalize()} {chance.randrange(2, 900)}."


def asked(number: int, chance: random.Random) -> str:
    """What a destination wants."""
    return f"{word(chance.randrange(TOPICS))} OR {word(number % TOPICS)}"


@dataclass
class Beat:
    """How long the loop was not free at a stretch, and what of that the process computed, in seconds."""

    gaps: list[float] = field(default_factory=list)
    computed: list[float] = field(default_factory=list)

    @asynccontextmanager
    async def beating(self) -> AsyncIterator[None]:
        """Measure inside."""
        task = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            task.cancel()

    async def _beat(self) -> None:
        before, busy = time.perf_counter(), time.process_time()
        while True:
            await asyncio.sleep(BEAT)
            now, spent = time.perf_counter(), time.process_time()
            self.gaps.append(now - before - BEAT)
            self.computed.append(min(spent - busy, self.gaps[-1]))
            before, busy = now, spent


async def keep(app: App, made: Sequence[tuple[Article, int | None, tuple[Span, ...]]]) -> None:
    """The articles in the library and the index."""
    now = app.desk.clock.now()
    for number, (article, story, spans) in enumerate(made):
        reading = Reading(article, Summary(spans[:2], "lead"), ())
        name = str(number)
        await app.desk.library.keep(reading, origin=name, data_key=name, added=now, story=story)
    await app.desk.index.follow(app.desk.library)


def lexrank(leads: Sequence[str]) -> int:
    """Ten of the sentences, as the peer chooses them; how many."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.summarizers.lex_rank import LexRankSummarizer

    class Words:
        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(text.split())

    document = ObjectDocumentModel([Paragraph([Sentence(lead, Words()) for lead in leads])])
    return len(LexRankSummarizer()(document, 10))


async def peer(app: App, queries: Sequence[str], most: int) -> float:
    """Seconds for each destination."""
    window = Window(0, await app.desk.library.revision())
    lexrank(["a b.", "b c."])  # imports
    start = time.perf_counter()
    for wanted in queries[:most]:
        ids = await app.desk.index.matching(query.parse(wanted).query, window, now=app.desk.clock.now())
        entries = await app.desk.library.entries(ids)
        lexrank([entry.summary.sentences[0].of(entry.article.text) for entry in entries])
    return (time.perf_counter() - start) / most


async def measure(destinations: int, count: int, peers: int) -> None:
    chance = random.Random(2)
    queries = [asked(number, chance) for number in range(destinations)]
    channels = [
        {"name": f"d{number}", "to": f"slack:C{number:06}", "query": wanted, "at": ["08:00"]}
        for number, wanted in enumerate(queries)
    ]
    with tempfile.TemporaryDirectory() as folder:
        secrets = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
        settings = config.build({"channels": channels}, Path(folder), secrets)
        clock = FakeClock(START)
        async with opened(settings, clock=clock) as app:
            await app.deliver.stage_due()
            await keep(app, articles(count))
            clock.pass_by(hours=2)
            await app.composers.start()
            gc.freeze()  # as a desk that runs does
            beat = Beat()
            start, busy = time.perf_counter(), time.process_time()
            async with beat.beating():
                staged = await app.deliver.stage_due()
            took, busy = time.perf_counter() - start, time.process_time() - busy
            print(f"{destinations} destinations, {count:,} new articles")
            print(
                f"copydesk   {staged} digests staged in {took:.1f} s ({busy:.1f} s of it the desk's own processor time),"
                f" longest stall {1000 * max(beat.gaps):.0f} ms, {1000 * max(beat.computed):.0f} ms of processor time"
            )
            if peers:
                each = await peer(app, queries, peers)
                print(
                    f"one query and one LexRank each   {each * destinations:.0f} s"
                    f" ({peers} of them, {each:.2f} s each): {each * destinations / took:.2f} times as long"
                )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--destinations", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--peer", type=int, default=10)
    parser.add_argument("--data", help=argparse.SUPPRESS)  # as every table is given it
    options = parser.parse_args()
    asyncio.run(measure(options.destinations, options.articles, options.peer))


if __name__ == "__main__":
    main()
