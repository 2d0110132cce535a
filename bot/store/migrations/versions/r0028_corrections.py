"""What articles said before a correction; parts that take the place of a message, or stand below one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Make an empty table: what was corrected before is not known any more. Every part so far is a post."""
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "corrections",
        sa.Column("revision", number, nullable=False, autoincrement=False),
        sa.Column("entry", number, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("former", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("revision", name="pk_corrections"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_corrections_entry"),
    )
    for name in ("entry", "at", "open"):
        op.create_index(f"ix_corrections_{name}", "corrections", [name])
    op.add_column("deliveries", sa.Column("kind", sa.String, nullable=False, server_default="post"))
    op.add_column("deliveries", sa.Column("instead", sa.Text))
