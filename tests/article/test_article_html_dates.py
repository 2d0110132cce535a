"""Which of a page's dates is the date of publication."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

import pytest
from lxml.html import document_fromstring

from bot.article.fields.dateline import dateline
from bot.article.html.jsonld import linked
from bot.article.html.meta_tags import tagged
from bot.article.html.page import read_html
from bot.article.html.page_date import page_date
from bot.article.html.shown_date import shown_date
from bot.domain.model import Document

RECEIVED = datetime(2031, 6, 1, tzinfo=UTC)
HEADING = "<h1>Power is back in Ostley</h1>"
PROSE = "<p>Electricity returned to Ostley at noon, and the town hall switched its clock on again, said the operator of the grid.</p>"
ELSEWHERE = (
    '<aside><h4>Also read</h4><time class="published" datetime="2030-01-07">7 January 2030</time></aside>'
)


def date_of(body: str, *, head: str = "", declared: str = "") -> tuple[str, str] | None:
    tree = document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    data = linked([f'{{"@type": "NewsArticle", "datePublished": "{declared}"}}'] if declared else [])
    found = page_date(tree, "Power is back in Ostley", data, tagged(tree), RECEIVED)
    return (found.at.isoformat()[:16], found.precision) if found else None


@pytest.mark.parametrize(
    "line",
    [
        "<p>4 March 2031</p>",
        "<p>Updated: 2031-03-05 / <span>Published:</span> <b>2031-03-04</b> 15:03</p>",
        "<p>Updated: March 5, 2031, 9:10 a.m. | Published: March 4, 2031, 6:05 p.m.</p>",
        "<p>อัปเดต 5 มี.ค. 2574 เวลา 09:10 น. | เผยแพร่ 4 มี.ค. 2574 เวลา 18:05 น.</p>",
        "<p>By Imke Sorrel</p><div>Ostley<div><time>04.03.2031</time> <span>09:12 Uhr</span></div></div>",
        f"<p>Erschienen am 4. März 2031 im Format Aktuelles</p>{PROSE}<p>9 May 2031</p>",
        f"<p>4 March 2031 – {PROSE[3:]}",
    ],
)
def test_the_day_beside_the_heading(line: str) -> None:
    assert date_of(f"<p>Home</p>{HEADING}{line}{PROSE}{ELSEWHERE}") == ("2031-03-04T00:00", "day")


def test_a_day_above_the_heading_comes_before_that_of_another_article_below_a_short_body() -> None:
    other = "<section><h3>Ferry sails again</h3><time>5 March 2031</time></section>"
    assert date_of(f"<p>4 March 2031</p>{HEADING}{PROSE * 4}{other}") == ("2031-03-04T00:00", "day")


def test_a_long_line_of_labels_is_read_in_its_parts() -> None:
    line = "<p>Updated in our newsroom: Thursday, 5 March 2031, 09:10 in the morning | Published: 4 March 2031, 18:05 in the evening</p>"
    assert date_of(f"{HEADING}{line}{PROSE}") == ("2031-03-04T00:00", "day")


def test_a_day_above_the_heading_stands_in() -> None:
    page = f"<p>1 June 2031</p><nav>Home</nav><p>4 March 2031</p><p>Town</p>{HEADING}{PROSE * 8}{ELSEWHERE}"
    assert date_of(page) == ("2031-03-04T00:00", "day")


@pytest.mark.parametrize(
    "line",
    [
        "<p>The lamps had gone out on 4 March 2031.</p>",
        f"<p>A photograph of 4 March 2031 shows the lamps of the town hall, which had been lit for {'many ' * 12}years</p>",
        "<script>var made = '4 March 2031'</script>",
        "".join(f"<p>Line {n}</p>" for n in range(8)) + "<p>4 March 2031</p>",
    ],
)
def test_what_tells_another_day_is_passed_over(line: str) -> None:
    assert date_of(f"{HEADING}{line}{ELSEWHERE}") == ("2030-01-07T00:00", "day")


def test_a_stated_date_is_not_doubted() -> None:
    tag = '<meta property="article:published_time" content="2031-03-02T08:00:00Z">'
    assert date_of(f"{HEADING}<p>4 March 2031</p>", head=tag) == ("2031-03-02T08:00", "second")


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("6 March 2031", ("2031-03-06T07:15", "second")),
        ("4 March 2031", ("2031-03-04T21:00", "second")),
        ("9 March 2031", ("2031-03-04T21:00", "second")),
        ("", ("2031-03-04T21:00", "second")),
    ],
)
def test_the_shown_day_decides_between_two_that_are_stated(shown: str, expected: tuple[str, str]) -> None:
    tag = '<meta property="article:published_time" content="2031-03-06T07:15:00Z">'
    assert date_of(f"{HEADING}<p>{shown}</p>", head=tag, declared="2031-03-04T21:00:00Z") == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("4 March 2031", ("2031-03-04T00:00", "day")),
        ("6 March 2031", ("2031-03-06T02:15", "second")),
        ("5 March 2031", ("2031-03-06T02:15", "second")),  # On the clocks west of it.
        ("", ("2031-03-06T02:15", "second")),
    ],
)
def test_a_date_of_the_document_gives_way_to_another_shown_day(shown: str, expected: tuple[str, str]) -> None:
    tag = '<meta name="date" content="2031-03-06T02:15:00Z">'
    assert date_of(f"{HEADING}<p>{shown}</p>", head=tag) == expected


def test_without_the_titles_heading_the_first_one_counts() -> None:
    page = f"<h1>Ostley Echo</h1><p>4 March 2031</p>{PROSE}"
    assert date_of(page) == ("2031-03-04T00:00", "day")
    assert date_of(f"<h2>Ostley Echo</h2>{ELSEWHERE}") == ("2030-01-07T00:00", "day")


@pytest.mark.parametrize("piece", ["<p>", "<p>4 March</p>", "<span>4 March </span>", "<h2>4 March</h2>"])
def test_a_long_page_is_looked_through_in_seconds(piece: str) -> None:
    tree = document_fromstring(f"{piece * 40_000}<h1>Power is back in Ostley</h1>")
    start = time.process_time()
    shown_date(tree, "Power is back in Ostley", RECEIVED)
    assert time.process_time() - start < 2  # 9 s when empty paragraphs were gathered.


@pytest.mark.parametrize(
    ("settles", "day"),
    [
        ("", None),
        (
            '<link rel="canonical" href="https://ostley.example/2031/03/04/power">',
            ("2031-03-04T00:00", "day"),
        ),
        ('<meta name="x" content="2031-03-04">', ("2031-03-04T00:00", "day")),
    ],
)
def test_a_day_that_could_be_two_is_no_date_unless_the_page_settles_it(settles: str, day: object) -> None:
    page = f"{HEADING}{PROSE * 3}<div class='date'>04/03/2031</div>"
    assert date_of(page, head=settles) == day


def test_a_day_that_can_be_but_one_is_found_anywhere() -> None:
    assert date_of(f"{HEADING}{PROSE * 3}<div class='date'>24/03/2031</div>") == ("2031-03-24T00:00", "day")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("<p>The trial of the mayor of Ostley, who denies it all, will begin on 3 March 2031.</p>", None),
        ("<p>The museum opened on <b>14 May 1998</b>.</p>", None),
        ("<div>Der Prozess hat am 3. März 2031 begonnen.<br>Er dauert an.</div>", None),
        ("<p>This article was amended on 3 March 2031 to correct the name of the mayor.</p>", None),
        ("<p>Correction: 3 March 2031</p>", None),
        ("<figure><img src='a.png' alt='Ostley, 3 March 2031'><figcaption>Ostley, 3 March 2031</figcaption></figure>", None),
        ("<p>Pressemitteilung vom 3. März 2031 | Ostley – Der Strom ist nach einem Tag im Dunkeln zurück.</p>", "2031-03-03"),
        ("<footer><p>Diese Seite wurde zuletzt am 3. März 2031 um 13:22 Uhr bearbeitet.</p></footer>", "2031-03-03"),
        ("<p class='post-meta'>Imke Sorrel wrote this for us on 3 March 2031, in the dark.</p>", "2031-03-03"),
        ("<p>Published on 3 March 2031.</p>", "2031-03-03"),
    ],
)  # fmt: skip
def test_no_sentence_of_the_body_dates_a_page(line: str, expected: str | None) -> None:
    found = date_of(f"<h1>Power is back in Ostley</h1>{PROSE * 9}{line}{PROSE}")
    assert (found and found[0][:10]) == expected


def test_a_description_dates_no_page() -> None:
    told = "<meta name='description' content='The museum opened on 14 May 1998 and burnt in a night.'>"
    assert date_of(f"{HEADING}{PROSE}", head=told) is None


def test_a_note_beside_the_heading_dates_no_page() -> None:
    note = "<p>This article was amended on 3 March 2031</p>"
    assert date_of(f"{HEADING}{note}{PROSE}") is None


@pytest.mark.parametrize(
    "line",
    [
        "<p>Erschienen am: 04.03.2031<br>Read 61 times</p>",
        "<p>This entry was posted on Tuesday, March 4th, 2031 at 9:12 am and is filed under <a>Grid</a>. You can follow any answers.</p>",
        "<p>Dieser Beitrag wurde am <nobr>4. März 2031</nobr> unter <a>Netz</a> veröffentlicht. Kommentare sind geschlossen.</p>",
        "<p>Questo articolo è stato pubblicato il 4 marzo 2031 alle 9:12</p>",
    ],
)
def test_a_line_that_tells_when_the_page_was_published_counts_wherever_it_stands(line: str) -> None:
    later = "<p>Letzte Änderung: 05.03.2031</p>"
    found = date_of(f"{HEADING}{PROSE * 9}{later}{line}{PROSE}{ELSEWHERE}")
    assert found is not None
    assert found[0][:10] == "2031-03-04"


def test_two_lines_that_tell_two_days_are_of_two_articles() -> None:
    lines = "<p>Published: 4 March 2031</p><p>Published: 5 March 2031</p>"
    assert date_of(f"{HEADING}{PROSE * 9}{lines}{ELSEWHERE}") == ("2030-01-07T00:00", "day")


def test_a_time_of_day_whose_title_has_the_date() -> None:
    marked = "<abbr itemprop='datePublished' title='2031-03-04T09:12:00+01:00'>9:12</abbr>"
    assert date_of(f"{HEADING}{PROSE}{marked}{ELSEWHERE}") == ("2031-03-04T08:12", "second")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("marți, 4 martie 2031", "2031-03-04T00:00"),  # Romanian
        ("Thứ ba, 4 tháng 3, 2031", "2031-03-04T00:00"),  # Vietnamese
        ("Mar 04 09:34 2031", "2031-03-04T00:00"),
    ],
)
def test_a_day_in_a_language_that_dateparser_alone_reads(line: str, day: str) -> None:
    assert date_of(f'{PROSE}<div class="meta-date">{line}</div>') == (day, "day")


@pytest.mark.parametrize(
    "line",
    [
        "Quiddle 12 fernip 2031",  # no parser knows it
        "Noch 70 % zu lesen, verbleibend: 70 %",  # no year and no known month: all names of months are looked through
    ],
)
def test_no_language_is_loaded_of_which_there_are_hardly_any_pages(line: str) -> None:
    date_of(f'{PROSE}<div class="meta-date">{line}</div>')
    loaded = {
        name.rpartition(".")[2] for name in sys.modules if name.startswith("dateparser.data.date_translation")
    }
    assert {"en", "ro"} <= loaded
    assert "agq" not in loaded


@pytest.mark.parametrize(
    "opening",
    [
        "OSTLEY, March 4, 2031 /PRNewswire/ -- ",
        "OSTLEY, NY, March 4, 2031 (GLOBE NEWSWIRE) -- ",
        "<strong>OSTLEY, NY / ACCESSWIRE / March 4, 2031 /</strong> ",
        "Ostley, Norrin--(Newsfile Corp. - March 4, 2031) - ",
    ],
)
def test_the_dateline_is_the_day_of_a_page_that_shows_none(opening: str) -> None:
    page = f"<html><body><article>{HEADING}<p>{opening}{PROSE[3:]}{PROSE * 4}</article></body></html>"
    found = read_html(page, Document("page.html", page.encode(), RECEIVED)).published
    assert (found.at.isoformat()[:10], found.precision) == ("2031-03-04", "day")


@pytest.mark.parametrize(
    ("opening", "said", "day"),
    [
        ("OSTLEY, Feb 26 (Newswire) - ", "on Wednesday", "2031-02-26"),
        ("OSTLEY, Feb 26 (Newswire) - ", "last week", None),  # of any year
        (
            "OSTLEY, Feb 26 (Newswire) - ",
            "on Tuesday",
            None,
        ),  # of this year, told a day later, or of the last
    ],
)
def test_a_dateline_without_a_year_is_the_day_where_a_weekday_settles_it(opening, said, day) -> None:
    page = f"<html><body><article>{HEADING}<p>{opening}The harbour was closed {said}, its master said.</p>{PROSE * 4}</article></body></html>"
    found = read_html(page, Document("page.html", page.encode(), RECEIVED)).published
    assert (found and found.at.isoformat()[:10]) == day


def test_a_line_of_strokes_takes_no_longer() -> None:
    began = time.process_time()
    for piece in ("OSTLEY / ", "AB/", "A / B / March 4, 2031 / "):
        dateline(piece * (100_000 // len(piece)), "")
    assert time.process_time() - began < 1
