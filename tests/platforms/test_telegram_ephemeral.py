"""Answers in a Telegram group that their asker alone sees, on servers that know such and on one that does not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.chat.telegram.events import CHANGING, SEEN_BY_ALL
from bot.wording import replies
from bot.wording.chat import pressing
from tests.chat import telegram_far_end
from tests.chat.telegram_far_end import GROUP, READER, desk
from tests.conversation import Talk
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_chats import Message
from tests.doubles.telegram_faults import NO_RATES
from tests.platforms.test_forged_presses import answering

OTHER = 7


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press waits for the words to who pressed, however busy the machine is."""
    made = partial(telegram_far_end.TelegramMessenger, clock_for=6.0)
    monkeypatch.setattr(telegram_far_end, "TelegramMessenger", made)


@asynccontextmanager
async def talking(folder: Path, api: Any = "10.3", **more: Any) -> AsyncIterator[tuple[Talk, TelegramDouble]]:
    async with TelegramDouble(rates=NO_RATES, api=api) as telegram, desk(telegram, **more) as messenger:
        telegram.chat(GROUP)
        async with answering(folder, messenger, f"telegram:{GROUP}") as talk:
            await telegram.listening()
            yield talk, telegram
        assert talk.owner.told == []
        assert telegram.problems == []


async def whispered(telegram: TelegramDouble, count: int = 1) -> Message:
    await telegram.until(lambda: len(telegram.whispers()) >= count, 20)
    return telegram.whispers()[count - 1]


BOTH = pytest.mark.parametrize("api", ["10.2", "10.3"])


@BOTH
async def test_an_ephemeral_command_is_answered_for_its_asker_alone_and_paged_in_place(tmp_path, api):
    async with talking(tmp_path, api) as (_, telegram):
        telegram.say_alone("/search lamps", chat=GROUP)
        answer = await whispered(telegram)
        assert answer.text.startswith("Found for “lamps”")
        assert telegram.messages() == []
        labels = dict(answer.buttons)
        assert list(labels) == [*"12345", "Next ›", "Newest first", "Narrow by…", "Share"]
        forged = telegram.press_whisper(answer, labels["Next ›"], OTHER)
        assert "no longer good" in (await telegram.answered(forged))["text"]
        await telegram.answered(telegram.press_whisper(answer, labels["Next ›"]))
        await telegram.until(lambda: "6–7 of 7" in answer.text, 20)
        assert (telegram.messages(), len(telegram.whispers())) == ([], 1)
        telegram.press_whisper(answer, dict(answer.buttons)["6"])
        story = await whispered(telegram, 2)
        assert story.text.splitlines()[0] in answer.text or "lamps" in story.text


@BOTH
async def test_what_one_sees_alone_is_shared_with_all(tmp_path, api):
    async with talking(tmp_path, api) as (_, telegram):
        telegram.say_alone("/search apples", chat=GROUP)
        answer = await whispered(telegram)
        telegram.press_whisper(answer, dict(answer.buttons)["Share"])
        (shared,) = await telegram.sent(GROUP)
        assert "Shared by Reader 42" in shared.text
        assert shared.buttons == []


@BOTH
async def test_a_press_is_answered_for_who_pressed(tmp_path, api):
    async with talking(tmp_path, api) as (talk, telegram):
        telegram.say("/search lamps", chat=GROUP)
        (public,) = await telegram.sent(GROUP)
        before = len(telegram.whispers())
        telegram.press(public.id, dict(public.buttons)["Next ›"], chat=GROUP)
        await telegram.until(lambda: "6–7 of 7" in public.text, 20)  # what all see is turned for all
        assert len(telegram.whispers()) == before
        telegram.say_alone("/topics", chat=GROUP)
        topics = await whispered(telegram)
        telegram.press_whisper(topics, dict(topics.buttons)["fruit"])
        await telegram.until(lambda: "Frost takes" in topics.text, 20)
        query = telegram.press_whisper(topics, dict(topics.buttons)[pressing.SUBSCRIBE])
        assert (await telegram.answered(query))["text"].startswith("Only an editor")
        assert await talk.subscriptions.all() == ()


