"""What is to be posted, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Case,
    ColumnElement,
    Table,
    Update,
    and_,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import Delivery, DeliveryState, Payload
from bot.domain.model import Address
from bot.domain.reasons import Reason
from bot.store import languages, subscriptions
from bot.store.delivery.closed_chats import ClosedChats, close, is_closed
from bot.store.delivery.sharing import Sharing
from bot.store.delivery.staging import Staging
from bot.store.sql.commits import Commits
from bot.store.sql.database import Database, take_turn
from bot.store.sql.delivery_schema import closed_chats, deliveries, moves, told
from bot.store.sql.rows import Row, micros, moment, reason_of, reason_text, storable

OPEN = ("waiting", "sending", "unsure")
"""States in which a part holds the later ones of its address."""

DUE = ("waiting", "unsure")

FORGOTTEN = Reason("post.forgotten")
"""Why a part is posted nowhere (any more) whose articles were forgotten."""

LOST_AFTER = timedelta(minutes=10)
"""A call that began so long ago is over, wherever its process is: messengers give up after one or two."""

SET_BACK = timedelta(minutes=1)
"""An attempt that lies further in the future than two hosts' clocks differ: the clock was set back."""


class SqlOutbox(Staging, Sharing, ClosedChats):
    """:class:`bot.domain.ports.Outbox` in an open database, for the process ``holder``.

    ``alive`` says of another holder whether it may still be at work. Attempts and results of several tasks share a commit, see :class:`Commits`.
    """

    def __init__(self, database: Database, *, holder: str, alive: Callable[[str], bool]) -> None:
        Sharing.__init__(self, database, holder, alive)
        self._commits = Commits(database, _changed)
        self._mine: set[int] = set()

    async def waiting(self, now: datetime, *, at: Address | None = None) -> tuple[Delivery, ...]:
        """What may be worked on now: for each address the first part that is not at rest.

        A part that must wait holds the later parts of its address; ``sent``, ``failed`` and
        ``uncertain`` ones are at rest. Only ``waiting`` and ``unsure`` parts whose time has come,
        of the address ``at`` alone if that is given; none for a place that is closed.
        """
        heads = deliveries.alias("heads")
        above = and_(
            heads.c.occasion == deliveries.c.occasion,
            heads.c.part == deliveries.c.under,
            heads.c.kind == "post",
        )
        query = select(deliveries, heads.c.posted.label("parent")).outerjoin(heads, above)
        query = query.where(_first(at), deliveries.c.state.in_(DUE), _due(now), ~is_closed())
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.order_by(deliveries.c.id))).mappings().all()
        return tuple(_delivery_of(row) for row in rows)

    async def next_time(self, after: datetime) -> datetime | None:
        """When the next postponed or unsure part is due, later than ``after``."""
        soonest = select(func.min(deliveries.c.not_before)).where(
            _first(None), deliveries.c.state.in_(DUE), deliveries.c.not_before > micros(after), ~is_closed()
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(soonest)).scalar_one()
        return None if found is None else moment(found)

    async def hold(self, parts: Sequence[Delivery], now: datetime) -> tuple[Delivery, ...]:
        """Those of ``waiting``, as they are now, whose addresses this process alone posts to until it leaves them."""
        if not self._database.is_shared:
            return tuple(parts)
        mine = await self.claim(frozenset(part.to for part in parts), now)
        if not mine:
            return ()
        held = tuple(part for part in await self.waiting(now) if part.to in mine)
        for place in mine - {part.to for part in held}:  # another has done what there was
            await self.leave(place)
        return held

    async def attempt(self, delivery: Delivery, now: datetime) -> bool:
        """Commit that a call begins (``sending``); false when somebody else has the part."""
        unchanged = and_(
            _same(delivery),
            deliveries.c.state == "waiting",
            deliveries.c.attempts == delivery.attempts,
            deliveries.c.chat == delivery.to.chat,
        )
        values = {
            "state": "sending",
            "attempts": delivery.attempts + 1,
            "attempted": micros(now),
            "not_before": None,
            "looks": 0,
            "holder": self._holder,
        }
        # Before the commit: from then on `recover` must know that this call is not a dead one's.
        self._mine.add(delivery.id)
        taken = False
        try:
            taken = (
                await self._commits.change((delivery.id, update(deliveries).where(unchanged).values(values)))
                == 1
            )
        finally:
            if not taken:
                self._mine.discard(delivery.id)
        return taken

    async def sent(self, delivery: Delivery, posted: str) -> None:
        """The platform took it and calls it ``posted``; what was amended meanwhile waits to be made so there."""
        # To know is better than to doubt: also when somebody declared the part uncertain meanwhile.
        state = case((deliveries.c.amended, "waiting"), else_="sent")
        known = (*OPEN[1:], "uncertain")
        await self._became(delivery, state, known, posted=posted, reason=None, not_before=None)

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
            await self._commits.change((delivery.id, change))
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
            await self._became(_delivery_of(row), "unsure", reason=reason, deaths=deaths, **looks)
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
        state: DeliveryState | Case[str],
        states: tuple[str, ...] = OPEN[1:],
        *,
        reason: Reason | None,
        **values: Any,
    ) -> None:
        """What a call or a look brought, unless the part went on without it."""
        current = and_(_same(delivery), _attempted(delivery), deliveries.c.state.in_(states))
        values = {
            name: storable(value) if isinstance(value, str) else value for name, value in values.items()
        }
        change = update(deliveries).where(current).values(state=state, reason=reason_text(reason), **values)
        await self._commits.change((delivery.id, change))
        self._mine.discard(delivery.id)


