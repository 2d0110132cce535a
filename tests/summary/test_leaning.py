"""Names in a sentence, and the words beside them, are found without looking at its other words."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.summary import leaning
from bot.summary.leaning import WORDLESS


def told(text: str) -> list[tuple[tuple[str, ...], str, str]]:
    return [(run.words, run.before, run.behind) for run in leaning._runs(text, WORDLESS)]


def plainly(text: str) -> list[tuple[tuple[str, ...], str, str]]:
    """The same by looking at every word."""
    found = list(leaning._TOKEN.finditer(text))
    runs = [[at] for at, one in enumerate(found) if one[0][0].isupper()]
    for one, other in reversed(list(pairwise(runs))):
        if one[0] + 1 == other[0] and leaning._beside(text, found[one[0]], found[other[0]]):
            one.extend(other)
            runs.remove(other)
    low = ["", *(one[0].lower() for one in found), ""]
    return [(tuple(leaning._bare(found[at][0]) for at in run), low[run[0]], low[run[-1] + 2]) for run in runs]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("the harbour master Tom Reyes left", [(("Tom", "Reyes"), "master", "left")]),
        ("“Reyes's ferry,” Ann O’Hara-Lee said.", [(("Reyes",), "", "ferry"), (("Ann", "O'Hara-Lee"), "ferry", "said.")]),
        ("so-Called iPhone, Ärzte", [(("Ärzte",), "iphone", "")]),
        ("He met Gov. Reyes. Lee came", [(("He",), "", "met"), (("Gov", "Reyes"), "met", "lee"), (("Lee",), "reyes.", "came")]),
    ],
)  # fmt: skip
def test_names_and_the_words_beside_them(text: str, runs: list[tuple[tuple[str, ...], str, str]]) -> None:
    assert told(text) == plainly(text) == runs


@settings(deadline=None, max_examples=60)
@given(st.text("aAbÉßİМм.'’- 1,_“", max_size=16))
def test_they_are_those_that_a_look_at_every_word_finds(text: str) -> None:
    assert told(text) == plainly(text)


@pytest.mark.parametrize("token", ["A", "A ", "a-", "A'", "A.", "a A, ", "'", "-A"])
def test_a_long_sentence_takes_no_longer_for_each_name(token: str) -> None:
    text = token * (100_000 // len(token))
    started = time.process_time()
    assert all(len(before) <= len(text) for _, before, _ in told(text))
    assert (
        time.process_time() - started < 4
    )  # a quarter of a second; by the square of the names it is minutes
