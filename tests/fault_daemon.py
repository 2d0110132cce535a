"""A whole desk in a process of its own, to be killed: `python -m tests.fault_daemon CONFIG MOMENT`.

It is `copydesk run` on a clock that begins at MOMENT (ISO 8601) and jumps over waits. It leaves by
itself when nothing waits any more: not in the inbox, not in the outbox.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Update, func, select

from bot import app as app_room
from bot import config, platforms
from bot.app import App, opened
from bot.cli.daemon import Daemon
from bot.domain.times import schedule
from bot.inbox.spool import LEASE
from bot.runtime import log
from bot.store.delivery.outbox import OPEN, SqlOutbox
from bot.store.sql.delivery_schema import deliveries
from tests.day import StoryClock

LOOK = 0.25
"""Seconds at most between two looks whether anything waits; a line in the log or a commit is looked at at once."""


class Stir(logging.Handler):
    """Notices that something may have changed."""

    def __init__(self, outbox: SqlOutbox) -> None:
        super().__init__()
        self._loop = asyncio.get_running_loop()
        self._stirred = asyncio.Event()
        change = outbox._commits.change

        async def noticed(statement: tuple[int, Update]) -> int:
            try:
                return await change(statement)
            finally:
                self._stirred.set()

        outbox._commits.change = noticed  # type: ignore[method-assign] # a spy
        logging.getLogger("bot").addHandler(self)

    def emit(self, _: logging.LogRecord) -> None:
        self._loop.call_soon_threadsafe(self._stirred.set)

    async def wait(self) -> None:
        """Return when something may have changed, or after ``LOOK``."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stirred.wait(), LOOK)
        self._stirred.clear()


async def main(path: Path, start: datetime) -> None:
    """One life of the desk."""
    settings, clock = config.load(path, os.environ), StoryClock(start)
    app_room.READERS = replace(app_room.READERS, processes=1)  # two articles a day keep no more at work
    settings.inbox.path.mkdir(exist_ok=True)
    async with opened(settings, attended=True, clock=clock) as app:
        shift, stir = Daemon(app, os.environ), Stir(app.outbox)
        work = asyncio.create_task(shift.run())
        while await _busy(app, clock) and not work.done():
            await stir.wait()
        shift.stop()
        await work


async def _due(app: App, clock: StoryClock) -> bool:
    """Whether a slot has come and is not settled: its digest may be in the making."""
    now = clock.now()
    for one in await app.subscriptions():
        standing = await app.outbox.standing(one.id, now=now)
        if schedule.due(one.schedule, min(standing.last, now), now):
            return True
    return False


async def _open(app: App) -> int:
    """How many parts are not at rest."""
    query = select(func.count()).select_from(deliveries).where(deliveries.c.state.in_(OPEN))
    async with app.outbox._database.reading() as connection:
        return int((await connection.execute(query)).scalar_one())


async def _busy(app: App, clock: StoryClock) -> bool:
    """Whether anything waits; a wait for a later moment is jumped over."""
    inbox = app.config.inbox.path
    held = (names for _, _, names in os.walk(inbox / ".claimed"))
    if any(path.is_file() for path in inbox.iterdir()) or any(set(names) - {LEASE} for names in held):
        return True
    if await _due(app, clock) or await app.outbox.waiting(clock.now()):
        app.deliver.wake()
        return True
    due = await app.outbox.next_time(clock.now())
    if due is None:
        return await _open(app) > 0  # a call is under way
    clock.jump(max(due, clock.now()) + timedelta(milliseconds=1))
    app.deliver.wake()
    return True


if __name__ == "__main__":
    log.start(platforms.TOKENS, platforms.LOGGERS, log.LogSettings())
    asyncio.run(main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]).astimezone(UTC)))
