"""A German, a Spanish and a Japanese article as a digest: who speaks, what they are, and the language's own marks.

`COPYDESK_GOLDEN=1 pytest tests/digest/test_languages_shown.py` writes the golden file anew.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from bot.chat.console.messenger import render
from bot.digest.compose import ComposeSettings, compose
from bot.domain.model import Arrival, Document, Entry, Occasion, Reading, Window
from bot.ingest.reading import ReadingSettings, read_or_unpack
from bot.views.layout import digest_message
from tests.builders import NOON

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "three_languages.txt"
DOCUMENT = HERE.parents[1] / "docs" / "languages.md"
FILES = ("weidensand.md", "almarza.md", "shirahama.md")


def read(number: int, name: str) -> Entry:
    """The file as the desk reads it, whatever language it finds it to be in."""
    data = (HERE / "languages" / name).read_bytes()
    reading = read_or_unpack(Document(name, data, NOON), ReadingSettings(sentences=2))
    assert isinstance(reading, Reading)
    return Entry(
        id=number,
        revision=number,
        article=reading.article,
        summary=reading.summary,
        quotes=reading.quotes,
        origin=name,
        added=NOON,
        story=number,
    )


def the_digest() -> str:
    entries = [read(number, name) for number, name in enumerate(FILES, 1)]
    assert [one.article.language for one in entries] == ["de", "es", "ja"]
    arrivals = [Arrival(one.origin, "new", NOON, one.revision, one.id) for one in entries]
    occasion, since = Occasion("asked", "morning", "1"), NOON - timedelta(days=1)
    digest = compose(
        occasion,
        "morning",
        Window(0, 3),
        since,
        NOON,
        entries,
        arrivals,
        ComposeSettings(style="full", quotes=2),
    )
    return render(digest_message(digest, "Europe/London"), width=88, colour=False)


def test_three_languages_are_shown_in_their_own_marks() -> None:
    shown = the_digest()
    if os.environ.get("COPYDESK_GOLDEN"):
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8")
    for speaker in (
        "— Ada Vogel, Leiterin der Hafenbehörde\n",
        "— Emil Harms, Stadtrat\n",
        "— Tomás Quintana, director del puerto\n",
        "— Inés Robledo, alcaldesa\n",
        "— 渡辺健太, 市長\n",
        "— 白浜港湾組合\n",
    ):
        assert speaker in shown


def test_the_document_shows_that_digest() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8").strip("\n") in document
