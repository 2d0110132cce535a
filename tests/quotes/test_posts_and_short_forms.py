"""Posts that a name signs, paragraphs that nobody closes behind a report, short forms of first names, and what a role ends before."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

BELOW = "— Ann Lee (@annlee) March 3, 2031"


def quotes(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    """The words and the speaker's name of each quote of the paragraphs."""
    article = an_article(*text.split("\n\n"), language=language)
    return [(one.words.of(article.text), one.speaker_name) for one in find_quotes(article)]


def role(text: str, language: str = "en") -> str | None:
    """The role of whoever says the first quote."""
    article = an_article(*text.split("\n\n"), language=language)
    found = find_quotes(article)[0].role
    return found.of(article.text) if found else None


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("The bridge opens on Monday.", BELOW, [("The bridge opens on Monday.", "Ann Lee")]),
        ("The bridge opens. pic.example/fCX2Ptc7YN https://t.example/x1", BELOW, [("The bridge opens.", "Ann Lee")]),
        # A body, a line without a date or a handle, and a headline of a list are no signatures.
        ("The bridge opens on Monday.", "— Harbour Press (@press) March 3, 2031", []),
        ("The bridge opens on Monday.", "— Ann ABC (@abc) March 3, 2031", []),
        ("The bridge opens on Monday.", "— Ann Lee (@annlee)", []),
        ("The bridge opens on Monday.", "— Ann Lee, March 3, 2031", []),
    ],
)  # fmt: skip
def test_a_post_is_of_whoever_signs_it(
    above: str, below: str, expected: list[tuple[str, str | None]]
) -> None:
    assert quotes(f"The town reads along.\n\n{above}\n\n{below}\n\nThen it rained.") == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Words that open a sentence, too, and a title of several of one kind.
        ("“I posted it at once,” said Will Tjernsted, a consultant for small sellers.", "Will Tjernsted"),
        # The second comma is missing.
        ("“The wind has changed today,” Kurin Selvaro, an analyst at the old bank told the Gazette.", "Kurin Selvaro"),
        ("“It is the same for all of us.”\n\nMilla Shadwell, Ph.D.\n\nThat was new.", "Milla Shadwell"),
        # Whom somebody told it is not whom "she" means.
        ("Dede Mayers leaves.\n\nMayers, who ran it, told Variety it was time.\n\n“I loved it here,” she added.", "Dede Mayers"),
        ("Erik Holm asked for more time.\n\n“We are not ready to vote,” he said.", "Erik Holm"),
        ("Gov. Erik Holm praised it. “It is a budget for all,” the Republican governor said.", "Erik Holm"),
        ("Joshua Lee teaches. “It is a budget for all,” said Josh Lee.", "Joshua Lee"),
        ("Joshua Lee teaches. Josh Lee sails. “It is a budget for all,” Lee said.", "Joshua Lee"),
        # Two sisters are no short forms of one another, and neither are a man and a woman.
        ("Ann Lee teaches. Anna Lee sails. “It is a budget for all,” Lee said.", None),
        ("Robert Lee teaches. Roberta Lee sails. “It is a budget for all,” Lee said.", None),
    ],
)  # fmt: skip
def test_english_speakers(text: str, name: str | None) -> None:
    assert [said for _, said in quotes(text)] == [name]


def test_paragraphs_that_nobody_closes_go_on_with_the_report_before_them() -> None:
    text = "Taruq Ahlmed says the gas is dear.\n\n“It makes no sense at all.\n\n“It will not work here.”"
    assert [name for _, name in quotes(text)] == ["Taruq Ahlmed", "Taruq Ahlmed"]
    stray = "Taruq Ahlmed says the gas is dear.\n\n“It makes no sense at all.\n\nThe town is quiet."
    assert [name for _, name in quotes(stray)] == [None]


def test_titles_in_a_row_are_nobodys_words() -> None:
    assert quotes("According to Ann Lee, they play “Listen To Music,” “Taking To Streets,” and others.") == []


def test_the_genitive_or_dative_behind_a_comma_is_no_subject() -> None:
    text = "Das Wort fehlt, den Namen der Gruppe nennt sie nicht. Es sei nicht leicht, „Erzählungen dagegen anzubieten“."
    assert all(name is None for _, name in quotes(text, "de"))
    article = an_article(text, language="de")
    assert all(one.speaker is None for one in find_quotes(article))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "“We lost every letter,” said Ann Lee, an editor of the Gazette in an email to us.", "editor of the Gazette"),
        ("en", "“We lost every letter,” said Ann Lee, an editor at the Post.", "editor at the Post"),
        ("es", "El mismo presidente, Pedro Lanza, lo dijo: “No vamos a cerrar el puente”.", "presidente"),
        ("de", "„Wir brauchen die Brücke“, sagte Jelto Onken (CDU).", "CDU"),
        ("de", "„Wir brauchen die Brücke“, sagte Bürgermeister Jelto Onken (Grüne).", "Bürgermeister"),
        ("de", "„Wir brauchen die Brücke“, sagte Jelto Onken (lacht).", None),
    ],
)  # fmt: skip
def test_a_role_ends_before_a_letter_and_a_party_is_one(
    language: str, text: str, expected: str | None
) -> None:
    assert role(text, language) == expected


@pytest.mark.parametrize("unit", ["— A (@a) ", "pic.example ", "“a “", "Will ", "(A) "])
def test_no_row_of_signs_takes_long(unit: str) -> None:
    find_quotes(an_article(unit * (40_000 // len(unit)), BELOW, language="en"))
