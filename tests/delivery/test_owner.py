"""The owner hears of each thing once, and of everything in the end."""

from __future__ import annotations

import pytest

from bot.delivery.owner import KEPT, Owner
from bot.domain.errors import RetryLater
from bot.domain.model import Address
from tests.fakes import FakeClock
from tests.fakes_chat import RecordingMessenger

HOME = Address("slack", "C0OWNER")


@pytest.fixture
def slack() -> RecordingMessenger:
    return RecordingMessenger()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def owner(slack, clock) -> Owner:
    return Owner(HOME, {"slack": slack}, clock)


async def test_an_owner_whom_nothing_can_be_told_is_named_in_the_log(slack, clock, caplog):
    for to, heard in ((HOME, 0), (None, 0), (Address("telegram", "7"), 1)):
        owner = Owner(to, {"slack": slack}, clock)
        owner.look()
        assert owner.heard == heard
    assert "the owner (telegram:7) is told nothing: telegram is not set up: TELEGRAM_BOT_TOKEN" in caplog.text


async def test_equal_sentences_are_counted_in_the_days_line(owner, slack, clock):
    for _ in range(3):
        await owner.tell("the store is busy")
    await owner.tell("a part was refused")
    await owner.tick()
    assert slack.posts == []
    clock.pass_by(days=1)
    await owner.tick()
    await owner.tick()
    (line,) = slack.texts(HOME.chat)
    assert line.startswith("2 things failed")
    assert line.endswith(": the store is busy (3 times); a part was refused")
    assert owner.heard == 4


async def test_an_urgent_sentence_is_told_at_once_and_once_an_hour(owner, slack, clock):
    for _ in range(60):
        await owner.tell("the disk is full", urgent=True)
        clock.pass_by(minutes=2)
    await owner.tell("the token is dead", urgent=True)
    told = slack.texts(HOME.chat)
    assert [text.rpartition(": ")[2] for text in told] == ["the disk is full"] * 2 + ["the token is dead"]
    await owner.close()
    assert slack.texts(HOME.chat)[-1].endswith(": the disk is full (58 times)")


async def test_what_is_kept_is_sent_when_the_desk_closes(owner, slack):
    await owner.close()
    assert slack.posts == []
    await owner.tell("a part was refused")
    await owner.close()
    await owner.close()
    assert len(slack.posts) == 1


async def test_no_more_is_kept_than_a_bound_and_all_is_counted(owner, slack):
    for number in range(3 * KEPT):
        await owner.tell(f"part {number} was refused")
        await owner.tell(f"token {number} is dead", urgent=True)
    assert len(owner._kept) == KEPT
    assert len(owner._urgent) == KEPT
    assert len(slack.posts) == KEPT
    await owner.close()
    assert slack.texts(HOME.chat)[-1].startswith(f"{5 * KEPT:,} things failed")


async def test_a_line_that_cannot_be_sent_is_kept(owner, slack, clock):
    slack.trouble[HOME.chat] = [RetryLater(HOME, "slow down", 5)] * 2
    await owner.tell("the disk is full", urgent=True)
    await owner.tell("a part was refused")
    clock.pass_by(days=1)
    await owner.tick()
    assert slack.posts == []
    await owner.tick()
    (line,) = slack.texts(HOME.chat)
    assert line.endswith(": the disk is full; a part was refused")


async def test_without_an_owner_the_log_has_it(slack, clock, caplog):
    owner = Owner(None, {"slack": slack}, clock)
    await owner.tell("the disk is full", urgent=True)
    await owner.close()
    assert slack.posts == []
    assert "the disk is full" in caplog.text
