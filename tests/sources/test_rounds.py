"""Each source when it is due, none stopped by another; the owner told once, and once when it is well again."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.domain.reasons import Reason
from bot.domain.sourcing import FetchFailed, Source
from bot.sources.feeds import Round
from bot.sources.rounds import IMPORTED, LONGEST_PAUSE, LOOK, PATIENCE, SourceRounds
from tests.builders import NOON
from tests.fakes import FakeClock
from tests.sources.feeds import MemorySources

DOWN = FetchFailed(Reason("source.status", host="a.example", status=500))
GONE = FetchFailed(Reason("source.gone", host="a.example"), lasting=True)
A, B = Source("a", "https://a.example/feed"), Source("b", "https://b.example/feed")


class Rounds:
    """Rounds whose sources bring what a test says, and what the owner heard."""

    def __init__(self, *sources: Source) -> None:
        self.clock, self.store = FakeClock(), MemorySources()
        self.brings: dict[str, Any] = {}
        self.asked: list[str] = []
        self.told: list[str] = []
        self.clear: list[str] = []
        self.rounds = SourceRounds(
            sources or (A,), self.store, self._take, self.clock, self._tell, self._clear
        )

    async def _take(self, source: Source, _: object) -> Round:
        self.asked.append(source.name)
        found = self.brings.get(source.name, Round(0))
        if isinstance(found, Exception):
            raise found
        return found

    async def _tell(self, text: str, *, urgent: bool = False) -> None:
        assert not urgent
        self.told.append(text)

    async def _clear(self, text: str) -> None:
        self.clear.append(text)

    async def after(self, **length: float) -> None:
        self.clock.pass_by(**length)
        await self.rounds.once()


async def test_a_source_is_asked_when_it_is_due_and_not_before():
    desk = Rounds(A, B)
    await desk.after(minutes=0)
    await desk.after(minutes=20)
    assert sorted(desk.asked) == ["a", "b"]
    await desk.after(minutes=10)
    assert sorted(desk.asked) == ["a", "a", "b", "b"]


async def test_after_each_failure_the_pause_is_longer_up_to_a_day():
    desk = Rounds()
    desk.brings["a"] = DOWN
    pauses = []
    for _ in range(10):
        await desk.rounds.once(everything=True)
        pauses.append(desk.store.kept[A.url].next_try - desk.clock.now())
    assert pauses[:3] == [A.every, 2 * A.every, 4 * A.every]
    assert pauses[-1] == LONGEST_PAUSE


async def test_a_server_that_asks_for_rest_has_it():
    desk = Rounds()
    desk.brings["a"] = FetchFailed(
        Reason("source.busy", host="a.example", status=429, seconds=7200.0), after=7200
    )
    await desk.after(minutes=0)
    assert desk.store.kept[A.url].next_try == NOON + timedelta(hours=2)


async def test_a_host_that_rests_is_no_failure_of_its_other_sources():
    desk = Rounds()
    desk.brings["a"] = FetchFailed(Reason("source.resting", host="a.example", seconds=90.0), after=90)
    for _ in range(PATIENCE + 1):
        await desk.rounds.once(everything=True)
    assert desk.store.kept[A.url].failures == 0
    assert desk.store.kept[A.url].next_try == NOON + timedelta(seconds=90)
    assert desk.told == []


async def test_the_owner_is_told_once_with_reason_and_last_success_and_once_when_it_is_well():
    desk = Rounds()
    await desk.after(minutes=0)
    desk.brings["a"] = DOWN
    for _ in range(PATIENCE + 3):
        await desk.rounds.once(everything=True)
    [told] = desk.told
    assert told == (
        "the source a (a.example) does not do well: a.example answers 500; its last success was at "
        f"{NOON:%Y-%m-%d %H:%M} UTC"
    )
    assert desk.clear == []
    desk.brings["a"] = Round(1)
    for _ in range(2):
        await desk.rounds.once(everything=True)
    assert desk.clear == ["well again: 1 source: a"]
    assert len(desk.told) == 1


async def test_that_it_was_told_holds_over_a_restart():
    desk = Rounds()
    desk.brings["a"] = GONE
    await desk.after(minutes=0)
    assert len(desk.told) == 1
    again = Rounds()
    again.store.kept = desk.store.kept
    again.brings["a"] = GONE
    await again.after(days=2)
    assert (again.asked, again.told) == (["a"], [])
    assert again.store.kept[A.url].failures == 2


async def test_one_failure_that_may_pass_is_not_told_and_one_that_cannot_is_told_at_once():
    desk = Rounds(A, B)
    desk.brings |= {"a": DOWN, "b": GONE}
    await desk.after(minutes=0)
    [told] = desk.told
    assert "the source b" in told
    assert "it never succeeded" in told


async def test_a_source_that_falls_silent_is_told_once_and_when_it_speaks_again():
    desk = Rounds()
    desk.brings["a"] = Round(3)
    await desk.after(minutes=0)
    desk.brings["a"] = Round(0)
    await desk.after(days=29)
    assert desk.told == []
    await desk.after(days=1)
    await desk.after(days=1)
    assert len(desk.told) == 1
    assert "nothing new has come for 30 days" in desk.told[0]
    desk.brings["a"] = Round(1)
    await desk.after(days=1)
    assert desk.clear == ["well again: 1 source: a"]


async def test_a_source_on_which_the_desk_fails_stops_no_other():
    desk = Rounds(Source("c", "https://a.example/2"), A, B)
    desk.brings["c"] = RuntimeError("odd")
    await desk.after(minutes=0)
    assert sorted(desk.asked) == ["a", "b", "c"]
    why = desk.store.kept["https://a.example/2"].reason
    assert why is not None
    assert why.code == "source.failed"


async def test_what_was_imported_is_asked_too_and_the_configuration_comes_first():
    desk = Rounds(A)
    desk.store.listed = (
        Source("other", A.url, imported=True),
        Source("a", "https://other.example/", imported=True),
        Source("new", "https://new.example/feed", imported=True),
    )
    assert [one.name for one in await desk.rounds.all()] == ["a", "new"]
    await desk.after(minutes=0)
    assert sorted(desk.asked) == ["a", "new"]


class Shared:
    """Two desks' rounds over one store and its leases, each taken a look at a time."""

    def __init__(self, first: Source = A, second: Source = B) -> None:
        self.desks = [Rounds(first), Rounds(second)]
        self.holders: dict[str, Rounds] = {}
        for desk in self.desks:
            desk.clock, desk.store = self.desks[0].clock, self.desks[0].store
            desk.rounds._clock, desk.rounds._store = desk.clock, desk.store
            desk.rounds.holds = partial(self._holds, desk)
            desk.rounds._ours = frozenset()
        self.desks[0].store.listed = (NEW,)

    async def _holds(self, desk: Rounds, name: str, length: timedelta) -> bool:
        assert length > timedelta(seconds=2 * LOOK)
        return self.holders.setdefault(name, desk) is desk

    async def look(self, **length: float) -> list[list[str]]:
        """Whom each asks after so long."""
        self.desks[0].clock.pass_by(**length)
        for desk in self.desks:
            desk.asked.clear()
            for due in (await desk.rounds._due_now()).values():
                await desk.rounds._one_by_one(due)
        return [desk.asked for desk in self.desks]


