"""What is to be posted, and what became of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import Delivery, DeliveryState
from bot.domain.model import Address
from bot.domain.reasons import Reason
from bot.store import languages, subscriptions
from bot.store.delivery.closed_chats import ClosedChats, close, is_closed
from bot.store.delivery.heads import DUE, FIRST, OPEN, PLACE, SET_BACK, delivery_of, due_at, heads, is_due
from bot.store.delivery.sharing import Sharing, leave
from bot.store.delivery.staging import Staging
from bot.store.sql.commits import Commits
from bot.store.sql.database import Database, take_turn
from bot.store.sql.delivery_schema import closed_chats, deliveries, moves, told
from bot.store.sql.rows import Row, micros, moment, reason_of, reason_text, storable

FORGOTTEN = Reason("post.forgotten")
"""Why a part is posted nowhere (any more) whose articles were forgotten."""

LOST_AFTER = timedelta(minutes=10)
"""A call that began so long ago is over, wherever its process is: messengers give up after one or two."""


class SqlOutbox(Staging, Sharing, ClosedChats):
    """:class:`bot.domain.ports.Outbox` in an open database, for the process ``holder``.

    ``alive`` says of another holder whether it may still be at work. Attempts and results of several tasks share a commit, see :class:`Commits`.
    """

    def __init__(self, database: Database, *, holder: str, alive: Callable[[str], bool]) -> None:
        Sharing.__init__(self, database, holder, alive)
        self._commits = Commits(database, _changed)
        self._next = Commits(database, self._followed, reads=not database.is_shared)
        self._mine: set[int] = set()

    async def due(self, now: datetime) -> tuple[Address, ...]:
        """The addresses of what ``waiting`` has, in the order of their parts."""
        query = select(*PLACE).where(FIRST, deliveries.c.state.in_(DUE), due_at(now), ~is_closed())
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.order_by(deliveries.c.id))).all()
        return tuple(Address(*row) for row in rows)

    async def waiting(self, now: datetime, *, at: Collection[Address] | None = None) -> tuple[Delivery, ...]:
        """What may be worked on now: for each address the first part that is not at rest.

        A part that must wait holds the later parts of its address; ``sent``, ``failed`` and
        ``uncertain`` ones are at rest. Only ``waiting`` and ``unsure`` parts whose time has come,
        of the addresses ``at`` alone if they are given; none for a place that is closed.
        """
        async with self._database.reading() as connection:
            found = await heads(connection, at)
        return tuple(part for part in found if is_due(part, now))

    async def next_time(self, after: datetime) -> datetime | None:
        """When the next postponed or unsure part is due, later than ``after``."""
        soonest = select(func.min(deliveries.c.not_before)).where(
            FIRST, deliveries.c.state.in_(DUE), deliveries.c.not_before > micros(after), ~is_closed()
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(soonest)).scalar_one()
        return None if found is None else moment(found)

    async def hold(
        self, places: Sequence[Address], now: datetime, most: int
    ) -> tuple[tuple[Delivery, ...], frozenset[Address]]:
        """Claim the first of the addresses, at most ``most``: this process alone posts there until it leaves them.

        What waits there, and those of the addresses that another process has.
        """
        others: frozenset[Address] = frozenset()
        mine: Collection[Address] = places[:most]
        if self._database.is_shared:
            mine, others = await self.claim(places, now, most)
        held = await self.waiting(now, at=mine) if mine else ()
        done = set(mine) - {part.to for part in held}  # by another
        await asyncio.gather(*(self.leave(place) for place in done))
        return held, others

    async def next(self, at: Address, now: datetime) -> tuple[Delivery | None, bool]:
        """What may be worked on now at an address that this process holds; where nothing may, it is left.

        True when something there may be later, by itself. What is asked for several shares a transaction.
        """
        return await self._next.change((at, now))

    async def _followed(
        self, connection: AsyncConnection, asked: Sequence[tuple[Address, datetime]]
    ) -> list[tuple[Delivery | None, bool]]:
        first = {part.to: part for part in await heads(connection, [at for at, _ in asked])}
        due = {at: first[at] for at, now in asked if at in first and is_due(first[at], now)}
        if self._database.is_shared and (left := [(self._holder, at) for at, _ in asked if at not in due]):
            await leave(connection, left)
        return [(due.get(at), at in first) for at, _ in asked]

    async def attempt(self, delivery: Delivery, now: datetime) -> bool:
        """Commit that a call begins (``sending``); false when somebody else has the part."""
        # Before the commit: from then on `recover` must know that this call is not a dead one's.
        self._mine.add(delivery.id)
        taken = False
        try:
            one = {
                "id_": delivery.id,
                "key_": delivery.key,
                "chat_": delivery.to.chat,
                "before": delivery.attempts,
            }
            begun = {"attempts": delivery.attempts + 1, "attempted": micros(now), "holder": self._holder}
            taken = await self._commits.change((delivery.id, _ATTEMPT, one | begun)) == 1
        finally:
            if not taken:
                self._mine.discard(delivery.id)
        return taken

    async def sent(self, delivery: Delivery, posted: str) -> None:
        """The platform took it and calls it ``posted``; what was amended meanwhile waits to be made so there."""
        one = {"id_": delivery.id, "key_": delivery.key, "attempts_": _begun(delivery)}
        await self._commits.change((delivery.id, _SENT, {**one, "posted": storable(posted)}))
        self._mine.discard(delivery.id)

    async def made_so(self, delivery: Delivery, reason: Reason | None = None) -> None:
        """The message says what the part does by now, or is gone; ``reason`` is why it will not."""
        gone = not delivery.payload.body and reason is None
        values = {"state": "failed", "posted": "", "reason": reason_text(FORGOTTEN)} if gone else {}
        told = {"state": "sent", "reason": reason_text(reason), "amended": False, "not_before": None} | values
        mine = and_(_same(delivery), _attempted(delivery), deliveries.c.body == delivery.payload.body)
        # A body that changed again meanwhile is to be posted, too.
        again = and_(_same(delivery), _attempted(delivery), deliveries.c.body != delivery.payload.body)
        waits = {"state": "waiting", "not_before": None}
        for which, become in ((mine, told), (again, waits)):
            change = update(deliveries).where(which, deliveries.c.state == "sending").values(become)
            await self._commits.change((delivery.id, change, {}))
        self._mine.discard(delivery.id)

    async def postpone(self, delivery: Delivery, until: datetime, reason: Reason) -> None:
        """It was certainly not taken; try again at ``until``."""
        await self._became(delivery, "waiting", not_before=micros(until), reason=reason)

    async def unsure(self, delivery: Delivery, until: datetime, reason: Reason, *, looks: int = 0) -> None:
        """The answer was lost; ask the platform at ``until``. It was asked ``looks`` times."""
        await self._became(delivery, "unsure", not_before=micros(until), reason=reason, looks=looks)

    async def uncertain(self, delivery: Delivery, reason: Reason) -> None:
        """It cannot be known; it is not sent again unless a person says so."""
        await self._became(delivery, "uncertain", not_before=None, reason=reason)

    async def failed(self, delivery: Delivery, reason: Reason) -> None:
        """The platform refused it for good."""
        await self._became(delivery, "failed", not_before=None, reason=reason)

    async def instead(self, delivery: Delivery, reason: Reason) -> None:
        """An edit is not possible: the reply that was kept for this waits in its place; without one it failed."""
        query = select(deliveries.c.instead).where(_same(delivery))
        async with self._database.reading() as connection:
            kept = (await connection.execute(query)).scalar_one_or_none()
        if kept is None:
            await self.failed(delivery, reason)
        else:
            reply = {**json.loads(kept), "kind": "reply", "instead": None, "deaths": 0}
            await self._became(delivery, "waiting", reason=reason, not_before=None, **reply)

    async def refused(self, delivery: Delivery, at: Address, reason: Reason, now: datetime) -> bool:
        """It was not taken: the place ``at``, which holds its chat, is closed; true when it was open before."""
        current = and_(_same(delivery), _attempted(delivery), deliveries.c.state == "sending")
        again = {"state": "waiting", "not_before": None, "reason": reason_text(reason)}
        async with self._database.writing() as connection:
            await take_turn(connection)
            back = await connection.execute(update(deliveries).where(current).values(again))
            news = bool(back.rowcount) and await close(connection, at, reason, now)
        self._mine.discard(delivery.id)
        return news

    def let_go(self, delivery: Delivery) -> None:
        """This process does not know what became of its call: ``recover`` may take the part up."""
        self._mine.discard(delivery.id)

    async def recover(self, now: datetime) -> int:
        """Parts left ``sending`` by a process that is gone become ``unsure``, one death older; how many.

        Gone is whom ``alive`` denies, this process in an earlier life, and any other after ten
        minutes. Looks that were put off until a time of a wrong clock are due now. Safe at any time.
        """
        far_off = and_(
            deliveries.c.state == "unsure",
            deliveries.c.attempted > micros(now + SET_BACK),
            deliveries.c.not_before > micros(now + LOST_AFTER),
        )
        query = select(deliveries, literal("").label("parent")).where(
            or_(deliveries.c.state == "sending", far_off)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        lost = [row for row in rows if row["state"] == "unsure" or self._is_lost(row, now)]
        for row in lost:
            reason = reason_of(row["reason"]) or Reason("post.ended")
            deaths = row["deaths"] + (row["state"] == "sending")
            looks = {"not_before": micros(now), "looks": row["looks"]}
            await self._became(delivery_of(row), "unsure", reason=reason, deaths=deaths, **looks)
        return len(lost)

    async def again(self) -> int:
        """The parts that failed because processes ended on them wait to be posted once more; how many."""
        aside = and_(deliveries.c.state == "failed", deliveries.c.deaths > 0)
        values = {"state": "waiting", "deaths": 0, "not_before": None, "reason": ""}
        async with self._database.writing() as connection:
            return (await connection.execute(update(deliveries).where(aside).values(values))).rowcount

    async def moved(self, old: Address, new: Address) -> None:
        """The chat has a new id: open parts, chat subscriptions, mutes and later digests go there.

        In the same chat, ``old`` is a thread that is gone: its open parts and its chat subscriptions go to ``new``;
        not its mutes, which would hold for what the chat wants to hear of.
        """
        if old == new:
            return
        threads = old.chat == new.chat
        values = {"thread": new.thread} if threads else {"chat": new.chat}
        async with self._database.writing() as connection:
            await take_turn(connection)
            waiting = and_(_there(deliveries, old, threads=threads), deliveries.c.state.in_(DUE))
            await connection.execute(update(deliveries).where(waiting).values(values))
            await subscriptions.move(connection, old, new)
            await connection.execute(update(told).where(_there(told, old, threads=threads)).values(values))
            await connection.execute(delete(closed_chats).where(_there(closed_chats, old, threads=threads)))
            if not threads:
                await languages.move(connection, old, new)
                await subscriptions.move_rules(connection, old, new)
                await subscriptions.move_mutes(connection, old, new)
                await _remember_move(connection, old, new)

    async def moves(self) -> dict[Address, Address]:
        """Each chat that has another id now, and which; neither names a thread."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(moves))).mappings().all()
        return {
            Address(row["platform"], row["chat"]): Address(row["platform"], row["moved_to"]) for row in rows
        }

    def _is_lost(self, row: Row, now: datetime) -> bool:
        if row["holder"] == self._holder:
            return row["id"] not in self._mine
        return not self._alive(row["holder"]) or row["attempted"] <= micros(now - LOST_AFTER)

    async def _became(
        self,
        delivery: Delivery,
        state: DeliveryState,
        *,
        reason: Reason | None,
        **values: Any,
    ) -> None:
        """What a call or a look brought, unless the part went on without it."""
        current = and_(_same(delivery), _attempted(delivery), deliveries.c.state.in_(OPEN[1:]))
        values = {
            name: storable(value) if isinstance(value, str) else value for name, value in values.items()
        }
        change = update(deliveries).where(current).values(state=state, reason=reason_text(reason), **values)
        await self._commits.change((delivery.id, change, {}))
        self._mine.discard(delivery.id)


