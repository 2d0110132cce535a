"""A file that is still being written is left alone; one that was renamed into place is complete."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.inbox.finished import ENDLESS, StableFiles

QUIET = timedelta(seconds=2)


@pytest.fixture
def stable_files() -> StableFiles:
    return StableFiles(QUIET)


def written(path: Path, text: str = "text") -> datetime:
    """Write in place; the moment of the write as the disk tells it."""
    path.write_text(text)
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def test_a_fresh_file_waits_until_it_is_quiet(stable_files, tmp_path):
    path = tmp_path / "a.txt"
    now = written(path)
    assert stable_files.complete([path], now) == ((), now + QUIET)
    assert stable_files.complete([path], now + QUIET / 2) == ((), now + QUIET)
    assert stable_files.complete([path], now + QUIET) == ((path,), None)


def test_a_file_that_grows_waits_longer(stable_files, tmp_path):
    path = tmp_path / "a.txt"
    now = written(path)
    stable_files.complete([path], now)
    with path.open("a") as file:
        file.write("more")
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 10**9))
    later = now + timedelta(seconds=1)
    # utime has touched the inode; a second write in place sets both times alike again.
    written(path, "longer text")
    assert stable_files.complete([path], later)[0] == ()


def test_a_rename_is_complete_at_once(stable_files, tmp_path):
    half = tmp_path / "a.txt.part"
    now = written(half)
    path = half.rename(tmp_path / "a.txt")
    if path.stat().st_ctime_ns == path.stat().st_mtime_ns:  # a coarse clock: touch the inode again
        path.chmod(0o640)
    assert stable_files.complete([path], now)[0] == (path,)


def test_an_old_file_is_complete(stable_files, tmp_path):
    path = tmp_path / "a.txt"
    now = written(path)
    assert stable_files.complete([path], now + timedelta(hours=1)) == ((path,), None)


def test_a_date_in_the_future_does_not_hold_a_file_for_ever(stable_files, tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    written(path)
    then = path.lstat()
    ahead = then.st_mtime_ns + 10**9 * 86_400

    class Ahead:
        st_mode, st_size = then.st_mode, then.st_size
        st_mtime_ns = st_ctime_ns = ahead
        st_mtime = ahead / 10**9

    monkeypatch.setattr(os, "lstat", lambda _: Ahead)
    now = datetime.fromtimestamp(then.st_mtime, UTC)
    assert stable_files.complete([path], now)[0] == ()
    assert stable_files.complete([path], now + QUIET)[0] == (path,)


def test_links_and_vanished_files_are_somebody_elses_business(stable_files, tmp_path):
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "nowhere")
    gone = tmp_path / "gone.txt"
    now = datetime.now(UTC)
    assert stable_files.complete([link, gone], now) == ((link, gone), None)


def test_a_network_folders_times_prove_nothing(tmp_path):
    remote = StableFiles(QUIET, remote=True)
    half = tmp_path / "a.txt.part"
    now = written(half)
    path = half.rename(tmp_path / "a.txt")
    path.chmod(0o640)  # the change time is ahead, as it is on CIFS while a file is written
    later = now + timedelta(hours=1)  # and the server's clock an hour behind
    assert remote.complete([path], later) == ((), later + QUIET)
    written(path, "longer text")
    path.chmod(0o600)
    assert remote.complete([path], later + QUIET) == ((), later + 2 * QUIET)
    assert remote.complete([path], later + 2 * QUIET) == ((path,), None)


def grown(stable_files: StableFiles, path: Path, now: datetime) -> None:
    """A look at a file that has just been written to."""
    status = path.lstat()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "lstat", lambda _: Written(status, now))
        assert stable_files.complete([path], now)[0] == ()


class Written:
    """A status whose times are those of a write at ``now``."""

    def __init__(self, status: os.stat_result, now: datetime) -> None:
        self.st_mode, self.st_size = status.st_mode, status.st_size
        self.st_mtime = now.timestamp()
        self.st_mtime_ns = self.st_ctime_ns = int(self.st_mtime * 10**9)


def test_a_file_that_never_rests_is_endless_after_a_while(stable_files, tmp_path):
    path, other = tmp_path / "a.log", tmp_path / "b.txt"
    start = now = written(path)
    grown(stable_files, path, now)
    while now <= start + ENDLESS:
        assert stable_files.endless(now) == ()
        now += ENDLESS / 2
        grown(stable_files, path, now)
    assert stable_files.endless(now) == (path,)
    stable_files.complete([other], now)
    assert stable_files.endless(now) == ()


def test_a_clock_that_is_set_back_keeps_no_file_waiting_for_the_moment_from_which_it_was(
    stable_files: StableFiles, tmp_path: Path
):
    path = tmp_path / "a.txt"
    path.write_text("half")
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    assert stable_files.complete([path], changed)[0] == ()
    back = changed - timedelta(hours=2)
    assert stable_files.complete([path], back) == ((), back + QUIET)
    assert stable_files.complete([path], back + QUIET)[0] == (path,)
