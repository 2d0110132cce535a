"""When Slack does not answer as asked: its own rate limits, and the faults that a test orders."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.doubles.slack_blocks import Json


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast Slack lets an app go.

    About one post a second per channel, short bursts tolerated; "several hundred" posts a minute per workspace
    (None: not held); methods with a tier, calls per minute (tier 3 is 50): docs.slack.dev/apis/web-api/rate-limits.
    """

    per_second: float = 1.0
    burst: int = 4
    workspace_per_minute: float | None = None
    per_minute: Mapping[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Bucket:
    """A token bucket: `size` at once, `rate` a second after."""

    rate: float
    size: float
    left: float
    seen: float

    def wait(self, now: float) -> float:
        """Seconds until there is a token, 0 when there is one; takes nothing."""
        self.left = min(self.size, self.left + (now - self.seen) * self.rate)
        self.seen = now
        return 0.0 if self.left >= 1 - 1e-9 else (1 - self.left) / self.rate


class Pacer:
    """Says which call comes too soon."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._buckets: dict[str, Bucket] = {}
        self._blocked: dict[tuple[str, str], float] = {}

    def too_soon(self, method: str, channel: str, now: float) -> float:
        """Seconds to wait, or 0 and the call is counted."""
        buckets = [self._bucket(*limit, now) for limit in self._limits(method, channel)]
        wait = max((bucket.wait(now) for bucket in buckets), default=0.0)
        if not wait:
            for bucket in buckets:
                bucket.left -= 1
        return wait

    def _limits(self, method: str, channel: str) -> list[tuple[str, float, float]]:
        pace, found = self.pace, []
        if method == "chat.postMessage":
            found.append((f"channel {channel}", pace.per_second, float(pace.burst)))
            if pace.workspace_per_minute:
                found.append(("workspace", pace.workspace_per_minute / 60, pace.workspace_per_minute))
        if method in pace.per_minute:
            found.append((method, pace.per_minute[method] / 60, pace.per_minute[method]))
        return found

    def _bucket(self, name: str, rate: float, size: float, now: float) -> Bucket:
        return self._buckets.setdefault(name, Bucket(rate, size, size, now))

    def block(self, method: str, channel: str, until: float) -> None:
        """After a 429 the same call is refused until its Retry-After is over."""
        self._blocked[method, channel] = until

    def blocked(self, method: str, channel: str, now: float) -> float:
        """Seconds that a call must still wait after an ordered 429."""
        return max(0.0, self._blocked.get((method, channel), now) - now)


@dataclass(slots=True)
class Fault:
    """One ordered fault; `recorded` when the call takes effect although its answer is lost or wrong."""

    kind: str
    seconds: float = 1.0
    recorded: bool = False
    beside: Json = field(default_factory=dict)


RECORDED = frozenset({"drop_after", "slow"})


class Faults:
    """Faults by order, method by method, then faults by chance."""

    def __init__(self) -> None:
        self._ordered: dict[str, list[Fault]] = {}
        self._rates: dict[str, float] = {}
        self._methods: frozenset[str] = frozenset()
        self._seconds = 1.0
        self._seed = 0
        self._turns: dict[tuple[str, str], int] = {}

    def order(self, method: str, fault: Fault, times: int) -> None:
        """The next `times` calls of a method meet this fault."""
        self._ordered.setdefault(method, []).extend([fault] * times)

    def chance(self, rates: dict[str, float], methods: frozenset[str], seconds: float, seed: int) -> None:
        """From now on each call meets each kind of fault with its rate, the same calls for the same seed."""
        self._rates, self._methods, self._seconds, self._seed = rates, methods, seconds, seed
        self._turns = {}

    def next(self, method: str, channel: str) -> Fault | None:
        """The fault that this call meets."""
        if self._ordered.get(method):
            return self._ordered[method].pop(0)
        if method not in self._methods:
            return None
        turn = self._turns[method, channel] = self._turns.get((method, channel), 0) + 1
        draw = random.Random(f"{self._seed} {method} {channel} {turn}").random()
        for kind, rate in self._rates.items():
            if draw < rate:
                return Fault(kind, self._seconds, kind in RECORDED)
            draw -= rate
        return None


def retry_after(seconds: float) -> int:
    """Slack's Retry-After: whole seconds, at least one."""
    return max(1, math.ceil(seconds))
