"""One database for all that must not be lost: SQLite in a file, or PostgreSQL.

Transactions are short and serial where they must be: on SQLite only a writing one begins
IMMEDIATE, so readers neither wait nor make others wait (WAL), and a writer that first reads does
not fail because another wrote meanwhile (a deferred one does, at once, whatever the timeout).
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, event, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.domain.errors import StoreError
from bot.runtime import private
from bot.store.sql.connections import Connections, look_after
from bot.store.sql.errors import no_room, translated
from bot.store.sql.library_schema import counters, revisions
from bot.store.sql.rows import micros
from bot.store.sql.upgrade import bring_up_to_date
from bot.store.sql.url import Location, locate, without_password

T = TypeVar("T")

AT_ONCE = 500
"""Ids or keys in one statement; SQLite takes 32,766 values, PostgreSQL 65,535."""


@dataclass(frozen=True, slots=True, repr=False)
class StoreSettings:
    """Where the store is: ``sqlite:///path``, ``sqlite://`` (in memory) or ``postgresql://…``.

    ``patience`` is how many seconds a writer waits for another before StoreError. ``copies`` is the folder that has a
    copy of a PostgreSQL database before it is brought to another version; without one none is made.
    """

    url: str
    patience: float = 15.0
    copies: Path | None = None

    @property
    def beside(self) -> Path | None:
        """With what the names of copies begin that are made unasked; None where there are none. Raises StoreError."""
        location = locate(self.url)
        if location.sqlite or self.copies is None:
            return location.path
        return self.copies / re.sub(r"[^\w.-]", "_", location.url.database or "postgresql")

    def __str__(self) -> str:
        return without_password(self.url)

    def __repr__(self) -> str:
        return f"StoreSettings(url={str(self)!r}, patience={self.patience})"


class Database:
    """An open store; close it with ``aclose`` or use it as an async context manager.

    Belongs to one event loop. Every vendor error inside its transactions leaves as StoreError.
    Transactions do not nest: one that waits for another in the same task waits for ever.
    """

    def __init__(
        self, engine: AsyncEngine, location: Location, connections: Connections, patience: float
    ) -> None:
        self._connections = connections
        self._patience = patience
        self._open = 0
        self._none_open = asyncio.Event()
        self._closing = False
        self._reading = engine
        self._writing = engine.execution_options(writes=True)
        self._location = location
        # SQLite lets one writer in and the others poll: within a process, queue in order instead.
        self._turn = asyncio.Lock()

    @property
    def is_shared(self) -> bool:
        """Whether processes of several hosts may be at it."""
        return not self._location.sqlite

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads; on SQLite it sees one moment throughout."""
        # In memory all tasks share one connection, hence its one transaction.
        turn = self._turn if self._location.in_memory else nullcontext()
        with self._counted():
            async with turn, self._reading.connect() as connection:
                yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads, and sees one moment throughout on PostgreSQL, too."""
        async with self.reading() as connection:
            if not self._location.sqlite:
                repeatable = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                await connection.exec_driver_sql(repeatable)
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may write: committed at the end, or undone as a whole."""
        turn = self._turn if self._location.sqlite else nullcontext()
        with self._counted():
            async with turn, self._writing.begin() as connection:
                yield connection

    @contextmanager
    def _counted(self) -> Iterator[None]:
        if self._closing:
            raise StoreError(f"the database {self._location.shown} is closed")
        self._open += 1
        try:
            with translated(self._location):
                yield
        finally:
            self._open -= 1
            if not self._open:
                self._none_open.set()

    async def overwrite_free(self) -> None:
        """Leave nothing of what was deleted in the database's own files.

        An SQLite file is written anew, and its log emptied: StoreError where somebody reads that long. On
        PostgreSQL the server may use the room again from then on; its own logs and copies are the server's.
        """
        if self._location.in_memory:
            return
        with self._counted():
            if self._location.sqlite:
                async with self._turn, self._reading.connect() as connection:
                    await _write_anew(connection, self._location)
                return
            # In no transaction; the pool has the connection as it was, whatever comes of it.
            outside = self._reading.execution_options(isolation_level="AUTOCOMMIT")
            async with outside.connect() as connection:
                await connection.exec_driver_sql("VACUUM")

    async def aclose(self) -> None:
        """Close every connection once no transaction is open; a later one raises StoreError.

        A transaction that does not end within the store's patience loses its connection.
        """
        self._closing = True
        try:
            if self._open:
                self._none_open.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._none_open.wait(), self._patience)
        finally:
            await self._connections.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


