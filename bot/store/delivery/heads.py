"""What comes next at each address: the first of its parts that is not at rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import Delivery, Payload
from bot.domain.model import Address
from bot.store.delivery.closed_chats import is_closed
from bot.store.sql.delivery_schema import deliveries
from bot.store.sql.rows import Row, micros, moment, reason_of

OPEN = ("waiting", "sending", "unsure")
"""States in which a part holds the later ones of its address."""

DUE = ("waiting", "unsure")

PLACE = (deliveries.c.platform, deliveries.c.chat, deliveries.c.thread)

SET_BACK = timedelta(minutes=1)
"""An attempt that lies further in the future than two hosts' clocks differ: the clock was set back."""

_OPENED = select(func.min(deliveries.c.id)).where(deliveries.c.state.in_(OPEN)).group_by(*PLACE)
FIRST = deliveries.c.id.in_(_OPENED)
"""Whether a part is the first of its address that is not at rest."""

_FIRST_THERE = deliveries.c.id.in_(_OPENED.where(tuple_(*PLACE).in_(bindparam("places", expanding=True))))

_above = deliveries.alias("above")
_HEADS = (
    select(deliveries, _above.c.posted.label("parent"))
    .outerjoin(
        _above,
        and_(
            _above.c.occasion == deliveries.c.occasion,
            _above.c.part == deliveries.c.under,
            _above.c.kind == "post",
        ),
    )
    .where(deliveries.c.state.in_(DUE), ~is_closed())
    .order_by(deliveries.c.id)
)
_ALL_HEADS, _HEADS_THERE = _HEADS.where(FIRST), _HEADS.where(_FIRST_THERE)


def due_at(now: datetime) -> ColumnElement[bool]:
    """Whether its time has come, for a query."""
    return or_(
        deliveries.c.not_before.is_(None),
        deliveries.c.not_before <= micros(now),
        and_(deliveries.c.state == "waiting", deliveries.c.attempted > micros(now + SET_BACK)),
    )


def is_due(part: Delivery, now: datetime) -> bool:
    """Whether its time has come."""
    if part.not_before is None or part.not_before <= now:
        return True
    return part.state == "waiting" and part.attempted is not None and part.attempted > now + SET_BACK


async def heads(connection: AsyncConnection, at: Collection[Address] | None) -> Sequence[Delivery]:
    """The first part of each address that is not at rest, if a call or a look is what it needs and its place is open."""
    if at is None:
        found = await connection.execute(_ALL_HEADS)
    else:
        places = [(place.platform, place.chat, place.thread) for place in at]
        found = await connection.execute(_HEADS_THERE, {"places": places})
    return [delivery_of(row) for row in found.mappings()]


def delivery_of(row: Row) -> Delivery:
    """The part that a row is, with the message above it as ``parent``."""
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
