"""Who asked for digests hears why they do not come, in their own conversation with the desk."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.domain.errors import MessengerError
from bot.domain.events import Sender
from bot.domain.message import Message, Paragraph, Run
from bot.domain.messaging import Messenger
from bot.domain.model import Address

AskedFor = Callable[[Address], Awaitable[Sequence[Sender]]]
"""Who made the subscriptions of a chat, or of one thread of it. Raises StoreError."""

OwnChat = Callable[[Sender], Address | None]
"""A person's own conversation with the desk, where the platform has one."""

log = logging.getLogger(__name__)


class Subscribers:
    """Tells them. Nothing here raises: the owner is told besides."""

    def __init__(self, asked_for: AskedFor, own_chat: OwnChat, messengers: Mapping[str, Messenger]) -> None:
        self._asked_for = asked_for
        self._own_chat = own_chat
        self._messengers = messengers

    async def tell(self, at: Address, text: str) -> None:
        """Tell each who subscribed for ``at``, once; not at ``at`` itself, which takes nothing."""
        try:
            people = {self._own_chat(one): one for one in await self._asked_for(at)}
        except Exception:
            log.exception("who subscribed for %s is not known now", at)
            return
        for to in people:
            if to is not None and to != at:
                await self._post(to, text, key=f"closed-{at}")

    async def _post(self, to: Address, text: str, *, key: str) -> None:
        messenger = self._messengers.get(to.platform)
        if messenger is None:
            return
        try:
            for payload in messenger.render(Message((Paragraph((Run(text),)),))):
                await messenger.post(to, payload, key=key)
        except MessengerError as error:
            log.info("a subscriber could not be told: %s", error)
        except Exception:
            log.exception("a subscriber could not be told")
