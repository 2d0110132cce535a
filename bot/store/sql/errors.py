"""The one place where a vendor's error becomes a StoreError, with its remedy."""

from __future__ import annotations

import re
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.domain.errors import StoreError
from bot.store.sql.url import Location

_BUSY = "the database {place} is busy: another process kept it for too long; end that process or try again"
_ADDRESS = "[store] url or DATABASE_URL"

# By primary result code, https://www.sqlite.org/rescode.html
_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: "the disk of the database {place} is full; nothing was lost: free some space and try again",
    sqlite3.SQLITE_IOERR: "the disk failed under the database {place} ({reason}); check its health and free space",
    sqlite3.SQLITE_CANTOPEN: "cannot open the database {place}; check that its folder exists and may be written",
    sqlite3.SQLITE_NOTADB: "{place} is no SQLite database; name another file in [store] url",
    sqlite3.SQLITE_CORRUPT: "the database {place} is damaged ({reason}); bring back {copy}",
    sqlite3.SQLITE_READONLY: "the database {place} may not be written; check the permissions of the file and its folder",
    sqlite3.SQLITE_PERM: "the database {place} may not be used; check the permissions of the file and its folder",
}

# By SQLSTATE or its class, https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES = {
    "22P05": "the database {place} cannot hold every character; create it anew with the encoding UTF8",
    "28": f"the database {{place}} refused the user or the password; check {_ADDRESS}",
    "3D": f"there is no database {{place}}; create it with createdb, or correct {_ADDRESS}",
    "40": _BUSY,
    "42501": "the user of the database {place} may not do this ({reason}); grant it the schema's rights",
    "53100": "the disk of the database {place} is full; nothing was lost: free some space and try again",
    "53": "the database {place} is out of resources ({reason}); close other connections or raise its limits",
    "55P03": _BUSY,
    "57P": "the database {place} is starting or stopping ({reason}); try again when it runs",
    "08": f"the connection to the database {{place}} broke ({{reason}}); check that it runs, and {_ADDRESS}",
}

# Without a connection psycopg tells no SQLSTATE; a server's own words, as it has them in English.
_AT_THE_DOOR = {
    "53": re.compile(r"too many (clients|connections)|connection slots are reserved"),
    "57P": re.compile(r"is (starting up|shutting down|not yet accepting connections|in recovery mode)"),
}
_UNREACHABLE = f"cannot connect to the database {{place}} ({{reason}}); check that it runs, and {_ADDRESS}"
_OTHER = "the database {place} failed: {reason}"


@contextmanager
def translated(location: Location) -> Iterator[None]:
    """Inside, errors of SQLAlchemy and its drivers leave as StoreError."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreError(_BUSY.format(place=location.shown)) from error
    except DBAPIError as error:
        raise sentence(error.orig or error, location) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise sentence(error, location) from error


def no_room(error: OSError, location: Location) -> StoreError:
    """The folder of a database cannot be made."""
    name = error.filename or location.shown
    return StoreError(f"cannot use {name} for the database ({error.strerror or error}); correct [store] url")


def sentence(error: BaseException, location: Location) -> StoreError:
    """What an error of a driver says, with its remedy."""
    template = _of_sqlite(error) if isinstance(error, sqlite3.Error) else _of_postgres(error)
    return StoreError(
        template.format(place=location.shown, reason=_reason(error, location), copy=_copy_of(location))
    )


def damaged(location: Location, told: str) -> StoreError:
    """What ``PRAGMA quick_check`` tells of a file, with the remedy."""
    return StoreError(
        _SQLITE[sqlite3.SQLITE_CORRUPT].format(place=location.shown, reason=told, copy=_copy_of(location))
    )


def _copy_of(location: Location) -> str:
    """How to bring back the newest copy that lies beside an SQLite file: upgrades and restores leave one."""
    copies = location.path.parent.glob(f"{escape(location.path.name)}.before-*") if location.path else ()
    beside = [one for one in copies if one.exists()]  # a link to a person's own copy may lead nowhere by now
    newest = max(beside, key=lambda one: one.stat().st_mtime, default=None)
    if newest is None:
        return "a copy of it with `copydesk restore FILE`"
    return f"the newest copy that lies beside it with `copydesk restore {shlex.quote(str(newest))}`, or a newer one of yours"


def _of_sqlite(error: sqlite3.Error) -> str:
    # The low byte of an extended code is the primary one.
    return _SQLITE.get(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF, _OTHER)


def _of_postgres(error: BaseException) -> str:
    state = getattr(error, "sqlstate", "")
    if state is None:
        text = str(error)
        return next(
            (_POSTGRES[one] for one, words in _AT_THE_DOOR.items() if words.search(text)), _UNREACHABLE
        )
    return next((_POSTGRES[state[:n]] for n in (5, 3, 2) if state[:n] in _POSTGRES), _OTHER)


def _reason(error: BaseException, location: Location) -> str:
    text = " ".join(str(error).split())[:300]
    secrets = [location.url.password, location.url.query.get("password")]
    for secret in secrets:
        if isinstance(secret, str) and secret:
            text = text.replace(secret, "***")
    return text
