"""How well stories are found, article by article in the order of their dates, against two peers.

    python benchmarks/stories.py --data DIR [--days | --growth ARTICLES]

B-cubed precision, recall and F. Ours has one setting for all sets and sees each article once. The
peers are given the whole set's document frequencies and, for each set, the threshold that is best
for them there: tf-idf with average linkage over all pairs, and tf-idf in a single pass, where an
article joins the story of the nearest centroid. Times are of the processor; `--growth` takes those
of 10^3 to 10^5 generated articles. `--days` lets articles arrive on their days and stories rest for a
week at most: how many later articles, a day or more after their story's newest, went on with it, and
how many first articles of a story joined another one.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import log, sqrt
from pathlib import Path
from time import process_time

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.article.fields.fingerprint import fingerprint
from bot.domain.model import Article, Member, Span
from bot.stories.evidence import WEIGHTS
from bot.stories.recent import RecentStories
from bot.stories.similarity import STOP, folded

SETS = ("giveme5w1h_clusters", "ecbplus_clusters", "uci_headline_clusters")
THRESHOLDS = [step / 100 for step in (*range(2, 20), *range(20, 61, 2))]
DAY, WEEK = timedelta(days=1), timedelta(days=7)
ARRIVED = datetime(2026, 1, 1, tzinfo=UTC)
Vector = dict[str, float]


def moment(text: str | None) -> datetime | None:
    if not text:
        return None
    if text.isdecimal():
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    when = datetime.fromisoformat(text)
    return when.replace(tzinfo=when.tzinfo or UTC)


def articles(path: Path) -> list[tuple[Article, str]]:
    """The articles in the order of their dates, the undated last, each with the name of its cluster."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = row.get("text") or row["title"]
            article = Article(
                title=row.get("title"),
                text=text,
                paragraphs=(Span(0, len(text)),),
                content_key=row["id"],
                fingerprint=fingerprint(text),
                published=moment(row.get("date")),
                source=row.get("source"),
                language=row.get("lang"),
            )
            found.append((article, row["cluster"]))
    latest = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: (one[0].published or latest, one[0].content_key))


