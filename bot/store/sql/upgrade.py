"""Brings a database to the schema of this version, in one transaction, one process at a time."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.errors import StoreError
from bot.store.sql import (  # noqa: F401 - their tables are in the metadata
    delivery_schema,
    files,
    library_schema,
    queue_schema,
    source_schema,
)
from bot.store.sql.schema import HEAD, REVISIONS, VERSION_TABLE, metadata
from bot.store.sql.url import Location

MIGRATIONS = Path(__file__).parents[1] / "migrations"

_LOCK = 0x434F5059
"""The advisory lock's number on PostgreSQL ("COPY" in ASCII); on SQLite BEGIN IMMEDIATE is the lock."""


async def bring_up_to_date(engine: AsyncEngine, location: Location) -> None:
    """Migrate to ``HEAD``; raises StoreError where a newer version has written the database.

    An up-to-date database costs two small queries and does not import Alembic. A migration is
    all or nothing: tables are made in a transaction on both databases, after an SQLite file was copied.
    """
    async with engine.connect() as connection:
        if await connection.run_sync(_found, location) == HEAD:
            return
    async with engine.execution_options(writes=True).begin() as connection:
        await _copied(connection, location)
        if not location.sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        # Another process may have finished while this one waited for the lock.
        if await connection.run_sync(_found, location) != HEAD:
            await connection.run_sync(_migrate)


async def _copied(connection: AsyncConnection, location: Location) -> None:
    """Keep an SQLite file as it was before, as `NAME.before-SCHEMA`, where it had tables. Raises StoreError without room."""
    found = None if location.path is None else await connection.run_sync(_found, location)
    if location.path is None or found in {None, HEAD}:
        return
    kept = location.path.with_name(f"{location.path.name}.before-{HEAD}")
    try:
        await asyncio.to_thread(files.copy, location.path, kept)
    except FileExistsError:  # an earlier try, of which nothing was kept
        return
    except OSError as error:
        raise StoreError(
            f"the database {location.shown} is not brought to this version: a copy of it cannot be kept as {kept} "
            f"({error.strerror or error}); free some space, or move the database where there is more"
        ) from error


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
