"""What the process is told from outside: SIGTERM and SIGINT mean stop, SIGHUP means read the settings again.

Untaken, SIGHUP ends a process, so they are taken from its first moment on; the daemon heeds them once
it is open.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

STOP = (signal.SIGTERM, signal.SIGINT)


class Signals:
    """``stop`` and ``reload`` are set when they come; whoever heeds a reload clears it."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self.reload = asyncio.Event()

    @contextmanager
    def taken_early(self) -> Iterator[None]:
        """Before there is a loop: a reload is kept in mind, and to stop is to exit with status 0."""
        actions = {signal.SIGHUP: lambda *_: self.reload.set(), **dict.fromkeys(STOP, lambda *_: sys.exit(0))}
        before = {number: signal.signal(number, action) for number, action in actions.items()}
        try:
            yield
        finally:
            for number, action in before.items():
                signal.signal(number, action)

    @contextmanager
    def taken(self) -> Iterator[None]:
        """In the running loop, as long as the block lasts."""
        loop = asyncio.get_running_loop()
        actions: dict[signal.Signals, Callable[[], None]] = dict.fromkeys(STOP, self.stop.set)
        for number, action in {**actions, signal.SIGHUP: self.reload.set}.items():
            loop.add_signal_handler(number, action)
        try:
            yield
        finally:
            for number in (*STOP, signal.SIGHUP):
                loop.remove_signal_handler(number)

    async def unless_stopped(self, work: Awaitable[T]) -> T | None:
        """The result of the work; when told to stop before its end, ends it: ``None``."""
        task, stop = asyncio.ensure_future(work), asyncio.ensure_future(self.stop.wait())
        try:
            await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.cancel()
            if not task.done():
                task.cancel()
            await asyncio.wait({task})
        return None if task.cancelled() else task.result()
