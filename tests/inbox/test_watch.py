"""Events of the inbox: a drop wakes the desk, the desk's own moves do not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.inbox.spool import SpoolSettings
from bot.inbox.watch import watch


@asynccontextmanager
async def watched(folder: Path, *, poll: bool = False) -> AsyncIterator[asyncio.Event]:
    """The event that a change sets; a first file proves that the watch has begun."""
    changed, stop = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(watch(SpoolSettings(folder, poll=poll), changed.set, stop))
    try:
        for number in range(200):
            (folder / f"begin-{number}.txt").write_text("begin")
            try:
                await asyncio.wait_for(changed.wait(), 0.1)
            except TimeoutError:
                continue
            break
        else:
            pytest.fail("the watch did not begin")
        changed.clear()
        yield changed
    finally:
        stop.set()
        await asyncio.wait_for(task, 60)


@pytest.mark.parametrize("poll", [False, True])
async def test_a_dropped_file_is_noticed(tmp_path, poll):
    async with watched(tmp_path, poll=poll) as changed:
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub" / "a.txt").write_text("text")
        await asyncio.wait_for(changed.wait(), 60)


async def test_a_folder_that_cannot_be_watched_is_no_catastrophe(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    await watch(SpoolSettings(tmp_path / "file" / "inbox"), lambda: None, asyncio.Event())
    assert "is listed every 60 seconds" in caplog.text
