"""Where the desk can be heard and can post, at both platforms' doubles: nothing is promised that cannot come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from bot.chat.access import AccessSettings
from bot.chat.slack.messenger import SlackMessenger
from bot.chat.telegram.messenger import TelegramMessenger
from bot.conversation.reach import administrators, reach
from bot.domain.errors import RetryLater
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.reasons import Reason
from tests.below import Town, bridge
from tests.chat import slack_far_end, telegram_far_end
from tests.chat.slack_far_end import shown
from tests.chat.telegram_far_end import GROUP
from tests.conversation import Talk, open_talk
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES

READERS = AccessSettings(frozenset({"slack:T1"}), frozenset({"slack:U2"}))


@asynccontextmanager
async def talking(
    folder: Path, messenger: SlackMessenger | TelegramMessenger, access: AccessSettings
) -> AsyncIterator[Talk]:
    """A desk that hears this messenger and asks it before it promises."""
    async with open_talk(folder) as talk:
        answer = talk.answer
        asked = {messenger.platform: messenger}
        answer._ports = replace(answer._ports, reach=reach(asked), administers=administrators(asked))
        answer.configure(talk.digests, replace(answer._given, access=access))
        loop = asyncio.create_task(answer.run(messenger, asyncio.Event()))
        try:
            yield talk
        finally:
            await messenger.stop_listening()
            await asyncio.wait_for(loop, 60)


@dataclass
class Room:
    slack: SlackDouble
    talk: Talk

    async def said_to(self, user: str, channel: str) -> str:
        """What this person alone, or everybody there, read last as the answer."""
        found: list[Any] = await self.slack.until(
            lambda: [one for one in self.slack.desk.shown if one.channel == channel]
        )
        assert found[-1].user in {None, user}
        return shown({"blocks": found[-1].blocks})


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with (
        SlackDouble(pace=slack_far_end.FAST) as slack,
        slack_far_end.desk(slack) as messenger,
        talking(tmp_path, messenger, READERS) as talk,
    ):
        await slack.until(lambda: slack.links)
        yield Room(slack, talk)


# --- Slack -------------------------------------------------------------------------------------------


async def test_a_direct_message_with_a_colleague_is_not_the_desks_own(room):
    theirs = room.slack.desk.between("U1", "U2").id
    for user in ("U1", "U2"):  # a reader, and an editor
        before = len(room.slack.desk.shown)
        await room.slack.slash("/copydesk", "subscribe lamps", user=user, channel=theirs)
        await room.slack.until(lambda seen=before: len(room.slack.desk.shown) > seen)
        assert "no part of this conversation" in await room.said_to(user, theirs)
        assert room.slack.desk.shown[-1].user == user
    assert await room.talk.subscriptions.all() == ()
    await room.slack.slash("/copydesk", "search lamps", channel=theirs)
    await room.slack.until(lambda: len(room.slack.desk.shown) == 3)
    assert "Found for “lamps”" in await room.said_to("U1", theirs)
    (share,) = [
        one for one in slack_far_end.buttons_of(room.slack.ephemerals[-1]) if one["text"]["text"] == "Share"
    ]
    await room.slack.press(share["action_id"], value=share["value"], channel=theirs)
    await room.slack.until(lambda: len(room.slack.desk.shown) == 4)
    assert room.slack.desk.shown[-1].user is None
    assert len(room.slack.called("conversations.info")) == 1


async def test_in_their_own_conversation_a_reader_subscribes(room):
    own = room.slack.desk.direct("U1").id
    await room.slack.slash("/copydesk", "subscribe lamps", channel=own)
    assert "Subscribed: lamps" in await room.said_to("U1", own)
    (kept,) = await room.talk.subscriptions.all()
    assert kept.to.chat == own


@pytest.mark.parametrize("kind", ["429", "http_500_html", "drop_before"])
async def test_a_question_that_slack_does_not_answer_keeps_nobody_out(room, kind):
    own = room.slack.desk.direct("U1").id
    for _ in range(5):
        room.slack.fail("conversations.info", kind=kind, **({"seconds": 60} if kind == "429" else {}))
    await room.slack.slash("/copydesk", "subscribe lamps", channel=own)
    assert "Subscribed: lamps" in await room.said_to("U1", own)


async def test_who_subscribes_a_channel_without_the_desk_is_told_to_invite_it_and_then_that_it_worked(room):
    room.slack.add_channel("C7", "far", member=False)
    await room.slack.slash("/copydesk", "subscribe lamps", user="U2", channel="C7")
    told = await room.said_to("U2", "C7")
    assert "Subscribed: lamps" in told
    assert "type /invite @copydesk in #far" in told
    await room.slack.join("C7")
    await room.slack.until(lambda: len(room.slack.desk.shown) == 2)
    assert "It worked" in await room.said_to("U2", "C7")
    assert room.slack.desk.shown[-1].user == "U2"
    await room.slack.join("C7")
    await room.slack.slash("/copydesk", "topics", user="U2", channel="C7")
    await room.slack.until(lambda: len(room.slack.desk.shown) == 3)
    assert "Topics" in await room.said_to("U2", "C7")


async def test_in_a_private_channel_that_the_desk_cannot_see_it_says_how_to_invite_it(room):
    room.slack.add_channel("C8", "hidden", member=False, private=True)
    await room.slack.slash("/copydesk", "subscribe lamps", user="U2", channel="C8")
    assert "/invite the app there" in await room.said_to("U2", "C8")


async def test_a_digest_that_cannot_arrive_is_announced_as_such(room):
    room.slack.add_channel("C7", "far", member=False)
    await room.slack.slash("/copydesk", "subscribe lamps", user="U2", channel="C7")
    await room.said_to("U2", "C7")
    await room.slack.slash("/copydesk", "digest now lamps", user="U2", channel="C7")
    await room.slack.until(lambda: len(room.slack.desk.shown) == 2)
    assert "It may not arrive: the app is not a member" in await room.said_to("U2", "C7")


@pytest.mark.parametrize(
    "how",
    [
        {"subtype": "thread_broadcast"},
        {"subtype": "file_share", "files": [{"id": "F1"}]},
        {"subtype": "me_message"},
    ],
)
async def test_what_a_person_writes_to_the_desk_is_heard_in_whatever_form(room, how):
    own = room.slack.desk.direct("U1").id
    said = {"type": "message", "channel": own, "channel_type": "im", "user": "U1", "text": "search lamps"}
    await room.slack.event({**said, "ts": room.slack.desk.ts(), **how})
    assert "Found for “lamps”" in await room.said_to("U1", own)


async def test_a_file_without_a_word_draws_no_help(room):
    own = room.slack.desk.direct("U1").id
    said = {"type": "message", "channel": own, "channel_type": "im", "user": "U1", "text": ""}
    about = {"subtype": "file_share", "files": [{"id": "F1"}]}
    await room.slack.event({**said, "ts": room.slack.desk.ts(), **about})
    await room.slack.direct("topics")
    await room.slack.until(lambda: len(room.slack.desk.shown) == 2)
    assert "Topics" in await room.said_to("U1", own)
    assert "I could not fetch" in shown({"blocks": room.slack.desk.shown[0].blocks})


async def test_what_is_shared_where_the_desk_is_no_member_is_seen_by_all(room):
    room.slack.add_channel("C7", "far", member=False)
    await room.slack.slash("/copydesk", "search lamps", channel="C7")
    await room.said_to("U1", "C7")
    (share,) = [
        one for one in slack_far_end.buttons_of(room.slack.ephemerals[0]) if one["text"]["text"] == "Share"
    ]
    await room.slack.press(share["action_id"], value=share["value"], channel="C7")
    await room.slack.until(lambda: len(room.slack.desk.shown) == 2)
    assert "Found for “lamps”" in await room.said_to("U1", "C7")
    assert room.slack.desk.shown[-1].user is None


async def test_nothing_is_in_the_way_where_a_question_goes_wrong():
    class Broken:
        def __init__(self, error: Exception | None) -> None:
            self.error = error

        async def reach(self, to: Address) -> str | None:  # noqa: ARG002 - as the port has it
            if self.error:
                raise self.error
            await asyncio.Event().wait()
            return None

    at = Address("slack", "C1")
    for error in (RetryLater(at, Reason("slack.silent"), 1), KeyError("x"), None):
        messengers: Any = {"slack": Broken(error)}
        assert await reach(messengers, within=0.01)(at) is None
    assert await reach({})(at) is None


# --- Telegram ----------------------------------------------------------------------------------------


@dataclass
class Chat:
    telegram: TelegramDouble
    talk: Talk

    async def answer(self, chat: int = GROUP, count: int = 1) -> str:
        """The text of the newest of so many messages."""
        await self.telegram.until(lambda: len(self.telegram.messages(chat)) >= count, 20)
        return self.telegram.messages(chat)[-1].text

    def let_in(self, *editors: str) -> None:
        given = self.talk.answer._given
        access = AccessSettings(frozenset({f"telegram:{GROUP}", "telegram:42"}), frozenset(editors))
        self.talk.answer.configure(self.talk.digests, replace(given, access=access))


@pytest.fixture
async def group(tmp_path: Path) -> AsyncIterator[Chat]:
    access = AccessSettings(frozenset({f"telegram:{GROUP}", "telegram:42"}))
    async with (
        TelegramDouble(rates=NO_RATES) as telegram,
        telegram_far_end.desk(telegram) as messenger,
        talking(tmp_path, messenger, access) as talk,
    ):
        telegram.chat(GROUP)
        yield Chat(telegram, talk)


@pytest.mark.parametrize("chat", [GROUP, 42])
async def test_words_below_a_picture_are_heard(group, chat):
    group.telegram.say("/search lamps", chat=chat, photo=True)
    assert "Found for “lamps”" in await group.answer(chat)


async def test_an_anonymous_administrator_is_told_why_they_are_not_let_in(group):
    group.telegram.say("/subscribe lamps", chat=GROUP, anonymous=True)
    told = await group.answer()
    assert "cannot tell who you are" in told
    assert f"telegram:{GROUP}/admins" in told
    assert await group.talk.subscriptions.all() == ()


async def test_the_administrators_of_a_chat_can_be_let_in_and_nobody_else_with_them(group):
    group.let_in(f"telegram:{GROUP}/admins")
    group.telegram.say("/subscribe lamps", chat=GROUP)
    assert "I may not write to you yet" in await group.answer()  # why is for them alone
    assert await group.talk.subscriptions.all() == ()
    group.telegram.say("/subscribe lamps", chat=GROUP, anonymous=True)
    assert "Subscribed: lamps" in await group.answer(count=2)
    (kept,) = await group.talk.subscriptions.all()
    assert kept.to == Address("telegram", str(GROUP))


async def test_who_subscribes_where_the_desk_may_not_write_hears_of_it_later(group):
    group.let_in(f"telegram:{GROUP}")
    group.talk.answer._ports = replace(group.talk.answer._ports, reach=lambda _: _said("no right to write"))
    group.let_in(f"telegram:{GROUP}")
    group.telegram.say("/subscribe lamps", chat=GROUP)
    assert "cannot post here yet: no right to write" in await group.answer()
    group.telegram.join(GROUP, state="administrator")
    await group.telegram.until(group.telegram.whispers, 20)
    assert "still cannot post: no right to write" in group.telegram.whispers()[0].text


async def test_the_digests_of_a_topic_that_a_reader_deletes_come_to_their_chat(tmp_path):
    async with SlackDouble() as slack, TelegramDouble(rates=NO_RATES) as telegram:
        telegram.say("/start")
        telegram.chat(42, topics={7})
        mine = Subscription(
            "file:mine", "mine", Address("telegram", "42", "7"), "", Schedule("UTC", (time(8),))
        )
        async with Town(slack, telegram, tmp_path, [mine]).open() as room:
            await room.deliver.stage_due()
            await room.keep(bridge())
            telegram.close_topic(42, 7)
            await room.morning()
            (digest,) = [one for one in telegram.messages(42) if "Swing bridge" in one.text]
            assert digest.thread is None


async def test_a_wish_in_a_topic_is_answered_and_kept_there_as_is_its_edit(group):
    group.let_in("telegram:42")
    group.telegram.chat(GROUP, topics={5})
    wrote = group.telegram.say("/subscribe lamps at 10:30", chat=GROUP, thread=5)
    assert "Subscribed: lamps" in await group.answer()
    group.telegram.edit(wrote, "/subscribe lamps at 11:30")
    await group.telegram.until(lambda: "11:30" in group.telegram.messages(GROUP)[0].text, 20)
    (answer,) = group.telegram.messages(GROUP)
    (kept,) = await group.talk.subscriptions.all()
    assert (answer.thread, kept.to) == (5, Address("telegram", str(GROUP), "5"))


@pytest.mark.parametrize("met", [True, False])
async def test_words_in_a_group_that_takes_no_answer_are_answered_to_who_said_them(group, met):
    if met:
        group.telegram.say("/start")
        await group.answer(42)
    group.telegram.say("/search lamps", chat=GROUP, thread=5)
    group.telegram.close_topic(GROUP, 5)
    if met:
        told = await group.answer(42, 2)
        assert "I cannot answer where you asked" in told
        assert "Found for “lamps”" in told
    else:
        await group.telegram.until(lambda: group.talk.owner.told, 20)
    assert group.telegram.messages(GROUP) == []


async def _said(words: str) -> str:
    return words
