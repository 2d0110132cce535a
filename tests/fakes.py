"""Stand-ins that behave: a clock that a test moves, and workers that work here and now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from bot.chat.rate_limits import Key, Spent
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


class MemoryPaces:
    """What processes that live in one test have spent of the platforms' limits."""

    def __init__(self) -> None:
        self._spent: dict[Key, Spent] = {}

    async def change(
        self, keys: Sequence[Key], step: Callable[[Mapping[Key, Spent]], Mapping[Key, Spent]]
    ) -> Mapping[Key, Spent]:
        self._spent.update(step({key: self._spent[key] for key in keys if key in self._spent}))
        return {key: self._spent[key] for key in keys if key in self._spent}
