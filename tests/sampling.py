"""Which cases of an exhaustive test `make test` runs: a sample with a fixed seed; `make faults` runs all.

A test with ``@pytest.mark.sampled(n)`` has more cases than a daily run can afford, each much like the others. With
``sampled(n, of="file")`` the cases are the tests of a whole file.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from random import Random

import pytest

VARIABLE = "COPYDESK_SAMPLE"
"""Another seed; or "all"."""


def examples(few: int, many: int) -> int:
    """How many generated cases, or lives of a state machine, are tried."""
    return many if os.environ.get(VARIABLE) == "all" else few


def left_out(items: Sequence[pytest.Item]) -> set[pytest.Item]:
    """The cases that are not run: of each test all but ``n``, which lie apart in the order of their names."""
    seed = os.environ.get(VARIABLE, "1")
    if seed == "all":
        return set()
    tests: dict[tuple[str, int], list[pytest.Item]] = defaultdict(list)
    for item in items:
        if mark := item.get_closest_marker("sampled"):
            group = "::" if mark.kwargs.get("of") == "file" else "["
            tests[item.nodeid.partition(group)[0], mark.args[0]].append(item)
    kept: set[pytest.Item] = set()
    for (name, most), cases in tests.items():
        cases.sort(key=lambda item: item.nodeid)
        chance = Random(f"{seed} {name}")
        bounds = [len(cases) * n // most for n in range(most + 1)]
        kept.update(cases[chance.randrange(low, high)] for low, high in pairwise(bounds) if low < high)
    return {item for cases in tests.values() for item in cases} - kept
