"""Subscriptions made in chat have a style, and may be paused; who gives a file is told what became of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Until now each had the desk's own style, and none was paused."""
    op.add_column("subscriptions", sa.Column("style", sa.String))
    op.add_column("subscriptions", sa.Column("paused", sa.BigInteger))
    op.create_table(
        "given",
        sa.Column("name", sa.String, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("platform", "chat", "thread", "user_id")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("called", "reply")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("direct", "at")),
        sa.PrimaryKeyConstraint("name", name="pk_given"),
    )
    op.create_index("ix_given_at", "given", ["at"])
