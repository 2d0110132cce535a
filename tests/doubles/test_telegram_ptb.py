"""python-telegram-bot, as it is, in our own loop: it must not notice that Telegram is a double."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.constants import ChatMemberStatus
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import Application, ChatMemberHandler, MessageHandler, filters

from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.doubles.telegram_faults import NO_RATES
from tests.doubles.test_telegram_foreign import desk

READER, GROUP, FORUM = 42, -500, -1000000000777


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, PTB 22.2 and later warn when a RetryAfter is made (and warnings are errors here)."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(rates=NO_RATES) as double:
        yield double
        assert double.problems == []


@pytest.fixture
def app(telegram: TelegramDouble) -> Application:
    return desk(telegram.base_url, telegram.base_file_url)


@asynccontextmanager
async def polling(app: Application) -> AsyncIterator[Application]:
    async with app:
        await app.updater.start_polling(timeout=10, allowed_updates=Update.ALL_TYPES)
        await app.start()
        yield app
        await app.updater.stop()
        await app.stop()


@pytest.fixture
async def bot(telegram: TelegramDouble, app: Application) -> AsyncIterator[Bot]:
    telegram.say("/start")
    async with app:
        yield app.bot


async def conversation(telegram: TelegramDouble) -> None:
    telegram.say("/start")
    (reply,) = await telegram.sent(READER)
    assert (reply.text, reply.buttons) == (
        "Harbour bridge closes & ferries run",
        [("More", "more:1")],
    )
    assert (reply.entities, reply.preview) == (
        ({"offset": 0, "length": 14, "type": "bold"},),
        {"is_disabled": True},
    )
    query = telegram.press(reply.id, "more:1")
    assert await telegram.answered(query) == {"text": "One moment", "alert": False}
    await telegram.until(lambda: reply.edited)
    assert (reply.text, reply.buttons) == ("Ferries run every ten minutes.", [])


async def test_a_conversation_by_polling(telegram, app):
    async with polling(app):
        await conversation(telegram)
    assert telegram.updates.queue == []


async def test_a_conversation_by_webhook(telegram, app):
    async def hook(request: web.Request) -> web.Response:
        assert request.headers["X-Telegram-Bot-Api-Secret-Token"] == "desk"
        await app.update_queue.put(Update.de_json(await request.json(), app.bot))
        return web.Response()

    server = web.Application()
    server.router.add_post("/telegram", hook)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with app:
        await app.start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
        await app.bot.set_webhook(url, secret_token="desk", allowed_updates=Update.ALL_TYPES)
        assert (await app.bot.get_webhook_info()).url == url
        await conversation(telegram)
        await telegram.until(lambda: not telegram.updates.queue)
        await app.bot.delete_webhook()
        await app.stop()
    await runner.cleanup()


async def test_every_update_that_people_cause_is_understood(telegram, app):
    heard: asyncio.Queue[Update] = asyncio.Queue()

    async def hear(update: Update, _: object) -> None:
        await heard.put(update)

    app.add_handler(MessageHandler(filters.ALL, hear), group=-1)
    app.add_handler(ChatMemberHandler(hear), group=-1)

    async def came() -> Update:
        return await asyncio.wait_for(heard.get(), 60)

    async with polling(app):
        edited = telegram.edit(telegram.say("/search ferris"), "/search ferries")
        assert (await came()).message.text == "/search ferris"
        assert (await came()).edited_message.text == "/search ferries" == edited.text
        telegram.join(FORUM, topics={5})
        assert (await came()).my_chat_member.new_chat_member.status == ChatMemberStatus.MEMBER
        assert (await came()).message.new_chat_members[0].id == app.bot.id
        telegram.say("/help", chat=FORUM, thread=5)
        told = (await came()).message
        assert (told.message_thread_id, told.is_topic_message, told.chat.is_forum) == (5, True, True)
        telegram.kick(FORUM)
        assert (await came()).my_chat_member.new_chat_member.status == ChatMemberStatus.BANNED
        telegram.block()
        gone = (await came()).my_chat_member
        assert (gone.chat.id, gone.new_chat_member.status) == (READER, ChatMemberStatus.BANNED)
        telegram.join(GROUP, state="administrator")
        assert (await came()).my_chat_member.new_chat_member.can_manage_chat is True
        assert (await came()).message.new_chat_members[0].is_bot
        new = telegram.migrate(GROUP)
        assert (await came()).message.migrate_to_chat_id == new
        assert (await came()).message.migrate_from_chat_id == GROUP
        telegram.say("Notice", chat=telegram.join(-1000000000888, kind="channel", state="administrator").id)
        assert (await came()).my_chat_member.chat.type == "channel"
        assert (await came()).channel_post.text == "Notice"


@pytest.mark.parametrize(
    ("kind", "error", "recorded"),
    [
        ("drop_before", NetworkError, 0),
        ("drop_after", NetworkError, 1),
        ("slow_after", TimedOut, 1),
        ("http_502_html", NetworkError, 0),
        ("500", NetworkError, 0),
        ("429", RetryAfter, 0),
    ],
)
async def test_faults_reach_the_bot_as_the_library_names_them(telegram, bot, kind, error, recorded):
    telegram.fail("sendMessage", kind=kind, seconds=None if kind == "slow_after" else 7)
    with pytest.raises(error) as raised:
        await bot.send_message(READER, "x", read_timeout=0.2 if kind == "slow_after" else 60)
    assert type(raised.value) is error
    assert len(await telegram.sent(READER, recorded)) == recorded


async def test_refusals_reach_the_bot_as_the_library_names_them(telegram, bot):
    telegram.join(GROUP)
    new = telegram.migrate(GROUP)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(GROUP, "x")
    assert moved.value.new_chat_id == new
    telegram.join(FORUM, topics={5})
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(FORUM, "x", message_thread_id=6)
    sent = await bot.send_message(FORUM, "x", message_thread_id=5)
    assert (sent.message_thread_id, sent.is_topic_message) == (5, True)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("x")
    telegram.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(READER, "x")
    telegram.revoke()
    with pytest.raises(InvalidToken):
        await bot.send_message(READER, "x")


async def test_what_the_bot_may_ask_is_answered_whole(telegram, bot):
    telegram.join(FORUM, topics={5}, title="Harbour desk", user=7)
    chat = await bot.get_chat(FORUM)
    assert (chat.title, chat.is_forum, chat.api_kwargs) == ("Harbour desk", True, {})
    assert (await bot.get_chat_member(FORUM, bot.id)).status == ChatMemberStatus.MEMBER
    assert (await bot.get_chat_member(FORUM, 7)).status == ChatMemberStatus.ADMINISTRATOR
    assert await bot.send_chat_action(FORUM, "typing", message_thread_id=5)
    assert telegram.methods.actions == [(FORUM, 5, "typing")]
    assert (await bot.get_my_commands()) == ()


async def test_a_second_bot_with_the_token_is_told_of(telegram, app):
    conflicts: asyncio.Queue[Exception] = asyncio.Queue()
    async with app:
        await app.updater.start_polling(timeout=10, error_callback=conflicts.put_nowait)
        await telegram.listening()
        other = Bot(TOKEN, base_url=telegram.base_url)
        async with other:
            rival = asyncio.create_task(other.get_updates(timeout=10))
            assert isinstance(await asyncio.wait_for(conflicts.get(), 60), Conflict)
            telegram.say("/start")
            rival.cancel()
            await asyncio.gather(rival, return_exceptions=True)
        await app.updater.stop()
