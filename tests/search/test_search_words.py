from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.search.words import (
    _FOLDING,
    PLAIN,
    SPACED,
    cut,
    fold,
    folded_with_origins,
    plain,
    spaced,
    stemmer_of,
    stems,
    tokenizers,
    unspaced,
    words,
)


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


_TEXTS = (
    st.text() | st.text(alphabet="aeiy stingsed-'’“”ü.\u00a0#+_C1²") | st.text(alphabet="ab ", min_size=70)
)


@given(_TEXTS, st.sampled_from(["", "en", "de", "fr", "fi", "tr", "ru"]))
@example("C++ and C#, R2-D2 said: “Änderungen über das Straßennetz”", "de")
@example("a " + "b" * 81 + " running", "en")
def test_tantivy_cuts_in_its_own_threads_what_it_would_cut_before(text: str, language: str):
    folded, stemmer = fold(text), stemmer_of(language)
    for cutter, code, given_text in (
        (PLAIN, "", folded if plain(folded) else None),
        (SPACED, stemmer, spaced(folded, stemmer)),
    ):
        if given_text is not None:
            here, before = tokenizers()[cutter].pre_tokenize(given_text), cut(folded, code)
            assert [(one.text, one.position) for one in here.tokens] == [
                (one.text, one.position) for one in before.tokens
            ]


@given(_TEXTS | st.text(alphabet="aÉß’中Ёİ\u0301 "))
def test_folding_only_what_is_foreign_folds_the_same(text: str):
    whole = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode().lower()
    assert fold(text) == whole.translate(_FOLDING)


def test_most_texts_are_cut_by_tantivy_and_words_keep_their_places_elsewhere():
    assert spaced(fold("“Bridges” über die Brücke"), "en") == "bridg uber die bruck"
    assert spaced(fold("C++ 中国"), "en") is None
    assert spaced("a " + "b" * 81 + " c", "") is None
