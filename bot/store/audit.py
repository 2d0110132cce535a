"""What the store holds, told in bulk to whoever compares it with the inbox and the index."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection

from sqlalchemy import or_, select, true

from bot.store import tombstones
from bot.store.sql.database import Database
from bot.store.sql.errors import damaged, translated
from bot.store.sql.files import quick_check
from bot.store.sql.library_schema import arrivals, entries, held
from bot.store.sql.url import locate

CHUNK = 200
"""Keys in one statement: SQLite takes 1,000 terms in an expression."""


async def read_whole(url: str) -> None:
    """Read every page of the database, if it is an SQLite file, which others may be using. Raises StoreError for a damaged one."""
    location = locate(url)
    if location.path is not None:
        with translated(location):
            told = await asyncio.to_thread(quick_check, location.path)
        if told:
            raise damaged(location, told)


class Audit:
    """Questions that only an audit asks. Raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self, beginnings: Collection[str]) -> set[str]:
        """Those of the beginnings of keys (eight hexadecimal digits) whose file became an article here, or is held."""
        asked, found = sorted(beginnings), set[str]()
        async with self._database.reading() as connection:
            for start in range(0, len(asked), CHUNK):
                for key, which in (
                    (arrivals.c.data_key, arrivals.c.entry.is_not(None)),
                    (held.c.data_key, true()),
                ):
                    # "g" follows every hexadecimal digit: a range, so that the index of keys is used.
                    ranges = (key.between(each, f"{each}g") for each in asked[start : start + CHUNK])
                    query = select(key).where(which, or_(*ranges))
                    found |= {row.data_key[:8] for row in await connection.execute(query)}
        return found & set(asked)

    async def forgotten(self, keys: Collection[str]) -> set[str]:
        """Those of the keys that were forgotten."""
        async with self._database.reading() as connection:
            return await tombstones.forgotten(connection, keys)

    async def titles(self, ids: Collection[int]) -> dict[int, str | None]:
        """The titles of those entries that there are."""
        asked, found = sorted(ids), dict[int, str | None]()
        async with self._database.reading() as connection:
            for start in range(0, len(asked), CHUNK):
                those = entries.c.id.in_(asked[start : start + CHUNK])
                rows = await connection.execute(select(entries.c.id, entries.c.title).where(those))
                found |= {row.id: row.title for row in rows}
        return found

    async def stamps(self, upto: int) -> AsyncIterator[tuple[int, int, int]]:
        """Id, revision and moment of adding (microseconds since 1970) of each entry up to the revision."""
        query = select(entries.c.id, entries.c.revision, entries.c.added).where(entries.c.revision <= upto)
        async with self._database.reading() as connection:
            async for row in await connection.stream(query):
                yield row.id, row.revision, row.added
