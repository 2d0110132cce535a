"""Body F1 of plain text copied from whole pages: article_extraction_benchmark, `page_text_htmltext` in, `text` as truth.

    python benchmarks/plain_text.py --data DIR [--worst N]

DIR holds `dev.jsonl`. The metric is that of the set's own evaluate script: 4-word shingles of `\\w+`
tokens as multisets, precision and recall averaged over documents, F1 of the two averages.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.shingles import f1, score
from bot.article.extract import extract
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document

RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)


def body(id: str, text: str) -> str:
    try:
        return extract(Document(name=f"{id}.txt", data=text.encode(), received=RECEIVED)).text
    except UnreadableDocument:
        return ""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="folder of article_extraction_benchmark")
    options.add_argument("--split", default="dev", help="which half: dev (default) or heldout")
    options.add_argument("--worst", type=int, default=0, help="list the N worst documents")
    given = options.parse_args()
    rows = [json.loads(line) for line in (given.data / f"{given.split}.jsonl").open(encoding="utf-8")]
    body("warm", "The models are loaded by a first sentence. It is not measured.")
    start = time.perf_counter()
    bodies = [body(row["id"], row["page_text_htmltext"]) for row in rows]
    seconds = time.perf_counter() - start
    raw = f1([score(row["text"], row["page_text_htmltext"]) for row in rows])
    scores = [score(row["text"], text) for row, text in zip(rows, bodies, strict=True)]
    print(f"{len(rows)} pages as plain text       precision  recall     F1   ms/page")
    print("no stripping                   {:8.3f} {:8.3f} {:6.3f}".format(*raw))
    print(
        "copydesk                       {:8.3f} {:8.3f} {:6.3f} {:8.2f}".format(
            *f1(scores), seconds / len(rows) * 1e3
        )
    )
    ranked = sorted(zip(scores, rows, strict=True), key=lambda pair: sum(pair[0]))
    for (precision, recall), row in ranked[: given.worst]:
        print(f"  p {precision:.2f} r {recall:.2f}  {row['id'][:8]} {row['url'][:100]}")


if __name__ == "__main__":
    main()
