"""Chats of the Telegram double that are closed to a bot, and messages that it may not change."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest

from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES
from tests.doubles.telegram_naive import Naive, Time

READER, GROUP, FORUM, CHANNEL = 42, -500, -1000000000777, -1000000000888
MORE = {"inline_keyboard": [[{"text": "More", "callback_data": "m"}]]}


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(rates=NO_RATES) as double:
        double.say("/start", chat=READER)
        double.updates.queue.clear()
        yield double


@pytest.fixture
def call(telegram: TelegramDouble, session: aiohttp.ClientSession) -> Naive:
    return Naive(telegram.base_url, session)


# Chats.


def blocked(telegram: TelegramDouble) -> int:
    telegram.block(READER)
    return READER


def gone(telegram: TelegramDouble) -> int:
    telegram.deactivate(READER)
    return READER


def stranger(telegram: TelegramDouble) -> int:
    return telegram.chat(43).id


def kicked(id: int) -> Callable[[TelegramDouble], int]:
    def act(telegram: TelegramDouble) -> int:
        telegram.join(id)
        telegram.kick(id)
        return id

    return act


def left(telegram: TelegramDouble) -> int:
    telegram.join(CHANNEL, kind="channel", state="administrator")
    telegram.leave(CHANNEL)
    return CHANNEL


def reader_of_a_channel(telegram: TelegramDouble) -> int:
    return telegram.join(CHANNEL, kind="channel", state="member").id


def deleted(telegram: TelegramDouble) -> int:
    return telegram.chat(GROUP, state="deleted").id


@pytest.mark.parametrize(
    ("meet", "refusal"),
    [
        (lambda _: "", "400 Bad Request: chat_id is empty"),
        (lambda _: 999, "400 Bad Request: chat not found"),
        (lambda _: "@nowhere", "400 Bad Request: chat not found"),
        (stranger, "400 Bad Request: chat not found"),
        (blocked, "403 Forbidden: bot was blocked by the user"),
        (gone, "403 Forbidden: user is deactivated"),
        (kicked(GROUP), "403 Forbidden: bot was kicked from the group chat"),
        (kicked(FORUM), "403 Forbidden: bot was kicked from the supergroup chat"),
        (left, "403 Forbidden: bot is not a member of the channel chat"),
        (deleted, "403 Forbidden: the group chat was deleted"),
        (reader_of_a_channel, "400 Bad Request: need administrator rights in the channel chat"),
    ],
)
async def test_a_chat_that_is_closed_to_the_bot(telegram, call, meet, refusal):
    assert await call.refusal("sendMessage", chat_id=meet(telegram), text="x") == refusal


async def test_a_group_that_migrated_names_its_new_id(telegram, call):
    telegram.chat(GROUP)
    new = telegram.migrate(GROUP)
    status, body = await call("sendMessage", chat_id=GROUP, text="x")
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": new})
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert (await call("sendMessage", chat_id=new, text="x"))[0] == 200
    _, told = await call("getUpdates")
    notes = [u["message"] for u in told["result"] if "message" in u]
    assert [n.get("migrate_to_chat_id") or n.get("migrate_from_chat_id") for n in notes] == [new, GROUP]


@pytest.mark.parametrize("thread", [1, 9])
async def test_a_topic_that_is_not_there_is_refused(telegram, call, thread):
    telegram.join(FORUM, topics={1, 5})
    fields = {"chat_id": FORUM, "text": "x"}
    assert (await call("sendMessage", message_thread_id=5, **fields))[1]["result"]["message_thread_id"] == 5
    said = await call.refusal("sendMessage", message_thread_id=thread, **fields)
    assert said == "400 Bad Request: message thread not found"
    telegram.close_topic(FORUM, 5)
    assert await call.refusal("sendMessage", message_thread_id=5, **fields) == said


async def test_a_chat_that_is_no_forum_has_no_topics(telegram, call):
    telegram.join(GROUP)
    said = await call.refusal("sendMessage", chat_id=GROUP, text="x", message_thread_id=5)
    assert said == "400 Bad Request: message thread not found"


async def test_a_chat_and_its_people_can_be_asked_for(telegram, call):
    telegram.join(
        CHANNEL, kind="channel", state="administrator", username="port_gazette", title="Port Gazette"
    )
    _, chat = await call("getChat", chat_id="@port_gazette")
    assert (chat["result"]["id"], chat["result"]["title"]) == (CHANNEL, "Port Gazette")
    _, own = await call("getChatMember", chat_id=CHANNEL, user_id=7000001)
    assert own["result"]["status"] == "administrator"
    telegram.kick(CHANNEL)
    refusal = "403 Forbidden: bot was kicked from the channel chat"
    assert await call.refusal("getChatMember", chat_id=CHANNEL, user_id=7000001) == refusal


# Edits, deletions, buttons, commands.


async def test_an_edit_that_changes_nothing_is_refused(telegram, call):
    fields = {"chat_id": 42, "message_id": 2, "parse_mode": "HTML"}
    await call("sendMessage", chat_id=42, text="<b>a</b>", parse_mode="HTML")
    said = await call.refusal("editMessageText", text="<b>a</b> ", **fields)
    assert said.startswith("400 Bad Request: message is not modified: specified new message content and")
    assert (await call("editMessageText", text="a", **fields))[1]["result"]["edit_date"] > 0
    assert telegram.texts() == ["a", "a"]


@pytest.mark.parametrize(
    ("method", "fields", "refusal"),
    [
        ("editMessageText", {"message_id": 99, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
        ("editMessageText", {"message_id": 1, "text": "x" * 4097}, "message can't be edited"),
        ("editMessageReplyMarkup", {"message_id": 99}, "message to edit not found"),
        ("deleteMessage", {"message_id": 99}, "message to delete not found"),
        ("deleteMessage", {}, "message identifier is not specified"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "9"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
        ("sendChatAction", {"action": "singing"}, "wrong parameter action in request"),
    ],
)
async def test_what_cannot_be_changed_is_refused(call, method, fields, refusal):
    assert await call.refusal(method, chat_id=42, **fields) == f"400 Bad Request: {refusal}"


async def test_an_edit_beyond_the_limit_changes_nothing(telegram, call):
    await call("sendMessage", chat_id=42, text="a")
    said = await call.refusal("editMessageText", chat_id=42, message_id=2, text="x" * 4097)
    assert (said, telegram.texts()) == ("400 Bad Request: MESSAGE_TOO_LONG", ["a"])


async def test_a_deleted_message_stays_deleted(telegram, call):
    await call("sendMessage", chat_id=42, text="a")
    assert (await call("deleteMessage", chat_id=42, message_id=2))[1]["result"] is True
    said = await call.refusal("editMessageText", chat_id=42, message_id=2, text="b")
    assert (said, telegram.messages()) == ("400 Bad Request: message to edit not found", [])


async def test_nothing_is_deleted_after_two_days(session):
    time = Time()
    async with TelegramDouble(now=time) as telegram:
        call = Naive(telegram.base_url, session)
        telegram.say("/start")
        for text in "ab":
            await call("sendMessage", chat_id=42, text=text)
        time.seconds += 48 * 3600
        assert (await call("deleteMessage", chat_id=42, message_id=2))[1]["result"] is True
        time.seconds += 1
        said = await call.refusal("deleteMessage", chat_id=42, message_id=3)
        assert said == "400 Bad Request: message can't be deleted for everyone"
        assert [message.text for message in telegram.messages()] == ["b"]


async def test_a_button_is_answered_in_time_or_not_at_all(session):
    time = Time()
    async with TelegramDouble(clock=time) as telegram:
        call = Naive(telegram.base_url, session)
        telegram.say("/start")
        await call("sendMessage", chat_id=42, text="x", reply_markup=MORE)
        with pytest.raises(ValueError, match="no such button"):
            telegram.press(2, "forged")
        query = telegram.press(2, "m")
        said = await call.refusal("answerCallbackQuery", callback_query_id=query, text="x" * 201)
        assert said == "400 Bad Request: MESSAGE_TOO_LONG"
        assert (await call("answerCallbackQuery", callback_query_id=query, text="x" * 200))[0] == 200
        await call("answerCallbackQuery", callback_query_id=query, text="Done")
        assert (await telegram.answered(query))["text"] == "Done"
        time.seconds += 16
        assert "query is too old" in await call.refusal("answerCallbackQuery", callback_query_id=query)


@pytest.mark.parametrize(
    ("listed", "refusal"),
    [
        ([("Search", "d")], "BOT_COMMAND_INVALID"),
        ([("x" * 33, "d")], "command length must not exceed 32"),
        ([("search", " ")], "command description must be non-empty"),
        ([("search", "d" * 257)], "command description length must not exceed 256"),
        ([(f"c{n}", "d") for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_commands_that_telegram_would_not_take(call, listed, refusal):
    asked = [{"command": command, "description": words} for command, words in listed]
    assert await call.refusal("setMyCommands", commands=asked) == f"400 Bad Request: {refusal}"


async def test_the_narrowest_list_of_commands_wins(telegram, call):
    telegram.join(GROUP, user=7)
    for scope, language, name in (
        ({"type": "default"}, "", "anywhere"),
        ({"type": "all_group_chats"}, "", "groups"),
        ({"type": "all_group_chats"}, "de", "gruppen"),
        ({"type": "chat_administrators", "chat_id": GROUP}, "", "admins"),
    ):
        asked = [{"command": name, "description": "d"}]
        await call("setMyCommands", commands=asked, scope=scope, language_code=language)
    group, private = telegram.chat(GROUP), telegram.chat(READER)
    menu = telegram.methods.menu
    assert [menu(private, 42), menu(group, 42), menu(group, 42, "de"), menu(group, 7)] == [
        ["anywhere"],
        ["groups"],
        ["gruppen"],
        ["admins"],
    ]
    await call("deleteMyCommands", scope={"type": "all_group_chats"})
    assert menu(group, 42) == ["anywhere"]
    assert (await call("getMyCommands", language_code="de"))[1]["result"] == []
