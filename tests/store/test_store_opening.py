from __future__ import annotations

import asyncio
import os
import socket
import sqlite3
import traceback
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from bot.domain.errors import StoreError
from bot.domain.reasons import Reason
from bot.store.audit import read_whole
from bot.store.library import SqlLibrary
from bot.store.sql import connections
from bot.store.sql.connections import Connections
from bot.store.sql.database import Database, StoreSettings, _sqlite, _write_ahead, open_store
from bot.store.sql.url import locate
from tests.builders import NOON
from tests.doubles.wire import Wire
from tests.postgres import Postgres
from tests.queue.hosts import socket_of, through


async def refusal(url: str) -> str:
    """The sentence with which the store refuses to open."""
    with pytest.raises(StoreError) as caught:
        await open_store(StoreSettings(url, patience=0.2))
    return str(caught.value)


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("mysql://host/name", 'begins with "mysql:", which is not supported'),
        ("postgresql+asyncpg://host/name", 'begins with "postgresql+asyncpg:", which is not supported'),
        ("", "is no database address"),
        ("data/copydesk.db", "is no database address"),
        ("postgresql://host:port/name", "is no database address"),
        ("sqlite://data/copydesk.db", "three slashes"),
        ("sqlite:///copydesk.db?mode=ro", 'no options after "?"'),
    ],
)
async def test_an_address_that_is_none_is_refused_with_examples(url: str, part: str):
    sentence = await refusal(url)
    assert part in sentence
    assert "[store] url" in sentence


async def test_a_folder_is_refused(tmp_path: Path):
    assert await refusal(f"sqlite:///{tmp_path}") == (
        f"{tmp_path} is a folder; name a file for the database in [store] url"
    )


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("I am a file")
    sentence = await refusal(f"sqlite:///{tmp_path}/file/copydesk.db")
    assert f"cannot use {tmp_path}/file for the database" in sentence
    assert "correct [store] url" in sentence


async def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear editor, " * 1000)
    assert await refusal(f"sqlite:///{path}") == (
        f"{path} is no SQLite database; name another file in [store] url"
    )
    assert path.read_text() == "Dear editor, " * 1000


async def test_a_damaged_file_is_named(tmp_path: Path):
    path = tmp_path / "copydesk.db"
    await (await open_store(StoreSettings(f"sqlite:///{path}"))).aclose()
    data = bytearray(path.read_bytes())
    data[100:] = b"\xff" * (len(data) - 100)
    path.write_bytes(data)
    assert f"the database {path} is damaged" in await refusal(f"sqlite:///{path}")


async def test_damage_where_no_question_looks_is_found_and_the_newest_copy_named(tmp_path: Path):
    path = tmp_path / "copydesk.db"
    await (await open_store(StoreSettings(f"sqlite:///{path}"))).aclose()
    await read_whole(f"sqlite:///{path}")
    (tmp_path / "copydesk.db.before-r0001").write_bytes(path.read_bytes())
    os.utime(tmp_path / "copydesk.db.before-r0001", (1, 1))
    newest = tmp_path / "copydesk.db.before-restore-x"
    newest.write_bytes(path.read_bytes())
    (tmp_path / "copydesk.db.before-r0002").symlink_to(tmp_path / "a copy on a disk that is not there")
    with closing(sqlite3.connect(path)) as opened:
        (page,) = opened.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'deliveries'").fetchone()
        (size,) = opened.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        await read_whole(f"sqlite:///{path}")
    assert f"the database {path} is damaged" in str(caught.value)
    assert f"`copydesk restore {newest}`" in str(caught.value)


