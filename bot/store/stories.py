"""What stories are found by, and which of them turned out to be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.model import Entry, Gist, Member, Window
from bot.store.sql.library_schema import entries, gists, merged_stories
from bot.store.sql.rows import entry_of, gist_json, gist_of, micros, moment


async def found(connection: AsyncConnection, new: Entry, gist: Gist | None, absorbs: Sequence[int]) -> None:
    """Keep what a new entry is found by, and the stories that it makes one with its own."""
    if gist is not None:
        await keep_gists(connection, {new.id: gist})
    await merge(connection, new.story, absorbs, new.revision)


async def keep_gists(connection: AsyncConnection, found: Mapping[int, Gist]) -> None:
    """Keep what entries without a gist are found by."""
    rows = [{"entry": entry, "gist": gist_json(gist)} for entry, gist in found.items()]
    if rows:
        await connection.execute(insert(gists), rows)


async def keep_missing(connection: AsyncConnection, found: Mapping[int, Gist]) -> None:
    """Keep what entries are found by, of those that have no gist."""
    query = select(gists.c.entry).where(gists.c.entry.in_(sorted(found)))
    have = set((await connection.execute(query)).scalars())
    there = select(entries.c.id).where(entries.c.id.in_(sorted(found)))  # none may have been removed since
    missing = set((await connection.execute(there)).scalars()) - have
    await keep_gists(connection, {entry: found[entry] for entry in sorted(missing)})


async def merge(connection: AsyncConnection, story: int, absorbed: Sequence[int], revision: int) -> None:
    """Make the ``absorbed`` stories part of ``story``, which is a present one; their ids go on naming it."""
    for former_id in absorbed:
        gone = await present(connection, former_id)
        if gone == story:
            continue
        await connection.execute(update(entries).where(entries.c.story == gone).values(story=story))
        # `into` always names a present story: one look tells where any id leads.
        again = update(merged_stories).where(merged_stories.c.into == gone).values(into=story)
        await connection.execute(again)
        await connection.execute(insert(merged_stories), {"story": gone, "into": story, "revision": revision})


async def present(connection: AsyncConnection, story: int) -> int:
    """The story that ``story`` is part of by now: itself, unless it was merged."""
    query = select(merged_stories.c.into).where(merged_stories.c.story == story)
    return (await connection.execute(query)).scalar_one_or_none() or story


async def members(connection: AsyncConnection, since: datetime, after: int, limit: int) -> tuple[Member, ...]:
    """Members with an id above ``after`` of the stories that were added to at or after ``since``."""
    recent = select(entries.c.story).where(entries.c.added >= micros(since))
    query = (
        select(entries.c.id, entries.c.story, entries.c.added, gists.c.gist)
        .join(gists, gists.c.entry == entries.c.id)
        .where(entries.c.id > after, entries.c.story.in_(recent))
        .order_by(entries.c.id)
        .limit(limit)
    )
    rows = (await connection.execute(query)).all()
    return tuple(Member(row.id, row.story, moment(row.added), gist_of(row.gist)) for row in rows)


async def without_gist(connection: AsyncConnection, since: datetime, limit: int) -> tuple[Entry, ...]:
    """The oldest entries without a gist of the stories that were added to at or after ``since``."""
    recent = select(entries.c.story).where(entries.c.added >= micros(since))
    query = (
        select(entries)
        .where(entries.c.story.in_(recent), entries.c.id.not_in(select(gists.c.entry)))
        .order_by(entries.c.id)
        .limit(limit)
    )
    return tuple(entry_of(row) for row in (await connection.execute(query)).mappings())


async def newest_member(connection: AsyncConnection) -> int:
    """The entry that was placed last; 0 before the first."""
    return (await connection.execute(select(func.max(gists.c.entry)))).scalar_one() or 0


async def moved(connection: AsyncConnection, window: Window) -> tuple[Entry, ...]:
    """The entries of the stories that merges of the window made one."""
    made = select(merged_stories.c.into).where(
        merged_stories.c.revision > window.after, merged_stories.c.revision <= window.upto
    )
    query = select(entries).where(entries.c.story.in_(made)).order_by(entries.c.revision)
    return tuple(entry_of(row) for row in (await connection.execute(query)).mappings())


async def former(connection: AsyncConnection, stories: Collection[int]) -> Mapping[int, tuple[int, ...]]:
    """The ids that each of ``stories`` had beside its own, of those that had any."""
    query = (
        select(merged_stories.c.into, merged_stories.c.story)
        .where(merged_stories.c.into.in_(sorted(stories)))
        .order_by(merged_stories.c.story)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for into, story in (await connection.execute(query)).all():
        found[into].append(story)
    return {into: tuple(ids) for into, ids in found.items()}
