"""Whose turn it is: nobody is left behind, and what was posted before a restart still counts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.chat.rate_limits import Key, Limits, Pace, Spent
from bot.delivery.pacing import Pacing
from bot.domain.errors import StoreError
from bot.domain.model import Address
from bot.platforms import LIMITS
from tests.builders import NOON
from tests.fakes import FakeClock, MemoryPaces

CHANNEL, GROUP = Address("slack", "C1"), Address("telegram", "-100777")
SECOND = timedelta(seconds=1)


class TurnedClock(FakeClock):
    """Wakes its sleepers one after the other, each at its moment, once nobody has anything else to do."""

    def __init__(self, now: datetime = NOON) -> None:
        super().__init__(now)
        self._sleepers: list[tuple[datetime, int, asyncio.Event]] = []
        self._count = 0

    async def sleep_until(self, moment: datetime) -> None:
        woken = asyncio.Event()
        self._count += 1
        self._sleepers.append((moment, self._count, woken))
        await woken.wait()

    async def turn(self, until: asyncio.Task[None]) -> None:
        while not until.done():
            for _ in range(20):
                await asyncio.sleep(0)
            if self._sleepers:
                self._sleepers.sort(key=lambda sleeper: sleeper[:2])
                moment, _, woken = self._sleepers.pop(0)
                self._now = max(self._now, moment)
                woken.set()


async def posted(
    pacing: Pacing, clock: FakeClock, chats: list[Address], parts: int
) -> list[tuple[float, Address]]:
    """Each chat's parts, posted as soon as it is their turn: seconds since noon, and where to."""
    done: list[tuple[float, Address]] = []

    async def lane(to: Address) -> None:
        for _ in range(parts):
            await pacing.turn(to)
            done.append(((clock.now() - NOON).total_seconds(), to))

    async def lanes() -> None:
        await asyncio.gather(*(lane(to) for to in chats))

    task = asyncio.create_task(lanes())
    if isinstance(clock, TurnedClock):
        await clock.turn(task)
    await task
    return done


async def test_chats_that_share_a_limit_end_together():
    clock = TurnedClock()
    chats = [Address("telegram", str(n)) for n in range(50)]
    done = await posted(Pacing(LIMITS, MemoryPaces(), clock), clock, chats, 20)
    last = {to: moment for moment, to in done}
    assert max(last.values()) - min(last.values()) < 3
    assert max(last.values()) < 1000 / 30 * 1.05


class SlowPaces(MemoryPaces):
    """Each change takes a tenth of a second, as on a busy machine."""

    def __init__(self, clock: TurnedClock) -> None:
        super().__init__()
        self._clock = clock
        self.changes = 0

    async def change(
        self, keys: Sequence[Key], step: Callable[[Mapping[Key, Spent]], Mapping[Key, Spent]]
    ) -> Mapping[Key, Spent]:
        self.changes += 1
        await self._clock.sleep_until(self._clock.now() + SECOND / 10)
        return await super().change(keys, step)


async def test_a_store_that_takes_its_time_slows_no_line_down():
    clock = TurnedClock()
    shared = SlowPaces(clock)
    chats = [Address("telegram", str(n)) for n in range(120)]
    done = await posted(Pacing(LIMITS, shared, clock), clock, chats, 1)
    assert [to for _, to in done] == chats
    moments = [moment for moment, _ in done]
    assert moments[-1] < 120 / 30 + 0.5
    assert most_within(moments, 1) <= 20 + 30 + 3
    assert shared.changes < 60


async def test_a_chat_at_its_own_limit_holds_nobody_else():
    clock = TurnedClock()
    pacing = Pacing({"x": Limits(chat=Pace(0.1), overall=Pace(10, 1))}, MemoryPaces(), clock)
    chats = [Address("x", str(n)) for n in range(5)]
    first = await posted(pacing, clock, chats, 1)
    assert max(moment for moment, _ in first) < 0.5
    done = await posted(pacing, clock, [chats[0], Address("x", "other")], 1)
    assert [to.chat for _, to in done] == ["other", "0"]
    assert done[0][0] < 1


