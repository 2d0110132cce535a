"""From a command to its rendered reply, the platform left out: median and 95th percentile over a library."""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot import config
from bot.app import App, opened
from bot.chat.slack import blocks
from bot.chat.telegram import html
from bot.domain.events import Said, Sender
from bot.domain.model import Address
from tests.builders import a_quote, a_reading, an_article
from tests.desk import FERRY, ORCHARD

COMMANDS = (
    "search {word}",
    "search {word} OR {other} -harbour",
    "quotes Marrant about {word}",
    "topics",
    "subscriptions",
    "schedule",
    "digest preview",
    "help",
)
PER_DAY = 100
"""Articles of a day, as a busy desk has them."""

WORDS = [
    "ferry",
    "island",
    "harbour",
    "apple",
    "frost",
    "union",
    "price",
    "winter",
    "ticket",
    "growers",
    "sea",
    "engine",
    "mayor",
    "government",
    "bus",
    "lake",
]


async def fill(app: App, articles: int, dice: random.Random) -> None:
    for number in range(articles):
        body = [" ".join(dice.sample(WORDS, 9)) + f" {number}.", *dice.sample((*FERRY, *ORCHARD), 6)]
        article = an_article(*body, title=f"{dice.choice(WORDS)} {dice.choice(WORDS)} {number}")
        said = [p for p in body if p.startswith("“Nobody")]
        quotes = [a_quote(article, said[0][1:60], "Celia Marrant", "Celia Marrant")] if said else []
        reading = a_reading(article, *quotes)
        added = datetime.now(UTC) - (articles - number) * timedelta(days=1) / PER_DAY
        await app.desk.library.keep(
            reading, origin=f"{number}.txt", data_key=str(number), added=added, story=None
        )
    await app.desk.index.follow(app.desk.library)


async def measure(articles: int, rounds: int) -> None:
    dice = random.Random(1)
    options = {
        "topics": {"ships": "ferry OR harbour", "fruit": "apple frost"},
        "channels": [{"name": "morning", "at": ["08:00"], "query": "ferry frost"}],
    }
    with tempfile.TemporaryDirectory() as folder:
        async with opened(config.build(options, Path(folder), {}), attended=True) as app:
            await app.composers.start()
            await fill(app, articles, dice)
            print(f"{articles} articles, {rounds} of each; milliseconds      median     p95")
            for command in COMMANDS:
                times = []
                for _ in range(rounds):
                    text = command.format(word=dice.choice(WORDS), other=dice.choice(WORDS))
                    said = Said(
                        uuid4().hex, Address("console"), Sender("console", "console"), text, direct=True
                    )
                    started = time.perf_counter()
                    message = await app.answer.responder.reply(said, "admin", private=True)
                    blocks.render(message)
                    html.render(message)
                    times.append((time.perf_counter() - started) * 1000)
                p95 = statistics.quantiles(times, n=20)[-1]
                print(f"{command:48} {statistics.median(times):8.1f} {p95:8.1f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="not used; every table takes it")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    asyncio.run(measure(options.articles, options.rounds))


if __name__ == "__main__":
    main()
