"""Gradient boosting of symmetric trees in numpy: the same numbers from the same rows, everywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.summary.weights import Trees, likelihood

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
BINS = 32


@dataclass(frozen=True)
class Growth:
    """How to grow: ``calm`` is added to every leaf's weight, ``odds`` is the log loss of 0/1 targets."""

    trees: int
    calm: float
    odds: bool = False
    depth: int = 3
    rate: float = 0.1

    def fit(self, rows: Floats, target: Floats, weight: Floats) -> Trees:
        cut = edges(rows)
        binned = [np.searchsorted(edge, rows[:, at]).astype(np.int64) for at, edge in enumerate(cut)]
        mean = float(np.average(target, weights=weight))
        start = float(np.log(mean / (1 - mean))) if self.odds else mean
        answer = np.full(len(rows), start)
        columns, above, leaves = [], [], []
        for _ in range(self.trees):
            chance = likelihood(answer) if self.odds else answer
            slope = weight * (target - chance)
            bend = weight * chance * (1 - chance) if self.odds else weight
            column, bins, leaf = self.grown(binned, slope, bend)
            sums = np.bincount(leaf, slope, minlength=2**self.depth)
            values = self.rate * sums / (np.bincount(leaf, bend, minlength=2**self.depth) + self.calm)
            answer += values[leaf]
            columns.append(column)
            above.append([float(cut[at][edge]) for at, edge in zip(column, bins, strict=True)])
            leaves.append(values)
        return Trees(start, np.array(columns), np.array(above), np.array(leaves))

    def grown(
        self, binned: list[Numbers], slope: Floats, bend: Floats
    ) -> tuple[list[int], list[int], Numbers]:
        """The columns and bins that a tree asks about, and the leaf of each row."""
        leaf = np.zeros(len(slope), np.int64)
        columns, bins = [], []
        for level in range(self.depth):
            at, edge = max(
                (
                    (at, self.best_cut(leaf * BINS + rows, level, slope, bend))
                    for at, rows in enumerate(binned)
                ),
                key=lambda one: one[1][0],
            )
            leaf += (binned[at] > edge[1]).astype(np.int64) << level
            columns.append(at)
            bins.append(edge[1])
        return columns, bins, leaf

    def best_cut(self, place: Numbers, level: int, slope: Floats, bend: Floats) -> tuple[float, int]:
        """What the best cut of a column gains over all leaves so far, and behind which bin it lies."""
        size, shape = BINS * 2**level, (2**level, BINS)
        sums = np.bincount(place, slope, minlength=size).reshape(shape).cumsum(axis=1)
        bends = np.bincount(place, bend, minlength=size).reshape(shape).cumsum(axis=1)
        right = (sums[:, -1:] - sums) ** 2 / (bends[:, -1:] - bends + self.calm)
        gain = (sums**2 / (bends + self.calm) + right).sum(axis=0)
        # Behind the last bin there is nothing, and no tie is won by an edge that does not exist.
        gain[np.flatnonzero(bends[:, -1:].sum() - bends.sum(axis=0) <= 0)] = -1.0
        return float(gain.max()), int(gain.argmax())


def edges(rows: Floats) -> list[Floats]:
    """Where each column is cut: at most BINS - 1 quantiles, all different."""
    shares = np.linspace(0, 1, BINS + 1)[1:-1]
    return [np.unique(np.quantile(rows[:, at], shares, method="lower")) for at in range(rows.shape[1])]
