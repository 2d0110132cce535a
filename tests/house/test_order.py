"""The order of a run can be brought back."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.order import VARIABLE, note, replayed

NAMES = ["tests/a.py::one", "tests/a.py::two[\u2028 \n\ud800]", "tests/b.py::three"]
ITEMS = [SimpleNamespace(nodeid=name) for name in NAMES]


def test_each_worker_writes_its_order_and_a_run_can_follow_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "order"))
    for worker, name in (("gw1", NAMES[2]), ("gw0", NAMES[0]), ("gw1", NAMES[1])):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        note(name)
    followed = replayed(ITEMS, tmp_path / "order" / "gw1.txt")  # type: ignore[arg-type] # as good as items
    assert [item.nodeid for item in followed] == [NAMES[2], NAMES[1]]


def test_nothing_is_written_where_nobody_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    note(NAMES[0])
    assert list(tmp_path.iterdir()) == []


def test_an_order_of_other_tests_is_refused(tmp_path: Path):
    (tmp_path / "gw0.txt").write_text("'tests/gone.py::one'\n", encoding="utf-8")
    with pytest.raises(pytest.UsageError, match=r"tests/gone\.py"):
        replayed(ITEMS, tmp_path / "gw0.txt")  # type: ignore[arg-type] # as good as items
