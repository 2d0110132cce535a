"""A chat that takes nothing loses nothing: what it missed comes as one catch-up when it can be reached again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.errors import BadCredentials, Refused
from bot.domain.events import Moved, Sender
from bot.domain.model import Address, Occasion
from bot.domain.reasons import Reason, in_words
from tests.delivery.test_deliver import GROUP, OTHER, SLACK, Newsroom, a_channel, room, staged
from tests.fakes_chat import Lost

__all__ = ["room"]

SOON = timedelta(minutes=1)
NOT_INVITED = "the app is not a member: /invite it to the channel (not_in_channel)"


def told(room: Newsroom, chat: str = "C1") -> list[int]:
    """How often each article was told to the chat."""
    texts = "\n".join((*room.slack.texts(chat), *room.telegram.texts(chat)))
    return [texts.count(f"Ship {n} sails") for n in range(1, room.written + 1)]


def titles(room: Newsroom, chat: str = "C1") -> int:
    """How many digests the chat got."""
    return sum(text.startswith("The ") for text in (*room.slack.texts(chat), *room.telegram.texts(chat)))


async def test_three_refused_mornings_are_one_catch_up_at_the_invitation(room: Newsroom):
    deliver = room.deliver()
    await deliver.stage_due()
    room.slack.shut["C1"] = NOT_INVITED
    for _ in range(3):
        await room.day(deliver)
    assert told(room) == [0, 0, 0]
    assert len(room.slack.calls) == 3, "one try a slot, with the first part"
    del room.slack.shut["C1"]
    await room.arrive()
    room.clock.pass_by(hours=1)
    await deliver.resume(SLACK)
    assert await deliver.stage_due() == 1
    await deliver.post_waiting(SOON)
    assert told(room) == [1, 1, 1, 1]
    assert titles(room) == 1
    for day in ("05", "06", "07"):
        assert await room.outbox().settled(Occasion("slot", "file:morning", f"2031-03-{day}T08:00"))
    await room.day(deliver)
    assert (told(room), titles(room)) == ([1] * 5, 2)


async def test_without_a_word_the_next_slot_finds_out(room: Newsroom):
    deliver = room.deliver()
    await deliver.stage_due()
    room.slack.shut["C1"] = "the channel is archived"
    await room.day(deliver)
    del room.slack.shut["C1"]
    for _ in range(3):
        room.clock.pass_by(hours=1)
        assert await deliver.stage_due() == 0
    await room.day(deliver)
    assert (told(room), titles(room)) == ([1, 1], 1)


async def test_the_owner_and_who_subscribed_hear_of_it_at_once_and_once(room: Newsroom):
    heard: list[tuple[Address, Reason]] = []

    async def tell(at: Address, reason: Reason) -> None:
        heard.append((at, reason))

    room.tell_subscribers = tell
    deliver = room.deliver()
    await deliver.stage_due()
    room.slack.shut["C1"] = NOT_INVITED
    await room.day(deliver)
    await room.day(deliver)
    (urgent,) = room.owner.urgent
    assert urgent.startswith(f"slack:C1 gets no more digests: {NOT_INVITED}")
    assert len(room.owner.told) == 1
    ((at, reason),) = heard
    assert at == SLACK
    assert NOT_INVITED in str(reason)
    room.slack.shut["C1"] = "the channel is archived"
    await room.day(deliver)
    assert len(room.owner.urgent) == len(heard) == 2


async def test_a_digest_that_was_begun_goes_on_where_it_ended(room: Newsroom):
    deliver = await staged(room, 3)
    room.slack.trouble["C1"] = [None, Refused(SLACK, "archived", closed=True)]
    await deliver.post_waiting(SOON)
    await room.day(deliver)
    assert (told(room), titles(room)) == ([1] * 4, 2)
    assert len(room.slack.calls) == 5
    assert room.slack.texts("C1") == [text for n, (_, text) in enumerate(room.slack.calls) if n != 1]


async def test_a_part_that_may_have_been_posted_is_never_made_again(room: Newsroom):
    deliver = await staged(room, 2, a_channel(to=GROUP))
    room.telegram.trouble["-100777"] = [Lost(), Refused(GROUP, "kicked", closed=True)]
    await deliver.post_waiting(SOON)
    await deliver.resume(GROUP)
    assert await deliver.stage_due() == 0
    await deliver.post_waiting(SOON)
    assert (told(room, "-100777"), titles(room, "-100777")) == ([1, 1], 1)


async def test_one_closed_channel_stops_no_other(room: Newsroom):
    room.slack.shut["C1"] = NOT_INVITED
    deliver = await staged(room, 2, a_channel(), a_channel("other", OTHER))
    await deliver.post_waiting(SOON)
    assert (told(room), told(room, "C2")) == ([0, 0], [1, 1])


async def test_a_message_that_is_refused_for_itself_is_passed_over(room: Newsroom):
    deliver = await staged(room)
    room.slack.trouble["C1"] = [Refused(SLACK, "msg_too_long")]
    await deliver.post_waiting(SOON)
    assert len(room.slack.texts("C1")) == 2
    assert await room.outbox().closures() == ()


async def test_a_dead_token_loses_nothing_and_its_mornings_are_one(room: Newsroom):
    deliver = room.deliver()
    await deliver.stage_due()
    room.slack.trouble["C1"] = [BadCredentials(SLACK, "token_revoked")] * 3
    for _ in range(3):
        await room.day(deliver)
    assert told(room) == [0, 0, 0]
    again = room.deliver()
    await again.stage_due()
    await again.post_waiting(SOON)
    assert (told(room), titles(room)) == ([1, 1, 1], 1)


async def test_who_is_put_out_gets_a_catch_up_on_return(room: Newsroom):
    room.channels = [a_channel(to=GROUP), a_channel("other")]
    deliver = room.deliver()
    await deliver.stage_due()
    room.telegram.shut["-100777"] = "kicked"
    await deliver.moved(Moved("k", GROUP, None, in_words("kicked")))
    for _ in range(2):
        await room.day(deliver)
    assert room.telegram.posts == []
    assert titles(room) == 2
    room.telegram.shut.clear()
    await deliver.resume(GROUP)
    await deliver.stage_due()
    await deliver.post_waiting(SOON)
    assert (told(room, "-100777"), titles(room, "-100777")) == ([1, 1], 1)
    assert len(room.owner.urgent) == 1


async def test_who_is_put_out_of_a_chat_without_digests_closes_nothing(room: Newsroom):
    await room.deliver().moved(Moved("k", GROUP, None, in_words("kicked")))
    assert await room.outbox().closures() == ()
    assert room.owner.urgent == []


async def test_a_topic_that_is_closed_leaves_the_others_open(room: Newsroom):
    topics = [Address("telegram", "-100777", thread) for thread in ("7", "8")]
    deliver = await staged(room, 1, *(a_channel(f"t{to.thread}", to) for to in topics))
    room.telegram.trouble["-100777"] = [Refused(topics[0], "the topic is closed", closed=True)]
    await deliver.post_waiting(SOON)
    (got,) = {to for to, _, _ in room.telegram.posts}
    assert got in topics
    await deliver.resume(Address("telegram", "-100777", "7"))
    await deliver.stage_due()
    await deliver.post_waiting(SOON)
    assert told(room, "-100777") == [2]


async def test_a_topic_that_a_reader_deleted_sends_its_digests_to_their_chat_and_tells_them(room: Newsroom):
    heard: list[tuple[Address, str]] = []

    async def tell(at: Address, reason: Reason) -> None:
        heard.append((at, str(reason)))

    room.tell_subscribers = tell
    topic, chat = Address("telegram", "42", "7"), Address("telegram", "42")
    deliver = await staged(room, 1, a_channel("mine", topic))
    room.telegram.trouble["42"] = [Refused(topic, "the topic is gone", chat, closed=True)]
    await deliver.post_waiting(SOON)
    assert {to for to, _, _ in room.telegram.posts} == {chat}
    assert told(room, "42") == [1]
    ((at, text),) = heard
    assert at == topic
    assert "come here from now on" in text
    assert await room.outbox().closures() == ()
    assert room.owner.urgent == []


async def test_a_reader_whose_topic_takes_nothing_is_told_in_their_chat(room: Newsroom):
    from bot.delivery.subscribers import Subscribers
    from bot.platforms import own_chat

    async def asked_for(_: Address) -> tuple[Sender, ...]:
        return (Sender("telegram", "42"),)

    subscribers = Subscribers(asked_for, own_chat, {"telegram": room.telegram})
    await subscribers.tell(Address("telegram", "42", "7"), Reason("told.topic_gone"))
    await subscribers.tell(Address("telegram", "42"), in_words("I am blocked."))
    ((to, text, _),) = room.telegram.posts
    assert (to, text) == (Address("telegram", "42"), str(Reason("told.topic_gone")))


async def test_who_asks_for_a_digest_has_its_chat_tried(room: Newsroom):
    deliver = await staged(room, 1)
    room.slack.shut["C1"] = NOT_INVITED
    await deliver.post_waiting(SOON)
    room.slack.shut.clear()
    assert await deliver.send_now(room.channels[0], "request-1")
    await deliver.post_waiting(SOON)
    assert told(room) == [1]


async def test_a_first_digest_that_was_refused_is_still_the_first(room: Newsroom):
    """It offers what is older than the subscription."""
    await room.arrive(4)
    deliver = room.deliver()
    await deliver.stage_due()
    room.slack.shut["C1"] = NOT_INVITED
    await room.day(deliver)
    room.slack.shut.clear()
    await room.day(deliver)
    assert "4 older articles are in the library." in "".join(room.slack.texts("C1"))


@pytest.mark.parametrize("who", [Sender("slack", "U7"), Sender("telegram", "42")])
async def test_subscribers_are_told_in_their_own_chat(room: Newsroom, who: Sender):
    from bot.delivery.subscribers import Subscribers
    from bot.platforms import own_chat

    async def asked_for(_: Address) -> tuple[Sender, ...]:
        return who, who, Sender("telegram", "-1009"), Sender("console", "me")

    messengers = {"slack": room.slack, "telegram": room.telegram}
    for _ in range(2):  # it was opened meanwhile
        await Subscribers(asked_for, own_chat, messengers).tell(SLACK, in_words("kicked"))
    first, again = (*room.slack.posts, *room.telegram.posts)
    assert first[0] == own_chat(who)
    assert first[1].startswith("I cannot post the digests that you asked for at slack:C1: kicked. I keep")
    assert first[:2] == again[:2]
    assert first[2] != again[2]  # else a platform may take it for the same message


async def test_subscribers_who_cannot_be_told_stop_nothing(room: Newsroom):
    from bot.delivery.subscribers import Subscribers
    from bot.platforms import own_chat

    async def asked_for(_: Address) -> tuple[Sender, ...]:
        return (Sender("slack", "U7"), Sender("slack", "U8"))

    room.slack.shut["@U7"] = "the person's account is deactivated"
    await Subscribers(asked_for, own_chat, {"slack": room.slack}).tell(SLACK, in_words("kicked"))
    assert [to.chat for to, _, _ in room.slack.posts] == ["@U8"]

    async def stumble(_: Address) -> tuple[Sender, ...]:
        raise KeyError("by_user")

    await Subscribers(stumble, own_chat, {"slack": room.slack}).tell(SLACK, in_words("kicked"))
