"""Who wrote it, by the words that lead to a name, what stands beside it, and what a page says of its people."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from bot.article.fields.credits import authors, byline
from bot.article.html.page import read_html
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
BODY = "".join(
    f"<p>Paragraph {n} of the article says what the council of Tarn Vale decided about the old cinema, and why.</p>"
    for n in range(5)
)


def read(above: str, head: str = ""):
    page = f"<html><head>{head}</head><body><h1>Cinema of Tarn Vale to open again</h1>{above}{BODY}</body></html>"
    return read_html(page, Document("a.html", page.encode(), RECEIVED))


@pytest.mark.parametrize(
    "line",
    [
        "Ein Gastbeitrag von Imke Sorrel",
        "Eine Analyse von Imke Sorrel",
        "Ein Artikel von Imke Sorrel | 27.01.2031 - 12:45",
        "Un reportage de Imke Sorrel",
        "Un’analisi di Imke Sorrel",
        "Uma crônica de Imke Sorrel",
        "Una crónica de Imke Sorrel, 3 de marzo de 2031",
        "Een analyse van Imke Sorrel",
        "An essay by Imke Sorrel",
    ],
)
def test_what_somebody_wrote_leads_to_the_name(line: str) -> None:
    assert byline([line]) == "Imke Sorrel"
    assert authors(line.split(" | ", maxsplit=1)[0].split(", ", maxsplit=1)[0], ()) == "Imke Sorrel"


@pytest.mark.parametrize(
    "line",
    [
        "Ein Artikel von Angela Sorrel und der Partei war schuld",
        "Die Kritik von der Straße",
        "Eine Analyse von 2031",
        "von Tarn bis Vantry",
        "por la Costa",
        "An essay by hand",
    ],
)
def test_what_names_nobody_leads_to_nobody(line: str) -> None:
    assert byline([line]) is None


@pytest.mark.parametrize(
    ("stated", "people"),
    [
        ("TVE Staff", None),
        ("TVE Staff Report", None),
        ("Echo staff reporter", None),
        ("Staff and news service reports", None),
        ("Tarn Vale Echo - Imke Sorrel", "Imke Sorrel"),
        ("Imke Sorrel | Tarn Vale Echo", "Imke Sorrel"),
        ("Tarn Vale Echo /ims", None),
        ("Imke Sorrel - Osric Thane", "Imke Sorrel - Osric Thane"),
        ("Imke Stafford", "Imke Stafford"),
    ],
)
def test_an_outlet_and_its_staff_are_nobody(stated: str, people: str | None) -> None:
    assert authors(stated, {"tarnvaleecho"}) == people


@pytest.mark.parametrize(
    "above",
    [
        "<p><i>von Imke Sorrel</i></p>",
        "<div class='authorbox'><strong>von</strong> <span>Imke Sorrel</span></div>",
        "<div><h4>Autorin</h4><p><a href='/people/7'>Imke Sorrel</a></p></div>",
        "<p class='date-author'>Imke Sorrel, 01.12.2030</p>",
        "<p class='author'>Imke Sorrel in Port Vantry</p>",
        "<div>Ein Artikel von <strong>Imke Sorrel</strong> | 27.01.2031 - 12:45</div>",
    ],
)
def test_the_credit_that_a_reader_sees(above: str) -> None:
    assert read(above).byline == "Imke Sorrel"


@pytest.mark.parametrize("name", ["Quentin Mayer in Port Vantry Harbour Street East", "Vantry 24"])
def test_a_box_of_authors_may_name_nobody(name: str) -> None:
    assert read(f"<p class='author'>{name}</p>").byline is None


@pytest.mark.parametrize(
    ("tag", "names"),
    [
        ("Imke Sorrel,Osric Thane", "Imke Sorrel, Osric Thane"),
        ("Imke Sorrel and Osric Thane", "Imke Sorrel and Osric Thane"),
        ("Imke Sorrel, IS", "Imke Sorrel"),
        ("Osric Thane", "Imke Sorrel"),
    ],
)
def test_a_statement_that_names_further_people_comes_before_one_that_does_not(tag: str, names: str) -> None:
    data = json.dumps({"@type": "NewsArticle", "author": {"@type": "Person", "name": "Imke Sorrel"}})
    head = f"<script type='application/ld+json'>{data}</script><meta name='author' content='{tag}'>"
    assert read("", head).byline == names


@pytest.mark.parametrize(
    ("kind", "name"), [(["Person", "Organization"], "Imke Sorrel"), ("Organization", None)]
)
def test_who_publishes_a_blog_may_write_it(kind: object, name: str | None) -> None:
    person = {"@type": kind, "@id": "https://vale.example/#imke", "name": "Imke Sorrel"}
    article = {"@type": "Article", "author": {"@id": person["@id"]}, "publisher": {"@id": person["@id"]}}
    data = json.dumps({"@graph": [person, article]})
    head = f"<meta property='og:site_name' content='Notes of the vale'><script type='application/ld+json'>{data}</script>"
    found = read("", head)
    assert (found.byline, found.source) == (name, "Notes of the vale" if name else found.source)


@pytest.mark.parametrize("piece", ["ein Artikel von ", "staff ", "Ada - ", "Ada, ", "an essay by Ada "])
def test_many_such_words_take_no_longer(piece: str) -> None:
    line = piece * (100_000 // len(piece))
    start = time.process_time()
    byline([line, line[:200]])
    authors(line, {"ada"})
    assert time.process_time() - start < 0.5
