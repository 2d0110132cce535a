"""ROUGE of every summary method against people's summaries: `summaries.py --data DIR [--limit N]`.

newsrank was taught on the development halves, so there each article is summarised by weights that
were learned without its fifth (`--folds FILE` keeps those for the next run). On other data
(`--half heldout`) the shipped weights are used.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean

from rouge_score.rouge_scorer import RougeScorer

from benchmarks.references import FOLDS, SETS, Case, cases, stems
from benchmarks.train_newsrank import as_data, counters, learned, lesson, rarities, rouge
from bot.summary.methods import METHODS
from bot.summary.summarizers import summarizer
from bot.summary.sumy_classes import NewsRankSummarizer, document_model
from bot.summary.weights import Weights
from bot.text.words import stop_words

KEYS = ("rouge1", "rouge2", "rougeLsum")
Lines = list[str]
Scores = dict[str, list[float]]


def fold_weights(read: Sequence[Case], kept: Path | None) -> dict[int, Weights]:
    """For each fold weights that have not seen it."""
    if kept is not None and kept.is_file():
        return {int(fold): Weights.read(data) for fold, data in json.loads(kept.read_text()).items()}
    rarity = rarities(read)
    lessons = [lesson(case, "en", rarity) for case in read]
    found = {
        fold: as_data(learned([one for one in lessons if one.case.fold != fold], rarity))
        for fold in range(FOLDS)
    }
    if kept is not None:
        kept.write_text(json.dumps(found))
    return {fold: Weights.read(data) for fold, data in found.items()}


def by_newsrank(case: Case, count: int, weights: Weights | None) -> tuple[int, ...]:
    found = NewsRankSummarizer("en", stop_words=stop_words("en"), weights=weights)
    chosen = found(document_model(case.article, case.spans), count)
    return tuple(case.spans.index(one.span) for one in chosen)


def by_method(case: Case, count: int, method: str) -> tuple[int, ...]:
    place = {span: at for at, span in enumerate(case.spans)}
    return tuple(place[span] for span in summarizer(method)(case.article, sentences=count).sentences)


def by_oracle(case: Case, count: int) -> tuple[int, ...]:
    """Greedily, knowing the reference."""
    reference, best = [counters(stems(case.references[0]))], 0.0
    chosen: tuple[int, ...] = ()
    while len(chosen) < count:
        tried = {
            at: rouge([token for one in sorted((*chosen, at)) for token in case.stems[one]], reference)
            for at in range(len(case.spans))
            if at not in chosen
        }
        at = max(tried, key=lambda one: tried[one], default=None)
        if at is None or tried[at] <= best:
            break
        chosen, best = tuple(sorted((*chosen, at))), tried[at]
    return chosen


def cut_lead(case: Case, words: int) -> Lines:
    """The first words of the article, in the middle of a sentence if need be."""
    lines: Lines = []
    for text in case.texts:
        found = text.split()[:words]
        if not found:
            break
        lines.append(" ".join(found))
        words -= len(found)
    return lines


def scored(read: Sequence[Case], chosen: Sequence[Lines]) -> Scores:
    scorer = RougeScorer(list(KEYS), use_stemmer=True)
    found: Scores = {key: [] for key in (*KEYS, "words", "sentences")}
    for case, lines in zip(read, chosen, strict=True):
        one = scorer.score(case.references[0], "\n".join(lines))
        for key in KEYS:
            found[key].append(100 * one[key].fmeasure)
        found["words"].append(sum(len(line.split()) for line in lines))
        found["sentences"].append(len(lines))
    return found


def interval(differences: Sequence[float], draws: int = 2000) -> tuple[float, float]:
    """The 95 % interval of the mean, by bootstrap over articles."""
    draw = random.Random(1)
    size = len(differences)
    means = sorted(fmean(draw.choices(differences, k=size)) for _ in range(draws))
    return means[int(0.025 * draws)], means[int(0.975 * draws)]


def run(read: Sequence[Case], options: argparse.Namespace) -> tuple[dict[str, Scores], dict[str, float]]:
    weights = fold_weights(read, options.folds) if options.half == "dev" else {}
    count = options.sentences
    choosers: dict[str, Callable[[Case], tuple[int, ...]]] = {
        "newsrank": lambda case: by_newsrank(case, count, weights.get(case.fold)),
        "lead-2": lambda case: tuple(range(min(2, len(case.spans)))),
        "lead-3": lambda case: tuple(range(min(3, len(case.spans)))),
        **{name: partial(by_method, count=count, method=name) for name in options.methods},
        "oracle": lambda case: by_oracle(case, count),
    }
    table, spent = {}, {}
    for name, choose in choosers.items():
        started = time.perf_counter()
        lines = [[case.texts[at] for at in choose(case)] for case in read]
        spent[name] = 1000 * (time.perf_counter() - started) / len(read)
        table[name] = scored(read, lines)
        if name == "newsrank":
            cut = [
                cut_lead(case, sum(len(line.split()) for line in found))
                for case, found in zip(read, lines, strict=True)
            ]
            table["lead, same words"], spent["lead, same words"] = scored(read, cut), 0.0
    return table, spent


def print_table(title: str, table: dict[str, Scores], spent: dict[str, float], at: Sequence[int]) -> None:
    print(f"\n{title} ({len(at)} articles)")
    print(f"{'method':<18}{'R1':>7}{'R2':>7}{'RLsum':>7}{'words':>7}{'sent.':>7}{'ms':>8}")
    for name, scores in table.items():
        means = [fmean(scores[key][one] for one in at) for key in (*KEYS, "words", "sentences")]
        print(f"{name:<18}" + "".join(f"{mean:>7.1f}" for mean in means) + f"{spent[name]:>8.1f}")
    for rival in ("lead-3", "lead, same words", "lead-2"):
        gains = []
        for key in KEYS:
            ours, theirs = table["newsrank"][key], table[rival][key]
            gain = [ours[one] - theirs[one] for one in at]
            low, high = interval(gain)
            gains.append(f"{fmean(gain):+.2f} ({low:+.2f} to {high:+.2f})")
        print(
            f"newsrank over {rival}: "
            + ", ".join(f"{key} {one}" for key, one in zip(KEYS, gains, strict=True))
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--half", default="dev", choices=("dev", "heldout"))
    parser.add_argument("--limit", type=int, help="only the first N articles of each set")
    parser.add_argument("--sentences", type=int, default=3)
    parser.add_argument("--folds", type=Path, help="where to keep the weights of the folds")
    others = [name for name in METHODS if name not in {"newsrank", "lead"}]
    parser.add_argument("--methods", nargs="*", default=others, choices=others)
    options = parser.parse_args()
    read = list(cases(options.data, SETS, options.limit, options.half))
    table, spent = run(read, options)
    for name in SETS:
        if at := [number for number, case in enumerate(read) if case.set == name]:
            print_table(name, table, spent, at)
    if at := [number for number, case in enumerate(read) if case.set != "cnndm"]:
        print_table("all sets but cnndm, pooled", table, spent, at)


if __name__ == "__main__":
    main()
