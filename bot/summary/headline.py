"""What the sentences of an article share with its headline: they tell its news, say it again, or come before it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations

import numpy as np

from bot.summary.features import Floats, spelled

NEW = 0.25
"""A sentence of whose words so few are not in the headline only says it again."""

FEWEST = 3
"""Words that a headline needs to say what an article is about."""

SCENE = 4
"""Sentences at the head of an article that may be a scene before the news."""

NEWS = 0.25
"""A sentence that has this part of the headline's words tells its news ..."""

AGAIN = 2 / 3
"""Two sentences of which the shorter has this part of its words in common with the other tell one thing twice."""

NEAR = 15
"""... and is looked for among so many."""


class Headline:
    """The words of a headline that are no stop words, and which of them each sentence has.

    ``told`` says of each sentence whether it only says the headline again, ``scenes`` whether it opens the article
    without a word of it, while one further down tells its news.
    """

    def __init__(
        self, title: Sequence[str], words: Sequence[Sequence[str]], stop_words: AbstractSet[str]
    ) -> None:
        keys = _Keys(stop_words)
        self._words = keys.of(title)
        self._kept = kept = [keys.of(found) for found in words]
        self._shared = [self._words & found for found in kept]
        place = {word: 1 << at for at, word in enumerate(self._words)}
        self._masks = [sum(place[word] for word in found) for found in self._shared]
        clear = len(self._words) >= FEWEST
        self.told = [clear and bool(found) and len(found - self._words) <= NEW * len(found) for found in kept]
        news = [
            len(found) >= max(2, NEWS * len(self._words)) and not told
            for found, told in zip(self._shared[:NEAR], self.told[:NEAR], strict=True)
        ]
        first = next((at for at, one in enumerate(news) if one), 0) if clear else 0
        self.scenes = [at < min(first, SCENE) and not found for at, found in enumerate(self._shared)]

    def shared_by(self, sets: Sequence[tuple[int, ...]]) -> Floats:
        """The part of the headline's words that each set of sentences has."""
        if len(self._words) < FEWEST:
            return np.zeros(len(sets))
        shared: list[int] = []
        for one in sets:
            mask = 0
            for at in one:
                mask |= self._masks[at]
            shared.append(mask.bit_count())
        return np.array(shared, float) / len(self._words)

    def once_each(self, sets: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """The sets in which no sentence says again what another one of the set says."""
        used = sorted({at for one in sets for at in one})
        twice = {pair for pair in combinations(used, 2) if self._alike(*pair)}
        if not twice:
            return list(sets)
        return [one for one in sets if twice.isdisjoint(combinations(one, 2))]

    def _alike(self, one: int, other: int) -> bool:
        fewer, more = sorted((self._kept[one], self._kept[other]), key=len)
        return len(fewer) >= FEWEST and len(fewer & more) >= AGAIN * len(fewer)


class _Keys(dict[str, str]):
    """What of each word is compared, worked out once; nothing of a stop word."""

    def __init__(self, stop_words: AbstractSet[str]) -> None:
        super().__init__()
        self._stop_words = stop_words

    def __missing__(self, word: str) -> str:
        low, _, key = spelled(word)
        self[word] = key = "" if low in self._stop_words else key
        return key

    def of(self, words: Sequence[str]) -> frozenset[str]:
        """The keys of the words that are no stop words."""
        return frozenset(map(self.__getitem__, words)) - {""}
