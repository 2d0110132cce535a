"""One conversation and one table of calls, held with this project's double and with a foreign one.

`lo-bot-api-emulator` was written by others, for a messenger that speaks the Bot API. It refuses some
parameters that Telegram takes, and its bot has no name: `Foreign` gives it both.
"""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import AsyncIterator
from typing import Any, Self

import aiohttp
import lo_bot_api_emulator as lo
import pytest
from aiohttp import web
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.error import BadRequest
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.doubles.telegram_naive import Naive

Heard = list[tuple[str, dict[str, Any]]]
TOLD = ("chat_id", "text", "parse_mode", "reply_markup", "link_preview_options", "message_id", "commands")
READER = {"id": 42, "is_bot": False, "first_name": "Reader 42"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Reader 42"}
Context = ContextTypes.DEFAULT_TYPE


class Ours:
    """This project's double."""

    def __init__(self) -> None:
        self.telegram = TelegramDouble()

    async def __aenter__(self) -> Self:
        await self.telegram.__aenter__()
        self.base_url, self.base_file_url = self.telegram.base_url, self.telegram.base_file_url
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.telegram.__aexit__(*_)

    async def say(self, text: str) -> None:
        self.telegram.say(text)

    async def press(self, message_id: int, data: str) -> None:
        self.telegram.press(message_id, data)

    def problems(self) -> list[str]:
        return self.telegram.problems

    def heard(self) -> Heard:
        return [(call.method, dict(call.fields)) for call in self.telegram.calls]

    async def until(self, method: str, count: int) -> None:
        await self.telegram.until(lambda: len(self.telegram.called(method)) >= count)


class Foreign(lo.LoBotApiEmulator):
    """The emulator, widened to what Telegram takes, with a bot that has a name."""

    def __init__(self) -> None:
        super().__init__(allow_insecure_loopback_webhooks=True)
        self.calls: Heard = []
        self.changed = asyncio.Event()
        self.said = 500

    async def __aenter__(self) -> Self:
        self.runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=1.0)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        root = f"http://127.0.0.1:{self.runner.addresses[0][1]}"
        self.base_url, self.base_file_url = f"{root}/bot", f"{root}/file/bot"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.runner.cleanup()

    def validate(self, method: str, fields: dict[str, Any], uploads: Any) -> Any:
        self.calls.append((method, dict(fields)))
        self.changed.set()
        result = super().validate(method, fields, uploads)
        return result | {"username": "copydesk_test_bot"} if method == "getMe" else result

    async def say(self, text: str) -> None:
        self.said += 1
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        message = {"message_id": self.said, "date": 1_900_000_000, "chat": PRIVATE, "from": READER}
        await self.enqueue_update({"message": message | {"text": text, "entities": entities}}, token=TOKEN)

    async def press(self, message_id: int, data: str) -> None:
        message = {"message_id": message_id, "date": 1_900_000_000, "chat": PRIVATE, "text": "x"}
        query = {"id": "77", "from": READER, "chat_instance": "1", "data": data, "message": message}
        await self.enqueue_update({"callback_query": query}, token=TOKEN)

    def problems(self) -> list[str]:
        """Its refusals, but for polls: it ends the newer of two, where Telegram ends the older."""
        asked = [request for request in self.requests if request["method"] != "getUpdates"]
        return [str(request) for request in asked if request["status"] not in (200, 400)]

    def heard(self) -> Heard:
        return self.calls

    async def until(self, method: str, count: int) -> None:
        async with asyncio.timeout(60):
            while sum(name == method for name, _ in self.calls) < count:
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture(params=["ours", "foreign"])
async def far(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Ours | Foreign]:
    methods = copy.deepcopy(lo.CONTRACT["methods"])
    for method in ("sendMessage", "editMessageText"):
        methods[method]["parameters"] += ["link_preview_options", "message_thread_id"]
    monkeypatch.setitem(lo.CONTRACT, "methods", methods)
    async with Ours() if request.param == "ours" else Foreign() as server:
        yield server


async def start(update: Update, _: Context) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more:1")]])
    await update.effective_message.reply_html(
        "<b>Harbour bridge</b> closes &amp; ferries run",
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        reply_markup=keyboard,
    )


async def more(update: Update, _: Context) -> None:
    await update.callback_query.answer("One moment")
    await update.effective_message.edit_text("Ferries run every ten minutes.")


async def long(update: Update, _: Context) -> None:
    try:
        await update.effective_message.reply_text("😀" * 2049)
    except BadRequest as refusal:
        await update.effective_message.reply_text(f"Refused: {refusal.message}")


def desk(base_url: str, base_file_url: str) -> Application:
    """A bot that knows nothing of doubles but their address."""
    app = Application.builder().token(TOKEN).base_url(base_url).base_file_url(base_file_url).build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CommandHandler("long", long))
    app.add_handler(CallbackQueryHandler(more, pattern="^more:"))
    return app


