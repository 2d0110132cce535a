"""The way in: each article once, in order, and one bad file never stops the others."""

from __future__ import annotations

import asyncio
import json
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import InboxError, IndexRebuilding, OutOfRoom
from bot.domain.model import Window
from bot.domain.query import parse
from bot.inbox.spool import Claim, Spool
from bot.ingest.pipeline import Ingest
from bot.search.folder import rebuilding
from tests.article import samples
from tests.builders import NOON
from tests.desk import FERRY, ORCHARD, an_article_file, open_desk
from tests.fakes import FakeClock, HereAndNow
from tests.folders import nested


async def test_files_are_read_where_they_lie_and_left_there(tmp_path):
    path = an_article_file(tmp_path, "ferry.txt", "Ferries to run every ten minutes", *FERRY)
    async with open_desk(tmp_path) as desk:
        (receipt,) = await desk.read(path)
        assert (receipt.outcome, receipt.title) == ("new", "Ferries to run every ten minutes")
        entry = await desk.desk.library.entry(receipt.entry)
    assert path.exists()
    assert [span.of(entry.article.text) for span in entry.article.paragraphs] == list(FERRY)
    assert [q.speaker_name for q in entry.quotes] == ["Celia Marrant"]


async def test_each_article_is_in_the_library_once_however_often_it_comes(tmp_path):
    ferry = an_article_file(tmp_path, "ferry.txt", "Ferries to run every ten minutes", *FERRY)
    again = an_article_file(tmp_path, "copy of ferry.txt", "Ferries to run every ten minutes", *FERRY)
    async with open_desk(tmp_path) as desk:
        receipts = await desk.read(ferry, ferry, again, again)
        library = desk.desk.library
        arrivals = await library.arrivals(Window(0, await library.revision()))
        assert len(await library.after_revision(0, limit=10)) == 1
    assert [receipt.outcome for receipt in receipts] == ["new", "known", "known", "known"]
    assert {receipt.entry for receipt in receipts} == {receipts[0].entry}
    assert [(a.name, a.outcome) for a in arrivals] == [(str(ferry), "new"), (str(again), "known")]


async def test_files_are_taken_in_while_the_index_is_rebuilt_and_join_the_stories_that_came_last(tmp_path):
    inbox = tmp_path / "inbox"
    an_article_file(inbox, "a.txt", "Ferries to run every ten minutes", *FERRY)
    an_article_file(inbox, "o.txt", "Frost takes two thirds of the apples", *ORCHARD)
    async with open_desk(tmp_path) as desk:
        await desk.empty_inbox()
        (desk.config.search.path / "meta.json").write_text("{")
        with rebuilding(desk.config.search.path):  # in another process
            later = (*FERRY[:3], "The timetable hangs at both piers.")
            an_article_file(inbox, "b.txt", "Ferries will run every ten minutes", *later)
            (receipt,) = await desk.empty_inbox()
            assert receipt.outcome in {"new", "corrected"}
            with pytest.raises(IndexRebuilding):
                await desk.answer.responder.lookup.find("ferries")
        index = desk.desk.index
        await index.aclose()
        with pytest.raises(IndexRebuilding):  # now this process builds it, and says so until it is whole
            await index.follow(desk.desk.library)
        await index._building
        await index.follow(desk.desk.library)
        stories = {entry.story for entry in await desk.desk.library.after_revision(0, limit=9)}
        assert len(stories) == 2
        assert (await desk.answer.responder.lookup.find("timetable")).total == 1


async def test_the_inbox_is_emptied_into_done_and_failed_with_receipts(tmp_path):
    inbox = tmp_path / "inbox"
    an_article_file(inbox, "ferry.txt", "Ferries to run every ten minutes", *FERRY)
    an_article_file(inbox, "sub/orchard.txt", "Frost takes two thirds of the apples", *ORCHARD)
    (inbox / "scan.txt").write_bytes(b"\x00\x01\x02" * 100)
    (inbox / "empty.txt").write_bytes(b"")
    async with open_desk(tmp_path) as desk:
        receipts = await desk.empty_inbox()
    assert {r.file: r.outcome for r in receipts} == {
        "empty.txt": "unreadable",
        "ferry.txt": "new",
        "scan.txt": "unreadable",
        "sub/orchard.txt": "new",
    }
    settled = list(inbox.rglob("*.receipt.json"))
    assert len(settled) == 4
    for path in settled:
        told = json.loads(path.read_text(encoding="utf-8"))
        assert path.with_name(path.name.removesuffix(".receipt.json")).exists()
        assert (told["reason"] is not None) == ("failed" in path.parts)
    assert {p.name for p in inbox.iterdir()} <= {"done", "failed", ".claimed", "sub"}


async def test_what_was_ingested_is_searchable_at_once(tmp_path):
    ferry = an_article_file(tmp_path, "ferry.txt", "Ferries to run every ten minutes", *FERRY)
    orchard = an_article_file(tmp_path, "orchard.txt", "Frost takes two thirds of the apples", *ORCHARD)
    async with open_desk(tmp_path) as desk:
        receipts = await desk.read(ferry, orchard)
        findings = await desk.answer.responder.lookup.find("apples frost")
    assert [hit.entry.id for hit in findings.hits] == [receipts[1].entry]