NEW = Source("new", "https://new.example/feed", imported=True)


async def test_of_several_desks_one_asks_what_was_imported_and_each_its_own():
    both = Shared()
    assert await both.look() == [["a", "new"], ["b"]]
    assert await both.look(hours=2) == [["a", "new"], ["b"]]


async def test_of_several_desks_with_the_same_sources_one_asks_them_and_another_takes_over():
    both = Shared(A, A)
    assert await both.look() == [["a", "new"], []]
    assert [one.rounds.waited_for() for one in both.desks] == [(A,), ()]
    both.holders = dict.fromkeys(both.holders, both.desks[1])
    assert await both.look(hours=2) == [[], ["a", "new"]]


async def test_who_takes_over_knows_what_the_one_before_found():
    both = Shared()
    await both.look()
    both.holders[IMPORTED] = both.desks[1]
    assert await both.look(minutes=20) == [[], []]
    assert await both.look(hours=2) == [["a"], ["b", "new"]]


async def test_what_another_took_over_is_asked_no_more():
    both = Shared()
    await both.look()
    first = both.desks[0].rounds
    both.desks[0].clock.pass_by(hours=2)
    due = [one for some in (await first._due_now()).values() for one in some]
    assert NEW in due
    both.holders[IMPORTED], both.desks[0].asked[:] = both.desks[1], []
    await first._take_over()
    await first._one_by_one(due)
    assert both.desks[0].asked == ["a"]


async def test_the_loop_asks_and_ends_when_it_is_told_to_also_amid_a_request():
    desk, stop, begun = Rounds(), asyncio.Event(), asyncio.Event()

    async def hangs(*_: object) -> Round:
        begun.set()
        await asyncio.Event().wait()
        raise AssertionError

    desk.rounds._take = hangs
    loop = asyncio.create_task(desk.rounds.run(stop))
    await asyncio.wait_for(begun.wait(), 10)
    stop.set()
    await asyncio.wait_for(loop, 10)
    assert desk.store.kept == {}


@pytest.mark.parametrize("count", [1, 3, 9])
async def test_many_that_are_well_again_are_one_message(count):
    sources = [Source(f"s{n}", f"https://{n}.example/feed") for n in range(count)]
    desk = Rounds(*sources)
    desk.brings = {one.name: GONE for one in sources}
    await desk.after(minutes=0)
    desk.brings = {}
    await desk.after(days=2)
    assert len(desk.told) == count
    assert len(desk.clear) == 1


async def test_what_is_new_at_a_source_makes_it_due_at_once():
    desk, stop, asked = Rounds(A, B), asyncio.Event(), asyncio.Event()
    desk.brings["a"] = Round(0)
    await desk.after(minutes=0)
    took = desk._take

    async def noted(source: Source, state: object) -> Round:
        asked.set()
        return await took(source, state)

    desk.rounds._take = noted
    loop = asyncio.create_task(desk.rounds.run(stop))
    while desk.rounds._states == {}:
        await asyncio.sleep(0)
    desk.rounds.hurry(A.url)
    await asyncio.wait_for(asked.wait(), 10)
    stop.set()
    await asyncio.wait_for(loop, 10)
    assert sorted(desk.asked) == ["a", "a", "b"]
    await desk.rounds.once()
    assert len(desk.asked) == 3


async def test_a_source_that_has_more_is_asked_again_at_the_next_look():
    desk = Rounds()
    desk.brings["a"] = Round(200, more=True)
    await desk.after(minutes=0)
    desk.brings["a"] = Round(3)
    await desk.after(seconds=20)
    await desk.after(seconds=20)
    assert desk.asked == ["a", "a"]
