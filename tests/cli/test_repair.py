"""`copydesk check` tells what is left over in the inbox, and `--repair` takes it away; nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.runtime.processes import this_process
from tests.desk import FERRY, an_article_file
from tests.ingest.test_ingest_faults import desk
from tests.stores import migrated


def ended() -> str:
    """A process that was."""
    code = "from bot.runtime.processes import this_process; print(this_process())"
    root = Path(__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=root
    ).stdout.strip()


@pytest.mark.parametrize("retained", [False, True])
def test_receipts_alone_and_half_written_ones_go_and_whose_writer_lives_stay(tmp_path, retained):
    migrated(tmp_path / "data" / "copydesk.db")
    limits = "[retention]\ndone_days = 30\n" if retained else ""
    (tmp_path / "config.toml").write_text(
        f'timezone = "UTC"\n{limits}[inbox]\nquiet = 0\nreaders = 1\n', encoding="utf-8"
    )
    for name in ("a", "b"):
        an_article_file(
            tmp_path / "inbox", f"{name}.txt", f"Ferry {name} sails", f"Ship {name} left.", *FERRY
        )
    assert desk(tmp_path, "ingest").returncode == 0
    done = tmp_path / "inbox" / "done"
    (lost,) = done.rglob("a.txt~????????")
    lost.unlink()
    half, living = lost.with_name(f".{ended()}.part"), lost.with_name(f".{this_process()}.part")
    half.write_text("{")
    living.write_text("{")
    told = desk(tmp_path, "check").stdout
    assert "1 receipt whose file is gone" in told
    assert "1 half written receipt of desks that ended" in told
    assert (half.exists(), len(list(done.rglob("*.receipt.json")))) == (True, 2)
    assert desk(tmp_path, "check", "--repair").returncode == 0
    assert (half.exists(), living.exists()) == (False, True)
    # Where files are let go of and receipts are not, receipts stand alone on purpose.
    assert len(list(done.rglob("*.receipt.json"))) == 1 + retained
    assert len(list(done.rglob("b.txt~????????"))) == 1