async def test_who_reads_the_receipt_of_the_last_file_and_searches_finds_it(tmp_path):
    inbox = tmp_path / "inbox"
    async with open_desk(tmp_path) as desk:
        an_article_file(inbox, "orchard.txt", "Frost takes the apples", *ORCHARD)
        await desk.empty_inbox()
        an_article_file(inbox, "ferry.txt", "Ferries every ten minutes", *FERRY)
        async with aclosing(desk.ingest.spool(Spool(desk.config.inbox))) as receipts:
            receipt = await anext(receipts)
            found = await desk.desk.index.search(parse("ferries").query, now=NOON, limit=9)
            assert [match.entry for match in found.matches] == [receipt.entry]


async def test_wire_copies_join_one_story_within_a_batch_and_across(tmp_path):
    first = an_article_file(tmp_path, "a.txt", "Ferries to run every ten minutes", *FERRY)
    trimmed = an_article_file(tmp_path, "b.txt", "New ships for the islands", *FERRY[:3])
    other = an_article_file(tmp_path, "c.txt", "Frost takes two thirds of the apples", *ORCHARD)
    later = an_article_file(
        tmp_path, "d.txt", "Islands get their ferries", *FERRY[:3], "It will be a calm winter."
    )
    async with open_desk(tmp_path) as desk:
        receipts = [*await desk.read(first, trimmed, other), *await desk.read(later)]
        stories = [(await desk.desk.library.entry(r.entry)).story for r in receipts]
    assert stories == [receipts[0].entry, receipts[0].entry, receipts[2].entry, receipts[0].entry]


async def test_the_library_is_the_same_whatever_runs_ahead(tmp_path):
    paths = [
        an_article_file(
            tmp_path,
            f"{n:02}.txt",
            f"Report number {n} about a ferry",
            f"Ship {n} sailed at {n}.",
            *FERRY[:n],
        )
        for n in range(1, 5)
    ] * 4
    outcomes = []
    for folder in ("one", "two"):
        async with open_desk(tmp_path / folder) as desk:
            outcomes.append([(r.outcome, r.entry) for r in await desk.read(*paths)])
    assert outcomes[0] == outcomes[1]


