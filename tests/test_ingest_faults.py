"""Killed, or without room, at any point of the way in: each article once, each file answered, none lost."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from bot.failpoints import POINTS, VARIABLE
from bot.store.schema import arrivals, entries
from tests.desk import FERRY, an_article_file

ROOT = Path(__file__).resolve().parents[1]
OURS = tuple(point for point in POINTS if point.startswith(("inbox", "ingest")))
FILES = 3
ROOM = 64 * 1024
"""Bytes that a file may have where there is no room: fewer than what is unpacked to read an article."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "config.toml").write_text('timezone = "UTC"\n\n[inbox]\nquiet = 0\n', encoding="utf-8")
    return tmp_path


def drop(folder: Path) -> None:
    for n in range(FILES):
        an_article_file(folder / "inbox", f"{n}.txt", f"Ferry {n} sails", f"Ship {n} left pier {n}.", *FERRY)


def desk(
    folder: Path, *words: str, failpoint: str = "", limit: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """One life of `copydesk`."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("COPYDESK_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-m", "bot", "--config", str(folder / "config.toml"), *words],
        cwd=ROOT,
        env={**inherited, VARIABLE: failpoint},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def check(folder: Path) -> None:
    """Each article is once in the library and found once; each file lies in `done/`, answered."""
    wanted = sorted(f"Ferry {n} sails" for n in range(FILES))
    engine = create_engine(f"sqlite:///{folder / 'data' / 'copydesk.db'}")
    with engine.connect() as connection:
        assert sorted(connection.execute(select(entries.c.title)).scalars()) == wanted
        came = connection.execute(select(arrivals.c.origin, arrivals.c.outcome)).all()
    engine.dispose()
    assert sorted(came) == sorted((f"{n}.txt", "new") for n in range(FILES))
    found = json.loads(desk(folder, "search", "sails", "--json", "--limit", "99").stdout)
    assert sorted(hit["title"] for hit in found["hits"]) == wanted
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
def test_a_kill_at_each_point(folder: Path, point: str):
    drop(folder)
    assert desk(folder, "ingest", failpoint=f"{point}:2").returncode == -signal.SIGKILL
    again = desk(folder, "ingest")
    assert again.returncode == 0, again.stderr
    check(folder)


def test_kills_one_after_the_other(folder: Path):
    drop(folder)
    for point in OURS:
        assert desk(folder, "ingest", failpoint=f"{point}:1").returncode == -signal.SIGKILL
    assert desk(folder, "ingest").returncode == 0
    check(folder)


def no_room() -> None:
    """No file may grow beyond ``ROOM``, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))


def test_without_room_it_is_one_sentence_and_the_next_life_takes_in_the_rest(folder: Path):
    assert desk(folder, "ingest").returncode == 0  # the database is made
    drop(folder)
    full = desk(folder, "ingest", limit=no_room)
    assert full.returncode == 1
    assert "Traceback" not in full.stderr
    assert len(full.stderr.splitlines()) == 1, full.stderr
    again = desk(folder, "ingest")
    assert again.returncode == 0, again.stderr
    check(folder)
