"""A chat hears a story once, and again only with what is new."""

from __future__ import annotations

from datetime import timedelta

from bot.digest.prepare import DigestMaker
from bot.store.delivery.memory import SqlMemory
from tests.builders import a_reading, an_article
from tests.delivery.test_deliver import OTHER, SLACK, Newsroom, a_channel, room

__all__ = ["room"]

CLOSES = "The swing bridge at Mardle closes on Monday and stays closed for nine weeks."
AGAIN = "From Monday the bridge at Mardle stays shut for 9 weeks."
LONGER = "The swing bridge at Mardle stays closed for eleven weeks after all."


async def tell(room: Newsroom, text: str, *, source: str = "Port Gazette", story: int | None = 1) -> None:
    room.written += 1
    reading = a_reading(an_article(text, title=f"Bridge {room.written}", source=source))
    name = f"{room.written}"
    story = story if room.written > 1 else None
    await room.desk.library.keep(reading, origin=name, data_key=name, added=room.clock.now(), story=story)


def remembering(room: Newsroom) -> None:
    room.digests._recall = SqlMemory(room.database).recall


async def morning(room: Newsroom) -> list[str]:
    """What a day later the channel got, in one text each post."""
    before = len(room.slack.posts)
    room.clock.pass_by(days=1)
    deliver = room.deliver()  # a process of its own
    await deliver.stage_due()
    await deliver.post_waiting(timedelta(minutes=1))
    return [text for _, text, _ in room.slack.posts[before:]]


async def test_a_story_comes_again_with_its_news_and_where_it_was_told_first(room: Newsroom):
    remembering(room)
    await room.deliver().stage_due()
    await tell(room, CLOSES)
    (first,) = await morning(room)
    assert CLOSES in first
    await tell(room, AGAIN, source="Harbour Times")
    assert await morning(room) == []
    await tell(room, LONGER)
    (update,) = await morning(room)
    assert "Update: Bridge 3" in update
    assert LONGER in update
    assert "First told Wed 5 March, 12:00" in update
    assert CLOSES not in update
    await tell(room, "For eleven weeks the bridge at Mardle stays shut.")
    assert await morning(room) == []


async def test_who_was_refused_was_told_nothing(room: Newsroom):
    remembering(room)
    await room.deliver().stage_due()
    await tell(room, CLOSES)
    room.slack.shut["C1"] = "not invited"
    assert await morning(room) == []
    room.slack.shut.clear()
    (first,) = await morning(room)
    assert "Update" not in first
    assert CLOSES in first


async def test_two_subscriptions_of_one_chat_tell_a_story_once_and_another_chat_hears_it_too(room: Newsroom):
    remembering(room)
    room.channels = [a_channel("one"), a_channel("two"), a_channel("three", OTHER)]
    await room.deliver().stage_due()
    await tell(room, CLOSES)
    await morning(room)
    assert [to for to, _, _ in room.slack.posts] == [SLACK, OTHER]


async def test_what_somebody_looks_up_is_shown_whatever_was_told(room: Newsroom):
    remembering(room)
    await room.deliver().stage_due()
    await tell(room, CLOSES)
    await morning(room)
    from bot.domain.model import Occasion

    maker: DigestMaker = room.digests
    channel = room.channels[0]
    asked = Occasion("asked", channel.id, "1")
    digest = await maker.since(channel, asked, room.clock.now() - timedelta(days=9))
    assert [brief.update for brief in digest.briefs] == [False]


async def test_a_digest_without_news_offers_nothing_and_is_settled(room: Newsroom):
    remembering(room)
    deliver = room.deliver()
    await deliver.stage_due()
    await tell(room, CLOSES)
    await morning(room)
    await tell(room, AGAIN)
    await morning(room)
    assert (await room.outbox().standing("file:morning", now=room.clock.now())).upto == 2
