"""Which message is the answer to a search, and whose: what its buttons are honoured by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Searches that are there already have no token: their buttons are no longer good."""
    for name in ("token", "asker", "message"):
        op.add_column("searches", sa.Column(name, sa.String))
    op.create_index("ix_searches_token", "searches", ["token"], unique=True)
