"""Old parts are let go of; what is open, the newest digest and every occasion stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.events import Pressed, Sender
from bot.domain.model import Occasion
from bot.domain.reasons import in_words
from bot.ingest.placing import STORY_MEMORY
from bot.store import retention as module
from bot.store.delivery.leases import Leases
from bot.store.delivery.outbox import SqlOutbox
from bot.store.delivery.results import DigestResults
from bot.store.library import SqlLibrary
from bot.store.retention import AT_ONCE, GISTS_FOR, KEPT_FOR, Retention
from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import deliveries, digests, leases, occasions
from bot.store.sql.library_schema import entries, gists
from tests.builders import NOON
from tests.contracts.outbox import HERE, a_digest, a_slot, drained, some_parts
from tests.contracts.stories import told as told_of

DAY = timedelta(days=1)
LATER = NOON + KEPT_FOR + DAY


@pytest.fixture
def outbox(database: Database) -> SqlOutbox:
    return SqlOutbox(database, holder="here-1", alive=lambda _: False)


async def stage(outbox: SqlOutbox, day: int, parts: int = 2, subscription: str = "s") -> None:
    """A digest that was made so many days after noon."""
    slot = a_slot(day)
    digest = a_digest(subscription, key=slot.key, until=NOON + day * DAY)
    assert await outbox.stage(
        digest, some_parts(parts, f"{subscription}{day}"), to=HERE, slots=(slot,), record=""
    )


async def kept(database: Database) -> list[str]:
    async with database.reading() as connection:
        return list(
            (await connection.execute(select(deliveries.c.plain).order_by(deliveries.c.id))).scalars()
        )


async def rows(database: Database, *tables: object) -> list[int]:
    async with database.reading() as connection:
        return [len((await connection.execute(select(table))).all()) for table in tables]


async def test_what_was_posted_long_ago_is_let_go_of(database: Database, outbox: SqlOutbox):
    for day in (0, 2, 3):
        await stage(outbox, day)
    await drained(outbox)
    retention = Retention(database)
    assert await retention.forget_old(NOON + KEPT_FOR) == 0
    assert await retention.forget_old(LATER) == 2
    assert await retention.forget_old(LATER) == 0
    assert await kept(database) == ["s2 1", "s2 2", "s3 1", "s3 2"]


async def test_the_newest_digest_of_each_subscription_is_still_told_of(database: Database, outbox: SqlOutbox):
    await stage(outbox, 0)
    await stage(outbox, 1, subscription="t")
    await drained(outbox)
    told = await DigestResults(database, "UTC").last("s")
    assert await Retention(database).forget_old(NOON + 10 * KEPT_FOR) == 0
    assert await DigestResults(database, "UTC").last("s") == told


async def test_no_occasion_is_forgotten_and_none_comes_again(database: Database, outbox: SqlOutbox):
    for day in range(3):
        await stage(outbox, day)
    await drained(outbox)
    before = await rows(database, occasions, digests)
    standing = await outbox.standing("s", now=NOON)
    assert await Retention(database).forget_old(NOON + 10 * KEPT_FOR) == 4
    assert await rows(database, occasions, digests) == before
    assert await outbox.standing("s", now=NOON) == standing
    for day in range(3):
        slot = a_slot(day)
        assert await outbox.settled(Occasion("slot", "s", slot.key))
        assert not await outbox.stage(a_digest(key=slot.key), some_parts(1), to=HERE, slots=(slot,))
    await stage(outbox, 3)
    assert await drained(outbox) == ["s3 1", "s3 2"]


@pytest.mark.parametrize("state", ["waiting", "sending", "unsure"])
async def test_what_is_open_stays_however_old(database: Database, outbox: SqlOutbox, state: str):
    await stage(outbox, 0)
    (part,) = await outbox.waiting(NOON)
    if state != "waiting":
        await outbox.attempt(part, NOON)
    if state == "unsure":
        await outbox.unsure(part, NOON, in_words("lost"))
    await stage(outbox, 1)
    assert await Retention(database).forget_old(NOON + 10 * KEPT_FOR) == 0
    assert len(await kept(database)) == 4


@pytest.mark.parametrize("state", ["failed", "uncertain"])
async def test_what_was_given_up_is_let_go_of_too(database: Database, outbox: SqlOutbox, state: str):
    await stage(outbox, 0, parts=1)
    (part,) = await outbox.waiting(NOON)
    await outbox.attempt(part, NOON)
    await getattr(outbox, state)(part, in_words("no"))
    await stage(outbox, 1, parts=1)
    assert await Retention(database).forget_old(LATER) == 1
    assert await kept(database) == ["s1 1"]


async def test_a_part_that_was_posted_late_is_kept_from_then_on(database: Database, outbox: SqlOutbox):
    await stage(outbox, 0, parts=1)
    await stage(outbox, 1, parts=1)
    late = NOON + 30 * DAY
    (part,) = await outbox.waiting(late)
    await outbox.attempt(part, late)
    await outbox.sent(part, "1")
    assert await Retention(database).forget_old(LATER) == 0
    assert await Retention(database).forget_old(late + KEPT_FOR + DAY) == 1


async def test_a_long_history_is_let_go_of_in_small_steps(database: Database, outbox: SqlOutbox):
    await stage(outbox, 0, parts=AT_ONCE + 1)
    await stage(outbox, 1, parts=1)
    async with database.writing() as connection:
        await connection.execute(deliveries.update().values(state="sent", attempted=0))
    assert await Retention(database).forget_old(LATER) == AT_ONCE + 1
    assert await kept(database) == ["s1 1"]


async def test_leases_that_nobody_renews_are_let_go_of(database: Database):
    held = Leases(database, lambda _: True)

    async def take(name: str, at: datetime) -> None:
        assert await held.take(name, "here-1", at, timedelta(minutes=1)) is None

    await take("slack:old", NOON)
    await take("slack:new", NOON + DAY)
    await Retention(database).forget_old(NOON + DAY)
    assert await rows(database, leases) == [2]
    await Retention(database).forget_old(NOON + DAY + timedelta(hours=1))
    assert await rows(database, leases) == [1]


async def test_a_posted_message_is_known_as_its_subscriptions_digest(database: Database, outbox: SqlOutbox):
    await stage(outbox, 0)
    await stage(outbox, 1, subscription="t")
    results, ada = DigestResults(database, "UTC"), Sender(HERE.platform, "U0ADA")
    async with database.reading() as connection:
        own = occasions.c.subscription == "s"
        part = select(deliveries.c.id).join(occasions, occasions.c.id == deliveries.c.occasion).where(own)
        number = (await connection.execute(part.limit(1))).scalar_one()
    pressed = Pressed("key", HERE, ada, "digest", "s", f"m{number}")
    assert not await results.carries("s", pressed)
    await drained(outbox)
    assert await results.carries("s", pressed)
    assert not await results.carries("t", pressed)
    for forged in (
        replace(pressed, message=""),
        replace(pressed, message="m\0"),
        replace(pressed, at=replace(HERE, chat="C0ELSE")),
        replace(pressed, at=replace(HERE, platform="console")),
    ):
        assert not await results.carries("s", forged)


FEW = 5


async def test_gists_of_stories_that_ended_go_and_those_of_stories_that_grow_stay(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(module, "AT_ONCE", FEW)
    library = SqlLibrary(database)
    grows = await told_of(library, "The ferry hit the rocks.")
    for number in range(FEW + 1):
        await told_of(library, f"Ended {number}.")
    late = NOON + GISTS_FOR
    await told_of(library, "The ferry was towed.", story=grows.entry, added=late)
    retention, begin = Retention(database), datetime.min.replace(tzinfo=UTC)
    await retention.forget_old(late)
    assert await rows(database, gists) == [FEW + 3]
    await retention.forget_old(late + DAY)
    left = await library.members(since=begin, after=0, limit=9)
    assert [member.entry for member in left] == [grows.entry, FEW + 3]
    assert await rows(database, entries) == [FEW + 3]


def test_gists_outlive_the_stories_that_may_continue():
    assert GISTS_FOR > STORY_MEMORY
