"""Which sentences together: every small set of the best ones, weighed as a whole.

The sets are few (at most a dozen sentences, three at a time), so all are looked at: no greedy
step that a later one regrets, and redundancy is what a set's words, counted once, leave out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from bot.summary.features import OPENING, Copy, Floats

POOL = 8
"""How many of the best sentences are candidates, beside the first :data:`~features.OPENING`."""

AT_A_TIME = 3
"""Sentences in the largest set that is weighed as a whole."""

SUPPOSED = (40.0, 50.0, 60.0)
"""Lengths, in words, that a person's summary may have; F1 is worked out against each."""

SET_COLUMNS = (
    "sentences", "words", "gain", "content_gain", "f40", "f50", "f60", "content_f", "score_mean",
    "score_sum", "precision_f", "overlap", "place_first", "in_lead",
)  # fmt: skip
"""What is weighed of a set. ``gain`` is what its words promise, each counted once, ``f40`` the F1 of
that against a summary of forty words; ``overlap`` is the share that was promised twice."""


def pool(score: Floats, barred: Sequence[bool], needs: Sequence[frozenset[int]]) -> list[int]:
    """The candidates in order: the best, the first, and what they lean on.

    ``barred`` sentences are left out; ``needs[i]`` are the sentences that ``i`` cannot do without.
    """
    free = [at for at in range(len(score)) if not barred[at]]
    best = sorted(free, key=lambda at: (-score[at], at))[:POOL]
    chosen = set(best) | {at for at in range(min(OPENING, len(score))) if not barred[at]}
    chosen |= {need for at in best for need in needs[at] if not barred[need]}
    return sorted(chosen)


def sets_of(candidates: list[int], most: int, needs: Sequence[frozenset[int]]) -> list[tuple[int, ...]]:
    """Every set of up to ``most`` candidates that reads without the rest, small ones first.

    A set that would show a sentence without the one it leans on is not among them.
    """
    sizes = range(1, min(most, AT_A_TIME) + 1)
    sets = [chosen for size in sizes for chosen in combinations(candidates, size)]
    for at in candidates:
        if need := needs[at]:
            sets = [chosen for chosen in sets if at not in chosen or need.issubset(chosen)]
    return sets


def figures_of(
    sets: list[tuple[int, ...]], copy: Copy, chance: Floats, score: Floats, precision: Floats
) -> Floats:
    """One row of :data:`SET_COLUMNS` for each set."""
    used = sorted({at for chosen in sets for at in chosen})
    column = {at: number for number, at in enumerate(used)}
    size = np.array([len(chosen) for chosen in sets])
    member = np.zeros((len(sets), len(used)))
    member[np.repeat(np.arange(len(sets)), size), [column[at] for chosen in sets for at in chosen]] = 1.0
    lengths, scores, places = copy.lengths[used], score[used], np.array(used, float)
    words = member @ lengths
    gain, content, apart = _covered(member, used, copy, chance)
    columns = (
        size, words, gain, content, *(2 * gain / (words + supposed) for supposed in SUPPOSED),
        2 * content / (words + SUPPOSED[0]), member @ scores / size, member @ scores,
        2 * (member @ (precision[used] * lengths)) / (words + SUPPOSED[0]),
        1.0 - gain / np.maximum(apart, 1e-9), np.array([chosen[0] for chosen in sets], float),
        member @ (places < OPENING),
    )  # fmt: skip
    return np.column_stack(columns)


def _covered(member: Floats, used: list[int], copy: Copy, chance: Floats) -> tuple[Floats, Floats, Floats]:
    """What each set's words promise, counted once; the same of content; and counted apart."""
    row = np.full(len(copy.lengths), -1)
    row[used] = np.arange(len(used))
    here = row[copy.holder] >= 0
    words, where = np.unique(copy.held[here], return_inverse=True)
    holds = np.zeros((len(used), len(words)))
    holds[row[copy.holder[here]], where] = 1.0
    once = (member @ holds > 0).astype(float)
    promise = chance[words]
    return once @ promise, once @ (promise * copy.content[words]), member @ (holds @ promise)
