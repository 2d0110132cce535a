"""A worker: takes jobs, has each computed in a process of its own, and takes up what others left when they ended."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from bot.domain.errors import BotError, OutOfRoom, OverBudget, StoreError
from bot.domain.ports import Workers
from bot.domain.reasons import Reason
from bot.queue import packing
from bot.queue.engine import Engine, Work
from bot.queue.gate import Gate
from bot.queue.tasks import Task, Tasks
from bot.runtime import failpoints

DEATHS = 3
"""A task on which so many workers ended, each with nothing else in hand, is not worked on again."""

LOOK = 3.0
"""Seconds between two looks of a worker for what others left."""

PAUSE = 2.0
"""Seconds before the next try where the database is lost, and the engine has ended by itself."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of work: what answers a packed call, and how many calls it answers side by side.

    ``answer`` raises OutOfRoom, OverBudget and other errors of ours as :class:`bot.domain.ports.Workers` do, and StoreError
    where what it needs cannot be had.
    """

    answer: Callable[[bytes], Awaitable[bytes]]
    processes: int

    @classmethod
    def computed(cls, function: Callable[..., object], pool: Workers, processes: int) -> Trade:
        """One that needs nothing but its arguments: the call is unpacked where it is computed."""

        async def answer(payload: bytes) -> bytes:
            return await pool.run(packing.answer_to, function, payload)

        return cls(answer, processes)


class Worker:
    """One `copydesk worker`. ``holder`` is its name, ``alive`` whether another's process may still be there."""

    def __init__(
        self,
        engine: Engine,
        tasks: Tasks,
        trades: Mapping[str, Trade],
        holder: str,
        alive: Callable[[str], bool],
    ) -> None:
        self._engine = engine
        self._tasks = tasks
        self._trades = trades
        self._holder = holder
        self._alive = alive
        self._gate = Gate()
        self.done = 0
        for kind, trade in trades.items():
            engine.offer(kind, self._working(trade))

    async def run(self, stop: asyncio.Event, grace: float) -> None:
        """Work until ``stop``; then what is in hand has ``grace`` seconds, and the rest is left to others.

        A database that is lost is waited for.
        """
        looking = asyncio.create_task(self._look_after(stop))
        try:
            while not stop.is_set():
                try:
                    await self._until(stop, grace)
                except StoreError as error:
                    log.warning("no work: %s", error)
                await _rested(stop, PAUSE)
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)

    async def _until(self, stop: asyncio.Event, grace: float) -> None:
        # One more than processes: its payload is fetched while they compute.
        together = sum(trade.processes for trade in self._trades.values()) + 1
        working = asyncio.create_task(self._engine.run(together, grace))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            if not working.done():
                working.cancel()
        with suppress(asyncio.CancelledError):
            await working

    def _working(self, trade: Trade) -> Work:
        async def work(id: str, job: int) -> None:
            for alone in (False, True):
                async with self._gate.passed(alone=alone):
                    task = await self._tasks.begin(id, self._holder, job, alone=alone)
                    if task is not None:
                        await self._finished(trade, task)
                        return

        return work

    async def _finished(self, trade: Trade, task: Task) -> None:
        failpoints.reach("work-begun")
        try:
            answer = await _computed(trade, task.payload)
        except asyncio.CancelledError:  # told to stop: nobody is to think that the task was to blame
            with suppress(StoreError):
                await asyncio.shield(self._tasks.give_back(task.id, self._holder))
            raise
        await self._tasks.answer(task.id, answer)
        failpoints.reach("work-answered")
        self.done += 1
        log.info("%s: done", task.about)

    async def _look_after(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self._take_up_dropped()
                await self.look()
            except StoreError as error:
                log.info("what others left is looked for later: %s", error)
            except Exception:
                log.exception("what others left is looked for later")
            await _rested(stop, LOOK)

    async def _take_up_dropped(self) -> None:
        if dropped := await self._engine.dropped():
            log.warning(
                "the end of jobs could not be written down; they are looked at again: %d", len(dropped)
            )
            await self._engine.again(dropped)

    async def look(self) -> None:
        """Hand out again what workers had in hand that have ended, and forget what desks that ended waited for."""
        async with self._tasks.turn() as mine:
            if not mine:
                return
            gone = {name for name in await self._tasks.holders() if not self._alive(name)}
            if cleared := await self._tasks.clear(gone):
                log.info("tasks of desks that ended were cleared: %d", cleared)
            stalled = await self._engine.stalled()
            lost = await self._tasks.lost(gone, {one.task for one in stalled})
            for one in lost:
                log.warning(
                    "a worker ended with a task in hand; it is taken up again (deaths: %d)", one.deaths
                )
                if one.deaths >= DEATHS:
                    died = OverBudget(Reason("work.died", times=one.deaths))
                    await self._tasks.answer(one.id, packing.raised(died))
            begun = {one.job for one in lost if one.job is not None}
            await self._engine.again({one.job for one in stalled} | await self._engine.beside(begun))


async def _computed(trade: Trade, payload: bytes) -> bytes:
    try:
        return await trade.answer(payload)
    except OutOfRoom as error:
        return packing.raised(OutOfRoom(f"{error.reason}, on {socket.gethostname()}"))
    except BotError as error:
        return packing.raised(error)


async def _rested(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