def _same(delivery: Delivery) -> ColumnElement[bool]:
    """The very part: the id of one that was taken back may be another's now."""
    return and_(deliveries.c.id == delivery.id, deliveries.c.key == delivery.key)


def _attempted(delivery: Delivery) -> ColumnElement[bool]:
    """No later attempt was made than the one that began with ``delivery``."""
    return deliveries.c.attempts == _begun(delivery)


def _begun(delivery: Delivery) -> int:
    return delivery.attempts + (delivery.state == "waiting")


# What each message costs is worked out once: to build a statement takes longer than to send it.
_ATTEMPT = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("id_"),
        deliveries.c.key == bindparam("key_"),
        deliveries.c.state == "waiting",
        deliveries.c.attempts == bindparam("before"),
        deliveries.c.chat == bindparam("chat_"),
    )
    .values(
        state="sending",
        attempts=bindparam("attempts"),
        attempted=bindparam("attempted"),
        not_before=None,
        looks=0,
        holder=bindparam("holder"),
    )
)
_SENT = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("id_"),
        deliveries.c.key == bindparam("key_"),
        deliveries.c.attempts == bindparam("attempts_"),
        # To know is better than to doubt: also when somebody declared the part uncertain meanwhile.
        deliveries.c.state.in_((*OPEN[1:], "uncertain")),
    )
    .values(
        state=case((deliveries.c.amended, "waiting"), else_="sent"),
        posted=bindparam("posted"),
        reason=reason_text(None),
        not_before=None,
    )
)


