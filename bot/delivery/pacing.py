"""Whose turn it is to post: each chat at its own pace, all of a platform in their order, answers first."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import timedelta
from operator import itemgetter

from bot.chat import rate_limits
from bot.chat.rate_limits import MEMORY, Limits, Paces
from bot.domain.events import Tried
from bot.domain.model import Address
from bot.domain.ports import Clock

REMEMBERED = timedelta(seconds=MEMORY)
"""How far back a process that starts must know what was posted."""

APART = timedelta(seconds=1)
"""The least between two calls about a part; of all but the last the moments are not kept."""

MOST = int(MEMORY)
"""Earlier calls than so many are out of memory."""


class Pacing:
    """Keeps just under the platforms' limits."""

    def __init__(self, limits: Mapping[str, Limits], clock: Clock) -> None:
        self._clock = clock
        self._paces = Paces(limits)
        self._refusing: set[str] = set()
        self._queues: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._heads: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def recall(self, parts: Iterable[Tried]) -> None:
        """What was posted before this process began: platforms still count it, refused calls too."""
        now = self._clock.now()
        calls = [
            (min(part.at, now) - back * APART, part.to)
            for part in parts
            for back in range(min(part.times, MOST))
        ]
        for moment, to in sorted(calls, key=itemgetter(0)):
            self._paces = rate_limits.posted(rate_limits.at(self._paces, moment.timestamp()), to)

    async def turn(self, to: Address, *, ahead: bool = False) -> None:
        """Return when ``to`` may be posted to; that is counted, and must follow at once.

        Where the chats of a platform stand in line, ``ahead`` goes to its head, behind one at most
        and those that went there before.
        """
        while True:
            await self._wait(rate_limits.own_wait(self._at_now(), to))
            # A lock wakes its waiters in their order: else a few chats would be left behind, and be
            # posted to at one a second each when all the others are done.
            line = self._queues[to.platform]
            queue: AbstractAsyncContextManager[None] = nullcontext() if ahead else line
            async with queue, self._heads[to.platform]:
                if rate_limits.own_wait(self._at_now(), to):
                    continue  # closed meanwhile, or another thread of the chat was quicker
                while wait := rate_limits.shared_wait(self._at_now(), to):
                    await self._wait(wait)
                self._paces = rate_limits.posted(self._paces, to)
                return

    def passed(self, to: Address) -> None:
        """The platform took a post."""
        self._refusing.discard(to.platform)

    def refused(self, to: Address, length: timedelta) -> None:
        """The platform did not take a post, and wants none in this chat for so long."""
        paces = rate_limits.closed(self._at_now(), to, length.total_seconds())
        # One refusal is about its chat, and leaves room for others. The next in a row may be about
        # all chats: nothing is given back then, so that a platform in need is not called the more.
        if to.platform not in self._refusing:
            paces = rate_limits.given_back(paces, to)
        self._refusing.add(to.platform)
        self._paces = paces

    def _at_now(self) -> Paces:
        self._paces = rate_limits.at(self._paces, self._clock.now().timestamp())
        return self._paces

    async def _wait(self, seconds: float) -> None:
        if seconds:
            await self._clock.sleep_until(self._clock.now() + timedelta(seconds=seconds))
