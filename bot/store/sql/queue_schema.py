"""The tables of work that a desk hands to other processes; the engine that hands it out has its own (:mod:`bot.queue.engine`)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, LargeBinary, String, Table, false

from bot.store.sql.schema import metadata

tasks = Table(
    "tasks",
    metadata,
    Column("id", String, primary_key=True),
    Column("desk", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("about", String, nullable=False),
    Column("seen", BigInteger, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("worker", String, index=True),
    Column("job", BigInteger),
    Column("deaths", BigInteger, nullable=False, server_default="0"),
    Column("alone", Boolean, nullable=False, server_default=false()),
    Column("answer", LargeBinary),
)
"""What a ``desk`` waits for: ``seen`` is when it last said so, ``about`` names it in a log. ``worker`` and ``job`` are who works on it, and for which job of the engine's.

``deaths`` workers ended on it with nothing else in hand; ``alone``: it is worked on with nothing else beside it.
"""

queue_engine = Table(
    "queue_engine",
    metadata,
    Column("schema", String, primary_key=True),
)
"""One row, once the engine's own tables are there: the newest of its migrations that they have."""
