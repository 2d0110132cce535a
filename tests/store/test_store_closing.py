"""Whoever is cancelled, and whenever: with the store every connection is closed, and none is found open."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing, suppress
from itertools import count
from pathlib import Path
from typing import Any
from weakref import WeakSet

import aiosqlite
import pytest
from sqlalchemy import Update, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StoreError
from bot.store.sql.commits import Commits
from bot.store.sql.database import Database, StoreSettings, open_store
from bot.store.sql.library_schema import counters
from tests.stores import migrated

COUNT = select(counters.c.id)
CHANGE = update(counters).values(revision=counters.c.revision)


class Driver:
    """Cancels ``victim`` when the driver is asked for the ``at``-th time; knows what is left open."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._connections: WeakSet[aiosqlite.Connection] = WeakSet()
        self._found_open = 0
        self.victim: asyncio.Task[Any] | None = None
        self.at = self.asked = 0
        for name in ("_connect", "_execute"):
            monkeypatch.setattr(
                aiosqlite.Connection, name, self._watched(getattr(aiosqlite.Connection, name))
            )

        def let_go(connection: aiosqlite.Connection) -> None:
            if connection._connection is not None:
                self._found_open += 1
                connection.stop()

        monkeypatch.setattr(aiosqlite.Connection, "__del__", let_go)

    def _watched(self, real: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def asked(connection: aiosqlite.Connection, *args: Any, **kwargs: Any) -> Any:
            self._connections.add(connection)
            self.asked += 1
            if self.asked == self.at and self.victim is not None:
                self.victim.cancel()
            return await real(connection, *args, **kwargs)

        return asked

    def left_open(self) -> int:
        """How many connections are open, or were when they were let go of."""
        gc.collect()
        return self._found_open + sum(one._connection is not None for one in self._connections)


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Driver:
    gc.collect()
    gc.freeze()  # what the tests before left need not be looked at again at each step
    return Driver(monkeypatch)


async def read(database: Database) -> None:
    async with database.reading() as connection:
        await connection.execute(COUNT)


async def write(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(CHANGE)


async def changed(connection: AsyncConnection, statements: Sequence[Update]) -> list[int]:
    return [(await connection.execute(statement)).rowcount for statement in statements]


async def change(database: Database) -> None:
    await Commits(database, changed).change(CHANGE)


async def open_and_close(url: str) -> None:
    await (await open_store(StoreSettings(url))).aclose()


async def look_and_write(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(COUNT)
        await connection.execute(CHANGE)


def begin(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=0.5, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")


async def cancelled_at(driver: Driver, at: int, work: Awaitable[None]) -> bool:
    """Whether the work came as far as the driver's ``at``-th step, where it was cancelled."""
    driver.victim = asyncio.ensure_future(work)
    driver.asked, driver.at = 0, at
    # Alembic, cancelled in the middle, clears up with statements that fail.
    with suppress(asyncio.CancelledError, StoreError):
        await driver.victim
    driver.at = 0
    return driver.asked >= at


@pytest.mark.parametrize("work", [read, write, change])
@pytest.mark.sampled(1)
async def test_whenever_a_task_is_cancelled_its_connection_is_closed_with_the_store(
    tmp_path: Path, driver: Driver, work: Callable[[Database], Awaitable[None]]
):
    url = f"sqlite:///{tmp_path / 'copydesk.db'}"
    migrated(tmp_path / "copydesk.db")
    for at in count(1):
        database = await open_store(StoreSettings(url))
        await database._reading.dispose()  # so that the work opens its own
        reached = await cancelled_at(driver, at, work(database))
        await database.aclose()
        assert driver.left_open() == 0, f"cancelled at step {at}"
        if not reached:
            break
    assert at > 5


async def test_whenever_a_writer_is_cancelled_the_next_may_write_at_once(tmp_path: Path, driver: Driver):
    """SQLite keeps a closed connection's locks while one of its statements has rows left that nobody fetched."""
    path = tmp_path / "copydesk.db"
    migrated(path)
    gc.disable()  # what holds such a statement may be collected much later
    try:
        async with await open_store(StoreSettings(f"sqlite:///{path}")) as database:
            for at in count(1):
                reached = await cancelled_at(driver, at, look_and_write(database))
                await asyncio.to_thread(begin, path)
                if not reached:
                    break
    finally:
        gc.enable()
    assert at > 5


@pytest.mark.parametrize(("made", "stride"), [(True, 1), (False, 17)])
@pytest.mark.sampled(1)
async def test_whenever_opening_or_closing_is_cancelled_nothing_is_left_open(
    tmp_path: Path, driver: Driver, made: bool, stride: int
):
    for at in count(1, stride):
        url = f"sqlite:///{tmp_path / str(at)}.db"
        if made:
            url = f"sqlite:///{tmp_path / 'made.db'}"
            migrated(tmp_path / "made.db")
        reached = await cancelled_at(driver, at, open_and_close(url))
        assert driver.left_open() == 0, f"cancelled at step {at}"
        if not reached:
            break
    assert at > 10


async def test_a_store_is_closed_once_its_last_transaction_has_ended_and_begins_no_other(tmp_path: Path):
    database = await open_store(StoreSettings(f"sqlite:///{tmp_path / 'copydesk.db'}"))
    async with database.writing() as connection:
        closing = asyncio.ensure_future(database.aclose())
        await asyncio.sleep(0)
        with pytest.raises(StoreError, match="is closed"):
            await read(database)
        assert not closing.done()
        await connection.execute(CHANGE)
    await closing
    with pytest.raises(StoreError, match="is closed"):
        await write(database)


async def test_a_transaction_that_does_not_end_holds_the_store_open_for_its_patience_alone(
    tmp_path: Path, driver: Driver
):
    database = await open_store(StoreSettings(f"sqlite:///{tmp_path / 'copydesk.db'}", patience=0.01))
    async with database.reading():
        await database.aclose()
        assert driver.left_open() == 0


async def test_a_connection_that_is_being_opened_for_nobody_is_waited_for(
    tmp_path: Path, driver: Driver, monkeypatch: pytest.MonkeyPatch
):
    """Else its thread tells of it when there is no loop any more."""
    database = await open_store(StoreSettings(f"sqlite:///{tmp_path / 'copydesk.db'}"))
    await database._reading.dispose()
    asked, may_open, connect = threading.Event(), threading.Event(), sqlite3.connect

    def slow(*args: Any, **options: Any) -> sqlite3.Connection:
        asked.set()
        assert may_open.wait(60)
        return connect(*args, **options)

    monkeypatch.setattr(sqlite3, "connect", slow)
    reading = asyncio.ensure_future(read(database))
    await asyncio.to_thread(asked.wait, 60)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    closing = asyncio.ensure_future(database.aclose())
    done, _ = await asyncio.wait({closing}, timeout=0.05)
    assert not done
    may_open.set()
    await closing
    assert driver.left_open() == 0


async def test_a_change_that_nobody_waits_for_is_refused_or_done_before_the_store_is_closed(
    tmp_path: Path, driver: Driver
):
    database = await open_store(StoreSettings(f"sqlite:///{tmp_path / 'copydesk.db'}"))
    commits = Commits(database, changed)
    for _ in range(3):
        asked = asyncio.ensure_future(commits.change(CHANGE))
        await asyncio.sleep(0)
        asked.cancel()
    await database.aclose()
    while commits._running is not None:
        await commits._running
    assert driver.left_open() == 0


async def test_an_error_that_nobody_expects_reaches_who_asked_and_keeps_nobody_behind_waiting(
    sqlite_url: str,
):
    async def made(connection: AsyncConnection, asked: Sequence[int]) -> Sequence[int]:
        await connection.execute(COUNT)
        return [10 // one for one in asked]

    async with await open_store(StoreSettings(sqlite_url)) as database:
        commits = Commits(database, made)
        first = asyncio.ensure_future(commits.change(0))
        await asyncio.sleep(0)  # its transaction is begun: who asks from here on shares the next
        second = asyncio.ensure_future(commits.change(5))
        async with asyncio.timeout(30):
            assert isinstance((await asyncio.gather(first, return_exceptions=True))[0], ZeroDivisionError)
            assert await second == 2
