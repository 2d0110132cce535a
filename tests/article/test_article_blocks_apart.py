"""No word of the output spans two blocks of a page, however the page is laid out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.extract import extract
from bot.article.html.fragment import one_line, passages_with_links, plain
from bot.article.html.page import read_html
from bot.article.html.tree import tree_of
from bot.article.left_out import left_out
from bot.article.shown import shown
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
TITLE = "Ferry to the outer islands sails again"
SENTENCES = (
    "The ferry to the outer islands sails again after nine days in the dock at Tarn Vale",
    "Its engine had stopped within sight of the harbour and was mended by the crew of a tug",
    "Sixty passengers spent the night on board and were given soup by the cook of the vessel",
    "Nobody was hurt and the company has promised to pay for every cabin that was not used",
    "The next boat leaves on Monday morning and takes cars as well as people and their dogs",
)
BOXES = (
    "<p>{}</p>",
    "<div>{}</div>",
    "<div><p>{}</p></div>",
    "<li>{}</li>",
    "<blockquote>{}</blockquote>",
    "<td>{}</td>",
    '<div>{}<span class="br"></span></div>',
    '<p>{}<i class="line-break"></i></p>',
    "<p>{}<span role='tooltip'><b>Ferry</b><b>A boat</b></span></p>",
    "<p><span>{}</span></p>",
)


def wrapped(box: str, words: str) -> str:
    made = box.format(words)
    if box.startswith("<li"):
        return f"<ul>{made}</ul>"
    return f"<table><tr>{made}</tr></table>" if box.startswith("<td") else made


@given(
    st.lists(st.sampled_from(BOXES), min_size=5, max_size=5), st.sampled_from(["", "<br><br>", "<br>", "\n"])
)
def test_generated_markup(boxes: list[str], between: str):
    body = between.join(wrapped(box, words) for box, words in zip(boxes, SENTENCES, strict=True))
    page = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    found = read_html(page, Document(name="page.html", data=b"", received=RECEIVED))
    known = set(" ".join((TITLE, *SENTENCES)).split())
    assert set(" ".join(found.paragraphs).split()) <= known


def test_a_table_that_lays_out_the_page_is_taken_apart():
    body = "".join(f"<p>{sentence}.</p>" for sentence in SENTENCES)
    page = (
        f"<html><head><title>{TITLE}</title></head><body><table><tr><td><a href='/'>Home</a></td>"
        f"<td><h1>{TITLE}</h1>{body}</td></tr></table></body></html>"
    )
    found = read_html(page, Document(name="page.html", data=b"", received=RECEIVED))
    assert found.paragraphs == tuple(f"{sentence}." for sentence in SENTENCES)


def test_breaks_are_the_ends_of_paragraphs():
    body = "<br><br>".join(f"{sentence}." for sentence in SENTENCES)
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{body}</div></body></html>"
    found = read_html(page, Document(name="page.html", data=b"", received=RECEIVED))
    assert found.paragraphs == tuple(f"{sentence}." for sentence in SENTENCES)


def test_a_row_of_figures_is_one_line():
    rows = "".join(
        f"<tr><td>{place}</td><td>{count}</td></tr>" for place, count in (("Skarn", 14), ("Old Mole", 11))
    )
    body = f"<p>{SENTENCES[0]}.</p><p>{SENTENCES[1]}.</p><table>{rows}</table><p>{SENTENCES[2]}.</p>"
    page = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    found = read_html(page, Document(name="page.html", data=b"", received=RECEIVED))
    assert "Skarn 14" in found.paragraphs
    assert "Old Mole 11" in found.paragraphs


def body_of(body: str, head: str = "") -> tuple[str, ...]:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    return read_html(page, Document(name="page.html", data=b"", received=RECEIVED)).paragraphs


DOTTED = tuple(f"{sentence}." for sentence in SENTENCES)


@pytest.mark.parametrize(
    "between", ['<span class="br"></span>', '<i class="line-break"> </i>', '<span class="newline"></span>']
)
def test_an_empty_element_that_is_called_a_break_is_one(between: str):
    assert body_of(f"<p>{between.join(DOTTED)}</p>") == DOTTED
    assert [line.strip() for line in plain(f"<p>{between.join(DOTTED)}</p>").strip().split("\n")] == list(
        DOTTED
    )
    assert [one.text for one in passages_with_links(f"<p>{between.join(DOTTED)}</p>")] == list(DOTTED)


@pytest.mark.parametrize(
    "tip",
    [
        "<span class='tooltip-content'>Imke Maria Sorrel<br>Mayor of Tarn<a href='/x'>MORE</a></span>",
        "<span role='tooltip'><span>Imke Maria Sorrel</span><span>Mayor of Tarn</span></span>",
        "<span class='hovercard'>Imke Maria Sorrel</span>",
        "<span class='tooltiptext'>Imke Maria Sorrel</span>",
    ],
)
def test_what_shows_over_a_word_is_left_out_and_told(tip: str):
    told = f"The mayor <span class='tooltip'>Imke Sorrel{tip}</span> was on board and praised the cook for his soup."
    page = f"<p>{DOTTED[0]}</p><p>{told}</p><p>{DOTTED[1]}</p>"
    assert body_of(page)[1] == "The mayor Imke Sorrel was on board and praised the cook for his soup."
    data = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{page}</body></html>".encode()
    document = Document(name="page.html", data=data, received=RECEIVED)
    article = extract(document)
    told_of = [out for out in left_out(document, article) if "Imke Maria Sorrel" in out.text]
    assert {out.reason for out in told_of} == {"hidden from readers"}


def test_spans_that_style_alone_sets_apart_are_apart():
    byline = "<div><span>Imke Sorrel</span><span>Senior Writer</span><span>Nov 3, 2030</span></div>"
    tree = tree_of(f"<body>{byline}<p><b>Tarn</b><i>Cast</i> and <b>Mc</b><b>Donald</b></p></body>")
    assert [one.text for one in shown(tree)] == [
        "Imke Sorrel Senior Writer Nov 3, 2030",
        "TarnCast and McDonald",
    ]
    assert plain(byline).strip() == "Imke Sorrel Senior Writer Nov 3, 2030"


def test_a_stated_body_of_glued_sentences_is_taken_apart():
    stated = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": "".join(DOTTED * 3)})
    head = f"<script type='application/ld+json'>{stated}</script>"
    assert body_of(f"<p>{DOTTED[0]}</p>", head) == DOTTED * 3


@pytest.mark.parametrize(
    ("heading", "read"),
    [
        ("<h1>Ferry to the islands<br>sails again</h1>", "Ferry to the islands sails again"),
        (
            "<h1><div>Tarn Vale</div><div>Ferry sails again today</div></h1>",
            "Tarn Vale Ferry sails again today",
        ),
        (
            '<h1><span class="k">Tarn Vale</span>Ferry sails again today</h1>',
            "Tarn Vale Ferry sails again today",
        ),
        (
            "<h1><span>Ferry to the islands</span><span>sails again</span></h1>",
            "Ferry to the islands sails again",
        ),
        ("<h1><small>Islands</small>Ferry sails again today</h1>", "Islands Ferry sails again today"),
        ('<h1><span class="drop">F</span>erry sails again to<wbr>day</h1>', "Ferry sails again today"),
        (
            "<h1><svg><title>Logo</title></svg>Ferry sails <i>again</i>, at last</h1>",
            "Ferry sails again, at last",
        ),
    ],
)
def test_the_lines_of_a_heading_stay_apart(heading: str, read: str):
    page = f"<html><body>{heading}{''.join(f'<p>{one}.</p>' for one in SENTENCES)}</body></html>"
    assert extract(Document("ferry.html", page.encode(), RECEIVED)).title == read


def test_the_lines_of_a_standfirst_stay_apart():
    under = '<h2 class="standfirst">Nine days in the dock are over<br>The next boat takes cars as well</h2>'
    page = (
        f"<html><body><h1>{TITLE}</h1>{under}{''.join(f'<p>{one}.</p>' for one in SENTENCES)}</body></html>"
    )
    article = extract(Document("ferry.html", page.encode(), RECEIVED))
    assert article.standfirst == "Nine days in the dock are over The next boat takes cars as well"


def test_of_a_heading_of_thousands_of_pieces_the_first_are_read():
    heading = tree_of(f"<html><body><h1>{'<b>x</b>' * 12_000}</h1></body></html>").find(".//h1")
    assert 100 < len(one_line(heading)) < 5_000
