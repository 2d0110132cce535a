"""Fictional sentences: what an article says that a speaker is, and where that ends."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

WORDS = "The old bridge will hold for years"


def role(*paragraphs: str, language: str = "en") -> str | None:
    """The role of whoever the last quote is of."""
    article = an_article(*paragraphs, language=language)
    last = find_quotes(article)[-1]
    return last.role and last.role.of(article.text)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hilda Crane and Sen. Bert Marlow came.", "Sen."),
        ("Mayor Hilda Crane and Tidewater Governor Bert Marlow came.", "Tidewater Governor"),
        ("The wife of jailed editor Bert Marlow came.", "jailed editor"),
        ("A spokesman for House Speaker Bert Marlow came.", "House Speaker"),
        ("The wife of the editor appealed to President Bert Marlow.", "President"),
        ("The sister of the missing driver met Interior Minister Bert Marlow.", "Interior Minister"),
        ("The jury awarded former Commissioner Bert Marlow a medal.", "former Commissioner"),
        ("The vote fell to law professor Bert Marlow.", "law professor"),
        ("The gate was shut for a former driver named Bert Marlow.", "former driver"),
        ("Video shows Reserve Deputy Bert Marlow there.", "Reserve Deputy"),
        ("Tidewater envoy to Drovia Bert Marlow came.", "Tidewater envoy to Drovia"),
        ("Trade and Industry Minister Bert Marlow came.", "Trade and Industry Minister"),
        (
            "Former Brindle mayor and harbour chair Bert Marlow came.",
            "Former Brindle mayor and harbour chair",
        ),
        ("University of the Isles professor Bert Marlow came.", "University of the Isles professor"),
        ("Minister of Foreign Affairs Bert Marlow came.", "Minister of Foreign Affairs"),
    ],
)
def test_a_role_ends_where_the_sentence_ends_it(sentence: str, expected: str) -> None:
    assert role(f"{sentence} “{WORDS},” Marlow said.") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("After talks with Bert Marlow, the minister flew home.", None),
        ("In a call with Bert Marlow, the minister said that all was well.", None),
        ("According to Bert Marlow, the minister of mines, all was well.", "minister of mines"),
        ("Among them was Bert Marlow, a teacher.", "teacher"),
    ],
)
def test_a_phrase_behind_a_comma_is_a_role_only_without_a_verb(sentence: str, expected: str | None) -> None:
    assert role(f"{sentence} “{WORDS},” Marlow said.") == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (f"“{WORDS},” Halvenia’s foreign minister, Bert Marlow, said.", "Halvenia’s foreign minister"),
        (
            f"“{WORDS},” said Bert Marlow, head of the ferry workers’ union.",
            "head of the ferry workers’ union",
        ),
        (f"“{WORDS},” said Tamber Lines’ spokesman Bert Marlow.", "Tamber Lines’ spokesman"),
        (
            f"“{WORDS},” said Norrin Airlines' chief executive, Bert Marlow.",
            "Norrin Airlines' chief executive",
        ),
    ],
)
def test_a_role_that_belongs_to_a_body(paragraph: str, expected: str) -> None:
    assert role(paragraph) == expected


def test_a_courtesy_is_no_part_of_a_role() -> None:
    german = "„Die alte Brücke hält noch viele Jahre“, sagte Vogts Anwalt Dr. Peter Kranz."
    assert role(german, language="de") == "Vogts Anwalt"


def test_a_courtesy_alone_is_no_role() -> None:
    japanese = "漁師の佐藤花子さん(61)は「この橋は三世代が待ち望んだものだ」と述べた。"
    assert role(japanese, language="ja") is None


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (
            ", an expert in coastal law at Norrin University",
            "expert in coastal law at Norrin University",
        ),
        (
            ", senior fellow at the Lowland Policy Forum in Fennick",
            "senior fellow at the Lowland Policy Forum in Fennick",
        ),
        (", 42, a lecturer from Fennick", "lecturer from Fennick"),
        (" (42), a lecturer from Fennick", "lecturer from Fennick"),
        (", a radioastronomer at the Skerry station", "radioastronomer at the Skerry station"),
        (
            ", chief commercial officer at the ferry company Tidelink",
            "chief commercial officer at the ferry company Tidelink",
        ),
        (", program administrator for the Havens Project", "program administrator for the Havens Project"),
        (", Tidelink's manager of port communications", "Tidelink's manager of port communications"),
        (
            ", Harbour Trust managing director and head of strategy",
            "Harbour Trust managing director and head of strategy",
        ),
        (", SVP of works and automation at Tidelink", "SVP of works and automation at Tidelink"),
        (", a Norrin engineer who tests bridges for the state", "Norrin engineer"),
        (
            ", a planetary scientist at the Averne observatory in the hills above the old town and co-author of the study",
            "planetary scientist at the Averne observatory in the hills above the old town",
        ),
        (", who is the port's head of policy", "who is the port's head of policy"),
        (" of the Norrin Farmers Union", "of the Norrin Farmers Union"),
        (" from Justice for the Isles", "from Justice for the Isles"),
        # What is none.
        (", a matter of days before the vote", None),
        (", a year later", None),
        (", no longer angry", None),
        (" of the tunnel plan", None),
        (" from Monday on", None),
        (", together with her lawyers", None),
        (", a former restaurant in the old town", None),
    ],
)
def test_what_stands_behind_a_name_tells_who_it_is(behind: str, expected: str | None) -> None:
    assert role(f"“{WORDS},” said Hilda Crane{behind}.") == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Royal commentator", "Royal commentator"),
        ("The poster", None),
        ("The tattoo artist", "tattoo artist"),
        ("Reporters and tattoo artist", None),
        ("After summer", None),
        ("Later", None),
    ],
)
def test_a_word_that_ends_as_trades_do_tells_before_a_name(before: str, expected: str | None) -> None:
    assert role(f"{before} Hilda Crane was there. “{WORDS},” Crane said.") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "sagte Hilda Krahn, politischer Soziologe an der Universität Lehm.",
            "politischer Soziologe an der Universität Lehm",
        ),
        ("sagte Hilda Krahn von der Universität Lehm.", "von der Universität Lehm"),
        ("sagte Hilda Krahn vom Ruderclub Lehm.", "vom Ruderclub Lehm"),
        ("sagte Hilda Krahn am Montag.", None),
    ],
)
def test_german_says_it_without_an_article_too(sentence: str, expected: str | None) -> None:
    assert role(f"„Die alte Brücke hält noch viele Jahre“, {sentence}", language="de") == expected


def test_by_whom_somebody_is_taken_is_not_whose_she_is() -> None:
    told = "Hilda Krahn von der Hafenpolizei gefasst. „Die alte Brücke hält noch viele Jahre“, sagte Krahn."
    assert role(told, language="de") is None


@pytest.mark.parametrize(
    ("language", "paragraph", "expected"),
    [
        ("es", "“{}”, dijo Hilda Cruz, glaciólogo de la Universidad de Lerma.", "glaciólogo de la Universidad de Lerma"),
        ("es", "El senador republicano Hilda Cruz llegó. “{}”, dijo Cruz.", "senador republicano"),
        ("es", "El portavoz militar de los insurgentes, Hilda Cruz, llegó. “{}”, dijo Cruz.", "portavoz militar de los insurgentes"),
        ("fr", "« {} », explique Hilda Cros, 42 ans, glaciologue à l'université de Lerme.", "glaciologue à l'université de Lerme"),
        ("fr", "« {} », explique Hilda Cros, qui dirige le port.", "qui dirige le port"),
        ("it", "“{}”, ha detto Hilda Croce, che dirige il porto.", "che dirige il porto"),
        ("pt", "“{}”, disse Hilda Cruz, bióloga da Universidade de Lerma.", "bióloga da Universidade de Lerma"),
    ],
)  # fmt: skip
def test_languages_without_an_article_there_tell_it_by_the_noun(
    language: str, paragraph: str, expected: str
) -> None:
    said = {
        "es": "El puente viejo aguantará muchos años más",
        "fr": "Le vieux pont tiendra encore de longues années",
        "it": "Il vecchio ponte terrà ancora per molti anni",
        "pt": "A ponte velha vai aguentar ainda muitos anos",
    }
    assert role(paragraph.format(said[language]), language=language) == expected
