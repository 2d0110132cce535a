"""When an article was read anew by later rules: the index follows that, digests do not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add a column that is empty, and an index of what is not: no row is written anew."""
    op.add_column("entries", sa.Column("reread", sa.BigInteger, nullable=True))
    op.create_index("ix_entries_reread", "entries", ["reread"])
