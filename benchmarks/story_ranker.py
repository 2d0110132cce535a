"""A learned peer: online clustering by nine sparse vectors, after Miranda et al. (EMNLP 2018).

An article has tf-idf vectors of its words, stems and names, each of its title, its body and both; a
story has their sums. One model ranks the stories by the nine cosines and by how near in time the
article is to the story's newest, oldest and mean article, and another says whether the first one is
right or the article founds a story. Both are logistic regressions, learned from streams in which
every earlier article stands in its true story.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log, sqrt

import numpy as np

from benchmarks.stories import b_cubed
from bot.domain.model import Article
from bot.stories.similarity import STOP, folded

Vector = Mapping[str, float]
Stream = Sequence[tuple[Article, str]]

NEAREST = 10
"""Stories that the models choose from."""

THRESHOLDS = 0.3, 0.5, 0.7, 0.85
"""Probabilities from which an article may join; the one that is best where it was learned is taken."""

SPREAD = 3 * 86_400.0
"""The width of the Gaussians over time: three days, as in the paper."""

_NAME = re.compile(r"(?<![.!?:\n“\"] )(?<!^)\b[^\W\d_a-z][^\W\d_]+")
_ENDING = re.compile(r"(?:ings?|edly|ed|ions?|ies|es|ers?|ly|ments?|s)$")


def views(article: Article) -> list[Counter[str]]:
    """The words, stems and names of the title, the body and both."""
    title, body = article.title or "", "" if article.text == article.title else article.text
    found = []
    for text in (title, body, f"{title}\n{body}"):
        words = [word for word in folded(text) if word not in STOP]
        names = [word for name in _NAME.findall(text) for word in folded(name)]
        found += [Counter(words), Counter(_ENDING.sub("", word) for word in words), Counter(names)]
    return found


def vectors(stream: Stream) -> list[list[Vector]]:
    """Nine tf-idf vectors of length one for each article."""
    counted = [views(article) for article, _ in stream]
    held = [Counter(term for counts in column for term in counts) for column in zip(*counted, strict=True)]
    return [
        [_unit(counts, have, len(stream)) for counts, have in zip(row, held, strict=True)] for row in counted
    ]


def _unit(counts: Counter[str], held: Counter[str], of: int) -> Vector:
    weights = {term: (1 + log(n)) * (1 + log((1 + of) / (1 + held[term]))) for term, n in counts.items()}
    length = sqrt(sum(weight**2 for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


@dataclass(slots=True)
class Sum:
    """The articles of a story, added up."""

    views: list[dict[str, float]] = field(default_factory=lambda: [defaultdict(float) for _ in range(9)])
    squares: list[float] = field(default_factory=lambda: [0.0] * 9)
    times: list[float] = field(default_factory=list)

    def features(self, vectors: Sequence[Vector], at: float | None) -> list[float]:
        """Nine cosines and three nearnesses in time (0 where a date is missing)."""
        cosines = []
        for vector, view, square in zip(vectors, self.views, self.squares, strict=True):
            product = sum(weight * view[term] for term, weight in vector.items() if term in view)
            cosines.append(product / sqrt(square) if square else 0.0)
        if at is None or not self.times:
            return [*cosines, 0.0, 0.0, 0.0]
        points = max(self.times), min(self.times), sum(self.times) / len(self.times)
        return cosines + [exp(-(((at - point) / SPREAD) ** 2) / 2) for point in points]

    def add(self, vectors: Sequence[Vector], at: float | None) -> None:
        """Take in an article."""
        for number, vector in enumerate(vectors):
            view = self.views[number]
            product = sum(weight * view[term] for term, weight in vector.items() if term in view)
            self.squares[number] += 2 * product + (1.0 if vector else 0.0)
            for term, weight in vector.items():
                view[term] += weight
        if at is not None:
            self.times.append(at)


class Stories:
    """Stories that grow, and the nearest of them by the words of title and body."""

    def __init__(self) -> None:
        self.sums: dict[object, Sum] = {}
        self._held: dict[str, set[object]] = defaultdict(set)

    def nearest(self, vectors: Sequence[Vector]) -> list[object]:
        """The stories whose words are most like the article's."""
        words, products = vectors[6], defaultdict[object, float](float)
        for term, weight in words.items():
            for story in self._held[term]:
                products[story] += weight * self.sums[story].views[6][term]
        scores = {story: product / sqrt(self.sums[story].squares[6]) for story, product in products.items()}
        return sorted(scores, key=lambda story: (-scores[story], str(story)))[:NEAREST]

    def add(self, story: object, vectors: Sequence[Vector], at: float | None) -> None:
        """Let the article be part of the story."""
        self.sums.setdefault(story, Sum()).add(vectors, at)
        for term in vectors[6]:
            self._held[term].add(story)


