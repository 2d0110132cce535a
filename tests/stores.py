"""An empty SQLite store of the current schema, migrated once a process and copied from then on."""

from __future__ import annotations

import asyncio
import functools
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.sql.database import StoreSettings, open_store


@functools.cache
def _empty() -> bytes:
    async def migrate(path: Path) -> None:
        await (await open_store(StoreSettings(f"sqlite:///{path}"))).aclose()

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        path = Path(folder) / "copydesk.db"
        thread.submit(asyncio.run, migrate(path)).result()  # the caller's own thread may have a loop
        return path.read_bytes()


def migrated(path: Path) -> Path:
    """The path, with an empty store there unless there is a file: to migrate one takes a fifth of a second."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_empty())
    return path


@functools.cache
def _statements() -> str:
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(migrated(Path(folder) / "copydesk.db"))
        try:
            return "\n".join(connection.iterdump())
        finally:
            connection.close()


def migrated_in_memory() -> Callable[..., Awaitable[None]]:
    """To stand in for ``bring_up_to_date``: it writes the tables and rows of an empty store."""
    statements = _statements()  # before anything stands in: they come from a migration

    async def bring_up_to_date(engine: AsyncEngine, *_: object) -> None:
        async with engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            await (await driver.executescript(statements)).close()

    return bring_up_to_date
