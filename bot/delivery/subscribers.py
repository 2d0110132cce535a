"""Who asked for digests hears why they do not come, in their own conversation with the desk."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import uuid4

from bot.delivery.quiet import IsQuiet, fitting, never
from bot.domain.errors import MessengerError
from bot.domain.events import Sender
from bot.domain.message import Message, Paragraph, Run
from bot.domain.messaging import Messenger
from bot.domain.model import Address
from bot.domain.reasons import Reason
from bot.wording import outcomes
from bot.wording.language import speaking

AskedFor = Callable[[Address], Awaitable[Sequence[Sender]]]
"""Who made the subscriptions of a chat, or of one thread of it. Raises StoreError."""

OwnChat = Callable[[Sender], Address | None]
"""A person's own conversation with the desk, where the platform has one."""

Language = Callable[[Address], Awaitable[str]]
"""What is spoken in a chat, as a code. Raises StoreError."""


async def english(at: Address) -> str:  # noqa: ARG001 - as Language has it
    """For a desk that speaks one language."""
    return "en"


log = logging.getLogger(__name__)


class Subscribers:
    """Tells them. Nothing here raises: the owner is told besides."""

    def __init__(
        self,
        asked_for: AskedFor,
        own_chat: OwnChat,
        messengers: Mapping[str, Messenger],
        language: Language = english,
        is_quiet: IsQuiet = never,
    ) -> None:
        self._is_quiet = is_quiet
        self._language = language
        self._asked_for = asked_for
        self._own_chat = own_chat
        self._messengers = messengers

    async def tell(self, at: Address, reason: Reason) -> None:
        """Tell each who subscribed for ``at``, once; not at ``at`` itself, which takes nothing."""
        try:
            people = {self._own_chat(one): one for one in await self._asked_for(at)}
        except Exception:
            log.exception("who subscribed for %s is not known now", at)
            return
        for to in people:
            if to is not None and to != at:
                await self._post(to, at, reason)

    async def _post(self, to: Address, at: Address, reason: Reason) -> None:
        messenger = self._messengers.get(to.platform)
        if messenger is None:
            return
        try:
            with speaking(await self._language(to)):
                whole = reason.code.startswith("told.")  # a sentence of its own
                text = str(reason) if whole else outcomes.subscriber_told(str(at), str(reason))
                payloads = messenger.render(Message((Paragraph((Run(text),)),)))
            for payload in payloads:
                fit = await fitting(messenger, to, payload, self._is_quiet)
                # A platform may take one key for one message: each time that they are told is another.
                await messenger.post(to, fit, key=f"closed-{uuid4().hex}")
        except MessengerError as error:
            log.info("a subscriber could not be told: %s", error)
        except Exception:
            log.exception("a subscriber could not be told")
