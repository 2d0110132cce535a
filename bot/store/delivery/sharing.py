"""Who of several processes is at what: an occasion is composed by one, and an address is posted to by one.

What a process holds it gives back, or it runs out: whoever ends without a word is at nothing after ``LEASE``,
one of the same host at once. That nothing is staged or posted twice does not rest on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.model import Address
from bot.store.delivery.leases import LEASE, is_free
from bot.store.sql.commits import Commits
from bot.store.sql.database import Database, take_turn
from bot.store.sql.delivery_schema import lanes, occasions, unfinished
from bot.store.sql.rows import micros

SCHEDULED = ("slot", "catchup", "alert")
"""The kinds of occasions that come by themselves, and so to every process."""


class Sharing:
    """The part of the outbox that divides the work among the processes on a store, for the process ``holder``."""

    def __init__(self, database: Database, holder: str, alive: Callable[[str], bool]) -> None:
        self._database = database
        self._holder = holder
        self._alive = alive
        self._leaving = Commits(database, leave)

    async def begin(self, subscription: str, key: str, now: datetime) -> int | None:
        """Note that the occasion's digest is begun; how often it was before, without an ``end`` or being staged.

        ``None`` where another process is at it, or has staged it.
        """
        one, mine = begun_at(subscription, key), self._held(now)
        done = and_(
            occasions.c.subscription == subscription,
            occasions.c.key == key,
            occasions.c.kind.in_(SCHEDULED),
        )
        async with self._database.writing() as connection:
            await take_turn(connection)
            if (await connection.execute(select(occasions.c.id).where(done).limit(1))).first():
                return None
            row = (await connection.execute(select(unfinished).where(one))).mappings().one_or_none()
            if row is None:
                fresh = {"subscription": subscription, "key": key, "times": 1, "at": micros(now), **mine}
                await connection.execute(insert(unfinished), fresh)
                return 0
            if row["holder"] not in {None, self._holder} and not is_free(row, now, LEASE, self._alive):
                return None
            again = {"times": row["times"] + 1, "at": micros(now), **mine}
            await connection.execute(update(unfinished).where(one).values(again))
        return int(row["times"])

    async def begun(self) -> frozenset[str]:
        """The subscriptions of which a digest was begun and not ended."""
        async with self._database.reading() as connection:
            return frozenset((await connection.execute(select(unfinished.c.subscription))).scalars())

    async def end(self, subscription: str, key: str) -> None:
        """The occasion's digest is made, or waits for what has nothing to do with it."""
        async with self._database.writing() as connection:
            mine = and_(begun_at(subscription, key), unfinished.c.holder == self._holder)
            await connection.execute(delete(unfinished).where(mine))

    async def claim(
        self, places: Sequence[Address], now: datetime, most: int
    ) -> tuple[frozenset[Address], frozenset[Address]]:
        """Claim the first of the addresses that no other process has, at most ``most``: this one alone posts there until it leaves them.

        Those, and those that another process has.
        """
        if not places:
            return frozenset(), frozenset()
        async with self._database.writing() as connection:
            await take_turn(connection)
            rows = (await connection.execute(select(lanes))).mappings().all()
            known = {Address(row["platform"], row["chat"], row["thread"]): row for row in rows}
            others = frozenset(
                place
                for place in places
                if (row := known.get(place))
                and row["holder"] != self._holder
                and not is_free(row, now, LEASE, self._alive)
            )
            free = frozenset(islice((place for place in places if place not in others), most))
            await _leave(connection, [place for place in free if place in known])
            if free:
                mine = self._held(now)
                await connection.execute(insert(lanes), [{**_row(place), **mine} for place in free])
        return free, others

    async def leave(self, place: Address) -> None:
        """Others may post to the address. Several that are left at a time share a commit."""
        if self._database.is_shared:
            await self._leaving.change((self._holder, place))

    async def renew(
        self, composing: Collection[tuple[str, str]], posting: Collection[Address], now: datetime
    ) -> None:
        """This process is still at these occasions, by subscription and key, and posts to these addresses."""
        mine = self._held(now)
        begun = and_(
            unfinished.c.subscription == bindparam("whose"),
            unfinished.c.key == bindparam("slot"),
            unfinished.c.holder == self._holder,
        )
        there = and_(_there(), lanes.c.holder == self._holder)
        if composing or (posting and self._database.is_shared):
            async with self._database.writing() as connection:
                await take_turn(connection)
                if rows := [{"whose": whose, "slot": slot} for whose, slot in composing]:
                    await connection.execute(update(unfinished).where(begun).values(mine), rows)
                if rows := [_bound(place) for place in posting]:
                    await connection.execute(update(lanes).where(there).values(mine), rows)

    async def retire(self) -> None:
        """This process is at nothing any more."""
        async with self._database.writing() as connection:
            await connection.execute(delete(lanes).where(lanes.c.holder == self._holder))
            mine = update(unfinished).where(unfinished.c.holder == self._holder)
            await connection.execute(mine.values(holder=None, until=None))

    def _held(self, now: datetime) -> dict[str, Any]:
        return {"holder": self._holder, "until": micros(now + LEASE)}


def begun_at(subscription: str, key: str) -> ColumnElement[bool]:
    """The row of an occasion that was begun and not ended."""
    return and_(unfinished.c.subscription == subscription, unfinished.c.key == key)


async def leave(connection: AsyncConnection, left: Sequence[tuple[str, Address]]) -> list[None]:
    """Let others post to the addresses that the process named has; it is the same for all."""
    holder = left[0][0]
    there = and_(_there(), lanes.c.holder == holder)
    await connection.execute(delete(lanes).where(there), [_bound(place) for _, place in left])
    return [None for _ in left]


async def _leave(connection: AsyncConnection, places: Sequence[Address]) -> None:
    if places:
        await connection.execute(delete(lanes).where(_there()), [_bound(place) for place in places])


def _there() -> ColumnElement[bool]:
    return and_(*(lanes.c[name] == bindparam(f"its_{name}") for name in ("platform", "chat", "thread")))


def _row(place: Address) -> dict[str, str]:
    return {"platform": place.platform, "chat": place.chat, "thread": place.thread}


def _bound(place: Address) -> dict[str, str]:
    return {f"its_{name}": value for name, value in _row(place).items()}
