"""What the documents show of the desk at work. `python -m tests.samples` makes it anew and writes it there."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from bot.cli.commands import copydesk
from bot.runtime.clock import WallClock
from bot.wording import phrases
from tests.day import a_whole_day
from tests.fakes import HereAndNow
from tests.week import a_whole_week

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "chat.md")
EXAMPLES = ROOT / "examples"
SHOWN_AT = datetime(2026, 11, 22, 10, 56, tzinfo=UTC)
"""When the README's demo was played: what is today, and what a weekday means, depends on it."""

COUNTED = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_BLOCK = "(?ms)^```\n{}.*?^```\n"
_CLOCK = re.compile(r"\b\d\d:\d\d\b")


@contextmanager
def demo() -> Iterator[Callable[..., str]]:
    """A fresh `make demo` at `SHOWN_AT`, its files taken in: what each command prints."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("bot.app.WorkerPool", lambda _: HereAndNow()),
        patch.object(WallClock, "now", lambda _: SHOWN_AT),
    ):
        place = Path(folder)
        shutil.copytree(EXAMPLES / "inbox", place / "inbox")
        shutil.copy(EXAMPLES / "config.toml", place)

        def printed(*words: str) -> str:
            return CliRunner().invoke(copydesk, ["--config", str(place / "config.toml"), *words]).stdout

        printed("ingest")
        yield printed


def digest() -> str:
    """The demo's digest: its first story, how many more there are, what else came in, and the footer."""
    with demo() as printed:
        shown = printed("digest", "preview", "morning")
    told, _, rest = shown.strip().partition(f"\n\n{phrases.ALSO}\n\n")
    head, _, stories = told.partition("\n\n")
    first, *others = re.split(r"\n\n(?=\S.*\n\S)", stories)  # a headline has its source line right below
    more = f"[… {COUNTED[len(others)]} more stories …]"
    return f"{head}\n\n{first}\n\n{more}\n\n{phrases.ALSO}\n\n{rest}\n"


def search() -> str:
    """An answer as the console shows it."""
    with demo() as printed:
        return f'$ copydesk answer "/search sanctions"\n\n{printed("answer", "/search sanctions").strip()}\n'


def told() -> str:
    """The day that `make day` prints."""
    return asyncio.run(a_whole_day())


def week() -> str:
    """The mornings that `make week` prints."""
    return asyncio.run(a_whole_week())


SAMPLES: dict[str, Callable[[], str]] = {
    "── The morning digest": digest,
    "$ copydesk answer": search,
    "Mon 07:50  the desk opens": told,
    "Mon 07:25  the desk opens": week,
}
"""How each sample is made, by the words that it begins with."""


def block(document: str, beginning: str) -> re.Match[str] | None:
    """The fenced block of a document that begins so."""
    return re.search(_BLOCK.format(re.escape(beginning)), document)


def shown(beginning: str) -> str:
    """The sample as a document has it."""
    found = [one for page in PAGES if (one := block(page.read_text(encoding="utf-8"), beginning))]
    assert len(found) == 1, f"not one sample begins with {beginning!r}"
    return found[0][0].removeprefix("```\n").removesuffix("```\n")


def timeless(text: str) -> str:
    """The text without its times of day: a slow machine is a minute late."""
    return _CLOCK.sub("00:00", text)


def main() -> None:
    """Write every sample into its document where it has changed."""
    for beginning, make in SAMPLES.items():
        new = make()
        if timeless(shown(beginning)) == timeless(new):
            continue
        for page in PAGES:
            document = page.read_text(encoding="utf-8")
            if old := block(document, beginning):
                page.write_text(
                    f"{document[: old.start()]}```\n{new}```\n{document[old.end() :]}", encoding="utf-8"
                )
                sys.stdout.write(f"{page.name}: {beginning} …: made anew\n")


if __name__ == "__main__":
    main()
