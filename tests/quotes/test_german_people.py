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


BREMM = "Wachtchefin Mirjana Koll war an Bord. Ein Sprecher der Werft lobte die Brücke."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{BREMM} Das sieht Koll anders: „{WORDS}.“", "Mirjana Koll"),
        (
            f"{BREMM} Anders sieht das die Anwältin Nuray Brem, die hier lebt. Sie sei „{WORDS}“.",
            "Nuray Brem",
        ),
        (f"{BREMM} Doch lesen Sie nun, was das für uns heißt: „{WORDS}.“", None),
        (f"Anders Brem lobte die Brücke. „{WORDS}“, sagte Brem.", "Anders Brem"),
        (f"Als „fest“ hat Uwe Brem die Brücke bezeichnet. Nun gebe es „Pfeiler, {WORDS}“.", "Uwe Brem"),
        (f"„{WORDS}“, hat Uwe Brem dem Nachbarn zugerufen.", "Uwe Brem"),
        (f"Birte Brem verlangte vier Jahre Haft. Der Mann habe „{WORDS}“.", "Birte Brem"),
        (f"Uwe Brem hält es für möglich. Aber das heiße nicht, „dass {WORDS}“.", "Uwe Brem"),
        (f"Der Botschafter Marlands, Uwe Brem, wies es zurück: Das Land übe „{WORDS}“.", "Uwe Brem"),
        (
            f"Minister Uwe Brem kam. Sein Amtskollege Ivo Nemec dankte. „{WORDS}“, so der Minister.",
            "Ivo Nemec",
        ),
        (f"„{WORDS}“, so Ulf Holt. Rat a. D. Uwe Brem soll kommen. Er sagte: „{WORDS}.“", "Uwe Brem"),
        (f"Die Fans gingen. Doch Uwe Brem entschied sich. „{WORDS}“, sagte er damals.", "Uwe Brem"),
        (f"„{WORDS}“, schildert Ute Brem.", "Ute Brem"),
        (f"Ute Koll ging. Anders als Koll fand Wachtchef Ivo Brem klare Worte: „{WORDS}.“", "Ivo Brem"),
        (f"Zuletzt kam Altrat Uwe Oswald zu Wort: „{WORDS}.“", "Uwe Oswald"),
        (f"Zudem verurteilte der Präsident der Gilde, Ivo Brem, die Tat: „{WORDS}.“", "Ivo Brem"),
        (f"Am Abend forderte Uwe Brem mehr Geld. Die Städte stünden „{WORDS}“.", "Uwe Brem"),
        (f"Der Forscher Uwe Brem kam an. „{WORDS}“, sagte der Astronom.", "Uwe Brem"),
        (
            f"Präsidentin Ute Koll kam. Ihr Amtskollege aus Marland, Marek Brem, kam mit. „{WORDS}“, sagte er.",
            "Marek Brem",
        ),
    ],
)
def test_whose_words_a_reader_of_german_sees_at_once(text: str, name: str | None) -> None:
    assert last(text) == name


def test_a_paragraph_that_names_somebody_as_its_subject_twice_is_about_that_one() -> None:
    crowd = "Gestern war Uwe Brem noch im Hafen, als sich Ivo Holt auf den Weg machte."
    assert (
        last(f"{crowd} Am Abend lief Brem an die Brücke.", f"„{WORDS}“, sagte er überrascht.") == "Uwe Brem"
    )
    assert last(f"{crowd} Am Abend lief Holt an die Brücke.", f"„{WORDS}“, sagte er überrascht.") is None
