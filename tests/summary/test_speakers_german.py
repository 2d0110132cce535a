"""German house styles: whose words they are, by the names, joined titles and moods of the language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

WORDS = "Die alte Brücke hält noch viele Jahre"


def speakers(*paragraphs: str) -> list[str | None]:
    return [one.speaker_name for one in find_quotes(replace(an_article(*paragraphs), language="de"))]


@pytest.mark.parametrize(
    "given", ["Gabi", "Bidzina", "Ayşe", "Özgür", "Hendrik", "Malek", "Nataliia", "Tovi"]
)
def test_a_name_beside_a_say_verb_needs_no_list(given: str) -> None:
    name = f"{given} Schwab"
    assert speakers(f"{name} sagte am Vormittag: „{WORDS}.“") == [name]
    assert speakers(f"Am Montag sagte {name}: „{WORDS}.“") == [name]
    assert speakers(f"„{WORDS}“, sagte {name}.") == [name]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        (f"„{WORDS}“, erklärte der für die Bankenaufsicht zuständige Fed-Vizechef Milo Barr.", "Milo Barr"),
        (f"„{WORDS}“, sagte der russische UN-Botschafter Wassilo Nebens.", "Wassilo Nebens"),
        (f"Der Schulleiter der Volksschule Tristau, Norbert Salch, bestätigte: „{WORDS}.“", "Norbert Salch"),
        (f"Gabi Schwab, Schulleiterin der MS Egg-Lienz sagte: „{WORDS}.“", "Gabi Schwab"),
        (f"„{WORDS}“, vermutet Konrad Kleinfeld vom Hafenamt.", "Konrad Kleinfeld"),
        (f"„{WORDS}“, führte Uwe Jahn aus.", "Uwe Jahn"),
        (f"„{WORDS}“, räumt Uwe Jahn ein.", "Uwe Jahn"),
        (
            f"„{WORDS}“, sagte der Berner Gesundheits-, Sozial- und Baudirektor Pierre Schnegg.",
            "Pierre Schnegg",
        ),
        (f"Kriminologin Bärbel Bongart vom Zentrum kam. „{WORDS}“, sagt Bongart.", "Bärbel Bongart"),
        (f"„{WORDS}“, sagte Diplomat Boris Bondar.", "Boris Bondar"),
        (f"„{WORDS}“, sagte Kommissionspräsidentin Ursula von der Leihn.", "Ursula von der Leihn"),
        (f"Der Trierer Politikwissenschaftler Uwe Jahn stellt ein gutes Zeugnis aus. „{WORDS}.“", "Uwe Jahn"),
        (f"Uwe Jahn zeigte sich erfreut. „{WORDS}.“", "Uwe Jahn"),
        (f"Uwe Jahn sagte, das sei neu. Man habe lange gewartet. „{WORDS}.“", "Uwe Jahn"),
        (f"Wie die Bürgermeisterin Ada Vogel sagte, wird gebaut. „{WORDS}.“", "Ada Vogel"),
        (f"Uwe Jahn, 51, kam an. Ada Vogel fuhr ab. „{WORDS}“, sagte der 51-Jährige.", "Uwe Jahn"),
    ],
)
def test_the_sentences_name_one_person(sentence: str, name: str) -> None:
    assert speakers(sentence) == [name]


@pytest.mark.parametrize(
    "following",
    [
        "„Wir sind sehr froh darüber“, sagte der Leseforscher.",
        "„Wir sind sehr froh darüber“, sagte der 51-Jährige.",
        "Der Preis müsse sinken. „Wir sind sehr froh darüber.“",
        "Der Plan sei „alles andere als ein guter Scherz“.",
        "Und: „Wir sind sehr froh darüber.“",
    ],
)
def test_whoever_spoke_last_speaks_on(following: str) -> None:
    assert speakers(f"„{WORDS}“, sagte Uwe Jahn.", following) == ["Uwe Jahn", "Uwe Jahn"]


@pytest.mark.parametrize(
    "sentence",
    [
        f"„{WORDS}“, sagte die Leseforscherin.",
        f"„{WORDS}“, sagte der Polizeisprecher.",
        f"Uwe Jahn traf Ada Vogel am Hafen. „{WORDS}.“",
        f"Die Hafenbehörde zeigte sich erfreut. „{WORDS}.“",
    ],
)
def test_a_doubt_is_nobody(sentence: str) -> None:
    assert speakers("Uwe Jahn öffnete das Tor.", sentence) == [None]
