"""Order within a line, company between lines, and an end to what is held."""

from __future__ import annotations

import asyncio
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.queues import chat_queues


class Log:
    """Work that notes when it begins and ends; ``gate`` holds it until a test opens it."""

    def __init__(self) -> None:
        self.done: list[tuple[str, int]] = []
        self.busy: set[str] = set()
        self.most = 0
        self.gate = asyncio.Event()

    async def work(self, line: str, number: int) -> None:
        assert line not in self.busy
        self.busy.add(line)
        self.most = max(self.most, len(self.busy))
        await self.gate.wait()
        await asyncio.sleep(0)
        self.busy.remove(line)
        self.done.append((line, number))


@given(st.lists(st.sampled_from("abcde"), max_size=40), st.integers(1, 6))
def test_each_line_keeps_its_order_and_nothing_is_lost(lines, open_at_once):
    async def talk() -> Log:
        log = Log()
        log.gate.set()
        async with chat_queues(open_at_once=open_at_once, waiting=100) as queues:
            for number, line in enumerate(lines):
                assert await queues.put(line, partial(log.work, line, number))
        return log

    log = asyncio.run(talk())
    assert sorted(log.done) == sorted((line, number) for number, line in enumerate(lines))
    for line in set(lines):
        numbers = [number for name, number in log.done if name == line]
        assert numbers == sorted(numbers)
    assert log.most <= open_at_once


async def test_lines_do_not_wait_for_one_another():
    log, held = Log(), Log()
    log.gate.set()
    async with chat_queues(open_at_once=5, waiting=5) as queues:
        await queues.put("slow", partial(held.work, "slow", 1))
        await queues.put("quick", partial(log.work, "quick", 2))
        async with asyncio.timeout(60):
            while not log.done:
                await asyncio.sleep(0)
        assert not held.done
        held.gate.set()
    assert held.done == [("slow", 1)]


async def test_a_full_line_takes_no_more():
    log = Log()
    async with chat_queues(open_at_once=5, waiting=3) as queues:
        taken = []
        for number in range(10):
            taken.append(await queues.put("a", partial(log.work, "a", number)))
            await asyncio.sleep(0)
        assert taken == [True] * 4 + [False] * 6
        assert await queues.put("a", partial(log.work, "a", -1), beyond=True)
        assert await queues.put("b", partial(log.work, "b", 1))
        log.gate.set()
    assert [number for line, number in log.done if line == "a"] == [0, 1, 2, 3, -1]


async def test_too_many_lines_keep_the_caller_waiting():
    log = Log()
    async with chat_queues(open_at_once=2, waiting=5) as queues:
        for line in "ab":
            await queues.put(line, partial(log.work, line, 1))
        third = asyncio.create_task(queues.put("c", partial(log.work, "c", 1)))
        for _ in range(10):
            await asyncio.sleep(0)
        assert not third.done()
        log.gate.set()
        assert await third
    assert {line for line, _ in log.done} == {"a", "b", "c"}


async def test_what_is_left_when_it_closes_is_dropped_and_counted():
    log, stop = Log(), asyncio.Event()
    async with asyncio.timeout(60):
        async with chat_queues(open_at_once=2, waiting=9, stop=stop) as queues:
            for number in range(6):
                await queues.put("ab"[number % 2], partial(log.work, "ab"[number % 2], number))
            await asyncio.sleep(0)
            assert log.busy == {"a", "b"}
            stop.set()
            while not queues.dropped:
                await asyncio.sleep(0)
            assert await queues.put("c", partial(log.work, "c", 7))
    assert (log.done, queues.dropped) == ([], 7)
