"""Killed, or without room, at any point of the way in: each article once, each file answered, none lost."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from bot import config
from bot.app import opened
from bot.domain.model import Window
from bot.domain.query import parse
from bot.runtime.failpoints import POINTS, VARIABLE
from bot.store.sql.library_schema import arrivals, entries
from tests import warm
from tests.builders import NOON
from tests.desk import FERRY, an_article_file
from tests.stores import migrated

ROOT = Path(__file__).resolve().parents[2]
OURS = tuple(point for point in POINTS if point.startswith(("inbox", "ingest")))
FILES = 3
NO_ROOM = {resource.RLIMIT_FSIZE: 64 * 1024}
"""No file may grow beyond this, as on a disk that is full: fewer bytes than what is unpacked to read an article."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    migrated(tmp_path / "data" / "copydesk.db")
    (tmp_path / "config.toml").write_text(
        'timezone = "UTC"\n\n[inbox]\nquiet = 0\nreaders = 1\n', encoding="utf-8"
    )
    return tmp_path


def drop(folder: Path) -> None:
    for n in range(FILES):
        an_article_file(folder / "inbox", f"{n}.txt", f"Ferry {n} sails", f"Ship {n} left pier {n}.", *FERRY)


def desk(
    folder: Path, *words: str, failpoint: str = "", limits: Mapping[int, int] | None = None
) -> subprocess.CompletedProcess[str]:
    """One life of `copydesk`."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "DATABASE_"))}
    return warm.run(
        "bot",
        "--config",
        str(folder / "config.toml"),
        *words,
        environ={**inherited, VARIABLE: failpoint},
        limits=limits,
    )


async def found(folder: Path) -> list[str]:
    """The titles that the index has, as it lies there."""
    async with opened(config.load(folder / "config.toml", {})) as app:
        ids = await app.desk.index.matching(parse("sails").query, Window(0, 99), now=NOON)
        entries = await app.desk.library.entries(ids)
    return [entry.article.title for entry in entries]


def check(folder: Path) -> None:
    """Each article is once in the library and found once; each file lies in `done/`, answered."""
    wanted = sorted(f"Ferry {n} sails" for n in range(FILES))
    engine = create_engine(f"sqlite:///{folder / 'data' / 'copydesk.db'}")
    with engine.connect() as connection:
        assert sorted(connection.execute(select(entries.c.title)).scalars()) == wanted
        came = connection.execute(select(arrivals.c.origin, arrivals.c.outcome)).all()
    engine.dispose()
    assert sorted(came) == sorted((f"{n}.txt", "new") for n in range(FILES))
    assert sorted(asyncio.run(found(folder))) == wanted
    inbox = folder / "inbox"
    settled = [path for path in (inbox / "done").rglob("*") if path.is_file()]
    texts = [path for path in settled if path.suffix != ".json"]
    assert sorted(path.name.partition("~")[0] for path in texts) == sorted(f"{n}.txt" for n in range(FILES))
    for path in texts:
        told = json.loads(path.with_name(f"{path.name}.receipt.json").read_text(encoding="utf-8"))
        assert told["outcome"] == "new"
        assert told["title"] in wanted
    left = [path for path in inbox.rglob("*") if path.is_file() and path not in settled]
    assert left == []


@pytest.mark.parametrize("point", OURS)
@pytest.mark.sampled(2)
def test_a_kill_at_each_point(folder: Path, point: str):
    drop(folder)
    times = 1 if point == "ingest-writing" else 2  # all of them may be written at once
    assert desk(folder, "ingest", failpoint=f"{point}:{times}").returncode == -signal.SIGKILL
    again = desk(folder, "ingest")
    assert again.returncode == 0, again.stderr
    check(folder)


def test_kills_one_after_the_other(folder: Path):
    """Each at another file: what a desk died on is worked on first, and alone, by the next."""
    drop(folder)
    for kill in ("ingest-opening:1", "ingest-read:2", "ingest-kept:2"):
        assert desk(folder, "ingest", failpoint=kill).returncode == -signal.SIGKILL
    assert desk(folder, "ingest").returncode == 0
    check(folder)


def receipts(folder: Path, shelf: str) -> dict[str, dict[str, str]]:
    paths = (folder / "inbox" / shelf).rglob("*.receipt.json")
    return {path.name.partition("~")[0]: json.loads(path.read_text(encoding="utf-8")) for path in paths}


@pytest.mark.parametrize("point", ["inbox-claimed", "ingest-placed", "ingest-settling"])
@pytest.mark.sampled(1)
def test_a_file_on_which_the_desk_died_twice_is_set_aside_at_the_third_start(folder: Path, point: str):
    drop(folder)
    assert desk(folder, "ingest", failpoint=f"{point}:1").returncode == -signal.SIGKILL
    assert desk(folder, "ingest", failpoint=f"{point}:1").returncode == -signal.SIGKILL
    third = desk(folder, "ingest")
    assert third.returncode == 1
    assert sorted(receipts(folder, "done")) == ["1.txt", "2.txt"]
    ((name, told),) = receipts(folder, "failed").items()
    assert (name, told["outcome"]) == ("0.txt", "unreadable")
    assert told["reason"].startswith("the desk ended 2 times while it worked on this file")
    assert "0.txt is set aside: the desk ended 2 times" in third.stderr
    (file,) = (folder / "inbox" / "failed").rglob("0.txt~????????")
    file.rename(folder / "inbox" / "0.txt")
    again = desk(folder, "ingest")
    assert again.returncode == 0
    assert "0.txt" in receipts(folder, "done")
    assert [path.name for path in (folder / "inbox" / ".claimed").iterdir()] == []


def test_files_that_were_only_read_ahead_are_not_suspected(folder: Path):
    for n in range(9):
        an_article_file(folder / "inbox", f"{n}.txt", f"Ferry {n} sails", f"Ship {n} left pier {n}.", *FERRY)
    for _ in range(2):  # the first file is the one in hand, seven others are read ahead
        assert desk(folder, "ingest", failpoint="ingest-read:1").returncode == -signal.SIGKILL
    assert desk(folder, "ingest").returncode == 1
    assert len(receipts(folder, "done")) == 8
    assert list(receipts(folder, "failed")) == ["0.txt"]


def test_one_of_several_read_ahead_is_found_out_by_reading_them_alone(folder: Path):
    drop(folder)
    assert desk(folder, "ingest", failpoint="ingest-opening:2").returncode == -signal.SIGKILL
    for _ in range(2):  # it is the second file, wherever it is read
        assert desk(folder, "ingest", failpoint="ingest-opening:1").returncode == -signal.SIGKILL
    assert desk(folder, "ingest").returncode == 1
    assert len(receipts(folder, "failed")) == 1


def test_without_room_it_is_one_sentence_and_the_next_life_takes_in_the_rest(folder: Path):
    drop(folder)
    full = desk(folder, "ingest", limits=NO_ROOM)
    assert full.returncode == 1
    assert "Traceback" not in full.stderr
    assert len(full.stderr.splitlines()) == 1, full.stderr
    again = desk(folder, "ingest")
    assert again.returncode == 0, again.stderr
    check(folder)
