"""How fast each chat may be posted to: limits as data, and what was posted so far as a value. Pure.

Moments are seconds, of any clock that all calls share. The limits stay just under what the
platforms say, because a message may take longer to arrive than the one before it.

- Telegram: 1/s a chat, 20/min a group, 30/s overall, https://core.telegram.org/bots/faq
- Slack: 1/s a channel, short bursts tolerated, https://docs.slack.dev/apis/web-api/rate-limits
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bot.model import Address


@dataclass(frozen=True, slots=True)
class Pace:
    """A bucket of ``burst`` messages that refills with ``per_second``."""

    per_second: float
    burst: int = 1

    def wait(self, spent: Spent, now: float) -> float:
        """Seconds until one more fits."""
        return max(0.0, (1 - self._left(spent, now)) / self.per_second)

    def take(self, spent: Spent, now: float) -> Spent:
        """One less is left."""
        return Spent(left=self._left(spent, now) - 1, seen=now)

    def _left(self, spent: Spent, now: float) -> float:
        if spent.left is None:
            return self.burst
        # A clock that was set back refills nothing, and takes nothing away.
        return min(self.burst, spent.left + max(0.0, now - spent.seen) * self.per_second)


@dataclass(frozen=True, slots=True)
class Quota:
    """At most ``count`` messages within any ``seconds``: a burst is paid for at once."""

    count: int
    seconds: float

    def wait(self, spent: Spent, now: float) -> float:
        """Seconds until one more fits."""
        recent = self._recent(spent, now)
        return max(0.0, recent[-self.count] + self.seconds - now) if len(recent) >= self.count else 0.0

    def take(self, spent: Spent, now: float) -> Spent:
        """One more is spent."""
        return Spent(recent=(*self._recent(spent, now), now))

    def _recent(self, spent: Spent, now: float) -> tuple[float, ...]:
        # Moments later than now are from before the clock was set back: as recent as can be.
        return tuple(min(at, now) for at in spent.recent[-self.count :] if at > now - self.seconds)


@dataclass(frozen=True, slots=True)
class Spent:
    """What one limit has seen: tokens left at a moment, or the moments of the latest messages."""

    left: float | None = None
    seen: float = 0.0
    recent: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """One platform's: for each chat, for each group besides, and for all chats together."""

    chat: Pace | None = None
    group: Quota | None = None
    overall: Pace | None = None


PLATFORMS: Mapping[str, Limits] = MappingProxyType(
    {
        # 61 s: the 21st message may be quicker on its way than the first was.
        "telegram": Limits(chat=Pace(0.99, 2), group=Quota(20, 61.0), overall=Pace(29, 25)),
        "slack": Limits(chat=Pace(0.99, 3)),
    }
)
"""Platforms that are not named have no limits."""

SHORTEST = 0.001
"""A shorter wait is none: clocks and sums of floats are not finer, and one could ask for ever."""

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Paces:
    """What was posted lately, everywhere. A new one is made at each step; this one stays as it is."""

    limits: Mapping[str, Limits] = field(default_factory=lambda: PLATFORMS)
    spent: Mapping[_Key, Spent] = field(default_factory=lambda: MappingProxyType({}))
    shut: Mapping[_Key, tuple[float, float]] = field(default_factory=lambda: MappingProxyType({}))


def after(paces: Paces, now: float, address: Address) -> tuple[Paces, float]:
    """Seconds to wait before a message to ``address``.

    0: post now, and it is counted. Otherwise nothing is counted: ask again after that time.
    """
    rules = tuple(_rules(paces.limits, address))
    wait = max((rule.wait(paces.spent.get(key, Spent()), now) for key, rule in rules), default=0.0)
    since, until = paces.shut.get((address.platform, address.chat), (now, now))
    if since <= now:  # else the clock was set back meanwhile, and the wait with it
        wait = max(wait, until - now)
    if wait > SHORTEST:
        return paces, wait
    taken = {key: rule.take(paces.spent.get(key, Spent()), now) for key, rule in rules}
    return replace(paces, spent=MappingProxyType({**paces.spent, **taken})), 0.0


def closed(paces: Paces, now: float, address: Address, seconds: float) -> Paces:
    """Nothing goes to the chat of ``address`` for ``seconds``; other chats are not concerned."""
    key = (address.platform, address.chat)
    return replace(paces, shut=MappingProxyType({**paces.shut, key: (now, now + seconds)}))


def _rules(limits: Mapping[str, Limits], address: Address) -> Iterator[tuple[_Key, Pace | Quota]]:
    found = limits.get(address.platform, Limits())
    chat = f"{address.chat}:"
    if found.chat:
        yield (address.platform, f"{chat}chat"), found.chat
    # Telegram's groups, supergroups and channels have negative ids.
    if found.group and address.chat.startswith(("-", "@")):
        yield (address.platform, f"{chat}group"), found.group
    if found.overall:
        yield (address.platform, ""), found.overall
