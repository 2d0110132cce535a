"""Many destinations due at once on one PostgreSQL: how long making, staging and posting take, by one process and by several.

    python benchmarks/fleet.py [--destinations 1000] [--times 1] [--articles 300] [--queries 200] [--posting 1 2 3] [--workers 0]

Half of the destinations are Slack channels and half Telegram chats, both the doubles at the platforms' own limits, in this process;
the desk and each process that posts are others. One process makes and stages all digests, with so many workers that compose beside it.
``--times`` has them wait so many times, each time for other chats. Then so many processes as ``--posting`` names post that, side by side and
from one outbox, which is a copy for each number. The last two lines of each say how much of what the limits allow that was, what the
platforms refused for coming too soon, how many messages are missing or there more than once, and the processor time of each process.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
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

Options = argparse.Namespace

PACE, RATES = Pace(), Rates()

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
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
    children = resource.getrusage(resource.RUSAGE_CHILDREN)  # all of them composed
    composing = children.ru_utime + children.ru_stime
    return {"staged": staged, "seconds": seconds, "busy": busy, "composing": composing}


async def post(file: Path) -> dict[str, Any]:
    """Post what waits, beside whoever does so as well."""
    async with opened(config.load(file, os.environ)) as app:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        busy = time.process_time()
        posted = await app.deliver.post_waiting(OPEN)
        return {
            "posted": sum(posted.values()),
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


async def measure(options: Options, url: str) -> None:
    """Stage once, then post from a copy of that with each number of processes."""
    with tempfile.TemporaryDirectory() as folder:
        async with doubles(Path(folder), options) as town:
            await staged(town, options, url)
        multiply(url, options.destinations // 2, options.times)
        options.destinations *= options.times
        for several in options.posting:
            copy = copied(url, f"copy_{several}")
            async with doubles(Path(folder), options) as town:
                await deliver(town, several, copy)


def multiply(url: str, half: int, times: int) -> None:
    """Have what waits so many times in all, each time for other chats."""
    with psycopg.connect(url) as connection:
        columns = connection.execute(
            "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
            " WHERE table_name = 'deliveries' AND column_name NOT IN ('id', 'key', 'chat')"
        ).fetchone()
        last = connection.execute("SELECT max(id) FROM deliveries").fetchone()
        assert columns is not None
        assert last is not None
        for time_ in range(1, times):
            connection.execute(
                f"INSERT INTO deliveries (key, chat, {columns[0]}) SELECT key || '-{time_}', CASE platform WHEN 'slack' THEN"
                f" 'CB' || lpad((substr(chat, 3)::int + {half * time_})::text, 5, '0') ELSE (chat::int + {half * time_})::text END,"
                f" {columns[0]} FROM deliveries WHERE id <= {last[0]} ORDER BY id".encode()
            )


@asynccontextmanager
async def doubles(folder: Path, options: Options) -> AsyncIterator[Town]:
    """Both platforms with their chats, and a configuration that names them."""
    chance, half = random.Random(2), options.destinations // 2
    wanted = [asked(number, chance) for number in range(options.queries)]
    channels: list[dict[str, Any]] = []
    async with SlackDouble(pace=PACE) as slack, TelegramDouble(rates=RATES) as telegram:
        town = Town(folder, slack, telegram)
        for n in range(half):
            slack.add_channel(f"CB{n:05}", f"channel-{n}")
            telegram.chat(1000 + n, state="member")
            query = {"query": wanted[n % options.queries], "at": ["08:00"]}
            channels += [
                {"name": f"s{n}", "to": f"slack:CB{n:05}", **query},
                {"name": f"t{n}", "to": f"telegram:{1000 + n}", **query},
            ]
        town.configure(channels=channels, workers={"engine": "queue" if options.workers else "local"})
        yield town


async def staged(town: Town, options: Options, url: str) -> None:
    """Make and stage every digest, and say how long that took."""
    words = "--articles", str(options.articles), "--workers", str(options.workers)
    before = postgres_busy(url)
    async with composing(town, url, options.workers) as beside:
        made = await said(await life(town, url, *words))
    elsewhere = await composed_by(beside)
    print(
        f"{options.destinations} destinations of {options.queries} queries, {options.articles} articles: {made['staged']} digests"
        f" made and staged in {made['seconds']:.1f} s; processor time: desk {made['busy']:.1f} s, its composers"
        f" {made['composing']:.1f} s, PostgreSQL {postgres_busy(url) - before:.1f} s"
        + (f"; {elsewhere} of them composed by {options.workers} workers" if options.workers else ""),
        flush=True,
    )


def copied(url: str, name: str) -> str:
    """The address of a copy of the database."""
    with psycopg.connect(url.replace("/postgres?", "/template1?"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE postgres".encode())
    return url.replace("/postgres?", f"/{name}?")


async def deliver(town: Town, several: int, url: str) -> None:
    """Post what waits with so many processes that begin together, and say what came of it."""
    desks = [await life(town, url) for _ in range(several)]
    for desk in desks:
        assert desk.stdout is not None
        assert await desk.stdout.readline() == b"ready\n"
    start, busy, postgres = time.monotonic(), time.process_time(), postgres_busy(url)
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write(b"\n")
        await desk.stdin.drain()
    parts = await asyncio.gather(*map(said, desks))
    busy = time.process_time() - busy
    report(town, url, parts, max(town.slack.web.calls[-1].at, town.telegram.calls[-1].at) - start)
    each = " + ".join(f"{one['busy']:.1f}" for one in parts)
    print(
        f"   processor time: desks {each} s, PostgreSQL {postgres_busy(url) - postgres:.1f} s, doubles {busy:.1f} s",
        flush=True,
    )


def postgres_busy(url: str) -> float:
    """Seconds of processor time that the server has used, with those of its processes that ended."""
    with psycopg.connect(url) as connection:
        mother = _stat(connection.info.backend_pid)[1]
    children = [one for path in Path("/proc").glob("[0-9]*") if (one := _stat(int(path.name)))[1] == mother]
    ticks = sum(_stat(mother)[11:15]) + sum(sum(one[11:13]) for one in children)
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> list[int]:
    """What Linux tells of a process behind its name and state, as numbers; the parent is the second, zeros when it is gone."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return [0] * 20
    return [0, *map(int, told.rpartition(")")[2].split()[1:])]


