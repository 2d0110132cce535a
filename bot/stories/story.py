"""A story as the sum of its articles, and whether two stories are one. Pure.

The mean resemblance of a story's articles to one another is its cohesion, and an article joins where
it is about as like the whole story as the story's articles are like each other: average linkage,
relative to how closely each story holds together. So one measure serves headlines and long
articles, and a chain of steps, each near the last, does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import sqrt

from bot.domain.model import Gist

UNIT = 1000
"""The length of an article's vector. Its weights are whole numbers: sums are exact in any order."""

COHESION_OF_HEADLINES, COHESION_OF_ARTICLES = 0.25, 0.31
"""How like one another the articles of a story are, as long as it has too few of them to tell."""

PAIRS_TO_TELL = 5
"""So many pairs of articles weigh as much as what is expected of any story."""

MOST_COHESION = 1.0, 2.0
"""Headlines and articles: how much closer than expected a story may require its articles to be."""

FOUNDING, JOINING, MERGING = 1.0, 0.65, 0.65
"""What part of their cohesion two articles, an article and a story, two stories share at least."""

NEAR, NEARER = timedelta(days=1), 0.7
"""Told within a day of one another, so much less of it suffices."""

UNDATED = 1.1
"""Without a day nothing says that it is not another one."""

FAR, FARTHER = timedelta(days=14), 1.25
"""Told more than two weeks apart, so much more of it is needed: a new event in known words."""

TOLD = 0.1
"""So full, an article names whom and where it is about; a headline has no room for that."""

SHARED = 2, 10
"""Two headlines share at least so many words, two articles told in full so many: one place is no event."""

FEW_NUMBERS = 3
"""Openings with at least so many numbers each, all different, fill the same form for two events."""

SERIES, SERIES_APART = 0.8, timedelta(hours=12)
"""An outlet that prints nearly the same headline on another day prints a series."""

HEADLINES_KEPT = 50


@dataclass(slots=True)
class Story:
    """The sum of a story's articles; wire copies of one text count once."""

    weights: dict[str, int]
    articles: int
    square: int
    fullness: int
    names: set[str]
    numbers: set[str]
    headlines: list[tuple[str, frozenset[str], datetime]]
    first: datetime | None
    last: datetime | None
    newest: datetime | None = None
    members: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, gist: Gist) -> Story:
        """The story of one article."""
        dated = [(gist.source, gist.head, gist.published)] if gist.source and gist.published else []
        weights = dict(gist.terms)
        return cls(
            weights=weights,
            articles=1 if weights else 0,
            square=sum(weight * weight for weight in weights.values()),
            fullness=round(UNIT * gist.fullness) if weights else 0,
            names=set(gist.names),
            numbers=set(gist.numbers),
            headlines=dated,
            first=gist.published,
            last=gist.published,
        )

    def dot(self, other: Mapping[str, int]) -> int:
        """The product of the two sums."""
        few, many = sorted((self.weights, other), key=len)
        return sum(weight * many[term] for term, weight in few.items() if term in many)

    def take(self, other: Story) -> None:
        """Become the sum of both."""
        self.square += other.square + 2 * self.dot(other.weights)
        for term, weight in other.weights.items():
            self.weights[term] = self.weights.get(term, 0) + weight
        self.articles += other.articles
        self.fullness += other.fullness
        self.names |= other.names
        if self.articles <= 1:  # later on nobody asks
            self.numbers |= other.numbers
        headlines = [*self.headlines, *other.headlines]
        self.headlines = sorted(headlines, key=lambda one: (one[2], one[0], sorted(one[1])))[-HEADLINES_KEPT:]
        self.first = min(filter(None, (self.first, other.first)), default=None)
        self.last = max(filter(None, (self.last, other.last)), default=None)
        self.newest = max(filter(None, (self.newest, other.newest)), default=None)
        self.members += other.members

    def copy(self) -> Story:
        """One that can take in others while this stays as it is."""
        return Story(
            dict(self.weights),
            self.articles,
            self.square,
            self.fullness,
            set(self.names),
            set(self.numbers),
            list(self.headlines),
            self.first,
            self.last,
            self.newest,
            list(self.members),
        )

    @property
    def cohesion(self) -> float:
        """How like one another its articles are (0 to 1), or by what is known of other stories."""
        full = self.fullness / UNIT / max(1, self.articles)
        expected = COHESION_OF_HEADLINES + (COHESION_OF_ARTICLES - COHESION_OF_HEADLINES) * full
        pairs = self.articles * (self.articles - 1) / 2
        alike = max(0.0, (self.square / UNIT**2 - self.articles) / 2)
        found = (alike + PAIRS_TO_TELL * expected) / (pairs + PAIRS_TO_TELL)
        least, most = MOST_COHESION
        return min(found, expected * (least + (most - least) * full))


def best_of(one: Story, candidates: Mapping[int, Story]) -> int | None:
    """The candidate that is most surely the same story, the oldest of equal ones; ``None`` for none."""
    sure = {number: _sureness(one, other) for number, other in candidates.items()}
    found = [number for number, value in sure.items() if value >= 1.0]
    return min(found, key=lambda number: (-sure[number], number)) if found else None


def _sureness(one: Story, other: Story) -> float:
    """How like the two are, against what one story needs; from 1 on they are one."""
    alike = one.dot(other.weights) / (UNIT**2 * one.articles * other.articles)
    relative = alike / sqrt(one.cohesion * other.cohesion)
    few, many = sorted((one.articles, other.articles))
    needed = FOUNDING if many == 1 else JOINING if few == 1 else MERGING
    sure = relative / (needed * _distance(one, other))
    return sure if sure >= 1.0 and _facts_agree(one, other) and not _series(one, other) else 0.0


def _distance(one: Story, other: Story) -> float:
    """How much more evidence is needed because of the time between the two."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return UNDATED
    apart = max(one.first - other.last, other.first - one.last)
    return NEARER if apart <= NEAR else FARTHER if apart > FAR else 1.0


def _facts_agree(one: Story, other: Story) -> bool:
    """Enough words, who, and how many, of two articles; of an article and a story, who alone: the rest differs from article to article."""
    full = min(story.fullness / UNIT / max(1, story.articles) for story in (one, other))
    strangers = bool(one.names and other.names) and one.names.isdisjoint(other.names)
    if one.articles > 1 and other.articles > 1:
        return True
    if one.articles > 1 or other.articles > 1:
        return not strangers or full < TOLD
    words = sum(1 for term in one.weights if " " not in term and term in other.weights)
    if words < SHARED[0] + (SHARED[1] - SHARED[0]) * full:
        return False
    if strangers:
        return False
    return min(len(one.numbers), len(other.numbers)) < FEW_NUMBERS or not one.numbers.isdisjoint(
        other.numbers
    )


def _series(one: Story, other: Story) -> bool:
    return any(
        source == other_source
        and abs(published - other_published) >= SERIES_APART
        and len(head & other_head) >= SERIES * len(head | other_head)
        for source, head, published in one.headlines
        for other_source, other_head, other_published in other.headlines
    )
