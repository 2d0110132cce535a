"""A loop that ends is started again alone, after pauses that grow, and the owner hears of it once."""

from __future__ import annotations

import asyncio

import pytest

from bot.runtime import supervision
from bot.runtime.supervision import kept_going
from tests.fakes_chat import Owner


@pytest.fixture
def pauses(monkeypatch) -> list[float]:
    """The pauses that are asked for; none of them takes any time."""
    asked: list[float] = []
    wait = asyncio.wait_for

    async def at_once(awaited, seconds: float):
        asked.append(seconds)
        await wait(awaited, 0)

    monkeypatch.setattr(supervision.asyncio, "wait_for", at_once)
    return asked


class Loop:
    """Ends by an error so many times, then goes on until it is done."""

    def __init__(self, ends: int, error: BaseException | None = None) -> None:
        self.left = ends
        self.error = error or KeyError("a word of somebody's")

    async def __call__(self) -> None:
        if self.left:
            self.left -= 1
            raise self.error


async def test_each_pause_is_twice_as_long_up_to_a_cap_and_the_owner_is_told_once(pauses):
    owner = Owner()
    await kept_going("the intake", Loop(11), owner)
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    (told,) = owner.urgent
    assert told.startswith("the intake ended unexpectedly (KeyError at test_supervision.py:")
    assert "somebody" not in told
    assert owner.told == []


async def test_after_a_good_run_the_pause_is_the_first_again_and_the_owner_hears_of_it(pauses, monkeypatch):
    owner = Owner()
    monkeypatch.setattr(supervision, "WELL", 0.0)
    await kept_going("the intake", Loop(3), owner)
    assert pauses == [1, 1, 1]
    assert len(owner.urgent) == 3


@pytest.mark.usefixtures("pauses")
async def test_it_is_not_started_again_when_the_shift_ends():
    stop, loop = asyncio.Event(), Loop(5)

    async def ends_with_the_shift() -> None:
        stop.set()
        await loop()

    await kept_going("the intake", ends_with_the_shift, Owner(), stop)
    assert loop.left == 4


@pytest.mark.parametrize("passes", [asyncio.CancelledError(), SystemExit(3)])
async def test_what_is_meant_to_end_the_desk_passes(passes):
    with pytest.raises(type(passes)):
        await kept_going("the intake", Loop(1, passes), Owner())


async def test_a_touch_from_another_thread_raises_here() -> None:
    with pytest.raises(RuntimeError, match="Non-thread-safe"):
        await asyncio.to_thread(asyncio.get_running_loop().call_soon, print)
