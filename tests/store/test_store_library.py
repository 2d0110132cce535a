from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from bot.store.database import StoreSettings, open_store
from bot.store.library import SqlLibrary
from tests.contracts.library import LibraryContract


class Reopened:
    """A library that is opened for each call and closed after it, as by one command each."""

    def __init__(self, url: str) -> None:
        self._settings = StoreSettings(url)

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def call(*args: Any, **kwargs: Any) -> Any:
            async with await open_store(self._settings) as database:
                return await getattr(SqlLibrary(database), name)(*args, **kwargs)

        return call


class TestSqliteFile(LibraryContract):
    @pytest.fixture
    async def library(self, sqlite_url: str) -> AsyncIterator[SqlLibrary]:
        async with await open_store(StoreSettings(sqlite_url)) as database:
            yield SqlLibrary(database)


class TestSqliteReopened(LibraryContract):
    @pytest.fixture
    def library(self, sqlite_url: str) -> Reopened:
        return Reopened(sqlite_url)


class TestSqliteInMemory(LibraryContract):
    @pytest.fixture
    async def library(self) -> AsyncIterator[SqlLibrary]:
        async with await open_store(StoreSettings("sqlite://")) as database:
            yield SqlLibrary(database)


class TestPostgres(LibraryContract):
    @pytest.fixture
    async def library(self, postgres_url: str) -> AsyncIterator[SqlLibrary]:
        async with await open_store(StoreSettings(postgres_url)) as database:
            yield SqlLibrary(database)
