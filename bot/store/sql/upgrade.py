"""Brings a database to the schema of this version, in one transaction, one process at a time."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import StoreError
from bot.runtime import private
from bot.runtime.failpoints import reach
from bot.store.sql import (  # noqa: F401 - their tables are in the metadata
    delivery_schema,
    files,
    library_schema,
    queue_schema,
    source_schema,
)
from bot.store.sql.lines import GZIPPED, tables_there, write
from bot.store.sql.schema import HEAD, REVISIONS, VERSION_TABLE, metadata
from bot.store.sql.url import Location

MIGRATIONS = Path(__file__).parents[1] / "migrations"

_LOCK = 0x434F5059
"""The advisory lock's number on PostgreSQL ("COPY" in ASCII); on SQLite BEGIN IMMEDIATE is the lock."""


async def bring_up_to_date(engine: AsyncEngine, location: Location, beside: Path | None) -> None:
    """Migrate to ``HEAD``; raises StoreError where a newer version has written the database.

    An up-to-date database costs two small queries and does not import Alembic. A migration is all or nothing: tables
    are made in a transaction on both databases, after a copy was kept whose name begins as ``beside``.
    """
    async with engine.connect() as connection:
        if await connection.run_sync(_found, location) == HEAD:
            return
    async with engine.execution_options(writes=True).begin() as connection:
        if not location.sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        # Another process may have finished while this one waited for the lock.
        found = await connection.run_sync(_found, location)
        if found == HEAD:
            return
        if found is not None and beside is not None:
            await _keep(connection, location, beside, found)
        await connection.run_sync(_migrate)


async def _keep(connection: AsyncConnection, location: Location, beside: Path, found: str) -> None:
    """Keep what there is as `NAME.before-SCHEMA`, in place of what an earlier try kept; a link is a person's own copy.

    Raises StoreError where that cannot be.
    """
    ending = "" if location.sqlite else f".jsonl{GZIPPED}"
    kept = beside.with_name(f"{beside.name}.before-{HEAD}{ending}")
    if kept.is_symlink() and kept.exists():
        return
    try:
        if location.path is not None:
            await asyncio.to_thread(files.copy, location.path, kept, over=True)
        else:
            await _export(connection, kept, found)
    except (OSError, sqlite3.OperationalError) as error:
        raise StoreError(
            f"the database {location.shown} is not brought to this version: a copy of it cannot be kept as {kept} "
            f"({getattr(error, 'strerror', None) or error}); free some space there, or have the earlier version write "
            f"one elsewhere (`copydesk backup FILE`) and put a link to it there"
        ) from error


async def _export(connection: AsyncConnection, kept: Path, found: str) -> None:
    """Write the tables as they are: the version that made them reads it."""
    tables = await connection.run_sync(tables_there)
    # Nobody writes from here to the end of the migration: the copy has all that there was.
    names = ", ".join(f'"{name}"' for name in tables)
    await connection.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
    private.make_folder(kept.parent)
    with files.made(kept, over=True) as half:
        await write(connection, tables, found, half, packed=True)
        reach("copy-written")


def _found(connection: Connection, location: Location) -> str | None:
    """The revision of the database; ``None`` where it is empty."""
    if not inspect(connection).has_table(VERSION_TABLE):
        _check_empty(connection, location)
        return None
    version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 -- a constant
    if version is not None and version not in REVISIONS:
        raise StoreError(
            f"the database {location.shown} was written by a newer Copydesk (its schema is {version}, "
            f"this version knows {HEAD}); install that version, or name another database in [store] url"
        )
    return None if version is None else str(version)


def _check_empty(connection: Connection, location: Location) -> None:
    """Tables of our names that no migration made belong to another program."""
    foreign = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))
    if foreign:
        raise StoreError(
            f'the database {location.shown} has a table "{foreign[0]}" of another program; '
            "give Copydesk a database of its own in [store] url"
        )


def _migrate(connection: Connection) -> None:
    # Here, not above: Alembic takes 130 ms to import, and only a migration needs it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