async def test_a_server_that_knows_no_such_messages_answers_as_ever(tmp_path):
    async with talking(tmp_path, "10.1") as (_, telegram):
        telegram.say("/search apples", chat=GROUP)
        (answer,) = await telegram.sent(GROUP)
        assert answer.reply_to is not None
        ((label, data),) = answer.buttons
        assert label == "1"
        telegram.press(answer.id, data, chat=GROUP)
        await telegram.sent(GROUP, 2)
        telegram.press(answer.id, data, chat=GROUP)
        assert (await telegram.sent(GROUP, 3))[2].reply_to is answer
        assert telegram.whispers() == []


async def test_a_refused_one_goes_to_their_own_conversation_and_never_to_the_group(tmp_path):
    async with talking(tmp_path) as (_, telegram):
        command = telegram.say_alone("/search lamps", chat=GROUP)
        await whispered(telegram)
        telegram.ephemeral.messages.clear()  # Telegram forgets what was said
        telegram.updates.add("message", command.json() | {"text": "/search apples"}, GROUP)
        (public,) = await telegram.sent(GROUP)  # they have not met the desk
        assert "Frost" not in public.text
        assert public.text.startswith("The answer is for you alone")
        telegram.say("/start")  # now they have, though nothing is said to a stranger there
        telegram.updates.add("message", command.json() | {"text": "/search lamps"}, GROUP)
        (private,) = await telegram.sent(READER)
        assert private.text.startswith("Found for “lamps”")
        assert private.buttons == []
        assert len(telegram.messages(GROUP)) == 1


NEAR_MISSES = {
    "/settings": "What is set for this chat is for its administrators",
    "/serch@{} lamps": "I do not know “/serch”",
    "/subscribe lamps": "Only an editor",
    "/unsubscribe lamps": "Only an editor",
    "/mute lamps": "Only an editor",
    "/digest now": "Only an editor",
    "/language de": "What is set for this chat is for its administrators",
}


async def test_what_is_refused_in_a_group_is_told_to_who_asked_alone(tmp_path):
    async with talking(tmp_path) as (_, telegram):
        name = telegram.world.bot["username"]
        telegram.say("/start")  # so that it may write to them
        for count, (words, told) in enumerate(NEAR_MISSES.items(), start=1):
            telegram.say(words.format(name), chat=GROUP)
            assert (await telegram.sent(READER, count))[-1].text.startswith(told)
        telegram.chat(GROUP, state="administrator")  # which may tell any member anything
        for count, (words, told) in enumerate(NEAR_MISSES.items(), start=1):
            telegram.say(words.format(name), chat=GROUP)
            assert (await whispered(telegram, count)).text.startswith(told)
        assert telegram.messages(GROUP) == []
        assert len(telegram.messages(READER)) == len(NEAR_MISSES)


async def test_the_menu_of_groups_marks_what_is_for_the_asker(tmp_path):
    async with talking(tmp_path) as (_, telegram):
        names = {name for name, _ in replies.menu()}
        for scope, offered in (("all_group_chats", names - CHANGING), ("all_chat_administrators", names)):
            menu = telegram.methods.commands[scope, "lang:"]
            assert {one["command"] for one in menu if one.get("is_ephemeral")} == offered - SEEN_BY_ALL
        assert not any(one.get("is_ephemeral") for one in telegram.methods.commands["default", "lang:"])


@pytest.mark.parametrize("api", ["10.1", "10.3"])
async def test_what_is_kept_of_a_person_is_told_to_nobody_else(tmp_path, api):
    async with talking(tmp_path, api) as (_, telegram):
        telegram.say("/start")
        telegram.say("/privacy", chat=GROUP)
        (alone,) = await telegram.sent(READER)
        assert "about you" in alone.text
        assert telegram.messages(GROUP) == []


async def test_who_wants_none_gets_none(tmp_path):
    async with talking(tmp_path, ephemeral=False) as (_, telegram):
        assert "is_ephemeral" not in str(telegram.methods.commands)


async def test_the_commands_that_change_a_group_are_in_its_administrators_menu(tmp_path):
    async with talking(tmp_path) as (_, telegram):
        group, names = telegram.chat(GROUP), {name for name, _ in replies.menu()}
        group.members |= {OTHER: "administrator"}
        assert set(telegram.methods.menu(group, OTHER)) == names
        assert set(telegram.methods.menu(group, READER)) == names - CHANGING
        assert set(telegram.methods.menu(telegram.chat(READER), READER)) == names
