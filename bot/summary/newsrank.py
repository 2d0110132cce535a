"""newsrank: choose the sentences whose words a person's summary would most likely have.

Each word of the article gets a chance to be in a summary that a person writes (the idea of RegSum,
Hong and Nenkova 2014, "Improving the estimation of word importance for news multi-document
summarization"), each sentence a score, and each small set of sentences an expected ROUGE F1. The
best set that reads well is chosen; it may be smaller than what was asked for, since a sentence
that says little lowers the F1 of the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
from sumy.summarizers._summarizer import AbstractSummarizer

from bot.summary.features import Copy, Floats, Script, copy_of, promised
from bot.summary.openings import barred, needed, openings_of
from bot.summary.selection import AT_A_TIME, figures_of, pool, sets_of
from bot.summary.weights import Weights, likelihood, weights_for

FRESH = 0.5
"""Of the words of a sentence that are no stop words, the share that must be new to a summary; what
an article is about comes again in every sentence of it, what is told twice comes again whole."""


class NewsRankSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """The best set of at most ``sentences_count`` sentences; equal documents give equal sets."""

    def __init__(
        self,
        language: str | None,
        *,
        stop_words: AbstractSet[str] = frozenset(),
        weights: Weights | None = None,
    ) -> None:
        super().__init__()
        self._language = language
        self._stop_words = stop_words
        self._weights = weights or weights_for(language)

    def __call__(self, document: Any, sentences_count: int) -> tuple[Any, ...]:
        """Sentences of the document in its order; fewer than asked for where fewer say it all."""
        return self.within(document, sentences_count, None)

    def within(self, document: Any, sentences_count: int, words: int | None) -> tuple[Any, ...]:
        """The same, and no more than so many ``words``, which are then used as far as they go."""
        draft = Draft(document, self._language, self._stop_words)
        if sentences_count <= 0 or not draft.any_word:
            return ()
        draft.weigh(self._weights)
        return tuple(document.sentences[at] for at in draft.best(sentences_count, words))


class Draft:
    """The sentences of an article, and what each is worth to a summary."""

    def __init__(self, document: Any, language: str | None, stop_words: AbstractSet[str]) -> None:
        self._texts = [str(one) for one in document.sentences]
        self._words = [one.words for one in document.sentences]
        self._title = [word for heading in document.headings for word in heading.words]
        self._alone = [len(one.sentences) == 1 for one in document.paragraphs for _ in one.sentences]
        self._language = language
        self._stop_words = stop_words
        self._openings = openings_of(language)

    @property
    def any_word(self) -> bool:
        """Whether there is anything to weigh."""
        return any(self._words)

    def weigh(self, weights: Weights) -> None:
        """Give every word its chance and every sentence its scores."""
        self._weights = weights
        self.copy = self.counted(self._language, weights.rarity)
        self.chance = likelihood(weights.word(self.copy.words))
        rows = np.hstack([self.copy.sentences, promised(self.copy, self.chance)])
        self.score, self.precision = weights.score(rows), weights.precision(rows)

    def counted(self, language: str | None, rarity: Mapping[str, float]) -> Copy:
        """The figures of the sentences, as ``language`` would have them counted."""
        script = Script(self._texts, self._words, self._title, self._stop_words, openings_of(language))
        return copy_of(script, rarity)

    def best(self, most: int, words: int | None) -> tuple[int, ...]:
        """The sentences of the best set in order, readable if any is, of ``words`` if any fits."""
        free = [False] * len(self._texts)
        for unfit, before in ((self.unfit(), self.before()), (free, [-1] * len(free))):
            sets = sets_of(pool(self.score, unfit, before), most, before)
            if words is not None:
                sets = [one for one in sets if self.copy.lengths[list(one)].sum() <= words]
            if sets:
                chosen = sets[int(self.worth(sets).argmax())]
                if most > AT_A_TIME or words is not None:
                    return self.filled(chosen, most, words, unfit, before)
                return chosen
        return ()

    def unfit(self) -> list[bool]:
        """Which sentences no summary shows: without words, or see :func:`~openings.barred`."""
        each = zip(self._texts, self._words, self._alone, strict=True)
        return [not found or barred(text, self._openings, alone=alone) for text, found, alone in each]

    def before(self) -> list[int]:
        """For each sentence the one that it cannot do without, or -1."""
        return needed(self._words, self._openings)

    def worth(self, sets: list[tuple[int, ...]]) -> Floats:
        """What each set would score."""
        rows = figures_of(sets, self.copy, self.chance, self.score, self.precision)
        found: Floats = rows @ self._weights.whole
        return found

    def filled(
        self, chosen: tuple[int, ...], most: int, words: int | None, unfit: list[bool], before: list[int]
    ) -> tuple[int, ...]:
        """``chosen`` and the next best sentences that bring something new, up to both limits."""
        have = set(chosen)
        room = np.inf if words is None else words - float(self.copy.lengths[list(have)].sum())
        covered = np.zeros(len(self.chance), bool)
        covered[self.copy.held[np.isin(self.copy.holder, list(have))]] = True
        for at in sorted(range(len(self.score)), key=lambda one: (-self.score[one], one)):
            if len(have) >= most:
                break
            if unfit[at] or at in have or self.copy.lengths[at] > room or before[at] not in {-1, *have}:
                continue
            held = self.copy.held[slice(*np.searchsorted(self.copy.holder, (at, at + 1)))]
            if self.copy.content[held[~covered[held]]].sum() >= FRESH * self.copy.content[held].sum():
                have.add(at)
                covered[held] = True
                room -= float(self.copy.lengths[at])
        return tuple(sorted(have))
