"""Workers on a real PostgreSQL: what handing on a call costs, and how reading grows with their number.

The first table is of calls that do nothing, in one process that is desk and worker, with the CPU time of both and of
the server: what the way there and back costs. The second is of a whole `copydesk run` with 1, 2, 4 workers of one process each, from
the first receipt to the last. On two cores more than two have nothing to gain, but where they wait.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import time
from contextlib import AsyncExitStack
from typing import Any

import psutil

from tests.queue.hosts import Here, a_desk, a_host, at_work
from tests.queue.several import Several, emptied, server, several

WAIT = 0.05
"""Seconds of a call that only waits, as for another machine."""


def nothing(number: int) -> int:
    return number


class Waiting:
    """Workers that wait and compute nothing."""

    def __init__(self, together: int) -> None:
        self._room = asyncio.Semaphore(together)

    async def run(self, function: Any, *args: Any, **_: Any) -> Any:
        async with self._room:
            await asyncio.sleep(WAIT)
            return function(*args)


def used(url: str) -> float:
    """CPU seconds of this process and of the server's."""
    folder = url.partition("host=")[2]
    own = resource.getrusage(resource.RUSAGE_SELF)
    theirs = 0.0
    for one in psutil.process_iter(["cmdline"]):
        if one.info["cmdline"] and any(folder in word for word in one.info["cmdline"]):
            times = one.cpu_times()  # with the backends that ended; those that are open are below
            theirs += times.user + times.system + times.children_user + times.children_system
            theirs += sum(sum(child.cpu_times()[:2]) for child in one.children())
    return own.ru_utime + own.ru_stime + theirs


async def overhead(url: str, calls: int) -> None:
    functions = {"nothing": nothing}
    async with a_desk(url, functions) as desk, a_host(url, functions, Here()) as host, at_work(host):
        await asyncio.gather(*(desk.run(nothing, n) for n in range(20)))
        print(f"{calls} calls that do nothing          CPU ms a call   clock ms a call")
        for name, together in (("one after the other", 1), ("48 at a time, as a desk has them", 48)):
            room, before, begun = asyncio.Semaphore(together), used(url), time.monotonic()

            async def one(number: int, room: asyncio.Semaphore = room) -> None:
                async with room:
                    assert await desk.run(nothing, number) == number

            await asyncio.gather(*(one(n) for n in range(calls)))
            took = time.monotonic() - begun
            print(
                f"{name:<40}{1000 * (used(url) - before) / calls:>9.2f}{1000 * took / calls:>18.2f}",
                flush=True,
            )


async def waiting(url: str, calls: int) -> None:
    functions = {"nothing": nothing}
    print(f"\n{calls} calls that wait {1000 * WAIT:g} ms each     calls a second")
    for count in (1, 2, 4):
        async with AsyncExitStack() as stack:
            desk = await stack.enter_async_context(a_desk(url, functions))
            for _ in range(count):
                host = await stack.enter_async_context(a_host(url, functions, Waiting(1)))
                await stack.enter_async_context(at_work(host))
            await asyncio.gather(*(desk.run(nothing, n) for n in range(4 * count)))
            begun = time.monotonic()
            await asyncio.gather(*(desk.run(nothing, n) for n in range(calls)))
            print(f"{count} workers of one process{calls / (time.monotonic() - begun):>24.1f}", flush=True)


def cpu_of(town: Several) -> float:
    """CPU seconds of all its processes and theirs."""
    found = 0.0
    for one in town.processes:
        own = psutil.Process(one.process.pid)
        found += sum(sum(each.cpu_times()[:4]) for each in (own, *own.children(recursive=True)))
    return found


async def ingest(url: str, files: int, words: int) -> None:
    print(f"\n{files} files of {words} words      CPU ms a file   clock ms a file")
    for count in (1, 2, 4):
        async with several(url) as town:
            desk = await town.start("run")
            workers = [await town.start("worker") for _ in range(count)]
            for one in (*workers, desk):
                await one.says("is open")
            town.drop(4 * count, words, seed=100 + count)  # all processes have read something
            await emptied(town, 4 * count, 300)
            for path in [found for inbox in town.inboxes for found in inbox.rglob("*.txt~*")]:
                path.unlink()
            before, begun = cpu_of(town), time.monotonic()
            town.drop(files, words, seed=count)
            await emptied(town, files, 600)
            took = time.monotonic() - begun
            print(
                f"{count} workers of one process{1000 * (cpu_of(town) - before) / files:>16.1f}"
                f"{1000 * took / files:>18.1f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=400)
    parser.add_argument("--files", type=int, default=150)
    parser.add_argument("--words", type=int, default=700)
    parser.add_argument("--data", help=argparse.SUPPRESS)  # as every table is given it
    options = parser.parse_args()
    with server() as url:
        asyncio.run(overhead(url, options.calls))
        asyncio.run(waiting(url, options.calls // 2))
        asyncio.run(ingest(url, options.files, options.words))


if __name__ == "__main__":
    main()
