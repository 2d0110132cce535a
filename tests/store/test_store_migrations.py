from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from datetime import time
from importlib import resources
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg.rows import dict_row
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.domain.errors import StoreError
from bot.domain.model import Quote, Schedule, Span, Window
from bot.store.library import SqlLibrary
from bot.store.sql import connections, files, upgrade
from bot.store.sql.database import Database, StoreSettings, open_store
from bot.store.sql.schema import HEAD, REVISIONS, VERSION_TABLE, metadata
from bot.store.sql.upgrade import MIGRATIONS
from bot.store.sql.url import locate
from bot.store.subscriptions import SqlSubscriptions
from tests.builders import NOON, a_reading, an_article
from tests.store.processes import run_alone, run_together


def test_every_script_is_known_and_leads_to_the_head():
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert [script.revision for script in reversed(list(scripts.walk_revisions()))] == list(REVISIONS)
    assert scripts.get_current_head() == HEAD


def test_the_scripts_are_inside_the_package():
    folder = resources.files("bot.store") / "migrations"
    names = {file.name for file in (folder / "versions").iterdir() if file.name.endswith(".py")}
    assert (folder / "env.py").is_file()
    assert len(names - {"__init__.py"}) == len(REVISIONS)


async def test_the_migrations_make_the_schema(database: Database):
    def differences(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True, "version_table": VERSION_TABLE}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_the_migrations_make_every_constraint(database: Database):
    """Alembic does not compare keys by name, nor checks."""

    def constraints(connection: Connection) -> set[object]:
        found = inspect(connection)
        return {
            name
            for table in metadata.tables
            for name in (
                found.get_pk_constraint(table)["name"],
                *(each["name"] for each in found.get_foreign_keys(table)),
                *(each["name"] for each in found.get_unique_constraints(table)),
                *((each["name"], each["sqltext"]) for each in found.get_check_constraints(table)),
            )
        }

    async with database.writing() as connection:
        migrated = await connection.run_sync(constraints)
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        assert await connection.run_sync(constraints) == migrated
    assert len(migrated) == 57


async def test_a_newer_schema_is_refused_and_left_alone(store_url: str):
    newer = text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    async with await open_store(StoreSettings(store_url)) as database:
        async with database.writing() as connection:
            await connection.execute(newer)
        with pytest.raises(StoreError, match=r"newer Copydesk \(its schema is 9999"):
            await open_store(StoreSettings(store_url))
        async with database.reading() as connection:
            found = await connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}"))
            assert found.scalar() == "9999"


async def test_the_tables_of_another_program_are_left_alone(store_url: str):
    async with await open_store(StoreSettings(store_url)) as database:
        async with database.writing() as connection:
            await connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
        with pytest.raises(StoreError, match='table "arrivals" of another program'):
            await open_store(StoreSettings(store_url))


async def test_an_up_to_date_store_is_opened_without_alembic(store_url: str):
    await (await open_store(StoreSettings(store_url))).aclose()
    script = """
async def main():
    async with await open_store(settings) as database:
        print(await SqlLibrary(database).revision(), "alembic" in sys.modules)
"""
    assert await run_alone(script, store_url) == (0, "ready\n0 False\n")


async def test_a_migration_that_was_killed_is_made_anew(empty_url: str):
    script = """
import alembic.op
alembic.op.create_index = lambda *args, **options: os._exit(9)

async def main():
    await open_store(settings)
"""
    assert await run_together(script, empty_url) == [(9, "")]
    async with await open_store(StoreSettings(empty_url)) as database:
        assert await SqlLibrary(database).revision() == 0


async def test_processes_that_open_and_write_at_once_all_succeed(empty_url: str):
    script = """
async def main():
    async with await open_store(settings) as database:
        library = SqlLibrary(database)
        for n in range(8):
            reading = a_reading(an_article(f"Text {n}."))
            name = f"{os.getpid()}-{n}"
            await library.keep(reading, origin=name, data_key=name, added=NOON, story=None)
"""
    assert await run_together(script, empty_url, count=3) == [(0, "")] * 3
    async with await open_store(StoreSettings(empty_url)) as database:
        library = SqlLibrary(database)
        assert await library.revision() == 24
        kept = await library.after_revision(0, limit=100)
        assert sorted(entry.article.text for entry in kept) == [f"Text {n}." for n in range(8)]
        assert [entry.id for entry in kept] == list(range(1, 9))


