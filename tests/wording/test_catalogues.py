"""Each language says all that the desk says, with the same placeholders, and nothing that it does not say."""

from __future__ import annotations

import re

import pytest

from bot.wording.language import ENGLISH, Catalogue, counted, known, languages, say, speaking, spoken
from tests.wording.texts import MODULES, ROOT, fields, filled_wrongly, said, unsaid

OTHERS = [one for one in languages().values() if one is not ENGLISH]


def test_the_walk_saw_the_texts():
    texts, several = said()
    assert len(texts) > 300
    assert len(several) > 25
    assert {"phrases", "replies", "reasons"} <= set(MODULES)
    assert "de" in [one.code for one in OTHERS]


@pytest.mark.parametrize("catalogue", OTHERS, ids=lambda one: one.code)
class TestACatalogue:
    def test_has_every_text(self, catalogue: Catalogue):
        texts, several = said()
        assert sorted((texts | set(several)) - set(catalogue.texts)) == []

    def test_has_words_for_commands_that_platforms_take(self, catalogue: Catalogue):
        assert [word for word in catalogue.commands if not re.fullmatch("[a-z]+", word)] == []

    def test_has_nothing_that_is_not_said(self, catalogue: Catalogue):
        texts, several = said()
        assert sorted(set(catalogue.texts) - texts - set(several)) == []

    def test_has_the_placeholders_of_the_source(self, catalogue: Catalogue):
        texts, _ = said()
        for text in texts & set(catalogue.texts):
            told = catalogue.texts[text]
            assert isinstance(told, str), text
            assert fields(told) == fields(text)

    def test_has_a_form_for_each_count(self, catalogue: Catalogue):
        reached = {catalogue.form(number) for number in range(200)}
        _, several = said()
        for text in set(several) & set(catalogue.texts):
            forms = catalogue.texts[text]
            assert isinstance(forms, tuple), text
            assert set(range(len(forms))) == reached
            for told in forms:
                assert set(fields(told)) - {"count"} == set(fields(text)) - {"count"}


def test_one_and_many_have_the_same_placeholders():
    _, several = said()
    for many, one in several.items():
        assert set(fields(one)) - {"count"} == set(fields(many)) - {"count"}


def test_no_text_is_shown_that_is_not_said():
    found = [line for path in sorted(ROOT.rglob("*.py")) for line in unsaid(path)]
    assert found == []


def test_each_text_is_said_with_the_values_that_it_names():
    assert list(filled_wrongly()) == []


def test_a_language_is_known_whatever_its_region():
    assert known("de-AT") == known("de_CH") == known("DE") == "de"
    assert known("", "tlh", "en-GB", "de") == "en"
    assert known("tlh", "") == ""


def test_english_is_spoken_unless_another_is_set():
    assert spoken() == "en"
    with speaking("de"):
        assert spoken() == "de"
        with speaking("tlh"):
            assert say("today") == "today"
        assert say("today") == "heute"
    assert say("today") == "today"


def test_numbers_are_set_apart_as_the_language_does():
    with speaking("de"):
        assert counted(1234, "{count} file", "{count} files") == "1.234 Dateien"
        assert say("{size:,.1f} {name}", size=1234.5, name="a.b,c") == "1.234,5 a.b,c"
    assert counted(1, "{count} file", "{count} files") == "1 file"


def test_what_is_filled_in_is_not_filled_again():
    assert say("{names} and {last}", names="{last}", last="{0.__class__}") == "{last} and {0.__class__}"
