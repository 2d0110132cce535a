"""How much of a kind is kept: by age, number and size (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Limits:
    """The oldest, the most and the largest together, in bytes; ``None`` for no limit of that kind."""

    age: timedelta | None = None
    count: int | None = None
    size: int | None = None

    @property
    def any(self) -> bool:
        """Whether there is a limit at all."""
        return (self.age, self.count, self.size) != (None, None, None)

    def surplus(self, newest_first: Iterable[tuple[Key, datetime, int]], now: datetime) -> Iterator[Key]:
        """Those that are beyond a limit, of items that are each a key, the moment when it came, and a size in bytes.

        Once one is beyond the limit of sizes, so are all older ones. What came later than ``now`` is as old as ``now``.
        """
        size = 0
        for number, (key, came, bytes_) in enumerate(newest_first, start=1):
            size += bytes_
            old = self.age is not None and now - came > self.age
            many = self.count is not None and number > self.count
            large = self.size is not None and size > self.size
            if old or many or large:
                yield key
