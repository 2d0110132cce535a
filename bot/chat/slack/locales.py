"""In which language people read Slack: what ``users.info`` says, asked once a day."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from dataclasses import replace

from bot.chat.slack.api import SlackApi
from bot.chat.slack.settings import NAME
from bot.domain.errors import MessengerError
from bot.domain.events import Incoming, Pressed, Said
from bot.domain.model import Address

WITHIN = 2.0
"""Seconds for the answer: whoever waits for theirs behind it is not to notice."""

GOOD_FOR, MISSED_FOR = 86_400.0, 600.0
"""Seconds for which an answer is remembered, and that there was none."""

MOST = 10_000
"""People of whom it is remembered."""


class Locales:
    """What people's Slack says of their language, as an IETF tag; empty where it does not, or the app may not see."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()

    async def told(self, incoming: Incoming) -> Incoming:
        """The same with its sender's language, where it is said to the desk alone: a channel has its own."""
        if not isinstance(incoming, Said | Pressed) or not incoming.direct:
            return incoming
        language = await self._of(incoming.sender.id)
        return replace(incoming, sender=replace(incoming.sender, language=language))

    async def _of(self, person: str) -> str:
        locale, until = self._known.get(person, ("", 0.0))
        if time.monotonic() < until:
            return locale
        locale, good_for = "", MISSED_FOR
        with contextlib.suppress(MessengerError, TimeoutError):  # an app without users:read hears of none
            async with asyncio.timeout(WITHIN):
                answer = await self._api.read("users.info", Address(NAME), user=person, include_locale=True)
            user = answer.get("user")
            told = user.get("locale") if isinstance(user, dict) else None
            locale, good_for = told if isinstance(told, str) else "", GOOD_FOR
        self._known[person] = locale, time.monotonic() + good_for
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return locale
