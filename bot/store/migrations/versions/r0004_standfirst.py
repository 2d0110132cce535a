"""The standfirst and the agency of an article; those that are there already have neither."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add two columns that may be empty: no row is written anew, however large the library."""
    for name in ("standfirst", "agency"):
        op.add_column("entries", sa.Column(name, sa.Text))
