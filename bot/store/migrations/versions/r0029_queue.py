"""Work that a desk hands to other processes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Make empty tables. The engine's own are made where a queue is first used, which is never on SQLite."""
    op.create_table(
        "tasks",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("desk", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("about", sa.String, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("worker", sa.String),
        sa.Column("job", sa.BigInteger),
        sa.Column("deaths", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("alone", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("answer", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
    )
    for name in ("desk", "worker"):
        op.create_index(f"ix_tasks_{name}", "tasks", [name])
    op.create_table(
        "queue_engine",
        sa.Column("schema", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("schema", name="pk_queue_engine"),
    )