async def test_what_another_process_posted_before_counts():
    clock, shared = TurnedClock(), MemoryPaces()
    await posted(Pacing(LIMITS, shared, clock), clock, [CHANNEL], 3)
    clock.pass_by(seconds=0.25)
    ((moment, _),) = await posted(Pacing(LIMITS, shared, clock), clock, [CHANNEL], 1)
    assert 1 <= moment <= 1.1


async def test_a_group_that_got_its_twenty_from_others_waits_out_the_minute():
    clock, shared = TurnedClock(), MemoryPaces()
    before = [moment for moment, _ in await posted(Pacing(LIMITS, shared, clock), clock, [GROUP], 20)]
    ((moment, _),) = await posted(Pacing(LIMITS, shared, clock), clock, [GROUP], 1)
    assert moment == before[0] + 61


async def test_what_others_were_refused_closes_the_chat_here_too():
    clock, shared = TurnedClock(), MemoryPaces()
    await Pacing(LIMITS, shared, clock).refused(CHANNEL, 30 * SECOND)
    done = await posted(Pacing(LIMITS, shared, clock), clock, [CHANNEL, Address("slack", "C2")], 1)
    assert done == [(0.0, Address("slack", "C2")), (30.0, CHANNEL)]


class ShiftedClock:
    """The clock of another host: the same time, shown wrong."""

    def __init__(self, clock: FakeClock, ahead: timedelta) -> None:
        self._clock, self._ahead = clock, ahead

    def now(self) -> datetime:
        return self._clock.now() + self._ahead

    async def sleep_until(self, moment: datetime) -> None:
        await self._clock.sleep_until(moment - self._ahead)


@pytest.mark.parametrize("ahead", [0, 0.3, 20, -20])
@pytest.mark.sampled(2)
async def test_three_processes_keep_one_limit(ahead):
    clock, shared = TurnedClock(), MemoryPaces()
    clocks = [clock, clock, ShiftedClock(clock, ahead * SECOND)]
    done: list[tuple[float, Address]] = []

    async def lane(pacing: Pacing, to: Address) -> None:
        for _ in range(6):
            await pacing.turn(to)
            done.append(((clock.now() - NOON).total_seconds(), to))

    async def lanes() -> None:
        paces = [Pacing(LIMITS, shared, its) for its in clocks]
        chats = [CHANNEL, GROUP, *(Address("telegram", str(n)) for n in range(30))]
        await asyncio.gather(*(lane(pacing, to) for pacing in paces for to in chats))

    task = asyncio.create_task(lanes())
    await clock.turn(task)
    await task
    moments = {to: sorted(moment for moment, there in done if there == to) for _, to in done}
    assert most_within(moments[CHANNEL], 10) <= 3 + 10
    assert most_within(moments[GROUP], 60) <= 20
    telegram = sorted(moment for moment, to in done if to.platform == "telegram")
    # A host whose clock is ahead finds the bucket fuller by that much, once.
    assert most_within(telegram, 5) <= 20 + 5 * 30 + min(20, 30 * abs(ahead))


def most_within(moments: list[float], seconds: float) -> int:
    return max(sum(start <= when < start + seconds for when in moments) for start in moments)


async def test_without_the_store_what_this_process_knows_still_holds():
    class Gone:
        async def change(self, *_: object) -> Mapping[Key, Spent]:
            raise StoreError("the database is gone")

    clock = TurnedClock()
    moments = [moment for moment, _ in await posted(Pacing(LIMITS, Gone(), clock), clock, [CHANNEL], 6)]
    assert moments[:3] == [0, 0, 0]
    assert all(1 <= later - sooner <= 1.1 for sooner, later in pairwise(moments[2:]))


