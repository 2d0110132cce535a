"""Who subscribed where the desk cannot post yet, and is told when it can."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from bot.domain.events import Pressed, Said
from bot.domain.model import Address

MOST = 200
"""Wishes that are remembered; in memory, so that after a restart nobody is told, though digests come."""


class Invitations:
    """The words that asked for each subscription which waits for the desk to be let in."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, Said | Pressed] = OrderedDict()

    def expect(self, subscription: str, said: Said | Pressed) -> None:
        """It was asked for by these words."""
        self._waiting[subscription] = said
        if len(self._waiting) > MOST:
            self._waiting.popitem(last=False)

    def arrived(self, at: Address) -> Sequence[tuple[str, Said | Pressed]]:
        """Each subscription that waited for the desk in this chat, with its words; they wait no longer."""
        here = (at.platform, at.chat)
        found = [
            (name, said) for name, said in self._waiting.items() if (said.at.platform, said.at.chat) == here
        ]
        for name, _ in found:
            del self._waiting[name]
        return found
