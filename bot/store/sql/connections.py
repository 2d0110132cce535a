"""Every connection to the store, and what each leaves behind when its task is cancelled: nothing."""

from __future__ import annotations

import asyncio
import select
import sqlite3
from collections.abc import Coroutine
from contextlib import suppress
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.sql.cursors import OneVisit, to_open

T = TypeVar("T")


FRESH = 1.0
"""Seconds for which a connection that worked and that nobody has written to is a good one: to ask before each transaction is one question in four."""


class SqliteConnection(sqlite3.Connection):
    """Lets go of its locks when it is closed.

    SQLite keeps those of a closed connection while one of its statements has rows left
    (https://www.sqlite.org/c3ref/close.html). A cancelled task leaves such a statement to the
    garbage collector: until that came by, every other writer waited.
    """

    def close(self) -> None:
        """Undo what is open, then close."""
        with suppress(sqlite3.Error):  # closed before
            self.rollback()
        super().close()


class Connections:
    """Every connection of an engine, from its first moment to its last.

    The pool knows those at rest. One whose task was cancelled while SQLAlchemy prepared it is in
    nobody's hands, and would be found open when it is thrown away. One whose task was cancelled while
    SQLite opened it has a thread that would tell a loop of it which is closed by then.
    """

    def __init__(self) -> None:
        self._engine: AsyncEngine | None = None
        self._open: set[Any] = set()
        self._opening: set[asyncio.Future[Any]] = set()

    def follow(self, engine: AsyncEngine) -> None:
        """Know of each that the engine opens and closes from now on."""
        self._engine = engine
        # First of all listeners: the dialect's own wait for the driver, and may be cancelled.
        event.listen(engine.sync_engine, "connect", self._opened, insert=True)
        event.listen(engine.sync_engine, "close", self._closed)

    async def open(self, database: str, **options: Any) -> OneVisit:
        """As :func:`aiosqlite.connect`; one for which nobody waits any more is opened all the same, and closed."""
        opening = self._pending(_opened(to_open(database, factory=SqliteConnection, **options)))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            self._pending(_unopened(opening))
            raise

    def _pending(self, work: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
        pending = asyncio.ensure_future(work)
        self._opening.add(pending)
        pending.add_done_callback(self._opening.discard)
        return pending

    def _opened(self, connection: Any, _: Any) -> None:
        self._open.add(connection)

    def _closed(self, connection: Any, _: Any) -> None:
        self._open.discard(connection)

    async def close(self) -> None:
        """Close those at rest, then the others, then those that are still being opened."""
        try:
            if self._engine is not None:
                await self._engine.dispose()
        finally:
            while self._open:
                await self._open.pop().driver_connection.close()
            while self._opening:
                await asyncio.gather(*self._opening, return_exceptions=True)


async def _opened(connection: OneVisit) -> OneVisit:
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does: no process waits for it at its end
    try:
        await connection
    except sqlite3.Error:
        # aiosqlite has told its thread to end, and nobody waits for it: it would tell a closed loop of that.
        await asyncio.to_thread(connection._thread.join)  # noqa: SLF001 - it has no other way to be waited for
        raise
    try:
        await connection.visit(_set_up, connection.driver())
    except sqlite3.Error:
        await connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # What was committed survives a power cut, too: a delivery is committed before its call.
    connection.execute("PRAGMA synchronous = FULL")
    # What is deleted is overwritten: nothing of a text that was forgotten is left in the file.
    connection.execute("PRAGMA secure_delete = ON")
    # A reader that stays long lets the log grow; 64 MB are kept at most once it has gone.
    connection.execute("PRAGMA journal_size_limit = 67108864")


async def _unopened(opening: asyncio.Future[OneVisit]) -> None:
    with suppress(sqlite3.Error):
        await (await opening).close()


def look_after(engine: Engine, patience: float) -> None:
    """Let nobody wait for a lock longer than ``patience`` seconds, and nobody be handed a connection whose server has gone.

    A server that was restarted costs one question, not one failure.
    """

    @event.listens_for(engine, "connect")
    def opened(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {round(patience * 1000)}")
        cursor.close()
        connection.commit()
        record.info["worked"] = monotonic()

    @event.listens_for(engine, "checkin")
    def worked(_: Any, record: Any) -> None:
        record.info["worked"] = monotonic()

    @event.listens_for(engine, "checkout")
    def asked(connection: Any, record: Any, _: Any) -> None:
        rested = monotonic() - record.info.get("worked", 0.0)
        try:
            if rested < FRESH and not _is_spoken_to(connection.driver_connection.fileno()):
                return
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error


def _is_spoken_to(socket: int) -> bool:
    """Whether something came that nobody asked for, as a server's last words or its end do."""
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
