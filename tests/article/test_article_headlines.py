"""Which line of a plain text is its headline."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.domain.model import Article, Document

_BODY = (
    "The council of Fennick has sold the old swimming pool to a brewery, which wants to keep the tiles and the clock.\n\n"
    "The pool, built in 1931, has been empty since 2019, and four buyers had come and gone before the brewery made its offer."
)


def _read(text: str) -> Article:
    return extract(Document("text.txt", text.encode(), datetime(2026, 11, 22, tzinfo=UTC)))


@pytest.mark.parametrize(
    "line",
    [
        "The best pools of 2026",
        "Fennick budget 2027: key points",
        "By the numbers: how Fennick sold its pool",
        "Por qué Fennick vende la piscina a una cervecera",
        "Von der Aue verkauft Schwimmbad in Fennick",
        "Pool/brewery: a council/town row",
        "Mayor resigns",
        "Pool Sold",
        "Brewery Wins",
        "She sold the pool. Then she bought it back.",
        "Why did the council sell the old pool?",
    ],
)
@pytest.mark.parametrize("below", ["By Jon Berge\n21 November 2026", "By Jon Berge"])
def test_a_headline_may_have_a_year_a_preposition_two_words_or_a_full_stop(line: str, below: str) -> None:
    article = _read(f"{line}\n\n{below}\n\n{_BODY}")
    assert (article.title, article.byline, article.text) == (line, "Jon Berge", _BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Updated 21 November 2026, 14:05 CET",
        "Fennick, November 21, 2026",
        "報道関係者各位",
        "COMUNICADO DE PRENSA",
        "By Jon Berge",
        "By Jon Berge, Staff Writer",
        "Home > News > Fennick",
        "News/Local/Fennick",
        "Read the post on the web at https://pool.example/p/fennick-pool",
        "Local news",
        "Ragna Stube",
        "Averne Courier",
        "Harbour Light",
    ],
)
def test_a_day_a_credit_a_trail_and_a_section_are_no_headline(line: str) -> None:
    assert _read(f"{line}\n\nBy Jon Berge\n\n{_BODY}").title is None


def test_a_first_sentence_above_prose_is_the_bodys() -> None:
    sentence = "She sold the pool. Then she bought it back."
    assert _read(f"{sentence}\n\n{_BODY}").text == f"{sentence}\n\n{_BODY}"


@pytest.mark.parametrize("under", ["By Jon Berge", "By Jon Berge\n\n21 November 2026"])
def test_the_longer_line_between_headline_and_byline_is_the_standfirst(under: str) -> None:
    head, standfirst = (
        "Fennick sells its pool",
        "A brewery that wants to keep the tiles has bought the empty swimming pool",
    )
    article = _read(f"{head}\n\n{standfirst}\n\n{under}\n\n{_BODY}")
    assert (article.title, article.standfirst, article.text) == (head, standfirst, _BODY)


@pytest.mark.parametrize("over", ["Local news", "Swimming pools", "Averne Courier"])
def test_a_kicker_above_a_headline_is_no_headline(over: str) -> None:
    head = "Brewery that wants to keep the tiles buys the empty swimming pool"
    assert _read(f"{over}\n\n{head}\n\nBy Jon Berge\n\n{_BODY}").title == head


@pytest.mark.parametrize("set_as", ["bold", "large"])
def test_the_headline_of_a_word_document_is_set_so(set_as: str) -> None:
    from docx import Document as Word
    from docx.shared import Pt

    word = Word()
    lines = ("The swimming pools", "Fennick sells", "A brewery has bought it", "By Jon Berge")
    for line in (*lines, *_BODY.split("\n\n")):
        run = word.add_paragraph().add_run(line)
        run.bold = line == "Fennick sells" and set_as == "bold"
        run.font.size = Pt(18) if line == "Fennick sells" and set_as == "large" else None
    written = io.BytesIO()
    word.save(written)
    article = extract(Document("a.docx", written.getvalue(), datetime(2026, 11, 22, tzinfo=UTC)))
    assert article.title == "Fennick sells"
