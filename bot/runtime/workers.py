"""Worker processes: runs a given function under limits of time and memory.

Parsers have crashed inside threads (adbar/trafilatura#925) and a hung thread cannot be stopped, so
whatever reads a stranger's bytes runs here. A document that crashes, hangs or swells takes its own
worker with it and nothing else: pebble starts another.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import errno
import gc
import importlib
import logging
import math
import multiprocessing
import os
import platform
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, InvalidStateError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pebble import CONSTS, ProcessExpired, ProcessPool

from bot.domain.errors import OutOfRoom, OverBudget
from bot.domain.reasons import Reason

P = ParamSpec("P")
T = TypeVar("T")

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LINUX = platform.system() == "Linux"
NO_ROOM = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN}
)
"""No document's fault: py3langid unpacks its model into a temporary file, and processes need memory."""

CONSTS.term_timeout = 0.1
"""Seconds between pebble's SIGTERM, which workers ignore, and SIGKILL; three by default, for one after the other."""

CONSTS.channel_lock_timeout = 15
"""Seconds that a worker waits for its turn to fetch a task or send a result; 60 by default.

One that is killed while it sends keeps its turn for ever: those who wait end then, and the tasks have other workers.
"""
ENDED_ITSELF = 1
"""What a worker exits with that got no turn. A parser's crash is a signal's; only a library's own exit(1) looks the same."""

COLLECTIONS = (50_000, 10, 10)
"""Objects more than before, and rounds, after which a worker looks for cycles: an article makes thousands that are none."""
POOLS = 3
"""Pools that a task is given to one after the other where they break before it is begun, or before its result is sent."""

PARENT_LOOK = 1.0  # seconds between looks for a lost parent, where the kernel does not tell


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """``seconds`` a task may run, ``megabytes`` a worker may grow beyond its imports.

    A worker is replaced after ``tasks``: parsers' caches grow (adbar/trafilatura#216). All leave after
    ``idle_seconds`` without work; infinity keeps them.
    """

    processes: int = 2
    seconds: float = 30.0
    megabytes: int = 1024
    idle_seconds: float = 60.0
    tasks: int = 1000
    preload: tuple[str, ...] = ()


class WorkerPool:
    """A few processes that start at first use and leave after a while without work."""

    def __init__(self, settings: WorkerSettings) -> None:
        self._settings = settings
        self._pool: ProcessPool | None = None
        self._running = 0
        self._given: set[Future[Any]] = set()
        self._leaving: asyncio.TimerHandle | None = None

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result, computed in a worker; its own exceptions pass through.

        Raises OverBudget when the task ran too long, needed too much memory, nested too deep or
        took its process down, OutOfRoom when the machine would fail any task. Function and
        arguments must be picklable.
        """
        self._stay()
        self._running += 1
        try:
            return await self._scheduled(function, *args, **kwargs)
        finally:
            self._running -= 1
            if not self._running:
                self._leave_later()

    async def start(self) -> None:
        """Have a worker at hand; one that cannot be started is tried again when it is needed."""
        with contextlib.suppress(OverBudget, OutOfRoom):
            await self.run(os.getpid)

    async def _scheduled(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        ended: ProcessExpired | None = None
        for _ in range(POOLS):
            pool = self._started()
            try:
                future = pool.schedule(
                    function, args=list(args), kwargs=dict(kwargs), timeout=self._settings.seconds
                )
            except RuntimeError:  # pebble's, of a pool that is broken by now
                self._replace(pool)
                continue
            self._given.add(future)
            try:
                return await self._result(future)
            except BrokenProcessPool:
                self._replace(pool)
            except ProcessExpired as error:
                ended = error
                if error.exitcode != ENDED_ITSELF:
                    break
                self._replace(pool)
            finally:
                self._given.discard(future)
        if ended is not None:
            raise OverBudget(Reason("work.crashed")) from ended
        raise OutOfRoom("workers end before they begin to work")

    async def _result(self, future: Future[T]) -> T:
        try:
            result: T = await asyncio.wrap_future(future)
        except TimeoutError as error:
            raise OverBudget(Reason("work.seconds", most=self._settings.seconds)) from error
        except MemoryError as error:
            raise OverBudget(Reason("work.memory", most=self._settings.megabytes)) from error
        except RecursionError as error:
            raise OverBudget(Reason("work.nested")) from error
        except OSError as error:  # a document's are translated where they happen
            if isinstance(error, ProcessExpired):
                raise
            if error.errno in NO_ROOM:
                raise OutOfRoom(error.strerror or str(error)) from error
            raise OverBudget(Reason("work.no_worker", said=str(error))) from error
        return result

    def _started(self) -> ProcessPool:
        if self._pool is None:
            settings = self._settings
            self._pool = ProcessPool(
                max_workers=settings.processes,
                max_tasks=settings.tasks,
                initializer=settle_in,
                initargs=[settings.megabytes, settings.preload, os.getpid()],
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool

    def _stay(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None

    def _leave_later(self) -> None:
        if math.isinf(self._settings.idle_seconds):
            return
        loop = asyncio.get_running_loop()
        self._leaving = loop.call_later(self._settings.idle_seconds, self._leave)

    def _replace(self, broken: ProcessPool) -> None:
        """Let each task have other workers: pebble gives a pool up when a worker ends with no task in hand.

        Those that were given to the pool and stand behind a large one it has not looked at, and tells nobody of.
        """
        if self._pool is broken:
            self._leave()
            for future in self._given:
                with contextlib.suppress(InvalidStateError):  # it was told
                    future.set_exception(BrokenProcessPool("a worker ended with no task in hand"))

    def _leave(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            # Joining waits for processes to end, which the loop must not do.
            threading.Thread(target=_ended, args=[pool], name="workers-leave").start()

    async def aclose(self) -> None:
        """End all workers; a task that still runs is stopped."""
        self._stay()
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(_ended, pool)


@contextlib.asynccontextmanager
async def started(settings: WorkerSettings) -> AsyncIterator[WorkerPool]:
    """Worker processes, ended on the way out."""
    workers = WorkerPool(settings)
    try:
        yield workers
    finally:
        await workers.aclose()


def _ended(pool: ProcessPool) -> None:
    pool.stop()
    pool.join()


def settle_in(megabytes: int, preload: tuple[str, ...], parent: int) -> None:
    """Prepare a new worker process: its signals, its imports, then its memory limit.

    A terminal's Ctrl-C and a service manager's SIGTERM reach the whole group: the parent decides
    what to finish, so workers ignore both and leave when the parent does.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _leave_with(parent)
    logging.getLogger().addHandler(logging.NullHandler())  # parsers report each repair; nobody reads that
    # A warning may repeat the document, and so may what a thread ended with.
    logging.captureWarnings(capture=True)
    threading.excepthook = lambda _: None
    sys.unraisablehook = lambda _: None
    for module in preload:
        importlib.import_module(module)
    gc.freeze()  # word lists and models live as long as the process: no collection need look at them again
    gc.set_threshold(*COLLECTIONS)
    _limit_memory(megabytes)


def _leave_with(parent: int) -> None:
    if LINUX:
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the kernel knew that we care
            os._exit(1)
        return

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_LOOK)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()


def _limit_memory(megabytes: int) -> None:
    if not LINUX:  # elsewhere RLIMIT_AS is not enforced; time and size limits remain
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
