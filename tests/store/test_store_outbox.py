from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from bot.domain.errors import StoreError
from bot.domain.events import Sender
from bot.domain.model import Address, Schedule, Subscription
from bot.store.delivery.outbox import LOST_AFTER, SqlOutbox
from bot.store.sql.database import Database, StoreSettings, open_store
from bot.store.sql.delivery_schema import deliveries, digests, occasions
from bot.store.subscriptions import SqlSubscriptions
from tests.builders import NOON
from tests.contracts.outbox import HERE, OutboxContract, a_slot, drained, stage, the_first
from tests.store.processes import run_together


def an_outbox(database: Database, holder: str = "here-1", alive: tuple[str, ...] = ("here-2",)) -> SqlOutbox:
    return SqlOutbox(database, holder=holder, alive=lambda other: other in alive)


class Reopened:
    """An outbox that is opened for each call and closed after it, as by one command each."""

    def __init__(self, url: str) -> None:
        self._settings = StoreSettings(url)

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def call(*args: Any, **kwargs: Any) -> Any:
            async with await open_store(self._settings) as database:
                return await getattr(an_outbox(database), name)(*args, **kwargs)

        return call


class TestSqliteFile(OutboxContract):
    @pytest.fixture
    async def outbox(self, sqlite_url: str) -> AsyncIterator[SqlOutbox]:
        async with await open_store(StoreSettings(sqlite_url)) as database:
            yield an_outbox(database)


class TestSqliteReopened(OutboxContract):
    @pytest.fixture
    def outbox(self, sqlite_url: str) -> Reopened:
        return Reopened(sqlite_url)


class TestPostgres(OutboxContract):
    @pytest.fixture
    async def outbox(self, postgres_url: str) -> AsyncIterator[SqlOutbox]:
        async with await open_store(StoreSettings(postgres_url)) as database:
            yield an_outbox(database)


@pytest.mark.parametrize(
    ("holder", "minutes", "lost"),
    [("here-2", 0, 0), ("gone-3", 0, 1), ("here-1", 0, 1), ("here-2", 11, 1)],
    ids=["alive", "gone", "an earlier life", "too long"],
)
async def test_only_lost_calls_are_recovered(database: Database, holder: str, minutes: int, lost: int):
    other, mine = an_outbox(database, holder), an_outbox(database)
    await stage(mine)
    await other.attempt(await the_first(other), NOON)
    later = NOON + timedelta(minutes=minutes)
    assert await mine.recover(later) == lost
    assert [part.state for part in await mine.waiting(later)] == ["unsure"] * lost


async def test_a_call_under_way_is_not_recovered_by_its_own_process(database: Database):
    outbox = an_outbox(database)
    await stage(outbox)
    part = await the_first(outbox)
    await outbox.attempt(part, NOON)
    assert await outbox.recover(NOON + 2 * LOST_AFTER) == 0
    await outbox.sent(part, "1")
    assert await outbox.recover(NOON) == 0


async def test_attempts_of_many_at_once_are_each_anothers(database: Database):
    outboxes = [an_outbox(database, f"here-{n}") for n in range(4)]
    for n in range(10):
        await stage(outboxes[0], f"s{n}", parts=1, to=Address("slack", f"C{n}"))
    parts = await outboxes[0].waiting(NOON)
    taken = await asyncio.gather(*(outbox.attempt(part, NOON) for part in parts for outbox in outboxes))
    assert sum(taken) == 10
    assert [sum(taken[n : n + 4]) for n in range(0, 40, 4)] == [1] * 10


async def test_many_changes_share_a_commit(sqlite_url: str):
    async with await open_store(StoreSettings(sqlite_url)) as database:
        outbox, commits = an_outbox(database), 0
        for n in range(50):
            await stage(outbox, f"s{n}", parts=1, to=Address("slack", f"C{n}"))
        parts, writing = await outbox.waiting(NOON), database.writing

        def counted() -> Any:
            nonlocal commits
            commits += 1
            return writing()

        database.writing = counted  # type: ignore[method-assign]
        assert all(await asyncio.gather(*(outbox.attempt(part, NOON) for part in parts)))
        await asyncio.gather(*(outbox.sent(part, "1") for part in parts))
        assert commits <= 4


async def test_a_full_disk_fails_the_attempt_and_nothing_is_posted(sqlite_url: str):
    async with await open_store(StoreSettings(sqlite_url)) as database:
        outbox = an_outbox(database)
        await stage(outbox, parts=1)
        part = await the_first(outbox)
        async with database.writing() as connection:
            await connection.execute(
                text("CREATE TRIGGER full BEFORE UPDATE ON deliveries BEGIN SELECT RAISE(ABORT, 'full'); END")
            )
        with pytest.raises(StoreError):
            await outbox.attempt(part, NOON)
        async with database.writing() as connection:
            await connection.execute(text("DROP TRIGGER full"))
        assert await drained(outbox) == ["s 1"]


