"""Workers that are here, and others elsewhere for what these have no room for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import ParamSpec, Protocol, TypeVar

from bot.domain.errors import OutOfRoom, StoreError
from bot.domain.ports import Workers
from bot.queue.packing import CannotTravel

LOOK = 5.0
"""Seconds for which it is known whether somebody works elsewhere."""

PATIENCE = 30.0
"""Seconds after which what was handed on is done here: a digest takes one, and its worker may have ended."""

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class Elsewhere(Protocol):
    """Workers that are not here, and may not be anywhere (:class:`bot.queue.handing.QueuedWorkers`)."""

    async def hand(self, function: Callable[..., T], *args: object) -> T:
        """The function's result, whenever it comes. Raises CannotTravel where it is to be had here."""

    async def attended(self) -> bool:
        """Whether somebody works there. Raises StoreError."""


class AtHand(Workers, Protocol):
    """Workers that can be started before there is something to do."""

    async def start(self) -> None:
        """Have them at hand."""


class Overflow:
    """:class:`bot.domain.ports.Workers` that hand on what they are ``full`` for, while somebody works elsewhere.

    Of the functions in ``travels`` alone: each with what makes the arguments that travel of those that are given here. What is
    not back in time, or finds no room there either, is done here. Belongs to one event loop.
    """

    def __init__(
        self,
        here: AtHand,
        full: int,
        elsewhere: Elsewhere,
        travels: Mapping[Callable[..., object], Callable[..., tuple[object, ...]]],
    ) -> None:
        """``full``: so many calls are here at a time, in hand or waiting."""
        self._here = here
        self._full = full
        self._elsewhere = elsewhere
        self._travels = travels
        self._running = 0
        self._attended, self._until = False, 0.0

    async def start(self) -> None:
        """Have those that are here at hand, as :meth:`bot.runtime.workers.WorkerPool.start` has it."""
        await self._here.start()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As the port has it. Raises StoreError as well."""
        travel = self._travels.get(function)
        if travel and self._running >= self._full and not kwargs and await self._is_attended():
            try:
                async with asyncio.timeout(PATIENCE):
                    return await self._elsewhere.hand(function, *travel(*args))
            except TimeoutError:
                log.info("what was handed on is not back, and is done here")
            except OutOfRoom as error:
                log.info("what was handed on is done here: %s", error.reason)
            except CannotTravel:
                pass
        self._running += 1
        try:
            return await self._here.run(function, *args, **kwargs)
        finally:
            self._running -= 1

    async def _is_attended(self) -> bool:
        now = asyncio.get_running_loop().time()
        if now >= self._until:
            try:
                self._attended = await self._elsewhere.attended()
            except StoreError:
                self._attended = False
            self._until = now + LOOK
        return self._attended
