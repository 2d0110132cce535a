"""Files are opened ahead, side by side, and handed on in their order."""

from __future__ import annotations

import asyncio
from itertools import count
from pathlib import Path

import pytest

from bot.domain.errors import OutOfRoom
from bot.inbox.spool import Claim
from bot.ingest import ahead
from bot.ingest.ahead import AHEAD, AHEAD_AT_LEAST, AHEAD_BYTES, TOGETHER, TOGETHER_BYTES, Ahead
from bot.ingest.opening import Opened, Source


def a_source(number: int, size: int = 1, *, alone: bool = False) -> Source:
    def unread():
        raise AssertionError("the test reads")

    claim = Claim(f"{number}", Path(f"{number}"), size, 0, alone=alone)
    return Source(f"{number}", unread, size, claim)


class Reader:
    """Reads when it is told to."""

    def __init__(self, *, at_once: bool = True) -> None:
        self.begun: list[str] = []
        self.at_once = at_once
        self.read = asyncio.Event()
        self.fails: set[str] = set()

    async def __call__(self, source: Source) -> Opened:
        self.begun.append(source.name)
        if not self.at_once:
            await self.read.wait()
        if source.name in self.fails:
            raise OutOfRoom("none")
        return Opened(source, source.name, ())


def names(opened) -> list[str]:
    return [one.source.name for one in opened]


async def test_what_is_read_is_handed_on_together_within_bounds_and_in_order():
    reader = Reader()
    files = Ahead((a_source(n) for n in range(100)), reader)
    sizes, seen = [], []
    while opened := await files.next():
        sizes.append(len(opened))
        seen += names(opened)
        assert len(reader.begun) <= len(seen) + AHEAD
    assert seen == [f"{n}" for n in range(100)]
    assert max(sizes) == TOGETHER


@pytest.mark.parametrize(
    ("size", "begun", "together"), [(1, AHEAD, TOGETHER), (AHEAD_BYTES, AHEAD_AT_LEAST, 1)]
)
async def test_large_files_are_few_at_once(size: int, begun: int, together: int):
    assert size == 1 or size > TOGETHER_BYTES
    reader = Reader(at_once=False)
    files = Ahead((a_source(n, size) for n in count()), reader)
    first = asyncio.create_task(files.next())
    while len(reader.begun) < begun:
        await asyncio.sleep(0)
    for _ in range(9):
        await asyncio.sleep(0)
    assert len(reader.begun) == begun
    reader.read.set()
    assert len(await first) == together
    await files.aclose()


async def test_a_file_that_is_to_be_alone_is_read_when_all_before_it_are_kept_and_none_is_behind_it():
    reader = Reader()
    files = Ahead((a_source(n, alone=n == 2) for n in range(5)), reader)
    assert names(await files.next()) == ["0", "1"]
    assert reader.begun == ["0", "1"]
    assert names(await files.next()) == ["2"]
    assert reader.begun == ["0", "1", "2"]
    assert names(await files.next()) == ["3", "4"]
    assert await files.next() == ()


async def test_a_file_that_is_read_waits_for_no_slow_one(monkeypatch):
    monkeypatch.setattr(ahead, "GATHERED", 0.0)
    slow, reader = asyncio.Event(), Reader()

    async def read(source: Source) -> Opened:
        if source.name == "1":
            await slow.wait()
        return await reader(source)

    files = Ahead((a_source(n) for n in range(3)), read)
    assert names(await files.next()) == ["0"]
    slow.set()
    assert names(await files.next())[0] == "1"
    await files.aclose()


async def test_what_cannot_be_read_at_all_is_raised_in_its_turn():
    reader = Reader()
    reader.fails = {"2"}
    files = Ahead((a_source(n) for n in range(9)), reader)
    assert names(await files.next()) == ["0", "1"]
    with pytest.raises(OutOfRoom):
        await files.next()
    await files.aclose()
