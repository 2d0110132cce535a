"""What stands beside a name or a verb and says nothing: an object, an addressee, a score; and who is told of in what is said."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

WORDS = "Die alte Brücke hält noch viele Jahre"


def told(text: str, language: str = "de") -> list[str | None]:
    return [quote.speaker_name for quote in find_quotes(an_article(text, language=language))]


@pytest.mark.parametrize(
    "before",
    [
        "Für die Gilde sagte Wachtchef Ivo Brem",
        "Für die Opposition erwiderte Ivo Brem",
        "In einem Brief an die Stiftung schreibt Ivo Brem",
        "Ivo Brem kam. In einem Brief an die Stiftung schreibt der 79-Jährige",
    ],
)
def test_what_a_preposition_leads_to_is_not_the_subject_of_the_verb_behind_it(before: str) -> None:
    assert told(f"{before}, der Bau sei „{WORDS}“.") == ["Ivo Brem"]


def test_a_description_that_opens_the_sentence_is_the_subject() -> None:
    assert told(f"Ivo Brem kam. Die Ministerin sagte, der Bau sei „{WORDS}“.") == [None]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Ivo Brem hatte seine Spieler kritisiert", "Ivo Brem"),
        ("Ivo Brem hatte nach dem 1:5 in Tarn seine Spieler scharf angegriffen", "Ivo Brem"),
        ("Ivo Brem kam. Den Brem hatte die Ministerin kritisiert", None),
        ("Ivo Brem kam. Ihn hatte die Ministerin kritisiert", None),
        ("Ivo Brem kam. Den Trainer hatte die Präsidentin Ute Koll kritisiert", "Ute Koll"),
    ],
)
def test_behind_the_half_of_a_verb_may_stand_the_object(sentence: str, name: str | None) -> None:
    assert told(f"{sentence}: „{WORDS}.“") == [name]


@pytest.mark.parametrize(
    ("before", "said", "name"),
    [
        ("Am Montag hat Ministerin Ute Koll Fehler eingeräumt. Koll ging.", "Koll", "Ute Koll"),
        ("Am Montag forderte Ministerin Ute Koll Aufklärung.", "Koll", "Ute Koll"),
        ("Am Montag hat Jan Orth Vorwürfe bestritten. Orth ging.", "er", "Jan Orth"),
        ("Am Montag kam Jan Orth Brem. Orth Brem ging.", "Brem", "Jan Orth Brem"),
        ("Am Montag kam Jan Orth Brem. Brem ging, Orth nicht.", "Brem", "Jan Orth Brem"),
        ("Am Montag kam Jan Orth Senior. Orth ging.", "Jan Orth Senior", "Jan Orth Senior"),
        ("Am Montag kam Anna Maria Hartung.", "Hartung", "Anna Maria Hartung"),
        ("Wachtchef Dr. Karsten Homrich kam mit Karsten Holt.", "Homrich", "Karsten Homrich"),
    ],
)
def test_a_noun_behind_a_name_is_no_part_of_it(before: str, said: str, name: str) -> None:
    assert told(f"{before} „{WORDS}“, sagte {said}.") == [name]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Mara Voss was arrested. “She was calm and polite,” the 36-year-old said.", "en", None),
        ("Mara Voss was arrested. “I was calm and polite,” the 36-year-old said.", "en", "Mara Voss"),
        ("Mara Voss beat Una Ray. “She was calm and polite,” the 36-year-old said.", "en", "Mara Voss"),
        ("Mara Voss, 36, was arrested. “It was calm all day,” the 36-year-old said.", "en", "Mara Voss"),
        ("Max Orth fällt aus. „Er wird sechs Monate fehlen“, sagte der Trainer.", "de", None),
        ("Max Orth trat an. „Ich komme stärker zurück“, sagte der Trainer.", "de", "Max Orth"),
    ],
)
def test_who_is_told_of_by_a_pronoun_hardly_says_it(text: str, language: str, name: str | None) -> None:
    assert told(text, language) == [name]


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Ada Lee said it was “utterly necessary” to act.", "en", ["Ada Lee"]),
        ("Wachtchef Ivo Brem sagte, man habe „Schlimmeres verhindert“ am Hafen.", "de", ["Ivo Brem"]),
        ("El alcalde, Luis Prado, calificó la obra de «muy complicada» ayer.", "es", ["Luis Prado"]),
        ("The council said it was “utterly necessary” to act.", "en", []),
        ("In her book, “On Harbours”, writes Ada Lee, she left.", "en", []),
        ("Ada Lee said it was “vital” to act.", "en", []),
        ("Wachtchef Ivo Brem las im „Hafen Boten“ davon, sagte er.", "de", []),
    ],
)
def test_two_words_are_a_quote_of_somebody_named_and_no_title(
    text: str, language: str, names: list[str]
) -> None:
    assert told(text, language) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            f"Trainer Ivo Brem lobte sein Team. Dann haderte Uwe Holt. „{WORDS}“, klagte der Coach der Schwaben.",
            "Uwe Holt",
        ),
        (f"Trainer Ivo Brem lobte sein Team. „{WORDS}“, sagte der Coach.", "Ivo Brem"),
        (f"Konrad Thal bestreitet alles. Dieser, Jens Bruhn, sprach von „{WORDS}“.", "Jens Bruhn"),
        (f"Ute Koll starb. Koll selbst hatte zu ihrem 80. Geburtstag gesagt, „{WORDS}“.", "Ute Koll"),
    ],
)
def test_whose_office_and_who_behind_a_pronoun(text: str, name: str) -> None:
    assert told(text) == [name]
