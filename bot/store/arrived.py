"""A file that arrives: what becomes of it in the tables, inside the transaction that has the turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import NoSuchEntry
from bot.domain.model import Entry, Kept, Outcome, Reading
from bot.domain.reasons import Reason, dumped
from bot.store import corrections, stories
from bot.store.sql.library_schema import arrivals, counters, earlier_texts, entries, revisions
from bot.store.sql.rows import entry_of, entry_row, file_key, micros, moment, storable


async def arrival(connection: AsyncConnection, key: str) -> RowMapping | None:
    """What is recorded of the file with this key."""
    query = select(arrivals.c.entry, arrivals.c.revision).where(arrivals.c.file_key == key)
    return (await connection.execute(query)).mappings().one_or_none()


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file on its way into the tables, inside the transaction that has the turn.

    ``again``: it is there as unreadable, and what is recorded now takes that place. ``bulk``: it
    came with many others at once.
    """

    connection: AsyncConnection
    origin: str
    data_key: str
    added: datetime
    again: bool
    bulk: bool = False
    expires: datetime | None = None

    async def as_read(self, reading: Reading, story: int | None, revises: int | None) -> Kept:
        """Known where the text is or was in the library, else a revision of ``revises``, else new.

        Raises NoSuchEntry for a revision of nothing.
        """
        known = await self._known(reading.article.content_key)
        if known is not None:
            return known
        return await (self._new(reading, story) if revises is None else self._corrected(reading, revises))

    async def as_unreadable(self, reason: Reason) -> None:
        """Nothing but the record that it came, and why it is not kept."""
        _, revision = await self._numbers()
        await self._record(revision, "unreadable", None, reason)

    async def _known(self, content_key: str) -> Kept | None:
        key = storable(content_key)
        found = await self._entry_of(select(entries.c.id).where(entries.c.content_key == key))
        same = found is not None
        if not same:
            earlier = select(earlier_texts.c.entry).where(earlier_texts.c.content_key == key)
            found = await self._entry_of(earlier)
        if found is None:
            return None
        _, revision = await self._numbers()
        origin = found["origin"]
        why = Reason("known.same", file=origin) if same else Reason("known.earlier", file=origin)
        await self._record(revision, "known", found["id"], why)
        return Kept(found["id"], revision, "known")

    async def _new(self, reading: Reading, story: int | None) -> Kept:
        new, revision = await self._numbers(entries=1)
        if story is not None:
            story = await stories.present(self.connection, story)
        entry = self._entry(reading, new, revision, self.added, new if story is None else story)
        row = entry_row(entry)
        await self.connection.execute(insert(entries), row)
        await self._record(revision, "new", new, None)
        return Kept(new, revision, "new", entry_of(row))

    async def _corrected(self, reading: Reading, id: int) -> Kept:
        older = await self._entry_of(select(entries.c.id).where(entries.c.id == id))
        if older is None:
            raise NoSuchEntry(id)
        _, revision = await self._numbers()
        await corrections.keep_former(self.connection, id, revision, self.added)
        former = {"content_key": older["content_key"], "entry": id}
        await self.connection.execute(insert(earlier_texts), former)
        entry = self._entry(reading, id, revision, moment(older["added"]), older["story"])
        row = entry_row(entry)
        await self.connection.execute(update(entries).where(entries.c.id == id).values(row))
        await self._record(revision, "corrected", id, _correction_of(older["title"], older["origin"]))
        return Kept(id, revision, "corrected", entry_of(row))

    async def _entry_of(self, id: Select[tuple[int]]) -> RowMapping | None:
        """What is to be known of the entry whose id the query ``id`` gives."""
        columns = (entries.c[name] for name in ("id", "content_key", "origin", "added", "story", "title"))
        query = select(*columns).where(entries.c.id == id.scalar_subquery())
        return (await self.connection.execute(query)).mappings().one_or_none()

    def _entry(self, reading: Reading, id: int, revision: int, added: datetime, story: int) -> Entry:
        return Entry(
            id=id,
            revision=revision,
            article=reading.article,
            summary=reading.summary,
            quotes=reading.quotes,
            origin=self.origin,
            added=added,
            story=story,
            bulk=self.bulk,
            expires=self.expires,
        )

    async def _numbers(self, *, entries: int = 0) -> tuple[int, int]:
        """The newest entry's id, ``entries`` further than it was, and the next revision."""
        numbers = (
            update(counters)
            .values(revision=counters.c.revision + 1, entry=counters.c.entry + entries)
            .returning(counters.c.entry, counters.c.revision)
        )
        entry, revision = (await self.connection.execute(numbers)).one()
        made = {"revision": revision, "made": micros(self.added)}
        await self.connection.execute(insert(revisions), made)
        return entry, revision

    async def _record(
        self, revision: int, outcome: Outcome, entry: int | None, reason: Reason | None
    ) -> None:
        key = file_key(self.origin, self.data_key)
        if self.again:
            await self.connection.execute(delete(arrivals).where(arrivals.c.file_key == key))
        row: dict[str, Any] = {
            "file_key": key,
            "revision": revision,
            "origin": storable(self.origin),
            "data_key": storable(self.data_key),
            "outcome": outcome,
            "entry": entry,
            "reason": None if reason is None else dumped(reason),
            "added": micros(self.added),
            "bulk": self.bulk,
            "answered": False,
        }
        await self.connection.execute(insert(arrivals), row)


def _correction_of(title: str | None, origin: str) -> Reason:
    """What a file is that took the place of an earlier text: by its headline, or by the file it came in."""
    return (
        Reason("correction.of_headline", headline=title)
        if title
        else Reason("correction.of_file", file=origin)
    )
