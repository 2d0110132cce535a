"""Kinds of pages and records that extractors' users report: threads of forums, polls, large print, marks of time."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.domain.model import Article, Document

TITLE = "Harbour of Tarn to close for a week"
BODY = [
    "The harbour of Tarn will close for a week in April while divers inspect the northern wall, the port said on Tuesday.",
    "Ferries to the islands will leave from the fish market instead, and lorries have to take the road over the hill.",
    "The work costs two million crowns, half of which the county pays, and a report on it is due in early June.",
]
TOLD = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)


def read(text: str, name: str = "page.html") -> Article:
    return extract(Document(name=name, data=text.encode(), received=datetime(2031, 3, 6, tzinfo=UTC)))


def paragraphs(article: Article) -> list[str]:
    return [one.of(article.text) for one in article.paragraphs]


def page(body: str, title: str = TITLE, language: str = "en") -> str:
    return f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'


@pytest.mark.parametrize(
    "record",
    [
        {
            "title": TITLE,
            "post_stream": {
                "posts": [
                    {"name": "Ada Marlow", "username": "ada", "created_at": "2031-03-04T09:15:00Z", "cooked": TOLD},
                    {"name": "Bo Lind", "username": "bo", "cooked": "<p>Good to know.</p>"},
                ]
            },
        },
        {
            "post_view": {
                "post": {"name": TITLE, "body": "\n\n".join(BODY), "published": "2031-03-04T09:15:00Z"},
                "creator": {"name": "ada", "display_name": "Ada Marlow"},
            },
            "comments": [],
        },
    ],
)  # fmt: skip
def test_a_thread_of_a_forum_is_its_first_post(record: dict[str, object]) -> None:
    article = read(json.dumps(record), "thread.json")
    assert (article.title, article.byline, paragraphs(article)) == (TITLE, "Ada Marlow", BODY)
    assert article.published == datetime(2031, 3, 4, 9, 15, tzinfo=UTC)


def test_what_readers_have_chosen_in_a_poll_is_no_part_of_the_article() -> None:
    poll = '<div class="poll-results"><p>Should it close?</p><ul><li>Yes <b>62%</b></li><li>No <b>38%</b></li></ul><p>1,204 votes</p></div>'
    told = TOLD.replace("</p>", f"</p>{poll}", 1)
    assert paragraphs(read(page(f"<article><h1>{TITLE}</h1>{told}</article>"))) == BODY


def test_the_first_large_print_of_a_page_without_headings_is_its_headline() -> None:
    links = '<a href="a.html">News</a><br><a href="b.html">Sport</a>'
    print_ = (
        f'<font size="5"><b>{TITLE}</b></font><br><font size="2"><i>by Ada Marlow, March 4, 2031</i></font>'
    )
    table = f"<table><tr><td>{links}</td><td>{print_}<br><br>{'<br><br>'.join(BODY)}</td></tr></table>"
    article = read(page(table, title="The Tarn Courier"))
    assert (article.title, article.byline) == (TITLE, "Ada Marlow")
    assert TITLE not in paragraphs(article)


@pytest.mark.parametrize(
    ("mark", "moment", "precision"),
    [
        ("2031-03-04T09:15:00+01:00", datetime(2031, 3, 4, 8, 15, tzinfo=UTC), "minute"),
        ("2031-03-09T09:15:00+01:00", datetime(2031, 3, 4, tzinfo=UTC), "day"),
        ("2031-03-04T12:00:00Z", datetime(2031, 3, 4, tzinfo=UTC), "day"),  # a bare day, as Drupal has it
    ],
)
def test_a_mark_of_time_below_the_heading_tells_the_moment_of_the_day_that_is_shown(
    mark: str, moment: datetime, precision: str
) -> None:
    below = f'<dl><dd>Published: <time datetime="{mark}">04 March 2031</time></dd></dl>'
    article = read(page(f"<div><h2>{TITLE}</h2>{below}{TOLD}</div>"))
    assert article.published == moment
    assert (article.published_precision == "day") == (precision == "day")


@pytest.mark.parametrize("name", ["data-testid", "data-qa", "data-component"])
def test_a_box_may_be_called_after_authors_by_what_tests_look_for(name: str) -> None:
    box = f'<div {name}="byline"><span>Ada Marlow</span></div>'
    assert read(page(f"<article><h1>{TITLE}</h1>{box}{TOLD}</article>")).byline == "Ada Marlow"


def test_a_japanese_name_before_the_day_of_its_line_is_the_writers() -> None:
    body = "".join(
        f"<p>{one}</p>"
        for one in (
            "垂水港は四月に一週間閉鎖され、潜水士が北側の岸壁を詳しく調べると港湾局が火曜日に発表した。",
            "島へのフェリーは魚市場から出発し、トラックは丘の上の道を通らなければならないという。",
        )
    )
    line = '<p class="info">山田花子 2031年3月4日 9時15分</p>'
    assert (
        read(page(f"<article><h1>垂水港、一週間閉鎖へ</h1>{line}{body}</article>", language="ja")).byline
        == "山田花子"
    )


def test_the_line_above_whom_the_press_may_ask_ends_a_release() -> None:
    below = "Rückfragen bitte an:\n\nHafenamt Tarn\nBo Lind\nTelefon: 040 1234"
    article = read("\n\n".join((TITLE, *BODY, below)), "release.txt")
    assert paragraphs(article) == BODY


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Von unserem Korrespondenten Jan Holm, Tarn", "de"),
        ("By our chief correspondent Jan Holm", "en"),
        ("Words: Jan Holm | Photos: Bo Lind", "en"),
    ],
)
def test_who_writes_is_named_behind_what_they_are_and_beside_who_took_the_pictures(
    line: str, language: str
) -> None:
    text = page(f"<article><h1>{TITLE}</h1><p>{line}</p>{TOLD}</article>", language=language)
    assert read(text).byline == "Jan Holm"


@pytest.mark.parametrize(
    ("foot", "day"),
    [
        ("<footer>© 1998-2031 The Tarn Courier. Last build: 2031-03</footer>", None),
        ("<footer>© 1998-2031 The Tarn Courier</footer><p>1 March 2031</p>", datetime(2031, 3, 1, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_month_alone_dates_no_page(foot: str, day: datetime | None) -> None:
    assert read(page(f"<article><h1>{TITLE}</h1>{TOLD}</article>{foot}")).published == day


def test_what_a_site_earns_from_its_links_is_no_part_of_the_article() -> None:
    note = "<p><em>We may earn a commission if you buy through links on this page.</em></p>"
    assert paragraphs(read(page(f"<article><h1>{TITLE}</h1>{note}{TOLD}</article>"))) == BODY


REPORTERS = "Ada Marlow, Bo Lind and Cleo Frost"


@pytest.mark.parametrize(
    "text",
    [
        page(f"<article><h1>{TITLE}</h1><p>{REPORTERS} in Tarn</p><p>March 4 2031, 9.15am GMT</p>{TOLD}</article>"),
        "\n\n".join((TITLE, f"{REPORTERS} in Tarn", "Tue 4 Mar 2031 09.15 GMT", "Share", *BODY)),
    ],
)  # fmt: skip
def test_who_reports_from_where_above_the_day_wrote_it(text: str) -> None:
    assert read(text, "page.html" if text.startswith("<") else "page.txt").byline == REPORTERS


@pytest.mark.parametrize(
    ("about", "contact"),
    [
        ("About the Port of Tarn", "Press contact"),
        ("À propos du Port d'Averne", "Contact presse"),
        ("Über die Hafenbehörde Tarn", "Pressekontakt:"),
        ("Acerca del puerto de Tarn", "Contacto de prensa"),
    ],
)
@pytest.mark.parametrize("name", ["page.html", "text.txt"])
def test_who_sends_a_release_is_no_part_of_it(about: str, contact: str, name: str) -> None:
    below = (
        about,
        "The port runs seven piers and employs 240 people since 1921.",
        contact,
        "Jonas Lehm, 555 01 43",
    )
    if name == "text.txt":
        article = read("\n\n".join([TITLE, "4 March 2031", *BODY, *below]), name)
    else:
        heads = "".join(f"<h3>{one}</h3>" if n % 2 == 0 else f"<p>{one}</p>" for n, one in enumerate(below))
        article = read(page(f"<main><h1>{TITLE}</h1>{TOLD}{heads}</main>"))
    assert paragraphs(article) == BODY


def test_a_heading_about_something_stays_where_no_press_contact_follows() -> None:
    more = "<h3>About the northern wall</h3><p>It was built in 1874 from stones of the old prison, the port said.</p>"
    article = read(page(f"<main><h1>{TITLE}</h1>{TOLD}{more}<p>{BODY[0]} Again.</p></main>"))
    assert "It was built in 1874" in article.text


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("Averne, le 4 mars 2031 – ", datetime(2031, 3, 4, tzinfo=UTC)),
        ("Averne, le 1er mars 2031 – ", datetime(2031, 3, 1, tzinfo=UTC)),
        ("Averne, a 4 de marzo de 2031 – ", datetime(2031, 3, 4, tzinfo=UTC)),
        ("Tarn, den 4. März 2031 – ", datetime(2031, 3, 4, tzinfo=UTC)),
    ],
)
def test_the_dateline_of_a_release_has_an_article_before_its_day(opening: str, day: datetime) -> None:
    article = read("\n\n".join([TITLE, opening + BODY[0], *BODY[1:]]), "text.txt")
    assert (article.published, article.text.startswith(BODY[0])) == (day, True)


@pytest.mark.parametrize(
    ("ending", "byline"),
    [
        ("Das Gespräch führte Ada Marlow.", "Ada Marlow"),
        ("Interview: Ada Marlow", "Ada Marlow"),
        ("Propos recueillis par Ada Marlow.", "Ada Marlow"),
        ("The interview was about the wall.", None),
        ("Interview: the harbour master on walls", None),
    ],
)
def test_who_asked_stands_at_the_end_of_a_standfirst(ending: str, byline: str | None) -> None:
    asked = (
        "<p><b>When will it open?</b></p><p>When the wall holds, and I will not name a day before that, for nobody can.</p>"
        * 4
    )
    standfirst = f'<p class="standfirst">Harbour master Ute Koll on walls, divers and patience. {ending}</p>'
    assert read(page(f"<article><h1>{TITLE}</h1>{standfirst}{asked}</article>")).byline == byline
