"""Places that take nothing: what was staged for them is taken back, and made anew when they can be tried again.

A digest that was posted in part, or may have been, is never taken back: its rest waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EVERY, Closed
from bot.domain.model import Address
from bot.domain.reasons import Reason, dumped, loaded
from bot.store.sql.database import Database, take_turn
from bot.store.sql.delivery_schema import (
    closed_chats,
    deliveries,
    digests,
    numbered,
    occasions,
    standings,
    told,
)
from bot.store.sql.rows import micros, moment

UNTOUCHED = ("waiting", "failed")
"""States of a part of which the platform certainly has nothing."""

_LETTERS = ("platform", "chat", "thread")


class ClosedChats:
    """The part of the outbox that knows which chats take nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shut(self, at: Address, reason: Reason, now: datetime) -> bool:
        """Close the place and take back what it will not get; true when it was open before."""
        async with self._database.writing() as connection:
            await take_turn(connection)
            return await close(connection, at, reason, now)

    async def reopen(self, at: Address) -> int:
        """The chat, with all its threads, or every chat is tried again; how many places were closed."""
        there = and_(closed_chats.c.platform == at.platform, closed_chats.c.chat.in_({at.chat, EVERY}))
        async with self._database.writing() as connection:
            return (await connection.execute(delete(closed_chats).where(there))).rowcount

    async def closures(self) -> tuple[Closed, ...]:
        """The places that are closed."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(closed_chats))).mappings().all()
        return tuple(
            Closed(Address(*(row[name] for name in _LETTERS)), moment(row["tried"]), loaded(row["reason"]))
            for row in rows
        )


def is_closed() -> ColumnElement[bool]:
    """Whether the place of a row of ``deliveries`` is closed."""
    return exists().where(
        closed_chats.c.platform == deliveries.c.platform,
        closed_chats.c.chat.in_((deliveries.c.chat, EVERY)),
        closed_chats.c.thread.in_((deliveries.c.thread, EVERY)),
    )


async def close(connection: AsyncConnection, at: Address, reason: Reason, now: datetime) -> bool:
    """Close the place in a transaction whose turn it is, as :meth:`ClosedChats.shut` has it."""
    one = and_(*(closed_chats.c[name] == getattr(at, name) for name in _LETTERS))
    found = {"tried": micros(now), "reason": dumped(reason)}
    known = (await connection.execute(update(closed_chats).where(one).values(found))).rowcount
    if not known:
        place = {name: getattr(at, name) for name in _LETTERS}
        await connection.execute(insert(closed_chats), place | found)
    for subscription, oldest in await _held(connection):
        await _take_back(connection, await _untouched(connection, subscription, oldest))
    return not known


async def _held(connection: AsyncConnection) -> Sequence[tuple[str, int]]:
    """Each subscription with parts that are held, and its oldest digest with such parts."""
    # In the order of rows, as every other change has it: two that wait for one another would be stuck.
    parts = select(deliveries.c.id).where(deliveries.c.state == "waiting", is_closed())
    await connection.execute(parts.order_by(deliveries.c.id).with_for_update())
    oldest = (
        select(occasions.c.subscription, func.min(occasions.c.digest))
        .join(deliveries, deliveries.c.occasion == occasions.c.id)
        .where(deliveries.c.state == "waiting", is_closed())
        .group_by(occasions.c.subscription)
        .order_by(occasions.c.subscription)
    )
    return [(row[0], row[1]) for row in await connection.execute(oldest)]


async def _untouched(connection: AsyncConnection, subscription: str, oldest: int) -> Sequence[int]:
    """The subscription's last digests, of which nothing can have been posted: the newest first."""
    begun = (
        select(deliveries.c.id)
        .join(occasions, occasions.c.id == deliveries.c.occasion)
        .where(
            occasions.c.digest == digests.c.id,
            # A message that waits to be amended is there.
            or_(deliveries.c.state.not_in(UNTOUCHED), deliveries.c.posted != ""),
        )
        .exists()
    )
    # What an earlier version staged does not say where the subscription stood before.
    kept = or_(begun, digests.c.before_last.is_(None))
    own = and_(digests.c.subscription == subscription, digests.c.id >= oldest)
    last_kept = (await connection.execute(select(func.max(digests.c.id)).where(own, kept))).scalar_one() or 0
    rows = select(digests.c.id).where(own, digests.c.id > last_kept).order_by(digests.c.id.desc())
    return (await connection.execute(rows)).scalars().all()


async def _take_back(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """As if these digests of one subscription, its last, had never been staged."""
    if not ids:
        return
    before = (await connection.execute(select(digests).where(digests.c.id == ids[-1]))).mappings().one()
    own = select(occasions.c.id).where(occasions.c.digest.in_(ids))
    await connection.execute(delete(deliveries).where(deliveries.c.occasion.in_(own)))
    await connection.execute(delete(told).where(told.c.digest.in_(ids)))
    await connection.execute(delete(numbered).where(numbered.c.digest.in_(ids)))
    await connection.execute(delete(occasions).where(occasions.c.digest.in_(ids)))
    await connection.execute(delete(digests).where(digests.c.id.in_(ids)))
    stands = {name: before[f"before_{name}"] for name in ("upto", "last", "reached")}
    again = update(standings).where(standings.c.subscription == before["subscription"])
    await connection.execute(again.values(digests=standings.c.digests - len(ids), **stands))
