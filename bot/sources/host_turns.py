"""Whose turn it is at each host: requests keep a distance, and a host that asks for rest has it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.domain.reasons import Reason
from bot.domain.sourcing import FetchFailed

APART = 0.55
"""Seconds between the beginnings of two requests to one host: never more than two in a second, late ones included."""

LONGEST_REST = 24 * 3600.0
"""Seconds; a host that asks for more is asked again after a day."""

MOST_HOSTS = 20_000


class HostTurns:
    """Belongs to one event loop, whose clock it goes by unless ``now`` is given."""

    def __init__(self, apart: float = APART, now: Callable[[], float] | None = None) -> None:
        self._apart = apart
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._free: dict[str, float] = {}
        self._resting: dict[str, float] = {}

    async def turn(self, host: str, apart: float = 0.0) -> None:
        """Return when the host may be asked; ``apart`` is how long its robots.txt wants the distance to be.

        Raises FetchFailed at once while it rests.
        """
        self._check(host)
        at = max(self._now(), self._free.get(host, 0.0))
        self._free.pop(host, None)  # so that the dict is in the order of last turns
        self._free[host] = at + max(self._apart, apart)
        self._let_go()
        while (left := at - self._now()) > 0:
            await asyncio.sleep(left)
        self._check(host)  # another request may have been told to rest meanwhile

    def rest(self, host: str, seconds: float) -> None:
        """The host asked to be left alone for so long."""
        self._resting[host] = self._now() + min(seconds, LONGEST_REST)

    def _check(self, host: str) -> None:
        left = self._resting.get(host, 0.0) - self._now()
        if left > 0:
            raise FetchFailed(Reason("source.resting", host=host, seconds=float(round(left))), after=left)
        self._resting.pop(host, None)

    def _let_go(self) -> None:
        """Hosts whose turn is long over are not remembered."""
        while len(self._free) > MOST_HOSTS:
            oldest = next(iter(self._free))
            if self._free[oldest] > self._now():
                return
            del self._free[oldest]
