"""Who wrote an article is told around it, in any language: a biography, a signature, a credit line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.left_out import left_out
from bot.domain.model import Article, Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
BODY = (
    "The bridge at Skarn will be closed from Friday, because two of its hangers have cracks, the county said.",
    "The repair takes three weeks and costs 90,000 crowns, which the county will take from its budget for snow.",
    "Buses go round by Tarn Head and take half an hour longer than before, and the ferry runs on Sundays too.",
)


def document(*below: str, above: tuple[str, ...] = (), byline: str = "Imke Sorrel") -> Document:
    shown = "".join(f"<p>{text}</p>" for text in (*above, *BODY, *below))
    html = (
        f"<html><head><title>Bridge closes</title><meta name='author' content='{byline}'></head>"
        f"<body><main><article><h1>Bridge closes</h1>{shown}</article></main></body></html>"
    )
    return Document("a.html", html.encode(), RECEIVED)


def texts(article: Article) -> tuple[str, ...]:
    return tuple(span.of(article.text) for span in article.paragraphs)


@pytest.mark.parametrize(
    "biography",
    [
        "Imke Sorrel has covered rivers and what crosses them for the Tarn Vale Echo since 2019.",
        "Die Reporterin Imke Sorrel schreibt seit 2019 für das Echo über Flüsse und Brücken, am liebsten über alte.",
        "Imke Sorrel est journaliste au service des fleuves depuis 2019 et vit à Skarn avec deux chiens.",
        "Sorrel reported from Skarn, and Osric Thane from the county's office at Vantry, for this article.",
        "Imke Sorrel’s book on bridges, “Hangers”, is out now.",
    ],
)
def test_a_writers_biography_is_no_part_of_the_article(biography):
    one = document(biography)
    assert texts(extract(one)) == BODY
    assert [(each.text, each.reason) for each in left_out(one, extract(one))] in (
        [(biography, "about who wrote it")],
        [(biography, "text around the article")],
        [(biography, "the outlet about the text")],
    )


def test_what_stands_below_a_biography_goes_with_it():
    below = (
        "Imke Sorrel is a fellow of the Institute of Rivers.",
        "First told at the bridge fair of Vantry.",
    )
    assert texts(extract(document(*below))) == BODY


@pytest.mark.parametrize(
    "below",
    [("IMKE SORREL",), ("mit KB",), ("Sorrel / Kestrel Bureau",), ("i.sorrel@echo.example", "@imkesorrel")],
)
def test_a_line_that_signs_the_article_is_no_part_of_it(below):
    assert texts(extract(document(*below))) == BODY


def test_a_signature_still_tells_the_agency():
    assert extract(document("SDA/iso")).agency == "SDA"


@pytest.mark.parametrize(
    "last",
    [
        "Sorrel fishermen from the valley have asked for a ferry, and Mayor Thane has promised one by Easter.",
        "“Imke Sorrel was right about the hangers, and I was wrong,” the county's engineer said.",
        "Good night!",
    ],
)
def test_a_last_paragraph_that_is_news_stays(last):
    body = (
        *BODY[:2],
        "The ferry of Sorrel runs on Sundays, too, and buses go round by Tarn Head until then.",
    )
    shown = "".join(f"<p>{text}</p>" for text in (*body, last))
    html = f"<html><head><title>x</title><meta name='author' content='Imke Sorrel'></head><body><article><h1>Bridge closes</h1>{shown}</article></body></html>"
    assert texts(extract(Document("a.html", html.encode(), RECEIVED))) == (*body, last)


def test_a_poem_or_a_list_at_the_end_stays():
    lines = ("The hangers sing", "The river hums", "And nobody crosses")
    assert texts(extract(document(*lines))) == (*BODY, *lines)


def test_a_byline_below_the_standfirst_goes_with_the_lines_under_it():
    above = ("The county has closed the bridge that most people of the valley cross each day.",)
    one = document(above=(*above, "Von Imke Sorrel", "4 March, Skarn"))
    assert texts(extract(one)) == (*above, *BODY)
