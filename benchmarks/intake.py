"""Files to searchable: `copydesk ingest` of a folder of plain texts, and the script of an afternoon.

    python benchmarks/intake.py [--files 300] [--words 700] [--before CHECKOUT]

The script reads each file and has sumy's LexRank choose three sentences; it keeps nothing, and knows no quotes,
stories or search. Milliseconds an article over all processes, starts included; CPU, and by the clock.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_up import Writer

HERE = Path(__file__).resolve().parents[1]
AFTERNOON = """
import sys
from pathlib import Path
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
    list(summarizer(PlaintextParser.from_string(path.read_text(), Tokenizer()).document, 3))
"""


def _measured(command: list[str], folder: Path, checkout: Path, files: int) -> str:
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(checkout)}
    subprocess.run(command, check=True, cwd=folder, env=environment, capture_output=True)
    took, after = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{1000 * used / files:>9.1f}{1000 * took / files:>9.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--words", type=int, default=700)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--data", help=argparse.SUPPRESS)  # as every table is given it
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        texts = folder / "texts"
        texts.mkdir()
        for entry in islice(Writer(length=options.words).entries(), options.files):
            (texts / f"{entry.id:05}.txt").write_text(f"{entry.article.title}\n\n{entry.article.text}\n")
        print(
            f"{options.files} files of {options.words} words; milliseconds an article"
            + "CPU    clock".rjust(16)
        )
        script = [sys.executable, "-c", AFTERNOON, str(texts)]
        print(f"{'script of an afternoon':<48}{_measured(script, folder, HERE, options.files)}", flush=True)
        checkouts = {"before": options.before.resolve()} if options.before else {}
        for name, checkout in (checkouts | {"copydesk": HERE}).items():
            there = folder / name
            there.mkdir()
            (there / "config.toml").write_text('timezone = "UTC"\n')
            command = [sys.executable, "-m", "bot", "ingest", str(texts)]
            print(f"{name:<48}{_measured(command, there, checkout, options.files)}", flush=True)


if __name__ == "__main__":
    main()
