"""What was spent of the platforms' limits on posting, shared by all processes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make an empty table: within a minute nothing of before counts any more."""
    op.create_table(
        "paces",
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("spent", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("platform", "key", name="pk_paces"),
    )
    op.create_index("ix_paces_at", "paces", ["at"])
