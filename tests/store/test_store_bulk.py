from __future__ import annotations

import sqlite3

from bot.domain.arriving import Arriving
from bot.domain.model import Window
from bot.store import forgetting
from bot.store.library import SqlLibrary
from bot.store.sql.database import Database, StoreSettings, open_store
from tests.builders import NOON, a_reading, an_article


async def test_a_bulk_drop_marks_what_it_brought_first(database: Database):
    library = SqlLibrary(database)
    reading = a_reading(an_article("One."))
    first = await library.keep(reading, origin="a", data_key="a", added=NOON, story=None)
    again = await library.keep(reading, origin="b", data_key="b", added=NOON, story=None, bulk=True)
    other = await library.keep(
        a_reading(an_article("Two.")), origin="c", data_key="c", added=NOON, story=None, bulk=True
    )
    assert again.entry == first.entry
    assert [one.bulk for one in await library.arrivals(Window(0, 9))] == [False, True, True]
    assert [one.bulk for one in await library.entries([first.entry, other.entry])] == [False, True]


async def test_many_articles_are_forgotten_at_once_however_few_values_a_statement_takes(sqlite_url: str):
    async with await open_store(StoreSettings(sqlite_url)) as database:
        many = [
            Arriving(a_reading(an_article(f"No. {one}.")), f"{one}.txt", str(one), NOON) for one in range(620)
        ]
        assert await SqlLibrary(database).keep_all(many, at=0)
        async with database.writing() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            driver.driver().setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 600)
            removal = await forgetting.remove(connection, range(1, 621), NOON, forget=True)
        assert removal is not None
        assert len(removal.stories) == 620
