"""Which worker ran which tests, and in which order: written while they run, and brought back from that.

Which worker takes which test is not fixed by a seed: whoever is done steals from the other.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

VARIABLE = "COPYDESK_ORDER"
"""Names the folder that gets a file for each worker; unset, nothing is written."""


def note(nodeid: str) -> None:
    """Write down that this worker begins this test; at once, because it may be its last."""
    if folder := os.environ.get(VARIABLE):
        path = Path(folder) / f"{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{_line(nodeid)}\n")


def replayed(items: Sequence[pytest.Item], order: Path) -> list[pytest.Item]:
    """The tests that the file names, in its order. Raises UsageError where one of them is not there."""
    known = {_line(item.nodeid): item for item in items}
    lines = order.read_text(encoding="utf-8").splitlines()
    if gone := [line for line in lines if line not in known]:
        raise pytest.UsageError(f"{len(gone)} tests of {order} are not here, as {gone[0]}")
    return [known[line] for line in lines]


def _line(nodeid: str) -> str:
    return ascii(nodeid)
