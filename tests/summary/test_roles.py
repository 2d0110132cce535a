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