async def _changed(
    connection: AsyncConnection, changes: Sequence[tuple[int, Update, Mapping[str, Any]]]
) -> list[int]:
    """How many rows each statement changed; with it go the row that it is about, and what it is filled in with."""
    counts = [0] * len(changes)
    # By row: two processes that lock the same rows in one order cannot block each other.
    for place, (_, statement, values) in sorted(enumerate(changes), key=lambda change: change[1][0]):
        counts[place] = (await connection.execute(statement, values)).rowcount
    return counts


def _there(table: Table, at: Address, *, threads: bool) -> ColumnElement[bool]:
    """What is at the chat, or in this very thread of it."""
    chat = and_(table.c.platform == at.platform, table.c.chat == at.chat)
    return and_(chat, table.c.thread == at.thread) if threads else chat


async def _remember_move(connection: AsyncConnection, old: Address, new: Address) -> None:
    from_old = and_(moves.c.platform == old.platform, moves.c.chat == old.chat)
    back = and_(moves.c.platform == old.platform, moves.c.chat == new.chat)
    earlier = and_(moves.c.platform == old.platform, moves.c.moved_to == old.chat)
    await connection.execute(moves.delete().where(or_(from_old, back)))
    await connection.execute(update(moves).where(earlier).values(moved_to=new.chat))
    await connection.execute(
        moves.insert(), {"platform": old.platform, "chat": old.chat, "moved_to": new.chat}
    )