def report(town: Town, url: str, parts: Sequence[dict[str, Any]], seconds: float) -> None:
    """Compare what is in the outbox with what the platforms have."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT platform, chat, key, plain, state FROM deliveries ORDER BY id"
        ).fetchall()
    counts, wrong = Counter[str](), 0
    longest = Counter[tuple[str, str]]()
    there: defaultdict[str, list[str]] = defaultdict(list)
    for message in town.telegram.messages():
        there[str(message.chat.id)].append(message.text)
    for platform, chat, key, plain, state in rows:
        counts[platform] += 1
        longest[platform, chat] += 1
        if platform == "slack":
            times = sum(m["metadata"]["event_payload"]["key"] == key for m in town.slack.posted(chat))
        else:
            times = there[chat].count(plain)
        wrong += not (times == 1 and state == "sent")
    assert RATES.overall_per_second is not None
    most = max(longest.values(), default=0)
    allowed = max(
        (counts["telegram"] - RATES.overall_burst) / RATES.overall_per_second,
        (most - PACE.burst) / PACE.per_second,
    )
    each = " + ".join(str(one["posted"]) for one in parts)
    late = town.slack.refused_for_rate + town.telegram.refused_for_rate
    print(
        f"{len(parts)} posting: {each} messages in {seconds:.1f} s; the limits allow {allowed:.1f} s: "
        f"{allowed / seconds:.0%}; refused for rate {late}; not there exactly once {wrong}"
    )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--destinations", type=int, default=1000)
    parser.add_argument("--times", type=int, default=1)
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
    options.articles = options.articles or 300
    with server() as url:
        asyncio.run(measure(options, url))


if __name__ == "__main__":
    main()
