from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.model import Article, Snippet
from bot.domain.query import parse
from bot.search.snippet import LONGEST, passage
from tests.builders import an_article

FILLER = "Rain fell on the market square and the stalls stayed empty until noon. " * 8


def shown(article: Article, text: str) -> tuple[str, list[str]]:
    snippet = passage(article, parse(text).query)
    assert snippet is not None
    return snippet.span.of(article.text), [mark.of(article.text) for mark in snippet.marks]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("bridges", ["bridge"]),
        ("BRIDGE ferry", ["bridge", "Ferries"]),
        ('"ten minutes"', ["ten minutes"]),
        ('"minutes ten" harbour', ["harbour"]),
        ("min*", ["minutes"]),
        ("bridge -ferries", ["bridge"]),
        ("said:harbour", ["harbour"]),
        ("said:har*", ["harbour"]),
        ("title:bridge Monday", ["Monday"]),
    ],
)
def test_marks_what_matched_and_nothing_else(text: str, marks: list[str]):
    assert shown(an_article(), text)[1] == marks


@pytest.mark.parametrize(
    "text", ["", "zebra", "title:bridge", "-bridge", "lang:en last:2d", "topic:x", "ridge"]
)
def test_without_a_word_in_the_text_there_is_no_passage(text: str):
    assert passage(an_article(), parse(text).query) is None


def test_shows_whole_sentences_where_they_fit():
    article = an_article(FILLER + "The dredger came at dawn. It left before ten. " + FILLER)
    text, marks = shown(article, "dredger dawn")
    assert text.startswith(("Rain fell", "The dredger"))
    assert text.endswith(".")
    assert marks == ["dredger", "dawn"]
    assert len(text) <= LONGEST


def test_prefers_the_place_where_most_of_the_words_stand_together():
    article = an_article("A dredger is a ship.", FILLER, "At dawn the dredger reached the lock.", FILLER)
    assert shown(article, "dredger lock") == ("At dawn the dredger reached the lock.", ["dredger", "lock"])


def test_stays_in_one_paragraph():
    article = an_article("The dredger came.", "The lock opened.")
    assert shown(article, "dredger lock")[0] == "The dredger came."


def test_a_sentence_that_is_too_long_is_cut_between_words():
    article = an_article("so " * 200 + "the dredger came " + "and on " * 200)
    text, marks = shown(article, "dredger")
    assert marks == ["dredger"]
    assert len(text) <= LONGEST
    assert set(text.split()) <= {"so", "the", "dredger", "came", "and", "on"}


@pytest.mark.parametrize(
    ("body", "text", "marks"),
    [
        (
            "Élections à Besançon : l’Europe vote.",
            "elections europe besancon",
            ["Élections", "Besançon", "Europe"],
        ),
        ("Die Straße nach Łódź ist zu.", "STRASSE lodz", ["Straße", "Łódź"]),
        (
            "Cafe\u0301 ouvert, na\u00adive İstanbul.",
            "cafe naive istanbul",
            ["Cafe\u0301", "na\u00adive", "İstanbul"],
        ),
        ("今天中央银行提高利率。", "银行 利率", ["银行", "利率"]),
        ("🚢🚢 The ﬁne ship 🚢 sails.", "fine sails", ["ﬁne", "sails"]),
        ("السَّلَامُ عليكم", "السلام", ["السَّلَامُ"]),
        ("Nothing but C++ and AT&T.", "c++ at&t", ["C++", "AT&T"]),
    ],
)
def test_marks_are_exact_whatever_folding_did_to_the_text(body: str, text: str, marks: list[str]):
    assert shown(an_article(body, language=None), text)[1] == marks


def test_a_phrase_longer_than_a_passage_is_shown_whole():
    phrase = " ".join(f"word{number}" for number in range(60))
    text, marks = shown(an_article(f"Before. {phrase} after."), f'"{phrase}"')
    assert marks == [phrase]
    assert phrase in text


WORDS = st.sampled_from(
    [
        "a",
        "bridge",
        "ferry.",
        "İx",
        "ß",
        "e\u0301",
        "中",
        "国",
        "\n\n",
        "🚢",
        "ﬁ",
        "“so”",
        "it's",
        "\u200b",
        "ünï",
    ]
)


@given(
    paragraphs=st.lists(
        st.lists(WORDS, min_size=1, max_size=90).map(" ".join) | st.text(min_size=1), min_size=1
    ),
    text=st.lists(WORDS, min_size=1, max_size=6).map(" ".join) | st.text(max_size=20),
    language=st.sampled_from([None, "en", "de", "zh", "xx"]),
)
def test_marks_are_slices_in_order_inside_the_span(paragraphs: list[str], text: str, language: str | None):
    article = an_article(*paragraphs, language=language)
    snippet: Snippet | None = passage(article, parse(text).query)
    if snippet is not None:
        assert snippet.span.end <= len(article.text)
        assert snippet.marks
        assert all(snippet.span.holds(mark) for mark in snippet.marks)
        assert all(a.end <= b.start for a, b in pairwise(snippet.marks))


@pytest.mark.parametrize(
    "body", ["a " * 100_000, "a" * 200_000, "中" * 100_000, "a. " * 70_000, "\u0301" * 100_000]
)
@pytest.mark.sampled(2)
def test_hostile_texts_take_bounded_time(body: str):
    passage(an_article(body), parse("a a* 中 " + " ".join(f"a{n}*" for n in range(150))).query)
