"""What every :class:`bot.domain.ports.Workers` keeps: results come back, limits hold, and one bad call harms no other."""

from __future__ import annotations

import asyncio
import errno
import os
import signal

import pytest

from bot.domain.errors import BotError, OutOfRoom, OverBudget, UnreadableDocument
from bot.domain.ports import Workers
from bot.domain.reasons import Reason


def double(number: int) -> int:
    return number * 2


def hang(_: int) -> int:
    while True:
        pass


def swell(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def crash(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def nest(_: int) -> int:
    return nest(_)


def refuse(name: str) -> None:
    raise UnreadableDocument(name, Reason("document.part", place=name, why=Reason("kind.png")))


def fail(number: int) -> None:
    raise OSError(number, os.strerror(number))


def stumble(word: str) -> int:
    return {"a": 1}[word]


FUNCTIONS = {one.__name__: one for one in (double, hang, swell, crash, nest, refuse, fail, stumble)}


class WorkersContract:
    """Run it with a fixture ``workers``: one process of 256 MB, and the seconds that its parameter says, else 60."""

    async def test_a_result_comes_back(self, workers: Workers):
        assert await workers.run(double, 21) == 42
        assert await workers.run(swell, 64) == 64 * 1024 * 1024  # memory within the budget is fine

    async def test_its_own_exceptions_pass_through_with_their_fields(self, workers: Workers):
        with pytest.raises(UnreadableDocument) as caught:
            await workers.run(refuse, "a.txt")
        assert (caught.value.name, caught.value.reason) == (
            "a.txt",
            Reason("document.part", place="a.txt", why=Reason("kind.png")),
        )
        with pytest.raises(KeyError, match="b"):
            await workers.run(stumble, "b")

    @pytest.mark.parametrize(
        ("workers", "task", "argument", "reason"),
        [
            (1.5, hang, 0, "longer than 1.5 seconds"),
            (60.0, swell, 2048, "more than 256 MB"),
            (60.0, crash, 0, "crash"),
            (60.0, nest, 0, "too deep"),
        ],
        indirect=["workers"],
    )
    async def test_only_the_task_that_broke_its_budget_fails(self, workers: Workers, task, argument, reason):
        async def outcome() -> str:
            with pytest.raises(OverBudget) as caught:
                await workers.run(task, argument)
            return str(caught.value.reason)

        failed, *others = await asyncio.gather(outcome(), *(workers.run(double, n) for n in range(5)))
        assert reason in failed
        assert others == [0, 2, 4, 6, 8]

    async def test_a_machine_without_room_is_no_tasks_fault(self, workers: Workers):
        expected: dict[int, type[BotError]] = {
            errno.ENOSPC: OutOfRoom,
            errno.EMFILE: OutOfRoom,
            errno.EINVAL: OverBudget,
        }
        for number, error in expected.items():
            with pytest.raises(error, match=os.strerror(number)):
                await workers.run(fail, number)

    async def test_who_gives_up_leaves_the_others_alone(self, workers: Workers):
        given_up = asyncio.create_task(workers.run(double, 1))
        await asyncio.sleep(0)
        given_up.cancel()
        assert await workers.run(double, 2) == 4
        with pytest.raises(asyncio.CancelledError):
            await given_up
