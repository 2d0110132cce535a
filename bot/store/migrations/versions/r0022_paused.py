"""Subscriptions made in chat have a style, and may be paused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0018"


def upgrade() -> None:
    """Until now each had the desk's own style, and none was paused."""
    op.add_column("subscriptions", sa.Column("style", sa.String))
    op.add_column("subscriptions", sa.Column("paused", sa.BigInteger))
