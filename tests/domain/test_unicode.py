"""Any text becomes one that every store, index and platform takes."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.encoding import tidy
from bot.domain.unicode import MOST_MARKS, well_formed
from tests.odd import is_well_formed, odd_texts

ANY = st.text(st.characters(exclude_categories=()), max_size=80)


@given(ANY | odd_texts)
def test_any_text_becomes_well_formed_and_stays_as_it_then_is(text: str) -> None:
    for made in (well_formed, tidy):
        assert is_well_formed(made(text))
        assert made(made(text)) == made(text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_is_left_alone(text: str) -> None:
    assert well_formed(text) == text


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a \ud83d", "a \ufffd"),
        ("\ud83d\ude00!", "\U0001f600!"),
        ("\ude00\ud83d", "\ufffd\ufffd"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("a\tb\nc\rd\x0be\x0cf\x85g", "a\tb\nc\rd\x0be\x0cf\x85g"),
        ("\ufdd0\ufdef\ufffe\U0001ffff\U0010fffe", ""),
        ("cafe\u0301", "café"),
        ("\u212b", "\xc5"),
    ],
)
def test_what_becomes_of(given: str, expected: str) -> None:
    assert well_formed(given) == expected


def test_a_mark_joins_its_letter_over_what_nobody_sees() -> None:
    assert tidy("cafe\u200b\u0301") == "café"
    assert tidy("\ud83d\udc69\u200d\ud83d\udcbb") == "\U0001f469\u200d\U0001f4bb"


@pytest.mark.parametrize("marks", ["\u0301", "\u0301\u0316", "\u0344", "\u0f73"])
def test_no_letter_carries_marks_without_end(marks: str) -> None:
    text = well_formed("a" + marks * 1_000 + " end")
    assert sum(category(char) == "Mn" for char in text) <= MOST_MARKS
    assert text.endswith(" end")
