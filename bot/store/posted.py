"""The digests that were posted, by their messages: what those showed under which number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, select

from bot.domain.digests import PostedDigest
from bot.domain.events import Said
from bot.store.sql.database import Database
from bot.store.sql.rows import Row, moment, posted_story_of, storable
from bot.store.sql.schema import deliveries, digests, numbered, occasions


class SqlPostedDigests:
    """Reads the outbox. A digest of which no part arrived was posted nowhere."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def under(self, said: Said) -> PostedDigest | None:
        """The digest that the words answer: by its message, else the newest one of the thread that this opens."""
        if said.under is None or not said.under.message:
            return None
        to, message = said.under.at, storable(said.under.message)
        # A conversation with one person goes by the person's name in a configuration.
        chats = [storable(to.chat), *([storable(f"@{said.sender.id}")] if said.direct else [])]
        here = and_(deliveries.c.platform == to.platform, deliveries.c.chat.in_(chats))
        if found := await self._found(_sent(and_(here, deliveries.c.posted == message))):
            return await self._digest(found[0], part=found[0]["part"])
        found = await self._found(_sent(and_(here, deliveries.c.thread == message)))
        return await self._digest(found[0], part=0) if found else None

    async def digest(self, id: int) -> PostedDigest | None:
        """The digest of this id, as one whose parts are not told apart."""
        found = await self._found(_sent(digests.c.id == id))
        return await self._digest(found[0], part=0) if found else None

    async def _found(self, query: Select[tuple[object, ...]]) -> Sequence[Row]:
        async with self._database.reading() as connection:
            return (await connection.execute(query)).mappings().all()

    async def _digest(self, row: Row, *, part: int) -> PostedDigest:
        shown = select(numbered).where(numbered.c.digest == row["id"]).order_by(numbered.c.number)
        stories = tuple(posted_story_of(one) for one in await self._found(shown))
        return PostedDigest(row["id"], row["name"], moment(row["until"]), row["upto"], stories, part)


def _sent(which: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """The newest digest of which such a part arrived, with that part."""
    return (
        select(digests.c.id, digests.c.name, digests.c.until, digests.c.upto, deliveries.c.part)
        .join(occasions, occasions.c.digest == digests.c.id)
        .join(deliveries, deliveries.c.occasion == occasions.c.id)
        .where(deliveries.c.state == "sent", which)
        .order_by(deliveries.c.id.desc())
        .limit(1)
    )
