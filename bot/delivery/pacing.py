"""Whose turn it is to post: each chat at its own pace, all of a platform in their order, answers first."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
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


@dataclass(slots=True, eq=False)
class _Standing:
    """Somebody in a platform's line: where to, and whether the turn was taken for them."""

    to: Address
    ahead: bool
    taken: bool = False


FEW = 1_000
"""Limits that are remembered before those that no longer count are dropped; then twice as many as still count."""


class Pacing:
    """Keeps just under the platforms' limits, together with every process on the same store."""

    def __init__(self, limits: Mapping[str, Limits], shared: SharedPaces, clock: Clock) -> None:
        self._clock = clock
        self._shared = shared
        self._paces = Paces(limits)
        self._spent: dict[Key, Spent] = {}
        self._many = FEW
        self._refusing: set[str] = set()
        self._queues: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._heads: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._lines: defaultdict[str, list[_Standing]] = defaultdict(list)

    async def turn(self, to: Address, *, ahead: bool = False) -> None:
        """Return when ``to`` may be posted to; that is counted, and must follow at once.

        Where the chats of a platform stand in line, ``ahead`` goes to its head, behind one at most
        and those that went there before.
        """
        while True:
            await self._wait(rate_limits.own_wait(self._at_now(to), to))
            one = _Standing(to, ahead)
            async with AsyncExitStack() as stands:
                # A lock wakes its waiters in their order: else a few chats would be left behind, and
                # be posted to at one a second each when all the others are done.
                if rate_limits.is_shared(self._paces, to):
                    self._lines[to.platform].append(one)
                    stands.callback(self._lines[to.platform].remove, one)
                    for line in (self._heads,) if ahead else (self._queues, self._heads):
                        await stands.enter_async_context(line[to.platform])
                if one.taken or await self._taken(one):
                    return

    async def _taken(self, one: _Standing) -> bool:
        """Count a post as soon as all chats together may have one; false when its own may not."""
        to = one.to
        while not rate_limits.own_wait(self._at_now(to), to):
            if wait := rate_limits.shared_wait(self._at_now(to), to):
                await self._wait(wait)
            elif await self._counted(one):
                return True
        return False  # closed meanwhile, or another thread of the chat or another process was quicker

    async def _counted(self, one: _Standing) -> bool:
        """Take a turn that is free by what this process knows, and those that are free besides for who stands behind.

        False when others have had it. Each change of what all processes share takes its time: who is late for one turn
        is not late for the next.
        """
        line = sorted(self._lines[one.to.platform], key=lambda other: not other.ahead)
        free = rate_limits.room(self._at_now(one.to), one.to)
        now = [one, *(other for other in line if other is not one and not other.taken)][: max(free, 1)]
        had: list[_Standing] = []

        def take(paces: Paces) -> Paces:
            had.clear()
            for each in now:
                if not (rate_limits.own_wait(paces, each.to) or rate_limits.shared_wait(paces, each.to)):
                    paces = rate_limits.posted(paces, each.to)
                    had.append(each)
            return paces

        await self._change([each.to for each in now], take)
        for each in had:
            each.taken = True
        return one.taken

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

        await self._change([to], close)

    async def _change(self, to: Sequence[Address], change: Callable[[Paces], Paces]) -> None:
        """Change what is spent of the limits of the addresses, here and for all processes."""
        keys = tuple({key: None for one in to for key in rate_limits.keys(self._paces, one)})

        def step(spent: Mapping[Key, Spent]) -> Mapping[Key, Spent]:
            changed = change(rate_limits.known(self._at_now(*to), spent))
            return {key: changed.spent[key] for key in keys if key in changed.spent}

        try:
            spent = await self._shared.change(keys, step)
        except StoreError as error:
            # Answers go on without the store; what this process knows of itself still holds.
            log.warning("posting keeps to what this process knows of the limits: %s", error)
            spent = step({key: self._spent[key] for key in keys if key in self._spent})
        self._spent.update(rate_limits.known(self._at_now(*to), spent).spent)
        if len(self._spent) > self._many:
            self._spent = dict(rate_limits.counting(replace(self._paces, spent=self._spent)).spent)
            self._many = max(FEW, 2 * len(self._spent))

    def _at_now(self, *to: Address) -> Paces:
        """What was spent of the limits of these addresses alone: a step makes a new one of all that it is given."""
        now, latest = self._clock.now().timestamp(), self._paces.latest
        if now < latest:
            self._spent = dict(rate_limits.at(replace(self._paces, spent=self._spent), now).spent)
        self._paces = replace(self._paces, latest=now)
        keys = [key for one in to for key in rate_limits.keys(self._paces, one)]
        return replace(self._paces, spent={key: self._spent[key] for key in keys if key in self._spent})

    async def _wait(self, seconds: float) -> None:
        if seconds:
            await self._clock.sleep_until(self._clock.now() + timedelta(seconds=seconds))
