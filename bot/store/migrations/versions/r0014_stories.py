"""What further articles of a story are found by, and which stories turned out to be one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make empty tables: the stories of before stay as they are, and new ones are found from now on."""
    op.create_table(
        "gists",
        sa.Column("entry", _NUMBER, nullable=False, autoincrement=False),
        sa.Column("gist", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("entry", name="pk_gists"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_gists_entry"),
    )
    op.create_table(
        "merged_stories",
        sa.Column("story", _NUMBER, nullable=False, autoincrement=False),
        sa.Column("into", sa.BigInteger, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("story", name="pk_merged_stories"),
    )
    op.create_index("ix_merged_stories_into", "merged_stories", ["into"])
    op.create_index("ix_merged_stories_revision", "merged_stories", ["revision"])
    op.create_index("ix_entries_story", "entries", ["story", "added"])
    op.create_index("ix_entries_added", "entries", ["added"])
