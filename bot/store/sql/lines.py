"""Tables as JSON lines: an export.

It is a line for what it is, one for each row (``["entries", {"id": 1, …}]``) and one for how many there were, so that
half a file is known for what it is. Who works now (leases, paces, tasks) is not in it.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sqlalchemy import Connection, MetaData, Table, inspect, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.runtime.failpoints import reach
from bot.store.sql.schema import metadata

GZIPPED = ".gz"
NOT_COPIED = frozenset({"lanes", "leases", "paces", "queue_engine", "tasks"})


def tables_there(connection: Connection) -> dict[str, Table]:
    """Those of the tables that an export has, as they are in this database: each after those that it refers to."""
    ours = metadata.tables.keys() & set(inspect(connection).get_table_names())
    found = MetaData()
    found.reflect(connection, only=sorted(ours - NOT_COPIED))
    return {table.name: table for table in found.sorted_tables}


async def write(
    connection: AsyncConnection, tables: Mapping[str, Table], schema: str, file: Path, *, packed: bool
) -> int:
    """Write what the transaction sees into the file, and have the disk keep it; how many rows. Raises OSError, too."""
    rows = -2
    with _written(file, packed=packed) as out:
        async for line in _lines(connection, tables, schema):
            out.write(line)
            rows += 1
            reach("copy-begun")
    return rows


async def _lines(connection: AsyncConnection, tables: Mapping[str, Table], schema: str) -> AsyncIterator[str]:
    yield _line({"copydesk": "export", "schema": schema})
    count = 0
    for name, table in tables.items():
        order = list(table.primary_key.columns)
        async for row in await connection.stream(select(table).order_by(*order)):
            count += 1
            yield _line([name, dict(row._mapping)])  # noqa: SLF001 - SQLAlchemy's public way to a mapping
    yield _line({"rows": count})


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


@contextmanager
def _written(path: Path, *, packed: bool) -> Iterator[TextIO]:
    with path.open("wb") as raw:
        if packed:
            with gzip.open(raw, "wt", encoding="utf-8", newline="\n", compresslevel=6) as out:
                yield out
        else:
            with open(raw.fileno(), "w", encoding="utf-8", newline="\n", closefd=False) as out:
                yield out
        raw.flush()
        os.fsync(raw.fileno())
