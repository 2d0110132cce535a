"""What one file, slot, part or word raises, wherever on its way, settles it alone: the others go on."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import BadCredentials
from bot.domain.model import Address
from bot.runtime import failpoints
from bot.runtime.failpoints import POINTS
from tests.conversation import ADA, PostingPorts, open_talk, said, shown
from tests.delivery.test_deliver import GROUP, OTHER, SLACK, Newsroom, a_channel, room
from tests.desk import FERRY, an_article_file, open_desk

__all__ = ["room"]  # a fixture

WAY_IN = [point for point in POINTS if point.startswith(("inbox", "ingest"))]
WAY_OUT = [point for point in POINTS if point.startswith(("stage", "post"))]
ANSWERS = [point for point in POINTS if point.startswith("answer")]
AMENDS = [point for point in POINTS if point.startswith("amend")]  # tests/upkeep/test_forget.py
COMMANDS = [
    point for point in POINTS if point.startswith(("forget", "copy", "merge", "index"))
]  # tests/upkeep.py
WORK = [point for point in POINTS if point.startswith("work")]  # tests/queue/test_queue_kills.py
LETTERS = [point for point in POINTS if point.startswith("letter")]  # tests/sources/test_mailbox_desk.py
FAULT = "RuntimeError at failpoints.py:"


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch):
    """Has a pass of a point raise what nobody expects."""

    def order(setting: str) -> None:
        monkeypatch.setattr(failpoints, "_ordered", failpoints._order(f"{setting}:{failpoints.RAISE}"))

    return order


def test_every_point_has_a_loop():
    assert sorted(WAY_IN + WAY_OUT + ANSWERS + AMENDS + COMMANDS + LETTERS + WORK) == sorted(POINTS)


@pytest.mark.parametrize("point", WAY_IN)
async def test_one_file_fails_and_the_others_are_taken_in(tmp_path: Path, fails, point: str):
    for n in range(3):
        an_article_file(
            tmp_path / "inbox", f"{n}.txt", f"Ferry {n} sails", f"Ship {n} left {n}.", *FERRY[: n + 1]
        )
    async with open_desk(tmp_path) as desk:
        # All three are written at once: each is then tried by itself.
        fails("ingest-writing:1" if point == "ingest-writing" else f"{point}:2")
        receipts = {receipt.file: receipt for receipt in await desk.empty_inbox()}
        again = await desk.empty_inbox()
    assert {receipts[name].outcome for name in ("0.txt", "2.txt")} == {"new"}
    if point == "inbox-claimed":  # it was not even taken: it waits for the next pass
        assert [(receipt.file, receipt.outcome) for receipt in again] == [("1.txt", "new")]
        return
    assert again == []
    failed = receipts["1.txt"]
    if point in {"ingest-opening", "ingest-read", "ingest-placed"}:
        assert failed.outcome == "unreadable"
        assert failed.reason
        assert str(failed.reason).startswith(f"the desk failed on it ({FAULT}")
        assert [path.name for path in (tmp_path / "inbox" / "failed").rglob("1.txt~*[0-9a-f]")]
    else:  # the library has it, and its receipt says so
        assert failed.outcome == "new"


async def test_a_file_of_several_articles_loses_only_the_one_that_fails(tmp_path: Path, fails):
    wire = tmp_path / "inbox" / "wire.jsonl"
    wire.parent.mkdir()
    articles = [
        {"title": f"Ferry {n} sails", "text": "\n\n".join((f"Ship {n} left.", *FERRY[: n + 1]))}
        for n in (1, 2, 3)
    ]
    wire.write_text("\n".join(map(json.dumps, articles)), encoding="utf-8")
    async with open_desk(tmp_path) as desk:
        fails("ingest-read:2")
        (receipt,) = await desk.empty_inbox()
    assert [part.outcome for part in receipt.parts] == ["new", "unreadable", "new"]


@pytest.mark.parametrize("point", WAY_OUT)
async def test_one_channel_fails_and_every_part_has_a_fate(room: Newsroom, fails, point: str):
    room.channels = [a_channel("one", SLACK), a_channel("two", OTHER), a_channel("three", GROUP)]
    outbox = room.outbox()
    deliver = room.deliver(outbox)
    await deliver.stage_due()
    await room.arrive(2)
    room.clock.pass_by(days=1)
    fails(f"{point}:1")
    for _ in range(2):  # the second tick makes what the first could not
        await deliver.stage_due()
        await deliver.post_waiting(timedelta(minutes=5))
    for channel, messenger in (("C1", room.slack), ("C2", room.slack), (GROUP.chat, room.telegram)):
        told = "\n".join(messenger.texts(channel))
        assert told.count("Ship 1 sails") == told.count("Ship 2 sails") == 1, point
    assert await outbox.waiting(room.clock.now()) == ()
    assert await outbox.next_time(room.clock.now()) is None
    if point not in {"post-attempted", "post-answered"}:  # there the lost answer is looked up, as ever
        assert any(FAULT in told for told in room.owner.told)


async def test_a_part_that_cannot_be_looked_up_is_told_and_not_looked_for_without_end(room: Newsroom):
    outbox = room.outbox()
    deliver = room.deliver(outbox)
    await deliver.stage_due()
    await room.arrive(1)
    room.clock.pass_by(days=1)
    await deliver.stage_due()
    room.slack.trouble["C1"] = [KeyError("ts")]
    room.slack.looks = [KeyError("messages")] * 9
    await deliver.post_waiting(timedelta(minutes=5))
    assert len(room.slack.looks) == 6
    assert await outbox.waiting(room.clock.now()) == ()
    (told,) = room.owner.told
    assert "may or may not have been posted: it cannot be looked up: KeyError at " in told


@pytest.mark.parametrize("point", ANSWERS)
async def test_one_word_fails_and_the_others_are_answered(tmp_path: Path, fails, point: str):
    heard = [said("/help", Address("slack", f"C{n}"), ADA) for n in range(3)]
    async with open_talk(tmp_path, fill=False) as talk:
        fails(f"{point}:2")
        wire = await _run(talk.answer, heard)
        owner = talk.owner
    full = [key for key, message in wire.replies if "What I can do" in shown(message)]
    assert len(full) == (3 if point == "answer-said" else 2)
    assert [FAULT in told for told in owner.told] == [True]


async def test_what_breaks_off_a_stream_is_raised_when_what_was_heard_is_answered(tmp_path: Path):
    async with open_talk(tmp_path, fill=False) as talk:
        wire = PostingPorts()
        wire.hear(said("/help", Address("slack", "C1"), ADA), KeyError("envelope"))
        with pytest.raises(KeyError):
            await talk.answer.run(wire, asyncio.Event())
        assert len(wire.replies) == 1
        wire.hear(said("/help", Address("slack", "C1"), ADA), BadCredentials(Address("slack"), "dead"))
        with pytest.raises(BadCredentials):
            await talk.answer.run(wire, asyncio.Event())
        assert len(wire.replies) == 2


async def test_words_that_are_no_words_end_nothing(tmp_path: Path):
    odd = said(5, Address("slack", "C1"), ADA)  # type: ignore[arg-type]  # as a platform's library may let through
    async with open_talk(tmp_path, fill=False) as talk:
        wire = await _run(talk.answer, [odd, said("/help", Address("slack", "C1"), ADA)])
        assert "What I can do" in shown(wire.replies[-1][1])
        assert len(talk.owner.told) == 1


async def _run(answer, heard) -> PostingPorts:
    wire = PostingPorts()
    wire.hear(*heard, None)
    async with asyncio.timeout(60):
        await answer.run(wire, asyncio.Event())
    return wire
