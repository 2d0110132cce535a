"""Fictional sentences that name somebody beside words that are another's, or nobody's."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

WORDS = "The old bridge will hold for years"
PEOPLE = "Mayor Ovadia Marlow came with Councillor Hilda Crane."


def speakers(*paragraphs: str, language: str = "en") -> list[str | None]:
    return [one.speaker_name for one in find_quotes(an_article(*paragraphs, language=language))]


def last(*paragraphs: str, language: str = "en") -> str | None:
    return speakers(*paragraphs, language=language)[-1]


@pytest.mark.parametrize(
    "sentence",
    [
        f"Crane attacked Marlow’s claim that “{WORDS}”.",
        f"Crane said Marlow’s last remark that “{WORDS}” was an insult.",
        f"Crane quoted Marlow: “{WORDS}.”",
        f"Crane quoted Marlow as saying “{WORDS}”.",
        f"Crane read out what Marlow had written: “{WORDS}.”",
        f"Crane read from Marlow’s last letter: “{WORDS}.”",
        f"Crane recalled Marlow telling her: “{WORDS}.”",
    ],
)
def test_words_that_another_passes_on(sentence: str) -> None:
    assert last(PEOPLE, sentence) == "Ovadia Marlow"


@pytest.mark.parametrize(
    "sentence",
    [
        f"Crane dismissed Marlow’s claim that the bridge leans as “{WORDS}”.",
        f"Crane called Marlow’s claim of a leak “{WORDS}”.",
        f"Crane, quoting Marlow, said: “{WORDS}.”",
        f"Crane read a statement: “{WORDS}.”",
        f"Crane, who denied the charges, said: “{WORDS}.”",
        f"Crane denied the charges, saying “{WORDS}”.",
        f"Crane had told the council “{WORDS}”.",
    ],
)
def test_words_of_whoever_answers(sentence: str) -> None:
    assert last(PEOPLE, sentence) == "Hilda Crane"


@pytest.mark.parametrize(
    "sentence",
    [
        f"Crane denied saying “{WORDS}”.",
        f"Crane denied that she had said “{WORDS}”.",
        f"Crane could not remember saying “{WORDS}”.",
        f"Crane was misquoted as saying “{WORDS}”.",
        f"Crane rejected claims that she had said “{WORDS}”.",
        f"A fake post quoted Crane as saying “{WORDS}”.",
        f"Crane accused her rival of saying “{WORDS}”.",
        f"If Crane had said “{WORDS}”, nobody would have minded.",
        f"Had Crane told the council “{WORDS}”, nobody would have minded.",
    ],
)
def test_words_that_nobody_is_known_to_have_said(sentence: str) -> None:
    assert last(PEOPLE, sentence) is None


@pytest.mark.parametrize(
    ("language", "first", "second", "expected"),
    [
        (
            "en",
            "Mayor Ovadia Marlow met Hilda Crane.",
            f"In a call with Crane, the mayor said: “{WORDS}.”",
            "Ovadia Marlow",
        ),
        (
            "en",
            "The bridge fell on Sunday.",
            f"According to officer Hilda Crane, the driver said: “{WORDS}.”",
            None,
        ),
        (
            "es",
            "El alcalde de Brindle, Pablo Gárate, dimitió.",
            f"Tras reunirse con Luis Moreno, el alcalde dijo: «{WORDS}».",
            "Pablo Gárate",
        ),
        (
            "pt",
            "A ponte caiu no domingo.",
            f"Segundo a vereadora Ana Lebrão, o autarca Rui Gara disse-lhe: “{WORDS}.”",
            "Rui Gara",
        ),
    ],
)
def test_a_phrase_behind_a_comma_with_a_verb_is_no_apposition(
    language: str, first: str, second: str, expected: str | None
) -> None:
    assert last(first, second, language=language) == expected


@pytest.mark.parametrize(
    "opening",
    [
        "One resident ran into the street.",
        "Another passenger jumped.",
        "One of the survivors ran into the street.",
        "A woman in the crowd wept.",
        "On Sunday, a nun from Brindle came.",
        "Per Lund and his sister, Kari, sang a hymn.",
    ],
)
def test_a_pronoun_behind_somebody_unnamed(opening: str) -> None:
    before = f"“{WORDS},” Hilda Crane said."
    assert speakers(before, f"{opening} “{WORDS},” she said.") == ["Hilda Crane", None]


@pytest.mark.parametrize(
    "opening",
    [
        "A decision was near.",
        "Hilda Crane, a teacher in Brindle, wept.",
        "A teacher, Hilda Crane, wept.",
        "One man ran into the street.",
    ],
)
def test_a_pronoun_that_goes_on_with_whoever_spoke(opening: str) -> None:
    assert last(f"“{WORDS},” Hilda Crane said.", f"{opening} “{WORDS},” she said.") == "Hilda Crane"


@pytest.mark.parametrize(
    ("language", "opening", "behind"),
    [
        ("fr", "Une cliente venue de Norrin a sauté.", "raconte-t-elle"),
        ("es", "Una huésped saltó a la calle.", "dijo"),
    ],
)
def test_a_pronoun_behind_somebody_unnamed_elsewhere(language: str, opening: str, behind: str) -> None:
    verb = "dijo" if language == "es" else "a dit"
    before = f"« {WORDS} », {verb} Dana Marlow."
    found = speakers(before, f"{opening} « {WORDS} », {behind}.", language=language)
    assert found == ["Dana Marlow", None]


def test_a_pronoun_behind_a_relative_goes_over_nobody() -> None:
    before = f"Chief Marit Crane read from a letter. “{WORDS},” she said."
    assert speakers(before, f"Per Lund and his sister, Kari, sang a hymn. “{WORDS},” she said.")[-1] is None


def test_a_title_of_the_other_sex_is_another_of_that_surname() -> None:
    article = an_article("The trial of Ulf Marlow opened.", f"“{WORDS},” Mrs Marlow said.")
    (one,) = find_quotes(article)
    assert (one.speaker_name, one.speaker and one.speaker.of(article.text)) == (None, "Mrs Marlow")
    assert last("The trial of Ulf Marlow opened.", f"“{WORDS},” Mr Marlow said.") == "Ulf Marlow"


def test_the_article_knows_better_than_a_list_of_first_names() -> None:
    first = "The trial of Steven Marlow opened. Marlow took off her hat."
    assert last(first, f"“{WORDS},” Ms. Marlow said.") == "Steven Marlow"


def test_what_stands_before_a_colon_says_whose_report_follows() -> None:
    before = "„Ich habe Angst um meine Kinder“, sagte die Anwohnerin Lotte Krahn."
    calmed = f"{before} Werksleiter Timo Seif versuchte zu beruhigen: Es habe „zu keiner Zeit eine Gefahr“ bestanden."
    further = f"{before} Und weiter: Es habe „zu keiner Zeit eine Warnung“ gegeben."
    assert speakers(calmed, language="de") == ["Lotte Krahn", "Timo Seif"]
    assert speakers(further, language="de") == ["Lotte Krahn", "Lotte Krahn"]


@pytest.mark.parametrize(
    ("language", "paragraph", "name"),
    [
        ("ja", "漁師の佐藤花子さん(61)は「この橋は三世代が待ち望んだものだ」と話した。", "佐藤花子"),
        ("zh", "内政部长王强对记者说：“这座桥我们等了三十年。”", "王强"),
    ],
)
def test_an_age_and_an_addressee_are_no_part_of_a_name(language: str, paragraph: str, name: str) -> None:
    assert last(paragraph, language=language) == name
