"""How many addresses are posted to at a time, by one process and by several, and how often what is due is looked at."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.delivery.lanes import MOST, Lanes
from bot.domain.events import Delivery, Payload
from bot.domain.model import Address
from bot.domain.reasons import Reason
from tests.builders import NOON
from tests.fakes import FakeClock

SOON = NOON + timedelta(minutes=1)


class Store:
    """So many parts at each of some addresses, for all processes; each look at all that is due is counted."""

    def __init__(self, parts: dict[Address, int]) -> None:
        self.parts = Counter(parts)
        self.held: dict[Address, Waiting] = {}
        self.looks = 0
        self.most: Counter[str] = Counter()


class Waiting:
    """The outbox as one process knows it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.later: set[Address] = set()

    async def recover(self, now: datetime) -> int:  # noqa: ARG002 - as the outbox has it
        return 0

    async def due(self, now: datetime) -> tuple[Address, ...]:
        self.store.looks += 1
        await asyncio.sleep(0)
        waiting = [to for to, count in self.store.parts.items() if count]
        return tuple(to for to in waiting if now > NOON or to not in self.later)

    async def next_time(self, after: datetime) -> datetime | None:
        return SOON if self.later and after < SOON else None

    async def hold(
        self,
        places: Sequence[Address],
        now: datetime,  # noqa: ARG002 - as the outbox has it
        most: int,
    ) -> tuple[tuple[Delivery, ...], frozenset[Address]]:
        others = frozenset(to for to in places if self.store.held.get(to, self) is not self)
        mine = [to for to in places if to not in others and self.store.parts[to]][:most]
        self.store.held.update(dict.fromkeys(mine, self))
        return tuple(map(part, mine)), others

    async def next(self, at: Address, now: datetime) -> tuple[Delivery | None, bool]:
        await asyncio.sleep(0)
        if self.store.parts[at] and (now > NOON or at not in self.later):
            return part(at), True
        await self.leave(at)
        return None, bool(self.store.parts[at])

    async def leave(self, place: Address) -> None:
        self.store.held.pop(place, None)

    def let_go(self, delivery: Delivery) -> None:
        raise AssertionError(delivery)


def part(to: Address) -> Delivery:
    return Delivery(1, "k", 1, to, 1, 1, Payload("{}", "Ferries"), "waiting")


async def tell(reason: Reason, **_: object) -> None:
    raise AssertionError(reason)


def lanes(outbox: Waiting, clock: FakeClock) -> Lanes:
    async def post(what: Delivery) -> bool:
        open_ = Counter(to.platform for to in found.open)
        outbox.store.most |= open_
        await asyncio.sleep(0)
        outbox.store.parts[what.to] -= 1
        return True

    found = Lanes(outbox, ("slack", "telegram"), tell, clock, post)  # type: ignore[arg-type] # as much of an outbox as it asks
    return found


def places(count: int) -> list[Address]:
    return [Address(platform, str(n)) for n in range(count) for platform in ("slack", "telegram")]


async def test_so_many_have_room_and_all_come_to_their_turn():
    store = Store(dict.fromkeys(places(3 * MOST), 2))
    await lanes(Waiting(store), FakeClock(NOON)).keep_going(SOON, int)
    assert set(store.parts.values()) == {0}
    assert store.most == {"slack": MOST, "telegram": MOST}
    assert store.looks < 20, "not one for each of them"


async def test_processes_share_what_waits():
    store, clock = Store(dict.fromkeys(places(MOST * 3 // 2), 1)), FakeClock(NOON)
    done: Counter[int] = Counter()
    both = [lanes(Waiting(store), clock), lanes(Waiting(store), clock)]
    for number, one in enumerate(both):
        work = one._work

        async def counted(what: Delivery, number: int = number, work=work) -> bool:
            done[number] += 1
            return await work(what)

        one._work = counted
    await asyncio.gather(*(one.keep_going(SOON, int) for one in both))
    assert set(store.parts.values()) == {0}
    assert min(done.values()) >= MOST


async def test_what_must_wait_where_a_lane_ends_is_looked_at_in_its_time():
    first, other = places(1)
    store, clock = Store({first: 2, other: 1}), FakeClock(NOON)
    waiting = Waiting(store)
    opened = lanes(waiting, clock)
    work = opened._work

    async def postponed(what: Delivery) -> bool:
        waiting.later = {first}
        return await work(what)

    opened._work = postponed
    await opened.keep_going(SOON + timedelta(seconds=1), int)
    assert set(store.parts.values()) == {0}
    assert clock.now() >= SOON


async def test_what_comes_while_a_lane_ends_is_not_passed_over():
    (to, _) = places(1)
    store = Store({to: 1})
    waiting = Waiting(store)
    opened, staged = lanes(waiting, FakeClock(NOON)), False
    follow = waiting.next

    async def followed(at: Address, now: datetime) -> tuple[Delivery | None, bool]:
        nonlocal staged
        found = await follow(at, now)
        if not staged:  # as another task does, when nothing was found and the lane is open still
            staged = True
            store.parts[at] += 1
            opened.wake()
            await asyncio.sleep(0)
        return found

    waiting.next = followed  # type: ignore[method-assign]
    await asyncio.wait_for(opened.keep_going(SOON, int), 60)
    assert staged
    assert store.parts[to] == 0
