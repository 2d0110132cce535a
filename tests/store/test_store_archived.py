"""The digests of an archive: those that arrived, by what they were made for, whatever else was staged."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from bot.domain.digests import Shown
from bot.domain.model import Occasion
from bot.store.delivery.archived import ArchivedDigest, SqlArchive
from bot.store.delivery.outbox import SqlOutbox
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import deliveries
from tests.builders import NOON
from tests.contracts.outbox import HERE, a_digest, a_slot, some_parts
from tests.store.test_store_memory import post

HOUR = timedelta(hours=1)


async def test_a_digest_that_arrived_is_found_by_what_it_stands_for_and_the_newest_stands_first(
    database: Database,
):
    outbox, archive = SqlOutbox(database, holder="here-1", alive=lambda _: False), SqlArchive(database)
    slots = (a_slot(hour=8), a_slot(hour=10))
    for digest, stands_for in (
        (a_digest(kind="catchup", key=slots[1].key), slots),
        (a_digest(kind="asked", key="7/ü", until=NOON + HOUR), ()),
        (a_digest(kind="asked", key="unplanned", until=NOON + 2 * HOUR), ()),
        (a_digest("other", "asked", "9"), ()),
    ):
        shown = None if digest.occasion.key == "unplanned" else Shown("UTC")
        assert await outbox.stage(digest, some_parts(1), to=HERE, slots=stands_for, shown=shown)
    assert await archive.digests("s", limit=9) == ()
    assert await archive.digest(Occasion("slot", "s", slots[0].key)) is None
    await post(outbox, "m1", "m2", "m3", "m4")
    catchup, asked = Occasion("catchup", "s", slots[1].key), Occasion("asked", "s", "7/ü")
    listed = (
        ArchivedDigest(asked, "morning", NOON + HOUR, HERE),
        ArchivedDigest(catchup, "morning", NOON, HERE),
    )
    assert await archive.digests("s", limit=9) == listed
    assert await archive.digests("s", limit=1, offset=1) == listed[1:]
    found = await archive.digest(catchup)
    assert found is not None
    assert found == await archive.digest(Occasion("slot", "s", slots[0].key))
    assert await archive.digest(Occasion("slot", "other", slots[0].key)) is None
    async with database.writing() as connection:
        await connection.execute(delete(deliveries))  # of which nobody knows any more after 90 days
    assert await archive.digests("s", limit=9) == listed
    assert not await archive.is_removed(10**18 - 1)
