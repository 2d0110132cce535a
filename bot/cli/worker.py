"""`copydesk worker`: the processes that read and compose, on this host, for desks on any."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from math import inf
from typing import TYPE_CHECKING

from bot import platforms
from bot.app import AT_HAND
from bot.config import Config
from bot.digest.prepare import Composer
from bot.domain.errors import ConfigError
from bot.ingest.reading import READERS, read_or_unpack
from bot.runtime import log as logs
from bot.runtime.closing import SPARE, end_when
from bot.runtime.processes import may_be_alive, this_process
from bot.runtime.signals import Signals
from bot.runtime.watchdog import ALIVE, READY, STOPPING, interval, notify
from bot.runtime.workers import started
from bot.store.library import SqlLibrary
from bot.store.sql.database import Database, open_store
from bot.store.sql.url import NO_QUEUE, locate

if TYPE_CHECKING:
    from bot.queue.working import Trade

log = logging.getLogger(__name__)


async def worked(config: Config, signals: Signals, reading: int | None = None, composing: int = 1) -> int:
    """Work until SIGTERM. Raises ConfigError where nobody could hand work on, StoreError where the store cannot be opened."""
    location = locate(config.store.url)
    if location.sqlite:
        raise ConfigError([NO_QUEUE])
    if not config.queued:
        raise ConfigError(
            [
                'workers.engine: it is "local", so that desks read by themselves; set it to "queue" here and there'
            ]
        )
    from bot.queue.engine import Engine, make_ready
    from bot.queue.tasks import Tasks
    from bot.queue.working import Worker

    logs.start(platforms.TOKENS, platforms.LOGGERS, config.log)
    processes = reading or config.readers
    with signals.taken():
        async with AsyncExitStack() as stack:
            bound = asyncio.create_task(end_when(signals.stop, config.grace.seconds + SPARE))
            stack.callback(bound.cancel)
            database = await stack.enter_async_context(await open_store(config.store))
            await make_ready(database, location)
            # Before the first job: what is in hand while they start would be blamed for what ends the worker then.
            trades = await _trades(stack, database, processes, composing)
            engine = Engine(location)
            await stack.enter_async_context(engine.opened())
            worker = Worker(engine, Tasks(database, engine.connection), trades, this_process(), may_be_alive)
            log.info(
                "the worker is open: reading %d files at a time, composing %d digests", processes, composing
            )
            notify(READY, os.environ)
            alive = asyncio.create_task(_alive())
            stack.callback(alive.cancel)
            await worker.run(signals.stop, config.grace.left)
            notify(STOPPING, os.environ)
            log.info("the worker is closed; done: %d", worker.done)
    return 0


async def _trades(
    stack: AsyncExitStack, database: Database, reading: int, composing: int
) -> Mapping[str, Trade]:
    """What the worker does, in processes that are at hand."""
    from bot.queue import packing
    from bot.queue.working import Trade

    readers = await stack.enter_async_context(started(replace(READERS, processes=reading, idle_seconds=inf)))
    await readers.start()
    trades = {"reading": Trade.computed(read_or_unpack, readers, reading)}
    if composing:
        composers = await stack.enter_async_context(started(replace(AT_HAND, processes=composing)))
        await composers.start()
        made = Composer(SqlLibrary(database), composers).make
        trades["composing"] = Trade(partial(packing.answered, made), composing)
    return trades


async def _alive() -> None:
    """Tell the service manager that the loop turns, as often as it wants to hear of that."""
    while pause := interval(os.environ):
        notify(ALIVE, os.environ)
        await asyncio.sleep(pause)
