"""What was forgotten does not come back by itself: its keys stay, and nothing of its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import UnreadableDocument
from bot.domain.reasons import Reason
from bot.store.sql.database import chunks
from bot.store.sql.library_schema import arrivals, entries, tombstones
from bot.store.sql.rows import micros, storable


async def check(connection: AsyncConnection, origin: str, *keys: str) -> None:
    """Raises UnreadableDocument for the file ``origin`` where one of the keys, of its text or bytes, was forgotten."""
    if await forgotten(connection, keys):
        raise UnreadableDocument(origin, Reason("known.forgotten"))


async def forgotten(connection: AsyncConnection, keys: Iterable[str]) -> set[str]:
    """Those of the keys that were forgotten."""
    asked, found = sorted({storable(key) for key in keys}), set[str]()
    for some in chunks(asked):
        those = tombstones.c.key.in_(some)
        found |= set((await connection.execute(select(tombstones.c.key).where(those))).scalars())
    return found


async def put(connection: AsyncConnection, keys: Iterable[str], now: datetime) -> None:
    """Forget the keys from now on."""
    wanted = {storable(key) for key in keys}
    rows = [{"key": key, "at": micros(now)} for key in sorted(wanted - await forgotten(connection, wanted))]
    if rows:
        await connection.execute(insert(tombstones), rows)


async def lift(connection: AsyncConnection, origin: str, *keys: str) -> None:  # noqa: ARG001 - in place of check
    """The keys may come (again)."""
    await connection.execute(delete(tombstones).where(tombstones.c.key.in_([storable(key) for key in keys])))


async def copy(connection: AsyncConnection, row: Mapping[str, Any]) -> None:
    """Forget what another store forgot, unless it has been taken in here."""
    known = or_(entries.c.content_key == row["key"], arrivals.c.data_key == row["key"])
    query = select(entries.c.id).outerjoin(arrivals, arrivals.c.entry == entries.c.id).where(known)
    if not await forgotten(connection, [row["key"]]) and not (await connection.execute(query)).first():
        await connection.execute(insert(tombstones), dict(row))


async def doomed(connection: AsyncConnection) -> tuple[int, ...]:
    """The entries that were forgotten, and came back with a copy of earlier."""
    texts = select(entries.c.id).join(tombstones, tombstones.c.key == entries.c.content_key)
    files = select(arrivals.c.entry).join(tombstones, tombstones.c.key == arrivals.c.data_key)
    found = {*(await connection.execute(texts)).scalars(), *(await connection.execute(files)).scalars()}
    return tuple(sorted(one for one in found if one is not None))


async def all_of(connection: AsyncConnection) -> tuple[dict[str, Any], ...]:
    """Every row."""
    return tuple(dict(row) for row in (await connection.execute(select(tombstones))).mappings())


async def carry(connection: AsyncConnection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Forget the keys of these rows, too."""
    told = {row["key"]: dict(row) for row in rows}
    new = [told[key] for key in sorted(told.keys() - await forgotten(connection, told))]
    if new:
        await connection.execute(insert(tombstones), new)
