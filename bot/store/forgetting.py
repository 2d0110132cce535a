"""Entries that go: their rows, what they were found by, and the keys by which they would come again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import tombstones
from bot.store.sql.database import chunks, next_revision
from bot.store.sql.library_schema import (
    arrivals,
    corrections,
    earlier_texts,
    entries,
    gists,
    held,
    leftovers,
    merged_stories,
    removed,
)
from bot.store.sql.rows import url_key


@dataclass(frozen=True, slots=True)
class Removal:
    """What went under a ``revision``: the entries' ids, their stories, and the words by which others name them.

    ``first`` is the revision at which the oldest of them came: nothing from before knows any.
    """

    revision: int
    entries: frozenset[int]
    stories: frozenset[int]
    names: frozenset[str]
    texts: tuple[str, ...]
    first: int


@dataclass(frozen=True, slots=True)
class Leftover:
    """What is still to be done outside the tables for the entries of a removal: ``keys`` are those of their files."""

    revision: int
    entries: tuple[int, ...]
    keys: tuple[str, ...]


async def at_address(connection: AsyncConnection, url: str) -> tuple[int, ...]:
    """The entries of this page, in whichever of its spellings."""
    query = select(entries.c.id).where(entries.c.url_key == url_key(url)).order_by(entries.c.id)
    return tuple((await connection.execute(query)).scalars())


async def held_at(connection: AsyncConnection, url: str) -> dict[str, str]:
    """The texts of this page that wait for their moment: the key of each, with a name for people."""
    wanted = url_key(url)
    rows = (await connection.execute(select(held.c.content_key, held.c.origin, held.c.entry))).all()
    return {
        row.content_key: row.origin for row in rows if wanted and json.loads(row.entry)["url_key"] == wanted
    }


async def remove_held(connection: AsyncConnection, texts: Sequence[str], now: datetime) -> None:
    """Forget texts that wait for their moment, in a transaction whose turn it is."""
    if not texts:
        return
    files = await _let_go(connection, texts)
    await tombstones.put(connection, {*texts, *files}, now)
    await _leave(connection, await next_revision(connection, now), [], files)


async def keys_of(connection: AsyncConnection, ids: Sequence[int]) -> tuple[str, ...]:
    """The keys of the files that brought the entries."""
    found = {row.data_key for some in chunks(sorted(ids)) for row in await _arrivals(connection, some)}
    return tuple(sorted(found))


async def remove(
    connection: AsyncConnection, ids: Iterable[int], now: datetime, *, forget: bool
) -> Removal | None:
    """Remove the entries in a transaction whose turn it is; ``None`` where there is none of them (any more).

    ``forget``: what they came from is not to come again, and is to be gone from files and index, too.
    """
    wanted = sorted(set(ids))
    rows = [row for some in chunks(wanted) for row in await _rows(connection, some)]
    if not rows:
        return None
    gone = sorted(row.id for row in rows)
    came = [row for some in chunks(gone) for row in await _arrivals(connection, some)]
    texts = {row.content_key for row in rows}
    for some in chunks(gone):
        earlier = select(earlier_texts.c.content_key).where(earlier_texts.c.entry.in_(some))
        texts |= set((await connection.execute(earlier)).scalars())
    formers = [row for some in chunks(gone) for row in await _corrected(connection, some)]
    files = {row.data_key for row in came}
    files |= await _let_go(connection, texts)
    for some in chunks(gone):
        for table in (gists, earlier_texts, corrections, arrivals):
            await connection.execute(delete(table).where(table.c.entry.in_(some)))
        await connection.execute(delete(entries).where(entries.c.id.in_(some)))
    revision = await next_revision(connection, now)
    await connection.execute(insert(removed), [{"entry": one, "revision": revision} for one in gone])
    if forget:
        await tombstones.put(connection, texts | files, now)
        await _leave(connection, revision, gone, files)
    told = [*rows, *formers]
    return Removal(
        revision,
        frozenset(gone),
        frozenset(row.story for row in rows) | await _former(connection, {row.story for row in rows}),
        _names([*told, *came]),
        tuple("\n".join(part for part in (row.title, row.standfirst, row.text) if part) for row in told),
        min((row.revision for row in (*came, *rows)), default=0),
    )


async def note_settled(
    connection: AsyncConnection, ids: Iterable[int], files: Iterable[str], now: datetime
) -> None:
    """Of files that were put away just now, note what was forgotten meanwhile, in a transaction whose turn it is."""
    keys = await tombstones.forgotten(connection, files)
    if not keys:
        return
    wanted = sorted(set(ids))
    there: set[int] = set()
    for some in chunks(wanted):
        there |= set((await connection.execute(select(entries.c.id).where(entries.c.id.in_(some)))).scalars())
    await _leave(
        connection, await next_revision(connection, now), [one for one in wanted if one not in there], keys
    )


async def _leave(
    connection: AsyncConnection, revision: int, gone: Sequence[int], files: Iterable[str]
) -> None:
    kept = {"revision": revision, "entries": json.dumps(gone), "keys": json.dumps(sorted(files))}
    await connection.execute(insert(leftovers), kept)


async def remaining(connection: AsyncConnection) -> tuple[Leftover, ...]:
    """What is still to be done, oldest first."""
    rows = (await connection.execute(select(leftovers).order_by(leftovers.c.revision))).all()
    return tuple(
        Leftover(row.revision, tuple(json.loads(row.entries)), tuple(json.loads(row.keys))) for row in rows
    )


async def done(connection: AsyncConnection, one: Leftover) -> None:
    """Nothing is left of these."""
    await connection.execute(delete(leftovers).where(leftovers.c.revision == one.revision))


def _names(rows: Iterable[Any]) -> frozenset[str]:
    return frozenset(name for row in rows for name in (row.origin, getattr(row, "title", None)) if name)


async def _rows(connection: AsyncConnection, ids: Sequence[int]) -> Sequence[Any]:
    names = ("id", "content_key", "origin", "story", "title", "standfirst", "text", "revision")
    query = select(*(entries.c[name] for name in names)).where(entries.c.id.in_(ids))
    return (await connection.execute(query)).all()


async def _corrected(connection: AsyncConnection, ids: Sequence[int]) -> Sequence[Any]:
    """What the entries were before they were corrected."""
    query = select(corrections.c.former).where(corrections.c.entry.in_(ids))
    return [SimpleNamespace(**json.loads(kept)) for kept in (await connection.execute(query)).scalars()]


async def _arrivals(connection: AsyncConnection, ids: Sequence[int]) -> Sequence[Any]:
    query = select(arrivals.c.origin, arrivals.c.data_key, arrivals.c.revision).where(
        arrivals.c.entry.in_(ids)
    )
    return (await connection.execute(query)).all()


async def _let_go(connection: AsyncConnection, texts: Iterable[str]) -> set[str]:
    """Remove what is held of these texts; the keys of its files."""
    found: set[str] = set()
    for some in chunks(sorted(texts)):
        theirs = held.c.content_key.in_(some)
        found |= set((await connection.execute(select(held.c.data_key).where(theirs))).scalars())
        await connection.execute(delete(held).where(theirs))
    return found


async def _former(connection: AsyncConnection, stories: set[int]) -> frozenset[int]:
    found: set[int] = set()
    for some in chunks(sorted(stories)):
        query = select(merged_stories.c.story).where(merged_stories.c.into.in_(some))
        found |= set((await connection.execute(query)).scalars())
    return frozenset(found)
