"""Saved web pages to articles, on four public sets, with the peers beside it on the same files.

    python benchmarks/html_pages.py --data DIR [--set NAME] [--peers trafilatura,htmldate] [--worst N] [--folds N]

DIR holds the sets' folders. Bodies: 4-word shingles as article_extraction_benchmark's own script
counts them; trafilatura_eval counts segments that must and must not appear. Titles: equal as
written (fundus_pages), equal in letters and digits without case (trafilatura_eval). Dates: the sets give
the day on the outlet's clock, we give an instant; in the column `date` it is right when that day is on some
clock on Earth, in `strict` when it is the day in UTC. A peer that is not installed is left out.
`--folds` splits the pages by outlet and prints the means of the folds with the least and the most: what a rule that
was fitted to one outlet gains, it gains in one fold.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

from benchmarks.peers import PEERS, Result
from benchmarks.shingles import f1, score

JOINTS = re.compile(r"[,;&]| (?:and|und|et|y|e|og|och|en) ")
SETS = ("article_extraction_benchmark", "fundus_pages", "trafilatura_eval", "htmldate_eval")


@dataclass
class Tally:
    seconds: float = 0.0
    pages: int = 0
    bodies: list[tuple[float, float]] = field(default_factory=list)
    segments: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    titles: list[bool] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    utc: list[bool] = field(default_factory=list)
    found: list[tuple[bool, bool]] = field(default_factory=list)
    standfirsts: Counter[str] = field(default_factory=Counter)
    bylines: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[float, str]] = field(default_factory=list)


def rows(folder: Path, split: str) -> Iterator[tuple[dict[str, Any], bytes]]:
    for line in (folder / f"{split}.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        yield row, gzip.decompress((folder / row["html"]).read_bytes())


def letters(text: str | None) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text or ""))).lower()


def spaced(text: str | None) -> str:
    return " ".join((text or "").split())


def squeezed(text: str) -> str:
    return "".join(text.split())


def add_body(tally: Tally, row: dict[str, Any], result: Result) -> None:
    if "must" in row:
        text = squeezed(result.text)
        for wanted, at in (("must", 0), ("must_not", 2)):
            for segment in row[wanted] or ():
                tally.segments[at + (0 if squeezed(segment) in text else 1)] += 1
    elif "text" in row:
        tally.bodies.append(score(row["text"], result.text))


def add_title(tally: Tally, row: dict[str, Any], result: Result) -> None:
    if not row.get("title"):
        return
    if "must" in row:
        tally.titles.append(letters(row["title"]) == letters(result.title))
    else:
        tally.titles.append(spaced(row["title"]) == spaced(result.title))


def add_date(tally: Tally, row: dict[str, Any], result: Result) -> None:
    if not row.get("date"):
        return
    wanted = str(row["date"])
    day = wanted[:10]
    if not day[0].isdigit():
        return
    if len(wanted) > 10:  # The set gives an instant: its day in UTC is the strict one.
        gold = datetime.fromisoformat(wanted)
        day_utc = gold.astimezone(UTC).date().isoformat() if gold.tzinfo else day
    else:
        day_utc = day
    right = result.day == day or (result.instant is not None and day in local_days(result.instant))
    tally.dates.append(right)
    tally.utc.append(result.day == day_utc)
    tally.found.append((result.day is not None, right))


def local_days(instant: datetime) -> set[str]:
    """The days that clocks on Earth show at ``instant``: most sets give the day of the outlet's clock."""
    return {(instant + timedelta(hours=ahead)).date().isoformat() for ahead in (-11, 0, 13)}


def add_standfirst(tally: Tally, row: dict[str, Any], result: Result) -> None:
    """Only fundus_pages names them, as `summary`; a page without one says nothing about those that are given."""
    if row.get("summary"):
        right = letters(result.standfirst) == letters(" ".join(row["summary"]))
        tally.standfirsts.update({"wanted": 1, "given": bool(result.standfirst), "right": right})


def add_byline(tally: Tally, row: dict[str, Any], result: Result) -> None:
    """People in any order and with any joints are the same; `authors` is fundus_pages', `author` trafilatura_eval's."""
    if wanted := row.get("authors") or row.get("author"):
        gold, ours = people(", ".join([wanted] if isinstance(wanted, str) else wanted)), people(result.byline)
        tally.bylines.update({"wanted": 1, "given": bool(ours), "right": ours == gold})


def people(byline: str | None) -> set[str]:
    return set(filter(None, map(letters, JOINTS.split(byline or ""))))


@dataclass(frozen=True)
class Measured:
    row: dict[str, Any]
    result: Result
    seconds: float


