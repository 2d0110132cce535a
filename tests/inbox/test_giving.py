"""Files that the desk drops into its own inbox: harmless names, whole, in nobody's place."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inbox.dropping import DropBox
from bot.inbox.files import ignored
from bot.inbox.naming import harmless, may_be_given
from bot.inbox.spool import Spool, SpoolSettings
from bot.runtime import processes

NOW = datetime.now(UTC) + timedelta(hours=1)

HOSTILE = [
    ("../../etc/passwd", "passwd", ""),
    ("..\\..\\boot.ini", "boot", ".ini"),
    ("/etc/cron.d/x.txt", "x", ".txt"),
    (".bashrc", "bashrc", ""),
    (".hidden.txt", "hidden", ".txt"),
    ("report.txt.part", "report.txt", "-part"),
    ("a\x00b\n\r\u202etxt.exe", "abtxt", ".exe"),
    ("~$lock.docx", "lock", ".docx"),
    ("x.receipt.json", "x", "-json"),
    ("", "file", ""),
    ("...", "file", ""),
    ("  ", "file", ""),
    ("\ud800.txt", "txt", ""),
    ("n" * 5_000 + ".pdf", "n" * 100, ".pdf"),
    ("ä" * 5_000, "ä" * 50, ""),
    ("Bericht März (2).docx", "Bericht März (2)", ".docx"),
]


@pytest.mark.parametrize(("called", "stem", "ending"), HOSTILE)
def test_a_hostile_name_becomes_a_harmless_one(called, stem, ending):
    assert "".join(harmless(called)) == stem + ending


@given(st.text(alphabet=st.characters(), max_size=400))
def test_any_name_is_one_plain_name_that_the_inbox_reads(called):
    name = "-00000000".join(harmless(called))
    assert Path(name).name == name
    assert len(os.fsencode(name)) < 140
    assert name.isprintable()
    assert not ignored(name)
    assert not name.endswith(".receipt.json")
    assert may_be_given(name)
    assert not may_be_given(f"folder/{name}")
    assert not may_be_given("-1.txt".join(harmless(called)))


async def test_it_lies_there_whole_once_its_name_is_noted(tmp_path):
    folder, noted = tmp_path / "inbox", []
    spool = Spool(SpoolSettings(folder, quiet=timedelta(0)))

    async def note(name: str) -> None:
        spool.open(NOW)
        assert name not in {path.name for path in spool.waiting()}
        noted.append(name)

    box = DropBox(folder, 10)
    for _ in range(2):
        await box.drop("../a.txt", b"words", note)
    assert sorted(path.name for path in spool.waiting()) == sorted(noted)
    assert {path.read_bytes() for path in spool.waiting()} == {b"words"}
    assert {path.name[:2] for path in spool.waiting()} == {"a-"}
    assert {oct(path.stat().st_mode & 0o777) for path in spool.waiting()} == {"0o600"}


async def test_what_is_given_is_complete_at_once_and_a_lost_half_is_cleared(tmp_path, monkeypatch):
    halves: list[str] = []

    async def note(_: str) -> None:
        halves.extend(path.name for path in tmp_path.iterdir())

    box = DropBox(tmp_path, 10)
    await box.drop("a.txt", b"words", note)
    (given_,) = tmp_path.iterdir()
    assert given_.stat().st_mtime_ns < given_.stat().st_ctime_ns
    (half,) = halves
    (tmp_path / half.replace(processes.this_process(), "gone")).write_bytes(b"half")
    monkeypatch.setattr(processes, "may_be_alive", lambda holder: holder != "gone")
    box.clear()
    assert list(tmp_path.iterdir()) == [given_]


async def test_what_cannot_be_noted_leaves_nothing_behind(tmp_path):
    async def note(name: str) -> None:
        raise RuntimeError(name)

    with pytest.raises(RuntimeError):
        await DropBox(tmp_path, 10).drop("a.txt", b"words", note)
    assert list(tmp_path.iterdir()) == []
