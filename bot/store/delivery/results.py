"""What became of a subscription's digests, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.domain.digests import LeftOut, Made
from bot.domain.events import Closed, Pressed
from bot.domain.model import Address, Window
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import deliveries, digests, occasions
from bot.store.sql.rows import left_out_of, moment, reason_of, storable
from bot.wording import outcomes

Closures = Callable[[], Awaitable[Sequence[Closed]]]
"""The places that are closed. Raises StoreError."""


async def nothing_closed() -> Sequence[Closed]:
    """For a reader of digests that asks nothing about places."""
    return ()


class DigestResults:
    """Reads the outbox for people; ``zone`` is how they tell the time, ``closures`` gives what is closed."""

    def __init__(self, database: Database, zone: str, closures: Closures = nothing_closed) -> None:
        self._database = database
        self._closures = closures
        self.zone = zone

    async def carries(self, subscription: str, pressed: Pressed) -> bool:
        """Whether the pressed message is a digest of the subscription, as it was posted there."""
        chats = [storable(pressed.at.chat), *([storable(f"@{pressed.sender.id}")] if pressed.direct else [])]
        posted = (
            select(deliveries.c.id)
            .join(occasions, occasions.c.id == deliveries.c.occasion)
            .where(
                occasions.c.subscription == subscription,
                deliveries.c.platform == pressed.at.platform,
                deliveries.c.chat.in_(chats),
                deliveries.c.state == "sent",
                deliveries.c.posted == storable(pressed.message),
            )
        )
        async with self._database.reading() as connection:
            return bool(pressed.message) and (await connection.execute(posted)).first() is not None

    async def closed(self, to: Address) -> Closed | None:
        """Why nothing is posted to the place now; ``None`` where it is open."""
        return next((one for one in await self._closures() if one.covers(to)), None)

    async def left_out(self, subscription: str) -> LeftOut | None:
        """What the newest digest does not show, and why; ``None`` before the first."""
        newest = (
            select(digests.c.until, digests.c.left_out)
            .where(digests.c.subscription == subscription)
            .order_by(digests.c.id.desc())
            .limit(1)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(newest)).mappings().one_or_none()
        return None if row is None else left_out_of(row)

    async def last_made(self, subscription: str) -> Made | None:
        """The newest digest of its schedule, whatever became of it; ``None`` before the first."""
        newest = (
            select(digests.c.after, digests.c.upto, digests.c.since, digests.c.until)
            .join(occasions, occasions.c.digest == digests.c.id)
            .where(digests.c.subscription == subscription, occasions.c.kind.in_(("slot", "catchup")))
            .order_by(digests.c.id.desc())
            .limit(1)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(newest)).one_or_none()
        return row and Made(Window(row.after, row.upto), moment(row.since), moment(row.until))

    async def last_slot(self) -> tuple[str, datetime] | None:
        """The newest slot that was staged, for whichever subscription, and when; ``None`` before the first."""
        newest = (
            select(occasions.c.key, digests.c.until)
            .join(digests, digests.c.id == occasions.c.digest)
            .where(occasions.c.kind.in_(("slot", "catchup")))
            .order_by(digests.c.id.desc(), occasions.c.id)
            .limit(1)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(newest)).one_or_none()
        return None if row is None else (str(row.key), moment(row.until))

    async def last(self, subscription: str) -> str | None:
        """What became of the newest digest; ``None`` before the first."""
        newest = (
            select(digests.c.id, digests.c.until, digests.c.parts)
            .where(digests.c.subscription == subscription)
            .order_by(digests.c.id.desc())
            .limit(1)
        )
        async with self._database.reading() as connection:
            digest = (await connection.execute(newest)).one_or_none()
            if digest is None:
                return None
            parts = (
                select(deliveries.c.state, deliveries.c.reason)
                .join(occasions, occasions.c.id == deliveries.c.occasion)
                .where(occasions.c.digest == digest.id, deliveries.c.kind == "post")
                .order_by(deliveries.c.part)
            )
            rows = (await connection.execute(parts)).all()
        states = Counter(str(row.state) for row in rows)
        reason = next((row.reason for row in rows if row.state in {"failed", "uncertain"}), "")
        return outcomes.became(
            moment(digest.until).astimezone(ZoneInfo(self.zone)), states, str(reason_of(reason) or "")
        )
