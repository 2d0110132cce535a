"""Articles that are there already, brought up to what later rules read in the same files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.model import Entry, Reading
from bot.store.sql.database import Database, next_revision, take_turn
from bot.store.sql.library_schema import arrivals, earlier_texts, entries
from bot.store.sql.rows import entry_of, entry_row


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry whose text came with the bytes of ``key``, as ``origin``."""

    entry: int
    revision: int
    key: str
    origin: str


@dataclass(frozen=True, slots=True)
class Reread:
    """An entry before and after; ``corrected`` and ``double`` say why it stayed as it was.

    ``corrected``: another text has come since. ``double``: another entry has this text.
    """

    outcome: Literal["changed", "same", "corrected", "double"]
    before: Entry | None = None
    after: Entry | None = None


class Rereading:
    """Puts new readings in the place of old ones. Raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def wanted(self) -> dict[str, Wanted]:
        """Every entry, by the key of the bytes that its text came with."""
        query = select(entries.c.id, entries.c.revision, arrivals.c.data_key, entries.c.origin).join(
            arrivals, arrivals.c.revision == entries.c.revision
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return {row.data_key: Wanted(row.id, row.revision, row.data_key, row.origin) for row in rows}

    async def put(self, wanted: Wanted, reading: Reading, now: datetime) -> Reread:
        """Let the entry say what ``reading`` says, in one transaction; nothing is written where it does.

        Its id, revision, story, origin and moment of adding stay, so that no digest takes it for news.
        """
        async with self._database.writing() as connection:
            await take_turn(connection)
            query = select(entries).where(entries.c.id == wanted.entry)
            row = (await connection.execute(query)).mappings().one_or_none()
            if row is None or row["revision"] != wanted.revision:
                return Reread("corrected")
            before = entry_of(row)
            after = replace(before, article=reading.article, summary=reading.summary, quotes=reading.quotes)
            kept = entry_of(entry_row(after))  # as it comes back
            if kept == before:
                return Reread("same", before, before)
            old, new = before.article.content_key, kept.article.content_key
            if old != new and await _is_anothers(connection, new, before.id):
                return Reread("double", before, before)
            if old != new:
                await _remember(connection, old, new, before.id)
            number = await next_revision(connection, now)
            values = entry_row(replace(kept, reread=number))
            await connection.execute(update(entries).where(entries.c.id == before.id).values(values))
            return Reread("changed", before, kept)


async def _is_anothers(connection: AsyncConnection, content_key: str, entry: int) -> bool:
    current = select(entries.c.id).where(entries.c.content_key == content_key, entries.c.id != entry)
    earlier = select(earlier_texts.c.entry).where(
        earlier_texts.c.content_key == content_key, earlier_texts.c.entry != entry
    )
    found = (await connection.execute(current)).first() or (await connection.execute(earlier)).first()
    return found is not None


async def _remember(connection: AsyncConnection, old: str, new: str, entry: int) -> None:
    """The text of before stays known, as that of a correction does."""
    keys = earlier_texts.c.content_key
    await connection.execute(delete(earlier_texts).where(or_(keys == new, keys == old)))
    await connection.execute(insert(earlier_texts), {"content_key": old, "entry": entry})
