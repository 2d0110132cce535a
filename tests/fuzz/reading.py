"""A fuzz target: any bytes are articles, summaries and quotes that stand in their text, or a reason in words.

    python -m tests.fuzz.reading --seconds 120

With atheris (`pip install atheris` into an environment of your own; the lock has none) coverage leads the damage; without it,
`tests/fuzz/mutator.py` damages by chance. The seeds are the sound files of every format; what crashed lies in the folder that
is printed, and can be given as an argument to try it again.
"""

from __future__ import annotations

import argparse
import logging
import resource
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

try:
    import atheris
except ImportError:
    atheris = None

from bot.domain.errors import UnreadableDocument
from bot.domain.model import Article, Document, Span
from tests.article.hostile import sound
from tests.article.test_article_bad_input import a_whole_article
from tests.fuzz import mutator

ROOMS = ["bot.article", "bot.summary", "feedparser", "striprtf", "docx", "email", "zipfile"]


def instrumented() -> AbstractContextManager[Any]:
    """Within it, atheris watches which lines of the rooms are reached."""
    return atheris.instrument_imports(include=ROOMS) if atheris else nullcontext()


with instrumented():
    import docx  # noqa: F401 - instrumented here, imported late there
    import feedparser  # noqa: F401 - as above
    import striprtf.striprtf  # noqa: F401 - as above

    import bot.article.html.page  # noqa: F401 - as above
    from bot.article.extract import extract_all
    from bot.quotes.find import find_quotes
    from bot.summary.summarizers import summarizer

RECEIVED = datetime(2031, 3, 5, tzinfo=UTC)
NAMES = ("drop.bin", *sound())
MEGABYTES = 2_048


def one_input(data: bytes) -> None:
    """The first byte chooses the name, the rest is the file."""
    if not data:
        return
    try:
        found = extract_all(Document(NAMES[data[0] % len(NAMES)], data[1:], RECEIVED))
    except UnreadableDocument as error:
        if not str(error.reason) or "\n" in str(error.reason):
            raise AssertionError(error) from error
        return
    for each in found.found:
        a_whole_article(each.article)
        quoted_and_summarised(each.article)


def quoted_and_summarised(article: Article) -> None:
    """Every sentence and every quote is a slice of the text, in a paragraph of it."""
    summary = summarizer("newsrank")(article, sentences=3)
    assert list(summary.sentences) == sorted(summary.sentences)
    for span in summary.sentences:
        in_a_paragraph(span, article)
    for quote in find_quotes(article):
        in_a_paragraph(quote.words, article)
        if quote.speaker:
            in_a_paragraph(quote.speaker, article)


def in_a_paragraph(span: Span, article: Article) -> None:
    assert span.of(article.text).strip(), span
    assert any(whole.start <= span.start < span.end <= whole.end for whole in article.paragraphs), span


def led(folder: Path, seconds: int) -> None:
    """Run under atheris, which ends the process."""
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, data in enumerate(sound().values()):
        (seeds / str(number)).write_bytes(bytes([number + 1]) + data)
    limits = [f"-max_total_time={seconds}", "-timeout=30", f"-rss_limit_mb={MEGABYTES}", "-max_len=65536"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={folder}/", str(seeds)], one_input)
    atheris.Fuzz()


def unled(folder: Path, seconds: int, seed: int) -> int:
    """Run by chance; 1 when an input broke a promise."""
    sys.stdout.write("atheris is not installed: files are damaged by chance, not led by coverage\n")
    tries = mutator.inputs(list(sound().values()), len(NAMES), seed)
    tried = mutator.run(one_input, tries, seconds, folder)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(
        f"{tried.inputs:,} damaged files read in {seconds} seconds (seed {seed}), {len(tried.broke)} broke a promise, "
        f"{most:,} MB of memory at most\n"
    )
    for path in tried.broke:
        sys.stdout.write(f"  {path}\n")
    return 1 if tried.broke or most > MEGABYTES else 0


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("again", nargs="*", type=Path, help="files that crashed, to be tried again")
    given = arguments.parse_args()
    logging.disable(logging.CRITICAL)
    for path in given.again:
        one_input(path.read_bytes())
    if given.again:
        return 0
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    sys.stdout.write(f"what crashes is kept in {folder}\n")
    sys.stdout.flush()
    if atheris:
        led(folder, given.seconds)
    return unled(folder, given.seconds, given.seed)


if __name__ == "__main__":
    sys.exit(main())
