"""Answers leave: each call in its chat's turn, again while the platform asks for short pauses, and where it was lost for certain."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from bot.delivery.failures import LOOKS
from bot.delivery.pacing import Pacing
from bot.domain.errors import RetryLater, Unconfirmed
from bot.domain.model import Address
from bot.domain.ports import Call, Clock, Lost

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds that a person's answer waits for a platform that asks for a pause."""

ATTEMPTS = 3


class PacedAnswers:
    """:class:`bot.domain.messaging.Say` among all else that is posted, and ahead of it: a person waits."""

    def __init__(self, pacing: Pacing, clock: Clock) -> None:
        self._pacing = pacing
        self._clock = clock

    async def __call__(
        self, to: Address, call: Call[T], *, counted: bool = True, lost: Lost[T] | None = None
    ) -> T:
        """The call's result. Raises what it raises; RetryLater for a long pause, or after 3 short ones."""
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._made(to, call, counted=counted)
            except Unconfirmed:
                if lost is None:
                    raise
                if (done := await self._looked_for(lost)) is not None:
                    return done
            except RetryLater as later:
                if later.after > PATIENCE:
                    raise
                if not counted:
                    await self._clock.sleep_until(self._clock.now() + timedelta(seconds=later.after))
        return await self._made(to, call, counted=counted)

    async def _looked_for(self, lost: Lost[T]) -> T | None:
        """What was posted after all; ``None`` where it is not there when a post would be posted again.

        Raises what ``lost`` raises, RetryLater as a call does: until somebody has looked, it is not posted again.
        """
        for wait in LOOKS:
            await self._clock.sleep_until(self._clock.now() + wait)
            if (done := await self._patiently(lost)) is not None:
                return done
        return None

    async def _patiently(self, lost: Lost[T]) -> T | None:
        for _ in range(ATTEMPTS - 1):
            try:
                return await lost()
            except RetryLater as later:
                if later.after > PATIENCE:
                    raise
                await self._clock.sleep_until(self._clock.now() + timedelta(seconds=later.after))
        return await lost()

    async def _made(self, to: Address, call: Call[T], *, counted: bool) -> T:
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
