"""How fast each chat may be posted to: limits as data, and what was posted so far as a value. Pure.

Moments are seconds, of any clock that all calls share. A platform's limits stay just under what it
says, because a message may take longer to arrive than the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from bot.domain.model import Address


@dataclass(frozen=True, slots=True)
class Pace:
    """A bucket of ``burst`` messages that refills with ``per_second``."""

    per_second: float
    burst: int = 1

    def wait(self, spent: Spent, now: float) -> float:
        """Seconds until one more fits."""
        lacks = (1 - self._left(spent, now)) / self.per_second
        return max(0.0, spent.seen - now) + lacks if lacks > 0 else 0.0

    def take(self, spent: Spent, now: float) -> Spent:
        """One less is left."""
        return Spent(left=self._left(spent, now) - 1, seen=max(now, spent.seen))

    def room(self, spent: Spent, now: float) -> int:
        """How many fit at once."""
        return int(self._left(spent, now))

    def _left(self, spent: Spent, now: float) -> float:
        if spent.left is None:
            return self.burst
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
        recent = self._recent(spent, now)
        return Spent(recent=(*recent, max((now, *recent[-1:]))))

    def _recent(self, spent: Spent, now: float) -> tuple[float, ...]:
        return tuple(at for at in spent.recent[-self.count :] if at > now - self.seconds)


@dataclass(frozen=True, slots=True)
class Spent:
    """What one limit has seen: tokens left at a moment, or the moments of the latest messages.

    Of a chat that the platform has closed, ``until`` when.
    """

    left: float | None = None
    seen: float = 0.0
    recent: tuple[float, ...] = ()
    until: float = 0.0


MEMORY = 61.0
"""Seconds after which no message counts any more, in any platform's limits."""


@dataclass(frozen=True, slots=True)
class Limits:
    """One platform's: for each chat, for each group besides, and for all chats together.

    ``groups`` is how the ids of groups begin. Raises ValueError when one looks back beyond ``MEMORY``.
    """

    chat: Pace | None = None
    group: Quota | None = None
    overall: Pace | None = None
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        paces = [pace.burst / pace.per_second for pace in (self.chat, self.overall) if pace]
        if max((*paces, self.group.seconds if self.group else 0.0)) > MEMORY:
            raise ValueError(f"no limit may look back further than {MEMORY} s")


SHORTEST = 0.001
"""A shorter wait is none: clocks and sums of floats are not finer, and one could ask for ever."""

Key = tuple[str, str]
"""One limit of a platform: its name, and the chat and kind of limit; "" is the one for all chats."""


@dataclass(frozen=True, slots=True)
class Paces:
    """What was posted lately, everywhere. A new one is made at each step; this one stays as it is.

    A platform that is not among the ``limits`` has none. ``latest`` is the last moment that a step
    was told of.
    """

    limits: Mapping[str, Limits]
    spent: Mapping[Key, Spent] = field(default_factory=lambda: MappingProxyType({}))
    latest: float = 0.0


def at(paces: Paces, now: float) -> Paces:
    """The same, at ``now``; each other step begins with it.

    A clock that was set back refills nothing and holds nobody for long: what was spent later than
    now was spent now, and chats that were closed until some moment are open.
    """
    if now >= paces.latest:
        return replace(paces, latest=now)
    spent = {key: _no_later(one, now) for key, one in paces.spent.items()}
    return Paces(paces.limits, MappingProxyType(spent), latest=now)


def known(paces: Paces, spent: Mapping[Key, Spent]) -> Paces:
    """The same, with what all processes have spent of some limits.

    What another host spent a little later than now was spent then: its clock is ahead. Further off
    than anything counts, a clock was wrong, and it was spent now.
    """
    now = paces.latest
    sound = {
        key: _no_later(one, now) if max((one.seen, *one.recent)) > now + MEMORY else one
        for key, one in spent.items()
    }
    return replace(paces, spent=MappingProxyType({**paces.spent, **sound}))


def counting(paces: Paces) -> Paces:
    """The same, without what no limit looks back at any more."""
    since = paces.latest - MEMORY
    spent = {key: one for key, one in paces.spent.items() if max(one.seen, one.until, *one.recent) > since}
    return replace(paces, spent=MappingProxyType(spent))


def keys(paces: Paces, address: Address) -> tuple[Key, ...]:
    """All limits that a post to ``address`` counts in."""
    rules = (*_own(paces.limits, address), *_shared(paces.limits, address))
    return (_closing(address), *(key for key, _ in rules))


def is_shared(paces: Paces, address: Address) -> bool:
    """Whether the platform limits all chats together."""
    return any(_shared(paces.limits, address))


def own_wait(paces: Paces, address: Address) -> float:
    """Seconds that the chat of ``address`` must wait by its own limits, whatever the others do."""
    closed_for = paces.spent.get(_closing(address), Spent()).until - paces.latest
    return _least(max(closed_for, _longest(paces, _own(paces.limits, address))))


def shared_wait(paces: Paces, address: Address) -> float:
    """Seconds that any chat of the platform must wait by the limit for all of them."""
    return _least(_longest(paces, _shared(paces.limits, address)))


def room(paces: Paces, address: Address) -> int:
    """How many messages the limit for all chats of the platform takes at once; 1 where there is none."""
    rules = _shared(paces.limits, address)
    return min((rule.room(paces.spent.get(key, Spent()), paces.latest) for key, rule in rules), default=1)


def posted(paces: Paces, address: Address) -> Paces:
    """One more is counted, allowed or not."""
    taken = {
        key: rule.take(paces.spent.get(key, Spent()), paces.latest)
        for key, rule in (*_own(paces.limits, address), *_shared(paces.limits, address))
    }
    return replace(paces, spent=MappingProxyType({**paces.spent, **taken}))


def given_back(paces: Paces, address: Address) -> Paces:
    """One that was counted was not taken: in the limit for all chats there is room for another."""
    spent = dict(paces.spent)
    for key, rule in _shared(paces.limits, address):
        if (one := spent.get(key)) and one.left is not None:
            spent[key] = replace(one, left=min(rule.burst, one.left + 1))
    return replace(paces, spent=MappingProxyType(spent))


def closed(paces: Paces, address: Address, seconds: float) -> Paces:
    """Nothing goes to the chat of ``address`` for ``seconds``; other chats are not concerned."""
    shut = Spent(seen=paces.latest, until=paces.latest + seconds)
    return replace(paces, spent=MappingProxyType({**paces.spent, _closing(address): shut}))


def _no_later(one: Spent, now: float) -> Spent:
    return Spent(one.left, min(one.seen, now), tuple(min(moment, now) for moment in one.recent))


def _closing(address: Address) -> Key:
    return address.platform, f"{address.chat}:closed"


def _least(wait: float) -> float:
    return wait if wait > SHORTEST else 0.0


def _longest(paces: Paces, rules: Iterable[tuple[Key, Pace | Quota]]) -> float:
    return max((rule.wait(paces.spent.get(key, Spent()), paces.latest) for key, rule in rules), default=0.0)


def _own(limits: Mapping[str, Limits], address: Address) -> Iterator[tuple[Key, Pace | Quota]]:
    found = limits.get(address.platform, Limits())
    chat = f"{address.chat}:"
    if found.chat:
        yield (address.platform, f"{chat}chat"), found.chat
    if found.group and address.chat.startswith(found.groups):
        yield (address.platform, f"{chat}group"), found.group


def _shared(limits: Mapping[str, Limits], address: Address) -> Iterator[tuple[Key, Pace]]:
    found = limits.get(address.platform, Limits())
    if found.overall:
        yield (address.platform, ""), found.overall
