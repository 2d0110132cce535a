"""A German, a Spanish and a Japanese article as a digest: who speaks, what they are, and the language's own marks.

`COPYDESK_GOLDEN=1 pytest tests/digest/test_languages_shown.py` writes the golden file anew.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from bot.chat.console.messenger import render
from bot.digest.compose import ComposeSettings, compose
from bot.domain.model import Arrival, Entry, Occasion, Window
from bot.quotes.find import find_quotes
from bot.views.layout import digest_message
from tests.builders import NOON, an_article, an_entry

GOLDEN = Path(__file__).parent / "golden" / "three_languages.txt"

GERMAN = (
    "Die Hafenstadt Weidensand hat am Montag ihre neue Klappbrücke eröffnet.",
    "Wenige Tage vor der Feier hatte die Leiterin der Hafenbehörde, Ada Vogel, noch vor Verzögerungen gewarnt.",
    (
        "„Auf diese Brücke haben in unserer Stadt drei Generationen gewartet“, sagte Vogel am Montag gegenüber dem Kurier. "
        "Man habe vieles gelernt."
    ),
)
SPANISH = (
    "El puerto de Almarza reabrió el lunes tras nueve semanas de obras.",
    "La grúa nueva mueve treinta contenedores por hora.",
    (
        "«La grúa vieja movía diez contenedores por hora y nadie se quejaba», explicó Tomás Quintana, director del puerto "
        "desde hace un año."
    ),
    "Pero aclaró que faltan contratos.",
)
JAPANESE = (
    "港町の白浜市で月曜日、新しい跳ね橋が開通した。",
    "橋の開通には市民約四百人が集まった。",
    "渡辺健太市長は「この橋を三世代の市民が待っていました。今日からは歩いて渡ることができます」と述べた。",
)
ARTICLES = (
    ("de", "Neue Klappbrücke in Weidensand eröffnet", "Uferkurier", GERMAN),
    ("es", "El puerto de Almarza reabre tras nueve semanas", "Diario de Almarza", SPANISH),
    ("ja", "白浜市に新しい跳ね橋", "白浜新聞", JAPANESE),
)


def read(number: int, language: str, title: str, source: str, paragraphs: tuple[str, ...]) -> Entry:
    article = an_article(
        *paragraphs,
        language=language,
        title=title,
        source=source,
        published=NOON - timedelta(hours=number),
    )
    return an_entry(article, *find_quotes(article), id=number, sentences=paragraphs[:1])


def test_three_languages_are_shown_in_their_own_marks() -> None:
    entries = [read(number, *one) for number, one in enumerate(ARTICLES, 1)]
    arrivals = [Arrival(one.origin, "new", NOON, one.revision, one.id) for one in entries]
    occasion, since = Occasion("asked", "morning", "1"), NOON - timedelta(days=1)
    digest = compose(
        occasion, "morning", Window(0, 3), since, NOON, entries, arrivals, ComposeSettings(style="full")
    )
    shown = render(digest_message(digest, "Europe/London"), width=88, colour=False)
    if os.environ.get("COPYDESK_GOLDEN"):
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8")
    assert "Ada Vogel, Leiterin der Hafenbehörde" in shown
    assert "Tomás Quintana, director del puerto\n" in shown
    assert "渡辺健太" in shown
