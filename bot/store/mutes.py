"""What places do not want to hear of, and until when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select

from bot.domain.conversations import Mute
from bot.domain.model import Address
from bot.store.sql.database import Database, take_turn
from bot.store.sql.rows import micros, moment, storable
from bot.store.sql.schema import mutes

MOST = 50
"""Mutes of one place: each is a search of every digest."""

_PLACE = ("platform", "chat", "thread")


class SqlMutes:
    """:class:`bot.domain.conversations.Mutes` in an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, to: Address, mute: Mute, now: datetime) -> bool:
        """Keep it in place of an earlier one of the same query; false when the place has as many as it may."""
        row = {name: getattr(to, name) for name in _PLACE}
        row |= {"query": storable(mute.query), "until": micros(mute.until) if mute.until else None}
        same = and_(_at(to), mutes.c.query == row["query"])
        async with self._database.writing() as connection:
            await take_turn(connection)
            await connection.execute(delete(mutes).where(_at(to), or_(same, mutes.c.until <= micros(now))))
            if len((await connection.execute(select(mutes.c.id).where(_at(to)))).all()) >= MOST:
                return False
            await connection.execute(insert(mutes), row)
        return True

    async def remove(self, to: Address, query: str) -> bool:
        """Forget it; false where there was none."""
        one = and_(_at(to), mutes.c.query == storable(query))
        async with self._database.writing() as connection:
            return bool((await connection.execute(delete(mutes).where(one))).rowcount)

    async def at(self, to: Address, now: datetime) -> tuple[Mute, ...]:
        """Those of the place that hold at ``now``, oldest first."""
        holds = or_(mutes.c.until.is_(None), mutes.c.until > micros(now))
        query = select(mutes).where(_at(to), holds).order_by(mutes.c.id)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(
            Mute(row["query"], None if row["until"] is None else moment(row["until"])) for row in rows
        )


def _at(to: Address) -> ColumnElement[bool]:
    return and_(*(mutes.c[name] == getattr(to, name) for name in _PLACE))
