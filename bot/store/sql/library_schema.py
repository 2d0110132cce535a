"""The tables of the library: articles, and what became of each file.

``counters`` is one row: who writes locks it first, so writers take turns and numbers are committed in
their order, without gaps.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    false,
    true,
)

from bot.store.sql.schema import Number, metadata

counters = Table(
    "counters",
    metadata,
    Column(
        "id", SmallInteger, CheckConstraint("id = 1", name="single"), primary_key=True, autoincrement=False
    ),
    Column("revision", BigInteger, nullable=False),
    Column("entry", BigInteger, nullable=False),
)
"""The numbers given last."""

revisions = Table(
    "revisions",
    metadata,
    Column("revision", Number, primary_key=True, autoincrement=False),
    Column("made", BigInteger, nullable=False, index=True),
)
"""When each revision was made."""

entries = Table(
    "entries",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Column("content_key", String, nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("added", BigInteger, nullable=False),
    Column("story", BigInteger, nullable=False),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("paragraphs", Text, nullable=False),
    Column("language", String),
    Column("published", BigInteger),
    Column("published_precision", String),
    Column("source", Text),
    Column("byline", Text),
    Column("section", Text),
    Column("url", Text),
    Column("fingerprint", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("quotes", Text, nullable=False),
    Column("bulk", Boolean, nullable=False, server_default=false()),
    # Digests: an address or a title may be longer than an index row of PostgreSQL (2,704 bytes).
    Column("url_key", String),
    Column("title_key", String),
    Column("standfirst", Text),
    Column("agency", Text),
    Column("utc_offset", Integer),
    Column("reread", BigInteger, index=True),
    Column("hold_until", Text),
    Column("expires", Text),
    Column("expires_at", BigInteger),
    Index("ix_entries_url_key", "url_key", "revision"),
    Index("ix_entries_title_key", "title_key", "added"),
    Index("ix_entries_story", "story", "added"),
    Index("ix_entries_added", "added"),
)
"""The articles, each text once. The keys are :func:`bot.store.sql.rows.url_key` and ``title_key``."""

held = Table(
    "held",
    metadata,
    Column("file_key", String, primary_key=True),
    Column("origin", Text, nullable=False),
    *(Column(name, String, nullable=False, index=True) for name in ("data_key", "content_key")),
    Column("added", BigInteger, nullable=False),
    Column("until", BigInteger, index=True),
    Column("reason", Text, nullable=False),
    Column("entry", Text, nullable=False),
)
"""Articles under embargo. ``entry`` is what their row of ``entries`` will say; without ``until`` nobody knows when."""

gists = Table(
    "gists",
    metadata,
    Column("entry", Number, ForeignKey("entries.id"), primary_key=True, autoincrement=False),
    Column("gist", Text, nullable=False),
)
"""What further articles of a story are found by: a :class:`bot.domain.model.Gist` as JSON."""

merged_stories = Table(
    "merged_stories",
    metadata,
    Column("story", Number, primary_key=True, autoincrement=False),
    Column("into", BigInteger, nullable=False, index=True),
    Column("revision", BigInteger, nullable=False, index=True),
)
"""Stories that turned out to be another one, which is never in ``story`` itself; ``revision`` is when."""

earlier_texts = Table(
    "earlier_texts",
    metadata,
    Column("content_key", String, primary_key=True),
    Column("entry", Number, ForeignKey("entries.id"), nullable=False),
)
"""The texts that articles had before they were corrected: when one comes again, it is known."""

corrections = Table(
    "corrections",
    metadata,
    Column("revision", Number, primary_key=True, autoincrement=False),
    Column("entry", Number, ForeignKey("entries.id"), nullable=False, index=True),
    Column("at", BigInteger, nullable=False, index=True),
    Column("open", Boolean, nullable=False, index=True),
    Column("former", Text, nullable=False),
)
"""Each correction: ``former`` is the row of ``entries`` before it. ``open``: digests that showed it may have to be corrected."""

arrivals = Table(
    "arrivals",
    metadata,
    # A digest of origin and data_key: a path may be longer than an index row of PostgreSQL (2,704 bytes).
    Column("file_key", String, primary_key=True),
    Column("revision", BigInteger, nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("data_key", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("entry", Number, ForeignKey("entries.id")),
    Column("reason", Text),
    Column("added", BigInteger, nullable=False),
    Column("bulk", Boolean, nullable=False, server_default=false()),
    Column("answered", Boolean, nullable=False, server_default=true()),
    CheckConstraint("outcome IN ('new', 'corrected', 'known', 'unreadable')", name="outcome"),
    CheckConstraint("(entry IS NULL) = (outcome = 'unreadable')", name="entry"),
    Index("ix_arrivals_data_key", "data_key", "revision"),
)
"""What became of each file, once for each origin and content. ``answered``: whoever brought it was told."""

removed = Table(
    "removed",
    metadata,
    Column("entry", Number, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False, index=True),
)
"""The entries that are no more, and the revision under which each went: indexes follow it."""

tombstones = Table(
    "tombstones",
    metadata,
    Column("key", String, primary_key=True),
    Column("at", BigInteger, nullable=False),
)
"""Keys of texts and of files that were forgotten: what has one is not taken in again."""

leftovers = Table(
    "leftovers",
    metadata,
    Column("revision", Number, primary_key=True, autoincrement=False),
    Column("entries", Text, nullable=False),
    Column("keys", Text, nullable=False),
)
"""What is still to be done outside the tables for entries that went under the revision: their files, the index, free pages."""
