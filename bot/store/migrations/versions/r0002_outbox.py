"""What goes out and who talks: subscriptions, occasions, deliveries, leases; the mark of a bulk drop."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# Frozen with this script: what later versions call a number is theirs.
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_STATES = "state IN ('waiting', 'sending', 'unsure', 'uncertain', 'sent', 'failed')"


def upgrade() -> None:
    """Add the tables of the outbox and of the conversation to a library."""
    for table in ("entries", "arrivals"):
        op.add_column(table, sa.Column("bulk", sa.Boolean, nullable=False, server_default=sa.false()))
    _subscriptions()
    _digests()
    _deliveries()
    _conversation()


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        *_words("id", "name", "name_key", "platform", "chat", "thread"),
        *_text("query"),
        *_words("zone"),
        *_text("at", "days"),
        *_words("by_user"),
        *_text("by_name"),
        *_words("by_workspace"),
        *_numbers("created"),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("platform", "chat", "thread", "name_key", name="uq_subscriptions_name"),
    )
    op.create_table(
        "standings",
        *_words("subscription"),
        *_numbers("since", "last", "upto"),
        sa.Column("reached", sa.BigInteger),
        *_numbers("digests"),
        *_text("paused"),
        sa.PrimaryKeyConstraint("subscription", name="pk_standings"),
    )


def _digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", _NUMBER, nullable=False),
        *_words("subscription"),
        *_text("name"),
        *_words("platform", "chat", "thread"),
        *_numbers("after", "upto", "since", "until", "parts"),
        *_words("record_hash"),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
    )
    op.create_index("ix_digests_subscription", "digests", ["subscription", "id"])
    op.create_table(
        "occasions",
        sa.Column("id", _NUMBER, nullable=False),
        *_words("kind", "subscription", "key"),
        sa.Column("digest", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_occasions"),
        sa.ForeignKeyConstraint(["digest"], ["digests.id"], name="fk_occasions_digest"),
        sa.UniqueConstraint("subscription", "kind", "key", name="uq_occasions_subscription"),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", _NUMBER, nullable=False),
        *_words("key"),
        sa.Column("occasion", _NUMBER, nullable=False),
        *_words("platform", "chat", "thread"),
        *_numbers("part", "parts"),
        *_text("body", "plain"),
        *_words("state"),
        *_numbers("attempts", "looks"),
        sa.Column("attempted", sa.BigInteger),
        sa.Column("not_before", sa.BigInteger),
        *_words("posted"),
        *_text("reason"),
        *_words("holder"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["occasion"], ["occasions.id"], name="fk_deliveries_occasion"),
        sa.UniqueConstraint("key", name="uq_deliveries_key"),
        sa.CheckConstraint(_STATES, name="ck_deliveries_state"),
    )
    op.create_index("ix_deliveries_state", "deliveries", ["state", "platform", "chat", "thread", "id"])
    op.create_index("ix_deliveries_occasion", "deliveries", ["occasion", "part"])
    op.create_table(
        "moves",
        *_words("platform", "chat", "moved_to"),
        sa.PrimaryKeyConstraint("platform", "chat", name="pk_moves"),
    )


def _conversation() -> None:
    op.create_table(
        "leases",
        *_words("name", "holder"),
        *_numbers("until"),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "heard", *_words("key_hash"), *_numbers("at"), sa.PrimaryKeyConstraint("key_hash", name="pk_heard")
    )
    op.create_index("ix_heard_at", "heard", ["at"])
    op.create_table(
        "searches",
        sa.Column("id", _NUMBER, nullable=False),
        *_text("query"),
        *_words("platform", "chat"),
        *_numbers("asked"),
        sa.PrimaryKeyConstraint("id", name="pk_searches"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_searches_asked", "searches", ["asked"])
    op.create_table(
        "callers",
        *_words("platform", "workspace", "chat", "user_id"),
        *_text("name"),
        *_numbers("last"),
        sa.PrimaryKeyConstraint("platform", "workspace", "chat", "user_id", name="pk_callers"),
    )
