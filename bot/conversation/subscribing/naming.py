"""Which of a chat's subscriptions somebody means (pure)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from bot.domain.model import Subscription
from bot.domain.times import time_words
from bot.grammar import commands
from bot.wording.heard.languages import languages
from bot.wording.language import any_word

_PARTS = re.compile(
    rf"\s*[,;&]\s*|\s+(?:{'|'.join(sorted(one for one in time_words.JOINTS if one.isalpha()))})\s+",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    rf"(?:{any_word('the')} )?(?:{any_word('topic', 'topics')} (?P<behind>.+)|(?P<before>.+) {any_word('topic', 'topics')})",
    re.IGNORECASE,
)
"""A topic that is called one: "topic energy", "the energy topic"."""

_ALL_TOPICS = re.compile(
    rf"(?:{'|'.join(sorted({one for told in languages().values() for one in told.seeking.every}))})(?: {any_word('the')})? {any_word('topics')}",
    re.IGNORECASE,
)
SAME, ENDING, LONGER = 4, 3, 2
"""Letters with which forms of a word begin alike at least, end each in its way at most, and of the ending that may be left out where one is acted on."""

_OWN = frozenset({"digest", "subscribe", "unsubscribe", "subscriptions"})
"""Commands whose words are of subscriptions."""


def topic_of(text: str, topics: Collection[str]) -> str:
    """The topic that the text names, or calls one, or with OR all of several; empty where it is none of these, which are in lower case."""
    if _ALL_TOPICS.fullmatch(text):
        return " OR ".join(sorted(topics))
    several = [_one_topic(part, topics) for part in _PARTS.split(text)]
    return _one_topic(text, topics) or (" OR ".join(several) if len(several) > 1 and all(several) else "")


def _one_topic(text: str, topics: Collection[str]) -> str:
    called = _TOPIC.fullmatch(text)
    named = ((called["behind"] or called["before"]) if called else "", text)
    return next((one for one in named if one.casefold() in topics), "")


def pick(name: str, among: Sequence[Subscription]) -> Subscription | None:
    """The first subscription of this name, case, hyphens and "and" aside."""
    wanted = _plain(name.strip().strip("\"“”„'"))
    return next((one for one in among if _plain(one.name) == wanted), None)


def _plain(name: str) -> tuple[str, ...]:
    words = tuple(re.split(r"[\s-]+", name.casefold().strip()))
    return tuple(word for word in words if word not in time_words.JOINTS) or words


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
        if len(short) >= SAME and long.startswith(short) and len(long) - len(short) <= LONGER
    ]
    return near[0] if len(near) == 1 else None


def _words(text: str) -> list[str]:
    return [word.strip(",.;:?!\"“”„'’").casefold() for word in re.split(r"[\s-]+", text)]


def named_in(text: str, among: Sequence[Subscription]) -> bool:
    """Whether a sentence has the name of one of these in it, in any form of its words: "ferry" for "ferries"."""
    words = _words(text)
    return any(
        all(
            any(is_form_of(word, part) for word in words) for part in re.split(r"[\s-]+", one.name.casefold())
        )
        for one in among
    )


def is_form_of(word: str, other: str) -> bool:
    """Whether two words in small letters may be forms of one: they differ in their last letters alone."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    return word == other or (same >= SAME and max(len(word), len(other)) - same <= ENDING)


def speaks_of(text: str, among: Sequence[Subscription]) -> bool:
    """Whether a sentence speaks of subscriptions: by the name of one of these, or by what the desk calls them."""
    words = _words(text)
    own = (commands.WORDS.get(form) for word in words for form in (word, word.removesuffix("s"), f"{word}s"))
    return bool(among) and (named_in(text, among) or not _OWN.isdisjoint(filter(None, own)))
