from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.wording import phrases
from bot.wording.marks import marks_for

NOW = datetime(2031, 3, 4, 12, 0)  # noqa: DTZ001 - phrases are told local moments


@pytest.mark.parametrize(
    ("then", "words"),
    [
        (datetime(2031, 3, 4, 8, 15), "today 08:15"),  # noqa: DTZ001 - as above
        (datetime(2031, 3, 3, 17, 30), "yesterday 17:30"),  # noqa: DTZ001 - as above
        (datetime(2031, 3, 1, 0, 5), "Sat 1 March, 00:05"),  # noqa: DTZ001 - as above
        (datetime(2031, 3, 5, 0, 5), "Wed 5 March, 00:05"),  # noqa: DTZ001 - as above
        (datetime(2030, 12, 31, 9, 0), "31 December 2030, 09:00"),  # noqa: DTZ001 - as above
    ],
)
def test_moments(then, words):
    assert phrases.moment(then, NOW) == words


def test_days_show_no_time():
    assert phrases.short_day(date(2031, 3, 3), NOW.date()) == "yesterday"
    assert phrases.short_day(date(2031, 2, 3), NOW.date()) == "Mon 3 February"


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and 1 more outlet"),
        (["A", "B", "C", "D"], "A, B and 2 more outlets"),
    ],
)
def test_outlets(sources, words):
    assert phrases.outlets(sources) == words


@pytest.mark.parametrize(
    ("speaker", "source", "role", "words"),
    [
        ("Ada", "Gazette", None, "— Ada · Gazette"),
        ("Ada", "Gazette", "fire chief", "— Ada, fire chief · Gazette"),
        ("Ada", None, "fire chief", "— Ada, fire chief"),
        ("Ada", None, None, "— Ada"),
        (None, "Gazette", None, "quoted in Gazette"),
        (None, None, None, ""),
    ],
)
def test_attributions(speaker, source, role, words):
    assert phrases.attribution(speaker, source, role) == words


@pytest.mark.parametrize(
    ("language", "opening", "shown"),
    [
        ("de", '"', "„Wir warten“"),
        ("de", "«", "«Wir warten»"),
        ("de-AT", "„", "„Wir warten“"),
        ("fr", '"', "«\u00a0Wir warten\u00a0»"),
        ("fr", "«", "«\u00a0Wir warten\u00a0»"),
        ("es", "«", "«Wir warten»"),
        ("es", "“", "“Wir warten”"),
        ("sv", '"', "”Wir warten”"),
        ("ja", "「", "「Wir warten」"),
        ("zh", "「", "「Wir warten」"),
        ("zh", "“", "“Wir warten”"),
        ("en", "„", "“Wir warten”"),
        (None, "", "“Wir warten”"),
        ("xx", "", "“Wir warten”"),
    ],
)
def test_quotation_marks_are_those_of_the_language(language, opening, shown):
    assert phrases.quoted("Wir warten", marks_for(language, opening)) == shown


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (12000, "12,000 files")]
)
def test_plurals(count, words):
    assert phrases.plural(count, "file") == words


def test_titles():
    assert phrases.digest_title("morning") == "The morning digest"
    assert phrases.digest_title("Energy digest") == "The Energy digest"
