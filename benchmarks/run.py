"""Print every table: `make bench`, or `make bench DATA=…` where the evaluation sets lie elsewhere."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLES = (
    ("Plain text without boilerplate", "plain_text.py", "article_extraction_benchmark"),
    ("Web pages", "html_pages.py", ""),
    ("Ten bad pages", "before_after.py", ""),
    ("Special rules", "rules.py", ""),
    ("Reading speed", "reading_speed.py", ""),
    ("A folder of every format, twice", "mixed_inbox.py", ""),
    ("Summaries", "summaries.py", ""),
    ("Sentences", "sentences.py", ""),
    ("Speed of summaries", "summary_speed.py", ""),
    ("Quotes and speakers", "quotes.py", ""),
    ("Stories", "stories.py", ""),
    ("A week of mornings", "memory.py", ""),
    ("Answers", "answers.py", ""),
    ("Digests for many destinations", "destinations.py", ""),
    ("Figures that disagree", "figures.py", ""),
    ("Files to searchable", "intake.py --files 400", ""),
    ("Files that arrive", "intake.py --arriving 60", ""),
    ("An index anew", "index_speed.py", ""),
    ("A search by kind", "search_speed.py", ""),
    ("An article by its headline", "known_item.py", ""),
    ("Many subscriptions", "percolation.py", ""),
    ("Delivery", "delivery.py", ""),
    ("Feeds", "feeds.py", ""),
    ("Workers on several hosts", "workers.py", ""),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared" / "data")
    data = parser.parse_args().data
    if not data.is_dir():
        print(f"no evaluation sets at {data}; name their folder with DATA=…", file=sys.stderr)
        return 2
    failed = 0
    for title, script, folder in TABLES:
        print(f"\n## {title}\n", flush=True)
        name, *options = script.split()
        command = [sys.executable, HERE / name, *options, "--data", data / folder]
        failed |= subprocess.run(command, check=False, cwd=HERE.parent).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
