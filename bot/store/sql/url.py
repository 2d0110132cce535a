"""Where the store lies: an operator's URL, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import StoreError

SQLITE = ("sqlite", "sqlite+aiosqlite")
_POSTGRES = ("postgres", "postgresql", "postgresql+psycopg")
_EXAMPLES = 'use "sqlite:///data/copydesk.db" or "postgresql://user@host/name"'
_VANISHED = {
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
"""After how long a server that is gone without a word, and whose host answers no more, is held lost: 60 s, by default two hours.

In the words and units of libpq (https://www.postgresql.org/docs/current/libpq-connect.html): the first two are seconds, the
last is milliseconds and holds while something sent is not acknowledged. A Unix socket has no use for them."""
NO_QUEUE = (
    'workers.engine: "queue" needs a store that other hosts reach, and SQLite is a file of one; '
    'set DATABASE_URL or [store] url to "postgresql://user@host/name", or engine to "local"'
)
"""What is amiss where workers are to work on SQLite."""


@dataclass(frozen=True, slots=True)
class Location:
    """A database: ``url`` for the driver, ``shown`` for people (never with user or password).

    ``path`` is the file of an SQLite database, ``None`` in memory and on PostgreSQL.
    """

    url: URL = field(repr=False)
    shown: str
    path: Path | None = None

    @property
    def sqlite(self) -> bool:
        """Whether this is SQLite, in a file or in memory."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def in_memory(self) -> bool:
        """Whether it ends with the process."""
        return self.sqlite and self.path is None


def locate(text: str) -> Location:
    """The location that ``text`` names; raises StoreError with the remedy, never echoing a password."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise StoreError(f"[store] url is no database address; {_EXAMPLES}") from None
    if url.drivername in SQLITE:
        return _sqlite(url)
    if url.drivername in _POSTGRES:
        patient = url.set(drivername="postgresql+psycopg", query=_VANISHED | dict(url.query))
        return Location(patient, shown=_without_secrets(url))
    scheme = url.drivername[:30]
    raise StoreError(f'[store] url begins with "{scheme}:", which is not supported; {_EXAMPLES}')


def _sqlite(url: URL) -> Location:
    if url.host:
        raise StoreError('[store] url: a path of SQLite follows three slashes: "sqlite:///data/copydesk.db"')
    if url.query:
        raise StoreError('[store] url: SQLite takes no options after "?"; name the file alone')
    database = url.database
    if not database or database == ":memory:":
        return Location(URL.create("sqlite+aiosqlite"), shown="in memory")
    path = Path(database)
    return Location(URL.create("sqlite+aiosqlite", database=str(path)), shown=str(path), path=path)


def _without_secrets(url: URL) -> str:
    # Only what finds the server: libpq takes a password from the query as well.
    host = url.host or _first(url.query.get("host")) or "localhost"
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{host}{port}/{url.database or ''}"


def _first(value: str | tuple[str, ...] | None) -> str | None:
    return value[0] if isinstance(value, tuple) else value


def without_password(text: str) -> str:
    """``text`` as an operator may see it in a log, whatever it is."""
    try:
        return locate(text).shown
    except StoreError:
        return re.sub(r"(?s)://.*", "://…", text[:60]) if "://" in text[:60] else "…"
