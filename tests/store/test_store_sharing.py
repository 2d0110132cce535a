"""Several processes on one store: an occasion is begun by one of them, and an address is posted to by one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta

import pytest

from bot.domain.events import Delivery
from bot.domain.model import Address
from bot.domain.reasons import Reason
from bot.store.delivery.leases import LEASE
from bot.store.delivery.outbox import SqlOutbox
from bot.store.sql.database import Database, StoreSettings, open_store
from tests.builders import NOON
from tests.contracts.outbox import HERE, THERE, a_slot, stage

SLOT = ("s", a_slot().key)
LATE = NOON + LEASE
Desks = Mapping[str, SqlOutbox]


def desks_on(database: Database, dead: tuple[str, ...] = ("gone",)) -> Desks:
    return {
        name: SqlOutbox(database, holder=name, alive=lambda other: other not in dead)
        for name in ("one", "two", *dead)
    }


@pytest.fixture
def desks(database: Database) -> Desks:
    return desks_on(database)


@pytest.fixture
async def shared(postgres_url: str) -> AsyncIterator[Desks]:
    """Two desks, each with connections of its own as on a host of its own, and one that is gone."""
    async with await open_store(StoreSettings(postgres_url)) as database:
        yield desks_on(database)


async def test_an_occasion_that_one_desk_is_at_is_not_begun_by_another(desks: Desks):
    assert await desks["one"].begin(*SLOT, NOON) == 0
    assert await desks["two"].begin(*SLOT, NOON + LEASE / 2) is None
    assert await desks["two"].begin("s", a_slot(1).key, NOON) == 0


@pytest.mark.parametrize(("who", "when"), [("gone", NOON), ("one", LATE), ("one", NOON - 3 * LEASE)])
async def test_it_is_taken_over_and_counted_from_who_is_gone_or_says_nothing(desks: Desks, who: str, when):
    await desks[who].begin(*SLOT, NOON)
    assert await desks["two"].begin(*SLOT, when) == 1
    assert await desks["one"].begin(*SLOT, when) is None


async def test_who_says_that_it_is_still_at_it_keeps_it(desks: Desks):
    await desks["one"].begin(*SLOT, NOON)
    await desks["one"].renew([SLOT], [], NOON + LEASE / 2)
    await desks["two"].renew([SLOT], [], NOON + LEASE)
    assert await desks["two"].begin(*SLOT, LATE) is None
    assert await desks["two"].begin(*SLOT, LATE + LEASE / 2) == 1


async def test_what_is_staged_is_begun_by_nobody(desks: Desks):
    await desks["one"].begin(*SLOT, NOON)
    await stage(desks["one"])
    assert [await desks[name].begin(*SLOT, LATE) for name in ("one", "two")] == [None, None]


async def test_who_lost_it_does_not_end_it_for_who_has_it(desks: Desks):
    await desks["one"].begin(*SLOT, NOON)
    await desks["two"].begin(*SLOT, LATE)
    await desks["one"].end(*SLOT)
    assert await desks["one"].begin(*SLOT, LATE) is None
    await desks["two"].end(*SLOT)
    assert await desks["one"].begin(*SLOT, LATE) == 0


async def test_who_retires_leaves_all_that_it_has(shared: Desks):
    await stage(shared["one"])
    await shared["one"].begin("other", SLOT[1], NOON)
    parts = await shared["one"].waiting(NOON)
    assert await held(shared["one"]) == parts
    await shared["one"].retire()
    assert await shared["two"].begin("other", SLOT[1], NOON) == 1
    assert await held(shared["two"]) == parts


async def held(desk: SqlOutbox, now: datetime = NOON, most: int = 9) -> tuple[Delivery, ...]:
    """What the desk holds of all that is due."""
    parts, _ = await desk.hold(await desk.due(now), now, most)
    return parts


async def test_an_address_is_held_by_one_desk_until_that_leaves_it(shared: Desks):
    one, two = shared["one"], shared["two"]
    for subscription, to in (("here", HERE), ("there", THERE)):
        await stage(one, subscription, to=to)
    parts = await one.waiting(NOON)
    assert await one.due(NOON) == (HERE, THERE)
    assert await one.hold([HERE, THERE], NOON, 1) == (parts[:1], frozenset()), "as many as there is room for"
    assert await two.hold([HERE, THERE], NOON, 1) == (parts[1:], {HERE}), "and the rest is another's"
    assert await one.hold([HERE, THERE], NOON, 2) == (parts[:1], {THERE}), "what it holds it may hold again"
    await two.leave(HERE)
    assert await two.hold([HERE], NOON, 1) == ((), {HERE})
    await one.leave(HERE)
    assert await two.hold([HERE], NOON, 1) == (parts[:1], frozenset())


async def test_an_address_is_left_with_the_last_part_that_can_be_worked_on(shared: Desks):
    one, two = shared["one"], shared["two"]
    await stage(one, parts=2)
    ((first,), _) = await one.hold([HERE], NOON, 1)
    await one.attempt(first, NOON)
    assert await one.next(HERE, NOON) == (None, False), "a call is under way"
    assert await two.hold([HERE], NOON, 1) == ((), frozenset()), "who asked has left it"
    await one.sent(first, "1.1")
    ((second,), _) = await one.hold([HERE], NOON, 1)
    assert await one.next(HERE, NOON) == (second, True)
    assert await two.hold([HERE], NOON, 1) == ((), {HERE})
    await one.attempt(second, NOON)
    await one.postpone(second, NOON + LEASE, Reason("post.absent"))
    assert await one.next(HERE, NOON) == (None, True), "something may be later"
    assert (await one.next(HERE, NOON + LEASE))[0] is not None


@pytest.mark.parametrize(("who", "after"), [("gone", timedelta()), ("one", LEASE)])
async def test_an_address_of_who_is_gone_or_says_nothing_is_free(shared: Desks, who: str, after: timedelta):
    await stage(shared["one"])
    parts = await held(shared[who])
    assert await held(shared["two"], NOON + after) == parts
    assert await held(shared["one"], NOON + after) == ()


async def test_an_address_that_is_still_posted_to_is_kept(shared: Desks):
    await stage(shared["one"])
    await held(shared["one"])
    await shared["one"].renew([], [HERE, Address("slack", "C9")], NOON + LEASE / 2)
    assert await held(shared["two"], LATE) == ()


async def test_what_another_has_done_meanwhile_is_not_handed_out(shared: Desks):
    await stage(shared["one"], parts=1)
    (part,) = await shared["two"].waiting(NOON)
    await shared["one"].attempt(part, NOON)
    await shared["one"].sent(part, "1.1")
    assert await shared["two"].hold([HERE], NOON, 1) == ((), frozenset())
    await stage(shared["one"], "next", parts=1)
    assert await held(shared["one"]) == await shared["one"].waiting(NOON), (
        "nobody holds an address for nothing"
    )


async def test_one_file_has_one_desk_and_nothing_to_divide(sqlite_url: str):
    async with await open_store(StoreSettings(sqlite_url)) as database:
        desks = desks_on(database)
        await stage(desks["one"])
        parts = await desks["one"].waiting(NOON)
        assert await held(desks["one"]) == await held(desks["two"]) == parts
        assert await held(desks["one"], most=0) == ()
