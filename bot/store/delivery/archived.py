"""The digests that were posted, as an archive shows them: by what they were made for, by their channel, and by their place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from bot.domain.model import Address, Occasion
from bot.store.delivery.posted import KeptDigest, SqlPostedLines
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import deliveries, digests, occasions
from bot.store.sql.library_schema import corrections, removed
from bot.store.sql.rows import moment, storable

_TOLD = ("name", "until", "platform", "chat", "thread")


@dataclass(frozen=True, slots=True)
class ArchivedDigest:
    """A digest that was posted: what it was made for, its name, when and where."""

    occasion: Occasion
    name: str
    until: datetime
    to: Address


class SqlArchive:
    """Reads the outbox. A digest of which no part arrived was posted nowhere. Raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._posted = SqlPostedLines(database)

    async def digest(self, occasion: Occasion) -> KeptDigest | None:
        """The digest that was posted for the occasion, or stands for it; ``None`` for none that is kept."""
        query = (
            select(digests.c.id)
            .join(occasions, occasions.c.digest == digests.c.id)
            .where(
                occasions.c.subscription == storable(occasion.subscription),
                occasions.c.kind == storable(occasion.kind),
                occasions.c.key == storable(occasion.key),
                _arrived(),
            )
        )
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).scalar_one_or_none()
        return None if found is None else await self._posted.kept(found)

    async def digests(self, subscription: str, *, limit: int, offset: int = 0) -> tuple[ArchivedDigest, ...]:
        """The digests of a subscription, the newest first."""
        return await self._listed(
            digests.c.subscription == storable(subscription), limit=limit, offset=offset
        )

    async def posted_to(self, place: Address, *, limit: int) -> tuple[ArchivedDigest, ...]:
        """The digests of all subscriptions that went to the place, the newest first."""
        parts = {"platform": place.platform, "chat": place.chat, "thread": place.thread}
        there = and_(*(digests.c[name] == storable(value) for name, value in parts.items()))
        return await self._listed(there, limit=limit)

    async def _listed(
        self, wanted: ColumnElement[bool], *, limit: int, offset: int = 0
    ) -> tuple[ArchivedDigest, ...]:
        own = (
            select(func.min(occasions.c.id)).where(occasions.c.digest == digests.c.id).correlate(digests)
        ).scalar_subquery()
        query = (
            select(
                *(digests.c[name] for name in _TOLD),
                digests.c.subscription,
                occasions.c.kind,
                occasions.c.key,
            )
            .join(occasions, occasions.c.id == own)
            .where(wanted, _arrived())
            .order_by(digests.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            ArchivedDigest(Occasion(kind, subscription, key), name, moment(until), Address(*place))
            for name, until, *place, subscription, kind, key in rows
        )

    async def corrected_at(self, changes: Collection[int]) -> datetime | None:
        """When the latest of these changes of articles came that were corrections; ``None`` for none that is kept."""
        query = select(func.max(corrections.c.at)).where(corrections.c.revision.in_(changes))
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).scalar_one()
        return None if found is None else moment(found)

    async def is_removed(self, entry: int) -> bool:
        """Whether there was an entry of this id that is no more."""
        async with self._database.reading() as connection:
            gone = select(removed.c.entry).where(removed.c.entry == entry)
            return (await connection.execute(gone)).first() is not None


def _arrived() -> ColumnElement[bool]:
    """Whether a part of it arrived; a digest of which no part is kept any more is taken for one that did."""
    own = select(occasions.c.id).where(occasions.c.digest == digests.c.id).correlate(digests)
    parts = deliveries.c.occasion.in_(own)
    there = and_(parts, or_(deliveries.c.state == "sent", deliveries.c.state == "uncertain"))
    return and_(
        digests.c.parts > 0,
        digests.c.plan.is_not(None),
        or_(exists().where(there), ~exists().where(parts)),
    )
