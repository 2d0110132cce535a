"""Chats that have another id now: what the configuration says of the old one holds for the new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat import access
from bot.chat.access import AccessSettings
from bot.domain.conversations import Moves, current_address
from bot.domain.model import Address, Subscription
from bot.domain.ports import Clock
from bot.domain.teams import Teams

STALE = timedelta(minutes=1)
"""After so long a stranger's words are a reason to look again: the way out learns of moves, too."""


class MovedChats:
    """Knows which chats have moved, as of the last look."""

    def __init__(self, clock: Clock, moves: Moves) -> None:
        self._clock = clock
        self._moves = moves
        self._known: Mapping[Address, Address] = {}
        self._looked: datetime | None = None

    def is_stale(self) -> bool:
        """Whether the last look was too long ago to turn somebody away."""
        return self._looked is None or abs(self._clock.now() - self._looked) >= STALE

    def followed(
        self, allowed: AccessSettings, channels: Sequence[Subscription]
    ) -> tuple[AccessSettings, tuple[Subscription, ...]]:
        """The rules, which hold at either id, and the channels, where their chats are now."""
        now = tuple(replace(one, to=current_address(one.to, self._known)) for one in channels)
        return access.followed(allowed, self._known), now

    def teams(self, given: Teams) -> Teams:
        """The teams, whose chats are meant at either id."""
        return given.followed(self._known)

    async def look(
        self, allowed: AccessSettings, channels: Sequence[Subscription]
    ) -> list[tuple[Address, Address]]:
        """Learn of moves: the old and the new id of those that are news and are spoken of here.

        Raises StoreError, and then knows what it knew.
        """
        self._looked = self._clock.now()
        moves = dict(await self._moves())
        known, self._known = self._known, moves
        rules = allowed.allow | allowed.editors | allowed.admins
        spoken_of = {rule.removesuffix(access.ADMINS) for rule in rules}
        spoken_of |= {f"{one.to.platform}:{one.to.chat}" for one in channels}
        return [(old, new) for old, new in moves.items() if known.get(old) != new and str(old) in spoken_of]
