"""Stores to test against."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.sql.database import Database, StoreSettings, open_store
from tests.postgres import empty_postgres_url, postgres, postgres_url
from tests.stores import migrated

__all__ = ["empty_postgres_url", "postgres", "postgres_url"]  # fixtures


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty store of the current schema."""
    return f"sqlite:///{migrated(tmp_path / 'data' / 'copydesk.db')}"


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A file that does not exist yet, in a folder that does not exist yet."""
    return f"sqlite:///{tmp_path / 'data' / 'copydesk.db'}"


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest) -> str:
    """A store of each kind in turn, not yet opened."""
    name = f"{request.param}_url"
    return str(request.getfixturevalue(name))


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """A database of each kind in turn, without any table."""
    name = f"empty_{request.param}_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
async def database(store_url: str) -> AsyncIterator[Database]:
    """An open store of each kind in turn."""
    async with await open_store(StoreSettings(store_url)) as database:
        yield database