async def test_an_interrupted_pass_gives_back_what_it_held(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.ingest.ahead.TOGETHER", 1)
    inbox = tmp_path / "inbox"
    for number in range(4):
        an_article_file(inbox, f"{number}.txt", f"Report {number}", *FERRY[: number + 1])
    async with open_desk(tmp_path) as desk:
        async with aclosing(desk.ingest.spool(Spool(desk.config.inbox))) as receipts:
            await anext(receipts)
        left = [p.name for p in inbox.iterdir() if p.is_file()]
        assert sorted(left) == ["1.txt", "2.txt", "3.txt"]
        assert len(await desk.empty_inbox()) == 3


def wire(count: int) -> bytes:
    records = [{**samples.another(n), "url": f"{samples.URL}/{n}"} for n in range(1, count + 1)]
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


async def test_a_file_of_several_articles_has_one_receipt_with_a_part_for_each(tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    whole = wire(3) + b"{broken"
    (inbox / "wire.jsonl").write_bytes(whole)
    async with open_desk(tmp_path) as desk:
        (receipt,) = await desk.empty_inbox()
        assert [part.file for part in receipt.parts] == [f"wire.jsonl#{number}" for number in (1, 2, 3, 4)]
        assert [part.outcome for part in receipt.parts] == ["new", "new", "new", "unreadable"]
        assert (receipt.outcome, receipt.entry, receipt.title) == ("new", None, None)
        assert (
            str(receipt.reason)
            == "1 of 4 articles could not be read, the first: wire.jsonl#4: line 4 is no valid JSON"
        )
        (settled,) = (inbox / "done").rglob("*.receipt.json")
        told = json.loads(settled.read_text(encoding="utf-8"))
        assert [part["title"] for part in told["parts"][:3]] == [
            "Berth 1 closes",
            "Berth 2 closes",
            "Berth 3 closes",
        ]
        (inbox / "more.jsonl").write_bytes(wire(4))
        (receipt,) = await desk.empty_inbox()
        assert [part.outcome for part in receipt.parts] == ["known", "known", "known", "new"]
        (inbox / "again.jsonl").write_bytes(wire(4))
        (receipt,) = await desk.empty_inbox()
    assert receipt.outcome == "known"


async def test_a_file_that_the_disk_does_not_give_stops_no_other_and_no_later_drop(tmp_path, monkeypatch):
    inbox = tmp_path / "inbox"
    for number in range(3):
        an_article_file(inbox, f"{number}.txt", f"Report {number}", *FERRY[: number + 1])
    claim = Spool.claim

    def sometimes(self: Spool, path: Path) -> Claim | None:
        if path.name == "1.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return claim(self, path)

    monkeypatch.setattr(Spool, "claim", sometimes)
    async with open_desk(tmp_path) as desk:
        told: list[str] = []

        async def tell(text: str) -> None:
            told.append(text)

        ingest, spool = Ingest(desk.desk, desk.config.ingest, tell), Spool(replace(desk.config.inbox, bulk=2))
        assert [receipt.file async for receipt in ingest.spool(spool)] == ["0.txt", "2.txt"]
        assert told == ["1.txt cannot be taken from the inbox: Permission denied"]
        an_article_file(inbox, "3.txt", "Report 3", *ORCHARD)
        assert [receipt.file async for receipt in ingest.spool(spool)] == ["3.txt"]
        entries = await desk.desk.library.after_revision(0, limit=9)
        arrivals = await desk.desk.library.arrivals(Window(0, 9))
    assert [entry.bulk for entry in entries] == [True, True, False]
    assert len(arrivals) == 3
    assert len(told) == 1
    assert (inbox / "1.txt").exists()


async def test_a_shelf_that_cannot_be_used_is_one_sentence_and_loses_nothing(tmp_path):
    inbox = tmp_path / "inbox"
    an_article_file(inbox, "a.txt", "Report", *FERRY)
    (inbox / "done").write_text("a file in the way")
    async with open_desk(tmp_path) as desk:
        with pytest.raises(InboxError, match=r"a\.txt cannot be settled"):
            await desk.empty_inbox()
    assert (inbox / "a.txt").exists()


class Slow(HereAndNow):
    """Workers that have an archive in hand until they are told."""

    def __init__(self) -> None:
        self.begun, self.done = asyncio.Event(), asyncio.Event()

    async def run(self, function, *args, **kwargs):
        self.begun.set()
        await self.done.wait()
        return await super().run(function, *args, **kwargs)


async def test_what_is_held_is_not_lost_however_long_one_file_takes(tmp_path):
    clock, workers = FakeClock(), Slow()
    an_article_file(tmp_path / "inbox", "a.txt", "Report", *FERRY)
    async with open_desk(tmp_path, clock) as desk:
        object.__setattr__(desk.desk, "workers", workers)
        mine = replace(desk.config.inbox, lease=timedelta(milliseconds=30))
        async with aclosing(desk.ingest.spool(Spool(mine))) as receipts:
            reading = asyncio.create_task(anext(receipts))
            await workers.begun.wait()
            clock.pass_by(minutes=30)
            (lease,) = (tmp_path / "inbox/.claimed").rglob(".lease")
            async with asyncio.timeout(60):
                while lease.stat().st_mtime < clock.now().timestamp():
                    await asyncio.sleep(0)
            workers.done.set()
            assert (await reading).outcome == "new"
    assert not list((tmp_path / "inbox/.claimed").iterdir())


async def test_what_is_kept_is_found_while_a_slow_file_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.ingest.ahead.GATHERED", 0.0)
    monkeypatch.setattr("bot.ingest.keeping.SEARCHABLE_WITHIN", 0.001)
    slow = Slow()

    class OneSlow(HereAndNow):
        async def run(self, function, *args, **kwargs):
            is_slow = getattr(args[0], "name", "") == "b.txt"
            return await (slow.run if is_slow else super().run)(function, *args, **kwargs)

    an_article_file(tmp_path / "inbox", "a.txt", "Report", *FERRY)
    an_article_file(tmp_path / "inbox", "b.txt", "Frost takes two thirds of the apples", *ORCHARD)
    async with open_desk(tmp_path) as desk:
        object.__setattr__(desk.desk, "workers", OneSlow())
        taking = asyncio.create_task(desk.empty_inbox())
        async with asyncio.timeout(60):
            while not (await desk.desk.index.search(parse("ferries").query, now=NOON, limit=9)).total:
                await asyncio.sleep(0.01)
        assert not taking.done()
        slow.done.set()
        assert [receipt.outcome for receipt in await taking] == ["new", "new"]


class Cramped(HereAndNow):
    """Workers on a machine that has no room."""

    async def run(self, *_, **__):
        raise OutOfRoom("No space left on device")


async def test_a_machine_without_room_fails_no_file(tmp_path):
    inbox = tmp_path / "inbox"
    an_article_file(inbox, "a.txt", "Report", *FERRY)
    async with open_desk(tmp_path) as desk:
        workers = desk.desk.workers
        object.__setattr__(desk.desk, "workers", Cramped())
        with pytest.raises(OutOfRoom, match="no room"):
            await desk.empty_inbox()
        assert (inbox / "a.txt").exists()
        object.__setattr__(desk.desk, "workers", workers)
        assert [receipt.outcome for receipt in await desk.empty_inbox()] == ["new"]


async def test_a_folder_of_endless_folders_is_settled_with_a_reason(tmp_path):
    inbox = tmp_path / "inbox"
    an_article_file(inbox, "ferry.txt", "Ferries to run every ten minutes", *FERRY)
    with nested(inbox, 1_500):
        async with open_desk(tmp_path) as desk:
            deep, ferry = await desk.empty_inbox()
            assert await desk.empty_inbox() == []
    assert (deep.outcome, ferry.outcome) == ("unreadable", "new")
    assert "more than 32 folders deep" in str(deep.reason)
