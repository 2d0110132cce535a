"""A story as the sum of its articles. Pure.

The mean resemblance of a story's articles to one another is its cohesion, and an article belongs
where it is about as like the whole story as the story's articles are like each other: average linkage,
relative to how closely each story holds together. So one measure serves headlines and long
articles, and a chain of steps, each near the last, does not hold.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.model import Gist

UNIT = 1000
"""The length of an article's vector. Its weights are whole numbers: sums are exact in any order."""

COHESION_OF_HEADLINES, COHESION_OF_ARTICLES = 0.25, 0.31
"""How like one another the articles of a story are, as long as it has too few of them to tell."""

PAIRS_TO_TELL = 5
"""So many pairs of articles weigh as much as what is expected of any story."""

MOST_COHESION = 1.0, 2.0
"""Headlines and articles: how much closer than expected a story may require its articles to be."""

HEAVIEST = 10
"""Terms of a story that another one is asked for."""

HEADLINES_KEPT = 50


@dataclass(slots=True)
class Sum:
    """The vectors of a story's articles, each of the length ``UNIT``, added up; empty ones do not count.

    ``square`` is the sum's length, squared, and ``heaviest`` its heaviest terms, the heaviest first.
    """

    weights: dict[str, int] = field(default_factory=dict)
    articles: int = 0
    square: int = 0
    heaviest: tuple[str, ...] = ()

    @classmethod
    def of(cls, vector: Mapping[str, int]) -> Sum:
        """The sum of one article."""
        weights = dict(vector)
        square = sum(weight * weight for weight in weights.values())
        return cls(weights, 1 if weights else 0, square, _heaviest(weights, weights))

    def dot(self, other: Sum) -> int:
        """The product of the two sums."""
        few, many = sorted((self.weights, other.weights), key=len)
        return sum(weight * many[term] for term, weight in few.items() if term in many)

    def take(self, other: Sum) -> None:
        """Become the sum of both."""
        self.square += other.square + 2 * self.dot(other)
        for term, weight in other.weights.items():
            self.weights[term] = self.weights.get(term, 0) + weight
        self.articles += other.articles
        # Weights only grow: no term that stood below the heaviest rises unless the other has it.
        self.heaviest = _heaviest(self.weights, {*self.heaviest, *other.weights})

    def copy(self) -> Sum:
        """One that can take in others while this stays as it is."""
        return replace(self, weights=dict(self.weights))

    def cohesion(self, full: float) -> float:
        """How like one another the articles are (0 to 1), or by what is known of other stories as ``full``."""
        expected = COHESION_OF_HEADLINES + (COHESION_OF_ARTICLES - COHESION_OF_HEADLINES) * full
        pairs = self.articles * (self.articles - 1) / 2
        alike = max(0.0, (self.square / UNIT**2 - self.articles) / 2)
        found = (alike + PAIRS_TO_TELL * expected) / (pairs + PAIRS_TO_TELL)
        least, most = MOST_COHESION
        return min(found, expected * (least + (most - least) * full))


def _heaviest(weights: Mapping[str, int], terms: Collection[str]) -> tuple[str, ...]:
    if len(terms) > HEAVIEST:
        least = sorted([weights[term] for term in terms])[-HEAVIEST]
        terms = [term for term in terms if weights[term] >= least]
    return tuple(sorted(terms, key=lambda term: (-weights[term], term))[:HEAVIEST])


@dataclass(slots=True)
class Story:
    """The sums of a story's articles; wire copies of one text count once.

    ``opening`` is of the words of title and opening, ``title``, ``body`` and ``names`` as in a gist. ``first`` and
    ``last`` are when its articles were published, ``hours`` the hours of that, counted from 1970 in UTC.
    """

    opening: Sum
    title: Sum
    body: Sum
    names: Sum
    fullness: int
    numbers: set[str]
    years: set[str]
    headlines: list[tuple[str, frozenset[str], datetime]]
    first: datetime | None
    last: datetime | None
    hours: set[int]
    newest: datetime | None = None
    members: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, gist: Gist) -> Story:
        """The story of one article."""
        dated = [(gist.source, gist.head, gist.published)] if gist.source and gist.published else []
        return cls(
            opening=Sum.of(gist.terms),
            title=Sum.of(gist.title),
            body=Sum.of(gist.body),
            names=Sum.of(gist.names),
            fullness=round(UNIT * gist.fullness) if gist.terms else 0,
            numbers=set(gist.numbers),
            years=set(gist.years),
            headlines=dated,
            first=gist.published,
            last=gist.published,
            hours={int(gist.published.timestamp() // 3600)} if gist.published else set(),
        )

    def take(self, other: Story) -> None:
        """Become the sum of both."""
        self.opening.take(other.opening)
        self.title.take(other.title)
        self.body.take(other.body)
        self.names.take(other.names)
        self.fullness += other.fullness
        self.numbers |= other.numbers
        self.years |= other.years
        headlines = [*self.headlines, *other.headlines]
        self.headlines = sorted(headlines, key=lambda one: (one[2], one[0], sorted(one[1])))[-HEADLINES_KEPT:]
        self.first = min(filter(None, (self.first, other.first)), default=None)
        self.last = max(filter(None, (self.last, other.last)), default=None)
        self.hours |= other.hours
        self.newest = max(filter(None, (self.newest, other.newest)), default=None)
        self.members += other.members

    def copy(self) -> Story:
        """One that can take in others while this stays as it is."""
        return Story(
            self.opening.copy(),
            self.title.copy(),
            self.body.copy(),
            self.names.copy(),
            self.fullness,
            set(self.numbers),
            set(self.years),
            list(self.headlines),
            self.first,
            self.last,
            set(self.hours),
            self.newest,
            list(self.members),
        )

    @property
    def articles(self) -> int:
        """How many articles it has, copies of one text once."""
        return self.opening.articles

    @property
    def full(self) -> float:
        """How full its articles are, on average: 0 for headlines."""
        return self.fullness / (UNIT * max(1, self.articles))
