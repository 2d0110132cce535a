"""Whose turn it is to post: each chat at its own pace, all of a platform in their order, answers first."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Protocol

from bot.chat import rate_limits
from bot.chat.rate_limits import Key, Limits, Paces, Spent
from bot.domain.errors import StoreError
from bot.domain.model import Address
from bot.domain.ports import Clock

log = logging.getLogger(__name__)

Step = Callable[[Mapping[Key, Spent]], Mapping[Key, Spent]]
"""What was spent of some limits before, to what is spent of them after."""


class SharedPaces(Protocol):
    """What all processes have spent of the platforms' limits, also before this one began."""

    async def change(self, keys: Sequence[Key], step: Step) -> Mapping[Key, Spent]:
        """``step`` on what is known of ``keys``, and nobody else's at the same time; what is spent then.

        A limit of which nothing was spent lately is not in the mapping. Raises StoreError.
        """


class Pacing:
    """Keeps just under the platforms' limits, together with every process on the same store."""

    def __init__(self, limits: Mapping[str, Limits], shared: SharedPaces, clock: Clock) -> None:
        self._clock = clock
        self._shared = shared
        self._paces = Paces(limits)
        self._refusing: set[str] = set()
        self._queues: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._heads: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def turn(self, to: Address, *, ahead: bool = False) -> None:
        """Return when ``to`` may be posted to; that is counted, and must follow at once.

        Where the chats of a platform stand in line, ``ahead`` goes to its head, behind one at most
        and those that went there before.
        """
        while True:
            await self._wait(rate_limits.own_wait(self._at_now(), to))
            async with AsyncExitStack() as stands:
                # A lock wakes its waiters in their order: else a few chats would be left behind, and
                # be posted to at one a second each when all the others are done.
                if rate_limits.is_shared(self._paces, to):
                    for line in (self._heads,) if ahead else (self._queues, self._heads):
                        await stands.enter_async_context(line[to.platform])
                if await self._taken(to):
                    return

    async def _taken(self, to: Address) -> bool:
        """Count a post to ``to`` as soon as all chats together may have one; false when its own may not."""
        while not rate_limits.own_wait(self._at_now(), to):
            if wait := rate_limits.shared_wait(self._paces, to):
                await self._wait(wait)
            elif await self._counted(to):
                return True
        return False  # closed meanwhile, or another thread of the chat or another process was quicker

    async def _counted(self, to: Address) -> bool:
        """Take a turn that is free by what this process knows; false when others have had it."""
        had = False

        def take(paces: Paces) -> Paces:
            nonlocal had
            had = bool(rate_limits.own_wait(paces, to) or rate_limits.shared_wait(paces, to))
            return paces if had else rate_limits.posted(paces, to)

        await self._change(to, take)
        return not had

    def passed(self, to: Address) -> None:
        """The platform took a post."""
        self._refusing.discard(to.platform)

    async def refused(self, to: Address, length: timedelta) -> None:
        """The platform did not take a post, and wants none in this chat for so long."""
        # One refusal is about its chat, and leaves room for others. The next in a row may be about
        # all chats: nothing is given back then, so that a platform in need is not called the more.
        alone = to.platform not in self._refusing
        self._refusing.add(to.platform)

        def close(paces: Paces) -> Paces:
            paces = rate_limits.closed(paces, to, length.total_seconds())
            return rate_limits.given_back(paces, to) if alone else paces

        await self._change(to, close)

    async def _change(self, to: Address, change: Callable[[Paces], Paces]) -> None:
        """Change what is spent of the limits of ``to``, here and for all processes."""
        keys = rate_limits.keys(self._paces, to)

        def step(spent: Mapping[Key, Spent]) -> Mapping[Key, Spent]:
            changed = change(rate_limits.known(self._at_now(), spent))
            return {key: changed.spent[key] for key in keys if key in changed.spent}

        try:
            spent = await self._shared.change(keys, step)
        except StoreError as error:
            # Answers go on without the store; what this process knows of itself still holds.
            log.warning("posting keeps to what this process knows of the limits: %s", error)
            spent = step({key: self._paces.spent[key] for key in keys if key in self._paces.spent})
        self._paces = rate_limits.known(self._at_now(), spent)

    def _at_now(self) -> Paces:
        self._paces = rate_limits.at(self._paces, self._clock.now().timestamp())
        return self._paces

    async def _wait(self, seconds: float) -> None:
        if seconds:
            await self._clock.sleep_until(self._clock.now() + timedelta(seconds=seconds))
