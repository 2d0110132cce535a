"""How many parts are in which state, and since when the oldest of them waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, func, select

from bot.store.delivery.closed_chats import is_closed
from bot.store.delivery.heads import OPEN
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import deliveries, digests, occasions
from bot.store.sql.rows import moment


class Backlog:
    """Counts over the outbox that name no place. Raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def parts(self) -> Mapping[tuple[str, str], int]:
        """How many parts there are by platform and state, of those that are not let go of yet."""
        which = (deliveries.c.platform, deliveries.c.state)
        query = select(*which, func.count()).group_by(*which)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        return {(platform, state): count for platform, state, count in rows}

    async def oldest(self) -> datetime | None:
        """When the oldest digest was made of which a part is not posted.

        What waits for a place that is closed is not late, and a change of what was posted is not a part of its age.
        """
        late = and_(deliveries.c.state.in_(OPEN), ~deliveries.c.amended, ~is_closed())
        made = select(func.min(digests.c.until)).select_from(deliveries).where(late)
        made = made.join(occasions, occasions.c.id == deliveries.c.occasion)
        made = made.join(digests, digests.c.id == occasions.c.digest)
        async with self._database.reading() as connection:
            found = (await connection.execute(made)).scalar_one()
        return None if found is None else moment(found)
