"""The library: revisions, entries and arrivals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Frozen with this script: what later versions call a number is theirs.
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables of an empty library."""
    _counting()
    _entries()
    _arrivals()


def _counting() -> None:
    counters = op.create_table(
        "counters",
        sa.Column("id", sa.SmallInteger, autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("entry", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_counters"),
        sa.CheckConstraint("id = 1", name="ck_counters_single"),
    )
    op.bulk_insert(counters, [{"id": 1, "revision": 0, "entry": 0}])
    op.create_table(
        "revisions",
        sa.Column("revision", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("revision", name="pk_revisions"),
    )
    op.create_index("ix_revisions_made", "revisions", ["made"])


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("content_key", sa.String, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("added", sa.BigInteger, nullable=False),
        sa.Column("story", sa.BigInteger, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("paragraphs", sa.Text, nullable=False),
        sa.Column("language", sa.String),
        sa.Column("published", sa.BigInteger),
        sa.Column("published_precision", sa.String),
        sa.Column("source", sa.Text),
        sa.Column("byline", sa.Text),
        sa.Column("section", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("quotes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("revision", name="uq_entries_revision"),
        sa.UniqueConstraint("content_key", name="uq_entries_content_key"),
    )


def _arrivals() -> None:
    op.create_table(
        "arrivals",
        sa.Column("file_key", sa.String, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("data_key", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("entry", _NUMBER),
        sa.Column("reason", sa.Text),
        sa.Column("added", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("file_key", name="pk_arrivals"),
        sa.UniqueConstraint("revision", name="uq_arrivals_revision"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_arrivals_entry"),
        sa.CheckConstraint("outcome IN ('new', 'known', 'unreadable')", name="ck_arrivals_outcome"),
        sa.CheckConstraint("(entry IS NULL) = (outcome = 'unreadable')", name="ck_arrivals_entry"),
    )
    op.create_index("ix_arrivals_data_key", "arrivals", ["data_key", "revision"])
