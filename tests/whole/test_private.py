"""What the desk makes is for its own user alone, whatever the umask; what somebody made keeps its mode."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.inbox.receipts import Receipt
from bot.inbox.spool import Spool, SpoolSettings
from bot.runtime import private
from bot.search import folder
from bot.store.sql.database import StoreSettings, open_store

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True, params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def readable(folder: Path) -> list[Path]:
    """What of the folder, and below it, others may read or search."""
    return [path for path in (folder, *folder.rglob("*")) if mode(path) & 0o077]


async def test_the_database_and_the_files_beside_it(tmp_path):
    path = tmp_path / "var" / "data" / "copydesk.db"
    async with await open_store(StoreSettings(f"sqlite:///{path}")):
        assert {file.name for file in path.parent.iterdir()} >= {"copydesk.db", "copydesk.db-wal"}
        assert readable(tmp_path / "var") == []


async def test_a_database_behind_a_link_that_leads_nowhere_yet(tmp_path):
    path, real = tmp_path / "copydesk.db", tmp_path / "disk" / "real.db"
    real.parent.mkdir()
    path.symlink_to(real)
    async with await open_store(StoreSettings(f"sqlite:///{path}")):
        assert mode(real) == 0o600


async def test_a_mode_that_somebody_gave_stays(tmp_path):
    shared, path = tmp_path / "shared", tmp_path / "shared" / "copydesk.db"
    shared.mkdir()
    path.touch()
    shared.chmod(0o750)
    path.chmod(0o640)
    async with await open_store(StoreSettings(f"sqlite:///{path}")):
        assert (mode(shared), mode(path)) == (0o750, 0o640)


@pytest.mark.parametrize("outcome", ["new", "unreadable"])
def test_claims_receipts_and_what_is_settled(tmp_path, outcome):
    inbox = tmp_path / "inbox"
    (inbox / "agency").mkdir(parents=True)
    (inbox / "agency" / "a.txt").write_text("Storm Inga")
    spool = Spool(SpoolSettings(inbox))
    spool.open(NOW)
    claim = spool.claim(inbox / "agency" / "a.txt")
    assert claim is not None
    spool.begin(claim)
    kept = mode(claim.path)
    assert [path for path in readable(inbox / ".claimed") if path != claim.path] == []
    place = spool.settle(claim, Receipt("a.txt", outcome, NOW), "0" * 64)
    assert place is not None
    assert mode(place) == kept, "what somebody dropped keeps its mode"
    assert [path for path in readable(place.parents[1]) if path != place] == []
    spool.close()


def test_the_inbox_itself_is_as_the_umask_has_it(tmp_path):
    probe = tmp_path / "probe"
    probe.mkdir()
    Spool(SpoolSettings(tmp_path / "inbox")).open(NOW)
    assert mode(tmp_path / "inbox") == mode(probe)


def test_the_index_lies_in_a_folder_that_is_closed(tmp_path):
    path = tmp_path / "var" / "index"
    folder.opened(path)
    with folder.rebuilding(path):
        assert mode(path) == mode(path.parent) == 0o700
        assert mode(path / folder.LABEL) == mode(path.with_name("index.lock")) == 0o600


def test_a_folder_is_not_made_over_a_file(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="exists"):
        private.make_folder(tmp_path / "file")
    with pytest.raises(OSError, match="exists"):
        private.make_folder(tmp_path / "file" / "below")
