from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from bot.domain.reasons import Reason
from bot.store.delivery.backlog import Backlog
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import deliveries
from tests.builders import NOON
from tests.contracts.outbox import HERE, THERE, a_digest, a_slot, drained, some_parts, stage, the_first
from tests.store.test_store_outbox import an_outbox


async def test_parts_are_counted_by_platform_and_state_and_the_oldest_digest_that_waits_is_known(
    database: Database,
):
    outbox, backlog = an_outbox(database), Backlog(database)
    assert (await backlog.parts(), await backlog.oldest()) == ({}, None)
    await stage(outbox, parts=2)
    older = a_digest("t", until=NOON - timedelta(hours=2))
    await outbox.stage(older, some_parts(1), to=THERE, slots=(a_slot(),))
    assert await backlog.parts() == {("slack", "waiting"): 2, ("telegram", "waiting"): 1}
    assert await backlog.oldest() == older.until
    (other,) = [part for part in await outbox.waiting(NOON) if part.to == THERE]
    await outbox.attempt(other, NOON)
    assert await backlog.oldest() == older.until, "a call under way is not posted yet"
    await outbox.failed(replace(other, state="waiting"), Reason("post.ended"))
    assert await backlog.parts() == {("slack", "waiting"): 2, ("telegram", "failed"): 1}
    assert await backlog.oldest() == NOON
    await drained(outbox)
    assert (await backlog.parts())["slack", "sent"] == 2
    assert await backlog.oldest() is None


async def test_what_nobody_can_hurry_is_not_late(database: Database):
    """The rest of a digest for a place that is closed, and changes of what was posted."""
    outbox, backlog = an_outbox(database), Backlog(database)
    await stage(outbox, parts=2)
    first = await the_first(outbox)
    await outbox.attempt(first, NOON)
    await outbox.sent(first, "m1")
    assert await backlog.oldest() == NOON
    await outbox.shut(HERE, Reason("post.ended"), NOON)
    assert await backlog.parts() == {("slack", "sent"): 1, ("slack", "waiting"): 1}
    assert await backlog.oldest() is None
    await outbox.reopen(HERE)
    assert await backlog.oldest() == NOON
    async with database.writing() as connection:
        await connection.execute(update(deliveries).values(amended=True))
    assert await backlog.oldest() is None
