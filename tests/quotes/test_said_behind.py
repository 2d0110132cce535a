"""Whose a quotation is, told by the sentence or the bracket behind it, and pronouns of names that no list has."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article


def last(language: str, text: str) -> str | None:
    """The name of whoever says the last quote of the paragraphs."""
    return find_quotes(an_article(*text.split("\n\n"), language=language))[-1].speaker_name


BRIDGE = {
    "de": "„Die alte Brücke hält noch viele Jahre.“",
    "it": "“Il ponte è una promessa mantenuta con tutti”.",
    "es": "«El puente es una promesa cumplida con todos».",
    "pt": "“A ponte é uma promessa cumprida com todos”.",
    "fr": "« Le pont est une promesse tenue envers tous ».",
    "nl": "“De brug is een belofte die we nakomen.”",
    "sv": "”Bron är ett löfte som vi håller.”",
    "pl": "„Most to obietnica, której dotrzymamy.”",
}


@pytest.mark.parametrize(
    ("language", "behind", "name"),
    [
        ("de", "Das sagte Simone Vinz am Montag.", "Simone Vinz"),
        ("de", "Dies erklärte die Ministerin Simone Vinz am Montag in Uferstadt.", "Simone Vinz"),
        ("de", "Das hat Ministerin Simone Vinz am Montag erklärt.", "Simone Vinz"),
        ("de", "Das teilte Ministerin Simone Vinz am Montag mit.", "Simone Vinz"),
        ("de", "So äußerte sich Simone Vinz am Montag.", "Simone Vinz"),
        ("it", "Lo ha detto la sindaca Ornella Vassari a margine della festa.", "Ornella Vassari"),
        ("it", "È quanto afferma la sindaca Ornella Vassari in una nota.", "Ornella Vassari"),
        ("it", "Così la sindaca Ornella Vassari a margine della festa.", "Ornella Vassari"),
        ("es", "Así lo ha dicho la alcaldesa Ximena Arrieta en el puerto.", "Ximena Arrieta"),
        ("es", "Lo dijo la alcaldesa Ximena Arrieta en el puerto.", "Ximena Arrieta"),
        ("pt", "Foi o que disse a ministra Iolanda Prates ontem.", "Iolanda Prates"),
        ("fr", "C'est ce qu'a déclaré la maire Maëlle Kerdoncuff.", "Maëlle Kerdoncuff"),
        ("nl", "Dat zei burgemeester Sjoukje Wiarda gisteren.", "Sjoukje Wiarda"),
        ("sv", "Det skriver ministern Torunn Hedbäck i ett brev.", "Torunn Hedbäck"),
        ("pl", "To powiedziała burmistrz Bogna Wilczek.", "Bogna Wilczek"),
        ("de", "(Bürgermeister Onno Brarens)", "Onno Brarens"),
        # Another says or does something about the words.
        ("de", "Das sagte auch Ministerin Simone Vinz am Montag.", None),
        ("de", "Das kritisierte Ministerin Simone Vinz am Montag.", None),
        ("de", "Das sagt viel über Simone Vinz.", None),
        ("de", "So kam Simone Vinz am Montag an.", None),
        ("it", "Lo ha attaccato la sindaca Ornella Vassari.", None),
        ("es", "Así lo ha dicho también la alcaldesa Ximena Arrieta.", None),
        ("de", "(Foto: Onno Brarens)", None),
        ("de", "(Onno Brarens", None),
        ("de", "(Bürgermeister Onno Brarens", None),
        ("de", "(lacht)", None),
    ],
)
def test_the_sentence_behind_says_whose_the_words_were(language: str, behind: str, name: str | None) -> None:
    assert last(language, f"{BRIDGE[language]} {behind}") == name


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("fr", "Maëlle Kerdoncuff est arrivée. « Le pont tient bien », a-t-elle dit.", "Maëlle Kerdoncuff"),
        ("fr", "Maëlle Kerdoncuff vint.\n\nElle ajoute que « le pont tiendra bien ».", "Maëlle Kerdoncuff"),
        ("pl", "Bogna Wilczek przyjechała. „Most to nasza obietnica” – dodała.", "Bogna Wilczek"),
        ("cs", "Radmila Hošková přijela včera. „Most je slib, který dodržíme,“ dodala.", "Radmila Hošková"),
        ("nb", "Oddrun Fjære kom.\n\n– Broen er et løfte som vi holder, sier hun.", "Oddrun Fjære"),
        ("de", "Tjark Wobben kam gestern an. „Wir halten jedes Tor geschlossen“, sagte er.", "Tjark Wobben"),
        # A word that any sentence may open with, or two nouns, are nobody.
        ("de", "Ovid Tarns Firma wuchs. „Wir halten jedes Tor geschlossen“, sagt er.", None),
        ("de", "Scharfe Kritik kam gestern auf. „Wir halten jedes Tor geschlossen“, sagt er.", None),
        ("de", "Prozent Mehrwert kommen dazu. „Wir halten jedes Tor geschlossen“, sagt er.", None),
        ("fr", "Fermé Kerdoncuff. Le bar est fermé. « Le pont tient bien », a-t-il dit.", None),
    ],
)
def test_a_pronoun_shows_that_a_name_before_it_is_somebodys(
    language: str, text: str, name: str | None
) -> None:
    assert last(language, text) == name
