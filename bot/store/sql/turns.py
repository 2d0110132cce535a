"""Writers take turns at the one row of ``counters``."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.sql.schema import counters


async def take_turn(connection: AsyncConnection) -> None:
    """Wait for the others, then keep them waiting until this transaction ends.

    What an earlier turn committed is visible; what is numbered in turns is committed in that order.
    """
    # A row lock on PostgreSQL; SQLite, which ignores FOR UPDATE, gave the turn at BEGIN IMMEDIATE.
    await connection.execute(select(counters.c.id).with_for_update())