def measure(read: Callable[[bytes, str], Result], folder: Path, split: str) -> list[Measured]:
    found = []
    for row, page in rows(folder, split):
        start = time.process_time()
        result = read(page, row["id"])
        found.append(Measured(row, result, time.process_time() - start))
    return found


def outlet(row: dict[str, Any]) -> str:
    """The outlet by its name, else the last two or three labels of its host."""
    host = urlsplit(row.get("url") or "").hostname or row["id"]
    labels = host.split(".")
    return row.get("publisher") or ".".join(labels[-3:] if len(labels[-2:][0]) <= 3 else labels[-2:])


def tallied(measured: Iterable[Measured]) -> Tally:
    tally = Tally()
    for one in measured:
        row, result = one.row, one.result
        tally.seconds += one.seconds
        tally.pages += 1
        for add in (add_body, add_title, add_date, add_standfirst, add_byline):
            add(tally, row, result)
        if tally.bodies:
            p, r = tally.bodies[-1]
            tally.wrong.append((2 * p * r / (p + r) if p + r else 0.0, f"p {p:.2f} r {r:.2f} {row['id']}"))
    return tally


def by_folds(measured: Iterable[Measured], folds: int) -> str:
    parts: list[list[Measured]] = [[] for _ in range(folds)]
    for one in measured:
        parts[crc32(outlet(one.row).encode()) % folds].append(one)
    tallies = [tallied(part) for part in parts if part]
    cells = []
    for name, of in (("body", body_of), ("title", title_of), ("date", date_of), ("byline", byline_of)):
        values = [value for tally in tallies if (value := of(tally)) is not None]
        if values:
            cells.append(f"{name} {sum(values) / len(values):.3f} ({min(values):.3f} to {max(values):.3f})")
    return f"   {len(tallies)} folds of outlets: " + ", ".join(cells)


def body_of(tally: Tally) -> float | None:
    return bodies(tally)[2]


def title_of(tally: Tally) -> float | None:
    return sum(tally.titles) / len(tally.titles) if tally.titles else None


def date_of(tally: Tally) -> float | None:
    return sum(tally.dates) / len(tally.dates) if tally.dates else None


def byline_of(tally: Tally) -> float | None:
    """The part of the bylines that the set gives that are right."""
    return tally.bylines["right"] / tally.bylines["wanted"] if tally.bylines["given"] else None


def bodies(tally: Tally) -> tuple[float | None, float | None, float | None]:
    if any(p for p, _ in tally.bodies):
        return f1(tally.bodies)
    if not tally.segments[0]:
        return None, None, None
    hit, missed, extra, _ = tally.segments
    precision, recall = hit / max(1, hit + extra), hit / max(1, hit + missed)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def share(values: list[bool]) -> str:
    return f"{sum(values) / len(values):.3f}" if any(values) else "    -"


def line(name: str, tally: Tally) -> str:
    numbers = "".join("       -" if one is None else f"   {one:.3f}" for one in bodies(tally))
    found, right = (sum(pair[at] for pair in tally.found) for at in (0, 1))
    dates = "       -"
    if tally.found and found:
        p = right / found
        r = right / max(1, right + len(tally.found) - found)
        dates = f"   {2 * p * r / max(1e-9, p + r):.3f}"
    return (
        f"{name:<22}{numbers}    {share(tally.titles)}    {share(tally.dates)}{dates}    {share(tally.utc)}"
        f"  {tally.seconds / tally.pages * 1e3:7.1f}"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="the folder of the sets")
    options.add_argument("--split", default="dev", help="which half: dev (default) or heldout")
    options.add_argument("--set", action="append", choices=SETS, help="only this set; may be repeated")
    options.add_argument("--peers", help="comma-separated; default: all that are installed; 'none'")
    options.add_argument("--worst", type=int, default=0, help="list the N worst bodies of each set")
    options.add_argument("--folds", type=int, default=5, help="folds of outlets; 0 for none")
    given = options.parse_args()
    readers = PEERS(given.peers)
    for name in given.set or SETS:
        print(f"\n{name:<22}    body:p       r      F1    title     date    F(date)  strict   ms/page")
        for reader, read in readers.items():
            read(
                b"<html><body><p>The first page loads the models and is not measured.</p></body></html>",
                "warm",
            )
            measured = measure(read, given.data / name, given.split)
            tally = tallied(measured)
            if given.folds:
                print(by_folds(measured, given.folds))
            print(line(reader, tally), flush=True)
            for what, count in (("standfirsts", tally.standfirsts), ("bylines", tally.bylines)):
                if count["given"]:
                    print(
                        f"   {what}: {count['right']} right of {count['given']} given and {count['wanted']} wanted"
                    )
            for _, text in sorted(tally.wrong)[: given.worst if reader == "copydesk" else 0]:
                print("   ", text)


if __name__ == "__main__":
    main()
