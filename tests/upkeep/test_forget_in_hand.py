"""What is forgotten while the desk has its file in hand: the file does not stay in `done/`, nor its words in what was left."""

from __future__ import annotations

import json
from contextlib import aclosing
from pathlib import Path

import pytest

from bot.inbox.spool import Spool
from bot.ingest import pipeline
from bot.runtime.processes import this_process
from tests.builders import NOON
from tests.desk import FERRY, OpenDesk, an_article_file
from tests.fakes import FakeClock
from tests.forgetful import SECRET, VESSEL, a_desk, drop, far_ends, traces
from tests.ingest.test_ingest_faults import desk as command
from tests.store.conftest import empty_postgres_url, postgres, postgres_url, sqlite_url, store_url
from tests.stores import migrated

__all__ = ["empty_postgres_url", "postgres", "postgres_url", "sqlite_url", "store_url"]  # fixtures
CONFIG = 'timezone = "UTC"\n[inbox]\nquiet = 0\nreaders = 1\n'


async def forget_before_it_is_put_away(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take in what waits; what has the word is forgotten when it is kept, and its file is still claimed."""
    put_away, held = pipeline._put_away, []
    loop_of = pipeline.asyncio.to_thread

    async def to_thread(function, *args):  # type: ignore[no-untyped-def]
        if function is put_away and not held:
            held.append(True)
            await desk.desk.index.follow(desk.desk.library)
            done = await desk.forgetting.forget(await desk.forgetting.chosen(SECRET))
            assert done.entries
            assert await desk.forgetting.finish() == 1
        return await loop_of(function, *args)

    with monkeypatch.context() as patch:
        patch.setattr(pipeline.asyncio, "to_thread", to_thread)
        async with aclosing(desk.ingest.spool(Spool(desk.config.inbox))) as receipts:
            assert [receipt.outcome async for receipt in receipts]
    assert held


@pytest.mark.sampled(1)
async def test_its_file_goes_when_it_is_put_away(tmp_path, store_url, monkeypatch):
    async with a_desk(tmp_path, store_url, FakeClock(NOON), far_ends()) as desk:
        drop(tmp_path)
        await forget_before_it_is_put_away(desk, monkeypatch)
        assert await desk.forgetting.finish() == 1
        assert traces(tmp_path) == []
        assert len(list((tmp_path / "inbox" / "done").rglob("*.md~????????"))) == 1
        assert await desk.forgetting.finish() == 0


async def test_a_file_of_several_goes_by_the_entry_that_its_receipt_names(tmp_path, sqlite_url, monkeypatch):
    async with a_desk(tmp_path, sqlite_url, FakeClock(NOON), far_ends()) as desk:
        articles = [
            {"title": f"Tug {SECRET} sinks off the pier", "text": "\n\n".join(VESSEL)},
            {"title": "Ferries to run every ten minutes", "text": "\n\n".join(FERRY)},
        ]
        (tmp_path / "inbox").mkdir()
        (tmp_path / "inbox" / "wire.jsonl").write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
        await forget_before_it_is_put_away(desk, monkeypatch)
        assert await desk.forgetting.finish() == 1
        assert traces(tmp_path) == []
        assert len(await desk.desk.library.after_revision(0, limit=9)) == 1


def test_a_desk_that_ends_right_behind_that_leaves_it_to_the_check(tmp_path: Path):
    """The file lies in `done/`, and nobody has noted it: it is as if the desk had been killed between the two."""
    migrated(tmp_path / "data" / "copydesk.db")
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    an_article_file(tmp_path / "inbox", "a.txt", f"Tug {SECRET} sinks off the pier", *VESSEL)
    an_article_file(tmp_path / "inbox", "b.txt", "Ferries to run every ten minutes", *FERRY)
    assert command(tmp_path, "ingest").returncode == 0
    (file,) = (tmp_path / "inbox" / "done").rglob("a.txt~????????")
    receipt = file.with_name(f"{file.name}.receipt.json")
    kept = file.read_bytes(), receipt.read_bytes()
    assert command(tmp_path, "forget", SECRET, "--yes").returncode == 0
    assert traces(tmp_path) == []
    for path, content in zip((file, receipt), kept, strict=True):
        path.write_bytes(content)
    told = command(tmp_path, "check")
    assert (told.returncode, "1 file of what was forgotten" in told.stderr) == (1, True)
    assert command(tmp_path, "check", "--repair").returncode == 0
    assert traces(tmp_path) == []
    checked = command(tmp_path, "check")
    assert (checked.returncode, "done: 1 file, each in the store" in checked.stdout) == (0, True)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("half", ["before-0030.part", "restoring-wal"])
async def test_copies_that_were_made_unasked_go_too_and_halves_of_a_process_that_ended(
    tmp_path, store_url, half
):
    host, pid_and_more = this_process().rsplit("-", 1)
    ended = f"{host}-999000001~{pid_and_more.partition('~')[2]}"
    async with a_desk(tmp_path, store_url, FakeClock(NOON), far_ends()) as desk:
        drop(tmp_path)
        await desk.empty_inbox()
        beside = desk.config.store.beside
        assert beside is not None
        whole = beside.with_name(f"{beside.name}.before-0030.jsonl.gz")
        left, living = (beside.with_name(f".{one}.{beside.name}.{half}") for one in (ended, this_process()))
        for copy in (whole, left, living):
            copy.write_text(SECRET, encoding="utf-8")
        await desk.forgetting.forget(await desk.forgetting.chosen(SECRET))
        await desk.forgetting.finish()
        assert [copy.exists() for copy in (whole, left, living)] == [False, False, True]
        living.unlink()
        assert traces(tmp_path) == []
