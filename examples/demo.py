"""`make demo`: a folder of articles becomes a digest in this terminal, in `.demo/` and nowhere else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEMO = HERE.parent / ".demo"

STEPS = (
    ("ingest",),
    ("digest", "preview", "morning"),
    ("answer", "/search sanctions"),
    ("answer", "/quotes Rieve"),
    ("answer", "/topics"),
)
UNREADABLE = 1
"""The status of `ingest` here: one of the example files is meant to be unreadable."""


def main() -> int:
    """Run the steps on a fresh copy of the example inbox; 0 when each did what it should."""
    shutil.rmtree(DEMO, ignore_errors=True)
    shutil.copytree(HERE / "inbox", DEMO / "inbox")
    shutil.copy(HERE / "config.toml", DEMO / "config.toml")
    for step in STEPS:
        sys.stdout.write(f"\n$ copydesk {' '.join(map(quoted, step))}\n\n")
        sys.stdout.flush()
        command = [sys.executable, "-m", "bot", "--config", str(DEMO / "config.toml"), *step]
        status = subprocess.run(command, check=False).returncode
        if status != (UNREADABLE if step == ("ingest",) else 0):
            sys.stderr.write(f"the demo stopped: `copydesk {' '.join(step)}` ended with status {status}\n")
            return 1
    sys.stdout.write(
        "\nEverything of this demo lies in .demo/: config.toml, inbox/done/ and inbox/failed/ with a receipt\n"
        "for each file, data/copydesk.db (the articles) and data/index/ (the search). Your turn:\n\n"
        "    .venv/bin/copydesk init\n"
    )
    return 0


def quoted(word: str) -> str:
    """The word as one would type it."""
    return f'"{word}"' if " " in word else word


if __name__ == "__main__":
    sys.exit(main())
