"""What each destination was told, over restarts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.digests import Part, PostedDigest, Told
from bot.domain.events import Said
from bot.domain.model import Address, Span
from bot.store.sql.database import Database
from bot.store.sql.plans import Plan, plan_of
from bot.store.sql.rows import Row, facts_of, moment, storable
from bot.store.sql.schema import deliveries, digests, entries, occasions, told

AT_ONCE = 500
"""Stories of one query: databases limit what may be named in one."""


class SqlMemory:
    """Reads what was staged as told. A part that was refused told nothing; one that waits will."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recall(self, to: Address, stories: Sequence[int]) -> Mapping[int, Told]:
        """What the place was told of each story, under whichever id; those of which it was told nothing are left out."""
        found: dict[int, Told] = {}
        for begin in range(0, len(stories), AT_ONCE):
            found |= await self._some(to, stories[begin : begin + AT_ONCE])
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
                and_(deliveries.c.occasion == occasions.c.id, deliveries.c.part == told.c.part),
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


class PostedDigests:
    """Finds the lines of digests that arrived. Raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def at(self, said: Said) -> PostedDigest | None:
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
            .where(occasions.c.digest == digest)
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
    def platform(self) -> str:
        """Where it was posted."""
        return str(self.row["platform"])

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


async def _lines(connection: AsyncConnection, digest: int) -> PostedDigest:
    shown = (
        await connection.execute(select(told.c.shown).where(told.c.digest == digest).order_by(told.c.id))
    ).all()
    parts = (
        select(deliveries.c.plain)
        .join(occasions, occasions.c.id == deliveries.c.occasion)
        .where(occasions.c.digest == digest)
        .order_by(deliveries.c.part)
    )
    plain = (await connection.execute(parts)).scalars().all()
    made = (
        await connection.execute(select(digests.c.name, digests.c.until).where(digests.c.id == digest))
    ).one()
    lines = tuple(_line(*one) for row in shown for one in json.loads(row.shown))
    return PostedDigest(digest, made.name, moment(made.until), lines, "\n".join(plain))


def _line(entry: int, start: int, end: int, part: Part = "text") -> tuple[int, Span, Part]:
    """A line as ``told`` keeps it; earlier versions kept no part."""
    return entry, Span(start, end), part
