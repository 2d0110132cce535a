from __future__ import annotations

import pytest

from bot.digest.compose import lines_of
from bot.stories.similarity import adds_little
from tests.builders import an_article, an_entry

HEADLINE = "Captain of the stranded ferry had reported a steering fault"
LEAD = "The captain of the ferry Linnet, which ran aground off Skerrin, had reported a fault of her steering nine days before."
AGAIN = "The stranded ferry’s captain had reported the fault of her steering."
NEWS = "The owners offered him a day in the yard in January."


def shown(*sentences: str) -> list[str]:
    entry = an_entry(an_article(" ".join(sentences), title=HEADLINE), sentences=sentences)
    return [line.text for line in lines_of(entry, HEADLINE, 3)]


def test_a_line_that_adds_next_to_nothing_is_left_out():
    assert shown(LEAD, AGAIN, NEWS) == [LEAD, NEWS]


def test_the_first_line_may_say_the_headline_in_full():
    assert shown(LEAD) == [LEAD]
    assert shown(AGAIN, NEWS) == [AGAIN, NEWS]


@pytest.mark.parametrize(
    ("new", "language", "little"),
    [
        (AGAIN, "en", True),
        (f"{AGAIN[:-1]} 12 times.", "en", False),
        ("The captain had reported it.", "en", False),  # too few words to tell
        (NEWS, "en", False),
        ("Der Kapitän hatte den Fehler an der Fähre gemeldet.", "de", False),
        ("", None, False),
    ],
)
def test_figures_and_other_words_are_news(new: str, language: str | None, little: bool) -> None:
    assert adds_little(new, f"{HEADLINE} {LEAD}", language) is little
