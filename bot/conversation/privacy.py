"""What the desk keeps about whoever asks: ``/privacy``, and ``/privacy remove``."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.conversations import PersonalDataPort
from bot.domain.events import PersonalData, Said
from bot.domain.message import Message
from bot.domain.teams import NO_TEAMS, Teams
from bot.views.captions import LONG_NAME, clipped
from bot.views.layout import usage_message
from bot.wording import phrases, privacy

REMOVE = frozenset({"remove", "delete", "forget", "forget me", "remove me", "löschen", "vergiss mich"})


class PrivacyCommand:
    """Answers ``/privacy``. Raises StoreError."""

    def __init__(self, kept: PersonalDataPort, zone: str, teams: Teams = NO_TEAMS) -> None:
        self._kept = kept
        self._zone = zone
        self._teams = teams

    async def privacy(self, argument: str, said: Said) -> Message:
        """What is kept about who asks; or it is removed. What is in their own conversation they are told there.

        In a chat with others it is nobody else's to read.
        """
        message = await self._answer(argument, said)
        return message if said.direct else replace(message, private=True, aside=True)

    async def _answer(self, argument: str, said: Said) -> Message:
        own = said.at if said.direct else None
        if argument.casefold() in REMOVE:
            gone = await self._kept.remove(said.sender, own, self._teams)
            told = privacy.removed(gone.own, gone.others, gone.ended)
            return usage_message(told if own else f"{told} {privacy.own_stays()}")
        if argument:
            return usage_message(privacy.usage())
        told = self._shown(await self._kept.about(said.sender, own))
        return usage_message(told if own else f"{told}\n{privacy.own_is_told()}")

    def _shown(self, kept: PersonalData) -> str:
        lines = []
        if kept.subscriptions:
            lines.append(privacy.subscriptions([clipped(name, LONG_NAME) for name in kept.subscriptions]))
        if kept.searches:
            lines.append(privacy.searches(kept.searches))
        if kept.caught_up:
            lines.append(
                privacy.caught_up(phrases.long_moment(kept.caught_up.astimezone(ZoneInfo(self._zone))))
            )
        if kept.language:
            lines.append(privacy.language(phrases.language(kept.language)))
        if kept.files:
            lines.append(privacy.files(kept.files))
        if kept.called:
            lines.append(privacy.called(kept.called))
        return privacy.kept([*lines, *self._in_their_own(kept)])

    @staticmethod
    def _in_their_own(kept: PersonalData) -> list[str]:
        lines = []
        if kept.mutes:
            lines.append(privacy.mutes([clipped(query, LONG_NAME) for query in kept.mutes]))
        if kept.posted:
            lines.append(privacy.posted(kept.posted))
        if kept.recalled:
            lines.append(privacy.recalled(kept.recalled))
        if kept.closed:
            lines.append(privacy.closed())
        if kept.subscribing:
            lines.append(privacy.subscribing())
        return lines
