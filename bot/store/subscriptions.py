"""The subscriptions that were made in chat."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import SubscriptionsFull
from bot.domain.events import Sender
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.reasons import Reason
from bot.store.sql.database import Database, take_turn
from bot.store.sql.rows import Row, micros, reason_text, storable
from bot.store.sql.schema import deliveries, occasions, standings, subscriptions

UNSUBSCRIBED = Reason("post.unsubscribed")


class SqlSubscriptions:
    """:class:`bot.domain.ports.Subscriptions` in an open database."""

    def __init__(self, database: Database, zone: str = "UTC") -> None:
        """``zone`` is the desk's, which those have that named none."""
        self._database = database
        self.zone = zone

    async def add(
        self, wanted: Subscription, *, by: Sender, created: datetime, most: int | None = None
    ) -> bool:
        """Keep it; false when its id is taken, or its name at that destination (case aside).

        Raises SubscriptionsFull when its chat has ``most`` already, whoever else adds at that moment.
        """
        row = _subscription_row(wanted, by, created)
        async with self._database.writing() as connection:
            await take_turn(connection)
            taken = or_(subscriptions.c.id == row["id"], _called(row["name_key"], wanted.to))
            if (await connection.execute(select(subscriptions.c.id).where(taken))).first():
                return False
            there = and_(subscriptions.c.platform == row["platform"], subscriptions.c.chat == row["chat"])
            counted = select(func.count()).select_from(subscriptions).where(there)
            if most is not None and (await connection.execute(counted)).scalar_one() >= most:
                raise SubscriptionsFull
            await connection.execute(insert(subscriptions), row)
        return True

    async def remove(self, id: str) -> bool:
        """Forget it, its standing and what still waits to be posted; false when it is not there.

        What was posted, and what a call may be under way for, stays on record.
        """
        async with self._database.writing() as connection:
            gone = await connection.execute(delete(subscriptions).where(subscriptions.c.id == id))
            if not gone.rowcount:
                return False
            await connection.execute(delete(standings).where(standings.c.subscription == id))
            own = select(occasions.c.id).where(occasions.c.subscription == id)
            waiting = and_(deliveries.c.occasion.in_(own), deliveries.c.state == "waiting")
            withdrawn = {"state": "failed", "reason": reason_text(UNSUBSCRIBED), "not_before": None}
            await connection.execute(update(deliveries).where(waiting).values(withdrawn))
        return True

    async def all(self) -> tuple[Subscription, ...]:
        """Every one, oldest first."""
        query = select(subscriptions).order_by(subscriptions.c.created, subscriptions.c.id)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(_subscription_of(row, self.zone) for row in rows)

    async def asked_for(self, at: Address) -> tuple[Sender, ...]:
        """Who made the subscriptions of the chat, or of its thread where ``at`` names one; each once."""
        there = [subscriptions.c.platform == at.platform, subscriptions.c.chat == at.chat]
        if at.thread:
            there.append(subscriptions.c.thread == at.thread)
        who = (subscriptions.c.by_user, subscriptions.c.by_name, subscriptions.c.by_workspace)
        query = select(*who).where(*there).order_by(subscriptions.c.created, subscriptions.c.id)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(dict.fromkeys(Sender(at.platform, *row) for row in rows))


async def move(connection: AsyncConnection, old: Address, new: Address) -> None:
    """Subscriptions of the old chat are the new one's; a name that is taken there gets a number."""
    there = and_(subscriptions.c.platform == old.platform, subscriptions.c.chat == old.chat)
    for row in (await connection.execute(select(subscriptions).where(there))).mappings().all():
        to = Address(new.platform, new.chat, row["thread"])
        name = await _free_name(connection, row["name"], to)
        values = {"chat": to.chat, "name": name, "name_key": name.casefold()}
        await connection.execute(update(subscriptions).where(subscriptions.c.id == row["id"]).values(values))


async def _free_name(connection: AsyncConnection, name: str, to: Address) -> str:
    free, number = name, 1
    while (await connection.execute(select(subscriptions.c.id).where(_called(free.casefold(), to)))).first():
        number += 1
        free = f"{name}-{number}"
    return free


def _called(name_key: str, to: Address) -> Any:
    return and_(
        subscriptions.c.name_key == name_key,
        subscriptions.c.platform == to.platform,
        subscriptions.c.chat == to.chat,
        subscriptions.c.thread == to.thread,
    )


def _subscription_row(wanted: Subscription, by: Sender, created: datetime) -> dict[str, Any]:
    schedule = wanted.schedule
    row: dict[str, Any] = {
        "id": wanted.id,
        "name": wanted.name,
        "name_key": wanted.name.casefold(),
        "platform": wanted.to.platform,
        "chat": wanted.to.chat,
        "thread": wanted.to.thread,
        "query": wanted.query,
        "zone": "" if schedule.follows else schedule.zone,
        "at": json.dumps([at.isoformat() for at in schedule.at]),
        "days": json.dumps(sorted(schedule.days)),
        "by_user": by.id,
        "by_name": by.name,
        "by_workspace": by.workspace,
        "created": micros(created),
        "quiet": json.dumps([at.isoformat() for at in schedule.quiet]) if schedule.quiet else None,
        "alerts": schedule.alerts,
    }
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}


def _subscription_of(row: Row, zone: str) -> Subscription:
    times: Sequence[str] = json.loads(row["at"])
    quiet = [time.fromisoformat(at) for at in json.loads(row["quiet"] or "[]")]
    return Subscription(
        id=row["id"],
        name=row["name"],
        to=Address(row["platform"], row["chat"], row["thread"]),
        query=row["query"],
        schedule=Schedule(
            zone=row["zone"] or zone,
            at=tuple(time.fromisoformat(at) for at in times),
            days=frozenset(json.loads(row["days"])),
            quiet=(quiet[0], quiet[1]) if quiet else None,
            alerts=row["alerts"],
            follows=not row["zone"],
        ),
    )
