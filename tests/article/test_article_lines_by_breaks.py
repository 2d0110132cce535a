"""Heads of pages and of pasted texts: lines that breaks set apart, handles, several days on a line, standfirsts without a stop."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.domain.model import Article, Document

RECEIVED = datetime(2031, 4, 30, tzinfo=UTC)
FIRST = "The harbour authority of Orrenby will close the old lock for eleven weeks from Monday, because divers found that both gates have moved by four centimetres since the spring."
SECOND = "Ships of more than forty metres will have to wait outside the breakwater, where the authority has laid six new buoys, and smaller boats can pass at high water with a pilot on board."
TITLE = "Old lock to close for eleven weeks"
DAY = datetime(2031, 3, 12, tzinfo=UTC)


def read(name: str, content: str) -> Article:
    return extract(Document(name, content.encode(), RECEIVED))


def page(head: str, *, language: str = "en", first: str = FIRST, second: str = SECOND) -> Article:
    body = f"<article><h1>{TITLE}</h1>{head}<p>{first}</p><p>{second}</p></article>"
    return read(
        "page.html", f"<html lang={language}><title>{TITLE} | Ledger</title><body>{body}</body></html>"
    )


def table(head: str) -> Article:
    """An old page, whose lines breaks set apart in a cell."""
    cell = f"<b>{TITLE}</b><br>{head}<br><br>{FIRST}<br><br>{SECOND}"
    menu = "<a href=1>News</a><br><a href=2>Sport</a>"
    return read("old.html", f"<title>{TITLE}</title><table><tr><td>{menu}</td><td>{cell}</td></tr></table>")


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("By Ada Marlow<br>March 12, 2031", "Ada Marlow"),
        ("March 12, 2031 - Orrenby Ledger Online<br><br>By ADA MARLOW<br>Ledger Staff Writer", "ADA MARLOW"),
    ],
)
def test_lines_that_breaks_set_apart_above_a_text_say_who_and_when(head: str, byline: str) -> None:
    article = table(head)
    assert (article.byline, article.published) == (byline, DAY)
    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_a_paragraph_within_a_font_begins_apart() -> None:
    article = read(
        "old.html", f"<title>{TITLE}</title><h1>{TITLE}</h1><p><font>Harbour news<p>{FIRST}<p>{SECOND}</font>"
    )
    assert "news The" not in article.text
    assert FIRST in article.text.split("\n\n")


def test_the_name_of_an_outlet_behind_a_day_is_no_byline() -> None:
    assert page("<p>March 12, 2031 - Orrenby Ledger Online</p>").byline is None


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("<p>Originally published March 12, 2031; updated April 2, 2031. By Ada Marlow.</p>", "Ada Marlow"),
        ("<p>First published March 12, 2031; updated April 2, 2031</p>", None),
        ("<a href='/@ada'>Ada Marlow</a> and <a href='/@cem'>Cem Aksoy</a><div>March 12, 2031</div>", "Ada Marlow, Cem Aksoy"),
        ("<p>By A. M. • Published on 12 March 2031 at 7.05 in Averne • Updated at 9.40 • Reading time 2 min</p>", "A. M."),
    ],
)  # fmt: skip
def test_who_wrote_it_and_when_on_one_line(head: str, byline: str | None) -> None:
    article = page(head)
    assert (article.byline, article.published) == (byline, DAY)


@pytest.mark.parametrize(("name", "byline"), [("【佐藤花子】", "佐藤花子"), ("【編集部】", None)])
def test_a_japanese_name_in_brackets_is_who_wrote_it(name: str, byline: str | None) -> None:
    article = page(
        f"<p>2031年3月12日</p><p class=writer>{name}</p>",
        language="ja",
        first="港町市の港湾局は、旧閘門を月曜日から11週間閉鎖する。春以降、二つの門扉が4センチずれたことを潜水士が確認したためだ。",
        second="修理費は3億4千万円で、その3分の1は9年前の洪水の後に漁協が設けた基金から出る。大型船は防波堤の外で待つことになる。",
    )
    assert article.byline == byline


PASTED = f"""Orrenby Ledger
HARBOUR

{TITLE}

Divers found that both gates have moved since the spring

Ada Marlow
Harbour reporter
@adamarlow

Wed 12 Mar 2031 07.05 CET

{FIRST}

Get the Ledger's morning mail
Free, every weekday at seven
Enter your email address
Sign up

{SECOND}

Topics
Harbour
Most viewed
1 Dredger arrives two days early
2 Pilots vote on new rota
"""


def test_a_pasted_page_has_the_headline_above_its_standfirst() -> None:
    article = read("pasted.txt", PASTED)
    assert (article.title, article.byline, article.source) == (TITLE, "Ada Marlow", "Orrenby Ledger")


def test_the_lines_over_a_form_are_the_forms() -> None:
    assert read("pasted.txt", PASTED).text == f"{FIRST}\n\n{SECOND}"
