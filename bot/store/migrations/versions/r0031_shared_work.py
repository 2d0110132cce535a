"""Which of several desks is at an occasion, and which posts to an address, until when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Nobody is at anything: a digest that was begun before may be begun again at once."""
    op.add_column("unfinished", sa.Column("holder", sa.String))
    op.add_column("unfinished", sa.Column("until", sa.BigInteger))
    op.create_table(
        "lanes",
        *(sa.Column(name, sa.String, nullable=False) for name in ("platform", "chat", "thread", "holder")),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("platform", "chat", "thread", name="pk_lanes"),
    )
