"""Desks and workers on one database, in the test's own process: each has connections of its own, as on a host of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.digest.prepare import Composer
from bot.domain.ports import Workers
from bot.queue import packing
from bot.queue.engine import Engine, make_ready
from bot.queue.handing import QueuedWorkers
from bot.queue.tasks import Tasks
from bot.queue.working import Trade, Worker
from bot.runtime.processes import may_be_alive, this_process
from bot.store.library import SqlLibrary
from bot.store.sql.database import StoreSettings, open_store
from bot.store.sql.url import locate
from tests.doubles.wire import Wire

Functions = Mapping[str, Callable[..., object]]


class Nobody:
    """Workers that must not be asked: all is to go through the queue."""

    async def run(self, function: Callable[..., Any], *_: Any, **__: Any) -> Any:
        raise AssertionError(f"{function} was not handed on")


def ended(number: int = 1) -> str:
    """The name of a process of this host that is not there."""
    host, _, rest = this_process().partition("~")
    return f"{host.rpartition('-')[0]}-{999_000_000 + number}~{rest}"


@asynccontextmanager
async def a_desk(url: str, functions: Functions, name: str = "") -> AsyncIterator[QueuedWorkers]:
    """Workers as a desk has them."""
    async with await open_store(StoreSettings(url)) as database:
        await make_ready(database, locate(url))
        engine = Engine(locate(url))
        async with engine.opened():
            workers = QueuedWorkers(
                database, locate(url), engine, functions, Nobody(), name or this_process()
            )
            try:
                yield workers
            finally:
                await workers.aclose()


@dataclass
class Host:
    """A worker that can be told to ``run``, and what it stands on."""

    worker: Worker
    engine: Engine
    tasks: Tasks


@asynccontextmanager
async def a_host(
    url: str,
    functions: Functions,
    pool: Workers,
    name: str = "",
    alive: Callable[[str], bool] = may_be_alive,
    *,
    composing: bool = False,
) -> AsyncIterator[Host]:
    """A worker that does nothing yet, and computes these functions; or composes, of the store."""
    async with await open_store(StoreSettings(url)) as database:
        await make_ready(database, locate(url))
        engine = Engine(locate(url))
        tasks = Tasks(database, engine.connection)
        async with engine.opened():
            trades = {kind: Trade.computed(function, pool, 1) for kind, function in functions.items()}
            if composing:
                made = Composer(SqlLibrary(database), pool).make
                trades["composing"] = Trade(partial(packing.answered, made), 1)
            yield Host(Worker(engine, tasks, trades, name or this_process(), alive), engine, tasks)


@asynccontextmanager
async def at_work(host: Host) -> AsyncIterator[None]:
    """It works as long as the block lasts."""
    stop = asyncio.Event()
    working = asyncio.create_task(host.worker.run(stop, 5.0))
    try:
        yield
    finally:
        stop.set()
        await working


class Here:
    """Workers without processes: what a worker does is done in its loop, in a moment."""

    async def run(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        await asyncio.sleep(0)
        return function(*args, **kwargs)


def through(wire: Wire, url: str) -> str:
    """The address of the database behind the wire."""
    name = urlsplit(url).path
    return f"postgresql://{urlsplit(url).username}@127.0.0.1:{wire.port}{name}"


def socket_of(url: str) -> str:
    """The server's socket."""
    return f"{parse_qs(urlsplit(url).query)['host'][0]}/.s.PGSQL.5432"
