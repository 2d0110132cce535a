"""`copydesk worker`: the processes that read, on this host, for desks on any."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import AsyncExitStack
from dataclasses import replace
from math import inf

from bot import platforms
from bot.app import KINDS, READERS, started
from bot.config import Config
from bot.domain.errors import ConfigError
from bot.runtime import log as logs
from bot.runtime.closing import SPARE, end_when
from bot.runtime.processes import may_be_alive, this_process
from bot.runtime.signals import Signals
from bot.runtime.watchdog import ALIVE, READY, STOPPING, interval, notify
from bot.store.sql.database import open_store
from bot.store.sql.url import NO_QUEUE, locate

log = logging.getLogger(__name__)


async def worked(config: Config, signals: Signals, reading: int | None = None) -> int:
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
    from bot.queue.working import Trade, Worker

    logs.start(platforms.TOKENS, platforms.LOGGERS, config.log)
    processes = reading or config.readers
    with signals.taken():
        async with AsyncExitStack() as stack:
            bound = asyncio.create_task(end_when(signals.stop, config.grace.seconds + SPARE))
            stack.callback(bound.cancel)
            database = await stack.enter_async_context(await open_store(config.store))
            await make_ready(database, location)
            pool = await stack.enter_async_context(
                started(replace(READERS, processes=processes, idle_seconds=inf))
            )
            # Before the first job: what is in hand while they start would be blamed for what ends the worker then.
            await pool.start()
            engine = Engine(location)
            await stack.enter_async_context(engine.opened())
            trades = {kind: Trade(function, pool, processes) for kind, function in KINDS.items()}
            worker = Worker(engine, Tasks(database, engine.connection), trades, this_process(), may_be_alive)
            log.info("the worker is open: reading %d files at a time", processes)
            notify(READY, os.environ)
            alive = asyncio.create_task(_alive())
            stack.callback(alive.cancel)
            await worker.run(signals.stop, config.grace.left)
            notify(STOPPING, os.environ)
            log.info("the worker is closed; read: %d", worker.done)
    return 0


async def _alive() -> None:
    """Tell the service manager that the loop turns, as often as it wants to hear of that."""
    while pause := interval(os.environ):
        notify(ALIVE, os.environ)
        await asyncio.sleep(pause)
