"""Files that the desk itself puts into the inbox, under hostile names; and their receipts, read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reasons import Reason
from bot.inbox import drop
from bot.inbox.drop import InboxDrop, told
from bot.inbox.files import ignored
from bot.inbox.receipts import ENDING, Receipt
from bot.inbox.spool import Spool, SpoolSettings

NOW = datetime(2031, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("Bericht über Öl.DOCX", "Bericht über Öl.docx"),
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\Users\\ada\\a.html", "a.html"),
        ("/etc/cron.d/evil", "evil.txt"),
        (".hidden.txt", "hidden.txt"),
        ("done", "done.txt"),
        ("Thumbs.db", "Thumbs.db"),
        ("half.part", "half.part.txt"),
        ("~$lock.docx", "lock.docx"),
        ("a\x00b\n<c>|d*?.txt", "ab_c_d_.txt"),
        ("x.receipt.json", "x.receipt.json"),
        ("", "file.txt"),
        ("...", "file.txt"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a.b/c..", "c.txt"),
    ],
)
def test_a_name_is_made_harmless_and_stays_like_itself(tmp_path, name, shown):
    own = InboxDrop(SpoolSettings(tmp_path)).put(name, b"x")
    assert told(own) == shown
    assert [path.name for path in tmp_path.iterdir()] == [own]


@given(st.text(max_size=300))
def test_no_name_leads_out_hides_or_is_too_long(name):
    own = drop._own(name)
    assert own == Path(own).name
    assert not ignored(own)
    assert not own.endswith(ENDING)
    assert len(own.encode()) <= 200
    assert own.isprintable()


def test_a_disk_that_takes_nothing_is_left_as_it_was(tmp_path, monkeypatch):
    def full(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(drop, "put", full)
    with pytest.raises(OSError, match="No space"):
        InboxDrop(SpoolSettings(tmp_path)).put("a.txt", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_there_at_once_and_whole(tmp_path):
    folder = tmp_path / "inbox"
    inbox = InboxDrop(SpoolSettings(folder, quiet=timedelta(hours=1)))
    names = [inbox.put("same.txt", data) for data in (b"one", b"two")]
    assert len(set(names)) == 2
    spool = Spool(inbox.settings)
    spool.open(datetime.now(UTC))
    complete, _ = spool.complete(datetime.now(UTC))
    assert sorted(path.name for path in complete) == sorted(names)


@pytest.mark.parametrize("outcome", ["new", "unreadable"])
def test_a_receipt_is_read_back_as_it_was_written(tmp_path, outcome):
    inbox = InboxDrop(SpoolSettings(tmp_path))
    name, other = inbox.put("a [1].txt", b"x"), inbox.put("a [1].txt", b"x")
    spool = Spool(inbox.settings)
    spool.open(NOW)
    why = Reason("document.some_of", bad=1, count=2, place="a", why=Reason("file.vanished"))
    part = Receipt("a#1", "known", NOW, 3, "Title")
    written = Receipt(name, outcome, NOW, None, None, why, (part,))
    claim = spool.claim(tmp_path / name)
    assert claim
    assert inbox.receipt(name) is None
    spool.settle(claim, written, "0" * 64)
    assert inbox.receipt(name) == written
    assert inbox.receipt(other) is None
