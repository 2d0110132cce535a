"""What speaks for and against two stories told in full being one, weighed by a logistic regression. Pure.

Its weights were learned by `benchmarks/train_stories.py`; docs/weights.md says from what.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from math import log, sqrt

from bot.stories.story import UNIT, Story, Sum

NEAR = timedelta(days=1)
DAY = 24

LEAST = 0.03
"""What part of their cohesion two sums share at least, so that its logarithm is bounded."""

FEW = 3
"""Terms that name one thing: a person's first name, last name, and both."""

NUMBERS = 2
"""Numbers of an opening from which on they tell an event: one of them may be of anything."""

NUMBERS_OF_A_FORM = 3
"""Numbers of an opening from which on it may be a form."""

WEIGHTS: Mapping[str, float] = {
    "opening": 1.31,
    "body": 2.08,
    "near": 2.97,
    "fewer": -2.69,
    "more": -0.87,
    "one thing": -3.39,
    "words apart": -10.54,
    "names apart": -8.3,
    "years apart": -1.15,
    "numbers apart": -1.12,
    "always": 9.48,
}
"""What each kind of evidence weighs, in log-odds; ``always`` is what stands before any of it."""


def log_odds(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The log-odds that two stories are one."""
    return weights["always"] + sum(value * weights[name] for name, value in found.items())


def features(one: Story, other: Story) -> dict[str, float]:
    """The evidence by its name; the same whichever story comes first."""
    few, many = sorted((max(1, one.articles), max(1, other.articles)))
    return {
        "opening": log(max(LEAST, relative(one.opening, one, other.opening, other))),
        "body": log(max(LEAST, relative(one.body, one, other.body, other))),
        "near": float(_near(one, other)),
        "fewer": log(few),
        "more": log(many),
        "one thing": _concentration(one.title, other.title),
        "words apart": _exclusion(one.body, other.body),
        "names apart": _exclusion(one.names, other.names),
        "years apart": float(bool(one.years and other.years) and one.years.isdisjoint(other.years)),
        "numbers apart": float(_numbers_apart(one, other, NUMBERS)),
    }


def relative(a: Sum, one: Story, b: Sum, other: Story) -> float:
    """The mean resemblance of their articles, as a part of the cohesion of both."""
    alike = a.dot(b) / (UNIT**2 * max(1, a.articles * b.articles))
    return alike / sqrt(a.cohesion(one.full) * b.cohesion(other.full))


def _concentration(a: Sum, b: Sum) -> float:
    """The part of what two share that a few terms make up: one well-known name is no event."""
    few, many = sorted((a.weights, b.weights), key=len)
    shared = sorted((weight * many[term] for term, weight in few.items() if term in many), reverse=True)
    return sum(shared[:FEW]) / sum(shared) if shared else 1.0


def _exclusion(a: Sum, b: Sum) -> float:
    """How much each tells of what the other does not tell of: of two fights, the two opponents."""
    return min(_missing(a, b), _missing(b, a))


def _missing(a: Sum, b: Sum) -> float:
    mine, theirs = UNIT * max(1, a.articles), UNIT * max(1, b.articles)
    return max((a.weights[t] / mine - b.weights.get(t, 0) / theirs for t in a.heaviest), default=0.0)


def one_form(one: Story, other: Story) -> bool:
    """Whether two openings have many numbers and none in common: a form that was filled for two events."""
    return _numbers_apart(one, other, NUMBERS_OF_A_FORM)


def _numbers_apart(one: Story, other: Story, least: int) -> bool:
    return min(len(one.numbers), len(other.numbers)) >= least and one.numbers.isdisjoint(other.numbers)


def _near(one: Story, other: Story) -> bool:
    """Whether articles of both are within a day; a story of months covers more time than it tells of."""
    few, many = sorted((one.hours, other.hours), key=len)
    return any(hour in many for at in few for hour in range(at - DAY, at + DAY + 1))


def time_apart(one: Story, other: Story) -> timedelta | None:
    """The time between the two, none where they overlap; ``None`` where a day is missing."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    return max(timedelta(), one.first - other.last, other.first - one.last)
