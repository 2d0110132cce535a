"""The engine that hands out jobs: procrastinate, whose names and errors are known here alone.

A job holds the id of a task and nothing else. Its queue is named after kind and version: a worker of another version
would read by other rules.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import Any

import psycopg
from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import ConfigError, StoreError
from bot.queue.tasks import ANSWERED, Defer
from bot.store.sql.database import Database
from bot.store.sql.errors import sentence
from bot.store.sql.queue_schema import queue_engine
from bot.store.sql.url import Location

try:
    import procrastinate
    from procrastinate import exceptions, schema
except ImportError as error:
    raise ConfigError(
        ['workers.engine: "queue" needs procrastinate, which is not installed: pip install "copydesk[queue]"']
    ) from error

HEARTBEAT, STALLED = 5.0, 20.0
"""Seconds between two heartbeats of a worker, and without one until its jobs are taken from it."""

POLL = 2.0
"""Seconds after which a worker looks for jobs, and a desk for answers, that it has not heard of."""

CONNECT = 10
"""Seconds for a connection to come about."""

_LOCK = 0x434F5051
"""The advisory lock under which the engine's tables are made ("COPQ" in ASCII)."""

Work = Callable[[str, int], Awaitable[None]]
"""Works on a task (its id) for a job (its number)."""


@dataclass(frozen=True, slots=True)
class Stalled:
    """A job whose worker's heart has stopped, and its task."""

    job: int
    task: str


@cache  # The version is read from a file: 1 ms of the 29 that a desk's process has a file to hand on.
def queue_of(kind: str) -> str:
    """The queue of the jobs of this kind, for workers of this version."""
    return f"{kind} {version('copydesk')}"


class Engine:
    """One process's hold on the queues of a database."""

    def __init__(self, location: Location, *, connections: int = 4) -> None:
        self._location = location
        self._connector = procrastinate.PsycopgConnector(
            conninfo=address_of(location),
            kwargs={"connect_timeout": CONNECT, "application_name": "copydesk worker"},
            min_size=1,
            max_size=connections,
            timeout=15.0,
            configure=_one_by_one,
        )
        self._app = procrastinate.App(connector=self._connector)
        self._queues: list[str] = []
        self._worker: int | None = None
        self._in_hand: set[int] = set()
        self._missed: frozenset[int] = frozenset()

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Connected as long as the block lasts. Raises StoreError."""
        with self._translated():
            await self._app.open_async()
        try:
            yield
        finally:
            await self._app.close_async()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
        """One of this engine's connections, each statement of which is a transaction. What fails leaves as StoreError."""
        with self._translated():
            async with self._connector.pool.connection() as connection:
                yield connection

    def deferring(self, kind: str, task: str, *, first: bool = False) -> Defer:
        """What puts the job of this task into its queue; ``first`` before all that are not."""

        async def defer(connection: Any) -> None:
            with self._translated():
                job = self._app.configure_task(
                    kind, queue=queue_of(kind), connection=connection, priority=int(first)
                )
                await job.defer_async(task=task)

        return defer

    def offer(self, kind: str, work: Work) -> None:
        """Take jobs of this kind and have ``work`` done for each; one that raises, or is cancelled, is done once more."""

        async def done(context: procrastinate.JobContext, task: str) -> None:
            assert context.job.id is not None
            self._worker = context.job.worker_id
            self._in_hand.add(context.job.id)
            try:
                await work(task, context.job.id)
            finally:
                self._in_hand.discard(context.job.id)

        again = procrastinate.RetryStrategy(wait=1)
        self._app.task(name=kind, queue=queue_of(kind), pass_context=True, retry=again)(done)
        self._queues.append(queue_of(kind))

    async def run(self, together: int, grace: float) -> None:
        """Work on so many jobs side by side until cancelled; then those in hand have ``grace`` seconds.

        Raises StoreError where the database is lost.
        """
        with self._translated():
            await self._app.run_worker_async(
                queues=self._queues,
                concurrency=together,
                fetch_job_polling_interval=POLL,
                shutdown_graceful_timeout=grace,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED,
                delete_jobs="always",
                install_signal_handlers=False,
            )

    async def stalled(self) -> tuple[Stalled, ...]:
        """The jobs of this worker's queues whose workers have ended, or cannot be heard. Raises StoreError."""
        with self._translated():
            jobs = await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED)
        return tuple(
            Stalled(one.id, str(one.task_kwargs.get("task")))
            for one in jobs
            if one.id is not None and one.queue in self._queues
        )

    async def dropped(self) -> frozenset[int]:
        """Jobs that this worker has by the database and not in hand, now and when this was asked before. Raises StoreError.

        The engine writes down that a job has ended, or is to be done once more, and does not try again where that
        fails: with a connection that is lost and back at once the job would stay with a worker whose heart beats.
        """
        if self._worker is None:
            return frozenset()
        with self._translated():
            theirs = await self._app.job_manager.list_jobs_async(worker_id=self._worker, status="doing")
        missed = frozenset(one.id for one in theirs if one.id is not None) - self._in_hand
        before, self._missed = self._missed, missed
        return missed & before

    async def beside(self, jobs: Collection[int]) -> frozenset[int]:
        """These jobs, and what else their workers took and had not begun. Raises StoreError."""
        manager, found = self._app.job_manager, set(jobs)
        with self._translated():
            workers = {one.worker_id for job in jobs for one in await manager.list_jobs_async(id=job)}
            for worker in workers - {None}:
                theirs = await manager.list_jobs_async(worker_id=worker, status="doing")
                found |= {one.id for one in theirs if one.id is not None}
        return frozenset(found)

    async def again(self, jobs: Collection[int]) -> None:
        """Hand these jobs out once more; one that has ended meanwhile stays ended."""
        for job in jobs:
            with suppress(exceptions.ConnectorException):
                await self._app.job_manager.retry_job_by_id_async(job, retry_at=datetime.now(UTC))

    def _translated(self) -> AbstractContextManager[None]:
        return _translated(self._location)


