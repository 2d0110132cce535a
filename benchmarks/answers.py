"""Median and 95th percentile over a library: from a command to its rendered reply, the platform left out; and from
somebody's opening Slack's App Home to its being published at the double, alone and while others search without a pause.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
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
from tests.chat.slack_far_end import FAST
from tests.chat.slack_far_end import desk as slack_desk
from tests.desk import FERRY, ORCHARD
from tests.doubles.slack import SlackDouble

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
        if number % PER_DAY == 0:  # an index far behind is built aside, and nobody waits for it
            await app.desk.index.follow(app.desk.library)
    await app.desk.index.follow(app.desk.library)


async def measure(articles: int, rounds: int) -> None:
    dice = random.Random(1)
    options = {
        "topics": {"ships": "ferry OR harbour", "fruit": "apple frost"},
        "channels": [{"name": "morning", "at": ["08:00"], "query": "ferry frost"}],
        "access": {"allow": ["slack:T1"]},
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
                show(command, times)
            await measure_home(app, rounds, dice)


def show(what: str, times: Sequence[float]) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{what:48} {statistics.median(times):8.1f} {p95:8.1f}", flush=True)


async def measure_home(app: App, rounds: int, dice: random.Random) -> None:
    async with SlackDouble(pace=FAST) as slack, slack_desk(slack) as messenger:
        answering = asyncio.create_task(app.answer.run(messenger, asyncio.Event()))
        await slack.until(lambda: slack.links)
        for _ in range(3):
            await slack.direct(f"subscribe {dice.choice(WORDS)} at 08:00")
        await slack.until(lambda: len(slack.posted(slack.desk.direct("U1").id)) == 3)
        show("App Home", [await published(slack) for _ in range(rounds)])
        ended = asyncio.Event()
        others = [
            asyncio.create_task(searching(slack, user, dice, ended)) for user in ("U2", "U3", "U4", "U5")
        ]
        show("App Home while four people search", [await published(slack) for _ in range(rounds)])
        ended.set()
        await asyncio.gather(*others)
        await messenger.stop_listening()
        await answering


async def published(slack: SlackDouble) -> float:
    """Milliseconds until what somebody opens stands there anew."""
    before, started = slack.desk.views.get("VHOMEU1", {}).get("hash"), time.perf_counter()
    await slack.open_home()
    await slack.until(lambda: slack.desk.views.get("VHOMEU1", {}).get("hash") != before)
    return (time.perf_counter() - started) * 1000


async def searching(slack: SlackDouble, user: str, dice: random.Random, ended: asyncio.Event) -> None:
    """One search after the other, each once the last is answered."""
    slack.add_user(user, user.lower())
    while not ended.is_set():
        asked = await slack.slash(
            "/copydesk", f"search {dice.choice(WORDS)} OR {dice.choice(WORDS)}", user=user
        )
        await slack.until(partial(getattr, asked, "responses"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="not used; every table takes it")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    asyncio.run(measure(options.articles, options.rounds))


if __name__ == "__main__":
    main()
