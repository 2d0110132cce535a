from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.words import cut, fold, folded_with_origins, stems, unspaced, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Bridges, re-opened", ("the", "bridges", "re", "opened")),
        ("C++ C# F+ AT&T 5G", ("c++", "c#", "f", "at", "t", "5g")),
        ("l’Europe O'Brien", ("l", "europe", "o", "brien")),
        ("Élysée Łódź Straße œuvre Ø", ("elysee", "lodz", "strasse", "oeuvre", "o")),
        ("e\u0301te\u0301 ÉTÉ", ("ete", "ete")),
        ("ΑΘΉΝΑ οδος ΟΔΟΣ", ("αθηνα", "οδοσ", "οδοσ")),
        ("Ёлка Їжак Йод", ("елка", "їжак", "йод")),
        ("iPhone发布会", ("iphone", "发", "布", "会")),
        ("서울 ไทย", ("서", "울", "ไ", "ท", "ย")),
        ("हिन्दी", ("हिन्दी",)),
        ("na\u00adive zero\u200bwidth", ("naive", "zerowidth")),
        ("🚢 … & -", ()),
        ("x" * 100, ()),
    ],
)
def test_text_becomes_words(text: str, expected: tuple[str, ...]):
    assert words(text) == expected


def test_stems_are_those_of_each_language():
    assert stems("Bridges", ["en", "de", ""]) == {
        ("bridg",): frozenset({"en", "de"}),
        ("bridges",): frozenset({""}),
    }


def test_only_scripts_without_spaces_fall_into_characters():
    assert [unspaced(word) for word in ("中", "น", "é", "c++", "й")] == [True, True, False, False, False]


@given(st.text() | st.text(alphabet="aß e\u0301İﬁ\u00ad\ud800中Σ “’"))
def test_origins_lead_back_to_the_character_that_a_fold_came_from(text: str):
    folded, origins = folded_with_origins(text)
    assert len(origins) == len(folded) + 1
    assert list(origins) == sorted(origins)
    assert origins[len(folded)] == len(text)
    for token in cut(folded, "").tokens:
        start, end = origins[token.char_offset_from], origins[token.char_offset_to]
        assert 0 <= start <= end <= len(text)


@given(st.text())
def test_folding_twice_changes_nothing_that_is_searched(text: str):
    assert words(fold(text)) == words(text)
