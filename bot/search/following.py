"""The index of one host follows a library that other hosts write into, too."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from bot.domain.errors import BotError
from bot.domain.ports import Index, Library

EVERY = 2.0
"""Seconds between two looks at the library; each is one small query."""

log = logging.getLogger(__name__)


async def kept_up(index: Index, library: Library, stop: asyncio.Event, every: float = EVERY) -> None:
    """Have searches find what arrived anywhere, some seconds later, until ``stop``; what fails is tried again."""
    reached = -1
    while not stop.is_set():
        try:
            if await library.revision() != reached:
                reached = await index.follow(library)
        except BotError as error:
            log.info("what arrives elsewhere can be searched later: %s", error)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every)
