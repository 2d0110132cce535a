"""The languages that are spoken in chats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Make an empty table: every chat speaks the language that follows from elsewhere."""
    op.create_table(
        "languages",
        *(sa.Column(name, sa.String, nullable=False) for name in ("platform", "chat", "chosen", "named")),
        sa.PrimaryKeyConstraint("platform", "chat", name="pk_languages"),
    )
