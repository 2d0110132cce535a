"""Workers that are elsewhere: a desk hands calls to whoever takes them, and waits for the answers."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import ParamSpec, TypeVar, cast

from bot.domain.errors import BotError, OverBudget, StoreError
from bot.domain.model import Document
from bot.domain.ports import Measures, TaskOutcome, Tell, Unmeasured, Workers
from bot.domain.reasons import Reason
from bot.inbox.names import shown
from bot.queue import engine, packing, watching
from bot.queue.tasks import Answer, Task, Tasks
from bot.runtime.health import Queue
from bot.runtime.processes import this_process
from bot.store.sql.database import Database
from bot.store.sql.url import Location, locate

BEAT = 10.0
"""Seconds between two signs of the desk that it still waits."""

UNATTENDED = 60.0
"""Seconds without an answer after which the owner is told, where nobody works."""

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Waiting:
    """A task, whether it is in the store by now, and its answer once there is one."""

    task: Task
    answer: asyncio.Future[Answer]
    put: bool = False


async def _logged(what: Reason | str, *, urgent: bool = False) -> None:  # noqa: ARG001 - as Tell has it
    log.error("%s", what)


class QueuedWorkers:
    """:class:`bot.domain.ports.Workers` that have the functions of ``kinds`` done by others, and all else by ``local``.

    Whoever asks waits as long as it takes: the limits of a call begin where it is worked on. What cannot
    travel is done by ``local``, too. Belongs to one event loop; end it with ``aclose``.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - where to, what, who else, and whose
        self,
        database: Database,
        location: Location,
        on: engine.Engine,
        kinds: Mapping[str, Callable[..., object]],
        local: Workers,
        desk: str,
        first: Collection[str] = (),
    ) -> None:
        """``desk`` is this process's name, and work of the kinds ``first`` does not wait behind other work; the engine's tables are there (:func:`bot.queue.engine.make_ready`), and ``on`` is connected."""
        self._database, self._location = database, location
        self._engine = on
        self._tasks = Tasks(database, on.connection)
        self._kinds = {function: kind for kind, function in kinds.items()}
        self._local = local
        self._desk = desk
        self._first = frozenset(first)
        self._waiting: dict[str, _Waiting] = {}
        self._wake = asyncio.Event()
        self._beside: list[asyncio.Task[None]] = []
        self._since = 0.0
        self._told = False
        self.measures: Measures = Unmeasured()
        self.tell: Tell = _logged
        self.turned: Callable[[], None] = lambda: None
        """Is called now and then while somebody waits: no loop hangs because its work is done elsewhere."""

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As the port has it. Raises StoreError as well, where the call cannot be handed on."""
        if function in self._kinds and not kwargs:
            try:
                return await self.hand(function, *args)
            except packing.CannotTravel:
                log.info("%s is done here: it cannot travel", _about(args, "work"))
        return await self._local.run(function, *args, **kwargs)

    async def hand(self, function: Callable[..., T], *args: object) -> T:
        """The result of a function of ``kinds``, from elsewhere, however long that takes.

        Raises CannotTravel where it is for the desk to do, and as ``run`` does.
        """
        kind = self._kinds[function]
        payload = packing.packed(args)
        if len(payload) > packing.LARGEST:
            raise packing.CannotTravel
        task = Task(uuid.uuid4().hex, kind, payload, _about(args, kind))
        return cast("T", await self._result(task))

    async def attended(self) -> bool:
        """Whether somebody works. Raises StoreError."""
        return await engine.works(self._database)

    async def look(self) -> Queue:
        """How the queue of all desks is. Raises StoreError."""
        return await watching.look(self._database)

    async def aclose(self) -> None:
        """Wait for nothing any more."""
        for task in self._beside:
            task.cancel()
        await asyncio.gather(*self._beside, return_exceptions=True)
        await self._leave(*self._waiting)

    async def _result(self, task: Task) -> object:
        """What the task brought, which is counted; raises what it raised."""
        begun, answer = _now(), await self._answer(task)
        outcome: TaskOutcome = "failed"
        try:
            result = packing.result_of(answer.packed)
            outcome = "done"
        except BotError as error:
            outcome = (
                "set_aside"
                if isinstance(error, OverBudget) and error.reason.code == "work.died"
                else "refused"
            )
            raise
        finally:
            self.measures.task(task.kind, outcome, _now() - begun, again=answer.again)
        return result

    async def _answer(self, task: Task) -> Answer:
        if not self._beside:
            told = engine.hear(self._location, self._desk, self._wake.set)
            self._beside = [asyncio.create_task(told), asyncio.create_task(self._collect())]
        if not self._waiting:
            self._since = _now()
            self._wake.set()
        waiting = self._waiting[task.id] = _Waiting(task, asyncio.get_running_loop().create_future())
        try:
            await self._put(waiting)
            return await waiting.answer
        finally:
            del self._waiting[task.id]
            if not waiting.answer.done() or waiting.answer.cancelled():
                await asyncio.shield(self._leave(task.id))

    async def _put(self, waiting: _Waiting) -> None:
        task = waiting.task
        first = task.kind in self._first
        await self._tasks.put(self._desk, task, self._engine.deferring(task.kind, task.id, first=first))
        waiting.put = True

    async def _leave(self, *tasks: str) -> None:
        with suppress(StoreError):  # they are cleared once this desk is not heard of any more
            await self._tasks.leave(tasks)

    async def _collect(self) -> None:
        """Hand on answers as they come; where one was not heard of, a little later."""
        beat = _now() + BEAT
        while True:
            self._wake.clear()
            if self._waiting:
                self.turned()
                try:
                    await self._take()
                    if _now() >= beat:
                        beat = _now() + BEAT
                        await self._still_waits()
                except StoreError as error:
                    log.warning("answers are waited for: %s", error)
                    await asyncio.sleep(engine.POLL)
                except Exception:
                    log.exception("answers are waited for all the same")
                    await asyncio.sleep(engine.POLL)
            with suppress(TimeoutError):
                async with asyncio.timeout(engine.POLL if self._waiting else None):
                    await self._wake.wait()

    async def _take(self) -> None:
        for answer in await self._tasks.take(self._desk):
            self._since, self._told = _now(), False
            if (waiting := self._waiting.get(answer.id)) and not waiting.answer.done():
                waiting.answer.set_result(answer)

    async def _still_waits(self) -> None:
        """Keep the tasks from being cleared, and put those anew that were: a desk that is cut off for long loses them."""
        known = [one for one in self._waiting.values() if one.put]
        there = await self._tasks.wait_on(self._desk)
        for one in known:
            if one.task.id not in there and not one.answer.done():
                await self._put(one)
        if self._told or _now() - self._since < UNATTENDED or await self.attended():
            return
        self._told = True
        await self.tell(Reason("owner.unattended"), urgent=True)


@asynccontextmanager
async def handing(
    database: Database,
    url: str,
    kinds: Mapping[str, Callable[..., object]],
    local: Workers,
    first: Collection[str] = (),
) -> AsyncIterator[QueuedWorkers]:
    """This process's work of these ``kinds`` done by others as long as the block lasts, of some ``first``. Raises StoreError."""
    location = locate(url)
    await engine.make_ready(database, location)
    on = engine.Engine(location)
    async with on.opened():
        workers = QueuedWorkers(database, location, on, kinds, local, this_process(), first)
        try:
            yield workers
        finally:
            await workers.aclose()


def _about(args: Iterable[object], kind: str) -> str:
    return next((shown(one.name) for one in args if isinstance(one, Document)), kind)


def _now() -> float:
    return asyncio.get_running_loop().time()
