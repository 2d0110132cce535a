"""Posting limits in the store: kept between processes, restarts and hosts."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.chat.rate_limits import Key, Spent
from bot.delivery.pacing import SharedPaces
from bot.domain.errors import StoreError
from bot.store.delivery.paces import AT_ONCE, SqlPaces
from bot.store.retention import LEASES_FOR, Retention
from bot.store.sql.database import Database, StoreSettings, open_store
from bot.store.sql.delivery_schema import paces
from tests.builders import NOON
from tests.contracts.paces import ALL, CHAT, OTHER, PacesContract
from tests.fakes import MemoryPaces


def one_more(spent: Mapping[Key, Spent]) -> Mapping[Key, Spent]:
    return {key: Spent(left=(spent.get(key, Spent()).left or 0) + 1) for key in (ALL, CHAT, OTHER)}


class TestSql(PacesContract):
    @pytest.fixture
    def shared(self, database: Database) -> SharedPaces:
        return SqlPaces(database)


class TestMemory(PacesContract):
    @pytest.fixture
    def shared(self) -> SharedPaces:
        return MemoryPaces()


async def test_processes_do_not_count_over_each_other(store_url: str):
    async with (
        await open_store(StoreSettings(store_url)) as one,
        await open_store(StoreSettings(store_url)) as two,
    ):
        here, there = SqlPaces(one), SqlPaces(two)
        for _ in range(10):
            await asyncio.gather(
                *(here.change([ALL, CHAT, OTHER], one_more), there.change([OTHER, CHAT, ALL], one_more))
            )
        assert (await here.change([CHAT], lambda _: {}))[CHAT] == Spent(left=20)


async def test_more_chats_than_a_query_takes(database: Database):
    keys = [("slack", f"C{n}") for n in range(AT_ONCE + 1)]
    spent = {key: Spent(left=1.0) for key in keys}
    assert await SqlPaces(database).change(keys, lambda _: spent) == spent
    assert await SqlPaces(database).change(keys[-1:], lambda _: {}) == {keys[-1]: Spent(left=1.0)}


async def test_a_closed_store_is_told(database: Database):
    await database.aclose()
    with pytest.raises(StoreError, match="closed"):
        await SqlPaces(database).change([ALL], one_more)


async def test_old_paces_are_let_go_of(database: Database):
    shared, noon = SqlPaces(database), NOON.timestamp()
    await shared.change([ALL, CHAT], lambda _: {ALL: Spent(seen=noon), CHAT: Spent(until=noon + 3600)})
    for later, left in ((timedelta(), 2), (timedelta(seconds=1), 1), (timedelta(hours=2), 0)):
        await Retention(database).forget_old(NOON + LEASES_FOR + later)
        async with database.reading() as connection:
            assert len((await connection.execute(select(paces))).all()) == left
