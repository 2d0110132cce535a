"""Places that take nothing, and where subscriptions stood before each digest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0010"


def upgrade() -> None:
    """Nothing is closed: a chat whose digests rested until now is tried at its next slot."""
    op.create_table(
        "closed_chats",
        *(sa.Column(name, sa.String, nullable=False) for name in ("platform", "chat", "thread")),
        sa.Column("tried", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", "thread", name="pk_closed_chats"),
    )
    for name in ("before_upto", "before_last", "before_reached"):
        op.add_column("digests", sa.Column(name, sa.BigInteger))
    op.drop_column("standings", "paused")
