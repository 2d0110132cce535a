"""The whole desk on a database file that another program keeps: it says so, loses nothing, and goes on when that lets go."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import StoreError
from bot.wording import replies
from tests.builders import NOON
from tests.conversation import ADA, CHANNEL, PostingPorts, said, shown
from tests.desk import OpenDesk, an_article_file
from tests.fakes import FakeClock
from tests.forgetful import a_desk, far_ends, told
from tests.stores import migrated
from tests.whole.test_clock_set_back import PIER

PATIENCE = 0.02
"""Seconds for which a writer waits here, in place of fifteen: for either is 30 seconds too long."""


@contextmanager
def kept_by_another(path: Path) -> Iterator[None]:
    """A program writes, and does not come to an end."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


async def asked(desk: OpenDesk, words: str) -> str:
    """What somebody in a channel is answered."""
    wire = PostingPorts()
    wire.hear(said(words, CHANNEL, ADA), None)
    async with asyncio.timeout(60):
        await desk.answer.run(wire, asyncio.Event())  # type: ignore[arg-type] # as much of a messenger as answers need
    ((_, message),) = wire.replies
    return shown(message)


async def test_it_says_so_and_goes_on_when_the_file_is_free_again(tmp_path: Path):
    path = migrated(tmp_path / "data" / "copydesk.db")
    clock, far, access = FakeClock(NOON), far_ends(), {"allow": ["slack:T1"]}
    async with a_desk(tmp_path, f"sqlite:///{path}", clock, far, PATIENCE, access=access) as desk:
        await told(desk, clock, tmp_path)
        before = len(far.slack.posts)
        assert "Ferries to run" in await asked(desk, "/search ferries")
        with kept_by_another(path):
            for words in ("/search ferries", "/quotes Marsk", "/topics", "/subscriptions"):
                assert replies.UNREACHABLE in await asked(desk, words)
            an_article_file(tmp_path / "inbox", "pier.txt", "A pier is built", *PIER)
            with pytest.raises(StoreError, match="is busy: another process kept it for too long"):
                await desk.empty_inbox()
            assert (tmp_path / "inbox" / "pier.txt").exists()
            clock.pass_by(days=1)
            assert await desk.deliver.stage_due() == 0
            assert any('the digest "harbour" waits: ' in one for one in map(str, desk.owner._kept))
            assert len(far.slack.posts) == before
        (receipt,) = await desk.empty_inbox()
        assert (receipt.file, receipt.outcome) == ("pier.txt", "new")
        assert "A pier is built" in await asked(desk, "/search pier")
        assert await desk.deliver.stage_due() == 2
        await desk.deliver.post_waiting(timedelta(minutes=1))
        assert "A pier is built" in "".join(text for _, text, _ in far.slack.posts[before:])
