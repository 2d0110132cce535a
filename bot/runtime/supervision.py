"""Loops that are started again when they fail, each alone, after a pause that grows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.domain.ports import Tell
from bot.domain.reasons import Reason
from bot.runtime.faults import fault

FIRST, LONGEST = 1.0, 300.0
"""Seconds of the pauses; each is twice as long as the one before."""

WELL = 600.0
"""Seconds after which a loop ran well: its next end is a new one, with the first pause and a line for the owner."""

log = logging.getLogger(__name__)


async def kept_going(
    name: str, loop: Callable[[], Awaitable[None]], tell: Tell, stop: asyncio.Event | None = None
) -> None:
    """Run ``loop`` until it returns; when it raises instead, run it again after a pause, until ``stop``.

    The owner is told of the first of several ends in a row. What is no Exception passes:
    cancelling this cancels the loop.
    """
    now, pause = asyncio.get_running_loop().time, FIRST
    stop = stop or asyncio.Event()
    while not stop.is_set():
        began = now()
        try:
            await loop()
        except Exception as error:
            if now() - began >= WELL:
                pause = FIRST
            log.exception("%s ended unexpectedly and is started again in %g seconds", name, pause)
            if pause == FIRST:
                await tell(
                    Reason("owner.loop_ended", name=name, fault=fault(error)),
                    urgent=True,
                )
        else:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(2 * pause, LONGEST)
