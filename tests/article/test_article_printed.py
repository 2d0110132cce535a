"""Pages that a browser printed, as text and as PDF."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.text.printed import unprinted
from bot.domain.model import Article, Document
from tests.article import samples
from tests.article.samples import BODY, BYLINE, PARAGRAPHS, SOURCE, TITLE, URL

RECEIVED = datetime(2031, 3, 20, tzinfo=UTC)
WINDOW = f"{TITLE} - {SOURCE}"
HEAD = f"{TITLE}\n\nBy {BYLINE}\n\nMarch 4, 2031\n\n"
_CUT = PARAGRAPHS[2].index(" than")
FIRST, SECOND = (
    f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2][:_CUT]}",
    f"{PARAGRAPHS[2][_CUT + 1 :]}\n\n{PARAGRAPHS[3]}",
)


def read(data: bytes, name: str = "page.txt") -> Article:
    return extract(Document(name, data, RECEIVED))


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (f"3/10/31, 9:12 AM\t{WINDOW}", f"{URL}\t{{}}/2"),
        (f"{WINDOW}   10.03.31, 09:12", f"{URL}   Seite {{}} von 2"),
        (f"3/10/2031, 09:12\n{WINDOW}", f"{URL}\n\n{{}}/2"),
        (f"{WINDOW}      {URL}", "{} of 2      3/10/2031, 9:12 AM"),
    ],
    ids=["Chrome", "Safari", "each on a line", "Firefox"],
)
def test_the_edges_of_printed_sheets_are_no_text_and_tell_the_address(head: str, foot: str) -> None:
    sheets = (f"{head}\n\n{text}\n\n{foot.format(n)}\n" for n, text in enumerate((HEAD + FIRST, SECOND), 1))
    article = read("\f".join(sheets).encode())
    assert (article.text, article.title, article.byline) == (BODY, TITLE, BYLINE)
    assert (article.url, article.published) == (URL, datetime(2031, 3, 4, tzinfo=UTC))


def test_one_sheet_has_edges_too() -> None:
    article = read(f"3/10/31, 9:12 AM {WINDOW}\n\n{HEAD}{BODY}\n\n{URL} 1/1\n".encode())
    assert (article.text, article.url) == (BODY, URL)


@pytest.mark.parametrize(
    "line",
    ["The score was 3/4 at half time", f"{URL} has more", "10.03.31, 09:12 Harbour closed", f"{URL} 5/2"],
)
def test_a_text_without_numbered_sheets_stays_as_it_is(line: str) -> None:
    text = f"{HEAD}{PARAGRAPHS[0]}\n\n{line}\n\n{PARAGRAPHS[1]} See https://port.example/plan for the plan."
    assert unprinted(text).text == text


def printed(sheets: list[list[str]], edges: str) -> bytes:
    """A PDF as a browser prints it, with edges as ``chrome`` or ``firefox`` has them."""
    pages = []
    for number, paragraphs in enumerate(sheets, 1):
        count = f"{number}{'/' if edges == 'chrome' else ' of '}{len(sheets)}"
        above = ("3/10/31, 9:12 AM", WINDOW) if edges == "chrome" else (WINDOW, URL)
        below = (URL, count) if edges == "chrome" else (count, "3/10/2031, 9:12 AM")
        lines = [
            (text, x, y, 8.0)
            for y, texts in ((820.0, above), (15.0, below))
            for text, x in zip(texts, (30.0, 330.0), strict=True)
        ]
        y = 780.0
        for text in paragraphs:
            size = 20 if text == TITLE else 11
            for line in samples.wrapped(text, 80):
                lines.append((line, 50.0, y, float(size)))
                y -= size * 1.3
            y -= 10
        pages.append(lines)
    return samples.pdf(pages)


@pytest.mark.parametrize("edges", ["chrome", "firefox"])
@pytest.mark.parametrize("cut", [2, 4])
def test_a_page_printed_as_pdf(edges: str, cut: int) -> None:
    head = [TITLE, f"By {BYLINE}", "March 4, 2031"]
    sheets = [[*head, *PARAGRAPHS[:cut]], *filter(None, [list(PARAGRAPHS[cut:])])]
    article = read(printed(sheets, edges), "page.pdf")
    assert (article.text.split(), article.title) == (BODY.split(), TITLE)
    assert (article.url, article.source) == (URL, SOURCE)


@pytest.mark.parametrize(
    "token",
    [
        "https://a.example/b 1/2 ",
        "1/2\n",
        "https://a.example/b\n1/2\n",
        "3/10/31, 9:12 ",
        "9 of 9\t",
        "\f",
        "https://",
    ],
)
def test_repeated_edges_take_linear_time(token: str) -> None:
    start = time.process_time()
    unprinted(f"https://a.example/b 1/1\n{token * (100_000 // len(token))}")
    assert time.process_time() - start < 1
