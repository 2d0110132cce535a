"""The library in a database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.arriving import Arriving, Unknown
from bot.domain.errors import NoSuchEntry
from bot.domain.model import (
    Arrival,
    Article,
    Entry,
    Gist,
    Held,
    Kept,
    Member,
    Outcome,
    Reading,
    Window,
)
from bot.domain.reasons import Reason
from bot.runtime.failpoints import reach
from bot.store import forgetting, held, stories, tombstones
from bot.store.arrived import Arrived, arrival, count_unknown, first_arrivals, keep_new
from bot.store.sql.commits import Commits
from bot.store.sql.database import AT_ONCE, Database, chunks, take_turn
from bot.store.sql.library_schema import arrivals, counters, entries, removed, revisions
from bot.store.sql.rows import (
    arrival_of,
    entry_of,
    file_key,
    micros,
    storable,
    title_key,
    url_key,
)

_LARGEST_ID = 2**63 - 1
"""A BIGINT's; a person may ask for any number."""

_NAMESAKES = 10
"""Entries of each kind, by address and by title: one kind cannot crowd out the other."""


class SqlLibrary:
    """:class:`bot.domain.ports.Library` in an open database, which the caller closes.

    Writers take turns at the row of ``counters``: the second of two that bring the same article
    sees what the first committed, and revisions become visible in their order.
    """

    def __init__(self, database: Database, *, lifting: bool = False) -> None:
        """``lifting``: what comes is taken in though it was forgotten, and is forgotten no more."""
        self._database = database
        self._checked = tombstones.lift if lifting else tombstones.check
        # Files are opened side by side: each asks at about the same time.
        self._questions: Commits[str, Arrival | None] = Commits(database, first_arrivals, reads=True)

    async def keep(  # noqa: PLR0913 -- what came, as what, when, where to: the port's list
        self,
        reading: Reading,
        *,
        origin: str,
        data_key: str,
        added: datetime,
        story: int | None,
        bulk: bool = False,
        revises: int | None = None,
        gist: Gist | None = None,
        absorbs: Sequence[int] = (),
        expires: datetime | None = None,
    ) -> Kept:
        """Store the article once and record the arrival, in one transaction.

        A text that is in the library, or was before a correction, is ``known``. Else it takes the
        place of that of the entry ``revises``, under the next revision: id, story and the moment of
        adding stay, ``origin`` and ``bulk`` go with the text. Raises NoSuchEntry, and records
        nothing, where there is no such entry. For bytes that ``origin`` brought before, nothing changes and the answer is ``known`` with
        the revision of then; if they could not be read then, this reading takes the place of that.
        Only a new article brings a ``gist``, and makes ``absorbs`` one with its story. A ``story`` that
        was merged meanwhile stands for the one that it is part of. From ``expires`` on nobody finds it.
        Files of the same text that are held wait no longer. Raises UnreadableDocument for what was forgotten.
        """
        async with self._database.writing() as connection:
            await take_turn(connection)
            await self._checked(connection, origin, reading.article.content_key, data_key)
            before = await arrival(connection, file_key(origin, data_key))
            if before is not None and before["entry"] is not None:
                return Kept(before["entry"], before["revision"], "known")
            arrived = Arrived(
                connection, origin, data_key, added, again=before is not None, bulk=bulk, expires=expires
            )
            await held.let_go(connection, [reading.article.content_key], added)
            kept = await arrived.as_read(reading, story, revises)
            if kept.stored is not None and kept.outcome == "new":
                await stories.found(connection, kept.stored, gist, absorbs)
            return kept

    async def unknown(self, coming: Sequence[Arriving], *, since: datetime) -> Unknown:
        """How many of them, from the first on, nothing there and none before them resembles: new ones.

        They share no text, file, page or (added at or after ``since``) title and outlet, and none was forgotten.
        """
        async with self._database.reading() as connection:
            entry, revision = (await connection.execute(select(counters.c.entry, counters.c.revision))).one()
            lifted = self._checked is tombstones.lift
            return Unknown(await count_unknown(connection, coming, since, lifted=lifted), revision, entry)

    async def keep_all(self, coming: Sequence[Arriving], *, at: int) -> tuple[Kept, ...] | None:
        """Store articles of which :meth:`unknown` said at revision ``at`` that they are new, in one transaction.

        ``None``, and nothing is changed, where the library has another revision by now. Raises
        UnreadableDocument where one was forgotten meanwhile.
        """
        async with self._database.writing() as connection:
            await take_turn(connection)
            entry, revision = (await connection.execute(select(counters.c.entry, counters.c.revision))).one()
            if revision != at:
                return None
            keys = {key for one in coming for key in (one.reading.article.content_key, one.data_key)}
            await self._checked(connection, coming[0].origin, *keys)
            kept = await keep_new(connection, coming, entry, revision)
            reach("ingest-writing")
        return kept

    async def refuse(self, *, origin: str, data_key: str, reason: Reason, added: datetime) -> None:
        """Record that a file could not be read; nothing changes where it was recorded before."""
        async with self._database.writing() as connection:
            await take_turn(connection)
            if await arrival(connection, file_key(origin, data_key)) is None:
                arrived = Arrived(connection, origin, data_key, added, again=False)
                await arrived.as_unreadable(reason)

    async def hold(self, held_back: Held) -> None:
        """Keep an article apart, in place of what the same file said before; raises as ``keep`` does."""
        async with self._database.writing() as connection:
            await take_turn(connection)
            keys = (held_back.reading.article.content_key, held_back.data_key)
            await self._checked(connection, held_back.origin, *keys)
            await held.hold(connection, held_back)

    async def due(self, now: datetime, *, limit: int) -> tuple[Held, ...]:
        """Held articles that may be shown at ``now``, in the order in which they may and came."""
        async with self._database.reading() as connection:
            return await held.due(connection, now, limit)

    async def next_release(self) -> datetime | None:
        """When the next held article may be shown; ``None`` where none waits for a moment."""
        async with self._database.reading() as connection:
            return await held.following(connection)

    async def released(self, held_back: Held) -> None:
        """It is held no longer."""
        async with self._database.writing() as connection:
            await held.released(connection, held_back)

    async def answered(
        self, files: Sequence[tuple[str, str]], entries: Collection[int], now: datetime
    ) -> None:
        """As :class:`bot.domain.ports.Library` has it."""
        keys = sorted({file_key(*each) for each in files})
        async with self._database.writing() as connection:
            told = 0
            for some in chunks(keys):
                those = arrivals.c.file_key.in_(some)
                told += (
                    await connection.execute(update(arrivals).where(those).values(answered=True))
                ).rowcount
        if told < len(keys):  # some are held; or were forgotten while their files were in hand
            async with self._database.writing() as connection:
                await take_turn(connection)
                await forgetting.note_settled(connection, entries, [key for _, key in files], now)

    async def unanswered(self, *, origin: str, data_key: str) -> Outcome | None:
        """What became of the file, where nobody was told yet; ``None`` where it is answered, or never came."""
        mine = arrivals.c.file_key == file_key(origin, data_key)
        query = select(arrivals.c.outcome).where(mine, arrivals.c.answered.is_(False))
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def seen(self, data_key: str) -> Arrival | None:
        """The first arrival of these bytes that became an article, under whatever name."""
        return await self._questions.change(storable(data_key))

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
            for some in chunks(asked):
                query = select(entries).where(entries.c.id.in_(some))
                for row in (await connection.execute(query)).mappings():
                    found[row["id"]] = entry_of(row)
        return tuple(found[each] for each in ids if each in found)

    async def namesakes(self, article: Article, *, since: datetime) -> tuple[Entry, ...]:
        """Entries that the article may be a revision of, at most 20, the newest revision first.

        They have its address, whenever they were added; or its title and outlet, and were added at
        or after ``since``. Spelling counts as little as in :func:`bot.store.sql.rows.url_key` and
        ``title_key``.
        """
        page, name = url_key(article.url), title_key(article.title, article.source)
        found: dict[int, Entry] = {}
        async with self._database.reading() as connection:
            if page is not None:
                found |= await _newest(connection, entries.c.url_key == page, entries.c.revision)
            if name is not None:
                recent = (entries.c.title_key == name) & (entries.c.added >= micros(since))
                found |= await _newest(connection, recent, entries.c.added)
        return tuple(sorted(found.values(), key=lambda entry: -entry.revision))

    async def after_revision(self, revision: int, *, limit: int) -> tuple[Entry, ...]:
        """Entries changed after ``revision``, in the order of :attr:`Entry.changed`."""
        # Two queries, each along an index: what arrived, and what was read anew since.
        numbers = ((entries.c.revision, entries.c.reread.is_(None)), (entries.c.reread, true()))
        found: list[Entry] = []
        async with self._database.reading() as connection:
            for number, which in numbers:
                query = select(entries).where(number > revision, which).order_by(number).limit(limit)
                found += [entry_of(row) for row in (await connection.execute(query)).mappings()]
        return tuple(sorted(found, key=lambda entry: entry.changed)[:limit])

    async def members(self, *, since: datetime, after: int, limit: int) -> tuple[Member, ...]:
        """The first articles with an id above ``after`` of stories that were added to at or after ``since``."""
        async with self._database.reading() as connection:
            return await stories.members(connection, since, after, limit)

    async def without_gist(self, *, since: datetime, limit: int) -> tuple[Entry, ...]:
        """The oldest entries without a gist of stories that were added to at or after ``since``."""
        async with self._database.reading() as connection:
            return await stories.without_gist(connection, since, limit)

    async def keep_gists(self, found: Mapping[int, Gist]) -> None:
        """Keep what entries are found by; those that have a gist keep theirs."""
        async with self._database.writing() as connection:
            await take_turn(connection)
            await stories.keep_missing(connection, found)

    async def newest_member(self) -> int:
        """The entry that was placed in a story last, by its id; 0 before the first."""
        async with self._database.reading() as connection:
            return await stories.newest_member(connection)

    async def story(self, id: int) -> int:
        """The id of the story that ``id`` is part of by now: itself, unless it was merged."""
        async with self._database.reading() as connection:
            return await stories.present(connection, id)

    async def moved(self, window: Window) -> tuple[Entry, ...]:
        """The entries of every story that a merge of the window made of several."""
        async with self._database.reading() as connection:
            return await stories.moved(connection, window)

    async def former(self, of: Collection[int]) -> Mapping[int, tuple[int, ...]]:
        """The ids of other stories that each of these is by now, of those that are any."""
        async with self._database.reading() as connection:
            return await stories.former(connection, of)

    async def gone(self, window: Window) -> tuple[int, ...]:
        """The ids of entries that were removed in the window."""
        those = (removed.c.revision > window.after, removed.c.revision <= window.upto)
        async with self._database.reading() as connection:
            return tuple((await connection.execute(select(removed.c.entry).where(*those))).scalars())

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
        found: list[Arrival] = []
        async with self._database.reading() as connection:
            rows = (await connection.stream(query)).mappings()
            async for some in rows.partitions(AT_ONCE):  # a drop of thousands must not stop the loop
                found += map(arrival_of, some)
        return tuple(found)


async def _newest(
    connection: AsyncConnection, which: ColumnElement[bool], order: ColumnElement[int]
) -> dict[int, Entry]:
    query = select(entries).where(which).order_by(order.desc()).limit(_NAMESAKES)
    rows = (await connection.execute(query)).mappings()
    return {row["id"]: entry_of(row) for row in rows}
