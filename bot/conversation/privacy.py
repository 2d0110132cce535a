"""What the desk keeps about whoever asks: ``/privacy``, and ``/privacy remove``."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.conversations import PersonalData, PersonalDataPort
from bot.domain.events import Said
from bot.domain.message import Message
from bot.views.captions import LONG_NAME, clipped
from bot.views.layout import usage_message
from bot.wording import phrases, privacy

REMOVE = frozenset({"remove", "delete", "forget", "forget me", "remove me", "löschen", "vergiss mich"})
NAMED = 20
"""Subscriptions that are named; nobody makes more, and an answer has an end."""


class PrivacyCommand:
    """Answers ``/privacy``. Raises StoreError."""

    def __init__(self, kept: PersonalDataPort, zone: str) -> None:
        self._kept = kept
        self._zone = zone

    async def privacy(self, argument: str, said: Said) -> Message:
        """What is kept about who asks; or it is removed."""
        if argument.casefold() in REMOVE:
            gone = await self._kept.remove(said.sender, said.at if said.direct else None)
            return usage_message(privacy.removed(gone.own, gone.others))
        if argument:
            return usage_message(privacy.USAGE)
        return usage_message(self._shown(await self._kept.about(said.sender)))

    def _shown(self, kept: PersonalData) -> str:
        lines = []
        if kept.subscriptions:
            named = [f"“{clipped(name, LONG_NAME)}”" for name in kept.subscriptions[:NAMED]]
            lines.append(privacy.subscriptions(named, len(kept.subscriptions) - len(named)))
        if kept.searches:
            lines.append(privacy.searches(kept.searches))
        if kept.caught_up:
            lines.append(privacy.CAUGHT_UP.format(until=self._told(kept.caught_up)))
        if not lines:
            return f"{privacy.NOTHING} {privacy.KEPT_NOT}"
        return "\n".join(
            (f"{privacy.TITLE}:", *(f"• {line}" for line in lines), privacy.KEPT_NOT, privacy.HOW_TO_REMOVE)
        )

    def _told(self, moment: datetime) -> str:
        there = moment.astimezone(ZoneInfo(self._zone))
        return f"{phrases.long_day(there.date())}, {phrases.clock(there)}"
