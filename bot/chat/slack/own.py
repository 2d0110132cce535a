"""Which direct messages are the app's own with one person: Slack tells of a command typed in any."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import is_unseen
from bot.chat.slack.events import read_ticket
from bot.domain.errors import MessengerError, Refused
from bot.domain.events import Incoming, Pressed, Said
from bot.domain.model import Address

WITHIN = 3.0
"""Seconds for the question; what is said after it waits for the answer."""

KNOWN = 4_096
"""Conversations that are remembered."""


class OwnConversations:
    """Asks once for each conversation."""

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
                async with asyncio.timeout(WITHIN):
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
