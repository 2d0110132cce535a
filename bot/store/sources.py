"""What sources remember: which were imported, how each does, and what was taken from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from bot.domain.sourcing import Source, SourceState
from bot.store.sql.database import Database, chunks, take_turn
from bot.store.sql.rows import Row, micros, moment, reason_of, reason_text, storable
from bot.store.sql.source_schema import imported_sources, source_states, taken_items

REMEMBERED = timedelta(days=180)
"""What no source has shown for so long is forgotten; feeds seldom go back further than some weeks."""


class SqlSources:
    """:class:`bot.domain.sourcing.SourceStore` in an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def imported(self) -> tuple[Source, ...]:
        """The sources that were imported, by name."""
        query = select(imported_sources).order_by(imported_sources.c.name)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).mappings().all()
        return tuple(Source(row["name"], row["url"], imported=True) for row in rows)

    async def add(self, sources: Iterable[Source]) -> tuple[Source, ...]:
        """Keep those whose name and address are both new; which these are."""
        added = []
        async with self._database.writing() as connection:
            await take_turn(connection)
            for one in sources:
                row = {"name": storable(one.name), "url": storable(one.url)}
                same = or_(imported_sources.c.name == row["name"], imported_sources.c.url == row["url"])
                if not (await connection.execute(select(imported_sources.c.url).where(same))).first():
                    await connection.execute(insert(imported_sources), row)
                    added.append(one)
        return tuple(added)

    async def remove(self, name: str) -> bool:
        """Forget the imported source; false where there is none of this name."""
        one = delete(imported_sources).where(imported_sources.c.name == storable(name))
        async with self._database.writing() as connection:
            return bool((await connection.execute(one)).rowcount)

    async def states(self) -> Mapping[str, SourceState]:
        """What is known of each source that was ever asked, by its address."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(source_states))).mappings().all()
        return {row["url"]: _state_of(row) for row in rows}

    async def keep(self, state: SourceState) -> None:
        """Keep it in place of what was known of its address."""
        row = _row_of(state)
        async with self._database.writing() as connection:
            await take_turn(connection)
            await connection.execute(delete(source_states).where(source_states.c.url == row["url"]))
            await connection.execute(insert(source_states), row)

    async def known(self, keys: Collection[str]) -> Mapping[str, int]:
        """How often what each of these keys stands for was taken, of those that were."""
        asked, found = list(keys), dict[str, int]()
        async with self._database.reading() as connection:
            for some in chunks(asked):
                query = select(taken_items.c.key, taken_items.c.times).where(taken_items.c.key.in_(some))
                found |= {row.key: row.times for row in await connection.execute(query)}
        return found

    async def taken(self, keys: Iterable[str], now: datetime) -> None:
        """What each key stands for was taken once more."""
        async with self._database.writing() as connection:
            await take_turn(connection)
            for key in dict.fromkeys(keys):
                one = update(taken_items).where(taken_items.c.key == key)
                counted = one.values(times=taken_items.c.times + 1, seen=micros(now))
                if not (await connection.execute(counted)).rowcount:
                    row = {"key": key, "times": 1, "seen": micros(now)}
                    await connection.execute(insert(taken_items), row)

    async def seen(self, keys: Iterable[str], now: datetime) -> None:
        """What these keys stand for is still there, and must not be forgotten yet. Written once a day."""
        yesterday = taken_items.c.seen < micros(now - timedelta(days=1))
        asked = list(keys)
        async with self._database.reading() as connection:
            old = [
                key
                for some in chunks(asked)
                for (key,) in await connection.execute(
                    select(taken_items.c.key).where(taken_items.c.key.in_(some), yesterday)
                )
            ]
        if not old:
            return
        async with self._database.writing() as connection:
            for some in chunks(old):
                which = update(taken_items).where(taken_items.c.key.in_(some))
                await connection.execute(which.values(seen=micros(now)))

    async def forget_old(self, now: datetime) -> None:
        """Forget what no source has shown for long."""
        old = delete(taken_items).where(taken_items.c.seen < micros(now - REMEMBERED))
        async with self._database.writing() as connection:
            await connection.execute(old)


def _row_of(state: SourceState) -> dict[str, Any]:
    return {
        "url": storable(state.url),
        "since": micros(state.since),
        "next_try": micros(state.next_try),
        "succeeded": micros(state.succeeded) if state.succeeded else None,
        "news": micros(state.news) if state.news else None,
        "etag": storable(state.etag),
        "modified": storable(state.modified),
        "failures": state.failures,
        "reason": reason_text(state.reason),
        "told": state.told,
    }


def _state_of(row: Row) -> SourceState:
    return SourceState(
        url=row["url"],
        since=moment(row["since"]),
        next_try=moment(row["next_try"]),
        succeeded=moment(row["succeeded"]) if row["succeeded"] is not None else None,
        news=moment(row["news"]) if row["news"] is not None else None,
        etag=row["etag"],
        modified=row["modified"],
        failures=row["failures"],
        reason=reason_of(row["reason"]),
        told=row["told"],
    )
