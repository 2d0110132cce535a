"""What was removed and forgotten, and messages that are to be made what their part is by now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0018"


def upgrade() -> None:
    """Make empty tables, and a column that is false for all that was posted."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "removed",
        sa.Column("entry", number, nullable=False, autoincrement=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("entry", name="pk_removed"),
    )
    op.create_index("ix_removed_revision", "removed", ["revision"])
    op.create_table(
        "tombstones",
        sa.Column("key", sa.String, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_tombstones"),
    )
    op.create_table(
        "leftovers",
        sa.Column("revision", number, nullable=False, autoincrement=False),
        sa.Column("entries", sa.Text, nullable=False),
        sa.Column("keys", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("revision", name="pk_leftovers"),
    )
    op.add_column("deliveries", sa.Column("amended", sa.Boolean, nullable=False, server_default=sa.false()))
