"""Two thousand feeds in one process: how long a round takes, how often each host is asked, how much memory it needs.

Everything is on loopback: the hosts are addresses of 127.0.0.0/8, and one server process answers for all of them,
some as hostile servers do. The first round takes what is new; in the second most feeds have not changed.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from ipaddress import ip_network
from pathlib import Path

import psutil

from bot.domain.reasons import Reason
from bot.domain.sourcing import Source
from bot.inbox.dropping import DropBox
from bot.inbox.files import below
from bot.runtime.clock import WallClock
from bot.runtime.workers import WorkerPool, WorkerSettings
from bot.sources.feeds import Feeds
from bot.sources.fetching import Fetching
from bot.sources.rounds import SourceRounds
from bot.sources.settings import FetchSettings
from bot.store.sources import SqlSources
from bot.store.sql.database import StoreSettings, open_store

A_HOST = 20
"""Feeds of one host."""

ENTRIES = 2
SECONDS = 5.0
BOMB = gzip.compress(b"\0" * (64 * 1024 * 1024), 9)
LARGE = b"<item>" * 3_000_000


def kind_of(number: int) -> str:
    """How the feed answers: of a hundred, fifteen do so amiss."""
    host, place = divmod(number, A_HOST)
    if host % 50 == 49:
        return "busy"
    kinds = {3: "gone", 7: "broken", 11: "redirect", 15: "page"}
    if place in kinds and host % 2 == 0:
        return kinds[place]
    rare = {5: "silent", 9: "bomb", 13: "large"}
    return rare[place] if place in rare and host % 5 == 0 else "well"


def answer(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: keep-alive"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


AMISS = {
    "gone": answer("410 Gone"),
    "broken": answer("500 Broken"),
    "busy": answer("429 Busy", b"", "Retry-After: 3600"),
    "page": answer("200 OK", b"<html><body>Please log in</body></html>"),
    "bomb": answer("200 OK", BOMB, "Content-Encoding: gzip"),
    "large": answer("200 OK", LARGE),
}


def feed(number: int) -> bytes:
    words = " ".join(f"The council of town {number} decided on pier {n} of its harbour." for n in range(20))
    items = "".join(
        f"<item><title>Pier {n} of town {number}</title><link>http://town.example/{number}/{n}</link>"
        f"<guid>{time.time_ns()}</guid><description>{words} It is pier {n}.</description></item>"
        for n in range(ENTRIES)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Town {number}</title>{items}</channel></rss>'.encode()


def answered(number: int, head: str) -> bytes:
    kind = kind_of(number)
    if kind == "redirect" and "/moved " not in head:
        return answer("301 Moved", b"", f"Location: /feed/{number}/moved")
    if kind in {"well", "redirect"}:
        if "if-none-match" in head.lower():
            return answer("304 Not Modified")
        return answer("200 OK", feed(number), f'ETag: "{number}"')
    return AMISS[kind]


async def served(ready: object, told: object) -> None:
    asked: dict[str, list[float]] = defaultdict(list)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                asked[host].append(time.monotonic())
                path = head.split(" ", 2)[1]
                if not path.startswith("/feed/"):
                    writer.write(answer("404 Not Found"))
                    continue
                number = int(path.removeprefix("/feed/").removesuffix("/moved"))
                if kind_of(number) == "silent":
                    await asyncio.sleep(60)
                    return
                writer.write(answered(number, head))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "0.0.0.0", 0, backlog=500)
    ready.put(server.sockets[0].getsockname()[1])  # type: ignore[attr-defined]
    while True:
        await asyncio.sleep(0.1)
        if not told.empty():  # type: ignore[attr-defined]
            told.get()  # type: ignore[attr-defined]
            ready.put((max(map(busiest, asked.values())), sum(map(len, asked.values()))))  # type: ignore[attr-defined]
            asked.clear()


def busiest(moments: list[float]) -> int:
    """The most requests that began within any one second."""
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


def serve(ready: object, told: object) -> None:
    asyncio.run(served(ready, told))


async def rounds(feeds: int, port: int, ready: object, told: object) -> list[dict[str, object]]:
    sources = [
        Source(f"town-{n}", f"http://127.0.{n // A_HOST // 250}.{n // A_HOST % 250 + 2}:{port}/feed/{n}")
        for n in range(feeds)
    ]
    settings = FetchSettings(max_mb=10, seconds=SECONDS, private=(ip_network("127.0.0.0/8"),))
    workers = WorkerPool(WorkerSettings(processes=1, preload=("bot.sources.reading",)))
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inbox = folder / "inbox"
        async with await open_store(StoreSettings(f"sqlite:///{folder / 'copydesk.db'}")) as database:
            store, fetching, told_of = SqlSources(database), Fetching(settings, workers), Counter[str]()

            async def tell(what: Reason | str, *, urgent: bool = False) -> None:  # noqa: ARG001 - as Tell has it
                told_of["told"] += 1

            taking = Feeds(fetching, workers, store, DropBox(inbox), WallClock())
            desk = SourceRounds(sources, store, taking.take, WallClock(), tell, tell)
            for number in (1, 2):
                began, cpu = time.perf_counter(), time.process_time()
                await desk.once(everything=True)
                took, cpu = time.perf_counter() - began, time.process_time() - cpu
                told.put(None)  # type: ignore[attr-defined]
                most, asked = await asyncio.to_thread(ready.get)  # type: ignore[attr-defined]
                states = (await store.states()).values()
                rows.append(
                    {
                        "round": number,
                        "seconds": round(took, 1),
                        "cpu": round(cpu, 1),
                        "requests": asked,
                        "most a second a host": most,
                        "files": sum(1 for _ in below(inbox)),
                        "failing": sum(1 for state in states if state.reason),
                        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                        "worker MB": max(
                            (
                                c.memory_info().rss // 2**20
                                for c in psutil.Process().children(recursive=True)
                                if c.pid not in SERVERS
                            ),
                            default=0,
                        ),
                    }
                )
            await fetching.aclose()
    await workers.aclose()
    return rows


SERVERS: set[int] = set()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--data", help="not used: it makes its own")
    feeds = parser.parse_args().feeds
    spawn = multiprocessing.get_context("spawn")
    ready, told = spawn.Queue(), spawn.Queue()
    server = spawn.Process(target=serve, args=(ready, told), daemon=True)
    server.start()
    SERVERS.add(server.pid or 0)
    try:
        kinds = Counter(kind_of(n) for n in range(feeds))
        print(f"{feeds} feeds of {-(-feeds // A_HOST)} hosts: {json.dumps(dict(kinds))}")
        rows = asyncio.run(rounds(feeds, ready.get(timeout=60), ready, told))
    finally:
        server.terminate()
    print("| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0]))
    for row in rows:
        print("| " + " | ".join(map(str, row.values())) + " |")
    well = all(
        float(str(row["seconds"])) <= 60
        and int(str(row["most a second a host"])) <= 2
        and int(str(row["peak MB"])) <= 200
        for row in rows
    )
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
