"""`copydesk worker`: the processes that read, on this host, for desks on any."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from bot import platforms
from bot.app import AT_HAND, COMPOSING, READERS, READING, started
from bot.config import Config
from bot.domain.errors import ConfigError
from bot.runtime import log as logs
from bot.runtime.closing import SPARE, end_when
from bot.runtime.processes import may_be_alive, this_process
from bot.runtime.signals import Signals
from bot.runtime.watchdog import READY, STOPPING, notify
from bot.store.sql.database import open_store
from bot.store.sql.url import NO_QUEUE, locate

if TYPE_CHECKING:
    from bot.queue.working import Trade

log = logging.getLogger(__name__)


async def worked(
    config: Config, signals: Signals, reading: int | None = None, *, composing: bool = False
) -> int:
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
    with signals.taken():
        async with AsyncExitStack() as stack:
            bound = asyncio.create_task(end_when(signals.stop, config.grace.seconds + SPARE))
            stack.callback(bound.cancel)
            database = await stack.enter_async_context(await open_store(config.store))
            await make_ready(database, location)
            trades = await _trades(stack, config.readers if reading is None else reading, composing=composing)
            engine = Engine(location)
            await stack.enter_async_context(engine.opened())
            tasks = Tasks(database, engine.connection)
            worker = Worker(engine, tasks, trades, this_process(), may_be_alive)
            log.info(
                "the worker is open: %s", ", ".join(f"{kind} {one.processes}" for kind, one in trades.items())
            )
            notify(READY, os.environ)
            await worker.run(signals.stop, config.grace.left)
            notify(STOPPING, os.environ)
            log.info("the worker is closed; done: %d", worker.done)
    return 0


async def _trades(stack: AsyncExitStack, reading: int, *, composing: bool) -> Mapping[str, Trade]:
    """What this worker does, each with processes of its own that are there.

    They start before the first job: what is in hand meanwhile would be blamed for what ends the worker then.
    """
    from bot.queue.working import Trade

    found: dict[str, Trade] = {}
    readers = replace(READERS, processes=reading, idle_seconds=inf)
    for kinds, settings in ((READING, readers), (COMPOSING if composing else {}, AT_HAND)):
        for kind, function in kinds.items():
            pool = await stack.enter_async_context(started(settings))
            await pool.start()
            found[kind] = Trade(function, pool, settings.processes)
    return found