def told(heard: Heard) -> list[tuple[str, dict[str, Any]]]:
    """What the bot asked for, without its polling and with JSON read."""
    asked = [(method, fields) for method, fields in heard if method not in ("getMe", "getUpdates")]
    return [(method, {k: _read(v) for k, v in fields.items() if k in TOLD}) for method, fields in asked]


def _read(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


class TestConversation:
    """The same words either way, and the same refusals."""

    async def test_a_bot_in_our_own_loop_polls_replies_edits_and_is_refused(self, far):
        app = desk(far.base_url, far.base_file_url)
        async with app:
            await app.bot.set_my_commands([BotCommand("start", "Begin")], language_code="de")
            await app.updater.start_polling(timeout=5, allowed_updates=["message", "callback_query"])
            await app.start()
            await far.say("/start")
            await far.until("sendMessage", 1)
            number = 2 if isinstance(far, Ours) else 1  # Telegram counts the reader's message too
            await far.press(number, "more:1")
            await far.until("editMessageText", 1)
            await far.say("/long please")
            await far.until("sendMessage", 3)
            await app.updater.stop()
            await app.stop()
        keyboard = {"inline_keyboard": [[{"text": "More", "callback_data": "more:1"}]]}
        bridge = "<b>Harbour bridge</b> closes &amp; ferries run"
        html = {"text": bridge, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
        assert told(far.heard()) == [
            ("setMyCommands", {"commands": [{"command": "start", "description": "Begin"}]}),
            ("deleteWebhook", {}),
            ("sendMessage", {"chat_id": 42, "reply_markup": keyboard} | html),
            ("answerCallbackQuery", {"text": "One moment"}),
            (
                "editMessageText",
                {"chat_id": 42, "message_id": number, "text": "Ferries run every ten minutes."},
            ),
            ("sendMessage", {"chat_id": 42, "text": "😀" * 2049}),
            ("sendMessage", {"chat_id": 42, "text": "Refused: Message is too long"}),
        ]
        assert far.problems() == []

    async def test_updates_wait_until_they_are_taken(self, far):
        async with aiohttp.ClientSession() as session:
            call = Naive(far.base_url, session)
            for text in ("/a", "/b", "/c"):
                await far.say(text)
            first = (await call("getUpdates", timeout=1, limit=1))[1]["result"][0]["update_id"]
            for fields, texts in (
                ({"offset": first + 1}, ["/b", "/c"]),
                ({"offset": -1}, ["/c"]),
                ({"offset": first + 1}, ["/c"]),
                ({"offset": first + 3}, []),
            ):
                _, body = await call("getUpdates", **fields)
                assert [update["message"]["text"] for update in body["result"]] == texts

    @pytest.mark.parametrize(
        ("method", "fields", "status"),
        [
            ("getMe", {}, 200),
            ("sendPigeon", {}, 404),
            ("sendMessage", {"chat_id": 42, "text": "x" * 4096}, 200),
            ("sendMessage", {"chat_id": 42, "text": "x" * 4097}, 400),
            ("sendMessage", {"chat_id": 42, "text": "😀" * 2048}, 200),
            ("sendMessage", {"chat_id": 42, "text": "😀" * 2049}, 400),
            ("sendMessage", {"chat_id": 42, "text": "  "}, 400),
            ("sendMessage", {"chat_id": 0, "text": "x"}, 400),
            ("sendMessage", {"text": "x"}, 400),
            ("sendMessage", {"chat_id": 42, "text": "x", "reply_markup": []}, 400),
            (
                "sendMessage",
                {
                    "chat_id": 42,
                    "text": "x",
                    "reply_markup": {"inline_keyboard": [[{"text": "t", "callback_data": "é" * 33}]]},
                },
                400,
            ),
            ("editMessageText", {"chat_id": 42, "message_id": 0, "text": "x"}, 400),
            ("deleteMessage", {"chat_id": 42, "message_id": "x"}, 400),
            ("sendChatAction", {"chat_id": 42, "action": "typing"}, 200),
            ("sendChatAction", {"chat_id": 42, "action": "singing"}, 400),
            ("setMyCommands", {"commands": {"command": "x"}}, 400),
            ("setWebhook", {"url": "http://127.0.0.1:9/", "secret_token": "a b"}, 400),
            ("deleteWebhook", {}, 200),
        ],
    )
    async def test_the_same_calls_are_taken_and_refused(self, far, method, fields, status):
        async with aiohttp.ClientSession() as session:
            await far.say("/start")
            answered, body = await Naive(far.base_url, session)(method, **fields)
        assert (answered, body["ok"]) == (status, status == 200)

    async def test_polling_is_refused_while_a_webhook_is_set(self, far):
        async with aiohttp.ClientSession() as session:
            call = Naive(far.base_url, session)
            assert (await call("setWebhook", url="http://127.0.0.1:9/"))[0] == 200
            assert (await call("getUpdates"))[0] == 409
            assert (await call("getWebhookInfo"))[1]["result"]["url"] == "http://127.0.0.1:9/"
            assert (await call("deleteWebhook"))[0] == 200
            assert (await call("getUpdates"))[0] == 200
