"""Learn newsrank's weights from people's summaries: `train_newsrank.py --data DIR [--write FILE]`.

The same data give the same file. Each step learns from what the step before says of articles that
it has not seen, so that no step trusts another more than it may.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import fmean

import numpy as np

from benchmarks.boosting import Floats, Growth
from benchmarks.references import SETS, Case, cases, stems
from bot.summary.document import sentences_of
from bot.summary.features import SENTENCE_COLUMNS, WORD_COLUMNS, Copy, key_of, promised
from bot.summary.newsrank import Draft
from bot.summary.selection import SET_COLUMNS, figures_of, pool, sets_of
from bot.summary.weights import ANY, Trees, Weights, likelihood
from bot.text.words import stop_words, words

WORDS = Growth(trees=60, calm=25.0, odds=True)
SENTENCES = Growth(trees=80, calm=200.0)
SMALL_SETS = 2.0
"""What an article of another set than cnndm counts: there are five times as many of those."""
READERS = 4
"""References that one article learns from at most."""
KNOWN = 15
"""Articles that have a word whose rarity is kept; rarer ones are names and chance."""
STEADY = 100.0
"""The ridge of the last step, in columns of unit variance."""

Reference = tuple[Counter[str], Counter[tuple[str, str]]]


@dataclass
class Lesson:
    """An article with what is to be learned from it."""

    case: Case
    copy: Copy
    draft: Draft
    references: list[Reference]
    wanted: Floats
    score: Floats
    precision: Floats

    @property
    def weight(self) -> float:
        return 1.0 if self.case.set == "cnndm" else SMALL_SETS


def counters(tokens: Sequence[str]) -> Reference:
    return Counter(tokens), Counter(pairwise(tokens))


def f1(hits: int, one: int, other: int) -> float:
    return 2 * hits / (one + other) if one + other > 0 else 0.0


def rouge(tokens: Sequence[str], references: Iterable[Reference]) -> float:
    """ROUGE-1 and ROUGE-2 F1 together, averaged over the references."""
    single, double = counters(tokens)
    return fmean(
        f1((single & one).total(), single.total(), one.total())
        + f1((double & two).total(), double.total(), two.total())
        for one, two in references
    )


def rarities(read: Iterable[Case]) -> dict[str, float]:
    """The logarithm of one in how many articles has a word; of every word that enough of them have."""
    texts = {case.article.text for case in read}
    counts = Counter(key for text in texts for key in {key_of(word) for word in words(text)})
    found = {key: round(log(len(texts) / count), 1) for key, count in counts.items() if count >= KNOWN}
    return {**found, "": round(log(2 * len(texts) / KNOWN), 1)}


def lesson(case: Case, language: str, rarity: Mapping[str, float]) -> Lesson:
    sentences = sentences_of(case.article, case.spans)
    draft = Draft(sentences, "en", stop_words("en"))
    keys = dict.fromkeys(key_of(word) for found in sentences.words for word in found)
    wanted = {key_of(word) for word in words(case.references[0])}
    references = [counters(stems(reference)) for reference in case.references[:READERS]]
    hits = [
        fmean((Counter(tokens) & one).total() for one, _ in references) / max(1, len(tokens))
        for tokens in case.stems
    ]
    return Lesson(
        case,
        draft.counted(language, rarity),
        draft,
        references,
        np.array([float(key in wanted) for key in keys]),
        np.array([rouge(tokens, references) for tokens in case.stems]),
        np.array(hits),
    )


def stacked(lessons: Sequence[Lesson], name: str) -> Floats:
    return np.concatenate([getattr(one, name) for one in lessons])


def learned(lessons: Sequence[Lesson], rarity: Mapping[str, float]) -> Weights:
    """Weights from these lessons."""
    wanted = stacked(lessons, "wanted")
    word = WORDS.fit(np.vstack([one.copy.words for one in lessons]), wanted, np.ones(len(wanted)))
    rows = [sentence_rows(one, word) for one in lessons]
    halves = [[at for at, one in enumerate(lessons) if one.case.fold % 2 == side] for side in (0, 1)]
    sets, targets, weights = [], [], []
    for side in (0, 1):
        score, precision = sentence_trees(
            [lessons[at] for at in halves[side]], [rows[at] for at in halves[side]]
        )
        for at in halves[1 - side]:
            made, worth = set_rows(lessons[at], word, score(rows[at]), precision(rows[at]))
            if not len(worth):
                continue
            sets.append(made - made.mean(axis=0))
            targets.append(worth - worth.mean())
            weights.append(np.full(len(worth), lessons[at].weight))
    whole = ridge(np.vstack(sets), np.concatenate(targets), np.concatenate(weights))
    return Weights(word, *sentence_trees(lessons, rows), whole, rarity)


def sentence_rows(one: Lesson, word: Trees) -> Floats:
    return np.hstack([one.copy.sentences, promised(one.copy, likelihood(word(one.copy.words)))])


def sentence_trees(lessons: Sequence[Lesson], rows: Sequence[Floats]) -> tuple[Trees, Trees]:
    together = np.vstack(rows)
    weight = np.concatenate([np.full(len(one.score), one.weight) for one in lessons])
    score = SENTENCES.fit(together, stacked(lessons, "score"), weight)
    return score, SENTENCES.fit(together, stacked(lessons, "precision"), weight)


def set_rows(one: Lesson, word: Trees, score: Floats, precision: Floats) -> tuple[Floats, Floats]:
    needs = one.draft.needs()
    sets = sets_of(pool(score, one.draft.unfit(), needs), 3, needs)
    if not sets:
        return np.zeros((0, len(SET_COLUMNS))), np.zeros(0)
    rows = figures_of(sets, one.copy, likelihood(word(one.copy.words)), score, precision)
    tokens = [[token for at in chosen for token in one.case.stems[at]] for chosen in sets]
    return rows, np.array([rouge(found, one.references) for found in tokens])


def ridge(rows: Floats, target: Floats, weight: Floats) -> Floats:
    spread = rows.std(axis=0) + 1e-9
    scaled = rows / spread
    square = scaled.T @ (scaled * weight[:, None]) + STEADY * np.eye(rows.shape[1])
    found: Floats = np.linalg.solve(square, scaled.T @ (weight * target)) / spread
    return found


def as_data(weights: Weights) -> dict[str, object]:
    def trees(one: Trees, columns: Sequence[str]) -> dict[str, object]:
        used = sorted({int(at) for at in one.column.flat})
        return {
            "start": round(one.start, 5),
            "columns": [columns[at] for at in used],
            "column": [[used.index(int(at)) for at in tree] for tree in one.column],
            "above": [[float(f"{value:.6g}") for value in tree] for tree in one.above],
            "leaf": [[float(f"{value:.4g}") for value in tree] for tree in one.leaf],
        }

    rarity: dict[str, list[str]] = {}
    for key, value in sorted(weights.rarity.items()):
        rarity.setdefault(str(round(10 * value)), []).append(key)
    return {
        "rarity": {tenths: " ".join(keys) for tenths, keys in sorted(rarity.items())},
        "word": trees(weights.word, WORD_COLUMNS),
        "score": trees(weights.score, SENTENCE_COLUMNS),
        "precision": trees(weights.precision, SENTENCE_COLUMNS),
        "whole": {
            name: float(f"{value:.6g}") for name, value in zip(SET_COLUMNS, weights.whole, strict=True)
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", type=Path, default=Path("bot/summary/newsrank.json"))
    parser.add_argument("--sets", nargs="+", default=SETS, help="learn from these folders of DIR alone")
    options = parser.parse_args()
    read = list(cases(options.data, options.sets))
    found = {}
    for name in ("en", ANY):
        rarity = {"": 1.0} if name == ANY else rarities(read)
        lessons = [lesson(case, name, rarity) for case in read]
        found[name] = as_data(learned(lessons, rarity))
        print(f"{name}: learned from {len(lessons)} articles")
    text = json.dumps(found, separators=(",", ":")).replace("],[", "],\n[").replace('},"', '},\n"')
    options.write.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
