"""A fuzz target for atheris: any bytes are articles or a reason.

    pip install atheris
    python -m tests.fuzz.reading --seconds 120

The seeds are the sound files of every format; what crashed lies in the folder that is printed.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import atheris

from bot.errors import UnreadableDocument
from bot.model import Document
from tests.article.hostile import sound
from tests.article.test_article_bad_input import a_whole_article

with atheris.instrument_imports(include=["bot.article", "pypdf", "feedparser", "docx", "email", "zipfile"]):
    import docx  # noqa: F401 - instrumented here, imported late there
    import feedparser  # noqa: F401 - as above
    import pypdf  # noqa: F401 - as above

    import bot.article.html  # noqa: F401 - as above
    from bot.article.extract import extract_all

RECEIVED = datetime(2031, 3, 5, tzinfo=UTC)
NAMES = ("drop.bin", *sound())


def one_input(data: bytes) -> None:
    """The first byte chooses the name, the rest is the file."""
    if not data:
        return
    try:
        found = extract_all(Document(NAMES[data[0] % len(NAMES)], data[1:], RECEIVED))
    except UnreadableDocument as error:
        if not error.reason or "\n" in error.reason:
            raise AssertionError(error) from error
        return
    for each in found.found:
        a_whole_article(each.article)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=int, default=60)
    seconds = arguments.parse_args().seconds
    logging.disable(logging.CRITICAL)  # pypdf reports each repair
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    sys.stderr.write(f"{folder}\n")
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, data in enumerate(sound().values()):
        (seeds / str(number)).write_bytes(b"\x00" + data)
    limits = [f"-max_total_time={seconds}", "-timeout=30", "-rss_limit_mb=2048", "-max_len=65536"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={folder}/", str(seeds)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