async def test_two_processes_post_each_part_once(store_url: str):
    async with await open_store(StoreSettings(store_url)) as database:
        for n in range(6):
            await stage(an_outbox(database), f"s{n}", parts=4, to=Address("slack", f"C{n}"))
        script = """
from bot.store.delivery.outbox import SqlOutbox

async def main():
    async with await open_store(settings) as database:
        outbox = SqlOutbox(database, holder=f"here-{os.getpid()}", alive=lambda holder: True)
        for _ in range(200):
            for part in await outbox.waiting(NOON):
                if await outbox.attempt(part, NOON):
                    print(part.payload.plain)
                    await outbox.sent(part, "1")
"""
        ends = await run_together(script, store_url, count=2)
        assert [code for code, _ in ends] == [0, 0]
        posted = Counter(line for _, output in ends for line in output.splitlines())
        assert posted == {f"s{n} {part}": 1 for n in range(6) for part in range(1, 5)}


async def test_two_processes_settle_each_occasion_once(store_url: str):
    async with await open_store(StoreSettings(store_url)) as database:
        script = """
from bot.store.delivery.outbox import SqlOutbox
from tests.contracts.outbox import a_slot, stage

async def main():
    async with await open_store(settings) as database:
        outbox = SqlOutbox(database, holder=f"here-{os.getpid()}", alive=lambda holder: True)
        for day in range(12):
            await outbox.standing("s", now=NOON)
            if await stage(outbox, parts=2, slots=(a_slot(day),)):
                print(day)
"""
        ends = await run_together(script, store_url, count=3)
        assert sorted(int(day) for _, output in ends for day in output.split()) == list(range(12))
        assert len(await drained(an_outbox(database))) == 24


async def test_a_process_that_dies_while_staging_leaves_nothing_behind(store_url: str):
    script = """
import bot.store.delivery.staging
from bot.store.delivery.outbox import SqlOutbox
from tests.contracts.outbox import stage
bot.store.delivery.staging.reach = lambda name: name == "stage-writing" and os._exit(9)

async def main():
    async with await open_store(settings) as database:
        await stage(SqlOutbox(database, holder="here-1", alive=lambda holder: False))
"""
    assert await run_together(script, store_url) == [(9, "")]
    async with await open_store(StoreSettings(store_url)) as database:
        outbox = an_outbox(database)
        assert await outbox.waiting(NOON) == ()
        assert await stage(outbox)


async def test_the_catch_up_and_its_slots_name_one_digest(database: Database):
    outbox = an_outbox(database)
    await stage(outbox, slots=[a_slot(days) for days in range(3)])
    async with database.reading() as connection:
        rows = (await connection.execute(select(occasions.c.kind, occasions.c.digest))).all()
        made = (await connection.execute(select(digests.c.id, digests.c.parts, digests.c.record_hash))).all()
    assert [kind for kind, _ in rows] == ["catchup", "slot", "slot", "slot"]
    assert {digest for _, digest in rows} == {made[0].id}
    assert len(made) == 1
    assert (made[0].parts, len(made[0].record_hash)) == (3, 64)


def a_subscription(id: str = "c1", name: str = "Energy", to: Address = HERE) -> Subscription:
    return Subscription(
        id, name, to, "oil OR gas", Schedule("Europe/London", (NOON.time(),), frozenset({0, 4}))
    )


ANNA = Sender("slack", "U1", "Anna Brill", "T1")


async def test_a_subscription_comes_back_whole(database: Database):
    subscriptions = SqlSubscriptions(database)
    one, two = a_subscription(), a_subscription("c2", "Apples")
    assert await subscriptions.add(two, by=ANNA, created=NOON)
    assert await subscriptions.add(one, by=ANNA, created=NOON - timedelta(hours=1))
    assert await subscriptions.all() == (one, two)


async def test_the_subscriptions_of_a_chat_are_found_without_the_others(database):
    subscriptions = SqlSubscriptions(database)
    here, thread = (
        a_subscription("c1", to=Address("slack", "C1")),
        a_subscription("c2", to=Address("slack", "C1", "7")),
    )
    own = a_subscription("c3", to=Address("slack", "@U1"))
    elsewhere = a_subscription("c4", to=Address("telegram", "C1"))
    for wanted in (own, thread, here, elsewhere, a_subscription("c5", to=Address("slack", "C2"))):
        assert await subscriptions.add(wanted, by=ANNA, created=NOON)
    assert await subscriptions.of_chats("slack", {"C1", "@U1"}) == (here, thread, own)
    assert await subscriptions.of_chats("slack", {"C1\0", "c1", "C%"}) == ()
    assert await subscriptions.of_chats("slack", ()) == ()
    assert await subscriptions.get("c4") == elsewhere
    assert await subscriptions.get("c9") is None


