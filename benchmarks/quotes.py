"""Quotes and speakers against PolNeAR's annotations: `quotes.py --data DIR [--limit N] [--wrong N]`.

A predicted quote matches a gold quoted region (15 characters or more, half of it inside an
attribution of type direct or mixed) at intersection over union of .8. A speaker is right when the
last name of `speaker_name` is the last word of the resolved source; no name is an abstention.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from bot.domain.model import Article, Quote, Span
from bot.quotes.find import find_quotes
from bot.text.quotation_marks import PARAGRAPH_BREAK

PLAIN = re.compile(r'["“]([^"“”\n]{13,}?)["”]')
MIN_REGION = 15


def article(text: str) -> Article:
    spans, start = [], 0
    for gap in [*(match.span() for match in PARAGRAPH_BREAK.finditer(text)), (len(text), len(text))]:
        if gap[0] > start:
            spans.append(Span(start, gap[0]))
        start = gap[1]
    return Article(title=None, text=text, paragraphs=tuple(spans), content_key="", language="en")


def gold(row: dict[str, Any]) -> list[tuple[int, int, dict[str, Any]]]:
    found = []
    for start, end in row["quoted_regions"]:
        if end - start < MIN_REGION:
            continue
        for quote in row["quotes"]:
            shared = sum(max(0, min(end, d) - max(start, c)) for c, d in quote["content_spans"])
            if quote["type"] in {"direct", "mixed"} and shared >= (end - start) / 2:
                found.append((start, end, quote))
                break
    return found


def iou(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


def last_name(name: str) -> str:
    words = [word for word in re.findall(r"[\w'’-]+", name.lower()) if word not in {"jr", "sr", "ii", "iii"}]
    return words[-1].removesuffix("'s").removesuffix("’s") if words else ""


def match(predicted: list[tuple[int, int]], row: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """Index of the prediction to the gold attribution that it matches, each used once."""
    free, pairs = gold(row), {}
    for number, one in enumerate(predicted):
        for place in free:
            if iou(one, place[:2]) >= 0.8:
                pairs[number] = place[2]
                free.remove(place)
                break
    return pairs


def figures(name: str, hits: int, predicted: int, wanted: int) -> str:
    precision, recall = hits / max(1, predicted), hits / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{name:<28}{precision:>8.3f}{recall:>8.3f}{f1:>8.3f}   ({predicted} found, {wanted} gold)"


def context(text: str, quote: Quote) -> str:
    start, end = max(0, quote.words.start - 150), min(len(text), quote.words.end + 110)
    return f"{text[start : quote.words.start]}[[{quote.words.of(text)[:60]}]]{text[quote.words.end : end]}".replace(
        "\n", "|"
    )


def verdict(quote: Quote, source: dict[str, Any]) -> str:
    if quote.speaker_name is None:
        return "silent"
    right = last_name(quote.speaker_name) == last_name(source["speaker_resolved"])
    return "right" if right else "wrong"


def print_by_outlet(outlets: dict[str, Counter[str]]) -> None:
    """No rule knows an outlet, so the spread tells what to expect of the next one."""
    for name, told in sorted(outlets.items()):
        named = told["right"] + told["wrong"]
        print(
            f"  {name:<20} precision {told['right'] / max(1, named):.3f} at coverage {named / told.total():.3f}"
            f"   ({told.total()})"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="only the first N articles")
    parser.add_argument("--wrong", type=int, default=0, help="print N wrong speakers and N abstentions")
    options = parser.parse_args()
    path = options.data / "polnear_quotes" / "dev.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][: options.limit]
    count: Counter[str] = Counter()
    outlets: defaultdict[str, Counter[str]] = defaultdict(Counter)
    missed, extra = [], []
    notes: defaultdict[str, list[str]] = defaultdict(list)
    seconds = 0.0
    for row in rows:
        started = time.perf_counter()
        quotes = find_quotes(article(row["text"]))
        seconds += time.perf_counter() - started
        plain = [found.span(1) for found in PLAIN.finditer(row["text"])]
        spans = [(quote.words.start, quote.words.end) for quote in quotes]
        # What is shorter than a gold region can be is outside the question.
        asked = [n for n, (start, end) in enumerate(spans) if end - start >= MIN_REGION - 2]
        pairs = match([spans[n] for n in asked], row)
        count["gold"] += len(gold(row))
        count["plain"] += len(plain)
        count["plain hit"] += len(match(plain, row))
        count["found"] += len(asked)
        count["hit"] += len(pairs)
        extra += [context(row["text"], quotes[n]) for at, n in enumerate(asked) if at not in pairs]
        matched = {id(source) for source in pairs.values()}
        missed += [
            row["text"][max(0, a - 120) : b + 80].replace("\n", "|")
            for a, b, q in gold(row)
            if id(q) not in matched
        ]
        for at, source in pairs.items():
            if not source["speaker_resolved"]:
                continue
            quote = quotes[asked[at]]
            count["resolved"] += 1
            told = verdict(quote, source)
            outlets[row["publisher"]][told] += 1
            count[told] += 1
            count[f"{source['resolved_by']} {told}"] += 1
            note = f"{source['speaker']} = {source['speaker_resolved']} | {quote.speaker and quote.speaker.of(row['text'])} = {quote.speaker_name} :: {context(row['text'], quote)}"
            count[f"{source['resolved_by']} all"] += 1
            notes[told].append(note)
    named = count["resolved"] - count["silent"]
    print(f"{len(rows)} articles, {1000 * seconds / len(rows):.1f} ms each")
    print(f"{'':<28}{'P':>8}{'R':>8}{'F1':>8}")
    print(figures("any region, plain expression", count["plain hit"], count["plain"], count["gold"]))
    print(figures("find_quotes", count["hit"], count["found"], count["gold"]))
    print(
        f"speaker_name: precision {count['right'] / max(1, named):.3f} at coverage {named / max(1, count['resolved']):.3f}"
    )
    # The labels are silver: a name that stands in the source is surer than a resolved pronoun.
    for way in ("name", "dcoref", "org"):
        right, false, asked_of = (count[f"{way} {what}"] for what in ("right", "wrong", "all"))
        print(
            f"  labelled by {way:<8} precision {right / max(1, right + false):.3f}"
            f" at coverage {(right + false) / max(1, asked_of):.3f}"
        )
    print_by_outlet(outlets)
    for title, found in (
        ("wrong", notes["wrong"]),
        ("silent", notes["silent"]),
        ("missed", missed),
        ("extra", extra),
    ):
        for note in found[:: max(1, len(found) // max(1, options.wrong))][: options.wrong]:
            print(f"{title}: {note}")


if __name__ == "__main__":
    main()
