"""Stand-ins that behave: a clock that a test moves, and workers that work here and now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from tests.builders import NOON

P = ParamSpec("P")
T = TypeVar("T")


class FakeClock:
    """Shows the same moment until a test moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    async def sleep_until(self, moment: datetime) -> None:
        self._now = max(self._now, moment)

    def pass_by(self, **length: float) -> None:
        self._now += timedelta(**length)


class HereAndNow:
    """Workers without processes: the function runs where it is called."""

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    async def aclose(self) -> None:
        """Nothing to end."""
