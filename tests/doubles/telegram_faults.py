"""How Telegram says no for reasons of its own: rates, and faults that a test orders."""

from __future__ import annotations

import math
import random
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal[
    "drop_before",  # the connection ends, nothing was done
    "drop_after",  # the call was carried out, then the connection ends without an answer
    "http_502_html",  # a proxy's page, nothing was done
    "http_502_html_after",  # a proxy's page, although the call was carried out
    "slow",  # waits, then carries the call out and answers
    "slow_after",  # carries the call out, then waits before it answers
    "429",  # `seconds` is the retry_after
    "500",  # Internal Server Error: restart, nothing was done
]


@dataclass(frozen=True, slots=True)
class Rates:
    """Messages and edits allowed. Telegram publishes 1/s a chat, 20/min a group and 30/s overall.

    The chat's and the overall limit are buckets that refill steadily and hold `burst` messages; the
    group's is the last minute itself, so no burst ever takes it past 20. None switches one off.
    """

    chat_per_second: float | None = 1.0
    chat_burst: int = 3
    group_per_minute: int | None = 20
    overall_per_second: float | None = 30.0
    overall_burst: int = 30


NO_RATES = Rates(chat_per_second=None, group_per_minute=None, overall_per_second=None)


@dataclass(slots=True)
class _Bucket:
    per_second: float
    burst: int
    left: float
    seen: float

    def wait(self, now: float) -> float:
        """Seconds until one more fits."""
        self.left = min(self.burst, self.left + (now - self.seen) * self.per_second)
        self.seen = now
        return max(0.0, (1 - self.left) / self.per_second)


class Gate:
    """Counts what was let through; times are those of `clock`, in seconds."""

    def __init__(self, rates: Rates, clock: Callable[[], float]) -> None:
        self.rates, self.clock = rates, clock
        self._buckets: dict[int | None, _Bucket] = {}
        self._minutes: dict[int, deque[float]] = {}

    def take(self, chat: int, *, group: bool) -> int:
        """0 and the message counts, or the whole seconds to wait and it does not."""
        now, rates = self.clock(), self.rates
        open_ = [
            self._bucket(key, rate, burst, now)
            for key, rate, burst in (
                (chat, rates.chat_per_second, rates.chat_burst),
                (None, rates.overall_per_second, rates.overall_burst),
            )
            if rate is not None
        ]
        wait = max((bucket.wait(now) for bucket in open_), default=0.0)
        minute = self._minutes.setdefault(chat, deque())
        if group and rates.group_per_minute is not None:
            while minute and minute[0] <= now - 60:
                minute.popleft()
            if len(minute) >= rates.group_per_minute:
                wait = max(wait, minute[-rates.group_per_minute] + 60 - now)
        if wait > 1e-9:  # a caller who waits to the microsecond is on time
            return max(1, math.ceil(wait))
        for bucket in open_:
            bucket.left -= 1
        minute.append(now)
        return 0

    def _bucket(self, key: int | None, rate: float, burst: int, now: float) -> _Bucket:
        return self._buckets.setdefault(key, _Bucket(rate, burst, burst, now))


@dataclass(slots=True)
class Fault:
    """One kind of trouble, for the next `times` calls of a method."""

    kind: Kind
    method: str
    times: int
    seconds: float | None
    chat: int | None


@dataclass(slots=True)
class Faults:
    """The trouble that a test ordered, first by name, then by chance."""

    ordered: list[Fault] = field(default_factory=list)
    injected: Counter[str] = field(default_factory=Counter)
    _chances: list[tuple[Kind, float]] = field(default_factory=list)
    _methods: frozenset[str] = frozenset()
    _dice: random.Random = field(default_factory=random.Random)
    _seconds: float | None = 1

    def order(self, method: str, times: int, kind: Kind, seconds: float | None, chat: int | None) -> None:
        if kind not in get_args(Kind):
            raise ValueError(f"no such fault: {kind!r}; there are {', '.join(get_args(Kind))}")
        self.ordered.append(Fault(kind, method.lower(), times, seconds, chat))

    def by_chance(
        self, rates: Mapping[Kind, float], seed: int, methods: Iterable[str], seconds: float | None
    ) -> None:
        unknown = set(rates) - set(get_args(Kind))
        if unknown:
            raise ValueError(f"no such faults: {sorted(unknown)}")
        self._chances, self._dice, self._seconds = list(rates.items()), random.Random(seed), seconds
        self._methods = frozenset(method.lower() for method in methods)

    def next(self, method: str, chat: str) -> tuple[Kind, float | None] | None:
        """The trouble for this call, if any: its kind and its seconds."""
        fault = self._named(method, chat) or self._drawn(method)
        if fault:
            self.injected[fault[0]] += 1
        return fault

    def _named(self, method: str, chat: str) -> tuple[Kind, float | None] | None:
        for fault in self.ordered:
            if fault.times > 0 and fault.method == method and fault.chat in (None, _number(chat)):
                fault.times -= 1
                return fault.kind, fault.seconds
        return None

    def _drawn(self, method: str) -> tuple[Kind, float | None] | None:
        if method not in self._methods:
            return None
        draw = self._dice.random()
        for kind, rate in self._chances:
            draw -= rate
            if draw < 0:
                return kind, self._seconds
        return None


def _number(text: str) -> int | None:
    return int(text) if text.lstrip("-").isdecimal() else None
