"""What was chosen in chat: subscriptions, who may make them, and what places do not want to hear of."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.conversations import Mute, Subscribing
from bot.domain.errors import SubscriptionsFull
from bot.domain.events import Sender
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.reasons import Reason
from bot.store.sql.database import Database, take_turn
from bot.store.sql.delivery_schema import deliveries, mutes, occasions, standings, subscribing, subscriptions
from bot.store.sql.rows import Row, micros, moment, reason_text, storable

UNSUBSCRIBED = Reason("post.unsubscribed")

MOST_MUTES = 50
"""Mutes of one place: each is a search of every digest."""

_PLACE = ("platform", "chat", "thread")


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

    async def change(self, wanted: Subscription) -> bool:
        """Keep the one of this id with this query, schedule and style; false when it is not there."""
        values = {"query": storable(wanted.query), **_how(wanted)}
        change = update(subscriptions).where(subscriptions.c.id == wanted.id).values(values)
        async with self._database.writing() as connection:
            return bool((await connection.execute(change)).rowcount)

    async def remove(self, id: str) -> bool:
        """Forget it, its standing and what still waits to be posted; false when it is not there.

        What was posted, and what a call may be under way for, stays on record.
        """
        async with self._database.writing() as connection:
            return await end(connection, id)

    async def get(self, id: str) -> Subscription | None:
        """The one of this id."""
        return next(iter(await self._found(subscriptions.c.id == storable(id))), None)

    async def of_chats(self, platform: str, chats: Collection[str]) -> tuple[Subscription, ...]:
        """Those that go to one of the platform's chats, in whichever thread; oldest first."""
        named = subscriptions.c.chat.in_([storable(chat) for chat in chats])
        return await self._found(subscriptions.c.platform == platform, named)

    async def all(self) -> tuple[Subscription, ...]:
        """Every one, oldest first."""
        return await self._found()

    async def _found(self, *wanted: ColumnElement[bool]) -> tuple[Subscription, ...]:
        query = select(subscriptions).where(*wanted).order_by(subscriptions.c.created, subscriptions.c.id)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(_subscription_of(row, self.zone) for row in rows)

    async def asked_for(self, at: Address) -> tuple[Sender, ...]:
        """Who made the subscriptions of the chat, or of its thread where ``at`` names one; each once."""
        there = [subscriptions.c.platform == at.platform, subscriptions.c.chat == at.chat]
        there.append(subscriptions.c.by_user != "")  # who had their name removed is nobody's to tell
        if at.thread:
            there.append(subscriptions.c.thread == at.thread)
        who = (subscriptions.c.by_user, subscriptions.c.by_name, subscriptions.c.by_workspace)
        query = select(*who).where(*there).order_by(subscriptions.c.created, subscriptions.c.id)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(dict.fromkeys(Sender(at.platform, *row) for row in rows))


async def end(connection: AsyncConnection, id: str) -> bool:
    """Forget a subscription as :meth:`SqlSubscriptions.remove` does."""
    gone = await connection.execute(delete(subscriptions).where(subscriptions.c.id == id))
    if not gone.rowcount:
        return False
    await connection.execute(delete(standings).where(standings.c.subscription == id))
    own = select(occasions.c.id).where(occasions.c.subscription == id)
    waiting = and_(deliveries.c.occasion.in_(own), deliveries.c.state == "waiting", deliveries.c.posted == "")
    withdrawn = {"state": "failed", "reason": reason_text(UNSUBSCRIBED), "not_before": None}
    await connection.execute(update(deliveries).where(waiting).values(withdrawn))
    return True


async def move(connection: AsyncConnection, old: Address, new: Address) -> None:
    """Subscriptions of the old chat are the new one's; a name that is taken there gets a number.

    Between places of one chat those of the old thread are the new one's.
    """
    there = and_(subscriptions.c.platform == old.platform, subscriptions.c.chat == old.chat)
    threads = old.chat == new.chat
    there = and_(there, subscriptions.c.thread == old.thread) if threads else there
    for row in (await connection.execute(select(subscriptions).where(there))).mappings().all():
        to = Address(new.platform, new.chat, new.thread if threads else row["thread"])
        name = await _free_name(connection, row["name"], to)
        values = {"chat": to.chat, "thread": to.thread, "name": name, "name_key": name.casefold()}
        await connection.execute(update(subscriptions).where(subscriptions.c.id == row["id"]).values(values))


