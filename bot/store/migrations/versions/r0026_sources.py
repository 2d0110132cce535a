"""Sources that were imported, how each source does, and what was taken from them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Make empty tables: before, nothing came by itself."""
    op.create_table(
        "imported_sources",
        sa.Column("url", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_imported_sources"),
        sa.UniqueConstraint("name", name="uq_imported_sources_name"),
    )
    op.create_table(
        "source_states",
        sa.Column("url", sa.String, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("since", "next_try")),
        *(sa.Column(name, sa.BigInteger) for name in ("succeeded", "news")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("etag", "modified")),
        sa.Column("failures", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("told", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("url", name="pk_source_states"),
    )
    op.create_table(
        "taken_items",
        sa.Column("key", sa.String, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("times", "seen")),
        sa.PrimaryKeyConstraint("key", name="pk_taken_items"),
    )
    op.create_index("ix_taken_items_seen", "taken_items", ["seen"])