async def test_when_a_subscription_comes_is_kept_and_the_zone_it_follows_is_the_desks(database: Database):
    named = Schedule("Asia/Tokyo", (time(8),), frozenset({4}), (time(22), time(7, 30)))
    alerts = Schedule("Europe/Rome", alerts=3, follows=True)
    subscriptions = SqlSubscriptions(database, "Europe/Rome")
    for number, schedule in enumerate((named, alerts)):
        wanted = replace(a_subscription(f"c{number}", f"N{number}"), schedule=schedule)
        assert await subscriptions.add(wanted, by=ANNA, created=NOON)
    assert [one.schedule for one in await subscriptions.all()] == [named, alerts]
    subscriptions.zone = "Asia/Seoul"
    assert [one.schedule.zone for one in await subscriptions.all()] == ["Asia/Tokyo", "Asia/Seoul"]


async def test_a_changed_subscription_is_kept_and_a_strange_one_is_not(database: Database):
    subscriptions = SqlSubscriptions(database)
    assert await subscriptions.add(a_subscription(), by=ANNA, created=NOON)
    (made,) = await subscriptions.all()
    paused = replace(made.schedule, at=(time(9),), paused=NOON + timedelta(days=7))
    changed = replace(made, query="apples", style="brief", schedule=paused)
    assert await subscriptions.change(changed)
    assert not await subscriptions.change(replace(changed, id="c9"))
    assert await subscriptions.all() == (changed,)
    assert await subscriptions.change(made)
    assert await subscriptions.all() == (made,)


async def test_a_name_is_taken_at_its_destination_only(database: Database):
    subscriptions = SqlSubscriptions(database)
    assert await subscriptions.add(a_subscription(), by=ANNA, created=NOON)
    assert not await subscriptions.add(a_subscription("c2", "ENERGY"), by=ANNA, created=NOON)
    assert not await subscriptions.add(a_subscription("c1", "Other"), by=ANNA, created=NOON)
    assert await subscriptions.add(a_subscription("c3", to=Address("slack", "C9")), by=ANNA, created=NOON)


async def test_who_unsubscribes_gets_no_more_and_the_record_stays(database: Database):
    subscriptions, outbox = SqlSubscriptions(database), an_outbox(database)
    await subscriptions.add(a_subscription(), by=ANNA, created=NOON)
    await stage(outbox, "c1")
    await stage(outbox, "other")
    part = await the_first(outbox)
    await outbox.attempt(part, NOON)
    assert await subscriptions.remove("c1")
    assert not await subscriptions.remove("c1")
    await outbox.sent(part, "1")
    assert await drained(outbox) == ["other 1", "other 2", "other 3"]
    async with database.reading() as connection:
        states = (await connection.execute(select(deliveries.c.state).order_by(deliveries.c.id))).scalars()
        assert [*states][:3] == ["sent", "failed", "failed"]
    assert (await outbox.standing("c1", now=NOON + timedelta(days=1))).digests == 0


async def test_subscriptions_move_with_their_chat(database: Database):
    subscriptions, outbox = SqlSubscriptions(database), an_outbox(database)
    old, new = Address("telegram", "-5"), Address("telegram", "-1005")
    await subscriptions.add(a_subscription("c1", to=old), by=ANNA, created=NOON)
    await subscriptions.add(a_subscription("c2", to=new), by=ANNA, created=NOON)
    await subscriptions.add(
        a_subscription("c3", "Apples", to=Address("telegram", "-5", "9")), by=ANNA, created=NOON
    )
    await outbox.moved(old, new)
    assert [(one.name, one.to) for one in await subscriptions.all()] == [
        ("Energy-2", new),
        ("Energy", new),
        ("Apples", Address("telegram", "-1005", "9")),
    ]


async def test_what_was_for_a_thread_that_is_gone_is_for_its_chat(database: Database):
    subscriptions, outbox = SqlSubscriptions(database), an_outbox(database)
    gone, other, chat = (Address("telegram", "42", thread) for thread in ("7", "8", ""))
    for number, to in enumerate((gone, other, chat), start=1):
        await subscriptions.add(a_subscription(f"c{number}", to=to), by=ANNA, created=NOON)
        await stage(outbox, f"c{number}", to=to)
    await outbox.moved(gone, chat)
    assert [(one.name, one.to) for one in await subscriptions.all()] == [
        ("Energy-2", chat),
        ("Energy", other),
        ("Energy", chat),
    ]
    assert {part.to for part in await outbox.waiting(NOON)} == {other, chat}
    assert await outbox.moves() == {}
    await outbox.moved(chat, chat)
