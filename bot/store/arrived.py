"""A file that arrives: what becomes of it in the tables, inside the transaction that has the turn.

Or many that come together, of which nothing is known: a few statements for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Column, ColumnElement, RowMapping, Select, delete, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.arriving import Arriving
from bot.domain.errors import NoSuchEntry
from bot.domain.model import Arrival, Entry, Kept, Outcome, Reading
from bot.domain.reasons import Reason, dumped
from bot.store import corrections, held, stories, tombstones
from bot.store.sql.database import chunks
from bot.store.sql.library_schema import arrivals, counters, earlier_texts, entries, revisions
from bot.store.sql.rows import (
    arrival_of,
    entry_of,
    entry_row,
    file_key,
    micros,
    moment,
    storable,
    title_key,
    url_key,
)


async def arrival(connection: AsyncConnection, key: str) -> RowMapping | None:
    """What is recorded of the file with this key."""
    query = select(arrivals.c.entry, arrivals.c.revision).where(arrivals.c.file_key == key)
    return (await connection.execute(query)).mappings().one_or_none()


async def first_arrivals(connection: AsyncConnection, data_keys: Sequence[str]) -> list[Arrival | None]:
    """The first arrival of each of these bytes that became an article."""
    found: dict[str, Arrival] = {}
    for some in chunks(data_keys):
        those = arrivals.c.data_key.in_(some)
        first = select(func.min(arrivals.c.revision)).where(those, arrivals.c.entry.is_not(None))
        query = select(arrivals).where(arrivals.c.revision.in_(first.group_by(arrivals.c.data_key)))
        rows = (await connection.execute(query)).mappings()
        found |= {row["data_key"]: arrival_of(row) for row in rows}
    return [found.get(key) for key in data_keys]


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
        if self.again:
            key = file_key(self.origin, self.data_key)
            await self.connection.execute(delete(arrivals).where(arrivals.c.file_key == key))
        row = {
            **_arrival_row(self, outcome, entry, revision),
            "reason": None if reason is None else dumped(reason),
        }
        await self.connection.execute(insert(arrivals), row)


class _File(Protocol):
    """What is recorded of every file."""

    @property
    def origin(self) -> str: ...
    @property
    def data_key(self) -> str: ...
    @property
    def added(self) -> datetime: ...
    @property
    def bulk(self) -> bool: ...


def _arrival_row(file: _File, outcome: Outcome, entry: int | None, revision: int) -> dict[str, Any]:
    return {
        "file_key": file_key(file.origin, file.data_key),
        "revision": revision,
        "origin": storable(file.origin),
        "data_key": storable(file.data_key),
        "outcome": outcome,
        "entry": entry,
        "reason": None,
        "added": micros(file.added),
        "bulk": file.bulk,
        "answered": False,
    }


def _correction_of(title: str | None, origin: str) -> Reason:
    """What a file is that took the place of an earlier text: by its headline, or by the file it came in."""
    return (
        Reason("correction.of_headline", headline=title)
        if title
        else Reason("correction.of_file", file=origin)
    )


async def count_unknown(
    connection: AsyncConnection, coming: Sequence[Arriving], since: datetime, *, lifted: bool
) -> int:
    """How many, from the first on, share no key with what there is, or with one before them.

    A title and outlet count that were added at or after ``since``; what was forgotten does not where that is ``lifted``.
    """
    keys = [_keys(one) for one in coming]
    taken = set[str]()
    recent = entries.c.added >= micros(since)
    for name, columns in _COLUMNS.items():
        asked = {one[name] for one in keys if name in one}
        for column in columns:
            taken |= await _there(connection, column, asked, recent if name == "title" else true())
    if not lifted:
        asked = {key for one in keys for key in (one["text"], one["bytes"])}
        taken |= await tombstones.forgotten(connection, asked)
    for count, one in enumerate(keys):
        if not taken.isdisjoint(one.values()):
            return count
        taken.update(one.values())
    return len(coming)


_COLUMNS = {
    "file": (arrivals.c.file_key,),
    "text": (entries.c.content_key, earlier_texts.c.content_key),
    "page": (entries.c.url_key,),
    "title": (entries.c.title_key,),
}


def _keys(one: Arriving) -> dict[str, str]:
    """By what it may be known, as the tables have it."""
    article = one.reading.article
    keys = {
        "file": file_key(one.origin, one.data_key),
        "text": storable(article.content_key),
        "bytes": storable(one.data_key),
        "page": url_key(article.url),
        "title": title_key(article.title, article.source),
    }
    return {name: key for name, key in keys.items() if key is not None}


async def _there(
    connection: AsyncConnection, column: Column[str], keys: Iterable[str], where: ColumnElement[bool]
) -> set[str]:
    asked, found = sorted(keys), set[str]()
    for some in chunks(asked):
        query = select(column).where(column.in_(some), where)
        found |= set((await connection.execute(query)).scalars())
    return found


async def keep_new(
    connection: AsyncConnection, coming: Sequence[Arriving], entry: int, revision: int
) -> tuple[Kept, ...]:
    """Store them behind ``entry`` and ``revision``, the numbers given last, in the transaction that has the turn."""
    last = {"entry": entry + len(coming), "revision": revision + len(coming)}
    await connection.execute(update(counters).values(last))
    new = [(one, _new_entry(one, entry + n, revision + n)) for n, one in enumerate(coming, start=1)]
    rows = [entry_row(kept) for _, kept in new]
    made = [{"revision": kept.revision, "made": micros(kept.added)} for _, kept in new]
    await connection.execute(insert(revisions), made)
    await connection.execute(insert(entries), rows)
    came = [_arrival_row(one, "new", kept.id, kept.revision) for one, kept in new]
    await connection.execute(insert(arrivals), came)
    await stories.keep_gists(connection, {kept.id: one.gist for one, kept in new if one.gist is not None})
    for one, kept in new:
        await stories.merge(connection, kept.story, one.absorbs, kept.revision)
    await held.let_go(connection, [one.reading.article.content_key for one in coming], coming[-1].added)
    return tuple(Kept(row["id"], row["revision"], "new", entry_of(row)) for row in rows)


def _new_entry(one: Arriving, id: int, revision: int) -> Entry:
    return Entry(
        id=id,
        revision=revision,
        article=one.reading.article,
        summary=one.reading.summary,
        quotes=one.reading.quotes,
        origin=one.origin,
        added=one.added,
        story=id if one.story is None else one.story,
        bulk=one.bulk,
        expires=one.expires,
    )
