"""Which language a text is in, whatever its page says."""

from __future__ import annotations

import pytest

from bot.article.fields.language import settled

GERMAN = (
    "Die Hafenstadt Weidensand hat am Montag ihre neue Klappbrücke eröffnet. Etwa vierhundert Menschen kamen, "
    "und die Bürgermeisterin schnitt das Band durch. Am Abend wurde auf dem Marktplatz noch lange gefeiert, "
    "obwohl es seit dem Nachmittag ohne Unterlass geregnet hatte."
)
ZULU = (
    "Abantu abangamakhulu amane bafike ngoMsombuluko ukuzobona ibhuloho elisha elivulwe edolobheni laseThekwini. "
    "Imeya ithe leli bhuloho lizosiza abantu abaningi abasebenza echwebeni, futhi bonke bajabule kakhulu. "
    "Abadobi bathe basazosikhumbula isikebhe esidala esasibawelisa umfula nsuku zonke."
)


@pytest.mark.parametrize(
    ("stated", "text", "expected"),
    [
        ("en", ZULU, "zu"),
        ("en", GERMAN, "de"),
        ("de-AT", GERMAN, "de-AT"),
        (None, GERMAN, "de"),
        ("en", GERMAN[:60], "en"),
        ("lb", GERMAN, "lb"),
    ],
)
def test_a_long_text_outweighs_its_page(stated: str | None, text: str, expected: str) -> None:
    assert settled(stated, text) == expected
