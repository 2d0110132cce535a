"""Which schemas there are, and what every table is made with; ``library_schema``, ``delivery_schema``, ``source_schema`` and ``queue_schema`` hold them.

A moment is a BIGINT: microseconds since 1970-01-01T00:00:00 UTC, exact on both databases. A list
of spans is JSON in a text column, see :mod:`bot.store.sql.rows`. ``migrations`` makes the tables; a test
holds the two together on both databases.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData

REVISIONS = (
    *(f"{number:04}" for number in range(1, 11)),
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0024",
    "0025",
    "0026",
    "0027",
    "0028",
    "0029",
    "0030",
    "0031",
)
"""Every schema that this version knows, oldest first; the last is the one that it works with."""

HEAD = REVISIONS[-1]
VERSION_TABLE = "copydesk_version"
"""Alembic's table, under a name that another program in the same database does not use."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# An INTEGER PRIMARY KEY of SQLite is its row id: 64 bits, and no second tree to write.
Number = BigInteger().with_variant(Integer, "sqlite")
