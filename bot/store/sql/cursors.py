"""A statement and its rows in one visit to SQLite's thread, where aiosqlite makes four or five."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from functools import partial
from typing import Any, Self, TypeVar

import aiosqlite

AHEAD = 256
"""Rows that are fetched together with the statement; what is streamed has no more of them in memory."""

T = TypeVar("T")
Row = Any


def to_open(database: str, **options: Any) -> OneVisit:
    """As :func:`aiosqlite.connect`; await it to open it."""
    return OneVisit(partial(sqlite3.connect, database, **options), AHEAD)


class OneVisit(aiosqlite.Connection):
    """Its cursors go to the thread once for a statement, its first rows and its end.

    A visit costs some 60 microseconds and twice a switch of threads; a ``SELECT`` of one row makes
    five by aiosqlite's own cursor: made, executed, fetched, closed, and closed once more. A transaction
    begins on the visit of its first statement, and one that has ended is not undone once more.
    """

    _beginning = ""
    _left = False
    """Whether a visit was not waited for: what it begins is not seen yet."""

    def cursor(self) -> OneVisitCursor:  # type: ignore[override] # as much of it as SQLAlchemy uses
        """Without a visit."""
        return OneVisitCursor(self)

    def begin(self, statement: str) -> None:
        """Run ``statement`` before the next one, on the same visit; a transaction without any has begun nothing."""
        self._beginning = statement

    async def run(self, statement: str, parameters: Iterable[Any]) -> tuple[sqlite3.Cursor, list[Row], bool]:
        """The cursor of the statement, its first rows, and whether there are more."""
        return await self.visit(_run, self.driver(), self._taken(), statement, parameters)

    async def run_each(self, statement: str, parameters: Iterable[Iterable[Any]]) -> sqlite3.Cursor:
        """The cursor of the statement, which was run with each."""
        return await self.visit(_run_each, self.driver(), self._taken(), statement, parameters)

    async def commit(self) -> None:
        """Commit what has begun."""
        if not self._taken():
            await super().commit()

    async def rollback(self) -> None:
        """Undo what has begun."""
        if not self._taken() and (self._left or self.driver().in_transaction):
            await super().rollback()
            self._left = False

    def _taken(self) -> str:
        beginning, self._beginning = self._beginning, ""
        return beginning

    async def visit(self, work: Callable[..., T], *args: Any) -> T:
        """The result of ``work`` in the connection's thread; ValueError once it is closed."""
        return await self._execute(work, *args)  # type: ignore[no-any-return] # aiosqlite's has no types

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call] # aiosqlite's
        except asyncio.CancelledError:
            self._left = True
            raise

    def driver(self) -> sqlite3.Connection:
        """SQLite's own connection; ValueError once it is closed."""
        return self._conn


class OneVisitCursor:
    """As much of :class:`aiosqlite.Cursor` as SQLAlchemy uses."""

    arraysize = 1

    def __init__(self, made_by: OneVisit) -> None:
        self._connection = made_by
        self._cursor: sqlite3.Cursor | None = None
        self._rows: list[Row] = []
        self._more = False

    async def __aenter__(self) -> Self:
        return self

    @property
    def description(self) -> Any:
        """The columns, or ``None`` where there are none."""
        return self._cursor.description if self._cursor is not None else None

    @property
    def rowcount(self) -> int:
        """As the driver counts, -1 before a statement."""
        return self._cursor.rowcount if self._cursor is not None else -1

    @property
    def lastrowid(self) -> int | None:
        """Of the last row that was put in."""
        return self._cursor.lastrowid if self._cursor is not None else None

    async def execute(self, statement: str, parameters: Iterable[Any] = ()) -> Self:
        """Run it, fetch its first rows, and end it where those are all."""
        self._cursor, self._rows, self._more = await self._connection.run(statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Run it with each."""
        self._cursor = await self._connection.run_each(statement, parameters)
        self._rows, self._more = [], False
        return self

    async def fetchall(self) -> list[Row]:
        """All rows that nobody has taken yet."""
        taken, self._rows = self._rows, []
        if self._more and self._cursor is not None:
            self._more = False
            taken += await self._connection.visit(self._cursor.fetchall)
        return taken

    async def fetchmany(self, size: int | None = None) -> Sequence[Row]:
        """The next rows: fewer than ``size`` where there are no more."""
        wanted = size or self.arraysize
        while len(self._rows) < wanted and self._more and self._cursor is not None:
            more, self._more = await self._connection.visit(_next, self._cursor, max(wanted, AHEAD))
            self._rows += more
        taken, self._rows = self._rows[:wanted], self._rows[wanted:]
        return taken

    async def fetchone(self) -> Row | None:
        """The next row, or ``None`` after the last."""
        return next(iter(await self.fetchmany(1)), None)

    async def __aiter__(self) -> AsyncIterator[Row]:
        while rows := await self.fetchmany(AHEAD):
            for row in rows:
                yield row

    async def close(self) -> None:
        """End the statement, where it has not ended."""
        self._rows = []
        if self._more and self._cursor is not None:
            self._more = False
            await self._connection.visit(self._cursor.close)


def _run(
    connection: sqlite3.Connection, beginning: str, statement: str, parameters: Any
) -> tuple[sqlite3.Cursor, list[Row], bool]:
    if beginning:
        connection.execute(beginning)
    cursor = connection.execute(statement, parameters)
    if cursor.description is None:
        return cursor, [], False
    return cursor, *_next(cursor, AHEAD)


def _run_each(
    connection: sqlite3.Connection, beginning: str, statement: str, parameters: Any
) -> sqlite3.Cursor:
    if beginning:
        connection.execute(beginning)
    return connection.executemany(statement, parameters)


def _next(cursor: sqlite3.Cursor, most: int) -> tuple[list[Row], bool]:
    rows = cursor.fetchmany(most)
    return rows, len(rows) == most
