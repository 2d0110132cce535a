"""What a process ended on: slots whose digest was begun and not finished, and parts whose call was not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make room for the counts; nothing has been counted yet."""
    op.add_column("deliveries", sa.Column("deaths", sa.BigInteger, nullable=False, server_default="0"))
    op.create_table(
        "unfinished",
        sa.Column("subscription", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("times", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("subscription", "key", name="pk_unfinished"),
    )
