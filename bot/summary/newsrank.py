"""newsrank: choose the sentences whose words a person's summary would most likely have.

Each word of the article gets a chance to be in a summary that a person writes (the idea of RegSum,
Hong and Nenkova 2014, "Improving the estimation of word importance for news multi-document
summarization"), each sentence a score, and each small set of sentences an expected ROUGE F1. The
best set that reads well is chosen; it may be smaller than what was asked for, since a sentence
that says little lowers the F1 of the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import numpy as np

from bot.summary.document import Sentences
from bot.summary.features import Copy, Floats, Script, copy_of, promised
from bot.summary.headline import Headline
from bot.summary.leaning import WORDLESS, Told, leans, needs_of
from bot.summary.openings import announces, barred, openings_of, withholds
from bot.summary.selection import AT_A_TIME, figures_of, pool, sets_of
from bot.summary.weights import Weights, likelihood
from bot.text.cue_files import cues_for

FRESH = 0.5
"""Of the words of a sentence that are no stop words, the share that must be new to a summary; what
an article is about comes again in every sentence of it, what is told twice comes again whole."""


HEADLINE = 0.1
"""What it is worth that all words of the headline come, in ROUGE F1; half of them, half of that."""

STANDFIRST = 0.05
"""What it is worth that the first line is one in which an editor says what the article tells, in ROUGE F1."""

_NOTHING: frozenset[int] = frozenset()


class Draft:
    """The sentences of an article, and what each is worth to a summary."""

    def __init__(self, sentences: Sentences, language: str | None, stop_words: AbstractSet[str]) -> None:
        self._texts, self._words, self._title = sentences.texts, sentences.words, sentences.title
        self._openings = openings_of(language)
        self._under, self._answers = sentences.standfirst, sentences.answers
        cues = cues_for(language) or WORDLESS
        each = zip(self._texts, self._words, self._under, strict=True)
        self._opens = [
            under and not leans(text, found, cues, self._openings) and not announces(text, self._openings)
            for text, found, under in each
        ]
        self._paragraphs = sentences.paragraphs
        in_paragraph = Counter(self._paragraphs)
        self._alone = [in_paragraph[one] == 1 for one in self._paragraphs]
        self._language = language
        self._stop_words = stop_words
        self._headline = Headline(self._title, self._words, stop_words)

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
        for unfit, needs in self._rules():
            sets = sets_of(pool(self.score, unfit, needs), most, needs)
            if words is not None:
                sets = [one for one in sets if self.copy.lengths[list(one)].sum() <= words]
            if sets:
                sets = self._headline.once_each(sets)
                chosen = sets[int(self.worth(sets).argmax())]
                if most > AT_A_TIME or words is not None:
                    return self.filled(chosen, most, words, unfit, needs)
                return chosen
        return ()

    def _rules(self) -> Iterator[tuple[list[bool], list[frozenset[int]]]]:
        """Which sentences are unfit and what each needs: first all that an editor asks for, in the end nothing."""
        free, alone = [False] * len(self._texts), [_NOTHING] * len(self._texts)
        unfit, needs = self.unfit(), self.needs()
        told = self._headline.told
        scenes = [
            scene and not under for scene, under in zip(self._headline.scenes, self._under, strict=True)
        ]
        silent = self.silent(unfit)
        strict = [any(each) for each in zip(silent, told, scenes, strict=True)]
        if strict != silent:
            known = frozenset(at for at, one in enumerate(told) if one)
            yield strict, self.opened(strict, [need - known for need in needs])
        if silent != unfit:
            yield silent, self.opened(silent, needs)
        yield unfit, self.opened(unfit, needs)
        yield unfit, alone
        yield free, alone

    def unfit(self) -> list[bool]:
        """Which sentences no summary shows: without words, or see :func:`~openings.barred`."""
        each = zip(self._texts, self._words, self._alone, self._under, strict=True)
        return [
            not found or barred(text, self._openings, alone=alone and not under)
            for text, found, alone, under in each
        ]

    def silent(self, unfit: list[bool]) -> list[bool]:
        """Those, and the ones that tell no news themselves: an interview's answers, and see :func:`~openings.withholds`."""
        each = zip(unfit, self._answers, self._texts, strict=True)
        return [bad or answer or withholds(text, self._openings) for bad, answer, text in each]

    def needs(self) -> list[frozenset[int]]:
        """For each sentence the ones that it cannot do without."""
        told = Told(
            self._texts,
            self._words,
            self._paragraphs,
            self._title,
            cues_for(self._language) or WORDLESS,
            self._openings,
        )
        return needs_of(told)

    def opened(self, unfit: list[bool], needs: list[frozenset[int]]) -> list[frozenset[int]]:
        """The same, and for a sentence of the standfirst the one that opens it."""
        fit = [at for at, under in enumerate(self._under) if under and not unfit[at]]
        return [need | {fit[0]} if at in fit[1:] else need for at, need in enumerate(needs)]

    def worth(self, sets: list[tuple[int, ...]]) -> Floats:
        """What each set would score."""
        rows = figures_of(sets, self.copy, self.chance, self.score, self.precision)
        found: Floats = rows @ self._weights.whole + HEADLINE * self._headline.shared_by(sets)
        return found + STANDFIRST * np.array([self._opens[one[0]] for one in sets], float)

    def filled(
        self,
        chosen: tuple[int, ...],
        most: int,
        words: int | None,
        unfit: list[bool],
        needs: list[frozenset[int]],
    ) -> tuple[int, ...]:
        """``chosen`` and the next best sentences that bring something new, up to both limits."""
        have = set(chosen)
        room = np.inf if words is None else words - float(self.copy.lengths[list(have)].sum())
        covered = np.zeros(len(self.chance), bool)
        covered[self.copy.held[np.isin(self.copy.holder, list(have))]] = True
        for at in sorted(range(len(self.score)), key=lambda one: (-self.score[one], one)):
            if len(have) >= most:
                break
            if unfit[at] or at in have or self.copy.lengths[at] > room or not needs[at] <= have:
                continue
            held = self.copy.held[slice(*np.searchsorted(self.copy.holder, (at, at + 1)))]
            if self.copy.content[held[~covered[held]]].sum() >= FRESH * self.copy.content[held].sum():
                have.add(at)
                covered[held] = True
                room -= float(self.copy.lengths[at])
        return tuple(sorted(have))
