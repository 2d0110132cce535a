"""Leases, words that were heard, searches behind buttons, strangers."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.events import Pressed, Said, Sender
from bot.domain.model import Address
from bot.store.conversations import MOST_CALLERS, SqlConversationLog
from bot.store.delivery.leases import Leases
from bot.store.sql.database import Database, StoreSettings, open_store
from bot.store.sql.delivery_schema import heard, searches
from tests.builders import NOON
from tests.fakes import FakeClock
from tests.store.processes import run_together

MINUTE = timedelta(minutes=1)
HERE = Address("slack", "C1")
ADA = Sender("slack", "U0ADA", "Ada", "T1")


def press(at: Address, *, message: str = "", by: str = ADA.id) -> Pressed:
    return Pressed("key", at, Sender(at.platform, by), "page", "", message)


@pytest.fixture
def leases(database: Database) -> Leases:
    return Leases(database, lambda holder: holder != "gone-3")


async def test_a_lease_is_one_holders(leases: Leases):
    assert await leases.take("slack", "here-1", NOON, MINUTE) is None
    assert await leases.take("slack", "here-2", NOON, MINUTE) == "here-1"
    assert await leases.take("telegram", "here-2", NOON, MINUTE) is None
    assert await leases.take("slack", "here-1", NOON + MINUTE / 2, MINUTE) is None
    assert await leases.take("slack", "here-2", NOON + MINUTE, MINUTE) == "here-1"


async def test_a_lease_that_ran_out_is_taken_over(leases: Leases):
    await leases.take("slack", "here-1", NOON, MINUTE)
    assert await leases.take("slack", "here-2", NOON + MINUTE, MINUTE) is None
    assert await leases.take("slack", "here-1", NOON + MINUTE, MINUTE) == "here-2"


async def test_what_is_held_is_held_from_the_clocks_now_on(leases: Leases):
    clock = FakeClock(NOON)
    one, other = (leases.holding(name, clock) for name in ("here-1", "here-2"))
    assert [await one("s", MINUTE), await other("s", MINUTE), await one("s", MINUTE)] == [True, False, True]
    assert await other("t", MINUTE)
    clock.pass_by(minutes=1)
    assert [await other("s", MINUTE), await one("s", MINUTE)] == [True, False]


async def test_a_dead_process_holds_nothing(leases: Leases):
    await leases.take("slack", "gone-3", NOON, MINUTE)
    assert await leases.take("slack", "here-2", NOON, MINUTE) is None


async def test_a_lease_of_a_wrong_clock_does_not_last_for_years(leases: Leases):
    await leases.take("slack", "here-1", NOON + timedelta(days=3650), MINUTE)
    assert await leases.take("slack", "here-2", NOON, MINUTE) is None


async def test_who_gives_back_gives_back_their_own(leases: Leases):
    await leases.take("slack", "here-1", NOON, MINUTE)
    await leases.release("here-2")
    assert await leases.take("slack", "here-2", NOON, MINUTE) == "here-1"
    await leases.release("here-1")
    assert await leases.take("slack", "here-2", NOON, MINUTE) is None


async def test_one_of_many_processes_gets_the_lease(store_url: str):
    script = """
from bot.runtime.processes import may_be_alive, this_process
from bot.store.delivery.leases import Leases
from datetime import timedelta

async def main():
    async with await open_store(settings) as database:
        print(await Leases(database, may_be_alive).take("slack", this_process(), NOON, timedelta(minutes=1)))
        sys.stdin.read()
