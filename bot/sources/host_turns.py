"""Whose turn it is at each host: requests keep a distance, and a host that asks for rest has it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from bot.domain.reasons import Reason
from bot.domain.sourcing import FetchFailed

APART = 0.6
"""Seconds between the beginnings of two requests to one host: never more than two in a second, late ones included."""

AT_ONCE = 16
"""Requests at a time, to all hosts together."""

LONGEST_REST = 24 * 3600.0
"""Seconds; a host that asks for more is asked again after a day."""

MOST_HOSTS = 20_000


class HostTurns:
    """Belongs to one event loop, whose clock it goes by unless ``now`` is given."""

    def __init__(self, apart: float = APART, now: Callable[[], float] | None = None) -> None:
        self._apart = apart
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._open = asyncio.Semaphore(AT_ONCE)
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._free: dict[str, float] = {}
        self._resting: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str, apart: float = 0.0) -> AsyncIterator[None]:
        """A request to the host may run in the block; ``apart`` is the distance that its robots.txt wants.

        Raises FetchFailed at once while the host rests.
        """
        self._check(host)
        line = self._lines.setdefault(host, asyncio.Lock())
        async with line:
            while (left := self._free.get(host, 0.0) - self._now()) > 0:
                await asyncio.sleep(left)
            self._check(host)  # another request may have been told to rest meanwhile
            await self._open.acquire()
            self._free.pop(host, None)  # so that the dict is in the order of last turns
            self._free[host] = self._now() + max(self._apart, apart)
            self._let_go()
        try:
            yield
        finally:
            self._open.release()

    def rest(self, host: str, seconds: float) -> None:
        """The host asked to be left alone for so long."""
        now = self._now()
        if len(self._resting) >= MOST_HOSTS:
            self._resting = {one: until for one, until in self._resting.items() if until > now}
        self._resting[host] = now + min(seconds, LONGEST_REST)

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
