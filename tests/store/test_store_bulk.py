from __future__ import annotations

from bot.domain.model import Window
from bot.store.library import SqlLibrary
from bot.store.sql.database import Database
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
