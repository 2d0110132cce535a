"""Tasks in the store: what desks wait for, who works on it, and the answers until they are taken. PostgreSQL only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, cast, delete, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.sql.database import Database
from bot.store.sql.queue_schema import tasks
from bot.store.sql.rows import storable

Defer = Callable[[Any], Awaitable[None]]
"""Puts a job into the engine's queue in the transaction of this connection of the driver's."""

ANSWERED = "copydesk_answered"
"""The channel on which desks hear of answers; a message is the name of the desk that has one."""

GONE = timedelta(minutes=2)
"""After so long without a word of its desk a task is nobody's; desks speak every ten seconds."""

_LOCK = 0x434F5052
"""The advisory lock of whoever looks for what was lost ("COPR" in ASCII)."""

NOW: ColumnElement[int] = cast(func.extract("epoch", func.clock_timestamp()) * 1_000_000, BigInteger)
"""Microseconds since 1970 on the server's clock, which all hosts share."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a desk asks for: a call of this ``kind``, with packed arguments; ``about`` what, for a worker's log."""

    id: str
    kind: str
    payload: bytes
    about: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A task whose worker has ended: for which ``job``, and how often that happened while it had nothing else in hand."""

    id: str
    about: str
    job: int | None
    deaths: int


class Tasks:
    """The tasks of every desk on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- a desk's ----------------------------------------------------------------------------

    async def put(self, desk: str, task: Task, defer: Defer) -> None:
        """Have it done: the task and its job, or neither. Raises StoreError."""
        row = {"id": task.id, "kind": task.kind, "payload": task.payload, "about": storable(task.about)}
        async with self._database.writing() as connection:
            await connection.execute(insert(tasks).values(desk=desk, seen=NOW, **row))
            await defer(await _driver(connection))

    async def take(self, desk: str) -> Mapping[str, bytes]:
        """The answers that are there for the desk, by task; they are there no longer."""
        theirs = delete(tasks).where(tasks.c.desk == desk, tasks.c.answer.is_not(None))
        async with self._database.writing() as connection:
            rows = await connection.execute(theirs.returning(tasks.c.id, tasks.c.answer))
            return {row.id: row.answer for row in rows}

    async def wait_on(self, desk: str) -> frozenset[str]:
        """Say that the desk still waits for its tasks; those that are there."""
        theirs = update(tasks).where(tasks.c.desk == desk).values(seen=NOW)
        async with self._database.writing() as connection:
            return frozenset(row.id for row in await connection.execute(theirs.returning(tasks.c.id)))

    async def leave(self, ids: Iterable[str]) -> None:
        """Nobody waits for these any more; a job that comes upon one finds nothing to do."""
        async with self._database.writing() as connection:
            await connection.execute(delete(tasks).where(tasks.c.id.in_(list(ids))))

    # --- a worker's --------------------------------------------------------------------------

    async def begin(self, id: str, worker: str, job: int, *, alone: bool) -> Task | None:
        """Work on it. ``None`` where there is nothing to do, or where it is (not) to be worked on ``alone``."""
        wanted = and_(tasks.c.id == id, tasks.c.answer.is_(None), tasks.c.alone.is_(alone))
        mine = update(tasks).where(wanted).values(worker=worker, job=job)
        async with self._database.writing() as connection:
            found = await connection.execute(mine.returning(tasks.c.kind, tasks.c.payload, tasks.c.about))
            row = found.one_or_none()
        return None if row is None else Task(id, row.kind, row.payload, row.about)

    async def answer(self, id: str, answer: bytes) -> None:
        """Keep the answer, unless there is one, and tell the desk."""
        async with self._database.writing() as connection:
            await _answered(connection, id, answer)

    async def give_back(self, id: str, worker: str) -> None:
        """The worker leaves it undone, and does not die of it."""
        mine = update(tasks).where(tasks.c.id == id, tasks.c.worker == worker)
        async with self._database.writing() as connection:
            await connection.execute(mine.values(worker=None, job=None))

    # --- what was lost -----------------------------------------------------------------------

    async def holders(self) -> frozenset[str]:
        """Every desk and worker that some task names."""
        async with self._database.reading() as connection:
            desks = await connection.scalars(select(tasks.c.desk).distinct())
            workers = await connection.scalars(select(tasks.c.worker).distinct())
            return frozenset(name for name in (*desks, *workers) if name is not None)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[bool]:
        """Whether this process looks for what was lost, as long as the block lasts: one does at a time."""
        async with self._database.reading() as connection:
            lock = text("SELECT pg_try_advisory_xact_lock(:lock)")
            yield bool(await connection.scalar(lock, {"lock": _LOCK}))

    async def lost(self, workers: Collection[str], stalled: Collection[str]) -> tuple[Lost, ...]:
        """What these workers, which have ended, and others whose heart has stopped had in hand: the tasks ``stalled``.

        A worker that had one in hand died of it; of several any may be the one, so that each is worked on
        alone from now on.
        """
        theirs = and_(
            tasks.c.worker.is_not(None),
            tasks.c.answer.is_(None),
            or_(tasks.c.worker.in_(list(workers)), tasks.c.id.in_(list(stalled))),
        )
        async with self._database.writing() as connection:
            rows = (await connection.execute(select(tasks).where(theirs).with_for_update())).all()
            in_hand: dict[str, list[Any]] = {}
            for row in rows:
                in_hand.setdefault(row.worker, []).append(row)
            found = []
            for held in in_hand.values():
                for row in held:
                    deaths = row.deaths + (len(held) == 1)
                    freed = update(tasks).where(tasks.c.id == row.id)
                    await connection.execute(freed.values(worker=None, job=None, alone=True, deaths=deaths))
                    found.append(Lost(row.id, row.about, row.job, deaths))
        return tuple(found)

    async def clear(self, ended: Collection[str]) -> int:
        """Forget what desks waited for that have ``ended``, or have not been heard of for GONE; how much."""
        silent = tasks.c.seen < NOW - int(GONE.total_seconds() * 1_000_000)
        nobodys = delete(tasks).where(or_(tasks.c.desk.in_(list(ended)), silent))
        async with self._database.writing() as connection:
            return (await connection.execute(nobodys)).rowcount


async def _driver(connection: AsyncConnection) -> Any:
    return (await connection.get_raw_connection()).driver_connection


async def _answered(connection: AsyncConnection, id: str, answer: bytes) -> None:
    open_ = and_(tasks.c.id == id, tasks.c.answer.is_(None))
    done = update(tasks).where(open_).values(answer=answer, payload=b"", worker=None, job=None)
    told = done.returning(tasks.c.desk).cte("told")
    await connection.execute(select(func.pg_notify(ANSWERED, told.c.desk)))
