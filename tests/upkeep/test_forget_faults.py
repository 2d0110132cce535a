"""Killed at any point of forgetting: what was asked for is gone everywhere, or the dry run says that it is not."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

import pytest

from bot.runtime.failpoints import POINTS
from bot.wording import forgetting as texts
from tests.desk import FERRY, an_article_file
from tests.forgetful import SECRET, VESSEL, traces
from tests.ingest.test_ingest_faults import desk
from tests.stores import migrated

OURS = tuple(point for point in POINTS if point.startswith("forget"))
CONFIG = """timezone = "UTC"

[inbox]
quiet = 0
readers = 1

[[channels]]
name = "all"
to = "console"
at = ["08:00"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    migrated(tmp_path / "data" / "copydesk.db")
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    an_article_file(tmp_path / "inbox", f"{SECRET}.txt", f"Tug {SECRET} sinks off the pier", *VESSEL)
    an_article_file(tmp_path / "inbox", "ferry.txt", "Ferries to run every ten minutes", *FERRY)
    made = desk(tmp_path, "digest", "send", "all")  # the channel is seen: news begins here
    assert made.returncode == 0, made.stderr
    made = desk(tmp_path, "ingest")
    assert made.returncode == 0, made.stderr
    made = desk(tmp_path, "digest", "send", "all")
    assert SECRET in made.stdout, made.stderr
    return tmp_path


def is_told(folder: Path) -> bool:
    """Whether the dry run lists the article, or says that something of it is left."""
    told = desk(folder, "forget", SECRET).stdout
    return f"Tug {SECRET}" in told or texts.before(1) in told


@pytest.mark.parametrize("point", OURS)
@pytest.mark.sampled(2)
def test_a_kill_at_each_point(folder: Path, point: str):
    killed = desk(folder, "forget", SECRET, "--yes", failpoint=point)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert traces(folder)
    assert is_told(folder)
    again = desk(folder, "forget", SECRET, "--yes")
    assert again.returncode == 1, again.stderr  # the console cannot be edited, or it was gone from the tables
    assert traces(folder) == []
    assert not is_told(folder)
    assert "Ferries" in desk(folder, "search", "ferries").stdout


def test_it_is_said_first_and_done_only_when_told_so(folder: Path):
    first = desk(folder, "forget", SECRET)
    assert (first.returncode, f"Tug {SECRET}" in first.stdout) == (0, True)
    assert texts.confirm("--yes") in first.stdout
    assert "Ferries" in desk(folder, "search", "ferries").stdout
    assert SECRET in desk(folder, "search", SECRET).stdout
    assert desk(folder, "forget").returncode == 2
    assert desk(folder, "forget", "nosuchwordatall").returncode == 1


def test_it_comes_back_only_when_that_is_said(folder: Path):
    desk(folder, "forget", SECRET, "--yes")
    file = an_article_file(folder, "copy.txt", f"Tug {SECRET} sinks off the pier", *VESSEL)
    refused = desk(folder, "ingest", str(file))
    assert (refused.returncode, "forgotten" in refused.stderr) == (1, True)
    assert desk(folder, "ingest", "--forgotten", str(file)).returncode == 0
    assert SECRET in desk(folder, "search", SECRET).stdout
    assert desk(folder, "ingest", str(file)).returncode == 0


def test_on_a_full_disk_it_says_what_is_left_and_does_it_later(folder: Path):
    """Whatever it is that cannot be written any more."""

    full = desk(folder, "forget", SECRET, "--yes", limits={resource.RLIMIT_FSIZE: 64 * 1024})
    assert full.returncode == 1
    assert full.stderr.strip()
    assert is_told(folder)
    desk(folder, "forget", SECRET, "--yes")
    assert traces(folder) == []


def test_what_a_killed_desk_left_is_done_by_the_next_that_runs(folder: Path):
    killed = desk(folder, "forget", SECRET, "--yes", failpoint="forget-committed")
    assert killed.returncode == -signal.SIGKILL
    assert os.environ.get("COPYDESK_FAILPOINT") is None
    checked = desk(folder, "check")
    assert texts.before(1) in checked.stdout + checked.stderr
    assert desk(folder, "check", "--repair").returncode == 0
    assert traces(folder) == []
