"""A whole desk in a process of its own, to be killed: `python -m tests.fault_shift CONFIG MOMENT`.

It is `copydesk run` on a clock that begins at MOMENT (ISO 8601) and jumps over waits. It leaves by
itself when nothing waits any more: not in the inbox, not in the outbox.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import config, log
from bot.app import App, opened
from bot.digest import schedule
from bot.inbox.spool import LEASE
from bot.shift import Shift
from tests.day import StoryClock

LOOK = 0.05
"""Seconds between two looks whether anything waits."""

QUIET_LOOKS = 6
"""So many looks in a row must find nothing: a digest may be in the making."""


async def main(path: Path, start: datetime) -> None:
    """One life of the desk."""
    settings, clock = config.load(path, os.environ), StoryClock(start)
    async with opened(settings, attended=True, clock=clock) as app:
        shift = Shift(app, os.environ)
        work = asyncio.create_task(shift.run())
        idle = 0
        while idle < QUIET_LOOKS and not work.done():
            await asyncio.sleep(LOOK)
            idle = 0 if await _busy(app, clock) else idle + 1
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
        return False
    clock.jump(max(due, clock.now()) + timedelta(milliseconds=1))
    app.deliver.wake()
    return True


if __name__ == "__main__":
    log.start()
    asyncio.run(main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]).astimezone(UTC)))
