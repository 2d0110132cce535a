"""First names that are months, descriptions by trade and country, and sentences behind a quotation that say how somebody put it."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

SAID = {
    "en": "“It was calm on all of the bridge,”",
    "de": "„Die alte Brücke hält noch viele Jahre“,",
    "fr": "« On a su souffrir tous ensemble »,",
    "es": "«El puente es una promesa cumplida con todos»,",
}


def last(text: str, language: str = "en") -> str | None:
    """The name of whoever says the last quote; ``SAID`` stands for one in that language."""
    return find_quotes(an_article(text.replace("SAID", SAID[language]), language=language))[-1].speaker_name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "SAID said June Hale, a nurse.", "June Hale"),
        ("en", "SAID said April Hale.", "April Hale"),
        ("es", "SAID insistió Julio Prado.", "Julio Prado"),
        ("es", "Domingo Prado llegó. SAID dijo Prado.", "Domingo Prado"),
        ("de", "SAID sagte August Holt.", "August Holt"),
        ("en", "Tom Hale left. In June Hale said the bridge was “safe for all of us to use”.", "Tom Hale"),
        ("en", "Tom Hale left. On 3 April Hale said it was “safe for all of us to use”.", "Tom Hale"),
        (
            "en",
            "Tom Hale left. Last August Hale said the bridge was “safe for all of us to use”.",
            "Tom Hale",
        ),
        ("de", "Ute Holt kam. Im August sagte Holt: „Sie ist für uns alle sicher.“", "Ute Holt"),
    ],
)
def test_a_month_is_a_first_name_but_behind_what_leads_to_a_day(language: str, text: str, name: str) -> None:
    assert last(text, language) == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Tom Hale, a retired plumber, came first. SAID the plumber said.", "Tom Hale"),
        ("en", "Tom Hale, a plumber, met Una Ray, a plumber. SAID the plumber said.", None),
        ("en", "Tom Hale came first. SAID the plumber said.", None),
        ("de", "Der Klempner Tom Hale war zuerst da. SAID sagte der Klempner.", "Tom Hale"),
        ("de", "Tom Hale war zuerst da. SAID sagte der Klempner.", None),
        ("en", "Coach Marta Ruiz left. SAID the Spaniard said.", "Marta Ruiz"),
        ("en", "Coach Marta Ruiz met a German. SAID the German said.", None),
        ("en", "Marta Ruiz, a Spanish coach, left. Hal Dorn stayed. SAID the Spaniard said.", None),
        ("en", "Coach Marta Ruiz sued. SAID the German government said.", None),
        ("es", "El entrenador, Bruno Costa, ganó. SAID destacó el técnico portugués.", "Bruno Costa"),
        ("fr", "L'entraîneur, Bruno Costa, a gagné. SAID a dit le technicien portugais.", "Bruno Costa"),
        (
            "fr",
            "L'entraîneur Paul Dray a ri. Le gardien Luc Mer a ri. SAID a dit le technicien.",
            "Paul Dray",
        ),
        ("fr", "Le gardien Luc Mer a battu le favori. SAID a dit le gardien serbe.", None),
    ],
)
def test_a_trade_or_a_country_means_whom_it_fits(language: str, text: str, name: str | None) -> None:
    assert last(text, language) == name


@pytest.mark.parametrize(
    ("behind", "name"),
    [
        ("is how resident Paul Dray described it.", "Paul Dray"),
        ("was how Paul Dray put it.", "Paul Dray"),
        ("is how the book by Paul Dray begins.", None),
        ("was how critics described Paul Dray.", None),
    ],
)
def test_how_somebody_put_it(behind: str, name: str | None) -> None:
    assert last(f"SAID {behind}") == name
    assert last(f"“It was calm on all of the bridge.” That {behind}") == name


def test_how_somebody_describes_it_in_german() -> None:
    assert last("„Die alte Brücke hält noch viele Jahre“. So beschreibt es Ute Holt.", "de") == "Ute Holt"
