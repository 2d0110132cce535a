"""Who asked for digests hears why they do not come, in their own conversation with the desk."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from bot.delivery.quiet import IsQuiet, fitting, never
from bot.domain.conversations import NameOf, unnamed
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


@dataclass(frozen=True, slots=True)
class Subscribers:
    """Tells them. Nothing here raises: the owner is told besides."""

    asked_for: AskedFor
    own_chat: OwnChat
    messengers: Mapping[str, Messenger]
    language: Language = english
    is_quiet: IsQuiet = never
    name_of: NameOf = unnamed

    async def tell(self, at: Address, reason: Reason) -> None:
        """Tell each who subscribed for ``at``, once; not at ``at`` itself, which takes nothing."""
        try:
            people = {self.own_chat(one): one for one in await self.asked_for(at)}
        except Exception:
            log.exception("who subscribed for %s is not known now", at)
            return
        told = [to for to in people if to is not None and to != at]
        name = await self.name_of(at) or str(at) if told else ""
        for to in told:
            await self._post(to, name, reason)

    async def _post(self, to: Address, name: str, reason: Reason) -> None:
        messenger = self.messengers.get(to.platform)
        if messenger is None:
            return
        try:
            with speaking(await self.language(to)):
                whole = reason.code.startswith("told.")  # a sentence of its own
                text = str(reason) if whole else outcomes.subscriber_told(name, str(reason))
                payloads = messenger.render(Message((Paragraph((Run(text),)),)))
            for payload in payloads:
                fit = await fitting(messenger, to, payload, self.is_quiet)
                # A platform may take one key for one message: each time that they are told is another.
                await messenger.post(to, fit, key=f"closed-{uuid4().hex}")
        except MessengerError as error:
            log.info("a subscriber could not be told: %s", error)
        except Exception:
            log.exception("a subscriber could not be told")
