"""Files that people give in chat: they go to the inbox, and who gave one is told what became of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.chat.access import Role, is_editor
from bot.conversation import editors
from bot.domain.conversations import ConversationPorts, Inbox
from bot.domain.errors import BadCredentials, MessengerError
from bot.domain.events import Gave, Said
from bot.domain.message import Message
from bot.domain.messaging import Messenger
from bot.domain.ports import Desk, Say
from bot.domain.teams import Team
from bot.inbox.names import shown
from bot.inbox.naming import may_be_given
from bot.inbox.receipts import Receipt
from bot.search.scoped import sees
from bot.views.captions import LONG_LINE, LONG_NAME, clipped
from bot.views.layout import private_message
from bot.wording.chat import gifts
from bot.wording.language import say, speaking

MEGABYTE = 1024 * 1024
WITHIN = 10.0
"""Seconds for telling of a receipt: the next file waits for it."""

Spoken = Callable[[Said], Awaitable[str]]

log = logging.getLogger(__name__)


class Gifts:
    """Takes files, and tells of their receipts. Raises StoreError and BadCredentials."""

    def __init__(
        self, desk: Desk, ports: ConversationPorts, say: Say, spoken: Spoken, team_of: Callable[[Said], Team]
    ) -> None:
        """``spoken`` tells the language of who gave a file, ``team_of`` their team."""
        self._clock, self._library, self._team_of = desk.clock, desk.library, team_of
        self._conversation_log, self._inbox, self._posted = ports.conversation_log, ports.inbox, ports.posted
        self._say = say
        self._spoken = spoken

    async def taken(self, gave: Gave, who: Role) -> Message:
        """Put it into the inbox; the answer, for who gave it alone. In a chat of several only editors may."""
        if not (gave.direct or is_editor(who)):
            return private_message(editors.refusal(gave.said(), say(gifts.EDITORS_ADD)))
        if gave.wordless:
            return private_message(say(gifts.WORDLESS))
        if gave.own or (gave.original and await self._posted.wrote(gave.origins, gave.original)):
            return private_message(say(gifts.OWN))
        name = clipped(shown(gave.name), LONG_NAME) or say(gifts.NAMELESS)
        return private_message(await self._taken(gave, name))

    async def _taken(self, gave: Gave, name: str) -> str:
        inbox = self._inbox
        if inbox is None:
            return say(gifts.NO_INBOX)
        largest = inbox.largest if gave.largest is None else min(inbox.largest, gave.largest)
        most = largest / MEGABYTE
        if gave.size is not None and gave.size > largest:
            return gifts.too_large(name, gave.size / MEGABYTE, most)
        try:
            data = await gave.fetch(largest)
        except BadCredentials:
            raise
        except MessengerError as error:
            return gifts.not_fetched(name, str(error.reason))
        if data is None:
            return gifts.too_large_inside(name, most)
        return await self._dropped(inbox, gave, name, data) if data else gifts.empty(name)

    async def _dropped(self, inbox: Inbox, gave: Gave, name: str, data: bytes) -> str:
        async def note(as_file: str) -> None:
            await self._conversation_log.given(as_file, name, gave.said(), self._clock.now())

        try:
            await inbox.drop(gave.name, data, note)
        except OSError as error:
            log.error("a file that somebody gave cannot be put into the inbox: %s", error.strerror or error)
            return gifts.no_room(name)
        return gifts.taken_in(name)

    async def settled(self, receipt: Receipt, messengers: Mapping[str, Messenger]) -> None:
        """Tell who gave the file what became of it, once; nothing here raises: the receipt lies beside the file."""
        if not may_be_given(receipt.file):  # of thousands at once, nobody need look up each
            return
        try:
            async with asyncio.timeout(WITHIN):
                if found := await self._conversation_log.giver(receipt.file):
                    await self._tell(*found, receipt, messengers)
        except Exception as error:  # noqa: BLE001 - the way in goes on
            log.warning("what became of a file could not be told: %s", type(error).__name__)

    async def _tell(
        self, by: Said, called: str, receipt: Receipt, messengers: Mapping[str, Messenger]
    ) -> None:
        if by.at.platform not in messengers:
            return
        with speaking(await self._spoken(by)):
            why = str(receipt.reason) if receipt.reason else ""
            title = clipped(receipt.title or "", LONG_LINE)
            ids = [one.entry for one in (receipt, *receipt.parts) if one.entry is not None]
            seen = await sees(self._team_of(by), self._library, ids)
            outcome = receipt.outcome if seen else "unseen"
            told = gifts.receipt(called, outcome, title, clipped(why, LONG_LINE))
            message = private_message(told)
            await messengers[by.at.platform].reply(by, message, self._say)
