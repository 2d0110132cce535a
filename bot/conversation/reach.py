"""Whether the desk can post to a place, asked of its platform before somebody is promised anything."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from bot.domain.conversations import Reach
from bot.domain.errors import MessengerError
from bot.domain.messaging import Messenger
from bot.domain.model import Address

WITHIN = 3.0
"""Seconds for the question: a person waits."""

log = logging.getLogger(__name__)


def reach(messengers: Mapping[str, Messenger], within: float = WITHIN) -> Reach:
    """Asks those messengers; whatever goes wrong with the question, nothing is known to be in the way."""

    async def obstacle(to: Address) -> str | None:
        messenger = messengers.get(to.platform)
        if messenger is None:
            return None
        try:
            async with asyncio.timeout(within):
                return await messenger.reach(to)
        except (MessengerError, TimeoutError) as error:
            log.info("whether %s can be posted to is not known: %s", to, str(error) or type(error).__name__)
        except Exception:
            log.exception("whether %s can be posted to is not known", to)
        return None

    return obstacle
