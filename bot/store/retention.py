"""What was posted long ago is let go of, what decides that nothing is posted twice is kept.

A digest's parts are by far the most of the database: their texts are in the chats, and the articles
in the library. Its own row and its occasions are small, and stay.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, or_, select

from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import (
    deliveries,
    digests,
    lanes,
    leases,
    numbered,
    occasions,
    paces,
    told,
    unfinished,
)
from bot.store.sql.library_schema import corrections, entries, gists
from bot.store.sql.rows import micros

KEPT_FOR = timedelta(days=90)
"""Long enough to look up what became of a part that somebody misses."""

LEASES_FOR = timedelta(days=1)
"""After its end: it is free to take all that time. A token that was replaced leaves one behind."""

GISTS_FOR = timedelta(days=14)
"""After its story grew last: twice as long as a story waits for its next article, for a clock that is set back."""

AT_REST = ("sent", "failed", "uncertain")
AT_ONCE = 500
"""Rows a transaction: whoever posts waits for it."""


class Retention:
    """Deletes what is old. Safe at any time, in several processes at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget_old(self, now: datetime) -> int:
        """Let go of what is old; how many parts.

        Parts at rest, what was told, the numbers of stories and what articles said before a correction go after
        90 days, and so do leases that nobody renews, old paces, and the gists of stories that ended.

        What is open stays, and so does each subscription's newest digest, of which `/schedule` tells.
        A story that still grows keeps the gists of all its articles.
        """
        forgotten = 0
        while ids := await self._old_parts(now):
            # The state once more: since the look a doubt may have become a part to post again.
            still = deliveries.c.id.in_(ids) & deliveries.c.state.in_(AT_REST)
            async with self._database.writing() as connection:
                gone = (await connection.execute(delete(deliveries).where(still))).rowcount
            forgotten += gone
            if gone < AT_ONCE:
                break
        async with self._database.writing() as connection:
            await connection.execute(delete(told).where(told.c.at < micros(now - KEPT_FOR)))
            await connection.execute(delete(numbered).where(numbered.c.at < micros(now - KEPT_FOR)))
            await connection.execute(delete(corrections).where(corrections.c.at < micros(now - KEPT_FOR)))
            await connection.execute(delete(unfinished).where(unfinished.c.at < micros(now - KEPT_FOR)))
            await connection.execute(delete(leases).where(leases.c.until < micros(now - LEASES_FOR)))
            await connection.execute(delete(lanes).where(lanes.c.until < micros(now - LEASES_FOR)))
            await connection.execute(delete(paces).where(paces.c.at < micros(now - LEASES_FOR)))
        await self._forget_gists(now)
        return forgotten

    async def _forget_gists(self, now: datetime) -> None:
        before = micros(now - GISTS_FOR)
        growing = select(entries.c.story).where(entries.c.added >= before)
        ended = (
            select(gists.c.entry)
            .join(entries, entries.c.id == gists.c.entry)
            .where(entries.c.added < before, entries.c.story.not_in(growing))
            .limit(AT_ONCE)
        )
        gone = AT_ONCE
        while gone >= AT_ONCE:
            async with self._database.writing() as connection:
                gone = (await connection.execute(delete(gists).where(gists.c.entry.in_(ended)))).rowcount

    async def _old_parts(self, now: datetime) -> list[int]:
        async with self._database.reading() as connection:
            return list((await connection.execute(_old(now))).scalars())


def _old(now: datetime) -> Select[int]:
    before = micros(now - KEPT_FOR)
    newest = select(func.max(digests.c.id)).group_by(digests.c.subscription)
    return (
        select(deliveries.c.id)
        .join(occasions, occasions.c.id == deliveries.c.occasion)
        .join(digests, digests.c.id == occasions.c.digest)
        .where(
            deliveries.c.state.in_(AT_REST),
            or_(deliveries.c.attempted.is_(None), deliveries.c.attempted < before),
            digests.c.until < before,
            digests.c.id.not_in(newest),
        )
        .limit(AT_ONCE)
    )
