"""The tables of sources: those that were imported, how each does, and what was taken from them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, String, Table, Text, false

from bot.store.sql.schema import metadata

imported_sources = Table(
    "imported_sources",
    metadata,
    Column("url", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
)
"""The sources that are not in the configuration."""

source_states = Table(
    "source_states",
    metadata,
    Column("url", String, primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("next_try", BigInteger, nullable=False),
    Column("succeeded", BigInteger),
    Column("news", BigInteger),
    Column("etag", Text, nullable=False),
    Column("modified", Text, nullable=False),
    Column("failures", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("told", Boolean, nullable=False, server_default=false()),
)
"""What is known of each source, by its address."""

taken_items = Table(
    "taken_items",
    metadata,
    Column("key", String, primary_key=True),
    Column("times", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False, index=True),
)
"""What was taken from any source, by a digest of its address or of its words, how often, and when it was there last."""
