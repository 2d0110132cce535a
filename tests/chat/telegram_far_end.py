"""Telegram's far end, as the messengers' contract reads and breaks it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.chat.telegram.messenger import TelegramMessenger
from bot.chat.telegram.settings import TelegramSettings
from bot.domain.model import Address
from tests.doubles.telegram import TOKEN, TelegramDouble

GROUP, FORUM, BASIC, READER = -1000000000555, -1000000000777, -500, 42


def settings(base_url: str, **more: Any) -> TelegramSettings:
    """How the desk reaches a server with this `base_url`."""
    return TelegramSettings(TOKEN, base_url.removesuffix("/bot"), **{"poll": 5, "answer_within": 60.0} | more)


@asynccontextmanager
async def desk(telegram: TelegramDouble, **more: Any) -> AsyncIterator[TelegramMessenger]:
    """A messenger at the double."""
    messenger = TelegramMessenger(settings(telegram.base_url, **more))
    try:
        yield messenger
    finally:
        await messenger.aclose()


class TelegramFarEnd:
    """The double, as ``FarEnd`` wants it; its bot hears every word of a group."""

    platform = "telegram"
    home = Address("telegram", str(GROUP))
    nowhere = Address("telegram", "-1000000000999")
    secrets = (TOKEN, TOKEN.partition(":")[2])

    def __init__(self, telegram: TelegramDouble) -> None:
        self.telegram = telegram
        telegram.chat(GROUP)

    async def texts(self, at: Address) -> list[str]:
        return [message.text for message in self.telegram.messages(int(at.chat))]

    async def until_read(self, text: str, *, within: float) -> None:
        await self.telegram.until(
            lambda: any(text in message.text for message in self.telegram.messages(GROUP)), within
        )

    def lose_reply(self) -> None:
        self.telegram.fail("sendMessage", kind="drop_after")

    def slow_down(self, seconds: int) -> None:
        self.telegram.fail("sendMessage", kind="429", seconds=seconds)

    def put_out(self) -> None:
        self.telegram.kick(GROUP)

    def revoke(self) -> None:
        self.telegram.revoke()

    async def close_connections(self) -> None:
        await self.telegram.__aexit__()

    async def say(self, text: str) -> None:
        self.telegram.say(f"/{text}", chat=GROUP)

    async def mutter(self, text: str) -> None:
        self.telegram.say(text, chat=GROUP)

    async def press(self, label: str) -> None:
        for message in reversed(self.telegram.messages(GROUP)):
            for shown, data in message.buttons:
                if shown == label:
                    self.telegram.press(message.id, data, chat=GROUP)
                    return
        raise AssertionError(f"no button {label}")
