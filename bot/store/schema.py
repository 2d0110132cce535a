"""The tables. ``migrations`` makes them; a test holds the two together on both databases.

A moment is a BIGINT: microseconds since 1970-01-01T00:00:00 UTC, exact on both databases. A list
of spans is JSON in a text column, see :mod:`bot.store.records`. ``counters`` is one row: who writes
locks it first, so writers take turns and numbers are committed in their order, without gaps.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

REVISIONS = ("0001",)
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

counters = Table(
    "counters",
    metadata,
    Column(
        "id", SmallInteger, CheckConstraint("id = 1", name="single"), primary_key=True, autoincrement=False
    ),
    Column("revision", BigInteger, nullable=False),
    Column("entry", BigInteger, nullable=False),
)
"""The numbers given last."""

revisions = Table(
    "revisions",
    metadata,
    Column("revision", Number, primary_key=True, autoincrement=False),
    Column("made", BigInteger, nullable=False, index=True),
)
"""When each revision was made."""

entries = Table(
    "entries",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Column("content_key", String, nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("added", BigInteger, nullable=False),
    Column("story", BigInteger, nullable=False),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("paragraphs", Text, nullable=False),
    Column("language", String),
    Column("published", BigInteger),
    Column("published_precision", String),
    Column("source", Text),
    Column("byline", Text),
    Column("section", Text),
    Column("url", Text),
    Column("fingerprint", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("quotes", Text, nullable=False),
)
"""The articles, each text once."""

arrivals = Table(
    "arrivals",
    metadata,
    # A digest of origin and data_key: a path may be longer than an index row of PostgreSQL (2,704 bytes).
    Column("file_key", String, primary_key=True),
    Column("revision", BigInteger, nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("data_key", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("entry", Number, ForeignKey("entries.id")),
    Column("reason", Text),
    Column("added", BigInteger, nullable=False),
    CheckConstraint("outcome IN ('new', 'known', 'unreadable')", name="outcome"),
    CheckConstraint("(entry IS NULL) = (outcome = 'unreadable')", name="entry"),
    Index("ix_arrivals_data_key", "data_key", "revision"),
)
"""What became of each file, once for each origin and content."""
