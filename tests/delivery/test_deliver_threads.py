"""The threaded style: headlines in the channel, each story's detail beneath, each once and in that order."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import Refused, RetryLater
from bot.domain.model import Subscription
from bot.store.delivery.memory import SqlMemory
from tests.delivery.test_deliver import GROUP, Newsroom, a_channel, room
from tests.fakes_chat import Lost

__all__ = ["room"]

SAILS = [f"Ship {n} sails" for n in (1, 2)]
LEFT = [f"Ship {n} left harbour {n}." for n in (1, 2)]


def threaded(**more: object) -> Subscription:
    return replace(a_channel(**more), style="threaded")  # type: ignore[arg-type]


async def staged(room: Newsroom, channel: Subscription) -> None:
    """Two ships have sailed, and the digest that says so is staged."""
    room.channels = [channel]
    room.digests._recall = SqlMemory(room.database).recall
    await room.deliver().stage_due()
    await room.arrive(2)
    room.clock.pass_by(days=1)
    assert await room.deliver().stage_due() == 1


async def posted(room: Newsroom) -> None:
    """Everything that can be posted within a few minutes is, by processes that end after each pass."""
    for _ in range(6):
        await room.deliver().post_waiting(timedelta(minutes=1))
        room.clock.pass_by(minutes=1)


def in_order(texts: list[str]) -> list[str]:
    """What each post is: a headline, or a story's detail."""
    return [next(one for one in (*SAILS, *LEFT, "files") if one in text) for text in texts]


async def test_each_detail_stands_in_the_thread_of_its_headline(room: Newsroom):
    await staged(room, threaded())
    await posted(room)
    texts = room.slack.texts("C1")
    first, second = (n for n, text in enumerate(texts) if "sails" in text)
    assert (first, second, len(texts)) == (0, 2, 5)
    assert room.slack.parents == ["", "1", "", "3", ""]
    for at in (first, second):
        number = texts[at].partition(" sails")[0][-1]
        assert texts[at + 1] == f"Ship {number} left harbour {number}."
        assert "left harbour" not in texts[at]
    assert "The morning digest" in texts[0]
    assert "2 stories shown" in texts[4]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize("trouble", [Lost(), Lost(taken=False), RetryLater(GROUP, "ratelimited", 20)])
@pytest.mark.sampled(2)
async def test_lost_answers_and_pauses_post_each_once_and_in_order(
    room: Newsroom, number: int, trouble: object
):
    await staged(room, threaded())
    room.slack.trouble["C1"] = [*[None] * (number - 1), trouble]  # type: ignore[list-item]
    await posted(room)
    kinds = in_order(list(room.slack.texts("C1")))
    assert len(kinds) == 5
    assert len(set(kinds)) == 5
    assert room.slack.parents == ["", "1", "", "3", ""]


async def test_a_headline_that_is_refused_holds_its_thread_and_no_other(room: Newsroom):
    await staged(room, threaded())
    room.slack.trouble["C1"] = [Refused(room.channels[0].to, "msg_too_long")]
    await posted(room)
    texts = list(room.slack.texts("C1"))
    assert len(in_order(texts)) == 3
    assert room.slack.parents == ["", "1", ""]
    assert any("is held back: its headline, part 1" in text for text in room.owner.told)
    assert len(await SqlMemory(room.database).recall(room.channels[0].to, [1, 2])) == 1


async def test_a_detail_that_is_refused_holds_nothing(room: Newsroom):
    await staged(room, threaded())
    room.slack.trouble["C1"] = [None, Refused(room.channels[0].to, "msg_too_long")]
    await posted(room)
    assert room.slack.parents == ["", "", "2", ""]


async def test_where_nobody_can_look_a_lost_headline_holds_its_thread(room: Newsroom):
    await staged(room, threaded(to=GROUP))
    room.telegram.trouble[GROUP.chat] = [Lost()]
    await posted(room)
    assert len(room.telegram.texts(GROUP.chat)) == 4
    assert room.telegram.parents == ["", "", "2", ""]
    assert any("may or may not" in text for text in room.owner.told)
    assert any("is held back" in text for text in room.owner.told)


async def test_a_digest_that_was_refused_whole_comes_again_with_its_threads(room: Newsroom):
    await staged(room, threaded())
    room.slack.shut["C1"] = "not_in_channel"
    await posted(room)
    assert room.slack.posts == []
    room.slack.shut.clear()
    await room.deliver().resume(room.channels[0].to)
    await room.deliver().stage_due()
    await posted(room)
    assert room.slack.parents == ["", "1", "", "3", ""]


async def test_what_was_told_in_threads_is_not_told_again(room: Newsroom):
    await staged(room, threaded())
    await posted(room)
    before = len(room.slack.posts)
    room.clock.pass_by(days=1)
    await room.deliver().stage_due()
    await posted(room)
    assert len(room.slack.posts) == before


async def test_the_console_shows_threads_in_their_place():
    from bot.chat.console.messenger import render
    from bot.chat.threads import posts
    from bot.domain.message import Break, Heading, Message, Paragraph, Run, Thread

    message = Message(
        (Heading((Run("One"),)), Thread((Paragraph((Run("Detail"),)),)), Break(), Heading((Run("Two"),)))
    )
    shown = render(message, width=80, colour=False)
    assert shown.index("One") < shown.index("Detail") < shown.index("Two")
    assert [len(post.blocks) for post, _ in posts(message)] == [1, 1]
    assert json.dumps([thread is not None for _, thread in posts(message)]) == "[true, false]"