async def test_calls_of_a_clock_that_was_ahead_were_made_now():
    clock, shared = TurnedClock(), MemoryPaces()
    await posted(Pacing(LIMITS, shared, FakeClock(NOON + timedelta(days=1))), clock, [CHANNEL], 3)
    ((moment, _),) = await posted(Pacing(LIMITS, shared, clock), clock, [CHANNEL], 1)
    assert 1 <= moment <= 1.1


async def test_a_clock_that_is_set_back_stops_no_chat():
    clock = FakeClock()
    pacing = Pacing(LIMITS, MemoryPaces(), clock)
    await posted(pacing, clock, [CHANNEL], 4)
    clock.pass_by(hours=-3)
    before = clock.now()
    await posted(pacing, clock, [CHANNEL], 3)
    assert clock.now() - before < 5 * SECOND


async def test_a_closed_chat_waits_and_others_do_not():
    clock = TurnedClock()
    pacing = Pacing(LIMITS, MemoryPaces(), clock)
    await pacing.refused(CHANNEL, 30 * SECOND)
    done = await posted(pacing, clock, [CHANNEL, Address("slack", "C2")], 1)
    assert done == [(0.0, Address("slack", "C2")), (30.0, CHANNEL)]


async def test_what_one_chat_was_refused_others_may_post():
    clock = TurnedClock()
    pacing = Pacing({"x": Limits(overall=Pace(1, 2))}, MemoryPaces(), clock)
    chats = [Address("x", str(n)) for n in range(3)]
    for to in chats[:2]:
        await pacing.turn(to)
    await pacing.refused(chats[0], 10 * SECOND)
    assert await posted(pacing, clock, chats[2:], 1) == [(0.0, chats[2])]


async def test_of_refusals_in_a_row_the_first_alone_leaves_room():
    clock = TurnedClock()
    pacing = Pacing({"x": Limits(overall=Pace(1, 4))}, MemoryPaces(), clock)
    chats = [Address("x", str(n)) for n in range(8)]
    for to in chats[:4]:
        await pacing.turn(to)
    for to in chats[:3]:
        await pacing.refused(to, 100 * SECOND)
    assert [moment for moment, _ in await posted(pacing, clock, chats[4:6], 1)] == [0, 1]
    pacing.passed(chats[4])
    await pacing.refused(chats[3], 100 * SECOND)
    assert [moment for moment, _ in await posted(pacing, clock, chats[6:], 1)] == [1, 2]


async def test_what_no_limit_looks_back_at_is_forgotten(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.delivery.pacing.FEW", 10)
    clock = FakeClock()
    pacing = Pacing(LIMITS, MemoryPaces(), clock)
    shut, opens = Address("slack", "C0"), clock.now() + timedelta(days=1)
    await pacing.refused(shut, timedelta(days=1))
    for n in range(100):
        await pacing.turn(Address("slack", f"C{n + 1}"))
        clock.pass_by(minutes=2)
    assert len(pacing._spent) <= 21
    await pacing.turn(shut)
    assert clock.now() >= opens


async def test_threads_of_a_chat_share_its_pace():
    clock = TurnedClock()
    topics = [Address("telegram", "-1", str(n)) for n in range(3)]
    done = await posted(Pacing(LIMITS, MemoryPaces(), clock), clock, topics, 7)
    moments = [moment for moment, _ in done]
    assert moments[19] < 61 <= moments[20]


async def test_who_gives_up_in_the_queue_holds_nobody():
    clock = TurnedClock()
    pacing = Pacing({"x": Limits(overall=Pace(1, 1))}, MemoryPaces(), clock)
    await pacing.turn(Address("x", "0"))
    leaving = asyncio.create_task(pacing.turn(Address("x", "1")))
    await asyncio.sleep(0)
    leaving.cancel()
    ((moment, _),) = await posted(pacing, clock, [Address("x", "2")], 1)
    assert moment == 1
