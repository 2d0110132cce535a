"""Learns what each kind of evidence weighs that two stories are one, and how well that holds elsewhere.

    python benchmarks/train_stories.py --data DIR [--halves]

Articles go to their true stories, each of which is found in several parts at first, so that pairs of
articles, of an article and a story, and of two stories are all seen; every candidate that the desk
would look at is an example, where both are told in full. Sets weigh the same, and so do joining and merging. `--halves` learns
from one half of each set's topics and groups the other half, in two different splits, beside peers:
the ranker of Miranda et al., which learned from the same half, and tf-idf with average linkage at
the threshold that was best in that half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.stories import (
    ARRIVED,
    SETS,
    THRESHOLDS,
    articles,
    average_linkage,
    b_cubed,
    ours,
    tf_idf,
    tuned,
)
from benchmarks.story_ranker import Stream, learned, regression
from bot.domain.model import Member
from bot.stories.evidence import features
from bot.stories.recent import RecentStories
from bot.stories.story import Story
from bot.stories.sureness import LEARNED

PARTS = 0.12
"""How often an article of a story that is there founds another part of it."""

RIDGE = 3e-5
FULL = SETS[:2]
"""The sets of articles told in full."""

SPLITS = "", "a"
FEW = 1000
"""A set of fewer articles is learned from in three orders."""

Example = tuple[Mapping[str, float], bool]
Weights = Mapping[str, float]


def half(group: str, salt: str) -> int:
    """The half of the topics that a story belongs to; two events of a topic of ECB+ are in one."""
    topic = group.split("_", maxsplit=1)[0] if group.endswith(("ecb", "ecbplus")) else group
    return hashlib.sha1((salt + topic).encode()).digest()[0] % 2


class Truth:
    """Stories that grow as they truly did, in parts."""

    def __init__(self, seed: int) -> None:
        self.recent = RecentStories()
        self._chance = random.Random(seed)
        self._group: dict[int, str] = {}
        self._parts: dict[str, list[int]] = defaultdict(list)

    def examples(self, stream: Stream) -> Iterator[tuple[str, Example]]:
        """Each pair that is looked at, and whether it is one story; by joining and merging."""
        for number, (article, group) in enumerate(stream):
            gist = self.recent.place(article).gist
            if not gist.terms:
                continue  # a copy of a text that is there
            alone, near = Story.of(gist), self.recent.nearest(gist)
            for story, other in near.items():
                if min(alone.full, other.full) >= LEARNED:
                    yield "joining", (features(alone, other), self._group[story] == group)
            part = self._part(group, alone)
            into = number if part is None else part
            self.recent.remember(Member(number, into, ARRIVED, gist))
            if part is None:
                self._group[number] = group
                self._parts[group].append(number)
            else:
                yield from self._merges(part, group, [story for story in near if story != part])

    def _part(self, group: str, alone: Story) -> int | None:
        parts = self._parts[group]
        if not parts or self._chance.random() < PARTS:
            return None
        likeness = {part: self.recent.story(part).opening for part in parts}
        return max(parts, key=lambda part: likeness[part].dot(alone.opening) / likeness[part].articles)

    def _merges(self, part: int, group: str, others: Sequence[int]) -> Iterator[tuple[str, Example]]:
        whole = self.recent.story(part)
        for other in others:
            if min(whole.full, self.recent.story(other).full) >= LEARNED:
                yield "merging", (features(whole, self.recent.story(other)), self._group[other] == group)
        same = [other for other in others if self._group[other] == group]
        if same and self._chance.random() < 1 / 2:
            kept, gone = sorted((part, same[0]))
            self.recent.merge(kept, [gone])
            self._parts[group].remove(gone)


def trained(streams: Sequence[Stream]) -> Weights:
    """What each kind of evidence weighs, from streams whose stories are known."""
    rows: list[list[float]] = []
    labels: list[float] = []
    counts: list[tuple[int, str, int]] = []
    names: tuple[str, ...] = ("always",)
    for stream in streams:
        orders = [stream]
        if len(stream) < FEW:
            orders += [random.Random(seed).sample(stream, len(stream)) for seed in (1, 2)]
        for seed, order in enumerate(orders):
            for kind, (found, same) in Truth(seed).examples(order):
                names = *found, "always"
                rows.append([*found.values(), 1.0])
                labels.append(float(same))
                counts.append((id(stream), kind, len(order) * len(orders)))
    each = np.array([1 / size for _, _, size in counts])
    table = np.array(rows)
    mean, spread = table.mean(0), table.std(0)
    mean[-1], spread[-1] = 0.0, 1.0
    found = regression((table - mean) / spread, np.array(labels), each, ridge=RIDGE) / spread
    found[-1] -= float((found * mean)[:-1].sum())
    return {name: round(float(weight), 2) for name, weight in zip(names, found, strict=True)}


def measure_halves(sets: Mapping[str, Stream]) -> None:
    print(f"{'half':22}{'method':27}{'P':>6}{'R':>7}{'F':>7}")
    means: dict[tuple[str, str], list[tuple[float, float, float]]] = defaultdict(list)
    for salt in SPLITS:
        for number in (0, 1):
            mine = {n: [row for row in rows if half(row[1], salt) == number] for n, rows in sets.items()}
            other = {n: [row for row in rows if half(row[1], salt) != number] for n, rows in sets.items()}
            weights = trained([other[name] for name in FULL])
            ranker = learned([*other.values()])
            for name, stream in mine.items():
                reference = [group for _, group in stream]
                scored = {
                    "copydesk": b_cubed(
                        ours([(row, ARRIVED) for row, _ in stream], weights=weights), reference
                    ),
                    "Miranda et al., learned": b_cubed(ranker.groups(stream), reference),
                    "tf-idf, average linkage": b_cubed(_linked(other[name])(stream), reference),
                }
                for method, figures in scored.items():
                    means[name, method].append(figures)
                    _line(f"{name[:16]} {salt or '-'}{number}", method, figures)
    for (name, method), folds in sorted(means.items()):
        p, r, f = np.mean(folds, 0)
        _line(f"{name[:16]} mean", method, (p, r, f))


def _linked(learned_from: Stream) -> Callable[[Stream], list[int]]:
    """Average linkage at the threshold that is best for ``learned_from``."""
    vectors = tf_idf([row for row, _ in learned_from])
    _, step = tuned(average_linkage(vectors), [group for _, group in learned_from], THRESHOLDS)
    return lambda stream: average_linkage(tf_idf([row for row, _ in stream]))(step)


def _line(half_of: str, method: str, figures: tuple[float, float, float]) -> None:
    print(f"{half_of:22}{method:27}" + "".join(f"{value:7.3f}" for value in figures), flush=True)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--halves", action="store_true")
    chosen = options.parse_args()
    sets = {name: articles(chosen.data / name / "dev.jsonl") for name in SETS}
    if chosen.halves:
        measure_halves(sets)
    else:
        print(json.dumps(trained([sets[name] for name in FULL]), indent=4))


if __name__ == "__main__":
    main()
