from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from bot.store.library import SqlLibrary
from bot.store.sql import database
from bot.store.sql.database import StoreSettings, open_store
from tests.contracts.library import LibraryContract
from tests.stores import migrated_in_memory


class Reopened:
    """A library that is opened for each call and closed after it, as by one command each."""

    def __init__(self, url: str) -> None:
        self._settings = StoreSettings(url)

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def call(*args: Any, **kwargs: Any) -> Any:
            async with await open_store(self._settings) as opened:
                return await getattr(SqlLibrary(opened), name)(*args, **kwargs)

        return call


@pytest.fixture
async def another(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SqlLibrary]:
    """A second library, to compare with."""
    with monkeypatch.context() as patched:
        patched.setattr(database, "bring_up_to_date", migrated_in_memory())
        opened = await open_store(StoreSettings("sqlite://"))
    async with opened:
        yield SqlLibrary(opened)


class TestSqliteFile(LibraryContract):
    @pytest.fixture
    async def library(self, sqlite_url: str) -> AsyncIterator[SqlLibrary]:
        async with await open_store(StoreSettings(sqlite_url)) as opened:
            yield SqlLibrary(opened)


class TestSqliteReopened(LibraryContract):
    @pytest.fixture
    def library(self, sqlite_url: str) -> Reopened:
        return Reopened(sqlite_url)


class TestSqliteInMemory(LibraryContract):
    @pytest.fixture
    async def library(self, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[SqlLibrary]:
        monkeypatch.setattr(database, "bring_up_to_date", migrated_in_memory())
        async with await open_store(StoreSettings("sqlite://")) as opened:
            yield SqlLibrary(opened)


class TestPostgres(LibraryContract):
    @pytest.fixture
    async def library(self, postgres_url: str) -> AsyncIterator[SqlLibrary]:
        async with await open_store(StoreSettings(postgres_url)) as opened:
            yield SqlLibrary(opened)
