"""How far ahead of UTC the clock is on which an article states when it was published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add a column that may be empty: what is kept already does not say it."""
    op.add_column("entries", sa.Column("utc_offset", sa.Integer))
