"""German: trades before names that no list has, who was elected, and accounts in "ihr" and "es"."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

WORDS = "Die alte Brücke hält noch viele Jahre"


def last(*paragraphs: str) -> str | None:
    return find_quotes(an_article(*paragraphs, language="de"))[-1].speaker_name


@pytest.mark.parametrize(
    "trade",
    ["Feuerwehrmann", "Hobbyfunker", "Vereinsmitglied", "Ratsherr", "Augenzeuge", "der Augenzeuge"],
)
def test_a_trade_before_a_name_is_no_part_of_it(trade: str) -> None:
    assert last(f"„{WORDS}“, sagte {trade} Onno Brarens.") == "Onno Brarens"


@pytest.mark.parametrize("name", ["Tillmann Lehm", "Ursula von der Leihn", "Jan Page", "Per Lund"])
def test_a_first_name_stays_one(name: str) -> None:
    assert last(f"„{WORDS}“, sagte {name}.") == name


def test_a_preposition_is_no_first_name() -> None:
    assert last(f"Gegenüber Uferpress sagte Mirjana Koll vom Institut: „{WORDS}.“") == "Mirjana Koll"


@pytest.mark.parametrize(
    "before",
    [
        "Neuer Vorsitzender der Gilde ist Onno Brarens.",
        "Der neue Vorsitzende der Gilde heißt Onno Brarens.",
        "Zum Vorsitzenden wurde Onno Brarens gewählt.",
        "Die Gilde wählte Onno Brarens zum Vorsitzenden.",
    ],
)
def test_an_office_shows_who_is_a_person(before: str) -> None:
    assert last(f"{before} „{WORDS}“, sagte er nach der Wahl.") == "Onno Brarens"


@pytest.mark.parametrize(
    "sentence",
    [
        f"Ihrer Meinung nach ist der Bau „{WORDS}“.",
        f"Ihren Angaben zufolge ist der Bau „{WORDS}“.",
        f"Zur Begründung hieß es: „{WORDS}.“",
        f"„{WORDS}“, wie Koll, Leiterin der Wache, erklärte.",
        f"Zuletzt hob Koll hervor, die Brücke sei „{WORDS}“.",
        f"Die Brücke sei, wie es Koll ausdrückte, „{WORDS}“.",
    ],
)
def test_the_account_is_hers(sentence: str) -> None:
    assert last(f"Ministerin Mirjana Koll kam an. {sentence}") == "Mirjana Koll"


@pytest.mark.parametrize(
    "sentence",
    [
        f"Ihrer Meinung nach ist der Bau „{WORDS}“.",
        f"Zur Begründung hieß es in Medienberichten: „{WORDS}.“",
        f"Angaben zufolge ist der Bau „{WORDS}“.",
    ],
)
def test_the_account_of_others_is_not_his(sentence: str) -> None:
    assert last(f"Minister Uwe Koll traf Anwohner. {sentence}") is None


@pytest.mark.parametrize(
    "sentence",
    [
        f"Dem Uferboten sagte sie: „{WORDS}.“",
        f"Für sie steht fest: „{WORDS}.“",
        f"Das sagte Koll dem Uferboten. „{WORDS}.“",
    ],
)
def test_an_object_or_a_preposition_first_leaves_her_the_words(sentence: str) -> None:
    assert last(f"Ministerin Mirjana Koll trat zurück. {sentence}") == "Mirjana Koll"


@pytest.mark.parametrize(
    "sentence", [f"Für seine alte Firma steht fest: „{WORDS}.“", f"Uwe Kolls Antwort war kurz: „{WORDS}.“"]
)
def test_what_somebody_has_is_nobody(sentence: str) -> None:
    assert last(sentence) is None


@pytest.mark.parametrize("outlet", ["das Uferblatt", "die Zeitung", "die Agentur"])
def test_who_quotes_is_no_part_of_what_the_quoted_is(outlet: str) -> None:
    article = an_article(f"„{WORDS}“, zitiert {outlet} Werftchefin Mirjana Koll.", language="de")
    quote = find_quotes(article)[-1]
    assert quote.speaker_name == "Mirjana Koll"
    assert quote.role is not None
    assert article.text[quote.role.start : quote.role.end] == "Werftchefin"
