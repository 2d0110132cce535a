"""Many destinations due at once on one PostgreSQL: how long making, staging and posting take, by one process and by several.

    python benchmarks/fleet.py [--destinations 1000] [--articles 300] [--queries 200] [--posting 1 2 3] [--workers 0]

Half of the destinations are Slack channels and half Telegram chats, both the doubles at the platforms' own limits, in this process;
the desk and each process that posts are others. One process makes and stages all digests, with so many workers that compose beside it, then so many post what waits, side by side
and from one outbox. The last line of each says how much of what the limits allow that was, what the platforms refused for coming too
soon, and how many messages are missing or there more than once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.destinations import START, asked, keep
from benchmarks.destinations import articles as made_up
from bot import config, platforms
from bot.app import opened
from bot.runtime import log
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_trouble import Pace
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import Rates
from tests.fakes import FakeClock
from tests.queue.several import server
from tests.running import Town

OPEN = timedelta(minutes=5)
"""How long a process waits for parts that are postponed."""


# --- one process of the desk -----------------------------------------------------------------


async def stage(file: Path, count: int, *, shared: bool) -> dict[str, Any]:
    """Make and stage the digest of every channel of the file, of so many articles; ``shared`` with workers."""
    clock = FakeClock(START)
    async with opened(config.load(file, os.environ), clock=clock, attended=shared) as app:
        await app.deliver.stage_due()
        await keep(app, made_up(count))
        clock.pass_by(hours=2)
        await app.composers.start()
        start, busy = time.perf_counter(), time.process_time()
        staged = await app.deliver.stage_due()
        return {
            "staged": staged,
            "seconds": time.perf_counter() - start,
            "busy": time.process_time() - busy,
        }


async def post(file: Path) -> dict[str, Any]:
    """Post what waits, beside whoever does so as well."""
    async with opened(config.load(file, os.environ)) as app:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        start, busy = time.perf_counter(), time.process_time()
        posted = await app.deliver.post_waiting(OPEN)
        return {
            "posted": sum(posted.values()),
            "seconds": time.perf_counter() - start,
            "busy": time.process_time() - busy,
        }


# --- the table -------------------------------------------------------------------------------


async def life(town: Town, url: str, *words: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, __file__, "--desk", str(town.folder / "config.toml"), *words,
        env={**town.environ, "DATABASE_URL": url}, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def said(desk: asyncio.subprocess.Process) -> dict[str, Any]:
    """What it measured."""
    told, _ = await desk.communicate()
    assert desk.returncode == 0
    return dict(json.loads(told.decode().splitlines()[-1]))


@asynccontextmanager
async def composing(town: Town, url: str, workers: int) -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """So many workers that are open, and ended on the way out."""
    file = town.folder / "worker.toml"
    file.write_text('[workers]\nengine = "queue"\n', encoding="utf-8")
    command = [sys.executable, "-m", "bot", "--config", str(file), "worker", "--reading", "1"]
    environ = {**os.environ, "DATABASE_URL": url}
    started = [
        await asyncio.create_subprocess_exec(*command, env=environ, stderr=asyncio.subprocess.PIPE)
        for _ in range(workers)
    ]
    for one in started:
        assert one.stderr is not None
        while b"the worker is open" not in (line := await one.stderr.readline()):
            assert line, "a worker ended"
    try:
        yield started
    finally:
        for one in started:
            one.terminate()


async def composed_by(workers: Sequence[asyncio.subprocess.Process]) -> int:
    """The digests that ended workers composed."""
    told = [await one.communicate() for one in workers]
    return sum(errors.count(b"composing: done") for _, errors in told)


async def measure(destinations: int, count: int, queries: int, several: int, workers: int, url: str) -> None:
    pace, rates, half = Pace(), Rates(), destinations // 2
    async with SlackDouble(pace=pace) as slack, TelegramDouble(rates=rates) as telegram:
        with tempfile.TemporaryDirectory() as folder:
            town = Town(Path(folder), slack, telegram)
            chance = random.Random(2)
            wanted = [asked(number, chance) for number in range(queries)]
            channels: list[dict[str, Any]] = []
            for n in range(half):
                slack.add_channel(f"CB{n:05}", f"channel-{n}")
                telegram.chat(1000 + n, state="member")
                query = {"query": wanted[n % queries], "at": ["08:00"]}
                channels += [
                    {"name": f"s{n}", "to": f"slack:CB{n:05}", **query},
                    {"name": f"t{n}", "to": f"telegram:{1000 + n}", **query},
                ]
            town.configure(channels=channels, workers={"engine": "queue" if workers else "local"})
            async with composing(town, url, workers) as beside:
                made = await said(await life(town, url, "--articles", str(count), "--workers", str(workers)))
            elsewhere = await composed_by(beside)
            print(
                f"{destinations} destinations of {queries} queries, {count} articles: {made['staged']} digests made and "
                f"staged in {made['seconds']:.1f} s ({made['busy']:.1f} s of it the desk's own processor time)"
                + (f"; {elsewhere} of them composed by {workers} workers" if workers else "")
            )
            desks = [await life(town, url) for _ in range(several)]
            for desk in desks:
                assert desk.stdout is not None
                assert await desk.stdout.readline() == b"ready\n"
            start = time.perf_counter()
            for desk in desks:
                assert desk.stdin is not None
                desk.stdin.write(b"\n")
                await desk.stdin.drain()
            parts = await asyncio.gather(*map(said, desks))
            report(town, url, parts, time.perf_counter() - start, pace, rates)


def report(
    town: Town, url: str, parts: Sequence[dict[str, Any]], seconds: float, pace: Pace, rates: Rates
) -> None:
    """Compare what is in the outbox with what the platforms have."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT platform, chat, key, plain, state FROM deliveries ORDER BY id"
        ).fetchall()
    counts, wrong = Counter[str](), 0
    longest = Counter[tuple[str, str]]()
    for platform, chat, key, plain, state in rows:
        counts[platform] += 1
        longest[platform, chat] += 1
        if platform == "slack":
            times = sum(m["metadata"]["event_payload"]["key"] == key for m in town.slack.posted(chat))
        else:
            times = sum(m.text == plain for m in town.telegram.messages(int(chat)))
        wrong += not (times == 1 and state == "sent")
    assert rates.overall_per_second is not None
    most = max(longest.values(), default=0)
    allowed = max(
        (counts["telegram"] - rates.overall_burst) / rates.overall_per_second,
        (most - pace.burst) / pace.per_second,
    )
    busy = " + ".join(f"{one['busy']:.1f}" for one in parts)
    each = " + ".join(str(one["posted"]) for one in parts)
    late = town.slack.refused_for_rate + town.telegram.refused_for_rate
    print(
        f"{len(parts)} posting: {each} messages in {seconds:.1f} s ({busy} s of processor time); the limits allow "
        f"{allowed:.1f} s: {allowed / seconds:.0%}; refused for rate {late}; not there exactly once {wrong}"
    )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--destinations", type=int, default=1000)
    parser.add_argument("--articles", type=int, default=0)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--posting", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--desk", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    if options.desk:
        log.start(platforms.TOKENS, platforms.LOGGERS, log.LogSettings())
        shared = options.workers > 0
        work = (
            stage(options.desk, options.articles, shared=shared) if options.articles else post(options.desk)
        )
        print(json.dumps(asyncio.run(work)))
        return
    for several in options.posting:
        with server() as url:
            numbers = options.destinations, options.articles or 300, options.queries, several, options.workers
            asyncio.run(measure(*numbers, url))


if __name__ == "__main__":
    main()
