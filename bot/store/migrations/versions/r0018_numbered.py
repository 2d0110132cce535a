"""The stories of each digest by the numbers that its readers see."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make an empty table: digests of before have no numbers, and are not answered for."""
    op.create_table(
        "numbered",
        sa.Column(
            "digest", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False, autoincrement=False
        ),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("part", "at")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("headline", "entries", "lines", "quotes")),
        sa.PrimaryKeyConstraint("digest", "number", name="pk_numbered"),
        sa.ForeignKeyConstraint(["digest"], ["digests.id"], name="fk_numbered_digest"),
    )
    op.create_index("ix_numbered_at", "numbered", ["at"])
