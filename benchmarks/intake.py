"""Files to searchable: `copydesk ingest` of a folder of plain texts, and the script of an afternoon.

    python benchmarks/intake.py [--files 300] [--words 700] [--before CHECKOUT] [--readers 2]
    python benchmarks/intake.py --pages [--files 600] --data DIR
    python benchmarks/intake.py --arriving SECONDS [--rate 50]

The script reads each file and has sumy's LexRank choose three sentences; it keeps nothing, and knows no quotes,
stories or search. Milliseconds an article over all processes, starts included; CPU, and by the clock.
With ``--pages`` the files are saved pages of the evaluation sets in DIR, of which trafilatura finds the script's texts.

With ``--arriving``, so many files a second are dropped into the inbox of a running desk, and the index is looked
at ten times a second: from a file's rename into the inbox to the moment when it can be found.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_up import Writer
from bot.search.index import IndexSettings, open_index

HERE = Path(__file__).resolve().parents[1]
AFTERNOON = """
import sys
from pathlib import Path
from trafilatura import extract
from sumy.nlp.stemmers import Stemmer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
from bot.text.words import stop_words

class Tokenizer:
    def to_sentences(self, text):
        return [one.strip() + "." for one in text.split(". ") if one.strip()]
    def to_words(self, text):
        return text.split()

summarizer = LexRankSummarizer(Stemmer("english"))
summarizer.stop_words = stop_words("en")
for path in sorted(Path(sys.argv[1]).iterdir()):
    text = (extract(path.read_bytes()) or "") if path.suffix == ".html" else path.read_text()
    list(summarizer(PlaintextParser.from_string(text, Tokenizer()).document, 3))
"""


def _texts(folder: Path, files: int, words: int) -> None:
    for entry in islice(Writer(length=words).entries(), files):
        (folder / f"{entry.id:05}.txt").write_text(f"{entry.article.title}\n\n{entry.article.text}\n")


def _pages(folder: Path, files: int, data: Path) -> int:
    """As many saved pages as there are, of all sets in turn by their names; how many."""
    saved = sorted(data.glob("*/html/*.html.gz"), key=lambda path: (path.name, path.parts))[:files]
    for number, path in enumerate(saved):
        (folder / f"{number:05}.html").write_bytes(gzip.decompress(path.read_bytes()))
    return len(saved)


def _measured(command: list[str], folder: Path, checkout: Path, files: int) -> str:
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(checkout)}
    done = subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode not in (0, 1):  # 1: some of the pages have no article
        raise SystemExit(done.stderr)
    took, after = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{1000 * used / files:>9.1f}{1000 * took / files:>9.1f}"


def _dropped(folder: Path, files: int, rate: float, words: int, at: dict[str, float]) -> None:
    """Drop the files one by one, each complete at once, and note when."""
    entries, begun = list(islice(Writer(length=words).entries(), files)), time.time()
    for number, entry in enumerate(entries):
        time.sleep(max(0.0, begun + number / rate - time.time()))
        half, name = folder / f".{number}.part", f"{number:05}.txt"
        half.write_text(f"{entry.article.title}\n\n{entry.article.text}\n")
        os.utime(half, (time.time(), time.time() - 0.01))  # as if it was written before it was renamed
        half.rename(folder / name)
        at[name] = time.time()


def _arriving(folder: Path, seconds: int, rate: float, words: int) -> None:
    (folder / "config.toml").write_text('timezone = "UTC"\n')
    (folder / "inbox").mkdir()
    log = (folder / "log.txt").open("w")
    desk = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(HERE)},
        stdout=log,
        stderr=log,
    )
    dropped: dict[str, float] = {}
    found: dict[int, float] = {}
    files, warm = round(seconds * rate), 8
    try:
        _dropped(folder / "inbox", warm, 1.0, words, {})  # the workers start
        index = open_index(IndexSettings(folder / "data" / "index"))
        before = {number for number, _, _ in index.stamps()}
        args = (folder / "inbox", files + warm, rate, words, dropped)
        sender = threading.Thread(target=_dropped, args=args)
        sender.start()
        deadline = time.time() + 3 * seconds + 30
        while len(found) < files and time.time() < deadline:
            time.sleep(0.1)
            now = time.time()
            found |= {number: now for number, _, _ in index.stamps() if number not in before | found.keys()}
        sender.join()
    finally:
        desk.terminate()
        desk.wait(60)
    with sqlite3.connect(folder / "data" / "copydesk.db") as library:
        origins = dict(library.execute("SELECT id, origin FROM entries"))
    waits = [found[number] - dropped[origins[number]] for number in found if origins[number] in dropped]
    cuts = statistics.quantiles(waits, n=100)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{rate:g} files a second for {seconds} s: {len(waits)} found")
    print(f"arrival to searchable: p50 {cuts[49]:.2f} s, p95 {cuts[94]:.2f} s, p99 {cuts[98]:.2f} s")
    print(f"CPU of the desk: {1000 * (used.ru_utime + used.ru_stime) / files:.1f} ms an article")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--words", type=int, default=700)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--data", type=Path, help="where the evaluation sets lie")
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--readers", type=int, default=2, help="worker processes")
    parser.add_argument("--arriving", type=int, metavar="SECONDS")
    parser.add_argument("--rate", type=float, default=50.0)
    options = parser.parse_args()
    if options.arriving:
        with tempfile.TemporaryDirectory() as made:
            _arriving(Path(made), options.arriving, options.rate, options.words)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        texts = folder / "texts"
        texts.mkdir()
        files, what = options.files, f"files of {options.words} words"
        if options.pages:
            files, what = _pages(texts, files, options.data), "saved pages"
        else:
            _texts(texts, files, options.words)
        print(f"{f'{files} {what}; milliseconds an article':<48}      CPU    clock")
        script = [sys.executable, "-c", AFTERNOON, str(texts)]
        print(f"{'script of an afternoon':<48}{_measured(script, folder, HERE, files)}", flush=True)
        checkouts = {"before": options.before.resolve()} if options.before else {}
        for name, checkout in (checkouts | {"copydesk": HERE}).items():
            there = folder / name
            there.mkdir()
            (there / "config.toml").write_text(f'timezone = "UTC"\n\n[inbox]\nreaders = {options.readers}\n')
            command = [sys.executable, "-m", "bot", "ingest", str(texts)]
            print(f"{name:<48}{_measured(command, there, checkout, files)}", flush=True)


if __name__ == "__main__":
    main()
