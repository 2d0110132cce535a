"""Corrections: keys that find an article's namesakes, the texts that articles had before, an outcome."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# Frozen with this script, as the two keys are: what later versions call by these names is theirs.
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_ROWS = 500
_WORD = re.compile(r"\w+")


def upgrade() -> None:
    """Let a text take the place of an earlier one in its entry."""
    for key in ("url_key", "title_key"):
        op.add_column("entries", sa.Column(key, sa.String))
    _fill_keys()
    op.create_index("ix_entries_url_key", "entries", ["url_key", "revision"])
    op.create_index("ix_entries_title_key", "entries", ["title_key", "added"])
    op.create_table(
        "earlier_texts",
        sa.Column("content_key", sa.String, nullable=False),
        sa.Column("entry", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("content_key", name="pk_earlier_texts"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_earlier_texts_entry"),
    )
    _allow_corrected()


def _fill_keys() -> None:
    names = ("id", "url", "title", "source", "url_key", "title_key")
    entries = sa.table("entries", *(sa.column(name) for name in names))
    read = sa.select(*list(entries.c)[:4]).order_by(entries.c.id).limit(_ROWS)
    write = (
        sa.update(entries)
        .where(entries.c.id == sa.bindparam("of"))
        .values(url_key=sa.bindparam("page"), title_key=sa.bindparam("name"))
    )
    connection, last = op.get_bind(), 0
    while rows := connection.execute(read.where(entries.c.id > last)).all():
        keys = [
            {"of": entry, "page": _url_key(url), "name": _title_key(title, source)}
            for entry, url, title, source in rows
        ]
        connection.execute(write, keys)
        last = rows[-1][0]


def _allow_corrected() -> None:
    # SQLite changes a check only by making the table anew.
    with op.batch_alter_table("arrivals", copy_from=_arrivals()) as table:
        table.drop_constraint("ck_arrivals_outcome", type_="check")
        table.create_check_constraint(
            "ck_arrivals_outcome", "outcome IN ('new', 'corrected', 'known', 'unreadable')"
        )


def _arrivals() -> sa.Table:
    return sa.Table(
        "arrivals",
        sa.MetaData(),
        sa.Column("file_key", sa.String, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("data_key", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("entry", _NUMBER),
        sa.Column("reason", sa.Text),
        sa.Column("added", sa.BigInteger, nullable=False),
        sa.Column("bulk", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("file_key", name="pk_arrivals"),
        sa.UniqueConstraint("revision", name="uq_arrivals_revision"),
        sa.ForeignKeyConstraint(["entry"], ["entries.id"], name="fk_arrivals_entry"),
        sa.CheckConstraint("outcome IN ('new', 'known', 'unreadable')", name="ck_arrivals_outcome"),
        sa.CheckConstraint("(entry IS NULL) = (outcome = 'unreadable')", name="ck_arrivals_entry"),
        sa.Index("ix_arrivals_data_key", "data_key", "revision"),
    )


def _url_key(url: str | None) -> str | None:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    host, path = parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/")
    return _digest(host, path, parts.query) if path or parts.query else None


def _title_key(title: str | None, source: str | None) -> str | None:
    names = [" ".join(_WORD.findall((value or "").casefold())) for value in (title, source)]
    return _digest(*names) if all(names) else None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
