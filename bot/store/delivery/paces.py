"""What all processes have spent of the platforms' limits on posting, also before this one began."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import bindparam, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.chat.rate_limits import Key, Spent
from bot.store.sql.commits import Commits
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import paces

Step = Callable[[Mapping[Key, Spent]], Mapping[Key, Spent]]
_Change = tuple[Sequence[Key], Step]

AT_ONCE = 5_000
"""Keys a query: SQLite takes 32,766 parameters."""

# Both databases know these words, SQLAlchemy has them for each apart.
_ADD = text(
    "INSERT INTO paces (platform, key, spent, at) VALUES (:platform, :key, '[null, 0, [], 0]', 0) "
    "ON CONFLICT (platform, key) DO NOTHING"
)
_SET = (
    update(paces)
    .where(paces.c.platform == bindparam("of"), paces.c.key == bindparam("for"))
    .values(spent=bindparam("spent"), at=bindparam("at"))
)


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
    known = await _locked(connection, sorted({key for keys, _ in changes for key in keys}))
    before = dict(known)
    results: list[Mapping[Key, Spent]] = []
    for keys, step in changes:
        known.update(step({key: known[key] for key in keys if key in known}))
        results.append({key: known[key] for key in keys if key in known})
    await _write(connection, {key: one for key, one in known.items() if one != before.get(key)})
    return results


async def _locked(connection: AsyncConnection, keys: Sequence[Key]) -> dict[Key, Spent]:
    """What was spent of ``keys``, in order of which all processes lock them."""
    found = await _found(connection, keys)
    if missing := [key for key in keys if key not in found]:
        # Of two processes that add a row, the second waits for the first, and then finds it.
        await connection.execute(_ADD, [{"platform": key[0], "key": key[1]} for key in missing])
        found.update(await _found(connection, missing))
    return {key: one for key, one in found.items() if one != Spent()}


async def _found(connection: AsyncConnection, keys: Sequence[Key]) -> dict[Key, Spent]:
    found: dict[Key, Spent] = {}
    for start in range(0, len(keys), AT_ONCE):
        some = tuple_(paces.c.platform, paces.c.key).in_(keys[start : start + AT_ONCE])
        query = select(paces).where(some).order_by(paces.c.platform, paces.c.key).with_for_update()
        for row in (await connection.execute(query)).mappings():
            found[row["platform"], row["key"]] = _spent(row["spent"])
    return found


async def _write(connection: AsyncConnection, changed: Mapping[Key, Spent]) -> None:
    if not changed:
        return
    values = [
        {"of": platform, "for": key, "spent": _text(one), "at": round(_last(one) * 1_000_000)}
        for (platform, key), one in changed.items()
    ]
    await connection.execute(_SET, values)


def _text(one: Spent) -> str:
    return json.dumps([one.left, one.seen, one.recent, one.until])


def _spent(stored: str) -> Spent:
    left, seen, recent, until = json.loads(stored)
    return Spent(left, seen, tuple(recent), until)


def _last(one: Spent) -> float:
    """The latest moment that it speaks of, in seconds since 1970."""
    return max(one.seen, one.until, *one.recent)