"""
    await (await open_store(StoreSettings(store_url))).aclose()
    ends = await run_together(script, store_url, count=3)
    assert sorted(output == "None\n" for _, output in ends) in (
        [False, False, True],
        [False, True, True],
        [True] * 3,
    )
    assert [code for code, _ in ends] == [0, 0, 0]


async def test_words_are_heard_once_across_restarts(store_url: str):
    for expected in (True, False):
        async with await open_store(StoreSettings(store_url)) as database:
            assert await SqlConversationLog(database).heard("slack:Ev1", NOON) is expected
            assert await SqlConversationLog(database).heard("slack:Ev\ud800" + "2" * 9000, NOON) is expected


async def test_one_of_many_hears(database: Database):
    assert sum(await asyncio.gather(*(SqlConversationLog(database).heard("k", NOON) for _ in range(10)))) == 1


async def test_what_was_heard_is_forgotten_after_a_day(database: Database):
    conversation_log = SqlConversationLog(database)
    await conversation_log.heard("old", NOON - timedelta(hours=25))
    await conversation_log.heard("new", NOON - timedelta(hours=24))
    await conversation_log.forget_old(NOON)
    async with database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(heard))).scalar() == 1
    assert not await conversation_log.heard("new", NOON)
    assert await conversation_log.heard("new", NOON + timedelta(hours=2))


async def test_a_search_is_recalled_where_it_was_made(database: Database):
    conversation_log = SqlConversationLog(database)
    made = await conversation_log.remember('oil "north sea" -gas', HERE, ADA, NOON)
    assert await conversation_log.recall(made, press(HERE)) == 'oil "north sea" -gas'
    assert await conversation_log.recall(made, press(Address("slack", "C1", "17.4"))) is not None
    assert await conversation_log.recall(made, press(Address("slack", "C2"))) is None
    assert await conversation_log.recall(made, press(HERE, by="U0BRAM")) is None
    assert [await conversation_log.recall(n, press(HERE)) for n in ("", made[:-1], "\0", "\ud800")] == [
        None
    ] * 4


async def test_a_search_is_recalled_by_the_message_that_answers_it(database: Database):
    conversation_log = SqlConversationLog(database)
    made = await conversation_log.remember("oil", HERE, ADA, NOON)
    other = await conversation_log.remember("gas", HERE, ADA, NOON)
    assert await conversation_log.recall(made, press(HERE, message="1.1")) is None
    await conversation_log.answered(made, "1.1")
    assert await conversation_log.recall(made, press(HERE, message="1.1")) == "oil"
    assert await conversation_log.recall(made, press(HERE, message="1.1", by="U0BRAM")) == "oil"
    assert await conversation_log.recall(made, press(HERE, message="1.2")) is None
    assert await conversation_log.recall(made, press(HERE)) is None
    assert await conversation_log.recall(other, press(HERE, message="1.1")) is None
    assert await conversation_log.recall(made, press(Address("telegram", "C1"), message="1.1")) is None


async def test_a_token_of_a_forgotten_search_stands_for_nothing(database: Database):
    conversation_log = SqlConversationLog(database)
    old = await conversation_log.remember("old", HERE, ADA, NOON - timedelta(days=31))
    await conversation_log.forget_old(NOON)
    async with database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(searches))).scalar() == 0
    assert await conversation_log.remember("new", HERE, ADA, NOON) != old
    assert await conversation_log.recall(old, press(HERE)) is None


async def test_the_latest_strangers_are_known(database: Database):
    conversation_log = SqlConversationLog(database)
    for n in range(MOST_CALLERS + 5):
        await conversation_log.called(
            Sender("telegram", f"{n}", "x" * 500), Address("telegram", f"{n}"), NOON + n * MINUTE
        )
    await conversation_log.called(
        Sender("telegram", "7", "Sever\0in"), Address("telegram", "7"), NOON + 900 * MINUTE
    )
    callers = await conversation_log.callers()
    assert len(callers) == MOST_CALLERS
    assert (callers[0].sender.name, callers[0].chat, callers[0].last) == (
        "Sever\ufffdin",
        "7",
        NOON + 900 * MINUTE,
    )
    assert len(callers[1].sender.name) == 80
    assert len({caller.chat for caller in callers}) == MOST_CALLERS


async def test_who_gave_a_file_is_told_once_whoever_else_asks_at_that_moment(store_url: str):
    settings = StoreSettings(store_url)
    async with await open_store(settings) as one, await open_store(settings) as other:
        logs = SqlConversationLog(one), SqlConversationLog(other)
        for number in range(5):
            name = f"notes-{number}.txt"
            await logs[0].given(name, name, Said("key", HERE, ADA, ""), NOON)
            found = await asyncio.gather(*(log.giver(name) for log in logs * 3))
            assert sum(one is not None for one in found) == 1
