"""A port on loopback for a double, which leaves nothing open when it is closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(talk: Talk, host: str = "127.0.0.1") -> AsyncIterator[int]:
    """The port, open for the block; ``talk`` is a task for each connection, and ends with the block."""
    tasks: set[asyncio.Future[None]] = set()
    writers: list[asyncio.StreamWriter] = []

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        task = asyncio.ensure_future(talk(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(connected, host, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        await accept_no_more(server)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for writer in writers:  # also where its task was cancelled before its first step
            writer.transport.abort()
        await asyncio.gather(*(writer.wait_closed() for writer in writers), return_exceptions=True)


async def served(runner: web.AppRunner) -> asyncio.Server:
    """What an application that is set up answers on a free port of loopback, until :func:`accept_no_more`."""
    assert runner.server is not None
    return await asyncio.get_running_loop().create_server(runner.server, "127.0.0.1", 0)


async def accept_no_more(server: asyncio.Server) -> None:
    """Close it once what it accepted is known: what is half accepted when it is closed, asyncio leaves open."""
    loop = asyncio.get_running_loop()
    for one in server.sockets:
        loop.remove_reader(one.fileno())
    for _ in range(3):
        await asyncio.sleep(0)
    server.close()
