"""Files that the desk puts into its own inbox: whole at once, never over another, under harmless names."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import InboxError
from bot.inbox.dropping import DropBox
from bot.inbox.files import below, ignored
from bot.inbox.naming import named
from bot.inbox.spool import SETTLED, Spool, SpoolSettings
from bot.runtime import processes
from tests.builders import NOON


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_a_file_is_complete_at_once_and_never_takes_the_place_of_another(tmp_path):
    drop = DropBox(tmp_path)
    assert await drop("a/b.html", b"one") == "a/b.html"
    assert await drop("a/b.html", b"two") == "a/b-2.html"
    assert (tmp_path / "a/b.html").read_bytes() == b"one"
    assert (tmp_path / "a/b-2.html").read_bytes() == b"two"
    status = (tmp_path / "a/b.html").stat()
    assert status.st_mtime_ns < status.st_ctime_ns  # also where both are of one tick
    spool = Spool(SpoolSettings(tmp_path))
    spool.open(NOON)
    complete, again = spool.complete(NOON)
    assert [path.name for path in complete] == ["b-2.html", "b.html"]
    assert again is None


async def test_many_at_once_are_all_there(tmp_path):
    drop = DropBox(tmp_path)
    names = await asyncio.gather(*(drop("a.txt", str(n).encode()) for n in range(30)))
    assert len(set(names)) == 30
    assert {path.read_bytes() for path in below(tmp_path)} == {str(n).encode() for n in range(30)}
    assert len(names_in(tmp_path)) == 30


async def test_what_the_disk_refuses_is_an_error_and_leaves_nothing(tmp_path, monkeypatch):
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InboxError, match="No space"):
        await DropBox(tmp_path)("a.txt", b"one")
    assert names_in(tmp_path) == []


async def test_the_disk_keeps_a_file_and_its_names_before_anybody_notes_that_it_was_taken(
    tmp_path, monkeypatch
):
    kept: list[tuple[int, bool]] = []
    place = tmp_path / "a" / "b.txt"
    monkeypatch.setattr(os, "fsync", lambda handle: kept.append((os.fstat(handle).st_ino, place.exists())))
    await DropBox(tmp_path)("a/b.txt", b"one")
    assert kept == [
        (place.stat().st_ino, False),
        (place.parent.stat().st_ino, True),
        (tmp_path.stat().st_ino, True),
    ]


def test_halves_of_processes_that_are_gone_are_cleared_away(tmp_path, monkeypatch):
    for holder in ("gone", processes.this_process()):
        (tmp_path / f".{holder}~1.drop.part").write_bytes(b"half")
    (tmp_path / ".other.part").write_bytes(b"another program's")
    monkeypatch.setattr(processes, "may_be_alive", lambda holder: holder != "gone")
    DropBox(tmp_path).clear()
    assert sorted(names_in(tmp_path)) == sorted([f".{processes.this_process()}~1.drop.part", ".other.part"])


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Bridge to close", "Bridge-to-close.html"),
        ("../../etc/passwd", "etc-passwd.html"),
        ("..", "article.html"),
        ("", "article.html"),
        (".hidden", "hidden.html"),
        ("a\0b\nc", "ab-c.html"),
        ("C:\\con", "C-con.html"),
        ("Größe 5 — “Neu”", "Größe-5-Neu.html"),
        ("done", "done-article.html"),
        ("notes.receipt", "notes.receipt.html"),
    ],
)
def test_a_title_becomes_a_name(title, name):
    assert named(title, ".html") == name


def test_no_name_is_that_of_a_receipt():
    assert named("notes.receipt", ".json") == "notes.receipt-article.json"


@given(st.text(), st.sampled_from([".html", ".json", ".txt", ".mhtml"]))
def test_whatever_the_title_is_the_file_stays_in_its_folder_and_is_seen(title, ending):
    name = named(title, ending, "courier")
    path = Path(name)
    assert path.parent == Path("courier")
    assert not ignored(path.name)
    assert path.name not in SETTLED
    assert len(os.fsencode(path.name)) < 200
    assert path.name.isprintable()
