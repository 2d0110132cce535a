"""Ten of the worst pages of fundus_pages and article_extraction_benchmark, read by this checkout and by an earlier one.

    python benchmarks/before_after.py --data DIR [--before CHECKOUT] [--page ID]

DIR holds the sets' folders; CHECKOUT is a folder with another state of this project. Nothing of a page is printed
but counts: the words of the body, how much of the expected body's runs of four words it has (`held`), the paragraphs
of which less than a third are expected (`stray`) and their words, and whether the title is the set's. What is left
out has a reason in the later state alone: the most frequent are told with their words.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.shingles import shingles

HERE = Path(__file__).resolve().parents[1]
RECEIVED = datetime(2031, 3, 5, tzinfo=UTC)
PAGES = (
    "fundus-ca-NationalPost_2024_08_28",
    "fundus-ind-TimesOfIndia_2024_09_02",
    "fundus-us-APNews_2024_09_03",
    "fundus-ch-NZZ_2024_07_18",
    "fundus-de-JungeWelt_2026_05_18",
    "fundus-de-Tagesspiegel_2024_04_29",
    "fundus-cz-SeznamZpravy_2025_04_08",
    "fundus-es-ABC_2026_04_25",
    "fundus-no-Dagbladet_2026_01_06",
    "156770d676ce79905198e1c8407f81e5ecfb617d9aa44712718707eb7e3b",
)
"""Bodies that a reader called bad: stray lines, blocks glued together, another article within. An id may be cut short."""
_STRAY = 1 / 3
_REASONS = 3


def rows(data: Path, wanted: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], bytes]]:
    for name in ("fundus_pages", "article_extraction_benchmark"):
        for line in (data / name / "dev.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            if row["id"].startswith(wanted):
                yield row, gzip.decompress((data / name / row["html"]).read_bytes())


def read(data: Path, wanted: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """What the checkout that is imported makes of each page."""
    from bot.article.extract import extract
    from bot.domain.model import Document

    left_out: Any = None
    with suppress(ImportError):  # an earlier state has none
        left_out = import_module("bot.article.left_out").left_out
    for row, page in rows(data, wanted):
        document = Document(f"{row['id']}.html", page, RECEIVED)
        article = extract(document)
        left: Counter[str] = Counter()
        for one in left_out(document, article) if left_out else ():
            left[one.reason] += len(one.text.split())
        yield {"title": article.title, "text": article.text, "left": left}


def told(row: dict[str, Any], found: dict[str, Any]) -> str:
    gold = row["text"] if isinstance(row["text"], str) else "\n".join(row["text"])
    expected, given = shingles(gold), shingles(found["text"])
    held = (expected & given).total() / expected.total()
    stray = [
        paragraph
        for paragraph in found["text"].split("\n\n")
        if (own := shingles(paragraph))
        and (own & expected).total() < _STRAY * own.total()
        and paragraph not in gold
    ]
    words = sum(len(paragraph.split()) for paragraph in stray)
    title = " ".join((row.get("title") or "").split())
    right = "-" if not title else "right" if title == " ".join((found["title"] or "").split()) else "wrong"
    return f"{len(found['text'].split()):>8}{held:>7.3f}{len(stray):>7}{words:>7}  {right:<6}"


def by(checkout: Path, data: Path, wanted: tuple[str, ...]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--data", str(data.resolve()), "--dump"]
        for page in wanted:
            command += ["--page", page]
        environment = {**os.environ, "PYTHONPATH": str(checkout.resolve())}
        output = subprocess.run(command, check=True, cwd=folder, env=environment, stdout=subprocess.PIPE)
    return [json.loads(line) for line in output.stdout.decode().splitlines()]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="the folder of the sets")
    options.add_argument("--before", type=Path, help="a checkout of an earlier state")
    options.add_argument("--page", action="append", help="this page instead of the ten; may be repeated")
    options.add_argument("--dump", action="store_true", help="print what this checkout reads, as JSON")
    given = options.parse_args()
    wanted = tuple(given.page or PAGES)
    if given.dump:
        for found in read(given.data, wanted):
            print(json.dumps(found))
        return
    states = [("after", by(HERE, given.data, wanted))]
    if given.before:
        states.insert(0, ("before", by(given.before, given.data, wanted)))
    print(
        f"{'page':<36}{'':<8}{'words':>8}{'held':>7}{'stray':>7}{'words':>7}  title   words left out, by reason"
    )
    for number, (row, _) in enumerate(rows(given.data, wanted)):
        for name, pages in states:
            left = Counter[str](pages[number]["left"])
            reasons = "; ".join(f"{words} {reason}" for reason, words in left.most_common(_REASONS))
            print(f"{row['id'][:34]:<36}{name:<8}{told(row, pages[number])}  {reasons}".rstrip())


if __name__ == "__main__":
    main()
