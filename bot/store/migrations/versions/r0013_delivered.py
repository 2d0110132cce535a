"""What was delivered: places that take nothing, what places were told, and what they do not want to hear."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0010"


def upgrade() -> None:
    """Nothing is closed: a chat whose digests rested until now is tried at its next slot. Nothing was told."""
    op.create_table(
        "closed_chats",
        *(sa.Column(name, sa.String, nullable=False) for name in ("platform", "chat", "thread")),
        sa.Column("tried", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", "thread", name="pk_closed_chats"),
    )
    for name in ("before_upto", "before_last", "before_reached"):
        op.add_column("digests", sa.Column(name, sa.BigInteger))
    op.add_column("digests", sa.Column("left_out", sa.Text))
    op.drop_column("standings", "paused")
    op.create_table(
        "told",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("digest", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("platform", "chat", "thread")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("story", "lead", "part", "at")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("shown", "facts")),
        sa.PrimaryKeyConstraint("id", name="pk_told"),
        sa.ForeignKeyConstraint(["digest"], ["digests.id"], name="fk_told_digest"),
    )
    for column in ("digest", "lead", "at"):
        op.create_index(f"ix_told_{column}", "told", [column])
    op.create_index("ix_told_platform", "told", ["platform", "chat", "thread", "story"])
    op.create_table(
        "mutes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("platform", "chat", "thread")),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_mutes"),
    )
    op.create_index("ix_mutes_platform", "mutes", ["platform", "chat", "thread"])
    op.create_table(
        "readers",
        *(sa.Column(name, sa.String, nullable=False) for name in ("platform", "workspace", "user_id")),
        sa.Column("caught_up", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace", "user_id", name="pk_readers"),
    )
