"""No word of the output spans two blocks of a page, however the page is laid out."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.article.html.page import read_html
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