async def _one_by_one(connection: psycopg.AsyncConnection[Any]) -> None:
    """Each statement of the engine's is a transaction of its own anyway: two ways to the server less for each."""
    await connection.set_autocommit(True)


@contextmanager
def _translated(location: Location) -> Iterator[None]:
    """Inside, errors of the engine and of its driver leave as StoreError."""
    try:
        yield
    except (exceptions.ProcrastinateException, psycopg.Error) as error:
        raise sentence(error.__cause__ or error, location) from error


async def make_ready(database: Database, location: Location) -> None:
    """Make the engine's own tables, or bring them to its version, one process at a time. Raises StoreError."""
    names = sorted(one.name for one in schema.migrations_path.glob("*.sql"))
    async with database.writing() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        has = await connection.scalar(select(queue_engine.c.schema))
        if has is not None and has >= names[-1]:
            return
        driver: Any = (await connection.get_raw_connection()).driver_connection
        with _translated(location):
            if has is None:
                await _check_free(connection, location)
                await driver.execute(schema.SchemaManager.get_schema())
                await connection.execute(insert(queue_engine), {"schema": names[-1]})
                return
            for name in (one for one in names if one > has):
                await driver.execute((schema.migrations_path / name).read_bytes())
            await connection.execute(update(queue_engine).values(schema=names[-1]))


async def _check_free(connection: AsyncConnection, location: Location) -> None:
    if await connection.scalar(text("SELECT to_regclass('procrastinate_jobs') IS NOT NULL")):
        raise StoreError(
            f"the database {location.shown} has jobs of another program's; give Copydesk a database of its own in [store] url"
        )


async def works(database: Database) -> bool:
    """Whether some worker's heart beats. Raises StoreError."""
    beats = text(
        "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => :most))"
    )
    async with database.reading() as connection:
        return bool(await connection.scalar(beats, {"most": STALLED}))


async def hear(location: Location, desk: str, wake: Callable[[], object]) -> None:
    """Call ``wake`` for each answer that the desk gets, and when some may have been missed, until cancelled."""
    while True:
        with suppress(psycopg.Error):
            connection = await psycopg.AsyncConnection.connect(
                address_of(location),
                autocommit=True,
                connect_timeout=CONNECT,
                application_name="copydesk answers",
            )
            async with connection:
                await connection.execute(f"LISTEN {ANSWERED}".encode())
                wake()
                async for told in connection.notifies():
                    if told.payload == desk:
                        wake()
        await asyncio.sleep(POLL)


def address_of(location: Location) -> str:
    """The database's address as libpq has it, with its password."""
    return location.url.set(drivername="postgresql").render_as_string(hide_password=False)
