"""Alembic's entry: runs the scripts on the connection and in the transaction that it is given."""

from __future__ import annotations

from alembic import context

from bot.store.sql.schema import VERSION_TABLE

# No target_metadata: its naming convention would rename what the scripts name in full.
context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
)
context.run_migrations()
