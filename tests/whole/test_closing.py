"""The end of a desk: it has a length, whatever does not answer by then."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.runtime.closing import Grace
from tests.day import Day, StoryClock
from tests.desk import FERRY, an_article_file
from tests.running import Town, town


@pytest.fixture
async def place(tmp_path) -> AsyncIterator[Town]:
    async with town(tmp_path) as place:
        yield place


def test_the_parts_of_the_grace_follow_each_other():
    grace = Grace()
    assert 0 < grace.work < grace.left < grace.told < grace.seconds < 9


def test_a_process_that_does_not_end_is_ended():
    code = (
        "import logging, threading; logging.basicConfig(); from bot.runtime.closing import end_within\n"
        "end_within(0.01); threading.Thread(target=threading.Event().wait).start()"
    )
    left = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, timeout=60)
    assert left.returncode == 1
    assert b"something does not end: the process is left after 0.01 seconds" in left.stderr


async def test_a_call_that_is_not_answered_in_time_is_left_and_looked_up_at_the_next_start(place):
    place.configure(grace=4, channels=[{"name": "news", "to": "slack:C1"}])
    (place.folder / "inbox").mkdir()
    article = an_article_file(place.folder, "ferry.txt", "Ferries to run every ten minutes", *FERRY)
    article.rename(place.folder / "inbox" / "ferry.txt")
    assert await (await place.start("ingest")).wait() == 0
    log = await place.open()
    place.slack.fail("chat.postMessage", kind="slow", seconds=3600.0)
    sent = await place.start("digest", "send", "news")
    await sent.communicate()
    log.desk.send_signal(signal.SIGHUP)  # reading the configuration again wakes the way out
    await place.slack.until(lambda: bool(place.slack.called("chat.postMessage")))
    assert await log.close() == 0
    lines = "".join(log.lines)
    assert "calls that are left before their answer: 1; the next start finds out" in lines
    assert "Traceback" not in lines
    log = await place.open()
    await place.slack.until(lambda: bool(place.slack.called("conversations.history")))
    assert await log.close() == 0
    assert len(place.slack.posted("C1")) == 1


async def test_a_database_that_does_not_answer_holds_no_process(place):
    """Somebody else holds the database's lock, in which leases would be given back."""
    place.configure(grace=1)
    log = await place.open()
    holder = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()",
        str(place.folder / "data" / "copydesk.db"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    try:
        assert await log.close() == 1
    finally:
        holder.kill()
        await holder.communicate()
    assert "something does not end: the process is left after 2 seconds" in "".join(log.lines)


async def test_the_owner_has_the_last_line_however_long_the_rest_took(place, monkeypatch):
    place.configure(owner={"to": "slack:C1"})
    monkeypatch.setattr(Grace, "told", -1.0)  # that moment is over before anything is closed
    story = Day(place, StoryClock(datetime(2026, 11, 23, 7, 50, tzinfo=UTC)))
    async with story.desk() as app:
        await app.owner.tell("a part was refused")
        assert place.slack.posted("C1") == []
    assert "a part was refused" in str(place.slack.posted("C1"))
