"""Answers among all else that is posted: in their turn, before digests, and patient for so long."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.rate_limits import Limits, Pace
from bot.delivery.answers import PacedAnswers
from bot.delivery.failures import LOOKS
from bot.delivery.pacing import Pacing
from bot.domain.errors import RetryLater, Unconfirmed
from bot.domain.model import Address
from bot.platforms import LIMITS
from tests.builders import NOON
from tests.delivery.test_pacing import TurnedClock
from tests.fakes import FakeClock, MemoryPaces

GROUP = Address("telegram", "-100777")


class Call:
    """A call that meets these pauses first, one after the other."""

    def __init__(self, clock: FakeClock, *pauses: float) -> None:
        self._clock = clock
        self._pauses = list(pauses)
        self.at: list[float] = []

    async def __call__(self) -> str:
        self.at.append((self._clock.now() - NOON).total_seconds())
        if self._pauses:
            raise RetryLater(GROUP, "slow down", self._pauses.pop(0))
        return "posted"


async def test_a_flood_of_questions_is_answered_at_the_groups_pace():
    clock = FakeClock()
    voice, call = PacedAnswers(Pacing(LIMITS, MemoryPaces(), clock), clock), Call(clock)
    for _ in range(21):
        await voice(GROUP, call)
    assert call.at[19] < 20
    assert call.at[20] >= 61


@pytest.mark.parametrize("counted", [True, False])
async def test_a_short_pause_is_waited_out(counted):
    clock = FakeClock()
    voice, call = PacedAnswers(Pacing(LIMITS, MemoryPaces(), clock), clock), Call(clock, 7, 5)
    assert await voice(GROUP, call, counted=counted) == "posted"
    assert call.at == [0, 7, 12]


@pytest.mark.parametrize(("pauses", "calls"), [((61,), 1), ((1, 1, 1), 3)])
async def test_no_answer_waits_for_ever(pauses, calls):
    clock = FakeClock()
    voice, call = PacedAnswers(Pacing(LIMITS, MemoryPaces(), clock), clock), Call(clock, *pauses)
    with pytest.raises(RetryLater):
        await voice(GROUP, call)
    assert len(call.at) == calls


async def test_what_an_answer_was_refused_closes_the_chat_for_digests_too():
    clock = FakeClock()
    pacing = Pacing(LIMITS, MemoryPaces(), clock)
    with pytest.raises(RetryLater):
        await PacedAnswers(pacing, clock)(GROUP, Call(clock, 90))
    await pacing.turn(GROUP)
    assert (clock.now() - NOON).total_seconds() == 90


async def test_what_is_lost_is_not_said_twice():
    calls = []

    async def lost() -> None:
        calls.append(1)
        raise Unconfirmed(GROUP, "the answer was lost")

    clock = FakeClock()
    with pytest.raises(Unconfirmed):
        await PacedAnswers(Pacing(LIMITS, MemoryPaces(), clock), clock)(GROUP, lost)
    assert calls == [1]


@pytest.mark.parametrize(("there", "calls"), [([None, "found"], 1), ([None, None, None], 2)])
async def test_what_is_lost_is_looked_for_and_said_again_only_where_it_is_not_there(there, calls):
    clock, said, seen = FakeClock(), [], iter(there)

    async def post() -> str:
        said.append((clock.now() - NOON).total_seconds())
        if len(said) == 1:
            raise Unconfirmed(GROUP, "the answer was lost")
        return "posted"

    async def look() -> str | None:
        return next(seen)

    voice = PacedAnswers(Pacing(LIMITS, MemoryPaces(), clock), clock)
    assert await voice(GROUP, post, lost=look) == ("found" if calls == 1 else "posted")
    assert len(said) == calls
    assert calls == 1 or said[1] >= sum(wait.total_seconds() for wait in LOOKS)


@pytest.mark.parametrize(
    ("pauses", "found"), [((5.0, 30.0), True), ((61.0,), False), ((1.0, 1.0, 1.0), False)]
)
async def test_a_look_for_what_is_lost_waits_out_short_pauses(pauses, found):
    clock, said, left = FakeClock(), [], list(pauses)

    async def post() -> str:
        said.append(1)
        raise Unconfirmed(GROUP, "the answer was lost")

    async def look() -> str | None:
        if left:
            raise RetryLater(GROUP, "slow down", left.pop(0))
        return "found"

    voice = PacedAnswers(Pacing(LIMITS, MemoryPaces(), clock), clock)
    if found:
        assert await voice(GROUP, post, lost=look) == "found"
    else:
        with pytest.raises(RetryLater):
            await voice(GROUP, post, lost=look)
    assert said == [1]


async def test_a_person_does_not_wait_behind_a_hundred_digests():
    clock = TurnedClock()
    pacing = Pacing({"x": Limits(overall=Pace(1, 1))}, MemoryPaces(), clock)
    done: list[str] = []

    async def digest(number: int) -> None:
        await pacing.turn(Address("x", str(number)))
        done.append(f"digest {number}")

    async def said() -> None:
        done.append("answer")

    async def all_of_it() -> None:
        digests = [asyncio.create_task(digest(number)) for number in range(100)]
        while not done:
            await asyncio.sleep(0)
        await PacedAnswers(pacing, clock)(Address("x", "reader"), said)
        await asyncio.gather(*digests)

    await clock.turn(asyncio.create_task(all_of_it()))
    assert done.index("answer") <= 3
    assert len(done) == 101
