"""Whose digests cannot be posted at all, since their platform is not set up: told of once, and kept for who asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.domain.errors import cause
from bot.domain.model import Subscription
from bot.domain.ports import Tell
from bot.domain.reasons import Reason
from bot.platforms import not_set_up

SHOWN = 5
"""Names that a sentence spells out."""


class Unreachable:
    """Knows the platforms that subscriptions name and the desk has not. ``urgent``: they are told of at once.

    A desk has the platforms that it began with: what is told once holds until it starts anew.
    """

    def __init__(self, there: Collection[str], tell: Tell) -> None:
        self.urgent = False
        self._there = there
        self._tell = tell
        self._told: set[str] = set()
        self._waiting: Mapping[str, Sequence[Subscription]] = {}

    async def look(self, subscriptions: Sequence[Subscription]) -> None:
        """Tell of those that were not told of yet, a sentence a platform."""
        waiting: dict[str, list[Subscription]] = {}
        for one in subscriptions:
            if one.to.platform not in self._there:
                waiting.setdefault(one.to.platform, []).append(one)
        self._waiting = waiting
        for platform, those in waiting.items():
            if names := [one.name for one in those if one.id not in self._told]:
                why = cause(not_set_up(platform))
                await self._tell(
                    Reason("owner.no_platform", names=_listed(names), why=why), urgent=self.urgent
                )
        self._told = {one.id for those in waiting.values() for one in those}

    def reasons(self) -> tuple[str, ...]:
        """A sentence a platform, by the last look."""
        return tuple(
            f"{not_set_up(platform)}; nothing is made for {_listed([one.name for one in those])}"
            for platform, those in sorted(self._waiting.items())
        )


def _listed(names: Sequence[str]) -> str:
    more = ", …" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
