"""Offices that face whom a text is about, and names beside which somebody else speaks."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article


def last(text: str, language: str) -> str | None:
    """The name of whoever says the last quote of the paragraphs."""
    return find_quotes(an_article(*text.split("\n\n"), language=language))[-1].speaker_name


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Erik Holm was sentenced to four years. “You showed no mercy at all,” the judge said."),
        ("en", "Erik Holm denied everything. “He planned it for months,” the prosecutor told the jury."),
        ("en", "Ann Lee was asleep when the ship ran aground. “I saw a light in the harbour,” the pilot said."),
        ("en", "Mayor Ann Lee said the bridge was safe. “I saw a crack in the arch,” the engineer said."),
        ("en", "Erik Holm was arrested in April. “He shouted at the whole harbour,” the prosecutor’s office said."),
        ("de", "Erik Holm fuhr ihn an. „Ich habe das Auto nicht gesehen“, sagte der Radfahrer."),
        ("de", "Erik Holm traf zweimal. „Das war ein großer Abend für uns alle“, sagte der Torwart."),
        ("es", "Pedro Lanza fue rescatado ayer. “Oí sus gritos desde la orilla”, dijo el pescador."),
        ("fr", "Pierre Lanza a été secouru hier. « J'ai entendu ses cris depuis la rive », raconte le pêcheur."),
        ("it", "Piero Lanza è stato salvato ieri. «Ho sentito le sue grida dalla riva», racconta il pescatore."),
        ("nl", "Piet Lanza is gisteren gered. “Ik hoorde hem roepen vanaf de oever”, zegt de visser."),
        ("sv", "Per Lanza räddades i går. ”Jag hörde hans rop från stranden”, säger fiskaren."),
        ("nb", "Per Lanza ble reddet i går. – Jeg hørte ropene hans fra stranden, sier fiskeren."),
    ],
)  # fmt: skip
def test_an_office_that_faces_somebody_is_not_that_one(language: str, text: str) -> None:
    assert last(text, language) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee sagte, Bo Lind habe ihr gesagt: „Sie werden hier nie wieder arbeiten.“", "Bo Lind"),
        ("In einem Brief an Ann Lee schrieb Bo Lind: „Das Schiff fährt nie wieder.“", "Bo Lind"),
        ("„Es war kalt und dunkel“, sagte der Anwalt der Klägerin Ann Lee.", None),
        ("„Es war kalt und dunkel“, sagte die Leiterin der Klinik Ann Lee.", "Ann Lee"),
        ("„Es war kalt und dunkel“, sagte der Vorsitzende des Aufsichtsrats, Bo Lind.", "Bo Lind"),
        ("Der Fährmann Lutz S. schweigt. „Ich habe das nicht gewollt“, sagte Lutz S. vor Gericht.", "Lutz S."),
        ("Der Fährmann Bo Lind lebt hier. Sein klarer Rat lautet: früh kommen. „Um neun sind alle Plätze weg.“", "Bo Lind"),
        ("Ann Lee leitet die Werft. Eine Erkenntnis von ihr lautet: „Dieses Modell bricht vieles auf.“", "Ann Lee"),
        ("Bo Lind sagte, die Werft wachse. Bis 2042 würden laut Marktprognosen viele Schiffe gebaut. „Das ist die Butter aufs Brot.“", "Bo Lind"),
    ],
)  # fmt: skip
def test_german_speakers_beside_other_names(text: str, name: str | None) -> None:
    assert last(text, "de") == name


def test_what_somebody_does_is_no_role() -> None:
    article = an_article(
        "Ann Lee, quoting her mother, said: “You will never work in this town again.”", language="en"
    )
    assert find_quotes(article)[0].role is None
