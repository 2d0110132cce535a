"""Stand-ins that behave: a clock that a test moves, and workers that work here and now."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, ParamSpec, TypeVar, cast

from bot.chat.rate_limits import Key, Spent
from bot.ingest.reading import read_or_unpack
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
    """Workers without processes: the function runs where it is called.

    What is read twice is read once: the same documents are dropped in hundreds of tests.
    """

    _read: ClassVar[dict[bytes, Any]] = {}

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if function is not read_or_unpack:
            return function(*args, **kwargs)
        asked = pickle.dumps((args, kwargs))
        if asked not in self._read:
            self._read[asked] = function(*args, **kwargs)
        return cast("T", self._read[asked])

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
