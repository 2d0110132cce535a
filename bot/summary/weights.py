"""The learned weights of newsrank, read from the data file that benchmarks/train_newsrank.py writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Self

import numpy as np

from bot.summary.features import SENTENCE_COLUMNS, WORD_COLUMNS, Floats
from bot.summary.selection import SET_COLUMNS
from bot.summary.trees import Trees

ANY = "any"
"""The weights that ask for no language's words."""


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
