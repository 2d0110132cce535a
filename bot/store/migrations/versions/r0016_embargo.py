"""Articles under embargo, until when those that are kept may be shown, and what a digest was laid out of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add a table and columns: nothing of before was held, nothing expires, and earlier digests have no plan."""
    for name, kind in (("hold_until", sa.Text), ("expires", sa.Text), ("expires_at", sa.BigInteger)):
        op.add_column("entries", sa.Column(name, kind))
    op.add_column("digests", sa.Column("plan", sa.Text))
    op.create_table(
        "held",
        sa.Column("file_key", sa.String, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("data_key", sa.String, nullable=False),
        sa.Column("content_key", sa.String, nullable=False),
        sa.Column("added", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("file_key", name="pk_held"),
    )
    for name in ("data_key", "content_key", "until"):
        op.create_index(f"ix_held_{name}", "held", [name])
