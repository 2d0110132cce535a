"""Who may subscribe in which chat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Make an empty table: so far it was the desk's editors alone."""
    op.create_table(
        "subscribing",
        *(sa.Column(name, sa.String, nullable=False) for name in ("platform", "chat", "who")),
        sa.PrimaryKeyConstraint("platform", "chat", name="pk_subscribing"),
    )
