from __future__ import annotations

import json
import time
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

from bot.summary.methods import DEFAULT
from bot.summary.openings import barred, openings_of
from bot.summary.selection import SET_COLUMNS
from bot.summary.summarizers import summarizer
from bot.summary.sumy_classes import NewsRankSummarizer
from bot.summary.weights import weights_for
from bot.text.words import Tokenizer
from tests.builders import an_article
from tests.contracts.summarizer import TOWN


def chosen(
    *paragraphs: str, language: str | None = "en", sentences: int = 3, title: str | None = None
) -> list[str]:
    article = an_article(*paragraphs, language=language, title=title)
    return [span.of(article.text) for span in summarizer("newsrank")(article, sentences=sentences).sentences]


def test_it_is_the_default() -> None:
    assert DEFAULT == "newsrank"


def test_plain_sumy_documents_are_read_too() -> None:
    sentences = [Sentence(text, Tokenizer("en")) for text in " ".join(TOWN).split(". ")]
    found = NewsRankSummarizer("en")(ObjectDocumentModel([Paragraph(sentences)]), 2)
    assert 1 <= len(found) <= 2
    assert all(sentence in sentences for sentence in found)


def test_an_empty_document_has_no_summary() -> None:
    assert NewsRankSummarizer("en")(ObjectDocumentModel([]), 3) == ()


@pytest.mark.parametrize("opening", ["He", "But the mayor", "This", "And she", "However, they", "It"])
def test_a_dangling_opening_comes_only_behind_what_it_leans_on(opening: str) -> None:
    before = "Harbour master Tom Reyes closed the old swing bridge to lorries on Monday."
    leaning = f"{opening} closed the bridge in the harbour to all lorries and cars on Monday for repairs."
    said = chosen(before, "Nothing else happened in the town that day.", leaning, "Ferries sail at noon.")
    assert leaning not in said or said.index(leaning) > said.index(
        "Nothing else happened in the town that day."
    )


@pytest.mark.parametrize(
    "boilerplate",
    [
        "Will the harbour bridge in the town ever open again after the repairs of Monday?",
        "Scroll down for video of the harbour bridge that closed on Monday for repairs.",
        "Read more about the harbour bridge that closed on Monday for repairs.",
        "The harbour bridge before it was closed for repairs on Monday",
        "Here is what the harbour office said about the bridge on Monday:",
    ],
)
def test_what_speaks_of_the_page_is_not_shown(boilerplate: str) -> None:
    said = chosen(boilerplate, *TOWN)
    assert said
    assert boilerplate not in said


def test_where_nothing_reads_well_something_is_shown_all_the_same() -> None:
    assert chosen("Who closed the harbour bridge on Monday?", "Why did nobody tell the ferries?")


def test_a_repeated_sentence_is_not_shown_twice() -> None:
    assert len(set(said := chosen(*TOWN, *TOWN, sentences=8))) == len(said)


def test_a_heading_is_one_only_where_it_stands_alone() -> None:
    english = openings_of("en")
    assert barred("Bridge to close", english, alone=True)
    assert not barred("Bridge to close", english, alone=False)
    assert not barred("สะพานปิด", openings_of("th"), alone=True)


def test_other_languages_have_weights_without_words() -> None:
    assert weights_for("de") is weights_for(None) is weights_for("xx-YY")
    assert weights_for("en-GB") is weights_for("en") is not weights_for("de")
    german = (
        "Die Hafenbrücke ist seit Montag gesperrt, weil Ingenieure Risse in zwei Pfeilern fanden.",
        "Er sagte nichts. Die Stadt rechnet mit sechs Wochen für die Arbeiten an der Brücke.",
        "Fähren fahren alle zehn Minuten über die Bucht, bis die Brücke wieder öffnet.",
    )
    said = chosen(*german, language="de", sentences=2)
    assert said
    assert "Er sagte nichts." not in said


def test_the_weights_are_small_and_whole() -> None:
    text = files("bot.summary").joinpath("newsrank.json").read_text(encoding="utf-8")
    assert len(text) < 200_000
    data = json.loads(text)
    assert set(data) == {"en", "any"}
    assert all(set(one["whole"]) == set(SET_COLUMNS) for one in data.values())
    english_only = {"saying", "first_person", "second_person", "day", "boilerplate"}
    for part in ("score", "precision"):
        assert not english_only & set(data["any"][part]["columns"])


def test_five_thousand_sentences_take_a_moment() -> None:
    article = an_article(*[" ".join(TOWN)] * 560)
    started = time.process_time()
    assert summarizer("newsrank")(article, sentences=3).sentences
    assert time.process_time() - started < 20  # about two seconds; a quadratic method takes minutes


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from([*TOWN, "He left.", "…", "“No?”", "Photo: harbour", "桥将于周一关闭。"]), max_size=7
    ),
    st.integers(0, 6),
    st.sampled_from(["en", "de", None, "zh"]),
)
def test_in_order_disjoint_and_the_same_again(
    paragraphs: list[str], count: int, language: str | None
) -> None:
    article = an_article(*(paragraphs or ["…"]), language=language)
    summary = summarizer("newsrank")(article, sentences=count)
    assert summary == summarizer("newsrank")(article, sentences=count)
    assert len(summary.sentences) <= count
    for before, after in zip(summary.sentences, summary.sentences[1:], strict=False):
        assert before.end <= after.start


@pytest.mark.parametrize(
    "text", ["Tom Reyes (left) opens the bridge.", "Here's what the harbour office said."]
)
def test_captions_and_signposts_are_barred(text: str) -> None:
    assert barred(text, openings_of("en"), alone=False)
