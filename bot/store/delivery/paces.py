"""What all processes have spent of the platforms' limits on posting, also before this one began."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import bindparam, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat.rate_limits import Key, Spent
from bot.store.sql.commits import Commits
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import paces

Step = Callable[[Mapping[Key, Spent]], Mapping[Key, Spent]]
_Change = tuple[Sequence[Key], Step]

AT_ONCE = 5_000
"""Keys a query: SQLite takes 32,766 parameters."""

_SET = (
    update(paces)
    .where(paces.c.platform == bindparam("of"), paces.c.key == bindparam("for"))
    .values(spent=bindparam("spent"), at=bindparam("at"))
)
_ROW = (paces.c.platform, paces.c.key)


class SqlPaces:
    """:class:`bot.delivery.pacing.SharedPaces` in an open database."""

    def __init__(self, database: Database) -> None:
        self._commits: Commits[_Change, Mapping[Key, Spent]] = Commits(database, _changed)

    async def change(self, keys: Sequence[Key], step: Step) -> Mapping[Key, Spent]:
        """``step`` on what is known of ``keys``, and nobody else's at the same time; what is spent then.

        A limit of which nothing was spent lately is not in the mapping. Raises StoreError.
        """
        return await self._commits.change((keys, step))


async def _changed(connection: AsyncConnection, changes: Sequence[_Change]) -> list[Mapping[Key, Spent]]:
    """Each step in turn, on rows that are locked until all are written."""
    asked = sorted({key for keys, _ in changes for key in keys})
    stored: dict[Key, Spent | None] = {}
    while True:
        stored |= await _locked(connection, [key for key in asked if key not in stored])
        known = {key: one for key, one in stored.items() if one is not None and one != Spent()}
        results: list[Mapping[Key, Spent]] = []
        for keys, step in changes:
            known.update(step({key: known[key] for key in keys if key in known}))
            results.append({key: known[key] for key in keys if key in known})
        new = {key: one for key, one in known.items() if key not in stored}
        added = await _added(connection, new)
        if len(added) == len(new):
            break
        # Another process has added a row, and had it locked until now: it counts, and what was added is written anew.
        stored |= dict.fromkeys(added)
    rows = [_row(key, one) for key in stored if (one := known.get(key, Spent())) != stored[key]]
    if rows:
        await connection.execute(_SET, rows)
    return results


async def _locked(connection: AsyncConnection, keys: Sequence[Key]) -> dict[Key, Spent]:
    """What was spent of those of ``keys`` that have rows, in the order of which all processes lock them."""
    found: dict[Key, Spent] = {}
    for start in range(0, len(keys), AT_ONCE):
        some = tuple_(*_ROW).in_(keys[start : start + AT_ONCE])
        query = select(*_ROW, paces.c.spent).where(some).order_by(*_ROW).with_for_update()
        for platform, key, spent in await connection.execute(query):
            found[platform, key] = _spent(spent)
    return found


async def _added(connection: AsyncConnection, new: Mapping[Key, Spent]) -> Sequence[Key]:
    """Add rows; of which limits, for one that is there is left as it is."""
    if not new:
        return ()
    # The dialect that is spoken is loaded; PostgreSQL's beside SQLite's would take two megabytes.
    insert = importlib.import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert
    statement = insert(paces).on_conflict_do_nothing().returning(*_ROW)
    rows = [
        {"platform": key[0], "key": key[1], "spent": _text(one), "at": _written(one)}
        for key, one in sorted(new.items(), key=lambda row: row[0])
    ]
    return [(row[0], row[1]) for row in await connection.execute(statement, rows)]


def _row(key: Key, one: Spent) -> dict[str, str | int]:
    return {"of": key[0], "for": key[1], "spent": _text(one), "at": _written(one)}


def _written(one: Spent) -> int:
    """The latest moment that it speaks of, in microseconds since 1970."""
    return round(max(one.seen, one.until, *one.recent) * 1_000_000)


def _text(one: Spent) -> str:
    return json.dumps([one.left, one.seen, one.recent, one.until])


def _spent(stored: str) -> Spent:
    left, seen, recent, until = json.loads(stored)
    return Spent(left, seen, tuple(recent), until)