async def move_mutes(connection: AsyncConnection, old: Address, new: Address) -> None:
    """Mutes of the old chat are the new one's; of two of one query in one place that one which holds longer."""
    chats = and_(mutes.c.platform == old.platform, mutes.c.chat.in_([storable(old.chat), storable(new.chat)]))
    lasting = (mutes.c.until.is_(None).desc(), mutes.c.until.desc(), mutes.c.id)
    rows = (await connection.execute(select(mutes).where(chats).order_by(*lasting))).mappings().all()
    kept: dict[tuple[str, str], int] = {}
    for row in rows:
        kept.setdefault((row["thread"], row["query"]), row["id"])
    await connection.execute(delete(mutes).where(chats, mutes.c.id.not_in(kept.values())))
    await connection.execute(update(mutes).where(chats).values(chat=storable(new.chat)))


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
    row: dict[str, Any] = {
        "id": wanted.id,
        "name": wanted.name,
        "name_key": wanted.name.casefold(),
        "platform": wanted.to.platform,
        "chat": wanted.to.chat,
        "thread": wanted.to.thread,
        "query": wanted.query,
        "by_user": by.id,
        "by_name": by.name,
        "by_workspace": by.workspace,
        "created": micros(created),
        **_how(wanted),
    }
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}


def _how(wanted: Subscription) -> dict[str, Any]:
    schedule = wanted.schedule
    return {
        "style": wanted.style,
        "zone": "" if schedule.follows else schedule.zone,
        "at": json.dumps([at.isoformat() for at in schedule.at]),
        "days": json.dumps(sorted(schedule.days)),
        "quiet": json.dumps([at.isoformat() for at in schedule.quiet]) if schedule.quiet else None,
        "alerts": schedule.alerts,
        "paused": micros(schedule.paused) if schedule.paused else None,
    }


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
            paused=None if row["paused"] is None else moment(row["paused"]),
        ),
        style=row["style"] or "",
        by=tuple(f"{row['platform']}:{row[who]}" for who in ("by_user", "by_workspace") if row[who]),
    )


class SqlSubscribingRules:
    """:class:`bot.domain.conversations.SubscribingRules` in an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def at(self, place: Address) -> Subscribing:
        """What was chosen for the chat; its thread does not matter. What a newer desk wrote lets nobody in."""
        query = select(subscribing.c.who).where(_of_chat(place))
        async with self._database.reading() as connection:
            who = (await connection.execute(query)).scalar_one_or_none()
        return who if who in {"admins", "everybody"} else ""

    async def choose(self, place: Address, who: Subscribing) -> None:
        """It holds in the chat from now on."""
        async with self._database.writing() as connection:
            await take_turn(connection)
            await connection.execute(delete(subscribing).where(_of_chat(place)))
            if who:
                row = {"platform": place.platform, "chat": storable(place.chat), "who": who}
                await connection.execute(insert(subscribing), row)


async def move_rules(connection: AsyncConnection, old: Address, new: Address) -> None:
    """What was chosen in the old chat is chosen in the new one, unless something is there already."""
    if (await connection.execute(select(subscribing.c.who).where(_of_chat(new)))).first() is None:
        moving = update(subscribing).where(_of_chat(old)).values(chat=storable(new.chat))
        await connection.execute(moving)
    else:
        await connection.execute(delete(subscribing).where(_of_chat(old)))


def _of_chat(place: Address) -> ColumnElement[bool]:
    return and_(subscribing.c.platform == place.platform, subscribing.c.chat == storable(place.chat))


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
            if len((await connection.execute(select(mutes.c.id).where(_at(to)))).all()) >= MOST_MUTES:
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
