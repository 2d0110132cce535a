"""The tables. ``migrations`` makes them; a test holds the two together on both databases.

A moment is a BIGINT: microseconds since 1970-01-01T00:00:00 UTC, exact on both databases. A list
of spans is JSON in a text column, see :mod:`bot.store.sql.rows`. ``counters`` is one row: who writes
locks it first, so writers take turns and numbers are committed in their order, without gaps.
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
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

REVISIONS = (*(f"{number:04}" for number in range(1, 11)), "0013", "0014", "0015", "0016", "0017", "0018")
"""Every schema that this version knows, oldest first; the last is the one that it works with."""

HEAD = REVISIONS[-1]
VERSION_TABLE = "copydesk_version"
"""Alembic's table, under a name that another program in the same database does not use."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# An INTEGER PRIMARY KEY of SQLite is its row id: 64 bits, and no second tree to write.
Number = BigInteger().with_variant(Integer, "sqlite")

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

# --- what goes out -------------------------------------------------------------------------------


def _place() -> tuple[Column[str], ...]:
    return tuple(Column(name, String, nullable=False) for name in ("platform", "chat", "thread"))


def _key(*names: str) -> tuple[Column[str], ...]:
    return tuple(Column(name, String, primary_key=True) for name in names)


subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("name_key", String, nullable=False),
    *_place(),
    Column("query", Text, nullable=False),
    Column("zone", String, nullable=False),
    Column("at", Text, nullable=False),
    Column("days", Text, nullable=False),
    Column("by_user", String, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("by_workspace", String, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("quiet", Text),
    Column("alerts", BigInteger, nullable=False, server_default="0"),
    UniqueConstraint("platform", "chat", "thread", "name_key", name="uq_subscriptions_name"),
)
"""The subscriptions made in chat. ``name_key`` is the name without case, ``quiet`` a pair of local times; without a zone of its own ``zone`` is empty."""

standings = Table(
    "standings",
    metadata,
    Column("subscription", String, primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("upto", BigInteger, nullable=False),
    Column("reached", BigInteger),
    Column("digests", BigInteger, nullable=False),
)
"""Where each subscription stands, the file's and the chat's."""

digests = Table(
    "digests",
    metadata,
    Column("id", Number, primary_key=True),
    Column("subscription", String, nullable=False),
    Column("name", Text, nullable=False),
    *_place(),
    Column("after", BigInteger, nullable=False),
    Column("upto", BigInteger, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("parts", BigInteger, nullable=False),
    Column("record_hash", String, nullable=False),
    Column("before_upto", BigInteger),
    Column("before_last", BigInteger),
    Column("before_reached", BigInteger),
    Column("left_out", Text),
    Column("plan", Text),
    Index("ix_digests_subscription", "subscription", "id"),
    Index("ix_digests_platform", "platform", "chat", "thread", "until"),
)
"""Each digest made, the empty ones too. ``record_hash`` is the SHA-256 of its record, ``before_…``
the standing of its subscription before it: what holds again when its chat refuses it whole. ``left_out`` says of what it does not show why not.
``plan`` is what it was laid out of."""

occasions = Table(
    "occasions",
    metadata,
    Column("id", Number, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subscription", String, nullable=False),
    Column("key", String, nullable=False),
    Column("digest", Number, ForeignKey("digests.id"), nullable=False),
    UniqueConstraint("subscription", "kind", "key", name="uq_occasions_subscription"),
)
"""What is settled, and by which digest: a catch-up has one row for itself and one for each slot."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Number, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("occasion", Number, ForeignKey("occasions.id"), nullable=False),
    *_place(),
    Column("part", BigInteger, nullable=False),
    Column("parts", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("plain", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", BigInteger, nullable=False),
    Column("looks", BigInteger, nullable=False),
    Column("attempted", BigInteger),
    Column("not_before", BigInteger),
    Column("posted", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("holder", String, nullable=False),
    Column("deaths", BigInteger, nullable=False, server_default="0"),
    Column("under", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("state IN ('waiting', 'sending', 'unsure', 'uncertain', 'sent', 'failed')", name="state"),
    # The first part of each address that is not at rest, without a look at those that are.
    Index("ix_deliveries_state", "state", "platform", "chat", "thread", "id"),
    Index("ix_deliveries_occasion", "occasion", "part"),
)
"""Each part of each digest; in an address, ids are the order of posting. ``deaths``: processes that ended
while they posted it. ``under``: the part of the same occasion in whose thread it stands, or 0."""

unfinished = Table(
    "unfinished",
    metadata,
    Column("subscription", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("times", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Slots whose digest was begun and not finished, how often, and when last."""

told = Table(
    "told",
    metadata,
    Column("id", Number, primary_key=True),
    Column("digest", Number, ForeignKey("digests.id"), nullable=False, index=True),
    *_place(),
    Column("story", BigInteger, nullable=False),
    Column("lead", BigInteger, nullable=False, index=True),
    Column("part", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("shown", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Index("ix_told_platform", "platform", "chat", "thread", "story"),
)
"""What each place was told of each story, one row a digest: ``shown`` are the spans, by entry, and ``facts``
what its articles tell. ``lead`` finds it when its story was joined with another."""

numbered = Table(
    "numbered",
    metadata,
    Column("digest", Number, ForeignKey("digests.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("part", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    *(Column(name, Text, nullable=False) for name in ("headline", "entries", "lines", "quotes")),
)
"""The stories of each digest by the numbers that its readers see: their articles, and what was shown of them."""

mutes = Table(
    "mutes",
    metadata,
    Column("id", Number, primary_key=True),
    *_place(),
    Column("query", Text, nullable=False),
    Column("until", BigInteger),
    Index("ix_mutes_platform", "platform", "chat", "thread"),
)
"""What each place does not want to hear of; without ``until`` for good."""

closed_chats = Table(
    "closed_chats",
    metadata,
    *_key("platform", "chat", "thread"),
    Column("tried", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
)
"""Places that take nothing, when they were last found so; ``*`` for the chat: the platform, for the thread: the chat."""

moves = Table(
    "moves",
    metadata,
    *_key("platform", "chat"),
    Column("moved_to", String, nullable=False),
)
"""Chats that have another id now: the configuration may still name the old one."""

# --- who works, and who talks --------------------------------------------------------------------

paces = Table(
    "paces",
    metadata,
    *_key("platform", "key"),
    Column("spent", Text, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
)
"""What was spent of each limit on posting, by all processes; ``at`` is when it was written."""

leases = Table(
    "leases",
    metadata,
    Column("name", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("until", BigInteger, nullable=False),
)
"""What only one process may do at a time."""

heard = Table(
    "heard",
    metadata,
    Column("key_hash", String, primary_key=True),
    Column("at", BigInteger, nullable=False, index=True),
)
"""What was said already, by a digest of its key."""

searches = Table(
    "searches",
    metadata,
    Column("id", Number, primary_key=True),
    Column("query", Text, nullable=False),
    Column("platform", String, nullable=False),
    Column("chat", String, nullable=False),
    Column("asked", BigInteger, nullable=False, index=True),
    Column("token", String),
    Column("asker", String),
    Column("message", String),
    Index("ix_searches_token", "token", unique=True),
    sqlite_autoincrement=True,
)
"""What was searched for. Buttons carry the token, which nobody can guess; ``message`` has them, empty for the asker alone."""

callers = Table(
    "callers",
    metadata,
    *_key("platform", "workspace", "chat", "user_id"),
    Column("name", Text, nullable=False),
    Column("last", BigInteger, nullable=False),
)
"""Strangers who wrote."""

readers = Table(
    "readers",
    metadata,
    *_key("platform", "workspace", "user_id"),
    Column("caught_up", BigInteger, nullable=False),
)
"""Up to when each reader has caught up."""
