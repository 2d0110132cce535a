"""What was forgotten does not come back by itself: its keys stay, and nothing of its words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import UnreadableDocument
from bot.domain.reasons import Reason
from bot.store.sql.library_schema import tombstones
from bot.store.sql.rows import micros, storable

AT_ONCE = 500
"""Keys in one statement."""


async def check(connection: AsyncConnection, origin: str, *keys: str) -> None:
    """Raises UnreadableDocument for the file ``origin`` where one of the keys, of its text or bytes, was forgotten."""
    if await forgotten(connection, keys):
        raise UnreadableDocument(origin, Reason("known.forgotten"))


async def forgotten(connection: AsyncConnection, keys: Iterable[str]) -> set[str]:
    """Those of the keys that were forgotten."""
    asked, found = sorted({storable(key) for key in keys}), set[str]()
    for start in range(0, len(asked), AT_ONCE):
        those = tombstones.c.key.in_(asked[start : start + AT_ONCE])
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