async def fill_older(url: str, schema: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library of one article, and a subscription where the schema has any, as it was under an older ``schema``."""
    from alembic import command

    upgrade = command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _: upgrade(config, schema))
        async with await open_store(StoreSettings(url)) as database, database.writing() as connection:
            for statement in (*_FIRST_SCHEMA, *([_SUBSCRIPTION] if schema > "0001" else [])):
                await connection.execute(text(statement))


async def test_a_library_of_the_first_schema_keeps_its_articles(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
):
    await fill_older(empty_url, "0001", monkeypatch)
    async with await open_store(StoreSettings(empty_url)) as database:
        library = SqlLibrary(database)
        entry = await library.entry(1)
        assert (entry.article.text, entry.bulk) == ("Ships sail.", False)
        assert (entry.article.standfirst, entry.article.agency) == (None, None)
        reading = a_reading(an_article("More."))
        kept = await library.keep(reading, origin="b", data_key="b", added=NOON, story=None, bulk=True)
        assert (await library.entry(kept.entry)).bulk
        assert [one.bulk for one in await library.arrivals(Window(0, 9))] == [True]


async def test_a_library_of_the_third_schema_takes_standfirsts(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
):
    await fill_older(empty_url, "0003", monkeypatch)
    async with await open_store(StoreSettings(empty_url)) as database:
        library = SqlLibrary(database)
        older = (await library.entry(1)).article
        assert (older.text, older.content_key, older.standfirst, older.agency) == (
            "Ships sail.",
            "k",
            None,
            None,
        )
        reading = a_reading(an_article("More.", standfirst="Ships, at last", agency="dpa"))
        kept = await library.keep(reading, origin="b", data_key="b", added=NOON, story=None)
        assert (await library.entry(kept.entry)).article == reading.article
        corrected = a_reading(an_article("Ships sail at noon.", standfirst="Ships, at noon"))
        await library.keep(corrected, origin="c", data_key="c", added=NOON, story=None, revises=1)
        assert (await library.entry(1)).article.standfirst == "Ships, at noon"


async def test_quotes_that_were_kept_before_roles_were_have_none(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
):
    await fill_older(empty_url, "0003", monkeypatch)
    async with await open_store(StoreSettings(empty_url)) as database:
        async with database.writing() as connection:
            quotes = '[{"words":[0,5],"speaker":[6,10],"speaker_name":"Ada","cue":null}]'
            await connection.execute(text("UPDATE entries SET quotes = :quotes"), {"quotes": quotes})
        assert (await SqlLibrary(database).entry(1)).quotes == (Quote(Span(0, 5), Span(6, 10), "Ada"),)


async def test_subscriptions_of_before_follow_the_desks_zone(empty_url: str, monkeypatch: pytest.MonkeyPatch):
    await fill_older(empty_url, "0014", monkeypatch)
    async with await open_store(StoreSettings(empty_url)) as database:
        (made,) = await SqlSubscriptions(database, "Asia/Tokyo").all()
    assert made.schedule == Schedule("Asia/Tokyo", (time(8),), follows=True)


async def test_an_sqlite_file_is_copied_before_it_is_migrated(
    empty_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    await fill_older(empty_sqlite_url, "0014", monkeypatch)
    path = Path(empty_sqlite_url.removeprefix("sqlite:///"))
    await (await open_store(StoreSettings(empty_sqlite_url))).aclose()
    kept = path.with_name(f"{path.name}.before-{HEAD}")
    assert files.check(kept) == "0014"
    assert kept.stat().st_mode & 0o777 == 0o600
    before = kept.read_bytes()
    await (await open_store(StoreSettings(empty_sqlite_url))).aclose()
    assert kept.read_bytes() == before
    assert [one.name for one in path.parent.glob(f"{path.name}.before-*")] == [kept.name]


def server_settings(url: str, folder: Path) -> StoreSettings:
    """As a configuration has them: with a folder for copies, which only a server needs."""
    return StoreSettings(url, copies=folder / "copies")


async def test_a_server_is_copied_as_it_is_before_it_is_migrated(
    empty_postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    await fill_older(empty_postgres_url, "0014", monkeypatch)
    with psycopg.connect(empty_postgres_url, row_factory=dict_row) as server:
        before = {
            name: server.execute(f'SELECT * FROM "{name}" ORDER BY 1'.encode()).fetchall()
            for name in ("counters", "entries", "subscriptions")
        }
    settings = server_settings(empty_postgres_url, tmp_path)
    await (await open_store(settings)).aclose()
    (kept,) = (tmp_path / "copies").iterdir()
    assert kept.name.endswith(f".before-{HEAD}.jsonl.gz")
    assert kept.stat().st_mode & 0o777 == 0o600
    head, *rows, tail = map(json.loads, gzip.decompress(kept.read_bytes()).splitlines())
    assert (head, tail) == ({"copydesk": "export", "schema": "0014"}, {"rows": len(rows)})
    assert {name: [row for table, row in rows if table == name] for name in before} == before
    assert "paces" not in {table for table, _ in rows}
    written = kept.read_bytes()
    await (await open_store(settings)).aclose()
    assert kept.read_bytes() == written


async def test_nobody_writes_between_the_copy_and_the_migration(
    empty_postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    await fill_older(empty_postgres_url, "0014", monkeypatch)
    refused: list[str] = []
    write = upgrade.write

    async def meanwhile(*args: Any, **options: Any) -> int:
        count = await write(*args, **options)
        with psycopg.connect(empty_postgres_url, autocommit=True) as earlier:
            earlier.execute("SET lock_timeout = '50ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                earlier.execute("UPDATE counters SET revision = revision + 1")
            refused.append("counters")
        return count

    monkeypatch.setattr(upgrade, "write", meanwhile)
    await (await open_store(server_settings(empty_postgres_url, tmp_path))).aclose()
    assert refused == ["counters"]


async def test_without_room_for_the_copy_nothing_is_migrated(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    await fill_older(empty_url, "0014", monkeypatch)
    settings = server_settings(empty_url, tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(StoreError, match=r"No space left on device\); .*`copydesk backup FILE`"):
            await open_store(settings)
    assert settings.beside is not None
    assert await schema_of(empty_url) == "0014"
    assert not list(settings.beside.parent.glob("*before*"))
    await (await open_store(settings)).aclose()
    assert await schema_of(empty_url) == HEAD


async def test_without_room_for_a_migration_nothing_is_changed_and_it_is_made_later(
    empty_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    await fill_older(empty_sqlite_url, "0014", monkeypatch)
    path = Path(empty_sqlite_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as store:
        store.execute("VACUUM")  # free pages are room
    before, set_up = dumped(path), connections._set_up

    def full(connection: sqlite3.Connection) -> None:
        set_up(connection)
        connection.execute("PRAGMA max_page_count = 1")  # as many as there are, and no more

    with monkeypatch.context() as patch:
        patch.setattr(connections, "_set_up", full)
        with pytest.raises(StoreError, match="is full; nothing was lost: free some space and try again"):
            await open_store(StoreSettings(empty_sqlite_url))
    assert dumped(path) == before
    assert dumped(path.with_name(f"{path.name}.before-{HEAD}")) == before
    async with await open_store(StoreSettings(empty_sqlite_url)) as database:
        assert (await SqlLibrary(database).entry(1)).article.text == "Ships sail."


def dumped(path: Path) -> list[str]:
    """Tables and rows."""
    with closing(sqlite3.connect(path)) as store:
        return list(store.iterdump())


async def test_the_copy_of_an_earlier_try_is_replaced_and_a_link_to_a_persons_own_is_left(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    await fill_older(empty_url, "0014", monkeypatch)
    settings = server_settings(empty_url, tmp_path)
    assert settings.beside is not None
    ending = "" if empty_url.startswith("sqlite") else ".jsonl.gz"
    kept = settings.beside.with_name(f"{settings.beside.name}.before-{HEAD}{ending}")
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(b"of last week")
    await (await open_store(settings)).aclose()
    assert kept.read_bytes() != b"of last week"
    own = tmp_path / "own"
    own.write_bytes(b"mine")
    kept.unlink()
    kept.symlink_to(own)
    await undo(empty_url)
    with pytest.raises(StoreError):  # the tables are there: the migration fails, behind the copy
        await open_store(settings)
    assert (kept.is_symlink(), own.read_bytes()) == (True, b"mine")


async def schema_of(url: str) -> str:
    """Which schema the database has, as it lies there."""
    engine = create_async_engine(locate(url).url)
    async with engine.connect() as connection:
        found = str((await connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}"))).scalar())
    await engine.dispose()
    return found


async def undo(url: str) -> None:
    """The database says that it has an older schema."""
    async with await open_store(StoreSettings(url)) as database, database.writing() as connection:
        await connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '0014'"))


async def test_a_new_store_leaves_no_copy(empty_sqlite_url: str):
    await (await open_store(StoreSettings(empty_sqlite_url))).aclose()
    path = Path(empty_sqlite_url.removeprefix("sqlite:///"))
    assert not list(path.parent.glob("*.before-*"))


_FIRST_SCHEMA = (
    "UPDATE counters SET revision = 1, entry = 1",
    """INSERT INTO entries (id, revision, content_key, origin, added, story, text, paragraphs, fingerprint,
    summary, quotes) VALUES (1, 1, 'k', 'a.txt', 0, 1, 'Ships sail.', '[[0,11]]', '[]',
    '{"method":"lead","sentences":[]}', '[]')""",
)

_SUBSCRIPTION = """INSERT INTO subscriptions (id, name, name_key, platform, chat, thread, query, zone, at, days, by_user,
    by_name, by_workspace, created) VALUES ('c1', 'Energy', 'energy', 'slack', 'C1', '', 'oil', 'Europe/Rome',
    '["08:00:00"]', '[0,1,2,3,4,5,6]', 'U1', 'Anna', 'T1', 0)"""
