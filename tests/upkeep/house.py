"""A library in a folder of its own, and the commands that work on it, each a process that may be killed."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.inbox.settled import Settled, settled
from bot.runtime.failpoints import VARIABLE
from tests import warm
from tests.desk import FERRY, ORCHARD
from tests.stores import migrated

CONFIG = 'timezone = "UTC"\n\n[inbox]\nquiet = 0\nreaders = 1\n'
SEVERAL = 3
"""Each third file holds several articles."""

SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
WITHIN = 120.0
"""Seconds: the story fails when a command needs longer."""


@dataclass(frozen=True)
class Told:
    """How a command ended, and what it said; ``at`` is where it was to be killed."""

    code: int
    out: str
    errors: str
    at: str = ""

    @property
    def killed(self) -> bool:
        return self.code == -signal.SIGKILL


@dataclass(frozen=True, order=True)
class Row:
    """An article as the tables have it."""

    entry: int
    revision: int
    title: str


def a_word(dice: random.Random) -> str:
    """A name that no other article has."""
    return "".join(dice.choice(SYLLABLES) for _ in range(5)).capitalize()


def title_of(word: str) -> str:
    """Of the article that has the word."""
    return f"Tug {word} sails"


def paragraphs_of(word: str, number: int) -> Sequence[str]:
    """Of the article that has the word."""
    lead = f"The tug {word} left the harbour with {number} barges behind it, and came back with none."
    return (lead, *(FERRY if number % 2 else ORCHARD))


def file_of(number: int) -> str:
    """The name of a file, which tells nothing of what is in it: where one is refused, that stays known."""
    return f"{number:05}.{'txt' if number % SEVERAL else 'jsonl'}"


@dataclass
class House:
    """The folder of a library."""

    folder: Path

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        migrated(self.database)
        (self.folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        self.inbox.mkdir(exist_ok=True)

    @property
    def database(self) -> Path:
        return self.folder / "data" / "copydesk.db"

    @property
    def index(self) -> Path:
        return self.folder / "data" / "index"

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    async def run(self, *words: str, failpoint: str = "", for_seconds: float | None = None) -> Told:
        """The whole life of `copydesk`, killed at the point, or after so many seconds."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "DATABASE_"))}
        inherited["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        program = await warm.Program.start(
            "bot",
            "--config",
            str(self.folder / "config.toml"),
            *words,
            environ={**inherited, VARIABLE: failpoint},
        )
        if for_seconds is not None:
            asyncio.get_running_loop().call_later(for_seconds, program.kill)
        out, errors = await asyncio.wait_for(program.communicate(), WITHIN)
        assert program.returncode is not None
        return Told(program.returncode, out.decode(), errors.decode())

    def drop(self, number: int, *words: str) -> None:
        """Somebody drops the file of this number, with an article for each word."""
        if number % SEVERAL:
            (word,) = words
            text = "\n\n".join((title_of(word), *paragraphs_of(word, number))) + "\n"
        else:
            articles = ((title_of(word), "\n\n".join(paragraphs_of(word, number))) for word in words)
            text = "\n".join(json.dumps({"title": title, "text": body}) for title, body in articles)
        half = self.folder / f"{number}.part"
        half.write_text(text, encoding="utf-8")
        half.rename(self.inbox / file_of(number))

    def rows(self) -> list[Row]:
        """Every article that the tables have."""
        with closing(sqlite3.connect(self.database)) as opened:
            found = opened.execute("SELECT id, revision, title FROM entries ORDER BY id").fetchall()
        return [Row(*row) for row in found]

    def revision(self) -> int:
        """The newest."""
        with closing(sqlite3.connect(self.database)) as opened:
            return int(opened.execute("SELECT revision FROM counters").fetchone()[0])

    def settled(self) -> Iterator[Settled | Path]:
        """The files in `done/`, and receipts without one."""
        return settled(self.inbox)

    def waits(self) -> bool:
        """Whether a file lies in the inbox, or in the hands of a desk that ended."""
        claimed = self.inbox / ".claimed"
        return any(self.inbox.glob("0*")) or any(claimed.rglob("0*"))

    def bring_back(self) -> int:
        """A person moves what was set aside back into the inbox; how many files."""
        receipts = [
            one
            for one in (self.inbox / "failed").rglob("*.receipt.json")
            if "desk.ended" in one.read_text("utf-8")
        ]
        for receipt in receipts:
            file = receipt.with_name(receipt.name.removesuffix(".receipt.json"))
            receipt.unlink()
            file.rename(self.inbox / file.name.partition("~")[0])
        return len(receipts)