async def test_a_file_that_another_program_holds_is_busy(tmp_path: Path):
    path = tmp_path / "copydesk.db"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert f"the database {path} is busy" in await refusal(f"sqlite:///{path}")
    finally:
        holder.close()
    await (await open_store(StoreSettings(f"sqlite:///{path}"))).aclose()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:s3cret@127.0.0.1:1/desk",
        "postgres://ann@127.0.0.1:1/desk?password=s3cret",
        "postgresql+psycopg://ann:s3cret@127.0.0.1:1/desk?connect_timeout=1",
    ],
)
async def test_a_server_that_cannot_be_reached_is_named_without_password(url: str):
    with pytest.raises(StoreError) as caught:
        await open_store(StoreSettings(url))
    assert "cannot connect to the database postgresql://127.0.0.1:1/desk (" in str(caught.value)
    assert "[store] url or DATABASE_URL" in str(caught.value)
    assert "s3cret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "url",
    ["postgresql://ann:s3cret@host:s3cret/x", "mysql://ann:s3cret@host/x", "sqlite://ann:s3cret@host/x"],
)
async def test_a_wrong_address_is_refused_without_its_password(url: str):
    with pytest.raises(StoreError) as caught:
        await open_store(StoreSettings(url))
    assert "s3cret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ann:s3cret@host/x",
        "postgresql://ann@host/x?password=s3cret",
        "postgresql://ann:s3cret@host:s3cret/x",
        "mysql://ann:s3cret@host/x",
        "s3cret",
    ],
)
def test_settings_are_shown_without_password(url: str):
    assert "s3cret" not in f"{StoreSettings(url)!r} {StoreSettings(url)}"


def test_settings_show_the_file():
    assert str(StoreSettings("sqlite:///data/copydesk.db")) == "data/copydesk.db"
    assert "data/copydesk.db" in repr(StoreSettings("sqlite:///data/copydesk.db"))
    assert str(StoreSettings("postgres://ann:s3cret@host:5433/desk")) == "postgresql://host:5433/desk"


async def test_a_missing_database_is_named(postgres: Postgres):
    sentence = await refusal(postgres.url("nowhere"))
    assert '"nowhere" does not exist' in sentence
    assert sentence.startswith("cannot connect to the database postgresql://")


async def test_a_database_of_a_narrow_encoding_says_so(postgres: Postgres):
    name = postgres.database("template0", "ENCODING 'LATIN1' LOCALE 'C'")
    try:
        async with await open_store(StoreSettings(postgres.url(name))) as database:
            with pytest.raises(StoreError, match="encoding UTF8"):
                await SqlLibrary(database).refuse(
                    origin="🗞️", data_key="k", reason=Reason("file.empty"), added=NOON
                )
    finally:
        postgres.drop(name)


async def test_one_store_can_be_opened_by_many_at_once(empty_url: str):
    settings = StoreSettings(empty_url)
    opened = await asyncio.gather(*(open_store(settings) for _ in range(6)))
    assert [await SqlLibrary(database).revision() for database in opened] == [0] * 6
    for database in opened:
        await database.aclose()


async def test_many_can_switch_a_file_to_its_log_at_once(tmp_path: Path):
    for n in range(40):
        url = f"sqlite:///{tmp_path}/{n}.db"
        engines = [_sqlite(locate(url), StoreSettings(url), Connections()) for _ in range(6)]
        await asyncio.gather(*(_write_ahead(engine, 15) for engine in engines))
        await asyncio.gather(*(engine.dispose() for engine in engines))


async def test_connections_that_the_server_closed_are_made_anew(postgres: Postgres, postgres_url: str):
    async with await open_store(StoreSettings(postgres_url)) as database:
        assert await SqlLibrary(database).revision() == 0
        ours = "datname = current_database() AND pid <> pg_backend_pid()"
        ended = f"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE {ours}"  # ms to wait
        postgres.execute(ended, postgres_url)
        assert await SqlLibrary(database).revision() == 0


