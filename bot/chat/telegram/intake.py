"""What comes from Telegram: asked for, or sent here by it."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import math
from collections.abc import AsyncGenerator, Awaitable, Mapping
from typing import Any, TypeVar

from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeDefault,
    Update,
)
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Updater

from bot.chat.telegram.connection import HERE, PollingBot, made, patiently
from bot.chat.telegram.errors import rival, translated, while_reading
from bot.chat.telegram.events import CHANGING, KINDS, SEEN_BY_ALL, Identity, asked_below, heard
from bot.chat.telegram.files import Fetch
from bot.chat.telegram.settings import TelegramSettings
from bot.domain.errors import MessengerError, Refused, RetryLater
from bot.domain.events import Incoming
from bot.wording import replies
from bot.wording.language import commands, languages, speaking, spoken

T = TypeVar("T")

HELD = 1000
"""Updates that a webhook takes before Telegram is told to come again."""

PARTING = 3.0
"""Seconds for the last question, which tells Telegram what was heard."""

RIVALRY = 300.0
"""Seconds of another program's questions after which the desk leaves it the updates; a deployment that
overlaps takes less. Between two questions PTB waits, up to half a minute."""

DEAF = 3
"""Questions in a row without an answer from which on nobody is heard; one or two are usual."""

SILENT = 60.0
"""Seconds beyond the length of a question after which the asking itself has come to a halt."""

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name

_LOG = logging.getLogger(__name__)


class Rival:
    """How long another program has been asking for the same updates.

    Two that ask in turn are each answered now and then, so an answer does not end the rivalry: as
    long a time without a conflict does.
    """

    def __init__(self) -> None:
        self._first = self._last = -math.inf

    def lasts(self, now: float) -> bool:
        """There is a conflict, at ``now`` on a clock of seconds: whether it has gone on for too long."""
        if now - self._last > RIVALRY:
            self._first = now
        self._last = now
        return now - self._first >= RIVALRY


class Intake:
    """Updates as things said, until ``aclose``.

    While it polls, updates count as heard when the next are asked for: what was not, comes again.
    """

    def __init__(self, bot: PollingBot, settings: TelegramSettings, fetch: Fetch) -> None:
        """``fetch`` brings the bytes of a document that somebody gives."""
        self._bot = bot
        self._fetch = fetch
        self._settings = settings
        self._updates: asyncio.Queue[Any] = asyncio.Queue(1 if settings.mode == "polling" else HELD)
        self._updater = Updater(bot, self._updates)
        self._opening = asyncio.Lock()
        self._ended = asyncio.Event()
        self._trouble: MessengerError | None = None
        self._rival = Rival()
        self._failed = 0
        self._asked: float | None = None
        self._open_now = self._closed = False
        bot.tell(self._answered)

    async def stream(self) -> AsyncGenerator[Incoming, None]:
        """What people say. Raises BadCredentials, and Refused when another program goes on listening."""
        if self._closed:
            return
        self._ended.clear()
        self._trouble = None  # a rivalry goes on: where it was lost, the next conflict ends the next try
        try:
            desk = await self._while_open(self._open())
            self._open_now = desk is not None
            while desk and (update := await self._while_open(self._updates.get())):
                for said in _understood(update, desk, self._fetch):
                    yield said
        except MessengerError:
            await self._fall_silent()
            raise
        finally:
            self._open_now = False

    def healthy(self) -> bool:
        """Whether somebody listens to the stream and Telegram brings updates, as far as is known."""
        if not self._open_now or self._closed or self._trouble:
            return False
        if self._settings.mode == "webhook":
            return True
        longest = self._settings.poll + SILENT
        return self._failed < DEAF and self._asked is not None and _now() - self._asked < longest

    def is_telegram(self, headers: Mapping[str, str]) -> bool:
        """Whether the headers carry the secret that Telegram was given."""
        told = next((value for name, value in headers.items() if name.lower() == SECRET_HEADER), "")
        secret = self._settings.secret.encode()
        return bool(secret) and hmac.compare_digest(told.encode("utf-8", "surrogateescape"), secret)

    def take(self, headers: Mapping[str, str], body: bytes) -> int:
        """An update that was sent here: the status to answer with. Not a 2xx, and it is sent again."""
        if not self.is_telegram(headers):
            return 401
        try:
            update = Update.de_json(json.loads(body), self._bot)
        except Exception as error:  # noqa: BLE001 - what one update holds must not stop the others
            _LOG.warning(
                "An update from Telegram could not be read (%s); it is left out", type(error).__name__
            )
            return 200
        try:
            self._updates.put_nowait(update)
        except asyncio.QueueFull:
            return 503
        return 200

    async def aclose(self) -> None:
        """End the stream, and tell Telegram what was heard."""
        self._closed = True
        self._ended.set()
        async with self._opening:
            await self._fall_silent()

    async def _open(self) -> Identity:
        async with self._opening:
            await patiently(self._updater.initialize)
            for code in languages():
                await self._offer_commands(code)
            self._failed, self._asked = 0, _now()
            await self._fall_silent()  # a stream that broke off has left it asking
            await (self._ask() if self._settings.mode == "polling" else self._invite())
            return Identity(self._bot.id, self._bot.username or "")

    async def _offer_commands(self, code: str) -> None:
        """The menus for whose apps speak the language, English for all others: all commands in private, in channels and for a group's administrators; in groups those that change nothing.

        In groups the commands that change nothing, and their answers, are seen by who gives them alone.
        """
        flag = {"is_ephemeral": True} if self._settings.ephemeral else None
        with speaking(code):
            named = [(name, what, commands().get(name, name)) for name, what in replies.menu()]
        menu = [BotCommand(name, what) for name, what, _ in named]
        in_groups = [
            (BotCommand(name, what, api_kwargs=None if command in SEEN_BY_ALL else flag), command)
            for name, what, command in named
        ]
        reading = [one for one, command in in_groups if command not in CHANGING]
        language = None if code == spoken() else code
        for offered, scope in (
            (menu, BotCommandScopeDefault()),
            (reading, BotCommandScopeAllGroupChats()),
            ([one for one, _ in in_groups], BotCommandScopeAllChatAdministrators()),
        ):
            call = self._bot.set_my_commands(offered, scope, language_code=language)
            with contextlib.suppress(RetryLater, Refused):  # one old menu is no reason to be silent
                await made(call, HERE, while_reading)

    async def _ask(self) -> None:
        await made(
            self._updater.start_polling(
                timeout=self._settings.poll,
                bootstrap_retries=-1,
                allowed_updates=KINDS,
                drop_pending_updates=False,
                error_callback=lambda _: None,  # _answered has heard it
            ),
            HERE,
            while_reading,
        )

    async def _invite(self) -> None:
        await patiently(
            lambda: self._bot.set_webhook(
                self._settings.webhook_url,
                secret_token=self._settings.secret,
                allowed_updates=KINDS,
                drop_pending_updates=False,
            )
        )

    def _answered(self, error: TelegramError | None) -> None:
        """Telegram answered a question for updates, perhaps with ``error``."""
        lasting = isinstance(error, Conflict) and self._rival.lasts(_now())
        if isinstance(error, InvalidToken) or lasting:
            self._trouble = translated(error, HERE) if error else None
            self._ended.set()
        elif isinstance(error, Conflict):
            if not self._failed:
                _LOG.warning("Telegram: %s; asking again", rival(error))
        elif error and not self._failed:
            _LOG.warning("Telegram does not answer (%s); trying again", " ".join(error.message.split())[:120])
        elif not error and self._failed:
            _LOG.info("Telegram answers again")
        self._failed = self._failed + 1 if error else 0
        self._asked = _now()

    async def _while_open(self, wanted: Awaitable[T]) -> T | None:
        """Its result; nothing after ``aclose``. Raises what ended the listening."""
        task, ended = asyncio.ensure_future(wanted), asyncio.ensure_future(self._ended.wait())
        try:
            await asyncio.wait({task, ended}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
        finally:
            task.cancel()
            ended.cancel()
            await asyncio.gather(task, ended, return_exceptions=True)
        if self._trouble:
            raise self._trouble
        return None

    async def _fall_silent(self) -> None:
        if self._updater.running:
            with contextlib.suppress(TelegramError, TimeoutError):
                await asyncio.wait_for(self._updater.stop(), PARTING)


def _understood(update: Update, desk: Identity, fetch: Fetch) -> tuple[Incoming, ...]:
    """What the update says; nothing where its fields are not what Telegram promises."""
    try:
        return tuple(filter(None, (heard(update, desk, fetch), asked_below(update, desk))))
    except Exception as error:  # noqa: BLE001 - what one update holds must not stop the others
        _LOG.warning("An update from Telegram makes no sense (%s); it is left out", type(error).__name__)
        return ()


def _now() -> float:
    return asyncio.get_running_loop().time()
