"""What is asked below a digest is understood, and what is only said there is left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.grammar.questions import LANGUAGES, Headline, Question, may_ask, question
from tests.replies import ASKED, HEADLINES, ORDINARY

STONE = "Every tonne of stone costs twice what it cost when the wall was planned"
STORIES = tuple(
    Headline(number, text, (STONE,) if number == 3 else ()) for number, text in enumerate(HEADLINES, start=1)
)
_ANSWERED = sorted(
    {word for one in LANGUAGES for opening in one.openings for word in opening.words.split()}
    | {word for one in LANGUAGES for word in (*one.ordinals, *one.last, *one.cardinals, *one.nouns)}
)
PIECES = st.sampled_from(
    [
        *" ".join(HEADLINES).split(),
        *_ANSWERED,
        *["the", "of", "about", "zu", "#", ".", "?", "!", "2", "9", "77", "👍", ",", ":", "-", "/", "’"],
        "\n",
        "\0",
    ]
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_conversation_is_left_alone(text):
    assert question(text, STORIES) is None


@pytest.mark.parametrize(("text", "view", "number"), ASKED)
def test_a_question_is_understood(text, view, number):
    assert question(text, STORIES) == Question(view, (number,) if number else ())
    assert may_ask(text)


@pytest.mark.parametrize(
    "text",
    [
        *("no one", "number one", "No two alike", "give me 5", "gib mir 5", "read 2", "links", "no no 2"),
        *("open on Friday", "more on Friday", "more from Monday", "tell me on Friday", "mehr am Freitag"),
        *("give me a second", "who said it first", "who said that last one", "show me one", "the one"),
        *("first", "second", "last", "third", "one", "two", "please", "the", "more 2", "2 more", "2 3"),
    ],
)
def test_words_that_come_near_a_question_are_left_alone(text):
    days = (*STORIES, Headline(9, "Museum closed on Monday", ()))
    assert question(text, days) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("give me the second", 2), ("could you open the ferry story", 2), ("show me 3", 3)),
        *(
            ("story number two", 2),
            ("more on one", 1),
            ("tell us about the library", 4),
            ("gib mir die zweite", 2),
        ),
        *(("more info on no. 4", 4), ("3️⃣", 3), ("２", 2), ("give me more on the storm", 5)),
    ],
)
def test_the_same_question_in_other_words(text, number):
    assert question(text, STORIES) == Question("story", (number,))


@pytest.mark.parametrize(
    ("text", "view", "number"),
    [
        *(("what's the source?", "sources", 0), ("what is the source for 1?", "sources", 1), ("where is this from?", "sources", 0)),
        *(("any quotes?", "quotes", 0), ("show me the quotes from 2", "quotes", 2), ("show sources", "sources", 0)),
        *(("can I have the link to 1?", "sources", 1), ("what's the background of 2", "timeline", 2), ("mehr Infos zu 2", "story", 2)),
        *(("woher kommt das?", "sources", 0), ("was ist die Quelle zu 2?", "sources", 2), ("gibt es Zitate?", "quotes", 0)),
    ],
)  # fmt: skip
def test_a_question_may_be_a_sentence(text, view, number):
    assert question(text, STORIES) == Question(view, (number,) if number else ())


@pytest.mark.parametrize(
    ("text", "view", "numbers"),
    [
        *(("2 and 3", "story", (2, 3)), ("2, 3 and 5", "story", (2, 3, 5)), ("1 & 4", "story", (1, 4)), ("2 und 3", "story", (2, 3))),
        *(("the first two", "story", (1, 2)), ("more on the last two stories", "story", (7, 8)), ("quotes from 1 and 3", "quotes", (1, 3))),
        *(("the first and the last", "story", (1, 8)), ("Quellen zu 1 und 2", "sources", (1, 2)), ("die ersten beiden", "story", (1, 2))),
        *(("1,2 and 3", "story", (1, 2, 3)), ("more on 2-4", "story", (2, 3, 4)), ("stories 1,2", "story", (1, 2)), ("Quellen zu 2 bis 4", "sources", (2, 3, 4))),
        *(("1, 3-5 and 7", "story", (1, 3, 4, 5, 7)), ("quotes from 2 – 3", "quotes", (2, 3)), ("Nummern 1,2", "story", (1, 2))),
        *(("die letzten zwei Meldungen", "story", (7, 8)), ("the ferry story and the bridge story", "story", (2, 1)), ("die beiden letzten", "story", (7, 8))),
    ],
)  # fmt: skip
def test_several_stories_may_be_asked_about_at_once(text, view, numbers):
    assert question(text, STORIES) == Question(view, numbers)
    assert may_ask(text)


def test_what_may_be_a_score_or_a_size_is_a_question_where_it_is_said_to_the_desk():
    for text, numbers in (("2-4", (2, 3, 4)), ("1,2", (1, 2)), ("2 to 3", (2, 3)), ("2 bis 3", (2, 3))):
        assert question(text, STORIES) is None
        assert question(text, STORIES, addressed=True) == Question("story", numbers)
    for text in ("4-2", "2-2", "1-2-3", "7-9", "1,1", "2-3 goals", "1,234", "6-" * 100):
        assert question(text, STORIES, addressed=True) is None


def test_both_are_two_and_of_more_than_two_nobody_knows_which():
    for text in ("both stories", "sources for both", "beide Meldungen", "more on both"):
        asked = question(text, STORIES[:2])
        assert asked
        assert asked.numbers == (1, 2)
        assert question(text, STORIES) is None


@pytest.mark.parametrize(
    "text",
    ["2 and counting", "2 and", "1 + 1", "both", "first two weeks", "two", "the first two weeks", "2 and 30", "both of us", "2, please 3", "84,000", "the two", "the first 1"],
)  # fmt: skip
def test_what_only_looks_like_several_is_left_alone(text):
    assert question(text, STORIES) is None


@pytest.mark.parametrize(
    "text",
    ["can I have 2?", "who says so?", "who wrote this?", "source: my uncle", "where is Ada from?", "woher kommt der Kuchen?", "any quotes for the printer?", "what's the link with Bram"],
)  # fmt: skip
def test_sentences_that_come_near_a_question_are_left_alone(text):
    assert question(text, STORIES) is None


def test_there_are_as_many_as_are_told():
    assert (len(set(ORDINARY)), len(set(ASKED))) == (110, 60)


def test_a_number_that_the_digest_does_not_have_and_a_digest_without_numbers_are_no_question():
    assert question("9", STORIES) is None
    assert question("more on 9", STORIES) is None
    assert question("2", ()) is None
    assert question("more", ()) is None


def test_words_of_two_headlines_are_no_question():
    two = (Headline(1, "Ferry crews vote to strike"), Headline(2, "Ferry fares rise"))
    assert question("more about the ferry", two) is None
    assert question("more about the ferry fares", two) == Question("story", (2,))


@given(st.text() | st.lists(PIECES, max_size=8).map(" ".join))
@example("“" * 50)
@example("2\u20e3")
@example("\ud800 2")
def test_whatever_is_written_nothing_is_raised_and_a_question_names_something(text):
    asked = question(text, STORIES)
    if asked is None:
        return
    assert may_ask(text)
    words = set(re.findall(r"\w+", text.casefold()))
    assert re.search(r"\d", text) or words & set(_ANSWERED) or words & _headline_words()


def _headline_words() -> set[str]:
    return set(re.findall(r"\w+", " ".join(HEADLINES).casefold()))
