"""Texts as people copy them: out of a terminal's browser, an answer, a reader's view, an agency's wire."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.fields.credits import byline
from bot.article.fields.dateline import dateline
from bot.article.fields.signatures import initials
from bot.article.text.markdown import unmarked, unquoted
from bot.article.text.printed import undumped
from bot.domain.model import Article, Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
TITLE = "Cinema of Tarn Vale to open again"
SAID = [
    f"Paragraph {n} of the article says what the council of Tarn Vale decided about the old cinema, and why."
    for n in range(4)
]
TEXT = "\n\n".join(SAID)


def read(text: str, name: str = "a.txt") -> Article:
    return extract(Document(name, text.encode(), RECEIVED))


def test_a_page_that_lynx_printed() -> None:
    links = "\n".join(f"   {n}. https://echo.example/{n}" for n in range(1, 4))
    found = read(
        f"   #[1]Tarn Vale Echo\n\n   [2]Home\n\n{TITLE}\n\n   By [3]Imke Sorrel\n\n{TEXT}\n\nReferences\n\n{links}\n"
    )
    assert (found.title, found.byline, found.text) == (TITLE, "Imke Sorrel", TEXT)
    scholarly = f"{TEXT} [1]\n\nReferences\n\n1. Sorrel, I.: The seals. 2029.\n2. https://echo.example/2\n"
    assert undumped(scholarly) == scholarly


def test_a_text_that_is_all_quoted() -> None:
    quoted = "> " + "\n>\n> ".join((TITLE, *SAID))
    assert (read(quoted).title, read(quoted).text) == (TITLE, TEXT)
    partly = f"> {SAID[0]}\n\nSo it was said."
    assert unquoted(partly) == partly


@pytest.mark.parametrize("time_to_read", ["5-6 minutes", "4 min read", "3 minutes"])
def test_a_name_above_the_time_that_a_text_takes(time_to_read: str) -> None:
    assert read(f"echo.example\n\n{TITLE}\nImke Sorrel\n{time_to_read}\n\n{TEXT}").byline == "Imke Sorrel"
    assert byline(["echo.example · by Imke Sorrel"]) == "Imke Sorrel"
    assert byline(["ferries · by night"]) is None


@pytest.mark.parametrize("signs", ["am/bl", "am-bl/ch", "AML // BL", "Lusa/Fim", "ab/cd/ef"])
def test_signs_below_a_wire_are_none_of_its_text(signs: str) -> None:
    assert read(f"{TITLE}\n\n{TEXT}\n\n{signs}\n").text == TEXT


def test_what_is_no_sign() -> None:
    assert [
        line for line in ("km/h", "A/B", "Either/Or is a book", "and so on", "9/11") if initials(line)
    ] == []


@pytest.mark.parametrize(
    ("paragraph", "left", "agency"),
    [
        ("04.03. Tamber (PAP) - Most zamknięto.", "Most zamknięto.", "PAP"),
        ("ТАМБЕР. 4 березня. УНІАН. Міст закриють.", "Міст закриють.", "УНІАН"),
    ],
)
def test_a_dateline_of_a_day_without_its_year(paragraph: str, left: str, agency: str) -> None:
    found = dateline(paragraph, "")
    assert found is not None
    assert (paragraph[found.end :], found.agency) == (left, agency)


@pytest.mark.parametrize(
    "opening",
    ["AVERNE, Norrin – March 4, 2031 – ", "Averne – March 4th, 2031 - ", "Averne (Norrin), 4. März 2031 – ", "[Averne, March 4, 2031] – ",
     "4 March 2031, Averne – ", "AVERNE, NV, March 4, 2031 – (Newswire) – ", "Averne | March 4, 2031 | ", "AVERNE – 28.02.2031 – ", "Averne, den 4. März 2031. "],
)  # fmt: skip
def test_the_dateline_of_a_release_in_any_order(opening: str) -> None:
    article = read(f"{TITLE}\n\n{opening}{TEXT}")
    assert article.text == TEXT
    assert article.published is not None
    assert article.published.isoformat()[:10] in {"2031-03-04", "2031-02-28"}


@pytest.mark.parametrize(
    "opening", ["Imke Sorrel, March 4, 2031. ", "Averne, which on March 4, 2031 – a Tuesday – "]
)
def test_what_is_no_dateline(opening: str) -> None:
    assert dateline(f"{opening}closed its bridge", "") is None


def test_the_headline_of_a_page_within_markdown() -> None:
    assert read(f'<h1 align="center">{TITLE}</h1>\n\n{TEXT}', "a.md").title == TITLE


@pytest.mark.parametrize(
    "piece", ["[1]a", "> ", "\nReferences\n", "1. http://a.b/c\n", "<h1>a", "ab/cd/", "4 I "]
)
def test_a_hundred_kilobytes_take_no_longer(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + "://\nReferences\n1. http://a.b/c"
    start = time.process_time()
    unmarked(unquoted(undumped(text)))
    dateline(text, "")
    initials(text)
    assert time.process_time() - start < 2
