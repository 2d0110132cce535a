"""python-telegram-bot's bot over HTTP connections of our own, and its errors translated."""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, TypeVar

import httpx
from telegram import Bot, Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.chat.telegram.errors import translated, while_reading
from bot.chat.telegram.settings import NAME, TelegramSettings
from bot.domain.errors import MessengerError, RetryLater
from bot.domain.model import Address

T = TypeVar("T")

HERE = Address(NAME)
"""The address of errors that concern no chat."""

CONNECT = 5.0
"""Seconds to wait for a connection."""

LONGEST_PAUSE = 60.0
"""Seconds between two attempts to reach Telegram at the start."""

_LOG = logging.getLogger(__name__)

# Without it, each refusal for pace warns that lengths will be timedeltas one day; both are read here.
os.environ.setdefault("PTB_TIMEDELTA", "true")


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that httpx trusts: reading them takes 17 ms, which two connections need once."""
    return httpx.create_ssl_context()


class UpdatesRequest(HTTPXRequest):
    """The connection that updates come over: one that PTB cannot read is left out.

    PTB would pass over all that came with it, and ask for the same again without end.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """PTB's, with nothing but its number left of an update that cannot be read."""
        told: Any = HTTPXRequest.parse_json_payload(payload)
        if isinstance(told, dict) and isinstance(updates := told.get("result"), list):
            readable = (one if _is_readable(one) else _numbered(one) for one in updates)
            return {**told, "result": [one for one in readable if one]}
        return told  # type: ignore[no-any-return] # whatever it is, PTB has a word for it


def _is_readable(update: Any) -> bool:
    try:
        return bool(Update.de_json(update, None))
    except Exception as error:  # noqa: BLE001 - what one update holds must not stop the others
        _LOG.warning("An update from Telegram could not be read (%s); it is left out", type(error).__name__)
        return False


def _numbered(update: Any) -> dict[str, Any]:
    number = update.get("update_id") if isinstance(update, dict) else None
    return {"update_id": number} if isinstance(number, int) else {}


SAID = frozenset({"text", "entities", "reply_markup", "link_preview_options", "reply_to_message"})
"""What a message's answer repeats of what was sent: PTB makes an object of each link and each button, which nobody reads."""


class CallsRequest(HTTPXRequest):
    """The connections that calls go over: of a message that was sent, the answer says which it is."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """PTB's, without what is in ``SAID`` of a message."""
        told: Any = HTTPXRequest.parse_json_payload(payload)
        if isinstance(told, dict) and isinstance(sent := told.get("result"), dict) and "message_id" in sent:
            return {**told, "result": {name: one for name, one in sent.items() if name not in SAID}}
        return told  # type: ignore[no-any-return] # as above


class PollingBot(Bot):
    """PTB's bot, with ``answered`` called after each getUpdates: its Updater tells nobody of a dead token."""

    def __init__(self, settings: TelegramSettings) -> None:
        trust = {"verify": _trusted()}
        polls = UpdatesRequest(
            connection_pool_size=1, connect_timeout=CONNECT, read_timeout=10, httpx_kwargs=trust
        )
        calls = CallsRequest(
            connection_pool_size=32,
            connect_timeout=CONNECT,
            pool_timeout=10,
            read_timeout=settings.answer_within,
            httpx_kwargs=trust,
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
        """From now on ``answered`` is called after each getUpdates, with its error or ``None``."""
        self._answered = answered

    async def get_updates(self, *args: Any, **more: Any) -> tuple[Update, ...]:
        """PTB's; ``answered`` hears of its error, or of none."""
        try:
            updates = await super().get_updates(*args, **more)
        except TelegramError as error:
            self._answered(error)
            raise
        self._answered(None)
        return updates

    async def close_connections(self) -> None:
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
