"""Small boosted trees as arrays: every level of a tree asks one question, so a leaf is a number in bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from bot.summary.features import Floats, Numbers


@dataclass(frozen=True, slots=True)
class Trees:
    """``t`` trees of ``d`` levels: ``column`` and ``above`` are t x d, ``leaf`` is t x 2**d.

    A row goes to the leaf whose bit ``k`` says whether its ``column[k]`` is greater than
    ``above[k]``; the sum of the leaves and ``start`` is the answer. (Symmetric trees are those of
    Prokhorenkova et al. 2018, "CatBoost: unbiased boosting with categorical features".)
    """

    start: float
    column: Numbers
    above: Floats
    leaf: Floats

    def __call__(self, rows: Floats) -> Floats:
        """The answer for each row."""
        found = np.zeros((len(rows), len(self.leaf)), np.int64)
        for level in range(self.column.shape[1]):
            found += (rows[:, self.column[:, level]] > self.above[:, level]).astype(np.int64) << level
        answer: Floats = self.start + self.leaf[np.arange(len(self.leaf)), found].sum(axis=1)
        return answer

    @classmethod
    def read(cls, data: Mapping[str, Any], columns: Sequence[str]) -> Self:
        """Trees from a weights file, which names the columns that it asks about."""
        number = {name: columns.index(name) for name in data["columns"]}
        column = [[number[data["columns"][at]] for at in tree] for tree in data["column"]]
        return cls(
            float(data["start"]),
            np.array(column, np.int64),
            np.array(data["above"], float),
            np.array(data["leaf"], float),
        )


def likelihood(odds: Floats) -> Floats:
    """Logarithmic odds as probabilities."""
    found: Floats = 1.0 / (1.0 + np.exp(-odds))
    return found
