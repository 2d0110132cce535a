"""How long a summary may be: sentences, words, or the time that it takes to read."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, isfinite

from bot.domain.digests import WORDS_A_MINUTE
from bot.text.words import words


def length(text: str) -> int:
    """The words of ``text``; scripts without spaces count about one for each character."""
    return max(len(text.split()), len(words(text)))


@dataclass(frozen=True, slots=True)
class Budget:
    """What a summary must not exceed; limits that are ``None`` do not count.

    ``seconds`` is reading time. Raises ValueError for a limit that is not a finite number, and
    where none is given: a summary without any end is the article.
    """

    sentences: int | None = None
    words: int | None = None
    seconds: float | None = None

    def __post_init__(self) -> None:
        limits = [one for one in (self.sentences, self.words, self.seconds) if one is not None]
        if not limits:
            raise ValueError("a budget needs a limit: sentences, words or seconds")
        if not all(isfinite(one) for one in limits):
            raise ValueError("the limits of a budget are finite numbers")

    @property
    def word_limit(self) -> int | None:
        """The words that both ``words`` and ``seconds`` leave; ``None`` without either."""
        by_time = None if self.seconds is None else floor(self.seconds * WORDS_A_MINUTE / 60)
        limits = [one for one in (self.words, by_time) if one is not None]
        return max(0, min(limits)) if limits else None

    @property
    def sentence_limit(self) -> int:
        """The sentences that ``sentences`` leaves; without it, one for every three words at most."""
        if self.sentences is not None:
            return max(0, self.sentences)
        return (self.word_limit or 0) // 3
