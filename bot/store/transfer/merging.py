"""The articles of an export join a library that has others: under new numbers, in their stories, none of them twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import tombstones
from bot.store.sql.library_schema import arrivals, counters, earlier_texts, entries, gists, revisions

Row = dict[str, Any]


@dataclass(slots=True)
class Merged:
    """How many articles were ``added``, were ``known``, or had been ``forgotten``."""

    added: int = 0
    known: int = 0
    forgotten: int = 0


@dataclass(slots=True)
class _Numbers:
    """Which of the export's entries, stories and revisions are which here, and what was given last."""

    entry: int
    revision: int
    entries: dict[int, int] = field(default_factory=dict)
    stories: dict[int, int] = field(default_factory=dict)
    revisions: dict[int, int] = field(default_factory=dict)


async def merge(connection: AsyncConnection, rows: Iterable[tuple[str, Row]], now: int) -> Merged:
    """Add the articles that the library lacks, in a transaction whose turn it is; ``now`` is in microseconds.

    They keep files, moments of arrival and stories, and count as a bulk drop, so that no channel is told them unasked.
    Of the rest of the export (subscriptions, what was posted) nothing is taken.
    """
    entry, revision = (await connection.execute(select(counters.c.entry, counters.c.revision))).one()
    numbers, merged = _Numbers(entry, revision), Merged()
    for name, row in rows:
        if name == "entries":
            await _entry(connection, row, numbers, merged, now)
        elif name == "arrivals":
            await _arrival(connection, row, numbers, now)
        elif name == "gists" and row["entry"] in numbers.entries:
            await connection.execute(insert(gists), row | {"entry": numbers.entries[row["entry"]]})
        elif name == "earlier_texts" and row["entry"] in numbers.entries:
            await _earlier(connection, row, numbers)
        elif name == "tombstones":
            await tombstones.copy(connection, row)
    values = {"entry": numbers.entry, "revision": numbers.revision}
    await connection.execute(update(counters).values(values))
    return merged


async def _entry(connection: AsyncConnection, row: Row, numbers: _Numbers, merged: Merged, now: int) -> None:
    key = row["content_key"]
    known = await _known(connection, key)
    if known is not None:
        numbers.stories.setdefault(row["story"], known)
        merged.known += 1
        return
    if await tombstones.forgotten(connection, [key]):
        merged.forgotten += 1
        return
    numbers.entry += 1
    new = numbers.entry
    story = numbers.stories.setdefault(row["story"], new)
    numbers.entries[row["id"]] = new
    changed = {"id": new, "revision": await _next(connection, numbers, now), "story": story}
    numbers.revisions[row["revision"]] = changed["revision"]
    await connection.execute(insert(entries), row | changed | {"reread": None, "bulk": True})
    merged.added += 1


async def _known(connection: AsyncConnection, content_key: str) -> int | None:
    """The story of the entry that has this text, or had it before it was corrected."""
    query = select(entries.c.story).where(entries.c.content_key == content_key)
    found = (await connection.execute(query)).scalar_one_or_none()
    if found is not None:
        return int(found)
    earlier = (
        select(entries.c.story)
        .join(earlier_texts, earlier_texts.c.entry == entries.c.id)
        .where(earlier_texts.c.content_key == content_key)
    )
    return (await connection.execute(earlier)).scalar_one_or_none()


async def _arrival(connection: AsyncConnection, row: Row, numbers: _Numbers, now: int) -> None:
    if row["entry"] not in numbers.entries:
        return
    here = select(arrivals.c.file_key).where(arrivals.c.file_key == row["file_key"])
    if (await connection.execute(here)).first():
        return
    # The file that the text came with goes by the revision of the entry: `reread` finds it so.
    revision = numbers.revisions.get(row["revision"]) or await _next(connection, numbers, now)
    changed = {"entry": numbers.entries[row["entry"]], "revision": revision, "bulk": True}
    await connection.execute(insert(arrivals), row | changed)


async def _earlier(connection: AsyncConnection, row: Row, numbers: _Numbers) -> None:
    if await _known(connection, row["content_key"]) is None:
        await connection.execute(insert(earlier_texts), row | {"entry": numbers.entries[row["entry"]]})


async def _next(connection: AsyncConnection, numbers: _Numbers, now: int) -> int:
    numbers.revision += 1
    await connection.execute(insert(revisions), {"revision": numbers.revision, "made": now})
    return numbers.revision
