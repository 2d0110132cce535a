"""The learned weights of newsrank, read from the data file that benchmarks/train_newsrank.py writes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Self

import numpy as np

from bot.summary.features import SENTENCE_COLUMNS, WORD_COLUMNS, Floats, Numbers
from bot.summary.selection import SET_COLUMNS

ANY = "any"
"""The weights that ask for no language's words."""


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
        trees, leaves = self.leaf.shape
        found = np.tile(np.arange(0, trees * leaves, leaves), (len(rows), 1))
        for level in range(self.column.shape[1]):
            # take: a fifth of the time of an index that is a list
            found += (rows.take(self.column[:, level], axis=1) > self.above[:, level]).astype(
                np.int64
            ) << level
        answer: Floats = self.start + self.leaf.take(found).sum(axis=1)
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


@dataclass(frozen=True, slots=True)
class Weights:
    """Three forests and a line.

    ``word`` gives the odds that a person's summary has a word; ``score`` what a sentence alone
    would score (ROUGE-1 and ROUGE-2 F1 together); ``precision`` which share of its words would be
    in that summary; ``whole`` weighs the columns of a set of sentences. ``rarity`` is the logarithm
    of one in how many articles has a frequent word; the empty key stands for all other words.
    """

    word: Trees
    score: Trees
    precision: Trees
    whole: Floats
    rarity: Mapping[str, float]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The weights of one language in the data file."""
        return cls(
            Trees.read(data["word"], WORD_COLUMNS),
            Trees.read(data["score"], SENTENCE_COLUMNS),
            Trees.read(data["precision"], SENTENCE_COLUMNS),
            np.array([data["whole"][name] for name in SET_COLUMNS], float),
            {key: int(tenths) / 10 for tenths, keys in data["rarity"].items() for key in keys.split(" ")},
        )


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(
        files("bot.summary").joinpath("newsrank.json").read_text(encoding="utf-8")
    )
    return found


@lru_cache(maxsize=2)
def _read(name: str) -> Weights:
    return Weights.read(_shipped()[name])


def weights_for(language: str | None) -> Weights:
    """The weights learned for an ISO 639-1 code, or those that ask for no language's words."""
    code = (language or "").replace("_", "-").split("-")[0].lower()
    return _read(code if code != ANY and code in _shipped() else ANY)


def likelihood(odds: Floats) -> Floats:
    """Logarithmic odds as probabilities."""
    found: Floats = 1.0 / (1.0 + np.exp(-odds))
    return found