def b_cubed(found: Sequence[int], reference: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F (Bagga and Baldwin 1998)."""
    sizes, groups, both = Counter(found), Counter(reference), Counter(zip(found, reference, strict=True))
    precision = sum(count**2 / sizes[story] for (story, _), count in both.items()) / len(found)
    recall = sum(count**2 / groups[group] for (_, group), count in both.items()) / len(found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def ours(
    stream: Iterable[tuple[Article, datetime]],
    *,
    memory: timedelta = WEEK,
    weights: Mapping[str, float] = WEIGHTS,
) -> list[int]:
    """The story of each article, as they are known at the end."""
    recent, stories = RecentStories(weights), []
    into: dict[int, int] = {}
    for number, (article, added) in enumerate(stream):
        recent.forget(added - memory)
        placed = recent.place(article)
        story = number if placed.story is None else placed.story
        recent.merge(story, placed.absorbs)
        into |= dict.fromkeys(placed.absorbs, story)
        recent.remember(Member(number, story, added, placed.gist))
        stories.append(story)

    def last(story: int) -> int:
        return last(into[story]) if story in into else story

    return [last(story) for story in stories]


def tf_idf(rows: Sequence[Article]) -> list[Vector]:
    texts = [f"{row.title or ''}\n{'' if row.text == row.title else row.text}" for row in rows]
    counts = [Counter(word for word in folded(text) if word not in STOP) for text in texts]
    held = Counter(word for count in counts for word in count)
    vectors = []
    for count in counts:
        weights = {w: (1 + log(n)) * (1 + log((1 + len(rows)) / (1 + held[w]))) for w, n in count.items()}
        length = sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        vectors.append({word: weight / length for word, weight in weights.items()})
    return vectors


def resemblances(vectors: Sequence[Vector]) -> np.ndarray:
    """The cosine of each pair; of each with itself, less than any."""
    held: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for word, weight in vector.items():
            held[word].append((number, weight))
    near = np.zeros((len(vectors), len(vectors)), np.float32)
    for holders in held.values():
        at, weights = np.array([n for n, _ in holders]), np.array([w for _, w in holders], np.float32)
        near[np.ix_(at, at)] += np.outer(weights, weights)
    np.fill_diagonal(near, -2)
    return near


def linked(near: np.ndarray) -> list[tuple[float, int, int]]:
    """The merges of average linkage, by chains of nearest neighbours (Murtagh 1983)."""
    sizes, gone = np.ones(len(near)), np.zeros(len(near))
    chain: list[int] = []
    merges: list[tuple[float, int, int]] = []
    while len(merges) < len(near) - 1:
        if not chain:
            chain.append(int(np.argmax(gone == 0)))
        one = chain[-1]
        row = near[one] + gone
        other = int(np.argmax(row))
        if len(chain) > 1 and row[chain[-2]] >= row[other]:
            other = chain[-2]
            del chain[-2:]
            merges.append((float(row[other]), one, other))
            both = (sizes[one] * near[one] + sizes[other] * near[other]) / (sizes[one] + sizes[other])
            near[one], near[:, one] = both, both
            near[one, one] = -2
            sizes[one] += sizes[other]
            gone[other] = -9
        else:
            chain.append(other)
    return merges


def average_linkage(vectors: Sequence[Vector]) -> Callable[[float], list[int]]:
    """Groups by threshold; all merges are made once."""
    merges = linked(resemblances(vectors))

    def groups(threshold: float) -> list[int]:
        parent = list(range(len(vectors)))

        def root(at: int) -> int:
            while parent[at] != at:
                at = parent[at]
            return at

        for similarity, one, other in merges:
            if similarity >= threshold:
                parent[root(other)] = root(one)
        return [root(at) for at in range(len(vectors))]

    return groups


def single_pass(vectors: Sequence[Vector]) -> Callable[[float], list[int]]:
    """Groups by threshold: each article joins the story whose centroid is nearest, if that is near enough."""

    def groups(threshold: float) -> list[int]:
        sums: list[Vector] = []
        squares: list[float] = []
        held: dict[str, set[int]] = defaultdict(set)
        found = []
        for vector in vectors:
            products: dict[int, float] = defaultdict(float)
            for word, weight in vector.items():
                for story in held[word]:
                    products[story] += weight * sums[story][word]
            best = max(products, key=lambda s: (products[s] / sqrt(squares[s]), -s), default=None)
            if best is None or products[best] / sqrt(squares[best]) < threshold:
                best = len(sums)
                sums.append({})
                squares.append(0.0)
            squares[best] += 1.0 + 2 * products.get(best, 0.0)
            for word, weight in vector.items():
                sums[best][word] = sums[best].get(word, 0.0) + weight
                held[word].add(best)
            found.append(best)
        return found

    return groups


def tuned(
    groups: Callable[[float], list[int]], reference: Sequence[str], steps: Sequence[float]
) -> tuple[tuple[float, float, float], float]:
    scored = [(b_cubed(groups(step), reference), step) for step in steps]
    return max(scored, key=lambda one: one[0][2])


def spelled(number: int) -> str:
    """A word of its own for each number."""
    syllables: list[str] = []
    while not syllables or number:
        number, at = divmod(number, 75)
        syllables.append("bdfghjklmnprstv"[at // 5] + "aeiou"[at % 5])
    return "".join(syllables)


def generated(size: int, seed: int = 1) -> Iterable[tuple[Article, datetime]]:
    """Articles of invented words, one in three on a story of the last days; 2,000 a day."""
    chance = random.Random(seed)
    common = [spelled(n) for n in range(20_000)]
    weights = [1 / (n + 100) for n in range(len(common))]  # without the small words
    events: list[list[str]] = []
    for number in range(size):
        if not events or chance.random() < 2 / 3:
            words = [spelled(20_000 + 12 * number + n) for n in range(12)]
            events.append([word.title() if n < 6 else word for n, word in enumerate(words)])
        event = events[-1 - min(int(chance.expovariate(1 / 300)), len(events) - 1)]
        words = [*chance.sample(event, 9), *chance.choices(common, weights, k=110)]
        chance.shuffle(words)
        text, added = " ".join(words), ARRIVED + timedelta(seconds=43.2 * number)
        article = Article(
            title=" ".join(chance.sample(event, 5)),
            text=text,
            paragraphs=(Span(0, len(text)),),
            content_key=str(number),
            fingerprint=fingerprint(text),
            published=added,
        )
        yield article, added


def measure_sets(data: Path, *, peers: bool) -> None:
    print(f"{'set':24}{'articles':>9}  {'method':28}{'P':>6}{'R':>7}{'F':>7}{'threshold':>13}{'ms each':>9}")
    for name in SETS:
        rows = articles(data / name / "dev.jsonl")
        stream, reference = [article for article, _ in rows], [group for _, group in rows]
        start = process_time()
        found = ours([(article, ARRIVED) for article in stream])
        each = f"{1000 * (process_time() - start) / len(rows):9.2f}"
        lines = [("copydesk", b_cubed(found, reference), "one for all", each)]
        if peers:
            vectors = tf_idf(stream)
            for method, steps in ((average_linkage, THRESHOLDS), (single_pass, THRESHOLDS[::3])):
                score, best = tuned(method(vectors), reference, steps)
                label = f"tf-idf, {method.__name__.replace('_', ' ')}"
                lines.append((label, score, f"{best:.2f}", ""))
        for label, score, step, each in lines:
            figures = "".join(f"{value:7.3f}" for value in score)
            print(f"{name:24}{len(rows):9}  {label:27}{figures}{step:>13}{each}", flush=True)


def measure_days(data: Path) -> None:
    """Articles arrive on their days; a story that rests for more than a week begins anew in the reference, too."""
    print(f"{'set':24}{'dated':>7}{'P':>8}{'R':>7}{'F':>7}{'went on':>16}{'wrongly':>9}")
    for name in SETS:
        rows = [(row, group) for row, group in articles(data / name / "dev.jsonl") if row.published]
        if not rows:
            print(f"{name:24}{0:7}")
            continue
        stream = [(row, row.published) for row, _ in rows if row.published]
        found = ours(stream, memory=WEEK)
        reference: list[str] = []
        newest: dict[str, tuple[int, datetime]] = {}
        wanted = went = wrong = 0
        for number, ((_, group), (_, at)) in enumerate(zip(rows, stream, strict=True)):
            before = newest.get(group)
            goes_on = before is not None and at - before[1] <= WEEK
            reference.append(reference[before[0]] if before and goes_on else f"{group} {number}")
            if before and goes_on and at - before[1] >= DAY:
                wanted += 1
                went += found[number] == found[before[0]]
            if before is None:
                wrong += found[number] in found[:number]
            newest[group] = number, at
        p, r, f = b_cubed(found, reference)
        print(
            f"{name:24}{len(rows):7}{p:8.3f}{r:7.3f}{f:7.3f}{f'{went} of {wanted}':>16}{wrong:9}", flush=True
        )


def measure_growth(most: int) -> None:
    print(f"{'articles':>9}{'stories':>9}{'ms each':>9}")
    size = 1000
    while size <= most:
        stream = list(generated(size))
        start = process_time()
        found = ours(stream)
        took = process_time() - start
        print(f"{size:9}{len(set(found)):9}{1000 * took / size:9.2f}", flush=True)
        size *= 10


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--peers", choices=("all", "copydesk"), default="all")
    options.add_argument(
        "--growth", type=int, metavar="ARTICLES", help="time generated articles, up to so many"
    )
    options.add_argument("--days", action="store_true", help="let articles arrive on their days")
    chosen = options.parse_args()
    if chosen.growth:
        measure_growth(chosen.growth)
    elif chosen.days:
        measure_days(chosen.data)
    else:
        measure_sets(chosen.data, peers=chosen.peers == "all")


if __name__ == "__main__":
    main()
