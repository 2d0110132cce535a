"""`copydesk ingest` of a folder of fictional articles in every format, twice: the second pass knows them all.

    python benchmarks/mixed_inbox.py [--files 2000] [--seed 7] [--keep DIR]

The command runs as an operator runs it, with a terminal for its progress. What is printed of a pass is
its time, the furthest that the bar was seen, and the line that stands there when it is done.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.article import samples

HERE = Path(__file__).resolve().parents[1]
PLACES = [
    "Averne",
    "Orrenby",
    "Vessmark",
    "Fennick",
    "Norrin",
    "Halden",
    "Talbach",
    "Ostley",
    "Vantry",
    "Lowmere",
    "Quarrel",
    "Tamber",
]
PEOPLE = [
    "Ada Quill",
    "Bo Li",
    "Ilse Brandt",
    "Tomas Kerrow",
    "Mara Ilves",
    "Petra Oduya",
    "Oskar Vennholt",
    "Noor Haddan",
]
THINGS = [
    "bridges",
    "ferries",
    "schools",
    "orchards",
    "turbines",
    "libraries",
    "warehouses",
    "tramlines",
    "greenhouses",
    "clinics",
]
DEEDS = [
    "measured",
    "repaired",
    "sold",
    "closed",
    "painted",
    "counted",
    "insured",
    "flooded",
    "rented",
    "heated",
]
KINDS = ["old", "new", "wooden", "public", "northern", "empty", "crowded", "listed", "private", "shared"]
MARK = re.compile(r"(\d+)/(\d+)")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


@dataclass(frozen=True)
class Story:
    title: str
    rows: tuple[str, ...]
    url: str


def a_story(number: int, dice: random.Random) -> Story:
    def pick(words: list[str]) -> str:
        return dice.choice(words)

    def count() -> int:
        return dice.randrange(3, 9_000)

    def row() -> str:
        return (
            f"The council of {pick(PLACES)} has {pick(DEEDS)} {count()} {pick(KINDS)} {pick(THINGS)} since the spring, "
            f"{pick(PEOPLE)} said, and the {pick(KINDS)} {pick(THINGS)} of {pick(PLACES)} will cost {count()} crowns more "
            f"than the {count()} that were set aside for {pick(THINGS)} in {pick(PLACES)}."
        )

    rows = [row() for _ in range(len(samples.PARAGRAPHS))]
    rows[2] = (
        f"“We have {pick(DEEDS)} all {count()} {pick(THINGS)},” said {pick(PEOPLE)}, who leads the works. {rows[2]}"
    )
    title = f"{pick(PLACES)} {pick(KINDS)} {pick(THINGS)} {pick(DEEDS)} for {count()} crowns in year {number}"
    return Story(title, tuple(rows), f"{samples.URL}/{number}")


def retold(data: bytes, story: Story) -> bytes:
    """One of the samples with the words of another article."""
    text = data.decode()
    first = samples.another(1)["text"].split("\n\n")[0]
    for old, new in zip((first, *samples.PARAGRAPHS), (story.rows[0], *story.rows), strict=True):
        text = text.replace(old, new)
    text = text.replace("Berth 1 closes", story.title).replace(samples.TITLE, story.title)
    return text.replace(f"{samples.URL}/1", samples.URL).replace(samples.URL, story.url).encode()


def a_record(story: Story) -> bytes:
    stated = {"title": story.title, "text": "\n\n".join(story.rows), "url": story.url}
    return json.dumps({**samples.RECORD, **stated}).encode()


def a_letter(story: Story) -> bytes:
    return samples.mail("\n\n".join(story.rows), headers={"Subject": story.title})


def a_print(story: Story) -> bytes:
    pages = samples.typeset(story.rows)
    lines = [
        [(line[0].replace(samples.TITLE, story.title[:60]), *line[1:]) for line in page] for page in pages
    ]
    return samples.pdf(lines)


FORMATS: dict[str, Callable[[Story], bytes]] = {
    "txt": lambda story: retold(samples.TEXT, story),
    "md": lambda story: retold(samples.MARKDOWN, story),
    "html": lambda story: retold(samples.HTML, story),
    "mhtml": lambda story: retold(samples.mhtml(), story),
    "eml": a_letter,
    "pdf": a_print,
    "docx": lambda story: samples.docx(story.rows, title=story.title),
    "json": a_record,
    "jsonl": lambda story: a_record(story) + b"\n",
    "rss": lambda story: retold(samples.rss(1), story),
    "atom": lambda story: retold(samples.atom(1), story),
    "nitf.xml": lambda story: retold(samples.NITF, story),
    "g2.xml": lambda story: retold(samples.newsml(), story),
    "txt.gz": lambda story: samples.gzipped(retold(samples.TEXT, story)),
    "zip": lambda story: samples.zipped({"a.txt": retold(samples.TEXT, story)}),
}


def fill(folder: Path, files: int, dice: random.Random) -> None:
    folder.mkdir(parents=True)
    for number in range(files):
        kind = list(FORMATS)[number % len(FORMATS)]
        (folder / f"{number:04}.{kind}").write_bytes(FORMATS[kind](a_story(number, dice)))


def one_pass(desk: Path, folder: Path) -> tuple[float, int, str]:
    """Seconds, the furthest count that the progress bar showed, and the last line on the terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bot", "--config", str(desk / "config.toml"), "ingest", str(folder)]
    start = time.perf_counter()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(command, cwd=HERE, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while piece := read(ours):
        shown += piece
    process.wait()
    seconds = time.perf_counter() - start
    text = CONTROL.sub("\n", shown.decode("utf-8", "replace"))
    furthest = max((int(found[1]) for found in MARK.finditer(text)), default=0)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return seconds, furthest, lines[-1] if lines else ""


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux's answer once the other end is closed
        return b""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--data", type=Path, help="not needed: the articles are made here")
    options.add_argument("--files", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--keep", type=Path, help="make the desk in this new folder, and leave it there")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as aside:
        desk = given.keep or Path(aside) / "desk"
        fill(desk / "drop", given.files, random.Random(given.seed))
        (desk / "config.toml").write_text('timezone = "UTC"\n')
        print(
            f"{given.files} files of {len(FORMATS)} formats        seconds  ms/file  the bar  the last line"
        )
        for name in ("the first pass", "the second pass"):
            seconds, furthest, line = one_pass(desk, desk / "drop")
            print(
                f"{name:<30} {seconds:8.1f} {seconds / given.files * 1e3:8.1f} {furthest:8}  {line}",
                flush=True,
            )


if __name__ == "__main__":
    main()
