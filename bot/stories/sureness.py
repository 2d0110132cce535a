"""Whether two stories are one: by what was learned where both are told in full, else by rule. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from math import log

from bot.stories.evidence import NEAR, WEIGHTS, features, log_odds, one_form, relative, time_apart
from bot.stories.story import Story

LEARNED = 0.25
"""So full on average, both stories are weighed as was learned; headlines and notices hold too little for that.

What was learned rests on names: a script without capitals has none that could be told, and is judged by rule.
"""

FOUNDING_LEARNED, JOINING_LEARNED, MERGING_LEARNED = 0.5, -1.75, -1.15
"""The log-odds from which two articles, an article and a story, two stories are one.

A false pair begins a false story, and each article that joins later is measured by the whole of it.
"""

LEAST = 0.45, 0.3, 0.3
"""What part of their cohesion the openings of two articles, an article and a story, two stories share at least."""

UNDATED_LEARNED, HALF_DATED = 2.1, 1.4
"""How much more is asked where both have no day, for nothing says that it is not another one, and where one has."""

DEEDS = 3
"""Words beside names that two articles share at least: the same people may be doing something else."""

AS_SURE = 4.0
"""What a rule's logarithm weighs beside log-odds."""

FOUNDING, JOINING, MERGING = 1.0, 0.65, 0.58
"""What part of their cohesion two articles, an article and a story, two stories share at least."""

NEARER = 0.7
"""Told within a day of one another, so much less of it suffices."""

UNDATED = 1.1
"""Without a day nothing says that it is not another one."""

FAR, FARTHER = timedelta(days=14), 1.25
"""Told more than two weeks apart, so much more of it is needed: a new event in known words."""

TOLD = 0.1
"""So full, an article names whom and where it is about; a headline has no room for that."""

SHARED = 2, 10
"""Two headlines share at least so many words, two articles told in full so many: one place is no event."""

SERIES, SERIES_APART = 0.8, timedelta(hours=12)
"""An outlet that prints nearly the same headline on another day prints a series."""


def best_of(
    one: Story, candidates: Mapping[int, Story], weights: Mapping[str, float] = WEIGHTS
) -> int | None:
    """The candidate that is most surely the same story, the oldest of equal ones; ``None`` for none."""
    sure = {number: _sureness(one, other, weights) for number, other in candidates.items()}
    found = [
        number for number, value in sure.items() if value >= 0.0 and not _series(one, candidates[number])
    ]
    return min(found, key=lambda number: (-sure[number], number)) if found else None


def _sureness(one: Story, other: Story, weights: Mapping[str, float]) -> float:
    """How far the evidence is above what such a pair needs; from 0 on they are one."""
    if min(one.full, other.full) >= LEARNED and one.names.articles and other.names.articles:
        return _learned(one, other, weights)
    alike = relative(one.opening, one, other.opening, other)
    needed = _needed(one, other, FOUNDING, JOINING, MERGING) * _distance(one, other)
    return AS_SURE * log(alike / needed) if alike >= needed and _facts_agree(one, other) else -1.0


def _learned(one: Story, other: Story, weights: Mapping[str, float]) -> float:
    if relative(one.opening, one, other.opening, other) < _needed(one, other, *LEAST):
        return -1.0
    if min(one.articles, other.articles) <= 1 and _strangers(one, other):
        return -1.0
    found, pair = features(one, other), one.articles == other.articles == 1
    needed = _needed(one, other, FOUNDING_LEARNED, JOINING_LEARNED, MERGING_LEARNED)
    if time_apart(one, other) is None:
        needed += UNDATED_LEARNED if one.first is None and other.first is None else HALF_DATED
    return -1.0 if pair and _deeds(one, other) < DEEDS else log_odds(found, weights) - needed


def _needed(one: Story, other: Story, founding: float, joining: float, merging: float) -> float:
    few, many = sorted((one.articles, other.articles))
    return founding if many == 1 else joining if few == 1 else merging


def _deeds(one: Story, other: Story) -> int:
    """Words beside names that both openings have."""
    named = one.names.weights.keys() | other.names.weights.keys()
    shared = one.opening.weights.keys() & other.opening.weights.keys()
    return sum(1 for term in shared if " " not in term and term not in named)


def _distance(one: Story, other: Story) -> float:
    """How much more evidence is needed because of the time between the two."""
    apart = time_apart(one, other)
    if apart is None:
        return UNDATED
    return NEARER if apart <= NEAR else FARTHER if apart > FAR else 1.0


def _facts_agree(one: Story, other: Story) -> bool:
    """Enough words, who, and how many, of two articles; of an article and a story, who alone: the rest differs from article to article."""
    full, strangers = min(one.full, other.full), _strangers(one, other)
    if one.articles > 1 and other.articles > 1:
        return True
    if one.articles > 1 or other.articles > 1:
        return not strangers or full < TOLD
    words = sum(1 for term in one.opening.weights if " " not in term and term in other.opening.weights)
    enough = words >= SHARED[0] + (SHARED[1] - SHARED[0]) * full
    return enough and not strangers and not one_form(one, other)


def _strangers(one: Story, other: Story) -> bool:
    """Whether both name people and places, and none in common: the same happened elsewhere."""
    ones, others = one.names.weights, other.names.weights
    return bool(ones and others) and ones.keys().isdisjoint(others)


def _series(one: Story, other: Story) -> bool:
    return any(
        source == other_source
        and abs(published - other_published) >= SERIES_APART
        and len(head & other_head) >= SERIES * len(head | other_head)
        for source, head, published in one.headlines
        for other_source, other_head, other_published in other.headlines
    )
