"""What the owner is told: what failed, in one line a day; what cannot wait, at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.delivery.quiet import IsQuiet, fitting, never
from bot.domain.errors import MessengerError, Unconfirmed
from bot.domain.message import Message, Paragraph, Run
from bot.domain.messaging import Messenger
from bot.domain.model import Address
from bot.domain.ports import Clock
from bot.domain.reasons import Reason
from bot.platforms import not_set_up
from bot.wording import outcomes
from bot.wording.language import speaking

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
"""Within it an urgent sentence is told once, however often it is said."""

SHOWN = 5
"""Failures that the daily line spells out; the log has all of them."""

KEPT = 200
"""Different sentences that are kept for the day's line; what comes beyond is only counted."""

PARTING = 5.0
"""Seconds that the last line may take when the desk closes."""

log = logging.getLogger(__name__)


class Owner:
    """Keeps what failed until the day's line is due. Nothing here raises: it is the last resort.

    ``to`` and ``language``, which the desk speaks to them, may be changed at any time, and so may ``is_quiet``: in quiet hours
    only what is urgent makes a sound. ``heard`` counts every sentence since the start.
    """

    def __init__(
        self, to: Address | None, messengers: Mapping[str, Messenger], clock: Clock, language: str = "en"
    ) -> None:
        self.to = to
        self.language = language
        self.heard = 0
        self.is_quiet: IsQuiet = never
        self._messengers = messengers
        self._clock = clock
        self._kept: dict[Reason | str, int] = {}
        self._beyond = 0
        self._urgent: dict[Reason | str, datetime] = {}
        self._told = clock.now()

    def look(self) -> None:
        """Log where the owner can be told nothing: the log is all there is then, and somebody counts on more."""
        if self.to and self.to.platform not in self._messengers:
            self.heard += 1
            log.warning("the owner (%s) is told nothing: %s", self.to, not_set_up(self.to.platform))

    async def tell(self, what: Reason | str, *, urgent: bool = False) -> None:
        """Log the sentence, in English; pass it on at once when ``urgent``, else with the day's line.

        One that was passed on at once within the hour, or could not be, is in the day's line, too.
        """
        self.heard += 1
        log.warning("%s", what)
        if not (
            urgent
            and self._is_news(what)
            and await self._post(lambda: outcomes.urgent(str(what)), urgent=True)
        ):
            self._keep(what)

    async def all_clear(self, text: str) -> None:
        """Log good news about what was urgent, and pass it on at once; it is lost if that fails."""
        log.info("%s", text)
        await self._post(lambda: text)

    async def tick(self) -> None:
        """Send the day's line when a day has passed and anything failed in it."""
        if self._clock.now() - self._told >= DAY:
            await self._hand_over()

    async def close(self, within: float = PARTING) -> None:
        """Send what is kept: a desk that is started anew each day would never send its line."""
        try:
            async with asyncio.timeout(within):
                await self._hand_over()
        except TimeoutError:
            log.error("the owner could not be told: it took more than %.1f seconds", within)

    async def _hand_over(self) -> None:
        if not self._kept:
            return
        kept, beyond, self._kept, self._beyond = self._kept, self._beyond, {}, 0
        shown, total = list(kept.items())[:SHOWN], len(kept) + beyond
        if await self._post(lambda: outcomes.failures([(str(one), count) for one, count in shown], total)):
            self._told = self._clock.now()
            return
        for what, count in kept.items():
            self._keep(what, count)
        self._beyond += beyond

    def _keep(self, what: Reason | str, count: int = 1) -> None:
        if what in self._kept or len(self._kept) < KEPT:
            self._kept[what] = self._kept.get(what, 0) + count
        else:
            self._beyond += 1

    def _is_news(self, what: Reason | str) -> bool:
        """Whether an urgent sentence was not told within the hour; told it is now."""
        now = self._clock.now()
        self._urgent = {said: at for said, at in self._urgent.items() if abs(now - at) < HOUR}
        if what in self._urgent or len(self._urgent) >= KEPT:
            return False
        self._urgent[what] = now
        return True

    async def _post(self, told: Callable[[], str], *, urgent: bool = False) -> bool:
        """Whether it may have reached the owner; without one, the log is all there is."""
        messenger = self._messengers.get(self.to.platform) if self.to else None
        if messenger is None or self.to is None:
            return True
        try:
            with speaking(self.language):
                payloads = messenger.render(Message((Paragraph((Run(told()),)),)))
            for payload in payloads:
                fit = payload if urgent else await fitting(messenger, self.to, payload, self.is_quiet)
                await messenger.post(self.to, fit, key=f"owner-{self._clock.now().isoformat()}")
        except MessengerError as error:
            log.error("the owner could not be told: %s", error)
            return isinstance(error, Unconfirmed)
        except Exception:
            log.exception("the owner could not be told")
            return False
        return True
