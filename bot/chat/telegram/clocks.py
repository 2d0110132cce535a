"""The clock that Telegram shows on a pressed button until the press is answered."""

from __future__ import annotations

import asyncio
import contextlib

from telegram import Bot

from bot.chat.telegram import ephemeral
from bot.chat.telegram.connection import made
from bot.chat.telegram.intake import PARTING
from bot.domain.errors import MessengerError
from bot.domain.events import Pressed

CLOCK_FOR = 1.0
"""Seconds for which a pressed button may show a clock while its answer is made."""

LONGEST_ASIDE = 200
"""Characters that a press is answered with: core.telegram.org/bots/api#answercallbackquery."""


class Clocks:
    """Answers each press once, with words to the presser or with none.

    Telegram forgets a button soon after it was pressed, and takes one word about it: so a refusal is waited for, for a
    moment. What comes later is a message in a conversation with one person, and lost in a group.
    """

    def __init__(self, bot: Bot, shown_for: float) -> None:
        self._bot = bot
        self._shown_for = shown_for
        self._held: set[asyncio.Task[None]] = set()
        self._pressed: dict[str, asyncio.Future[str]] = {}

    def begin(self, pressed: Pressed) -> None:
        """The button shows its clock from now on."""
        told = self._pressed[pressed.reply] = asyncio.get_running_loop().create_future()
        task = asyncio.ensure_future(self._answer_query(pressed, told))
        self._held.add(task)
        task.add_done_callback(self._held.discard)

    def end(self, pressed: Pressed, words: str) -> bool:
        """The press is answered: by a message, or by these words to the presser alone; false when it is too late for them."""
        told = self._pressed.get(pressed.reply)
        if told is None or told.done():
            return False
        told.set_result(words[:LONGEST_ASIDE])
        return True

    async def aclose(self) -> None:
        """End every clock."""
        for told in self._pressed.values():
            if not told.done():
                told.set_result("")
        if self._held:
            await asyncio.wait(self._held, timeout=PARTING)

    async def _answer_query(self, pressed: Pressed, told: asyncio.Future[str]) -> None:
        words = ""
        with contextlib.suppress(TimeoutError):
            words = await asyncio.wait_for(told, self._shown_for)
        self._pressed.pop(pressed.reply, None)
        press = ephemeral.query_of(pressed.reply)
        query = self._bot.answer_callback_query(press, text=words or None, show_alert=bool(words))
        with contextlib.suppress(MessengerError):
            await made(query, pressed.at)
