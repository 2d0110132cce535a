"""A statement is one visit to SQLite's thread, whatever is read of its rows."""

from __future__ import annotations

import asyncio
import sqlite3
import threading

import pytest
from sqlalchemy import text

from bot.domain.errors import StoreError
from bot.store.sql import cursors
from bot.store.sql.database import StoreSettings, open_store

MANY = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last) SELECT i FROM n"


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    real = cursors.OneVisit._execute

    async def execute(self, work, *args, **named):
        seen.append(work.__name__)
        return await real(self, work, *args, **named)

    monkeypatch.setattr(cursors.OneVisit, "_execute", execute)
    return seen


@pytest.fixture
async def database(tmp_path):
    async with await open_store(StoreSettings(f"sqlite:///{tmp_path}/store.db")) as opened:
        yield opened


@pytest.mark.parametrize("last", [1, 255, 256, 257, 1000])
async def test_every_row_is_read_once_and_in_few_visits(database, visits, last):
    async with database.reading() as connection:
        visits.clear()
        assert (await connection.execute(text(MANY), {"last": last})).scalars().all() == [*range(1, last + 1)]
        assert visits == ["_run"] + ["fetchall"] * (last >= cursors.AHEAD)


async def test_a_transaction_begins_with_its_first_statement_and_ends_once(database, visits):
    visits.clear()
    async with database.writing():
        pass
    async with database.reading():
        pass
    assert visits == []
    async with database.writing() as connection:
        await connection.execute(text("CREATE TABLE things (name TEXT NOT NULL)"))
        await connection.execute(text("INSERT INTO things VALUES (:name)"), [{"name": "a"}, {"name": "b"}])
    assert visits == ["_run", "_run_each", "commit"]
    visits.clear()
    async with database.reading() as connection:
        await connection.execute(text("SELECT name FROM things"))
    assert visits == ["_run", "rollback"]


async def test_what_nobody_waited_for_is_undone():
    """The statement is at work when its task is cancelled: that its transaction has begun is not seen yet."""
    begun, go_on = threading.Event(), threading.Event()

    def slowly(driver: sqlite3.Connection) -> None:
        begun.set()
        assert go_on.wait(60)
        driver.execute("BEGIN IMMEDIATE")

    connection = await cursors.to_open(":memory:", isolation_level=None)
    try:
        working = asyncio.create_task(connection.visit(slowly, connection.driver()))
        assert await asyncio.to_thread(begun.wait, 60)
        working.cancel()
        with pytest.raises(asyncio.CancelledError):
            await working
        undoing = asyncio.create_task(connection.rollback())
        asyncio.get_running_loop().call_soon(go_on.set)
        await undoing
        assert not await connection.visit(getattr, connection.driver(), "in_transaction")
    finally:
        go_on.set()
        await connection.close()


@pytest.mark.parametrize("many", [False, True])
async def test_a_first_statement_that_fails_leaves_nothing_and_holds_nobody_up(database, many):
    async with database.writing() as connection:
        await connection.execute(text("CREATE TABLE things (name TEXT NOT NULL)"))
    wrong = [{"name": "a"}, {"name": None}] if many else {"name": None}
    with pytest.raises(StoreError):
        async with database.writing() as connection:
            await connection.execute(text("INSERT INTO things VALUES (:name)"), wrong)
    async with database.writing() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM things"))).scalar_one() == 0


async def test_one_moment_is_read_from_the_first_statement_on(database):
    async with database.writing() as connection:
        await connection.execute(text("CREATE TABLE things (name TEXT)"))
    counted = text("SELECT count(*) FROM things")
    async with database.reading() as reader:
        async with database.writing() as connection:
            await connection.execute(text("INSERT INTO things VALUES ('a')"))
        assert (await reader.execute(counted)).scalar_one() == 1
        async with database.writing() as connection:
            await connection.execute(text("INSERT INTO things VALUES ('b')"))
        assert (await reader.execute(counted)).scalar_one() == 1


@pytest.mark.parametrize("at_once", [1, 100, 256, 300])
async def test_what_is_streamed_comes_as_it_is_asked_for(database, visits, at_once):
    async with database.reading() as connection:
        visits.clear()
        rows = await connection.stream(text(MANY), {"last": 1000})
        sizes = [len(part) async for part in rows.partitions(at_once)]
        assert sum(sizes) == 1000
        assert set(sizes[:-1]) <= {at_once}
        assert len(visits) <= 8


async def test_a_stream_that_is_left_holds_nobody_up(database):
    async with database.reading() as connection:
        rows = await connection.stream(text(MANY), {"last": 100_000})
        assert (await rows.first())[0] == 1
    async with database.writing() as connection:
        await connection.execute(text("CREATE TABLE things (name TEXT)"))
        many = [{"name": str(number)} for number in range(3)]
        assert (await connection.execute(text("INSERT INTO things VALUES (:name)"), many)).rowcount == 3
        told = await connection.execute(text("UPDATE things SET name = 'x' RETURNING name"))
        assert told.scalars().all() == ["x"] * 3
        assert (await connection.execute(text("DELETE FROM things"))).rowcount == 3
