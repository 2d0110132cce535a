"""What only one process may do at a time: a lease that runs out unless its holder renews it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from bot.domain.ports import Clock
from bot.store.sql.database import Database, take_turn
from bot.store.sql.delivery_schema import leases
from bot.store.sql.rows import Row, micros

LEASE = timedelta(seconds=60)
"""For how long who works says so; it says it again three times within that."""


class Leases:
    """Leases by name, shared by every process on the database.

    ``alive`` says of a holder (see :mod:`bot.runtime.processes`) whether it may still be at work; of another
    host's it cannot know, and says yes.
    """

    def __init__(self, database: Database, alive: Callable[[str], bool]) -> None:
        self._database = database
        self._alive = alive

    async def take(self, name: str, holder: str, now: datetime, length: timedelta) -> str | None:
        """Take or renew it until ``now + length``: ``None``, or who else holds it.

        A lease that has run out, or whose holder is gone, is free. So is one that ends further off
        than anybody takes it for: a clock was wrong.
        """
        mine = {"holder": holder, "until": micros(now + length)}
        async with self._database.writing() as connection:
            await take_turn(connection)
            query = select(leases).where(leases.c.name == name)
            row = (await connection.execute(query)).mappings().one_or_none()
            if row is None:
                await connection.execute(insert(leases), {"name": name, **mine})
                return None
            if row["holder"] != holder and not is_free(row, now, length, self._alive):
                return str(row["holder"])
            await connection.execute(update(leases).where(leases.c.name == name).values(mine))
        return None

    def holding(self, holder: str, clock: Clock) -> Callable[[str, timedelta], Awaitable[bool]]:
        """Takes or renews one by its name for so long from now; false while somebody else holds it. Raises StoreError."""

        async def hold(name: str, length: timedelta) -> bool:
            return await self.take(name, holder, clock.now(), length) is None

        return hold

    async def held(self, now: datetime) -> tuple[tuple[str, str], ...]:
        """The leases that somebody holds, each with its holder."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(leases))).mappings().all()
        return tuple(
            (str(row["name"]), str(row["holder"]))
            for row in rows
            if row["until"] > micros(now) and self._alive(row["holder"])
        )

    async def release(self, holder: str) -> None:
        """Give back all that the process holds."""
        async with self._database.writing() as connection:
            await connection.execute(delete(leases).where(leases.c.holder == holder))


def is_free(row: Row, now: datetime, length: timedelta, alive: Callable[[str], bool]) -> bool:
    """Whether the lease has run out, its holder is gone, or it ends further off than anybody takes it for."""
    until = row["until"]
    return until <= micros(now) or until > micros(now + 2 * length) or not alive(row["holder"])
