"""newsrank against sumy's LexRank on the same tokenised articles, one core: `summary_speed.py`.

The articles are made up: words drawn by Zipf's law around a subject, so that sentences overlap as
those of news do. Time is the best of several runs; memory is the peak of what a run allocates.
"""

from __future__ import annotations

import argparse
import random
import time
import tracemalloc
from typing import Any

from sumy.summarizers.lex_rank import LexRankSummarizer

from benchmarks.references import article
from bot.summary.document import worthwhile
from bot.summary.sumy_classes import NewsRankSummarizer, document_model
from bot.text.words import stemmer, stop_words

SIZES = (10, 30, 100, 300, 600)
_SYLLABLES = [a + b for a in "bdfgklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "ing", "ol")]


def made_up(sentences: int, draw: random.Random) -> Any:
    """A tokenised article: the words of every sentence are found before the clock starts."""
    known = ["".join(draw.choices(_SYLLABLES, k=draw.randint(1, 4))) for _ in range(4000)]
    common = sorted(stop_words("en"))[:150]
    share = [1 / (rank + 20) for rank in range(len(known))]
    lines = []
    for _ in range(sentences):
        words = draw.choices(known, share, k=draw.randint(6, 18)) + draw.choices(common, k=9)
        draw.shuffle(words)
        lines.append(" ".join(words).capitalize() + ".")
    made = article("\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, sentences, 3)))
    document = document_model(made, worthwhile(made))
    assert sum(len(one.words) for one in document.sentences)
    return document


def timed(summarizer: Any, document: Any, runs: int) -> tuple[float, float]:
    """Milliseconds and peak kilobytes."""
    best = float("inf")
    for _ in range(runs):
        started = time.perf_counter()
        summarizer(document, 3)
        best = min(best, time.perf_counter() - started)
    tracemalloc.start()
    summarizer(document, 3)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return best * 1000, peak / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    draw = random.Random(1)
    print(
        f"{'sentences':>9}{'newsrank ms':>13}{'LexRank ms':>12}{'times':>7}{'newsrank kB':>13}{'LexRank kB':>12}"
    )
    for size in SIZES:
        document = made_up(size, draw)
        lexrank = LexRankSummarizer(stemmer("en"))
        lexrank.stop_words = stop_words("en")
        newsrank = NewsRankSummarizer("en", stop_words=stop_words("en"))
        ours = timed(newsrank, document, options.runs * 3)
        theirs = timed(lexrank, document, max(1, options.runs if size < 300 else 1))
        print(
            f"{size:>9}{ours[0]:>13.2f}{theirs[0]:>12.1f}{theirs[0] / ours[0]:>7.1f}{ours[1]:>13.0f}{theirs[1]:>12.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