async def test_a_connection_is_asked_whether_it_works_when_it_has_rested(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
):
    asked, now = 0, 0.0
    monkeypatch.setattr(connections, "monotonic", lambda: now)
    async with await open_store(StoreSettings(postgres_url)) as database:
        dialect = database._reading.dialect
        ping = dialect.do_ping

        def counted(connection: Any) -> bool:
            nonlocal asked
            asked += 1
            return ping(connection)

        monkeypatch.setattr(dialect, "do_ping", counted)
        for seconds, times in ((0.0, 0), (connections.FRESH / 2, 0), (connections.FRESH, 1), (0.0, 1)):
            now += seconds
            assert await SqlLibrary(database).revision() == 0
            assert asked == times


async def test_nobody_waits_longer_for_a_lock_than_the_store_has_patience(postgres_url: str):
    async with await open_store(StoreSettings(postgres_url, patience=7.0)) as database:
        for transaction in (database.writing, database.reading):
            async with transaction() as connection:
                assert (await connection.execute(text("SHOW lock_timeout"))).scalar_one() == "7s"


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="the system knows no such limit")
@pytest.mark.parametrize(("wish", "limit"), [("", 60_000), ("?tcp_user_timeout=5000", 5_000)])
async def test_a_server_that_is_gone_without_a_word_is_lost_after_a_while(
    postgres_url: str, wish: str, limit: int
):
    async with Wire(socket_of(postgres_url)) as wire:
        address = locate(through(wire, postgres_url) + wish).url.set(drivername="postgresql")
        connection = await psycopg.AsyncConnection.connect(address.render_as_string(hide_password=False))
        async with connection:
            with socket.socket(fileno=os.dup(connection.fileno())) as wired:
                assert wired.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
                assert wired.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 30
                assert wired.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == limit


async def test_a_statement_that_the_database_refuses_is_a_store_error(database: Database):
    with pytest.raises(StoreError, match="no_such_table"):
        async with database.reading() as connection:
            await connection.execute(text("SELECT * FROM no_such_table"))


async def test_an_error_of_the_caller_passes_and_undoes(database: Database):
    async def stumble() -> None:
        async with database.writing() as connection:
            await connection.execute(text("UPDATE counters SET revision = 7"))
            raise TimeoutError

    with pytest.raises(TimeoutError):
        await stumble()
    assert await SqlLibrary(database).revision() == 0


async def test_sqlite_writes_ahead_and_checks_its_references(empty_sqlite_url: str):
    async with (
        await open_store(StoreSettings(empty_sqlite_url)) as database,
        database.reading() as connection,
    ):
        pragmas = ("journal_mode", "foreign_keys", "synchronous")
        found = [(await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in pragmas]
        assert found == ["wal", 1, 2]


async def test_a_store_in_memory_ends_with_its_database():
    async with await open_store(StoreSettings("sqlite://")) as database:
        await SqlLibrary(database).refuse(origin="a", data_key="k", reason=Reason("file.empty"), added=NOON)
        assert await SqlLibrary(database).revision() == 1
    async with await open_store(StoreSettings("sqlite:///:memory:")) as database:
        assert await SqlLibrary(database).revision() == 0


async def test_free_room_that_postgres_cannot_be_rid_of_now_is_told_and_transactions_stay_whole(
    postgres_url: str,
):
    async with await open_store(StoreSettings(postgres_url, patience=0.2)) as database:
        with psycopg.connect(postgres_url.replace("+psycopg", "")) as other:
            other.execute("LOCK TABLE counters IN EXCLUSIVE MODE")
            with pytest.raises(StoreError, match="is busy"):
                await database.overwrite_free()
        with suppress(RuntimeError):
            async with database.writing() as connection:
                await connection.execute(text("UPDATE counters SET revision = 7"))
                raise RuntimeError
        assert await SqlLibrary(database).revision() == 0
        await database.overwrite_free()


async def test_a_connection_that_was_closed_while_it_rested_costs_no_question(postgres_url: str):
    async with await open_store(StoreSettings(postgres_url)) as database:
        async with database.reading() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.close()
        assert await SqlLibrary(database).revision() == 0
