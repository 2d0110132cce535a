"""German agency prose: partial quotations, reports in another mood, and whom a role or an epithet means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

WORDS = "Die alte Brücke hält noch viele Jahre"


def told(*paragraphs: str) -> list[tuple[str, str | None]]:
    article = replace(an_article(*paragraphs), language="de")
    return [(one.words.of(article.text), one.speaker_name) for one in find_quotes(article)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("„Das ist ein Sieg der Vernunft“, sagte Ovid Tarn.", ["Das ist ein Sieg der Vernunft"]),
        ("„Diese Koalition ist am Ende“, rief Ovid Tarn.", ["Diese Koalition ist am Ende"]),
        ("„Wir brauchen“, so Ovid Tarn, „eine neue Regelung.“", ["Wir brauchen", "eine neue Regelung."]),
        ("Ovid Tarn lobte ihn als „Glücksfall für die Stadt“.", ["Glücksfall für die Stadt"]),
        (
            "Ovid Tarn sprach von einem „Armutszeugnis für die Regierung“.",
            ["Armutszeugnis für die Regierung"],
        ),
        ("Ovid Tarn sagte, es sei „ein Schlag ins Gesicht“.", ["ein Schlag ins Gesicht"]),
        ("Ovid Tarn lobte den Roman „Das Haus am Hang“.", []),
        ("Ovid Tarn gewann einen „Best of Beton“-Preis, wie er sagte.", []),
        ("Ovid Tarn sprach beim „Bündnis für Arbeit“ vor.", []),
    ],
)
def test_a_phrase_of_nouns_is_told_from_a_title(sentence: str, words: list[str]) -> None:
    assert [found for found, _ in told(sentence)] == words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The subject stands beside the first half of the verb, or before an earlier verb.
        (f"Zuvor hatte Ovid Tarn noch erklärt, der Bau sei „{WORDS}“.", "Ovid Tarn"),
        (f"Der Richter Ovid Tarn hatte in der Begründung gesagt, „{WORDS}“.", "Ovid Tarn"),
        (f"Ovid Tarn freut sich sehr, gibt aber auch zu: „{WORDS}.“", "Ovid Tarn"),
        (f"Der Bau komme, so Ovid Tarn abschließend: „{WORDS}.“", "Ovid Tarn"),
        (f"Der Bau komme, wünscht sich Ovid Tarn: „{WORDS}.“", "Ovid Tarn"),
        ("Vom „größten Projekt aller Zeiten“ sprach Minister Ovid Tarn.", "Ovid Tarn"),
        (f"„{WORDS}“, sagte Zoo- und Tierparkdirektor Ovid Tarn.", "Ovid Tarn"),
        (f"Uwe Tarn kam. „{WORDS}“, hatte er im März gesagt.", "Uwe Tarn"),
        (f"Drei Tage war Uwe Tarn im Hafen. „{WORDS}“, sagte er.", "Uwe Tarn"),
        (f"Uwe Tarn kam. Nach Tarns Worten ist der Bau „{WORDS}“.", "Uwe Tarn"),
        (f"Ovid Tarn warf der Partei „{WORDS}“ vor.", "Ovid Tarn"),
        (f"Ovid Tarn kam. Er rate dazu, „{WORDS}“.", "Ovid Tarn"),
        # What stands before the speaker is no part of somebody else.
        (f"Die Kammer kam. Deren Präsident Ovid Tarn erklärte, der Bau sei „{WORDS}“.", "Ovid Tarn"),
        (f"Auch der Regisseur Ovid Tarn äußerte sich betroffen: „{WORDS}.“", "Ovid Tarn"),
        (f"Ovid Tarn sagte am Montag laut Manuskript: „{WORDS}.“", "Ovid Tarn"),
        # A say-verb shows who is somebody, wherever it stands.
        (f"Sie traf ihren Amtskollegen Sergo Lawin. Lawin sagte, das Land sei „{WORDS}“.", "Sergo Lawin"),
        # The mood goes on before a colon, and over a sentence that only says who is asked.
        (f"„Das ist neu“, sagte Ovid Tarn. Wichtig seien alle, die sprächen: „{WORDS}.“", "Ovid Tarn"),
        (
            f"Der Forscher Ovid Tarn von der Universität nahm das unter die Lupe. Es habe Zeit – „{WORDS}“.",
            "Ovid Tarn",
        ),
    ],
)
def test_the_report_names_its_speaker(text: str, name: str) -> None:
    assert told(text)[-1][1] == name


@pytest.mark.parametrize(
    ("before", "called", "name"),
    [
        ("Innenminister Wolf Tarn stimmte ihr zu.", "der Minister", "Wolf Tarn"),
        ("Innenminister Wolf Tarn kam. Otto Lehm vom Verband widersprach.", "der Minister", "Wolf Tarn"),
        ("Innenminister Wolf Tarn kam. Finanzminister Otto Lehm ging.", "der Minister", "Otto Lehm"),
        ("Innenminister Wolf Tarn traf Finanzminister Otto Lehm.", "der Minister", None),
        ("US-Präsident Wolf Tarn kam.", "der russische Präsident", None),
        (
            "Geschäftsführer Wolf Tarn kam. Ein Betriebschef sei er gern.",
            "der junge Geschäftsführer",
            "Wolf Tarn",
        ),
        ("Wolf Tarn sagte: „Wir waren einfach gut.“", "der Brasilianer", "Wolf Tarn"),
        ("Wolf Tarn sagte: „Wir waren einfach gut.“", "der zweifache Vater", "Wolf Tarn"),
        ("Ada Lehm sagte: „Wir waren einfach gut.“", "der Brasilianer", None),
        ("Hafen-Chef Wolf Tarn kam. Otto Lehm widersprach.", "der Hafen-Boss", "Wolf Tarn"),
        ("Ministerpräsident Wolf Tarn kam. Otto Lehm widersprach.", "der Regierungschef", "Wolf Tarn"),
        ("Bundestrainer Wolf Tarn kam. Otto Lehm widersprach.", "der Coach", "Wolf Tarn"),
        ("Hafen-Chef Wolf Tarn kam. Otto Lehm widersprach.", "der Fähr-Boss", "Otto Lehm"),
    ],
)
def test_a_role_means_whoever_holds_one_joined_of_it(before: str, called: str, name: str | None) -> None:
    assert told(f"{before} „{WORDS}“, sagte {called}.")[-1][1] == name


@pytest.mark.parametrize(
    "between",
    [
        "Dort sieht auch Tarn Vorteile.",
        "Sieben Prozent Mehrwertsteuer zahle man.",
        "Das kam im Sender Kanal 13.",
        "Zwei Jahre dauert es.",
    ],
)
def test_nouns_behind_a_surname_or_a_number_are_no_rival(between: str) -> None:
    assert (
        told(f"Uwe Tarn sagte: „{WORDS}.“ {between} „{WORDS} lang“, warnt er - und geht.")[-1][1]
        == "Uwe Tarn"
    )


def test_an_age_before_a_colon_is_whoever_was_named_last() -> None:
    assert told(f"Alexander Tarn kann nicht dabei sein. Der 24-Jährige: „{WORDS}.“") == [
        (f"{WORDS}.", "Alexander Tarn")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        f"„{WORDS}“, so laute Tarns Botschaft an das Volk.",
        f"Wir sollten heute mit Stimmen beginnen, die meinten: „{WORDS}.“",
        f"Herr Tarn, bevor wir beginnen, eine Meinung, die so selten nicht ist: „{WORDS}.“",
        f"Die Firma sprach, nachdem sie so lange „{WORDS}“.",
        f"Vor Zehntausenden Gläubigen sagte das Oberhaupt: „{WORDS}.“",
        f"Bei sieben Prozent Mehrwertsteuer sei das „{WORDS}“, warnt er.",
    ],
)
def test_what_looks_like_a_speaker_is_none(sentence: str) -> None:
    assert told("Ovid Tarns Firma wuchs.", sentence)[-1][1] is None


@pytest.mark.parametrize(
    "text",
    [
        # Passives, and those whom a paper quotes.
        f"Minister Ovid Tarn wird mit den Worten zitiert: „{WORDS}.“",
        f"Der „Hafenbote“ zitiert Minister Ovid Tarn mit den Worten: „{WORDS}.“",
        f"„{WORDS}“, wurde der Trainer Ovid Tarn in den Blättern zitiert.",
        f"Minister Ovid Tarn kam. „{WORDS}“, zitiert ihn der „Hafenbote“.",
        f"Ada Lehm wurde von Minister Ovid Tarn als „{WORDS}“ bezeichnet.",
        f"Ovid Tarn hat den Plan als „{WORDS}“ bezeichnet.",
        f"Der Abgeordnete Ovid Tarn hat der Gilde „Zögern“ und „{WORDS}“ vorgeworfen.",
        f"Neu war der Plan, den Ovid Tarn als „{WORDS}“ bezeichnete.",
        # What somebody sees, wants and holds.
        "Ovid Tarn sieht darin „einen Angriff auf die Freiheit“.",
        "Ovid Tarn will „mit aller Härte dagegen“ vorgehen.",
        "Ovid Tarn wies das als „frei erfunden und völlig haltlos“ zurück.",
        "Ovid Tarn zeigte sich „zutiefst besorgt über die Lage“.",
        "Ovid Tarn ist überzeugt, dass „die Zeit der Ausreden vorbei ist“.",
        "Ovid Tarn vertrat die Auffassung, dass „die Zeit der Ausreden vorbei ist“.",
        f"Dies sei „{WORDS}“, ließ Ovid Tarn wissen.",
        f"Ovid Tarn machte deutlich, dies sei „{WORDS}“.",
        # By whose account, and whose conclusion.
        f"Aus Sicht von Ovid Tarn ist der Bau „{WORDS}“.",
        f"Nach Ansicht des Abgeordneten Ovid Tarn ist der Bau „{WORDS}“.",
        f"Minister Ovid Tarn sieht nach eigenen Worten eine „{WORDS}“.",
        f"Minister Ovid Tarn kam. Seiner Meinung nach sei der Bau „{WORDS}“.",
        f"Für Minister Ovid Tarn ist es „{WORDS}“.",
        f"„{WORDS}“, so lautete das Urteil des Richters Ovid Tarn.",
        f"Das Fazit von Ovid Tarn: „{WORDS}.“",
        f"„{WORDS}“, heißt es in einer Erklärung von Ovid Tarn.",
        f"Minister Ovid Tarn ging. In seiner Erklärung heißt es: „{WORDS}.“",
        # With these words, and from whom they came.
        f"Mit den Worten „{WORDS}“ verteidigte Minister Ovid Tarn den Bau.",
        f"„{WORDS}!“ Mit diesen Worten wandte sich Ovid Tarn an die Gilde.",
        f"Kritik kam auch von Ovid Tarn, dem Sprecher der Gilde. Der Bau sei „{WORDS}“.",
        # Where the subject stands.
        f"Am Abend trat Präsident Ovid Tarn vor die Presse und erklärte: „{WORDS}.“",
        f"Das bestätigt auch Hafen-Gründer Ovid Tarn: „{WORDS}.“",
        f"Ähnlich hatte sich der Hafen-Chef Ovid Tarn auf dem Fest geäußert: „{WORDS}.“",
        f"Ähnlich sieht es Ovid Tarn, Experte der Gilde: „{WORDS}“, sagt er.",
        f"Minister Ovid Tarn ging. In einem Brief an die Partei schreibt er: „{WORDS}.“",
        f"Der Angeklagte Ovid Tarn bestritt die Tat: „{WORDS}.“",
        f"„{WORDS}“, sagt Hafen-Autor und -Experte Ovid Tarn.",
        f"„{WORDS}“, sagte der Vorsitzende der Rat/Hafen-Gilde, Ovid Tarn.",
        f"„{WORDS}“, sagte der Leiter der Hafenwache (HW), Ovid Tarn.",
        f"Außenminister Ovid Tarn ließ erklären, der Bau sei „{WORDS}“.",
        f"Minister Ovid Tarn kam. Zu den Plänen wollte er sich nicht äußern: „{WORDS}.“",
        f"Der Besitzer der Halle, der Unternehmer Ovid Tarn, zeigte sich froh. „{WORDS}.“",
        # Who that is.
        f"Minister Ovid Tarn ging. Der 63-Jährige begründete dies mit „{WORDS}“.",
        f"Präsident Ovid Tarn kam. „{WORDS}“, betonte das Staatsoberhaupt.",
        f"Ovid Tarn ist Präsident. „{WORDS}“, betonte der Präsident.",
        f"Hauptautor der Studie ist Ovid Tarn von der Gilde. „{WORDS}“, erklärt der Forscher.",
        f"Ada Lehm kritisierte Minister Ovid Tarn. Dieser sagte: „{WORDS}.“",
        f"Ovid Tarn (76) blättert in einem Buch. „{WORDS}“, sagt er.",
    ],
)
def test_an_agency_tells_the_speaker_without_a_say_verb(text: str) -> None:
    assert told(text)[-1][1] == "Ovid Tarn"


def test_a_leader_of_a_body_is_named_behind_its_name() -> None:
    assert told(f"„{WORDS}“, sagt die Leiterin des Hauptbüro Hafen Sandra Lehm.")[0][1] == "Sandra Lehm"


def test_two_offices_are_one_person() -> None:
    before = f"Hafen- und Fährministerin Ada Lehm kam. „{WORDS}“, sagte sie."
    assert told(before, f"„{WORDS}“, so die Hafen- und Fährministerin.")[-1][1] == "Ada Lehm"


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Ovid Tarn berichtete von „deutlichen Fortschritten“ am Hafen.", ["deutlichen Fortschritten"]),
        ("Ovid Tarn nannte den Bau „schwer erträglich“.", ["schwer erträglich"]),
        ("Als „Schlag ins Gesicht“ bezeichnete Ovid Tarn den Bau.", ["Schlag ins Gesicht"]),
        (
            "Ovid Tarn zufolge ist der Bau „ein Schlag ins Gesicht der Bürger“.",
            ["ein Schlag ins Gesicht der Bürger"],
        ),
        ("Ovid Tarn lobte den „Erlauer Prälat“ sehr.", []),
        ("Die Polizei berichtete von einer „schwierigen Lage“ am Hafen.", ["schwierigen Lage"]),
        ("Die Leute berichteten von „deutlichen Fortschritten“.", ["deutlichen Fortschritten"]),
        ("Zuletzt war von „deutlichen Fortschritten“ die Rede.", []),
    ],
)
def test_two_small_words_of_somebody_are_a_quote(sentence: str, words: list[str]) -> None:
    assert [found for found, _ in told(sentence)] == words


@pytest.mark.parametrize(
    ("following", "name"),
    [
        ("Die Gilde verkenne „die Lage am alten Hafen“.", "Ovid Tarn"),
        ("Der Bau entzaubere „die alte Zeit am Hafen“.", "Ovid Tarn"),
        ("Die Gilde wurde „die Lage am alten Hafen seit Jahren“ nicht los.", None),
    ],
)
def test_the_mood_is_told_by_its_ending(following: str, name: str | None) -> None:
    assert told(f"„{WORDS}“, sagte Ovid Tarn. {following}")[-1][1] == name


@pytest.mark.parametrize(
    ("between", "name"),
    [
        ("Die Betreuung fiel an jenem Tag ganz aus.", "Ovid Tarn"),
        ("Die Fähre namens „Möwe“ kam nicht.", "Ovid Tarn"),
        ("Die Hafenbehörde sperrte das Tor.", None),
        ("Am Tor stand Minister Otto Lehm.", None),
    ],
)
def test_a_speaker_speaks_on_over_what_names_nobody(between: str, name: str | None) -> None:
    assert told(f"Otto Lehm kam. „{WORDS}“, sagte Ovid Tarn. {between} „{WORDS} lang.“")[-1][1] == name


def test_whoever_a_sentence_names_alone_says_what_follows_it() -> None:
    spoke = f"„{WORDS}“, sagte Ovid Tarn."
    assert told(spoke, f"Bei der Probe kamen Tarn die Tränen. „{WORDS} lang.“")[-1][1] == "Ovid Tarn"


def test_a_heading_is_passed_by_and_has_the_speaker_of_what_it_repeats() -> None:
    spoke = f"Alma Tarn kam an. „{WORDS}“, sagte sie."
    heading = "„Brücke hält viele Jahre, und noch mehr“"
    assert (
        told(spoke, heading, "„Die Brücke hält viele Jahre, und noch mehr dazu“, sagte Otto Lehm.")[1][1]
        == "Otto Lehm"
    )
    assert told(spoke, "Freude bei Ina Lehm", f"„{WORDS} lang“, sagte sie.")[-1][1] == "Alma Tarn"


def test_the_full_name_may_stand_above_the_body() -> None:
    article = replace(
        an_article(f"„{WORDS}“, sagte Lehm."), language="de", title="Eva Lehm zur Rektorin gewählt"
    )
    assert [one.speaker_name for one in find_quotes(article)] == ["Eva Lehm"]


@pytest.mark.parametrize(
    "text",
    [
        "Negative Folgen für die Kinder hält das Gericht für „hinreichend klar belegt“.",
        f"Schriftliche Frage an den Rat: „{WORDS}.“",
        f"Vor mehreren Zehntausend Zuhörern kam er. „{WORDS}“, betonte der Hafen-Boss.",
        f"Der AStA der Universität wies das zurück. „{WORDS}“, schrieb der AStA.",
        f"Ada Lehm wird „{WORDS}“ vorgeworfen.",
    ],
)
def test_a_quality_and_a_noun_are_nobody(text: str) -> None:
    assert told(text)[-1][1] is None


def test_a_name_behind_a_preposition_is_not_who_asks() -> None:
    text = f"Bischof Karl Tarn predigte. In Anlehnung an den Soziologen Uwe Lehm fragte er: „{WORDS}?“"
    assert told(text)[-1][1] != "Uwe Lehm"


@pytest.mark.parametrize("subject", ["Die Außenbeauftragte", "Sie"])
def test_who_is_named_behind_is_another_than_she(subject: str) -> None:
    text = f"Ada Lehm sagte: „{WORDS}.“ {subject} gratulierte Lehm und sprach von „{WORDS} lang“."
    assert told(text)[-1][1] is None
