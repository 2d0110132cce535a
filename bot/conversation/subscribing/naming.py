"""Which of a chat's subscriptions somebody means (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.chat import commands
from bot.domain.model import Subscription
from bot.domain.times import time_words

_PARTS = re.compile(
    rf"\s*[,;&]\s*|\s+(?:{'|'.join(sorted(one for one in time_words.JOINTS if one.isalpha()))})\s+",
    re.IGNORECASE,
)
SHORTEST, ENDING = 4, 2
"""Letters of a name that may have another ending, and of that."""

_OWN = frozenset({"digest", "subscribe", "unsubscribe", "subscriptions"})
"""Commands whose words are of subscriptions."""


def pick(name: str, among: Sequence[Subscription]) -> Subscription | None:
    """The first subscription of this name, case and hyphens aside."""
    wanted = "-".join(name.strip().strip("\"“”„'").casefold().split())
    return next((one for one in among if "-".join(one.name.casefold().split()) == wanted), None)


def picked(names: str, among: Sequence[Subscription]) -> tuple[Subscription, ...]:
    """The subscription of this name, or those of several: "storms and lamps", "lamp"; none where one of them is none."""
    if whole := pick(names, among) or _nearly(names, among):
        return (whole,)
    found = [pick(name, among) or _nearly(name, among) for name in _PARTS.split(names) if name.strip()]
    return tuple(dict.fromkeys(filter(None, found))) if all(found) else ()


def _nearly(name: str, among: Sequence[Subscription]) -> Subscription | None:
    """The only subscription whose name is this one with another ending."""
    wanted = name.strip().casefold()
    near = [
        one
        for one in among
        for short, long in [sorted((wanted, one.name.casefold()), key=len)]
        if len(short) >= SHORTEST and long.startswith(short) and len(long) - len(short) <= ENDING
    ]
    return near[0] if len(near) == 1 else None


def speaks_of(text: str, among: Sequence[Subscription]) -> bool:
    """Whether a sentence speaks of subscriptions: by the name of one of these, or by what the desk calls them."""
    words = [word.strip(",.;:?!\"“”„'’").casefold() for word in text.split()]
    named = any(set(re.split(r"[\s-]+", one.name.casefold())) <= set(words) for one in among)
    own = (commands.WORDS.get(form) for word in words for form in (word, word.removesuffix("s"), f"{word}s"))
    return bool(among) and (named or not _OWN.isdisjoint(filter(None, own)))
