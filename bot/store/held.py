"""Articles under embargo: kept apart from the library until their moment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.model import Entry, Held, Reading
from bot.domain.reasons import dumped, loaded
from bot.store.sql.library_schema import held
from bot.store.sql.rows import entry_of, entry_row, file_key, micros, moment, storable


async def hold(connection: AsyncConnection, one: Held) -> None:
    """Keep the article apart. The newest file of a text says until when all of its files wait."""
    row = _row_of(one)
    await connection.execute(delete(held).where(held.c.file_key == row["file_key"]))
    same = held.c.content_key == row["content_key"]
    terms = {name: row[name] for name in ("until", "reason", "entry")}
    await connection.execute(update(held).where(same).values(terms))
    await connection.execute(insert(held), row)


async def let_go(connection: AsyncConnection, content_keys: Sequence[str], now: datetime) -> None:
    """Nothing waits any longer that says what everybody may read by now."""
    same = held.c.content_key.in_([storable(key) for key in content_keys])
    await connection.execute(update(held).where(same).values(until=micros(now)))


async def due(connection: AsyncConnection, now: datetime, limit: int) -> tuple[Held, ...]:
    """The first that may be shown at ``now``, in the order in which they may and came."""
    query = select(held).where(held.c.until <= micros(now)).order_by(held.c.until, held.c.added).limit(limit)
    return tuple(_held_of(row) for row in (await connection.execute(query)).mappings())


async def following(connection: AsyncConnection) -> datetime | None:
    """When the next may be shown; ``None`` where none waits for a moment."""
    first = (await connection.execute(select(func.min(held.c.until)))).scalar_one()
    return None if first is None else moment(first)


async def released(connection: AsyncConnection, one: Held) -> None:
    """It is in the library, or the reason is why it never will be."""
    await connection.execute(delete(held).where(held.c.file_key == file_key(one.origin, one.data_key)))


def _row_of(one: Held) -> dict[str, Any]:
    reading = one.reading
    entry = Entry(
        id=0,
        revision=0,
        article=reading.article,
        summary=reading.summary,
        quotes=reading.quotes,
        origin=one.origin,
        added=one.added,
        story=0,
        bulk=one.bulk,
        expires=one.expires,
    )
    return {
        "file_key": file_key(one.origin, one.data_key),
        "origin": storable(one.origin),
        "data_key": storable(one.data_key),
        "content_key": storable(reading.article.content_key),
        "added": micros(one.added),
        "until": None if one.until is None else micros(one.until),
        "reason": dumped(one.reason),
        "entry": json.dumps(entry_row(entry), separators=(",", ":")),
    }


def _held_of(row: Mapping[Any, Any]) -> Held:
    entry = entry_of(json.loads(row["entry"]))
    return Held(
        reading=Reading(entry.article, entry.summary, entry.quotes),
        origin=row["origin"],
        data_key=row["data_key"],
        added=moment(row["added"]),
        reason=loaded(row["reason"]),
        until=None if row["until"] is None else moment(row["until"]),
        expires=entry.expires,
        bulk=entry.bulk,
    )
