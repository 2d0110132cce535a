from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bot.domain.errors import StoreError, SubscriptionsFull
from bot.domain.events import Sender
from bot.domain.model import Address, Kept, Schedule, Subscription, Window
from bot.store.library import SqlLibrary
from bot.store.sql.database import Database, StoreSettings, open_store
from bot.store.subscriptions import SqlSubscriptions
from tests.builders import NOON, a_reading, an_article
from tests.store.processes import run_together

EVERYTHING = Window(0, 1_000_000)


@pytest.fixture
async def pair(store_url: str) -> AsyncIterator[tuple[Database, Database]]:
    """Two ways to one store, as of two processes."""
    settings = StoreSettings(store_url, patience=20)
    async with await open_store(settings) as one, await open_store(settings) as other:
        yield one, other


async def keep(database: Database, n: int, *, origin: str | None = None) -> Kept:
    reading = a_reading(an_article(f"Text {n}."))
    return await SqlLibrary(database).keep(
        reading, origin=origin or str(n), data_key=str(n), added=NOON, story=None
    )


async def test_no_revision_is_missing_and_no_article_lost(pair: tuple[Database, Database]):
    kept = await asyncio.gather(*(keep(pair[n % 2], n) for n in range(20)))
    assert sorted(each.revision for each in kept) == list(range(1, 21))
    assert sorted(each.entry for each in kept) == list(range(1, 21))
    entries = await SqlLibrary(pair[0]).after_revision(0, limit=100)
    assert {entry.article.text for entry in entries} == {f"Text {n}." for n in range(20)}
    assert len(await SqlLibrary(pair[1]).arrivals(EVERYTHING)) == 20


async def test_one_article_at_twenty_doors_is_new_at_one(pair: tuple[Database, Database]):
    kept = await asyncio.gather(*(keep(pair[n % 2], 1, origin=f"{n}.txt") for n in range(20)))
    assert Counter(each.outcome for each in kept) == {"new": 1, "known": 19}
    assert {each.entry for each in kept} == {1}
    assert sorted(each.revision for each in kept) == list(range(1, 21))


async def test_one_file_brought_twenty_times_is_one_arrival(pair: tuple[Database, Database]):
    kept = await asyncio.gather(*(keep(pair[n % 2], 1) for n in range(20)))
    assert Counter(each.outcome for each in kept) == {"new": 1, "known": 19}
    assert await SqlLibrary(pair[0]).revision() == 1


async def test_a_writer_does_not_hold_up_readers(pair: tuple[Database, Database]):
    await keep(pair[0], 1)
    async with pair[0].writing() as connection:
        await connection.execute(text("UPDATE entries SET title = 'changed'"))
        async with asyncio.timeout(60):
            titles = [(await SqlLibrary(each).entry(1)).article.title for each in pair]
    assert titles == ["Harbour bridge closes for repairs"] * 2
    assert (await SqlLibrary(pair[1]).entry(1)).article.title == "changed"


async def test_a_reader_does_not_hold_up_a_writer(pair: tuple[Database, Database]):
    async with pair[0].reading() as connection:
        await connection.execute(text("SELECT count(*) FROM entries"))
        async with asyncio.timeout(60):
            assert (await keep(pair[1], 1)).revision == 1
            assert (await keep(pair[0], 2)).revision == 2


async def test_a_writer_that_waits_too_long_says_so(store_url: str):
    async with (
        await open_store(StoreSettings(store_url)) as holder,
        await open_store(StoreSettings(store_url, patience=0.05)) as hasty,
    ):
        async with holder.writing() as connection:
            await connection.execute(text("UPDATE counters SET entry = entry"))
            with pytest.raises(StoreError, match="is busy"):
                await keep(hasty, 1)
        assert (await keep(hasty, 1)).revision == 1


async def test_what_is_cancelled_leaves_no_trace_or_all_of_it(pair: tuple[Database, Database]):
    tasks = [asyncio.create_task(keep(pair[0], n)) for n in range(12)]
    for turns, task in enumerate(tasks):
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(60):
        await keep(pair[0], 99)
    library = SqlLibrary(pair[1])
    newest = await library.revision()
    entries = await library.after_revision(0, limit=100)
    assert [entry.revision for entry in entries] == list(range(1, newest + 1))
    assert [arrival.entry for arrival in await library.arrivals(EVERYTHING)] == [each.id for each in entries]


async def test_a_process_that_dies_while_keeping_leaves_nothing_behind(store_url: str):
    script = """
async def die(*args): os._exit(9)

async def main():
    from bot.store import library as arrived
    arrived.Arrived._record = die
    async with await open_store(settings) as database:
        reading = a_reading(an_article("Text 1."))
        await SqlLibrary(database).keep(reading, origin="1", data_key="1", added=NOON, story=None)
"""
    assert await run_together(script, store_url) == [(9, "")]
    async with await open_store(StoreSettings(store_url)) as database:
        assert await SqlLibrary(database).revision() == 0
        assert await keep(database, 1) == Kept(entry=1, revision=1, outcome="new")


async def test_a_full_disk_loses_nothing(sqlite_url: str):
    async with await open_store(StoreSettings(sqlite_url)) as database:
        library = SqlLibrary(database)
        await keep(database, 1)
        await _limit(database, 1)
        long = a_reading(an_article("A long text. " * 50_000))
        with pytest.raises(StoreError, match=r"the disk of the database .* is full"):
            await library.keep(long, origin="long", data_key="long", added=NOON, story=None)
        assert await library.revision() == 1
        assert [entry.id for entry in await library.after_revision(0, limit=9)] == [1]
        await _limit(database, 1_000_000)
        kept = await library.keep(long, origin="long", data_key="long", added=NOON, story=None)
        assert (kept.entry, kept.revision) == (2, 2)


async def _limit(database: Database, pages: int) -> None:
    # The pool has one connection here, so the limit holds for what comes next; never below the present size.
    async with database.reading() as connection:
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


async def test_a_chat_has_no_more_subscriptions_than_it_may_however_many_are_made_at_once(
    pair: tuple[Database, Database],
):
    async def add(n: int, chat: str = "C1") -> bool:
        wanted = Subscription(f"chat:{chat}{n}", f"name{n}", Address("slack", chat), "oil", Schedule("UTC"))
        store = SqlSubscriptions(pair[n % 2])
        return await store.add(wanted, by=Sender("slack", "U1"), created=NOON, most=3)

    made = await asyncio.gather(*(add(n) for n in range(10)), return_exceptions=True)
    assert sum(one is True for one in made) == 3
    assert sum(isinstance(one, SubscriptionsFull) for one in made) == 7
    assert len(await SqlSubscriptions(pair[0]).all()) == 3
    assert await add(1, "C2")
