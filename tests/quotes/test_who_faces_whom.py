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


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        # An age behind a full stop is no longer that of the next name.
        ("de", "Stammkundin Erdmute Schauß kommt oft. „Ich war hier als Kind“, erzählt die 78-Jährige. Bürgermeister Quirin Ostertag kam.", "Erdmute Schauß"),
        # A subject behind its verb, with an office.
        ("de", "„Er schweigt heute“, sagte Anwalt Bo Lind.\n\nAls Zeuge trat der Landwirt Gerd Mühl auf. „Ich bin aufgewacht, als es brannte“, sagte er.", "Gerd Mühl"),
        ("de", "Ob er antrete, ließ der 58-Jährige offen. „Fragen Sie mich das nach dem Sommer.“ Justus Wall (58) ging.", "Justus Wall"),
        ("de", "Der Forscher Bo Lind war da. Er hält sie für plausibel, mahnt aber zur Vorsicht: „Auch Hyänen beißen Löcher in Knochen.“", "Bo Lind"),
        ("de", "Das Spiel ging verloren. „Schöner kann man nicht aufhören“, sagte Milan Bosnik. „Ich gehe jetzt zum Fischen“, so der Innenverteidiger.", "Milan Bosnik"),
        ("it", "Il geologo Amedeo Fracassi tace. «Nessuno resterà solo con la frana», ha assicurato l'assessora alla Casa, Donatella Rinaldi.", "Donatella Rinaldi"),
        ("it", "Lo dice Amedeo Fracassi. «Nessuno resterà solo con la frana», ha assicurato l'assessora.", None),
        ("fr", "Faux, rétorque le maire, Yann Quéméneur. L'édile dit avoir attendu. « On ne les a même pas reçus », s'agace-t-il.", "Yann Quéméneur"),
        ("es", "Se lo dijo Baltasar Ureña a la prensa.\n\nUna de las víctimas es Casilda Moya. La mujer perdió mucho. “Me llamó un chico muy educado”, relata.", "Casilda Moya"),
        ("es", "El capitán, Joan Bellver, pidió perdón. “Esta camiseta merece mucho más”, dijo el central.", "Joan Bellver"),
        ("en", "Sen. Mina Stroud waits. The senator said she was sad. “I trusted him with everything,” she said.", "Mina Stroud"),
        ("en", "Calder boss Ignatius Boyle was less impressed. “It was a foul in the build-up,” he fumed.", "Ignatius Boyle"),
        ("en", "“No one is above the law,” said Special Agent in Charge Dwayne Kowal.", "Dwayne Kowal"),
    ],
)  # fmt: skip
def test_offices_ages_and_subjects_behind_their_verb(language: str, text: str, name: str | None) -> None:
    assert last(text, language) == name


ANSWERS = (
    "„Ich lasse ihn arbeiten, und das ist ein Unterschied.“",
    "„Das stimmt, und ich verstehe sie auch sehr gut.“",
    "„Mischen, und den Rehen das Frühstück nicht leicht machen.“",
)


@pytest.mark.parametrize(
    ("opening", "questions", "names"),
    [
        ("Försterin Gesche Uhl betreut den Wald.", ("Lassen Sie ihn liegen?", "Sehen das alle so?", "Was raten Sie?"), ["Gesche Uhl"] * 3),
        ("Försterin Gesche Uhl und Förster Bo Lind betreuen ihn.", ("Lassen Sie ihn liegen?", "Sehen das alle so?", "Was raten Sie?"), [None] * 3),
        ("Försterin Gesche Uhl betreut den Wald.", ("Er liegt.", "Alle sehen es.", "Das ist der Rat."), [None] * 3),
    ],
)  # fmt: skip
def test_the_answers_of_an_interview_are_of_the_one_person_whom_it_names(
    opening: str, questions: tuple[str, ...], names: list[str | None]
) -> None:
    rows = [line for pair in zip(questions, ANSWERS, strict=True) for line in pair]
    assert [one.speaker_name for one in find_quotes(an_article(opening, *rows, language="de"))] == names


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Port Salis (Kandoria), 12.03.2031 – Der kandorische Präsident Mateo Ferrand blieb hart. Am Abend sagte er: „Wir werden sie besiegen.“", "Mateo Ferrand"),
        ("de", "Der Chemiker und Preisträger Ansgar Thiel hat die Pläne kritisiert. „Man sägt den Ast ab und wundert sich“, schreibt er.", "Ansgar Thiel"),
        ("de", "Staatsanwältin Regula Feist lobte sie.\n\nPracks Witwe saß im Saal. „Ich will nur, dass es aufhört“, sagte sie.", None),
        ("en", "Trombonist Caleb Round stayed. “She drove me to the audition,” Round said.", "Caleb Round"),
        ("en", "Can weed help? Nerissa Quill thinks so.\n\n“People said nobody would eat it,” says the founder of Kelpie Foods.", "Nerissa Quill"),
        ("en", "Nerissa Quill met Bo Lind.\n\n“People said nobody would eat it,” says the founder of Kelpie Foods.", None),
        ("fr", "La cheffe du service, le Dr Perrine Lath, comprend. « Nous sommes cinq pour faire le travail », résume-t-elle.", "Perrine Lath"),
    ],
)  # fmt: skip
def test_datelines_relatives_and_founders(language: str, text: str, name: str | None) -> None:
    assert last(text, language) == name
