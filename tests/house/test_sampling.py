"""A sample is the same in each process and each run, spread over the cases, and all are run where that is asked for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.sampling import VARIABLE, left_out


def cases(test: str, count: int, most: int | None, **of: str) -> list[Any]:
    mark = None if most is None else SimpleNamespace(args=(most,), kwargs=of)
    return [
        type("Item", (), {"nodeid": f"{test}[{n:02}]", "get_closest_marker": lambda _, __: mark})()
        for n in range(count)
    ]


def names(items: Any) -> list[str]:
    return sorted(item.nodeid for item in items)


@pytest.fixture(autouse=True)
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def test_of_each_test_so_many_cases_are_run_whatever_their_order():
    one, other, whole = cases("a", 30, 3), cases("b", 2, 3), cases("c", 9, None)
    left = left_out([*one, *other, *whole])
    assert names(left) == names(left_out([*reversed(whole), *reversed(other), *reversed(one)]))
    run = [int(name[2:4]) for name in names(set(one) - left)]
    assert [n // 10 for n in run] == [0, 1, 2], "one of each third"
    assert left <= set(one)


def test_another_seed_is_another_sample_and_all_is_all(monkeypatch: pytest.MonkeyPatch):
    items = cases("a", 200, 5)
    usual = names(left_out(items))
    monkeypatch.setenv(VARIABLE, "2")
    assert names(left_out(items)) != usual
    monkeypatch.setenv(VARIABLE, "all")
    assert left_out(items) == set()


def test_a_case_that_is_asked_for_alone_is_run():
    assert left_out(cases("a", 1, 1)) == set()


def test_of_a_file_so_many_tests_are_run():
    one, other = cases("tests/a.py::one", 3, 2, of="file"), cases("tests/a.py::other", 3, 2, of="file")
    assert len({*one, *other} - left_out([*one, *other])) == 2
