"""The library in a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NoSuchEntry
from bot.model import Arrival, Entry, Kept, Outcome, Reading, Window
from bot.store.database import Database
from bot.store.records import arrival_of, entry_of, entry_row, file_key, micros, storable
from bot.store.schema import arrivals, counters, entries, revisions
from bot.store.turns import take_turn

_LARGEST_ID = 2**63 - 1
"""A BIGINT's; a person may ask for any number."""

_CHUNK = 500
"""Ids in one statement; SQLite takes 32,766 variables, PostgreSQL 65,535."""


class SqlLibrary:
    """:class:`bot.ports.Library` in an open database, which the caller closes.

    Writers take turns at the row of ``counters``: the second of two that bring the same article
    sees what the first committed, and revisions become visible in their order.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(  # noqa: PLR0913 -- what came, as what, when, where to: the port's list
        self,
        reading: Reading,
        *,
        origin: str,
        data_key: str,
        added: datetime,
        story: int | None,
        bulk: bool = False,
    ) -> Kept:
        """Store the article once and record the arrival, in one transaction.

        For bytes that ``origin`` brought before, nothing changes and the answer is ``known`` with
        the revision of then; if they could not be read then, this reading takes the place of that.
        """
        async with self._database.writing() as connection:
            await take_turn(connection)
            before = await _arrival(connection, file_key(origin, data_key))
            if before is not None and before["entry"] is not None:
                return Kept(before["entry"], before["revision"], "known")
            arrived = _Arrived(connection, origin, data_key, added, again=before is not None, bulk=bulk)
            original = await _same_content(connection, reading.article.content_key)
            if original is None:
                return await arrived.as_new(reading, story)
            return await arrived.as_known(original)

    async def refuse(self, *, origin: str, data_key: str, reason: str, added: datetime) -> None:
        """Record that a file could not be read; nothing changes where it was recorded before."""
        async with self._database.writing() as connection:
            await take_turn(connection)
            if await _arrival(connection, file_key(origin, data_key)) is None:
                arrived = _Arrived(connection, origin, data_key, added, again=False)
                await arrived.as_unreadable(reason)

    async def seen(self, data_key: str) -> Arrival | None:
        """The first arrival of these bytes that became an article, under whatever name."""
        query = (
            select(arrivals)
            .where(arrivals.c.data_key == storable(data_key), arrivals.c.entry.is_not(None))
            .order_by(arrivals.c.revision)
            .limit(1)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return None if row is None else arrival_of(row)

    async def entry(self, id: int) -> Entry:
        """The entry; raises NoSuchEntry."""
        found = await self.entries([id])
        if not found:
            raise NoSuchEntry(id)
        return found[0]

    async def entries(self, ids: Sequence[int]) -> tuple[Entry, ...]:
        """The entries in the order asked for; ids that do not exist are left out."""
        asked = sorted({each for each in ids if 0 < each <= _LARGEST_ID})
        found: dict[int, Entry] = {}
        async with self._database.reading() as connection:
            for start in range(0, len(asked), _CHUNK):
                query = select(entries).where(entries.c.id.in_(asked[start : start + _CHUNK]))
                for row in (await connection.execute(query)).mappings():
                    found[row["id"]] = entry_of(row)
        return tuple(found[each] for each in ids if each in found)

    async def after_revision(self, revision: int, *, limit: int) -> tuple[Entry, ...]:
        """Entries changed after ``revision``, in the order of their revisions."""
        query = select(entries).where(entries.c.revision > revision).order_by(entries.c.revision).limit(limit)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(entry_of(row) for row in rows)

    async def revision(self) -> int:
        """The newest revision; 0 when nothing ever arrived."""
        async with self._database.reading() as connection:
            return int((await connection.execute(select(counters.c.revision))).scalar_one())

    async def revision_at(self, moment: datetime) -> int:
        """The newest revision up to which everything was made at or before ``moment``.

        Where a clock was set back, or two files were read for different times, revisions are not
        in the order of their moments. A window from here then holds too much, never too little.
        """
        later = select(func.min(revisions.c.revision)).where(revisions.c.made > micros(moment))
        query = select(func.coalesce(later.scalar_subquery() - 1, counters.c.revision))
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def arrivals(self, window: Window) -> tuple[Arrival, ...]:
        """What became of each file in the window, in the order of arrival."""
        query = (
            select(arrivals)
            .where(arrivals.c.revision > window.after, arrivals.c.revision <= window.upto)
            .order_by(arrivals.c.revision)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(arrival_of(row) for row in rows)


class _Arrived:
    """A file on its way into the tables, inside the transaction that has the turn.

    ``again``: it is there as unreadable, and what is recorded now takes that place. ``bulk``: it
    came with many others at once.
    """

    def __init__(  # noqa: PLR0913 -- one fact of an arrival each
        self,
        connection: AsyncConnection,
        origin: str,
        data_key: str,
        added: datetime,
        *,
        again: bool,
        bulk: bool = False,
    ) -> None:
        self._connection = connection
        self._origin = origin
        self._data_key = data_key
        self._added = added
        self._again = again
        self._bulk = bulk

    async def as_new(self, reading: Reading, story: int | None) -> Kept:
        new, revision = await self._numbers(entries=1)
        entry = Entry(
            id=new,
            revision=revision,
            article=reading.article,
            summary=reading.summary,
            quotes=reading.quotes,
            origin=self._origin,
            added=self._added,
            story=new if story is None else story,
            bulk=self._bulk,
        )
        await self._connection.execute(insert(entries), entry_row(entry))
        await self._record(revision, "new", new, None)
        return Kept(new, revision, "new")

    async def as_known(self, original: RowMapping) -> Kept:
        _, revision = await self._numbers()
        await self._record(revision, "known", original["id"], _same_text(original["origin"]))
        return Kept(original["id"], revision, "known")

    async def as_unreadable(self, reason: str) -> None:
        _, revision = await self._numbers()
        await self._record(revision, "unreadable", None, reason)

    async def _numbers(self, *, entries: int = 0) -> tuple[int, int]:
        """The newest entry's id, ``entries`` further than it was, and the next revision."""
        numbers = (
            update(counters)
            .values(revision=counters.c.revision + 1, entry=counters.c.entry + entries)
            .returning(counters.c.entry, counters.c.revision)
        )
        entry, revision = (await self._connection.execute(numbers)).one()
        made = {"revision": revision, "made": micros(self._added)}
        await self._connection.execute(insert(revisions), made)
        return entry, revision

    async def _record(self, revision: int, outcome: Outcome, entry: int | None, reason: str | None) -> None:
        key = file_key(self._origin, self._data_key)
        if self._again:
            await self._connection.execute(delete(arrivals).where(arrivals.c.file_key == key))
        row: dict[str, Any] = {
            "file_key": key,
            "revision": revision,
            "origin": storable(self._origin),
            "data_key": storable(self._data_key),
            "outcome": outcome,
            "entry": entry,
            "reason": None if reason is None else storable(reason),
            "added": micros(self._added),
            "bulk": self._bulk,
        }
        await self._connection.execute(insert(arrivals), row)


def _same_text(origin: str) -> str:
    """Why a file brought nothing new."""
    return f'same text as "{origin}"'


async def _arrival(connection: AsyncConnection, key: str) -> RowMapping | None:
    query = select(arrivals.c.entry, arrivals.c.revision).where(arrivals.c.file_key == key)
    return (await connection.execute(query)).mappings().one_or_none()


async def _same_content(connection: AsyncConnection, content_key: str) -> RowMapping | None:
    query = select(entries.c.id, entries.c.origin).where(entries.c.content_key == storable(content_key))
    return (await connection.execute(query)).mappings().one_or_none()
