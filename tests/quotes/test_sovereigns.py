"""Popes, kings and princes, whose one name behind their title is a whole one, in several languages."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

SEA = "The sea belongs to whoever mends the nets, and to nobody else."


def named(language: str, *paragraphs: str) -> list[tuple[str | None, str | None]]:
    """The name and the role of each quote's speaker."""
    article = an_article(*paragraphs, language=language)
    return [(one.speaker_name, one.role and one.role.of(article.text)) for one in find_quotes(article)]


@pytest.mark.parametrize(
    ("language", "introduced", "behind", "name", "role"),
    [
        ("en", "Pope Valerian came to the harbour on Sunday.", "Valerian said", "Pope Valerian", None),
        ("en", "Pope Valerian XIV came to the harbour.", "the pope said", "Pope Valerian XIV", None),
        ("en", "The harbour was opened by Prince Olav.", "Prince Olav said", "Prince Olav", None),
        ("en", "King Osric II opened the harbour.", "Osric said", "King Osric II", None),
        ("en", "Emperor Tadahito saw the harbour.", "the emperor said", "Emperor Tadahito", None),
        ("en", "Queen Ylva, who keeps bees, saw the harbour.", "she said", "Queen Ylva", None),
        ("en", "Martin Ruben King Jr. saw the harbour.", "King said", "Martin Ruben King Jr.", None),
        ("en", "King Street was full of people.", "King said", None, None),
        ("en", "The pope of Harbour Town was there.", "Harbour said", None, None),
        ("de", "Papst Valerian kam am Sonntag in den Hafen.", "sagte der Papst", "Papst Valerian", None),
        ("de", "Prinz Olav kam am Sonntag in den Hafen.", "sagte Olav", "Prinz Olav", None),
        ("es", "El papa Valeriano llegó el domingo al puerto.", "dijo el papa", "Valeriano", "papa"),
        ("fr", "Le roi Osric a visité le port dimanche.", "a dit le roi", "Osric", "roi"),
        ("it", "Papa Valeriano è arrivato domenica al porto.", "ha detto Valeriano", "Papa Valeriano", None),
    ],
)  # fmt: skip
def test_a_title_and_one_name(
    language: str, introduced: str, behind: str, name: str | None, role: str | None
) -> None:
    assert named(language, introduced, f"“{SEA[:-1]},” {behind}.") == [(name, role)]


def test_a_surname_is_still_that_of_whoever_bears_it() -> None:
    told = named(
        "en",
        "Harry Kane met Prince Olav at the harbour, and Martha Joan King waited for both of them.",
        f"“{SEA[:-1]},” Kane said. “{SEA[:-1]},” King said. “{SEA[:-1]},” Olav said.",
    )
    assert [name for name, _ in told] == ["Harry Kane", "Martha Joan King", "Prince Olav"]
