"""Speakers whom the sentence itself announces: no list has their trade, their body or their first name."""

from __future__ import annotations

import pytest

from bot.quotes.find import find_quotes
from tests.builders import an_article

WORDS = "The old bridge will hold for years"


def told(*paragraphs: str) -> tuple[str | None, str | None]:
    """The name and the mention of the last quote."""
    article = an_article(*paragraphs)
    last = find_quotes(article)[-1]
    return last.speaker_name, last.speaker and last.speaker.of(article.text)


@pytest.mark.parametrize(
    "sentence",
    [
        f"“{WORDS},” said the harbour lamplighter, Ovadia Marlow.",
        f"“{WORDS},” said the town’s chief lamplighter, Ovadia Marlow, on Monday.",
        f"“{WORDS},” said the head of the lamplighters’ guild, Ovadia Marlow.",
        f"“{WORDS},” said harbour lamplighter, Ovadia Marlow.",
        f"“{WORDS},” said a lamplighter named Ovadia Marlow.",
        f"“{WORDS},” said Tull’s neighbour, Ovadia Marlow.",
        f"“{WORDS},” the harbour lamplighter, Ovadia Marlow, told reporters.",
        f"“{WORDS},” said Ovadia Marlow, a lamplighter in the old town.",
        f"“{WORDS},” lead lamplighter and Tidewater volunteer Ovadia Marlow said.",
        f"“{WORDS},” said former Brindle mayor and harbour board chair Ovadia Marlow.",
        f"The harbour lamplighter, Ovadia Marlow, said: “{WORDS}.”",
        f"The lamplighter of the old town, Ovadia Marlow, said “{WORDS}.”",
        f"Ovadia Marlow, the lamplighter who lit the first lamp, said “{WORDS}.”",
        f"The coach, Ovadia Marlow, turned to the reporters. “{WORDS}.”",
        f"Ovadia Marlow said, there was no doubt: “{WORDS}.”",
    ],
)
def test_a_name_behind_an_unlisted_trade(sentence: str) -> None:
    assert told(sentence)[0] == "Ovadia Marlow"


def test_a_first_name_that_is_a_word_here_is_a_name_inside_a_sentence() -> None:
    assert told(f"The coach, Per Lindahl, turned to the reporters. “{WORDS}.”")[0] == "Per Lindahl"


def test_a_noun_that_opens_a_sentence_is_no_part_of_the_name() -> None:
    assert told(f"Lamplighter Ovadia Marlow said: “{WORDS}.” A lamplighter is paid.")[0] == "Ovadia Marlow"


@pytest.mark.parametrize(
    ("paragraph", "name"),
    [
        (f"Envoy to Ukrania Kurt Volcker came. “{WORDS},” Volcker said.", "Kurt Volcker"),
        (
            f"Director of Public Prosecution Eva-Marie Person came. “{WORDS},” Person said.",
            "Eva-Marie Person",
        ),
        (
            f"The Brindle Standard is a paper. “{WORDS},” says the editor of the Standard, George Osper.",
            "George Osper",
        ),
        (f"He was angry with his party, Brindle Harbour-e-Inside (BHI), stating: “{WORDS}.”", None),
    ],
)
def test_what_a_person_belongs_to_is_no_part_of_the_name(paragraph: str, name: str | None) -> None:
    assert told(paragraph)[0] == name


@pytest.mark.parametrize(
    ("sentence", "described"),
    [
        (f"A court filing said: “{WORDS}.”", "A court filing"),
        (f"“{WORDS},” the filing says.", "the filing"),
        (f"“{WORDS},” the harbour indictment reads.", "the harbour indictment"),
        (f"“{WORDS},” said a woman who lives by the harbour.", "a woman"),
        (f"“{WORDS},” one ferry passenger wrote.", "one ferry passenger"),
        (f"“{WORDS},” the ministry said.", "the ministry"),
        (f"“{WORDS},” police said.", "police"),
        (f"“{WORDS},” said the company, Tidal Energy.", "the company"),
    ],
)
def test_a_description_is_shown_in_the_words_of_the_article(sentence: str, described: str) -> None:
    assert told(sentence)[1] == described


@pytest.mark.parametrize(
    "sentence",
    [
        f"“{WORDS},” said the same day.",
        f"“{WORDS},” said the day before.",
        f"“{WORDS},” said the lamplighter and Ovadia Marlow’s brother.",
    ],
)
def test_what_is_no_description_is_nobody(sentence: str) -> None:
    assert told(sentence)[0] is None


@pytest.mark.parametrize(
    "following",
    [
        "“We are proud of it all the same,” he said.",
        "He wore a hat. “We are proud of it all the same,” he said.",
    ],
)
def test_a_name_that_does_nothing_is_no_rival_of_whoever_speaks(following: str) -> None:
    first = f"“{WORDS},” Peter Calder told a crowd near St. Augustine, where Adam Moss was born."
    assert told("Mayor Peter Calder came.", first, following)[0] == "Peter Calder"


def test_a_sentence_that_reports_names_whoever_speaks_on() -> None:
    first = "Peter Calder, the lamplighter of the old town, said that the tower of Adam Moss was safe."
    assert told(first, f"“{WORDS},” he said.")[0] == "Peter Calder"
