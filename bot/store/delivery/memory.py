"""What each destination was told, over restarts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, func, or_, select

from bot.domain.digests import Told
from bot.domain.model import Address
from bot.store.sql.database import Database, chunks
from bot.store.sql.delivery_schema import deliveries, occasions, told
from bot.store.sql.library_schema import entries
from bot.store.sql.rows import facts_of, moment


class SqlMemory:
    """Reads what was staged as told. A part that was refused told nothing; one that waits will."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recall(self, to: Address, stories: Sequence[int]) -> Mapping[int, Told]:
        """What the place was told of each story, under whichever id; those of which it was told nothing are left out."""
        found: dict[int, Told] = {}
        for some in chunks(stories):
            found |= await self._some(to, some)
        return found

    async def _some(self, to: Address, stories: Sequence[int]) -> Mapping[int, Told]:
        # The story that the lead belongs to now: two that were joined since are one.
        story = func.coalesce(entries.c.story, told.c.story)
        query = (
            select(told, story.label("now"), deliveries.c.posted, deliveries.c.state)
            .outerjoin(entries, entries.c.id == told.c.lead)
            .outerjoin(occasions, occasions.c.digest == told.c.digest)
            .outerjoin(
                deliveries,
                and_(
                    deliveries.c.occasion == occasions.c.id,
                    deliveries.c.part == told.c.part,
                    deliveries.c.kind == "post",
                ),
            )
            .where(
                *(told.c[name] == getattr(to, name) for name in ("platform", "chat", "thread")),
                or_(entries.c.story.in_(stories), and_(entries.c.id.is_(None), told.c.story.in_(stories))),
            )
            .order_by(told.c.id, deliveries.c.id)
        )
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        # A catch-up has several occasions, one of which has the parts.
        refused = {row["id"] for row in rows if row["state"] == "failed"}
        posted = {row["id"]: row["posted"] for row in rows if row["posted"]}
        found: dict[int, Told] = {}
        for row in {row["id"]: row for row in rows if row["id"] not in refused}.values():
            first = found.get(row["now"])
            at, message = (
                (first.at, first.posted) if first else (moment(row["at"]), posted.get(row["id"], ""))
            )
            facts = first.facts | facts_of(row) if first else facts_of(row)
            found[row["now"]] = Told(at, message, facts)
        return found
