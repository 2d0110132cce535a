"""Answers leave: each call in its chat's turn, and again while the platform asks for short pauses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from bot.delivery.pacing import Pacing
from bot.domain.errors import RetryLater
from bot.domain.model import Address
from bot.domain.ports import Clock

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds that a person's answer waits for a platform that asks for a pause."""

ATTEMPTS = 3


class PacedAnswers:
    """:class:`bot.domain.messaging.Say` among all else that is posted, and ahead of it: a person waits."""

    def __init__(self, pacing: Pacing, clock: Clock) -> None:
        self._pacing = pacing
        self._clock = clock

    async def __call__(self, to: Address, call: Callable[[], Awaitable[T]], *, counted: bool = True) -> T:
        """The call's result. Raises what it raises; RetryLater for a long pause, or after 3 short ones."""
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._made(to, call, counted=counted)
            except RetryLater as later:
                if later.after > PATIENCE:
                    raise
                if not counted:
                    await self._clock.sleep_until(self._clock.now() + timedelta(seconds=later.after))
        return await self._made(to, call, counted=counted)

    async def _made(self, to: Address, call: Callable[[], Awaitable[T]], *, counted: bool) -> T:
        if not counted:
            return await call()
        await self._pacing.turn(to, ahead=True)
        try:
            done = await call()
        except RetryLater as later:
            await self._pacing.refused(to, timedelta(seconds=later.after))
            raise
        self._pacing.passed(to)
        return done
