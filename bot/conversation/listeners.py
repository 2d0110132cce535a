"""Which of several desks hears people on a platform: one at a time by each token, the others wait in reserve.

What is said belongs to a conversation, of which its desk remembers more than the store does: so one desk hears all
of it, also where a platform would bring each thing said to another.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.domain.errors import LeaseHeld
from bot.domain.messaging import Answered, Receiver

log = logging.getLogger(__name__)

Take = Callable[[str], Awaitable[str | None]]
"""Takes or renews a lease by its name: ``None``, or who else holds it. Raises StoreError."""


class Listeners:
    """The platforms on which this desk hears people, by the leases of their tokens."""

    def __init__(self, leases: Mapping[str, str], take: Take, *, shares: bool) -> None:
        """``shares``: other desks may work on the store, each in reserve where this one hears."""
        self._leases = leases
        self._take = take
        self._shares = shares
        self._turns = {platform: asyncio.Event() for platform in leases}

    @property
    def reserve(self) -> tuple[str, ...]:
        """The platforms that another desk hears."""
        return tuple(sorted(name for name, turn in self._turns.items() if not turn.is_set()))

    async def take(self) -> None:
        """Take or renew each lease.

        Raises LeaseHeld where another desk has one that was this one's, or that it does not share.
        """
        for platform, lease in self._leases.items():
            other, turn = await self._take(lease), self._turns[platform]
            if other is None:
                turn.set()
            elif turn.is_set() or not self._shares:
                raise LeaseHeld(lease, other)

    async def turn(self, platform: str, stop: asyncio.Event) -> bool:
        """Wait in reserve until this desk is to hear the platform; false when it stops before."""
        turn = self._turns.get(platform)
        if turn is None or turn.is_set():
            return True
        log.info("%s: another desk hears it; this one waits in reserve", platform)
        waits = [asyncio.ensure_future(one.wait()) for one in (turn, stop)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
        if stop.is_set():
            return False
        log.warning("%s: the desk that heard it is gone; this one hears it from now on", platform)
        return True

    def receiver(self, platform: str, receiver: Receiver) -> Receiver:
        """The receiver, which sends the platform to the other desk as long as that hears it."""

        def refused(headers: Mapping[str, str]) -> Answered | None:
            if platform in self.reserve:
                return Answered(503, {"Retry-After": "5"}, "another desk hears this platform\n")
            return receiver.refused(headers)

        return replace(receiver, refused=refused)
