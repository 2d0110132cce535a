"""What articles said before they were corrected: what was posted of them may have to be corrected, too."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.sql.library_schema import corrections, entries
from bot.store.sql.rows import micros


async def keep_former(connection: AsyncConnection, entry: int, revision: int, at: datetime) -> None:
    """Keep the entry's row as it is before the correction that makes ``revision``, in its transaction."""
    row = (await connection.execute(select(entries).where(entries.c.id == entry))).mappings().one()
    former = json.dumps(dict(row), ensure_ascii=False, separators=(",", ":"))
    made = {"revision": revision, "entry": entry, "at": micros(at), "open": True, "former": former}
    await connection.execute(insert(corrections), made)
