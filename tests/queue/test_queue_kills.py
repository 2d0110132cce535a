"""Real processes: a desk's files are read by workers that are killed at a named point; each article once, none lost."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot import config
from bot.app import opened
from bot.cli.daemon import kept_up
from bot.domain.query import parse
from bot.inbox.spool import Spool
from bot.runtime.failpoints import POINTS, VARIABLE
from bot.search.index import IndexSettings, open_index
from bot.store.library import SqlLibrary
from bot.store.sql.database import open_store
from tests import warm
from tests.builders import NOON
from tests.desk import FERRY, an_article_file
from tests.queue.several import CONFIG
from tests.queue.test_queue_faults import rows

OURS = [point for point in POINTS if point.startswith("work")]
FILES = 6


async def start(folder: Path, url: str, failpoint: str = "") -> warm.Program:
    """A worker, once it works."""
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")},
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "DATABASE_URL": url,
        **({VARIABLE: failpoint} if failpoint else {}),
    }
    worker = await warm.Program.start(
        "bot", "--config", str(folder / "config.toml"), "worker", environ=environ
    )
    async with asyncio.timeout(120):
        while line := (await worker.stderr.readline()).decode():
            if "the worker is open" in line:
                return worker
    raise AssertionError("the worker ended")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("point", OURS)
async def test_each_article_is_kept_once_whoever_is_killed(tmp_path: Path, postgres_url: str, point: str):
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    settings = config.load(tmp_path / "config.toml", {"DATABASE_URL": postgres_url})
    for number in range(FILES):
        an_article_file(
            tmp_path / "inbox", f"{number}.txt", f"Ferry {number}", *FERRY, f"Paragraph {number}."
        )
    workers = [await start(tmp_path, postgres_url, f"{point}:{n + 1}") for n in range(2)]
    async with opened(settings, attended=True) as desk:
        taking = asyncio.ensure_future(_taken(desk.ingest.spool(Spool(settings.inbox))))
        assert [await worker.wait() for worker in workers] == [-signal.SIGKILL] * 2
        last = await start(tmp_path, postgres_url)
        assert sorted(await taking) == [(f"{number}.txt", "new") for number in range(FILES)]
    last.send_signal(signal.SIGTERM)
    _, told = await last.communicate()
    assert last.returncode == 0
    assert b"the worker is closed; done: " in told
    kept = rows(postgres_url, "SELECT origin FROM entries ORDER BY origin")
    assert kept == [(f"{number}.txt",) for number in range(FILES)]
    assert rows(postgres_url, "SELECT id FROM tasks") == []
    await _found_elsewhere(tmp_path, settings)


async def _taken(receipts: object) -> list[tuple[str, str]]:
    return [(receipt.file, receipt.outcome) async for receipt in receipts]  # type: ignore[attr-defined]  # a stream of them


async def _found_elsewhere(folder: Path, settings: config.Config) -> None:
    """The index of another host has what this one took in."""
    async with await open_store(settings.store) as database:
        index, stop = open_index(IndexSettings(folder / "elsewhere")), asyncio.Event()
        following = asyncio.create_task(kept_up(index, SqlLibrary(database), stop, every=0.01))
        async with asyncio.timeout(60):
            while (await index.search(parse("ferry").query, now=NOON, limit=10)).total < FILES:
                await asyncio.sleep(0.01)
        stop.set()
        await following
