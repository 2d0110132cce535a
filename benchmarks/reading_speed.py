"""How long a text takes to be read through all stages, beside trafilatura on the same words as a page; and how
long a document of each format takes to become an article, and that the time grows linearly.

All stages are what the desk does with a file: title to body, summary, quotes with their speakers. The texts are
two fictional reports, cut to some 700 words, a word of each paragraph changed from round to round so that nothing
that was remembered helps. Seconds of this process's own time, so that other programs on the machine count little.
"""

from __future__ import annotations

import argparse
import gc
import html
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.article.extract import extract_all
from bot.domain.model import Document
from bot.ingest.reading import ReadingSettings, read_or_unpack
from bot.runtime.workers import COLLECTIONS
from tests.article import samples

RECEIVED = datetime(2031, 3, 5, tzinfo=UTC)
SENTENCES = 30


def body(times: int) -> tuple[str, ...]:
    """Thirty sentences, no two alike, ``times`` over."""
    return tuple(
        f"On day {number} of the works the engineers of the harbour found {number * 7} loose bolts in the old bridge, "
        f"and the council paid {number * 13} crowns for new ones. The harbour master said that the ferry number {number} "
        f"would wait. Nobody on the island was surprised by the bill of that {number}th day."
        for number in range(1, times * SENTENCES // 3 + 1)
    )


def _text(rows: tuple[str, ...]) -> bytes:
    return (samples.TITLE + "\n\n" + "\n\n".join(rows) + "\n").encode()


def _paragraphs(rows: tuple[str, ...]) -> str:
    return "".join(f"<p>{row}</p>" for row in rows)


def _page(rows: tuple[str, ...]) -> str:
    return samples.HTML.decode().replace("</article>", _paragraphs(rows) + "</article>")


def _record(rows: tuple[str, ...]) -> bytes:
    return json.dumps({**samples.RECORD, "text": "\n\n".join(rows)}).encode()


FORMATS: dict[str, Callable[[tuple[str, ...]], bytes]] = {
    "txt": _text,
    "md": lambda rows: b"# " + _text(rows),
    "html": lambda rows: _page(rows).encode(),
    "eml": lambda rows: samples.mail("\n\n".join(rows)),
    "eml (html)": lambda rows: samples.mail("See it in a browser.", html=_page(rows)),
    "pdf": lambda rows: samples.pdf(samples.typeset(rows)),
    "pdf (columns)": lambda rows: samples.pdf(samples.typeset(rows, columns=2)),
    "docx": samples.docx,
    "json": _record,
    "nitf": lambda rows: samples.NITF.replace(b"</block>", _paragraphs(rows).encode() + b"</block>"),
    "txt.gz": lambda rows: samples.gzipped(_text(rows)),
    "zip": lambda rows: samples.zipped({"a.txt": _text(rows)}),
}
MANY = {"jsonl": samples.jsonl, "rss": samples.rss, "atom": samples.atom, "newsml": samples.newsml}


STORIES = ("courier-bridge.txt", "tanker-ruling.txt")
WORDS = 700


def news(number: int) -> str:
    """Both reports up to the paragraph that makes 700 words, one word in each paragraph told by ``number``."""
    folder = Path(__file__).resolve().parents[1] / "examples" / "inbox"
    first, second = ((folder / name).read_text(encoding="utf-8") for name in STORIES)
    kept: list[str] = []
    for paragraph in [*first.split("\n\n"), *second.split("\n\n")[2:]]:
        if sum(len(one.split()) for one in kept) >= WORDS - 20:
            break
        kept.append(
            paragraph.replace(" the ", f" the {'abcdefghij'[number % 10]}{'klmnopqrst'[number // 10]} ", 1)
        )
    return "\n\n".join(kept) + "\n"


def as_page(text: str) -> bytes:
    title, *rows = (html.escape(row) for row in text.split("\n\n"))
    body = "".join(f"<p>{row}</p>" for row in rows)
    head = f"<title>{title}</title>"
    return f"<!doctype html><html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def processing(read: Callable[[bytes], object], documents: list[bytes]) -> list[float]:
    """Milliseconds of this process for each document, after the first."""
    taken = []
    for document in documents:
        start = time.process_time()
        read(document)
        taken.append((time.process_time() - start) * 1000)
    return sorted(taken[1:])


def stages(rounds: int) -> None:
    from trafilatura import bare_extraction

    def copydesk(data: bytes) -> object:
        return read_or_unpack(Document("report.txt", data, RECEIVED), ReadingSettings())

    def trafilatura(page: bytes) -> object:
        return bare_extraction(page, include_comments=False, with_metadata=True)

    texts = [news(number) for number in range(rounds + 1)]
    print(f"one text of {len(texts[0].split())} words, all stages; ms of processor time, {rounds} rounds")
    print(f"{'reader':<28}{'median':>8}{'least':>8}")
    gc.collect()
    gc.freeze()  # as the desk's workers do
    gc.set_threshold(*COLLECTIONS)
    for name, read, documents in (
        ("copydesk", copydesk, [text.encode() for text in texts]),
        ("trafilatura, body and fields", trafilatura, [as_page(text) for text in texts]),
    ):
        taken = processing(read, documents)
        print(f"{name:<28}{median(taken):>8.1f}{taken[0]:>8.1f}")
    print()


def milliseconds(data: bytes, rounds: int) -> float:
    document = Document("drop", data, RECEIVED)
    extract_all(document)
    taken = []
    gc.collect()
    for _ in range(rounds):
        start = time.perf_counter()
        extract_all(document)
        taken.append(time.perf_counter() - start)
    return median(taken) * 1000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, help="not needed: the documents are made here")
    arguments.add_argument("--rounds", type=int, default=9)
    rounds = arguments.parse_args().rounds
    stages(min(10 * rounds, 99))
    print(f"one article of {SENTENCES} sentences, and of ten times as many; ms, median of {rounds}")
    print(f"{'format':<16}{'kB':>8}{'ms':>9}{'x10 ms':>9}{'growth':>8}")
    for name, make in FORMATS.items():
        small, large = make(body(1)), make(body(10))
        one, ten = milliseconds(small, rounds), milliseconds(large, max(rounds // 3, 1))
        print(f"{name:<16}{len(small) / 1000:>8.1f}{one:>9.2f}{ten:>9.2f}{ten / one:>8.1f}")
    print(f"\n{'100 articles':<16}{'kB':>8}{'ms each':>9}")
    for name, make_many in MANY.items():
        data = make_many(100)
        print(f"{name:<16}{len(data) / 1000:>8.1f}{milliseconds(data, max(rounds // 3, 1)) / 100:>9.2f}")


if __name__ == "__main__":
    main()
