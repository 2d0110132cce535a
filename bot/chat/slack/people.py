"""What has to be asked of Slack about who speaks: in which language they read, and which direct messages are the app's own with them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from dataclasses import replace

from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import is_unseen
from bot.chat.slack.events import read_ticket
from bot.chat.slack.settings import NAME
from bot.domain.errors import MessengerError, Refused
from bot.domain.events import Incoming, Pressed, Said
from bot.domain.model import Address

TOLD_WITHIN = 2.0
"""Seconds for the answer: whoever waits for theirs behind it is not to notice."""

GOOD_FOR, MISSED_FOR = 86_400.0, 600.0
"""Seconds for which an answer is remembered, and that there was none."""

MOST_PEOPLE = 10_000
"""People of whom it is remembered."""

ASKED_WITHIN = 3.0
"""Seconds for the question; what is said after it waits for the answer."""

KNOWN = 4_096
"""Conversations that are remembered."""


class Locales:
    """What people's Slack says of their language, as an IETF tag; empty where it does not, or the app may not see."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()

    async def told(self, incoming: Incoming) -> Incoming:
        """The same with its sender's language, where it is said to the desk alone: a channel has its own."""
        if not isinstance(incoming, Said | Pressed) or not incoming.direct:
            return incoming
        language = await self.of(incoming.sender.id)
        return replace(incoming, sender=replace(incoming.sender, language=language))

    async def of(self, person: str) -> str:
        """What Slack says of this person's, within two seconds."""
        locale, until = self._known.get(person, ("", 0.0))
        if time.monotonic() < until:
            return locale
        locale, good_for = "", MISSED_FOR
        with contextlib.suppress(MessengerError, TimeoutError):  # an app without users:read hears of none
            async with asyncio.timeout(TOLD_WITHIN):
                answer = await self._api.read("users.info", Address(NAME), user=person, include_locale=True)
            user = answer.get("user")
            told = user.get("locale") if isinstance(user, dict) else None
            locale, good_for = told if isinstance(told, str) else "", GOOD_FOR
        self._known[person] = locale, time.monotonic() + good_for
        if len(self._known) > MOST_PEOPLE:
            self._known.popitem(last=False)
        return locale


class OwnConversations:
    """Which direct messages are the app's own with one person: Slack tells of a command typed in any. Asks once for each."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._known: dict[str, bool] = {}

    async def settled(self, incoming: Incoming) -> Incoming:
        """The same, ``direct`` only in the app's own conversation.

        Where Slack gives no answer, a direct message counts as the app's own: most are.
        """
        if not isinstance(incoming, Said | Pressed) or not incoming.at.chat.startswith("D"):
            return incoming
        if isinstance(incoming, Said) and _is_event(incoming):
            self._note(incoming.at.chat, own=True)
            return incoming
        if await self._is_own(incoming.at):
            return incoming
        other = replace(incoming, direct=False)
        return replace(other, outside=True) if isinstance(other, Said) else other

    async def _is_own(self, at: Address) -> bool:
        if at.chat not in self._known:
            try:
                async with asyncio.timeout(ASKED_WITHIN):
                    await self._api.read("conversations.info", at, channel=at.chat)
            except Refused as refused:
                if not is_unseen(refused):
                    return True
                self._note(at.chat, own=False)
            except (MessengerError, TimeoutError):
                return True
            else:
                self._note(at.chat, own=True)
        return self._known[at.chat]

    def _note(self, channel: str, *, own: bool) -> None:
        if len(self._known) >= KNOWN:
            self._known.clear()
        self._known[channel] = own


def _is_event(said: Said) -> bool:
    """Whether it came as an event, of which an app gets those of its own direct messages alone."""
    ticket = read_ticket(said.reply)
    return ticket is not None and ticket.kind == "direct"
