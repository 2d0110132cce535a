"""Words that are edited soon after they were said are answered anew, in place of their answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from bot.chat.access import AccessSettings
from bot.conversation.remembered.edits import MOST, Answered
from bot.domain.model import Address
from tests.chat import slack_far_end, telegram_far_end
from tests.chat.slack_far_end import shown
from tests.chat.telegram_far_end import GROUP, READER
from tests.conversation import said
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_workspace import BOT_USER
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES
from tests.platforms.test_reaching import READERS, Chat, Room, talking


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    everybody = frozenset({f"telegram:{GROUP}", "telegram:42"})
    async with (
        TelegramDouble(rates=NO_RATES) as telegram,
        telegram_far_end.desk(telegram) as messenger,
        talking(tmp_path, messenger, AccessSettings(everybody, everybody)) as talk,
    ):
        telegram.chat(GROUP)
        yield Chat(telegram, talk)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with (
        SlackDouble(pace=slack_far_end.FAST) as slack,
        slack_far_end.desk(slack) as messenger,
        talking(tmp_path, messenger, READERS) as talk,
    ):
        await slack.until(lambda: slack.links)
        yield Room(slack, talk)


async def until(chat: Chat, text: str, at: int = READER) -> None:
    await chat.telegram.until(lambda: any(text in one.text for one in chat.telegram.messages(at)), 20)


@pytest.mark.parametrize("at", [READER, GROUP])
async def test_on_telegram_the_old_answer_is_edited(chat, at):
    wrote = chat.telegram.say("/search ferris", chat=at)
    await until(chat, "“ferris”", at)
    for word in ("ferries", "lamps"):
        chat.telegram.edit(wrote, f"/search {word}")
        await until(chat, f"Found for “{word}”", at)
    assert len(chat.telegram.messages(at)) == 1
    data = dict(chat.telegram.messages(at)[0].buttons)["Next ›"]
    chat.telegram.press(chat.telegram.messages(at)[0].id, data, chat=at)
    await until(chat, "6–7 of 7", at)


async def test_what_drew_no_answer_is_answered_when_it_is_edited(chat):
    wrote = chat.telegram.say("/serch lamps", chat=GROUP)
    chat.telegram.edit(wrote, "/search lamps")
    await until(chat, "Found for “lamps”", GROUP)


async def test_an_edit_that_says_the_same_changes_nothing(chat):
    wrote = chat.telegram.say("/subscribe lamps")
    await until(chat, "Subscribed: lamps")
    chat.telegram.edit(wrote, "/subscribe lamps")
    chat.telegram.say("/topics")
    await until(chat, "Topics")
    assert [one.text.splitlines()[0] for one in chat.telegram.messages(READER)] == [
        "Subscribed: lamps",
        "Topics",
    ]
    assert len(await chat.talk.subscriptions.all()) == 1


async def test_an_edited_wish_takes_the_place_of_the_first(chat):
    wrote = chat.telegram.say("/subscribe lamps at 9:15")
    await until(chat, "09:15")
    for again in ("/subscribe lamps  at 09:15 please", "/subscribe lamps, ferries at 10:15"):
        chat.telegram.edit(wrote, again)
    await until(chat, "10:15")
    assert len(chat.telegram.messages(READER)) == 1
    (kept,) = await chat.talk.subscriptions.all()
    assert kept.query == "lamps OR ferries"
    undo = dict(chat.telegram.messages(READER)[0].buttons)["Undo"]
    chat.telegram.press(chat.telegram.messages(READER)[0].id, undo)
    await until(chat, "has ended")
    assert await chat.talk.subscriptions.all() == ()


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ("/search lamps", "Found for “lamps”"),
        ("/subscribe lamps at sunrise", "I am not sure"),
        ("/subscribe", "What about?"),
        ("/subscribe topic:nosuch", "nosuch"),
        ("/subscribe ferries as morning", "morning"),
    ],
)
async def test_a_wish_that_is_edited_into_something_else_stays_with_its_answer(chat, edit, told):
    wrote = chat.telegram.say("/subscribe lamps")
    await until(chat, "Subscribed: lamps")
    chat.telegram.edit(wrote, edit)
    await until(chat, told)
    assert chat.telegram.messages(READER)[0].text.startswith("Subscribed: lamps")
    assert len(await chat.talk.subscriptions.all()) == 1


async def test_on_slack_the_old_answer_is_edited(room):
    wrote = await room.slack.direct("search ferris")
    own = room.slack.desk.direct("U1").id
    await room.slack.until(lambda: room.slack.posted(own))
    await room.slack.edit(wrote.ts, "search lamps")
    await room.slack.until(lambda: "Found for “lamps”" in shown(room.slack.posted(own)[0]))
    assert len(room.slack.posted(own)) == 1


async def test_in_a_channel_an_edited_mention_is_answered_for_its_writer(room):
    asked = await room.slack.mention("serch lamps", user="U2")
    assert "Did you mean" in await room.said_to("U2", "C1")
    await room.slack.edit(asked.ts, f"<@{BOT_USER}> search lamps", user="U2", channel="C1")
    await room.slack.until(lambda: len(room.slack.desk.shown) == 2)
    assert "Found for “lamps”" in await room.said_to("U2", "C1")
    assert room.slack.desk.shown[-1].user == "U2"


async def test_an_edited_wish_is_the_channels_and_not_of_the_thread_that_its_answer_began(room):
    wrote = await room.slack.mention("subscribe lamps at 10:30", user="U2")
    await room.slack.until(lambda: room.slack.posted("C1"))
    await room.slack.edit(wrote.ts, f"<@{BOT_USER}> subscribe lamps at 11:30", user="U2", channel="C1")
    await room.slack.until(lambda: "11:30" in shown(room.slack.posted("C1")[0]))
    (kept,) = await room.talk.subscriptions.all()
    assert (kept.to, kept.schedule.at) == (Address("slack", "C1"), (time(11, 30),))


async def test_what_is_remembered_is_bounded():
    answered = Answered()
    for number in range(MOST + 5):
        answered.note(replace(said("/search x"), message=str(number)), "a")
    first, last = (replace(said("/search y"), message=str(number)) for number in (0, MOST + 4))
    assert (answered.anew(first), answered.anew(last)) == (first, replace(last, over="a"))
    assert len(answered._known) == MOST
