from __future__ import annotations

from bot.store.library import SqlLibrary
from bot.store.rereading import Rereading
from bot.store.sql.database import Database
from tests.builders import NOON, a_reading, an_article


async def test_a_text_that_another_entry_has_or_that_was_corrected_is_left(database: Database):
    library, rereading = SqlLibrary(database), Rereading(database)
    for name in ("Ships sail.", "Apples freeze."):
        reading = a_reading(an_article(name))
        await library.keep(reading, origin=name, data_key=name, added=NOON, story=None)
    wanted = await rereading.wanted()
    before = await library.entries([1, 2])
    double = await rereading.put(wanted["Ships sail."], a_reading(an_article("Apples freeze.")), NOON)
    assert (double.outcome, await library.entries([1, 2])) == ("double", before)
    longer = a_reading(an_article("Ships sail. At last."))
    assert (await rereading.put(wanted["Ships sail."], longer, NOON)).outcome == "changed"
    again = await library.keep(
        a_reading(an_article("Ships sail.")), origin="c", data_key="c", added=NOON, story=None
    )
    assert (again.entry, again.outcome) == (1, "known")
    back = a_reading(an_article("Ships sail."))
    assert (await rereading.put(wanted["Ships sail."], back, NOON)).outcome == "changed"
    corrected = a_reading(an_article("Ships stay."))
    await library.keep(corrected, origin="d", data_key="d", added=NOON, story=None, revises=1)
    assert (await rereading.put(wanted["Ships sail."], longer, NOON)).outcome == "corrected"
    entry = await library.entry(1)
    assert (entry.article.text, entry.reread) == ("Ships stay.", None)
    assert [one.id for one in await library.after_revision(0, limit=9)] == [2, 1]