def _same(delivery: Delivery) -> ColumnElement[bool]:
    """The very part: the id of one that was taken back may be another's now."""
    return and_(deliveries.c.id == delivery.id, deliveries.c.key == delivery.key)


def _attempted(delivery: Delivery) -> ColumnElement[bool]:
    """No later attempt was made than the one that began with ``delivery``."""
    return deliveries.c.attempts == delivery.attempts + (delivery.state == "waiting")


async def _changed(connection: AsyncConnection, changes: Sequence[tuple[int, Update]]) -> list[int]:
    """How many rows each statement changed; with it goes the row that it is about."""
    counts = [0] * len(changes)
    # By row: two processes that lock the same rows in one order cannot block each other.
    for place, (_, statement) in sorted(enumerate(changes), key=lambda change: change[1][0]):
        counts[place] = (await connection.execute(statement)).rowcount
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


def _first(at: Address | None) -> ColumnElement[bool]:
    """Whether a part is the first of its address that is not at rest."""
    place = (deliveries.c.platform, deliveries.c.chat, deliveries.c.thread)
    first = select(func.min(deliveries.c.id)).where(deliveries.c.state.in_(OPEN)).group_by(*place)
    if at is not None:
        first = first.where(*(column == getattr(at, column.name) for column in place))
    return deliveries.c.id.in_(first)


def _due(now: datetime) -> ColumnElement[bool]:
    return or_(
        deliveries.c.not_before.is_(None),
        deliveries.c.not_before <= micros(now),
        and_(deliveries.c.state == "waiting", deliveries.c.attempted > micros(now + SET_BACK)),
    )


def _delivery_of(row: Row) -> Delivery:
    return Delivery(
        id=row["id"],
        key=row["key"],
        occasion=row["occasion"],
        to=Address(row["platform"], row["chat"], row["thread"]),
        part=row["part"],
        parts=row["parts"],
        payload=Payload(row["body"], row["plain"], row["under"]),
        state=row["state"],
        attempts=row["attempts"],
        attempted=_moment(row["attempted"]),
        not_before=_moment(row["not_before"]),
        posted=row["posted"],
        reason=reason_of(row["reason"]),
        looks=row["looks"],
        deaths=row["deaths"],
        parent=row["parent"] or "",
        kind=row["kind"],
        amended=row["amended"],
    )


def _moment(value: int | None) -> datetime | None:
    return None if value is None else moment(value)