@dataclass(frozen=True, slots=True)
class Ranker:
    """What was learned: the weights of both models, and from which value on an article joins."""

    rank: np.ndarray
    join: np.ndarray
    threshold: float = 0.5

    def groups(self, stream: Stream) -> list[int]:
        """The story of each article."""
        stories, found = Stories(), []
        for number, (vector, at) in enumerate(zip(vectors(stream), _times(stream), strict=True)):
            chosen = number
            if near := stories.nearest(vector):
                rows = np.array([stories.sums[story].features(vector, at) for story in near])
                best = int(np.argmax(rows @ self.rank))
                if _sigmoid(np.append(rows[best], 1.0) @ self.join) >= self.threshold:
                    chosen = int(str(near[best]))
            stories.add(chosen, vector, at)
            found.append(chosen)
        return found


def learned(streams: Sequence[Stream]) -> Ranker:
    """Both models and the threshold, from streams whose stories are known."""
    shown = [list(_decisions(stream)) for stream in streams]
    differences, weights = [], []
    for decisions in shown:
        pairs = [rows[right] - row for rows, right in decisions if right is not None for row in rows]
        differences += pairs
        weights += [1 / len(pairs)] * len(pairs)
    pairs_in = np.array(differences)
    both = np.concatenate([pairs_in, -pairs_in])
    rank = regression(both, np.repeat([1.0, 0.0], len(pairs_in)), np.tile(weights, 2))
    rows_in, labels, each = [], [], []
    for decisions in shown:
        for rows, right in decisions:
            best = int(np.argmax(rows @ rank))
            rows_in.append(np.append(rows[best], 1.0))
            labels.append(float(best == right))
            each.append(1 / len(decisions))
    join = regression(np.array(rows_in), np.array(labels), np.array(each))
    return max((Ranker(rank, join, step) for step in THRESHOLDS), key=lambda one: _agreement(one, streams))


def _agreement(ranker: Ranker, streams: Sequence[Stream]) -> float:
    """B-cubed F, added up over the streams."""
    return sum(b_cubed(ranker.groups(stream), [group for _, group in stream])[2] for stream in streams)


def _decisions(stream: Stream) -> Iterator[tuple[np.ndarray, int | None]]:
    """The features of the nearest stories for each article, and which of them is the right one."""
    stories = Stories()
    for (_, group), vector, at in zip(stream, vectors(stream), _times(stream), strict=True):
        if near := stories.nearest(vector):
            rows = np.array([stories.sums[story].features(vector, at) for story in near])
            yield rows, near.index(group) if group in near else None
        stories.add(group, vector, at)


def regression(rows: np.ndarray, labels: np.ndarray, each: np.ndarray, *, ridge: float = 1e-3) -> np.ndarray:
    """The weights of a logistic regression, by Newton's method; ``each`` is what an example counts."""
    weights, each = np.zeros(rows.shape[1]), each / each.sum()
    for _ in range(30):
        said = _sigmoid(rows @ weights)
        slope = rows.T @ (each * (said - labels)) + ridge * weights
        curve = (rows * (each * said * (1 - said))[:, None]).T @ rows + ridge * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _sigmoid(value: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-np.clip(value, -30, 30))))


def _times(stream: Stream) -> list[float | None]:
    return [article.published.timestamp() if article.published else None for article, _ in stream]
