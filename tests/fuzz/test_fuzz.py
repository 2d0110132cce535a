"""The fuzz target without atheris: it finds what is planted, and the reader stands a few hundred inputs."""

from __future__ import annotations

from itertools import count, islice

import pytest

from tests.article.hostile import sound
from tests.fuzz import mutator
from tests.fuzz.reading import NAMES, one_input

SEEDS = list(sound().values())


def test_a_planted_fault_is_found_and_kept(tmp_path):
    def planted(data: bytes) -> None:
        if b"&#x110000;" in data:
            raise ValueError("planted")

    ticks = count()
    tried = mutator.run(planted, mutator.inputs(SEEDS, 2, 1), 500, tmp_path, lambda: next(ticks))
    assert tried.inputs == 499
    assert tried.broke
    for path in tried.broke:
        with pytest.raises(ValueError, match="planted"):
            planted(path.read_bytes())
        assert "ValueError: planted" in path.with_suffix(".txt").read_text()


def test_the_same_seed_makes_the_same_inputs():
    first, again, other = (list(islice(mutator.inputs(SEEDS, 9, seed), 60)) for seed in (1, 1, 2))
    assert first == again != other
    assert max(map(len, first)) <= mutator.LONGEST + 1


def test_damaged_files_are_read_or_refused():
    for data in islice(mutator.inputs(SEEDS, len(NAMES), 11), 150):
        one_input(data)
