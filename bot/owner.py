"""The owner's ear: what failed, in one line a day, and at once what cannot wait."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot import replies
from bot.errors import MessengerError
from bot.message import Message, Paragraph, Run
from bot.model import Address
from bot.ports import Clock, Messenger

DAY = timedelta(days=1)
SHOWN = 5
"""Failures that the daily line spells out; the log has all of them."""

log = logging.getLogger(__name__)


class Owner:
    """Keeps what failed until the day's line is due. Nothing here raises: it is the last resort."""

    def __init__(self, to: Address | None, messengers: Mapping[str, Messenger], clock: Clock) -> None:
        self.to = to
        self._messengers = messengers
        self._clock = clock
        self._kept: list[str] = []
        self._told = clock.now()

    async def tell(self, text: str, *, urgent: bool = False) -> None:
        """Log the sentence; pass it on at once when ``urgent``, else with the day's line."""
        log.warning("%s", text)
        if urgent:
            await self._post(replies.urgent(text))
        else:
            self._kept.append(text)

    async def tick(self) -> None:
        """Send the day's line when a day has passed and anything failed in it."""
        now: datetime = self._clock.now()
        if now - self._told < DAY or not self._kept:
            return
        kept, self._kept, self._told = self._kept, [], now
        await self._post(replies.failures(kept[:SHOWN], len(kept)))

    async def _post(self, text: str) -> None:
        messenger = self._messengers.get(self.to.platform) if self.to else None
        if messenger is None or self.to is None:
            return
        try:
            for payload in messenger.render(Message((Paragraph((Run(text),)),))):
                await messenger.post(self.to, payload, key=f"owner-{self._clock.now().isoformat()}")
        except MessengerError as error:
            log.error("the owner could not be told: %s", error)
