"""The digests that were posted, by their messages: what those showed under which number."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.digests import Part, PostedDigest, PostedLines
from bot.domain.events import Said
from bot.domain.model import Address, Span
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import deliveries, digests, numbered, occasions, told
from bot.store.sql.plans import Plan, plan_of
from bot.store.sql.rows import Row, moment, posted_story_of, storable


class SqlPostedDigests:
    """Reads the outbox. A digest of which no part arrived was posted nowhere."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def under(self, said: Said) -> PostedDigest | None:
        """The digest that the words answer: by its message, else the newest one of the thread that this opens."""
        if said.under is None or not said.under.message:
            return None
        here, message = _in_chat(said.under.at, said), storable(said.under.message)
        if found := await self._found(_sent(and_(here, deliveries.c.posted == message))):
            return await self._digest(found[0], part=found[0]["part"])
        found = await self._found(_sent(and_(here, deliveries.c.thread == message)))
        return await self._digest(found[0], part=0) if found else None

    async def newest(self, said: Said) -> PostedDigest | None:
        """The newest digest of the chat in which this was said, as one whose parts are not told apart."""
        found = await self._found(_sent(_in_chat(said.at, said)))
        return await self._digest(found[0], part=0) if found else None

    async def digest(self, id: int) -> PostedDigest | None:
        """The digest of this id, as one whose parts are not told apart."""
        found = await self._found(_sent(digests.c.id == id))
        return await self._digest(found[0], part=0) if found else None

    async def wrote(self, places: Collection[Address], message: str) -> bool:
        """Whether the message of this id is the desk's in one of the places; the case of a chat's name counts for nothing."""
        if not message:
            return False
        there = [
            and_(
                deliveries.c.platform == place.platform,
                func.lower(deliveries.c.chat) == storable(place.chat).lower(),
            )
            for place in places
        ]
        query = select(deliveries.c.id).where(deliveries.c.posted == storable(message), or_(false(), *there))
        return bool(await self._found(query.limit(1)))

    async def _found(self, query: Select[tuple[object, ...]]) -> Sequence[Row]:
        async with self._database.reading() as connection:
            return (await connection.execute(query)).mappings().all()

    async def _digest(self, row: Row, *, part: int) -> PostedDigest:
        shown = select(numbered).where(numbered.c.digest == row["id"]).order_by(numbered.c.number)
        stories = tuple(posted_story_of(one) for one in await self._found(shown))
        return PostedDigest(row["id"], row["name"], moment(row["until"]), row["upto"], stories, part)


def _in_chat(to: Address, said: Said) -> ColumnElement[bool]:
    """What went to the chat; a conversation with one person goes by the person's name in a configuration."""
    chats = [storable(to.chat), *([storable(f"@{said.sender.id}")] if said.direct else [])]
    return and_(deliveries.c.platform == to.platform, deliveries.c.chat.in_(chats))


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


class SqlPostedLines:
    """Finds the lines of digests that arrived. Raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def at(self, said: Said) -> PostedLines | None:
        """The digest in whose thread this was said, else the newest of the place, else of the chat; ``None`` for none."""
        chats = [storable(said.at.chat), *([storable(f"@{said.sender.id}")] if said.direct else [])]
        here = (deliveries.c.platform == said.at.platform, deliveries.c.chat.in_(chats))
        thread = storable(said.at.thread)
        under: list[ColumnElement[bool]] = [deliveries.c.thread == thread]
        if thread:
            under.insert(0, deliveries.c.posted == thread)
        async with self._database.reading() as connection:
            for which in (*under, None):
                found = await _newest(connection, *here, *(() if which is None else (which,)))
                if found is not None:
                    return await _lines(connection, found)
        return None

    async def kept(self, digest: int) -> KeptDigest | None:
        """What is kept of a digest; ``None`` where there is none of this id."""
        parts = (
            select(deliveries.c.part, deliveries.c.body)
            .join(occasions, occasions.c.id == deliveries.c.occasion)
            .where(occasions.c.digest == digest, _is_shown())
            .order_by(deliveries.c.id)
        )
        async with self._database.reading() as connection:
            made = (
                (await connection.execute(select(digests).where(digests.c.id == digest))).mappings().first()
            )
            if made is None:
                return None
            bodies = {row.part: row.body for row in await connection.execute(parts)}
        plan = None if made["plan"] is None else plan_of(made["plan"])
        return KeptDigest(made, plan, bodies)

    async def newest(self, limit: int) -> tuple[tuple[int, str, str, datetime, int], ...]:
        """Id, name, place, moment and parts of the newest digests that had any, the newest first."""
        query = select(digests).where(digests.c.parts > 0).order_by(digests.c.id.desc()).limit(limit)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(
            (
                row["id"],
                row["name"],
                str(Address(row["platform"], row["chat"], row["thread"])),
                moment(row["until"]),
                row["parts"],
            )
            for row in rows
        )


@dataclass(frozen=True, slots=True)
class KeptDigest:
    """A row of ``digests``, what it was laid out of, and the bodies of its parts by their number, as long as they are kept.

    ``plan`` is ``None`` for a digest of an earlier version.
    """

    row: Row
    plan: Plan | None
    bodies: Mapping[int, str]

    @property
    def until(self) -> datetime:
        """When its window ended (UTC)."""
        return moment(self.row["until"])

    @property
    def platform(self) -> str:
        """Where it was posted."""
        return str(self.row["platform"])

    @property
    def to(self) -> Address:
        """The place of that."""
        return Address(self.row["platform"], self.row["chat"], self.row["thread"])

    @property
    def parts(self) -> int:
        """How many it had."""
        return int(self.row["parts"])


async def _newest(connection: AsyncConnection, *which: ColumnElement[bool]) -> int | None:
    """The newest digest that told something, of which a part that answers ``which`` arrived."""
    query = (
        select(occasions.c.digest)
        .join(deliveries, deliveries.c.occasion == occasions.c.id)
        .where(
            or_(deliveries.c.state == "sent", deliveries.c.state == "uncertain"),
            occasions.c.digest.in_(select(told.c.digest)),
            *which,
        )
        .order_by(occasions.c.digest.desc())
        .limit(1)
    )
    return (await connection.execute(query)).scalar_one_or_none()


async def _lines(connection: AsyncConnection, digest: int) -> PostedLines:
    shown = (
        await connection.execute(select(told.c.shown).where(told.c.digest == digest).order_by(told.c.id))
    ).all()
    parts = (
        select(deliveries.c.plain)
        .join(occasions, occasions.c.id == deliveries.c.occasion)
        .where(occasions.c.digest == digest, _is_shown())
        .order_by(deliveries.c.part, deliveries.c.id)
    )
    plain = (await connection.execute(parts)).scalars().all()
    made = (
        await connection.execute(select(digests.c.name, digests.c.until).where(digests.c.id == digest))
    ).one()
    lines = tuple(_line(*one) for row in shown for one in json.loads(row.shown))
    return PostedLines(digest, made.name, moment(made.until), lines, "\n".join(plain))


def _is_shown() -> ColumnElement[bool]:
    """Whether a part is one of the digest itself: as it was posted, or as an edit that arrived left it."""
    return or_(deliveries.c.kind == "post", and_(deliveries.c.kind == "edit", deliveries.c.state == "sent"))


def _line(entry: int, start: int, end: int, part: Part = "text") -> tuple[int, Span, Part]:
    """A line as ``told`` keeps it; earlier versions kept no part."""
    return entry, Span(start, end), part
