"""Tasks in the store: what desks wait for, who works on it, and the answers until they are taken. PostgreSQL only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from psycopg import AsyncConnection
from sqlalchemy import BigInteger, ColumnElement, and_, cast, delete, func, or_, select, text, update

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


PUT = """
INSERT INTO tasks (id, desk, kind, about, payload, seen)
VALUES (%s, %s, %s, %s, %s, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
"""
TAKE = "DELETE FROM tasks WHERE desk = %s AND answer IS NOT NULL RETURNING id, answer, alone"
BEGIN = """
UPDATE tasks SET worker = %s, job = %s WHERE id = %s AND alone = %s AND answer IS NULL
RETURNING kind, payload, about
"""
ANSWER = """
WITH told AS (
    UPDATE tasks SET answer = %s, payload = '', worker = NULL, job = NULL WHERE id = %s AND answer IS NULL RETURNING desk
)
SELECT pg_notify(%s, desk) FROM told
"""


@dataclass(frozen=True, slots=True)
class Task:
    """What a desk asks for: a call of this ``kind``, with packed arguments; ``about`` what, for a worker's log."""

    id: str
    kind: str
    payload: bytes
    about: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The packed answer to the task of this ``id``; ``again``: a worker had ended with it in hand before."""

    id: str
    packed: bytes
    again: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """A task whose worker has ended: for which ``job``, and how often that happened while it had nothing else in hand."""

    id: str
    about: str
    job: int | None
    deaths: int


Connection = Callable[[], AbstractAsyncContextManager[AsyncConnection[Any]]]
"""Gives a connection of the driver's, each statement of which is a transaction of its own. What fails leaves as StoreError."""


class Tasks:
    """The tasks of every desk on a database. What is done for each goes past SQLAlchemy, which takes twice the time."""

    def __init__(self, database: Database, connection: Connection) -> None:
        self._database = database
        self._connection = connection

    # --- a desk's ----------------------------------------------------------------------------

    async def put(self, desk: str, task: Task, defer: Defer) -> None:
        """Have it done: the task and its job, or neither. Raises StoreError."""
        row = (task.id, desk, task.kind, storable(task.about), task.payload)
        async with self._connection() as connection, connection.transaction():
            await connection.execute(PUT, row)
            await defer(connection)

    async def take(self, desk: str) -> tuple[Answer, ...]:
        """The answers that are there for the desk; they are there no longer."""
        async with self._connection() as connection:
            rows = await connection.execute(TAKE, (desk,), binary=True)
            return tuple(Answer(*row) for row in await rows.fetchall())

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
        async with self._connection() as connection:
            found = await connection.execute(BEGIN, (worker, job, id, alone), binary=True)
            row = await found.fetchone()
        return None if row is None else Task(id, *row)

    async def answer(self, id: str, answer: bytes) -> None:
        """Keep the answer, unless there is one, and tell the desk."""
        async with self._connection() as connection:
            await connection.execute(ANSWER, (answer, id, ANSWERED))

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
