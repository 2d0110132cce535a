"""Whether whoever brought a file was told what became of it; of those that are there already, all were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add a column with a default: no row is written anew, however large the library."""
    op.add_column("arrivals", sa.Column("answered", sa.Boolean, nullable=False, server_default=sa.true()))
