"""Workers that hand on what they have no room for: when, to whom, and what becomes of what does not come back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bot.domain.errors import OutOfRoom, StoreError
from bot.queue import overflow
from bot.queue.overflow import Overflow
from bot.queue.packing import CannotTravel


def whole(text: str, heavy: str) -> str:
    return text + heavy


def other(text: str) -> str:
    return text


class Here:
    """Workers that do nothing until they are let."""

    def __init__(self) -> None:
        self.let, self.done = asyncio.Event(), list[Any]()

    async def start(self) -> None:
        self.let.set()

    async def run(self, function: Callable[..., Any], *args: Any, **_: Any) -> Any:
        await self.let.wait()
        self.done.append(args)
        return function(*args)


class Elsewhere:
    """Workers that are there or not, and answer or not."""

    def __init__(self) -> None:
        self.there, self.asked, self.looks = True, list[Any](), 0
        self.error: Exception | None = None
        self.silent = False

    async def hand(self, function: Callable[..., Any], *args: Any) -> Any:
        self.asked.append(args)
        if self.silent:
            await asyncio.Event().wait()
        if self.error is not None:
            raise self.error
        return function(*args)

    async def attended(self) -> bool:
        self.looks += 1
        if isinstance(self.error, StoreError):
            raise self.error
        return self.there


@pytest.fixture
def elsewhere() -> Elsewhere:
    return Elsewhere()


def overflowing(elsewhere: Elsewhere) -> tuple[Overflow, Here]:
    here = Here()
    return Overflow(here, 2, elsewhere, {whole: lambda text, _: (text, "")}), here


async def test_what_there_is_room_for_is_done_here_and_the_rest_elsewhere(elsewhere: Elsewhere):
    workers, here = overflowing(elsewhere)
    first = [asyncio.create_task(workers.run(whole, str(one), "!")) for one in range(2)]
    await asyncio.sleep(0)
    assert await workers.run(whole, "third", "!") == "third"
    assert elsewhere.asked == [("third", "")]
    await workers.start()
    assert await asyncio.gather(*first) == ["0!", "1!"]
    assert await workers.run(whole, "fourth", "!") == "fourth!"
    assert len(here.done) == 3


async def test_what_does_not_travel_waits_here(elsewhere: Elsewhere):
    workers, here = overflowing(elsewhere)
    asked = [asyncio.create_task(workers.run(other, str(one))) for one in range(4)]
    await asyncio.sleep(0)
    here.let.set()
    assert await asyncio.gather(*asked) == ["0", "1", "2", "3"]
    assert elsewhere.looks == 0


@pytest.mark.parametrize("why", ["nobody works", "no store", "cannot travel", "no room", "no answer"])
async def test_what_nobody_does_is_done_here(why: str, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(overflow, "PATIENCE", 0.01)
    elsewhere.there = why != "nobody works"
    elsewhere.silent = why == "no answer"
    workers, here = overflowing(elsewhere)
    first = [asyncio.create_task(workers.run(whole, str(one), "!")) for one in range(2)]
    await asyncio.sleep(0)
    if why == "no store":
        elsewhere.error = StoreError("the database is gone")
    if why == "cannot travel":
        elsewhere.error = CannotTravel()
    if why == "no room":
        elsewhere.error = OutOfRoom("No space left on device, on another host")
    third = asyncio.create_task(workers.run(whole, "third", "!"))
    here.let.set()
    assert await asyncio.gather(*first, third) == ["0!", "1!", "third!"]


async def test_an_error_of_the_function_is_not_tried_again(elsewhere: Elsewhere):
    workers, here = overflowing(elsewhere)
    first = [asyncio.create_task(workers.run(whole, str(one), "!")) for one in range(2)]
    await asyncio.sleep(0)
    assert await workers.run(whole, "third", "!") == "third"  # whether somebody works is known from now on
    elsewhere.error = ValueError("no such story")
    with pytest.raises(ValueError, match="no such story"):
        await workers.run(whole, "fourth", "!")
    here.let.set()
    await asyncio.gather(*first)
    assert len(here.done) == 2


async def test_whether_somebody_works_is_asked_now_and_then(elsewhere: Elsewhere):
    workers, here = overflowing(elsewhere)
    asked = [asyncio.create_task(workers.run(whole, str(one), "!")) for one in range(20)]
    await asyncio.sleep(0)
    here.let.set()
    await asyncio.gather(*asked)
    assert elsewhere.looks == 1
