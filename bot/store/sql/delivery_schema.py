"""The tables of what goes out, and of conversations."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from bot.store.sql.schema import Number, metadata


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
    Column("style", String),
    Column("paused", BigInteger),
    UniqueConstraint("platform", "chat", "thread", "name_key", name="uq_subscriptions_name"),
)
"""The subscriptions made in chat. ``name_key`` is the name without case, ``quiet`` a pair of local times; without a zone of its own ``zone`` is empty.

``style`` is empty or NULL for the desk's own, ``paused`` the moment up to which nothing comes.
"""

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
    Column("kind", String, nullable=False, server_default="post"),
    Column("instead", Text),
    Column("amended", Boolean, nullable=False, server_default=false()),
    CheckConstraint("state IN ('waiting', 'sending', 'unsure', 'uncertain', 'sent', 'failed')", name="state"),
    # The first part of each address that is not at rest, without a look at those that are.
    Index("ix_deliveries_state", "state", "platform", "chat", "thread", "id"),
    Index("ix_deliveries_occasion", "occasion", "part"),
)
"""Each part of each digest; in an address, ids are the order of posting. ``deaths``: processes that ended
while they posted it. ``under``: the part of the same occasion in whose thread it stands, or 0. An ``edit`` has the number of the
part whose message it changes in both; ``instead`` is the reply that is posted where that cannot be, as JSON. ``amended``: its
body is not what was or is being posted; where the platform has it, as ``posted``, it is made what the body is by
now, and an empty body takes it away."""

unfinished = Table(
    "unfinished",
    metadata,
    Column("subscription", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("times", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("holder", String),
    Column("until", BigInteger),
)
"""Slots whose digest was begun and not finished, how often, when last, and which process is at it, if any: until when, if it says no more."""

lanes = Table(
    "lanes",
    metadata,
    *_key("platform", "chat", "thread"),
    Column("holder", String, nullable=False),
    Column("until", BigInteger, nullable=False),
)
"""Addresses that a process of several is posting to, until when if it says no more."""

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

languages = Table(
    "languages",
    metadata,
    *_key("platform", "chat"),
    Column("chosen", String, nullable=False),
    Column("named", String, nullable=False),
)
"""Which language is spoken in a chat: the one chosen there, and the one that its reader's platform names; empty for none."""

subscribing = Table(
    "subscribing",
    metadata,
    *_key("platform", "chat"),
    Column("who", String, nullable=False),
)
"""Who may subscribe in a chat, beside the desk's editors."""

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

given = Table(
    "given",
    metadata,
    Column("name", String, primary_key=True),
    *(Column(name, String, nullable=False) for name in ("platform", "chat", "thread", "user_id")),
    *(Column(name, Text, nullable=False) for name in ("called", "reply")),
    Column("direct", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
)
"""Files that people gave in chat, by their names in the inbox, and how those are told what became of them."""

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
