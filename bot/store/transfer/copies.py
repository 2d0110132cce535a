"""The store as JSON lines (:mod:`bot.store.sql.lines`) and back, exactly, on either database."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import Table, delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StoreError
from bot.runtime.failpoints import reach
from bot.store.sql import delivery_schema, library_schema  # noqa: F401 - their tables are in the metadata
from bot.store.sql.database import Database
from bot.store.sql.files import SQLITE, beginning, check, made
from bot.store.sql.lines import GZIPPED, NOT_COPIED, write
from bot.store.sql.schema import HEAD, REVISIONS, metadata

GZIP = b"\x1f\x8b"
AT_ONCE = 500
LONGEST_LINE = 256 * 1024 * 1024
"""Characters of a row; a text of 20 MB, escaped, is far below."""

TABLES: Mapping[str, Table] = {
    table.name: table for table in metadata.sorted_tables if table.name not in NOT_COPIED
}
"""Each after those that it refers to."""

Row = dict[str, Any]


async def export(database: Database, file: Path) -> int:
    """Write everything into a new file, packed where its name ends in ``.gz``; how many rows.

    What it has is what the store had at one moment. It appears when it is whole. Raises StoreError and OSError.
    """
    with made(file) as half:
        async with database.snapshot() as connection:
            rows = await write(connection, TABLES, HEAD, half, packed=file.suffix == GZIPPED)
        reach("copy-written")
    return rows


def read(file: Path) -> Iterator[tuple[str, Row]]:
    """The rows of an export, each with the name of its table. Raises StoreError for anything else, also for half of one."""
    count, whole = 0, False
    try:
        with _opened(file) as lines:
            _check_head(file, lines.readline(LONGEST_LINE))
            for line in iter(lambda: lines.readline(LONGEST_LINE), ""):
                match json.loads(line):
                    case [str(name), dict(row)] if name in TABLES and not whole:
                        count += 1
                        yield name, row
                    case {"rows": int(rows)} if rows == count:
                        whole = True
                    case _:
                        raise StoreError(f"{file} is damaged: line {count + 2} is none of an export")
    except (ValueError, EOFError, RecursionError, gzip.BadGzipFile, zlib.error) as error:
        raise StoreError(f"{file} is damaged, or no export of Copydesk: {error}") from error
    if not whole:
        raise StoreError(f"{file} ends in the middle; make the export again")


@dataclass(frozen=True, slots=True)
class Holding:
    """How far a library is, and how many articles it has."""

    revision: int
    articles: int


def holding(file: Path) -> Holding:
    """What a copy holds, of either kind, once it is seen to be whole. Raises StoreError for anything else, and OSError."""
    if beginning(file).startswith(SQLITE):
        if (schema := check(file)) not in REVISIONS:
            raise StoreError(_newer(file, schema))
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            (revision,) = opened.execute("SELECT revision FROM counters").fetchone()
            (articles,) = opened.execute("SELECT count(*) FROM entries").fetchone()
        return Holding(revision, articles)
    revision = articles = 0
    for name, row in read(file):
        articles += name == "entries"
        if name == "counters":
            revision = int(row["revision"])
    return Holding(revision, articles)


async def held(database: Database) -> Holding:
    """What the store holds. Raises StoreError."""
    async with database.snapshot() as connection:
        revision = (await connection.execute(select(TABLES["counters"].c.revision))).scalar_one()
        articles = select(func.count()).select_from(TABLES["entries"])
        return Holding(revision, (await connection.execute(articles)).scalar_one())


async def fill(connection: AsyncConnection, rows: Iterable[tuple[str, Row]]) -> Counter[str]:
    """Put the rows of an export into tables that are empty, in a transaction; how many of each table. Raises StoreError."""
    counted: Counter[str] = Counter()
    held: list[Row] = []
    current = ""
    for name, row in rows:
        if held and (name != current or len(held) >= AT_ONCE):
            await connection.execute(insert(TABLES[current]), held)
            held = []
        current = name
        held.append(_fitting(name, row))
        counted[name] += 1
    if held:
        await connection.execute(insert(TABLES[current]), held)
    await _count_on(connection)
    return counted


async def empty(connection: AsyncConnection) -> None:
    """Delete every row of every table."""
    for table in reversed(metadata.sorted_tables):
        await connection.execute(delete(table))


async def is_empty(connection: AsyncConnection) -> bool:
    """Whether nothing was ever kept here, nor asked for."""
    for name, table in TABLES.items():
        if name == "counters":
            if (await connection.execute(select(table.c.revision))).scalar_one():
                return False
        elif (await connection.execute(select(func.count()).select_from(table))).scalar_one():
            return False
    return True


def _fitting(name: str, row: Row) -> Row:
    """The row with every column of this version. Raises StoreError for one with others."""
    known = TABLES[name].c
    if unknown := sorted(row.keys() - known.keys()):
        raise StoreError(f'the export has a column "{name}.{unknown[0]}" that this version does not know')
    return row


async def _count_on(connection: AsyncConnection) -> None:
    """PostgreSQL gives further numbers behind those that came."""
    if connection.dialect.name != "postgresql":
        return
    for name, table in TABLES.items():
        column = table.autoincrement_column
        if column is not None:
            sequence = await connection.execute(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": name, "column": column.name}
            )
            newest = (await connection.execute(select(func.max(column)))).scalar_one()
            if (found := sequence.scalar_one()) and newest:
                await connection.execute(text("SELECT setval(:name, :to)"), {"name": found, "to": newest})


def _check_head(file: Path, line: str) -> None:
    match json.loads(line or "null"):
        case {"copydesk": "export", "schema": str(schema)} if schema in REVISIONS:
            return
        case {"copydesk": "export", "schema": schema}:
            raise StoreError(_newer(file, str(schema)))
    raise StoreError(f"{file} is no export of Copydesk")


def _newer(file: Path, schema: str) -> str:
    return (
        f"{file} was written by a newer Copydesk (its schema is {schema[:20]}, this version knows {HEAD}); "
        "install that version"
    )


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if beginning(path).startswith(GZIP):
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            yield lines
    else:
        with path.open(encoding="utf-8", newline="\n") as lines:
            yield lines
