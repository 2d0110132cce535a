"""The line to Telegram: python-telegram-bot's bot over connections of our own, and what becomes of a call."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.chat.telegram_errors import translated, while_reading
from bot.chat.telegram_heard import PLATFORM
from bot.chat.telegram_settings import TelegramSettings
from bot.errors import MessengerError, RetryLater
from bot.model import Address

T = TypeVar("T")

HERE = Address(PLATFORM)
"""The address of errors that concern no chat."""

CONNECT = 5.0
"""Seconds to wait for a connection."""

LONGEST_PAUSE = 60.0
"""Seconds between two attempts to reach Telegram at the start."""

_LOG = logging.getLogger(__name__)

# Without it, each refusal for pace warns that lengths will be timedeltas one day; both are read here.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class Line(Bot):
    """PTB's bot, with ``answered`` told of each question for updates: its Updater keeps a dead token to itself."""

    def __init__(self, settings: TelegramSettings) -> None:
        polls = HTTPXRequest(connection_pool_size=1, connect_timeout=CONNECT, read_timeout=10)
        calls = HTTPXRequest(
            connection_pool_size=32,
            connect_timeout=CONNECT,
            pool_timeout=10,
            read_timeout=settings.answer_within,
        )
        super().__init__(
            settings.token,
            base_url=f"{settings.api}/bot",
            base_file_url=f"{settings.api}/file/bot",
            request=calls,
            get_updates_request=polls,
        )
        self._requests = (polls, calls)
        self._answered: Callable[[TelegramError | None], None] = lambda _: None

    def tell(self, answered: Callable[[TelegramError | None], None]) -> None:
        """From now on ``answered`` hears of each question for updates: its error, or nothing."""
        self._answered = answered

    async def get_updates(self, *args: Any, **more: Any) -> tuple[Update, ...]:
        """PTB's, told of."""
        try:
            updates = await super().get_updates(*args, **more)
        except TelegramError as error:
            self._answered(error)
            raise
        self._answered(None)
        return updates

    async def hang_up(self) -> None:
        """Close the connections, whether PTB finds them open or not."""
        for request in self._requests:
            await request.shutdown()


async def made(
    call: Awaitable[T], to: Address, word: Callable[[TelegramError, Address], MessengerError] = translated
) -> T:
    """The call's result, or the desk's word for its error, which leaves the vendor's behind."""
    try:
        return await call
    except TelegramError as error:
        trouble = word(error, to)
    raise trouble


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """The call's result, however long Telegram is away. Raises BadCredentials and Refused."""
    pause = 1.0
    while True:
        try:
            return await made(call(), HERE, while_reading)
        except RetryLater as later:
            if pause == 1.0:
                _LOG.warning("%s; trying again", later)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