async def open_store(settings: StoreSettings) -> Database:
    """The store at ``settings.url``, made where it does not exist and migrated to this version.

    Raises StoreError with the remedy: an address that is not supported, a server that cannot be
    reached, a file that is no database, a schema of a newer version. Several processes may open
    the same store at once.
    """
    location = locate(settings.url)
    _make_room(location)
    connections = Connections()
    engine = _sqlite(location, settings, connections) if location.sqlite else _postgres(location, settings)
    connections.follow(engine)
    try:
        with translated(location):
            if location.path is not None:
                await _write_ahead(engine, settings.patience)
            await bring_up_to_date(engine, location, settings.beside)
    except BaseException:
        await connections.close()
        raise
    return Database(engine, location, connections, settings.patience)


def _make_room(location: Location) -> None:
    if location.path is None:
        return
    if location.path.is_dir():
        raise StoreError(f"{location.shown} is a folder; name a file for the database in [store] url")
    try:
        private.make_folder(location.path.parent)
        private.make_file(location.path)  # SQLite gives the mode on to the files beside it
    except OSError as error:
        raise no_room(error, location) from error


def _sqlite(location: Location, settings: StoreSettings, connections: Connections) -> AsyncEngine:
    # isolation_level None: the driver begins nothing by itself, `begin` below does.
    arguments = {
        "timeout": settings.patience,
        "isolation_level": None,
        "async_creator_fn": connections.open,
    }
    engine = create_async_engine(location.url, connect_args=arguments, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        driver: Any = connection.connection.driver_connection
        driver.begin("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(location: Location, settings: StoreSettings) -> AsyncEngine:
    engine = create_async_engine(
        location.url,
        connect_args={"connect_timeout": 10, "client_encoding": "utf8", "application_name": "copydesk"},
        # After the row lock a statement must see what the last holder committed.
        isolation_level="READ COMMITTED",
        pool_timeout=settings.patience,
        hide_parameters=True,
    )

    look_after(engine.sync_engine, settings.patience)
    return engine


async def _write_ahead(engine: AsyncEngine, patience: float) -> None:
    """Switch the file to WAL, once in its life.

    SQLite does not wait where connections switch at once: of 1,800 in sixes, 56 were told
    "database is locked" in spite of a timeout. So this waits.
    """
    deadline = asyncio.get_running_loop().time() + patience
    while True:
        try:
            async with engine.connect() as connection:
                # The driver's own connection: a mode cannot change inside a transaction.
                driver = (await connection.get_raw_connection()).driver_connection
                assert driver is not None
                cursor = await driver.execute("PRAGMA journal_mode = WAL")
                await cursor.close()
        except sqlite3.OperationalError as error:
            if (
                error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY
                or asyncio.get_running_loop().time() > deadline
            ):
                raise
            await asyncio.sleep(0.05)
        else:
            return


async def _write_anew(connection: AsyncConnection, location: Location) -> None:
    # The driver's own connection: neither runs inside a transaction.
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    await (await driver.execute("VACUUM")).close()
    cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    busy = (await cursor.fetchone())[0]
    await cursor.close()
    if busy:
        raise StoreError(f"the log beside {location.shown} cannot be emptied while somebody reads it")


async def try_writing(database: Database) -> None:
    """Write what is there already. Raises StoreError where the store may not be written.

    To begin a transaction shows nothing: of a file that may not be written SQLite makes one that reads.
    """
    async with database.writing() as connection:
        await connection.execute(update(counters).values(revision=counters.c.revision))


async def take_turn(connection: AsyncConnection) -> None:
    """Wait for other writers, then keep them waiting until this transaction ends.

    What an earlier turn committed is visible; what is numbered in turns is committed in that order.
    """
    # A row lock on PostgreSQL; SQLite, which ignores FOR UPDATE, gave the turn at BEGIN IMMEDIATE.
    await connection.execute(select(counters.c.id).with_for_update())


async def next_revision(connection: AsyncConnection, now: datetime) -> int:
    """The library's next revision, made at ``now``, in a transaction whose turn it is."""
    numbers = update(counters).values(revision=counters.c.revision + 1).returning(counters.c.revision)
    number = int((await connection.execute(numbers)).scalar_one())
    await connection.execute(insert(revisions), {"revision": number, "made": micros(now)})
    return number


def chunks(named: Sequence[T]) -> Iterator[Sequence[T]]:
    """The ids or keys in pieces that one statement takes."""
    for start in range(0, len(named), AT_ONCE):
        yield named[start : start + AT_ONCE]
