"""The order of a digest's stories: a score of named parts, and variety among the first. Pure.

Each part answers a question of an editor: do others tell it too, did these readers ask for it, is it hard news,
is it fresh. What is no news, undated or old stands behind all that is none of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from math import log2

from bot.digest.kinds import kind_of
from bot.digest.settings import Weights
from bot.domain.digests import Place
from bot.domain.model import Article, Entry
from bot.stories.copies import SAME_TEXT, resemblance
from bot.stories.similarity import folded
from bot.text.sections import section_of

COMPARED = 50
"""Entries of one story whose texts are compared with each other."""

LEADS_OF_OUTLET = 2
STORIES_OF_TOPIC = 2
"""Of one outlet, and of one subject, so many stand among the first; more where nothing else is left."""

HALF_LIFE = timedelta(hours=24)
"""After so long a story is half as fresh."""

LONGEST_AGE = 60
"""Half-lives after which nothing is fresh; a page of the year 1 is no exponent."""

OLD = timedelta(days=30)
"""What was published so long before it arrived is no news of this window."""

AHEAD = timedelta(days=1)
"""A date further ahead is a mistake, or of the event and not of the article."""

BEHIND = 100.0
FAR_BEHIND = 1000.0
"""More than all other parts together: what loses it stands behind all that keeps it."""

LEAD = 400
"""Characters in which hard news has its figures."""

FIGURES, VOICES = 3, 2
"""So many figures in the lead, and quotes that somebody said, make news as hard as it gets."""

REMEMBERED = 8192
"""Stories, and articles, of which is kept what every destination finds the same."""

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")


def places(
    stories: Iterable[Sequence[Entry]], until: datetime, weights: Weights, wanted: Sequence[str] = ()
) -> Mapping[int, Place]:
    """The score of each story by its id, seen from ``until``; ``wanted`` are the words that were asked for."""
    asked = [words for words in map(folded, wanted) if words]
    return {story[0].story: _place(story, until, weights, asked) for story in stories}


def in_order(
    stories: Iterable[tuple[Entry, ...]], scored: Mapping[int, Place], first: int
) -> list[tuple[Entry, ...]]:
    """The stories by their scores, the ``first`` of them varied.

    Among equals the newest comes first, then the lower id. Variety moves no story past a border: what is no news
    stays behind the news, and what is undated or old behind what is fresh.
    """
    left = sorted(stories, key=lambda story: _key(story, scored))
    chosen: list[tuple[Entry, ...]] = []
    outlets: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    while left and len(chosen) < first:
        best = next((story for story in _peers(left, scored) if _varies(story, outlets, topics)), left[0])
        left.remove(best)
        chosen.append(best)
        outlets[_outlet(best)] += 1
        topics[_topic(best)] += 1
    return [*chosen, *left]


def independent(story: Sequence[Entry]) -> int:
    """How many that name themselves tell the story in words of their own, at least 1; a wire copy counts once, wherever it is printed."""
    groups: list[list[Article]] = []
    articles = (entry.article for entry in story[:COMPARED])
    for article in (one for one in articles if one.source or one.agency):
        same = [group for group in groups if any(_one_voice(article, other) for other in group)]
        groups = [group for group in groups if group not in same]
        groups.append([article, *(other for group in same for other in group)])
    return max(len(groups), 1)


def _one_voice(one: Article, other: Article) -> bool:
    """Whether both are one outlet's or one agency's, or one text."""
    named = {name for name in (one.source, one.agency) if name} & {other.source, other.agency}
    return bool(named) or resemblance(one.fingerprint, other.fingerprint) >= SAME_TEXT


def _place(
    story: Sequence[Entry], until: datetime, weights: Weights, asked: Sequence[tuple[str, ...]]
) -> Place:
    match = round(weights.match * _match(story[0].article, asked), 3)
    parts = _unasked(tuple(story), until, weights)
    return Place(
        tuple(
            (name, match if name == "match" else worth)
            for name, worth in parts
            if worth or (name == "match" and match)
        )
    )


@lru_cache(maxsize=REMEMBERED)
def _unasked(story: tuple[Entry, ...], until: datetime, weights: Weights) -> tuple[tuple[str, float], ...]:
    """The parts of its score, all but the one that depends on who asks: many destinations rank the same stories."""
    parts = {
        "outlets": weights.outlets * log2(independent(story)),
        "match": 0.0,
        "hardness": weights.hardness * _hardness(story[0]),
        "freshness": weights.freshness * _freshness(story, until),
    }
    newest = max((moment for entry in story if (moment := _dated(entry, until))), default=None)
    if newest is None:
        parts["undated"] = -BEHIND
    elif min(entry.added for entry in story) - newest > OLD:
        parts["old"] = -BEHIND
    if kind := kind_of(story[0].article):
        parts[kind] = -FAR_BEHIND
    return tuple((name, round(worth, 3)) for name, worth in parts.items())


def _match(lead: Article, asked: Sequence[tuple[str, ...]]) -> float:
    """1 for what was asked for in the headline, 0.5 in the first paragraph, 0 further down or for no question."""
    for said, worth in zip(_said_first(lead), (1.0, 0.75, 0.5), strict=True):
        if any(f" {' '.join(words)}" in said for words in asked):
            return worth
    return 0.0


@lru_cache(maxsize=REMEMBERED)
def _said_first(lead: Article) -> tuple[str, ...]:
    """The words of headline, standfirst and beginning, each between blanks."""
    texts = (lead.title or "", lead.standfirst or "", lead.text[:LEAD])
    return tuple(f" {' '.join(folded(text))} " for text in texts)


def _hardness(lead: Entry) -> float:
    """From 0 to 1: figures at the beginning, people who said something; a headline that asks is softer."""
    head = f"{lead.article.title or ''} {lead.article.text[:LEAD]}"
    figures = min(1.0, len(set(_FIGURE.findall(head))) / FIGURES)
    voices = min(1.0, sum(quote.speaker is not None for quote in lead.quotes) / VOICES)
    asks = (lead.article.title or "").rstrip(" ”“\"'»").endswith(("?", "؟", "？"))
    return (0.5 * figures + 0.5 * voices) * (0.5 if asks else 1.0)


def _freshness(story: Sequence[Entry], until: datetime) -> float:
    """1 for what was published just now, 0.5 a day later; 0 for what has no date."""
    dates = [moment for entry in story if (moment := _dated(entry, until))]
    if not dates:
        return 0.0
    age: timedelta = max(until - max(dates), timedelta())
    return float(2.0 ** -min(age / HALF_LIFE, LONGEST_AGE))


def _dated(entry: Entry, until: datetime) -> datetime | None:
    """When it was published, where its date can be one."""
    published = entry.article.published
    return published if published is not None and published <= until + AHEAD else None


def _key(story: Sequence[Entry], scored: Mapping[int, Place]) -> tuple[float, float, int]:
    newest = max((entry.article.published or entry.added).timestamp() for entry in story)
    return -scored[story[0].story].score, -newest, story[0].story


def _peers(left: Sequence[tuple[Entry, ...]], scored: Mapping[int, Place]) -> Iterable[tuple[Entry, ...]]:
    """Those that no border parts from the best."""
    floor = scored[left[0][0].story].score - BEHIND / 2
    return (story for story in left if scored[story[0].story].score > floor)


def _varies(story: Sequence[Entry], outlets: Counter[str], topics: Counter[str]) -> bool:
    outlet, topic = _outlet(story), _topic(story)
    too_many = (outlet and outlets[outlet] >= LEADS_OF_OUTLET) or (
        topic and topics[topic] >= STORIES_OF_TOPIC
    )
    return not too_many


def _outlet(story: Sequence[Entry]) -> str:
    return (story[0].article.source or "").casefold()


def _topic(story: Sequence[Entry]) -> str:
    section = section_of(story[0].article.section, story[0].article.url)
    return section.subject if section else ""
