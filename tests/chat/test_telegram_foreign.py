"""A whole conversation with `lo-bot-api-emulator`, a Bot API server that others wrote."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import lo_bot_api_emulator as lo
import pytest

from bot.chat.telegram.events import KINDS as ASKED
from bot.chat.telegram.messenger import TelegramMessenger
from bot.domain.errors import Refused
from bot.domain.events import Pressed, Said
from bot.domain.message import Button
from bot.domain.model import Address
from bot.wording.language import languages
from bot.wording.replies import menu as commands
from tests.chat.kinds import KINDS
from tests.chat.telegram_far_end import settings
from tests.contracts.messenger import a_long_message, a_message
from tests.doubles.test_telegram_foreign import Foreign

MODELLED = ("message", "callback_query")
READER = Address("telegram", "42")


class Wide(Foreign):
    """It models fewer kinds of updates than Telegram, and refuses to be asked for the others."""

    def validate(self, method: str, fields: dict[str, Any], uploads: Any) -> Any:
        if method == "getUpdates":
            asked = json.loads(fields["allowed_updates"])
            assert asked == list(ASKED)
            fields["allowed_updates"] = json.dumps([kind for kind in asked if kind in MODELLED])
        return super().validate(method, fields, uploads)


@pytest.fixture
async def far(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Foreign]:
    methods = copy.deepcopy(lo.CONTRACT["methods"])
    for method in ("sendMessage", "editMessageText"):
        methods[method]["parameters"] += ["link_preview_options", "message_thread_id"]
    monkeypatch.setitem(lo.CONTRACT, "methods", methods)
    async with Wide() as server:
        yield server


@pytest.fixture
async def messenger(far: Foreign) -> AsyncIterator[TelegramMessenger]:
    opened = TelegramMessenger(settings(far.base_url))
    yield opened
    await opened.aclose()


async def test_a_conversation(far, messenger):
    async with aclosing(messenger.incoming()) as stream:
        await far.say("/search harbour ferries")
        said = await asyncio.wait_for(anext(stream), 60)
        assert isinstance(said, Said)
        assert (said.text, said.at, said.direct) == ("/search harbour ferries", READER, True)
        await messenger.reply(said, a_message("page <1>", Button("More", "more", "17:2")))
        await far.press(1, "more:17:2")
        pressed = await asyncio.wait_for(anext(stream), 60)
        assert isinstance(pressed, Pressed)
        assert (pressed.action, pressed.value, pressed.message) == ("more", "17:2", "1")
        await messenger.reply(pressed, a_message("page <2>"))
        for number, part in enumerate(messenger.render(a_long_message(5))):  # it counts markup as text
            assert (await messenger.post(READER, part, key=str(number))).id
        for kind, make in KINDS.items():
            for number, part in enumerate(messenger.render(make())):
                assert (await messenger.post(READER, part, key=f"{kind} {number}")).id
        with pytest.raises(Refused):
            await messenger.post(Address("telegram", "0"), messenger.render(a_message("nowhere"))[0], key="k")
        await messenger.aclose()
    asked = [(method, fields) for method, fields in far.heard() if method not in ("getMe", "getUpdates")]
    menus = 3 * len(languages())
    assert [method for method, _ in asked[: menus + 1]] == [*["setMyCommands"] * menus, "deleteWebhook"]
    menu = asked[0][1]["commands"]
    menu = json.loads(menu) if isinstance(menu, str) else menu
    assert [one["command"] for one in menu] == [name for name, _ in commands()]
    told = [fields["text"] for method, fields in asked if method in ("sendMessage", "editMessageText")]
    assert told[:2] == ["page &lt;1&gt;", "page &lt;2&gt;"]
    assert "<b>The morning digest</b>" in "\n".join(told)
    assert "answerCallbackQuery" in {method for method, _ in asked}
    assert far.problems() == []
