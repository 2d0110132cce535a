"""Subscriptions have quiet hours and alerts, and follow the desk's zone unless they named one; parts have threads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Nobody could name a zone until now: every subscription follows the desk's."""
    op.add_column("subscriptions", sa.Column("quiet", sa.Text))
    op.add_column("subscriptions", sa.Column("alerts", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("deliveries", sa.Column("under", sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("ix_digests_platform", "digests", ["platform", "chat", "thread", "until"])
    op.execute("UPDATE subscriptions SET zone = ''")
