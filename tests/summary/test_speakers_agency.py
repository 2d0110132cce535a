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
