"""The outlet as readers call it, and the people who wrote the article."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.article.fields.credits import authors, byline, people
from bot.article.fields.dates import Moment, moments, only_a_date
from bot.article.fields.stated import Stated
from bot.article.html.jsonld import linked
from bot.article.html.outlet import outlet
from bot.article.html.page import read_html
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
BODY = "".join(
    f"<p>Paragraph {n} of the article says what the council of Tarn Vale decided about the old cinema, and why.</p>"
    for n in range(5)
)


@pytest.mark.parametrize(
    ("site", "publisher", "beside", "url", "name"),
    [
        ("Tarn Vale Echo", "Vale Media Group plc", None, None, "Tarn Vale Echo"),
        ("Tarn Vale Echo", "Blogger", None, None, "Tarn Vale Echo"),
        ("tarnvaleecho", "Tarn Vale Echo", None, None, "Tarn Vale Echo"),
        ("echo.example", "Tarn Vale Echo", None, None, "Tarn Vale Echo"),
        (None, "Vale Media GmbH", "Tarn Vale Echo", None, "Tarn Vale Echo"),
        (None, None, "Tarn Vale Echo", "https://www.echo.example/a", "Tarn Vale Echo"),
        (None, None, None, "https://www.echo.example/a", "echo.example"),
        ("www.echo.example", None, None, "https://www.echo.example/a", "echo.example"),
        ("Politics", "Vale Echo", None, "https://www.vale-echo.example/a", "Vale Echo"),
        ("Vale Tonight", "Vale Echo", None, "https://www.vale-tonight.example/a", "Vale Tonight"),
        ("Tarn9", "Vale Media GmbH", None, "https://www.vale-media.example/a", "Tarn9"),
        (None, "Vale Media GmbH", None, "https://echo.example/a", "echo.example"),
        (None, "Vale Media GmbH", None, None, "Vale Media GmbH"),
        ("Headlines of the vale - Tarn9", None, None, "https://www.tarn9.com.example/a", "Tarn9"),
        ("TVLE Tarn9 | Weather, Sports", None, None, "https://tvle.example/a", "TVLE Tarn9"),
        ("Tarn Vale • Echo", None, None, "https://other.example/a", "Tarn Vale • Echo"),
        ("Copyright (c) 2031", None, None, "https://echo.example/a", "echo.example"),
        ("{$plugin.site_name}", None, "Tarn Vale Echo", None, "Tarn Vale Echo"),
        (None, "&amp;copy; 2031 echo.example", None, None, None),
        (
            "Vale.example - What is going on",
            "1999-2031 (c) Vale Media, a.s.",
            None,
            "https://vale.example/a",
            "Vale.example",
        ),
        (None, "Tarn Vale Echo, Vantry, Germany", None, "https://echo.example/a", "Tarn Vale Echo"),
        (None, "Vale Media, a.s.", "Tarn Vale Echo", None, "Tarn Vale Echo"),
        (None, "134888293", None, "https://echo.example/a", "echo.example"),
        (None, None, None, None, None),
    ],
)
def test_outlet(site, publisher, beside, url, name):
    assert outlet(Stated(source=publisher), Stated(site=site), beside, url) == name


def test_a_site_that_only_its_linked_data_names_comes_before_the_company_that_owns_it() -> None:
    graph = [
        {"@type": "WebSite", "name": "Tarn Vale Echo"},
        {"@type": "NewsArticle", "headline": "Cinema to open", "publisher": {"name": "Vale Media Ltd"}},
    ]
    data = linked([json.dumps({"@graph": graph})])
    assert outlet(data, Stated(), None, "https://www.valemedia.example/a") == "Tarn Vale Echo"
    assert outlet(data, Stated(), "The Echo", None) == "The Echo"


@pytest.mark.parametrize(
    ("stated", "people"),
    [
        ("By Imke Sorrel", "Imke Sorrel"),
        ("Von Wiebke Oltmann", "Wiebke Oltmann"),
        ("Imke Sorrel, i.sorrel@echo.example", "Imke Sorrel"),
        ("i.sorrel@echo.example", None),
        ("Imke Sorrel (iso), Perrin Lock (plo.)", "Imke Sorrel, Perrin Lock"),
        ("View all posts by Osric Thane", "Osric Thane"),
        ("Osric Thane, Professor of Rivers, University of Vantry", "Osric Thane"),
        ("Christoph von Marrow", "Christoph von Marrow"),
        ("Amanda Dacosta", "Amanda Dacosta"),
        ("Tarn Vale Echo", None),
        ("Perrin Lock, Tarn Vale Echo", "Perrin Lock"),
        ("Imke Sorrel 31. Oktober 2030 31. Oktober 2030", "Imke Sorrel"),
        ("Imke Sorrel Alle Artikel", "Imke Sorrel"),
        ("Analysis by Imke Sorrel", "Imke Sorrel"),
        ("Recueilli par Imke SORREL.", "Imke SORREL."),
        ("Редактор: Имке Соррел", "Имке Соррел"),
        ("www.sorrel.example | Imke Sorrel", "Imke Sorrel"),
        ("Dr Imke Sorrel - https://sorrel.example/", "Dr Imke Sorrel"),
        ("https://sorrel.example/", None),
        ("Author Sorrel", "Author Sorrel"),
        ("Imke Sorrel sorrel.org", "Imke Sorrel"),
        ("Imke J.O. Sorrel", "Imke J.O. Sorrel"),
        ("Vantry, Germany", None),
        ("Tarn Press GmbH, Vantry, Germany", None),
        ("Фото: Имке Соррел", None),
        ("Super User", None),
        ("tvadmin", None),
        ("203.0.113.7", None),
        ("fboes1", "fboes1"),
        ("Par sorrel.org", None),
        ("Bund 30/Die Roten", "Bund 30/Die Roten"),
        ("admin", None),
        ("echo.example", None),
        (None, None),
    ],
)
def test_authors(stated, people):
    assert authors(stated, {"tarnvaleecho"}) == people


@pytest.mark.parametrize(
    ("beside", "address", "below", "name"),
    [
        # Spelled like the host: by a word, umlauts either way, initials, a first short word.
        ("Tarn Vale Echo", "www.valeecho.example", "", "Tarn Vale Echo"),
        ("Sünder Bote", "suenderbote.example", "", "Sünder Bote"),
        ("Sünder Bote", "sunder-bote.example", "", "Sünder Bote"),
        ("Øre i dag", "oreidag.example", "", "Øre i dag"),
        ("Tarn Vale Notes", "tvn.example", "", "Tarn Vale Notes"),
        ("TVN 4 Harbour", "tvnharbour.example", "", "TVN 4 Harbour"),
        ("Notes from Tarn", "blog.tarn.example", "", "Notes from Tarn"),
        # In a script that no host is spelled in.
        ("탄 발레", "vale.example", "", "탄 발레"),
        # Called so by the link to the front page, or by whose rights are stated, or by the name itself.
        ("Inside the machine", "grix.example", "<a href='/'>Inside the machine</a>", "Inside the machine"),
        ("Inside the machine", "grix.example", "<p>© 2031 Inside the machine</p>", "Inside the machine"),
        ("Port Gazette", "grix.example", "", "Port Gazette"),
        ("Ruderbund Unterweser e.V.", "rbu-online.example", "", "Ruderbund Unterweser e.V."),
        # Anything else is no outlet's name.
        ("Politics", "grix.example", "", "grix.example"),
        ("02.03.2031", "grix.example", "", "grix.example"),
        ("Page 34", "grix.example", "", "grix.example"),
        ("All about boats and who builds them", "www.grix.example", "", "grix.example"),
        ("IT", "it-vantry.example", "", "it-vantry.example"),
    ],
)
def test_what_stands_beside_the_title_is_the_outlet_where_something_else_calls_it_so(
    beside, address, below, name
):
    page = (
        f"<html><head><title>Council buys the old cinema | {beside}</title><link rel='canonical' href='https://{address}/a'>"
        f"</head><body><article><h1>Council buys the old cinema</h1>{BODY}</article>{below}</body></html>"
    )
    assert read_html(page.encode(), Document("a.html", page.encode(), RECEIVED)).source == name


def test_who_runs_the_site_is_not_its_name():
    assert outlet(Stated(), Stated(source="Imke Sorrel"), None, "https://grix.example/a") == "grix.example"
    assert outlet(Stated(), Stated(source="Grix"), None, "https://grix.example/a") == "Grix"
    assert outlet(Stated(), Stated(source="Imke Sorrel"), None, None) == "Imke Sorrel"


def page(head: str, above: str = "") -> str:
    return f"<html><head><title>Council buys the old cinema</title>{head}</head><body><article><h1>Council buys the old cinema</h1>{above}{BODY}</article></body></html>"


@pytest.mark.parametrize(
    "above",
    [
        "<div class='by'><div>By <span><a>Imke Sorrel</a></span><span>Staff Writer</span></div><time>Nov. 2, 2030</time></div>",
        "<header><p>By <span>Imke Sorrel</span></p><time>Nov. 2, 2030</time></header>",
        "<div class='author-name'>Imke Sorrel</div>",
        "<a rel='author'>Imke Sorrel</a>",
        "<a rel='author'><span>By</span>Imke Sorrel</a>",
        "<div class='byline__text'><a href='/about'><span class='name'>Imke Sorrel</span><span class='title'>CEO</span></a></div>",
        "<div itemprop='author'><p>Imke Sorrel</p><p>Senior Games Editor</p></div>",
        "<span class='authorText'><a>Imke Sorrel</a></span> · Echo News",
        "<div class='css-1a2b-Byline'><div></div><div><span>Imke Sorrel</span></div></div>",
        "<div class='x byline'><a>Imke Sorrel</a> / TNN / <span>Updated: Nov 2, 2030</span></div>",
        "<div><a href='/about/editors/imke-sorrel/'>Imke Sorrel</a><span>, <a>@imke</a></span></div>",
        "<div class='autor-wrapper'><span>Debate</span><span>Von</span><span><a>Imke Sorrel</a></span></div>",
        "<p class='byline author'>Written by Imke Sorrel<br>Edited by Perrin Lock</p>",
        "<ul class='author-links'><li><a href='/author/imke-sorrel/'>View author archive</a></li></ul><span class='article__author'>Von Imke Sorrel, Vantry</span>",
        "<p>Imke Sorrel<br>Senior Washington Correspondent</p>",
    ],
)
def test_the_words_beside_a_byline_do_not_run_into_it(above: str):
    assert read_html(page("", above), Document("page.html", b"", RECEIVED)).byline == "Imke Sorrel"


@pytest.mark.parametrize(
    "name", ["Christoph von Marrow", "Imke Page", "Osric More", "Perrin Read", "Ada Fellow"]
)
def test_what_pages_say_beside_names_may_be_a_part_of_one(name: str):
    assert people(name) == name
    assert byline([f"By {name}"]) == name


@pytest.mark.parametrize(
    "words", ["View Author Page", "Read More", "More Posts", "Disko Von", "Share Article", "All Posts"]
)
def test_what_pages_say_in_capitals_is_no_name(words: str):
    assert people(words) is None


@pytest.mark.parametrize(
    ("above", "names"),
    [
        ("<p><b itemprop='author'><i itemprop='name'>Imke Sorrel</i></b>, <b itemprop='author'><i itemprop='name'>Perrin Lock</i></b></p>", "Imke Sorrel, Perrin Lock"),
        (
            "<div itemprop='author'><span itemprop='name'>Imke Sorrel</span><span itemprop='name'>Perrin Lock</span></div>",
            "Imke Sorrel, Perrin Lock",
        ),
        ("<p><span>By </span><span>Imke Sorrel, </span><span>Perrin Lock</span> and <span>Osric Thane</span></p>", "Imke Sorrel, Perrin Lock and Osric Thane"),
        ("<div><a href='/author/1'>Imke Sorrel</a> <a href='/author/2'>Perrin Lock</a></div>", "Imke Sorrel, Perrin Lock"),
    ],
)  # fmt: skip
def test_all_who_wrote_it_are_named(above: str, names: str):
    assert read_html(page("", above), Document("page.html", b"", RECEIVED)).byline == names


def test_who_wrote_another_article_of_the_page_is_passed_over():
    teaser = "<div><a href='/author/osric-thane'>Osric Thane</a><span>Von Vantry zu den Sternen</span></div>"
    own = page("", "<div class='author'><a href='/author/7'>Imke Sorrel</a></div>")
    whole = own.replace("<article>", f"{teaser}<article>")
    assert read_html(whole, Document("page.html", b"", RECEIVED)).byline == "Imke Sorrel"


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("<meta name='author' content='Vale Media'><meta name='copyright' content='Copyright (c) Vale Media 2030'>", "Imke Sorrel"),
        ("<meta name='author' content='imkesorrel'>", "Imke Sorrel"),
        ("<meta name='author' content='Imke'>", "Imke Sorrel"),
        ("<meta name='author' content='Sorrel, Imke'>", "Imke Sorrel"),
        ("<meta name='author' content='Vale Media Inc.'>", "Imke Sorrel"),
        ("<meta name='author' content='i.sorrel@echo.example'>", "Imke Sorrel"),
        ("<meta name='author' content='Perrin'>", "Perrin"),
        ("<meta name='twitter:label1' content='Verfasst von'><meta name='twitter:data1' content='Perrin Lock'>", "Perrin Lock"),
        ("<meta name='twitter:label1' content='Author'><meta name='twitter:data1' content='Perrin Lock'>", "Perrin Lock"),
        ("<meta name='twitter:label1' content='Time to read'><meta name='twitter:data1' content='Perrin Lock'>", "Imke Sorrel"),
        ("<meta name='citation_author' content='Perrin Lock'><meta name='citation_author' content='Osric Thane'>", "Perrin Lock, Osric Thane"),
        ("<script type='application/ld+json'>//<![CDATA[\n{\"@type\": \"NewsArticle\", \"author\": {\"name\": \"Perrin Lock\"}}\n//]]></script>", "Perrin Lock"),
    ],
)  # fmt: skip
def test_a_statement_that_is_short_or_the_owners_gives_way_to_the_name_that_readers_see(
    head: str, byline: str
):
    found = read_html(page(head, "<p class='byline'>Imke Sorrel</p>"), Document("page.html", b"", RECEIVED))
    assert found.byline == byline


def test_the_author_is_not_the_outlet_of_somebody_elses_host():
    head = "<meta name='author' content='Imke Sorrel'><meta name='dcterms.publisher' content='Imke Sorrel'>"
    found = read_html(
        page(f"{head}<link rel='canonical' href='https://vale-echo.example/cinema'>"),
        Document("page.html", b"", RECEIVED),
    )
    assert (found.source, found.byline) == ("vale-echo.example", "Imke Sorrel")


def test_the_authors_of_comments_wrote_nothing_of_the_article():
    found = read_html(
        page("") + "<div class='author'>Loud Reader</div>", Document("page.html", b"", RECEIVED)
    )
    assert found.byline is None


def test_given_and_family_names_are_joined():
    data = json.dumps({
        "@type": "NewsArticle", "headline": "Council buys the old cinema",
        "author": [{"@type": "Person", "givenName": "Imke", "familyName": "Sorrel"}],
    })  # fmt: skip
    found = read_html(
        page(f"<script type='application/ld+json'>{data}</script>"), Document("page.html", b"", RECEIVED)
    )
    assert found.byline == "Imke Sorrel"


@pytest.mark.parametrize(
    "text",
    [
        "20 november 2030", "20 novembre 2030", "20. listopadu 2030", "20 listopada 2030", "20 Kasım 2030", "20 ноября 2030 г.",
        "20 листопада 2030", "20. marraskuuta 2030", "20 نوفمبر 2030", "20 नवंबर 2030", "2030年11月20日", "2030년 11월 20일",
        "20 de novembro de 2030",
    ],
)  # fmt: skip
def test_a_day_in_many_languages(text: str):
    found = [one for one in moments(text, context="", received=RECEIVED) if isinstance(one, Moment)]
    assert [one.at.date().isoformat() for one in found] == ["2030-11-20"]
    assert only_a_date(text)


@pytest.mark.parametrize(
    "text", ["Port Averne, 20 November 2030", "20 November", "In 2030 the bridge was closed"]
)
def test_more_than_a_date_is_no_date_line(text: str):
    assert not only_a_date(text)


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Ada MarlowNov. 6, 2031", "Ada Marlow"),
        ("Ada MarlowChief Reporter", "Ada Marlow"),
        ("Ada MarlowEditor", "Ada Marlow"),
        ("ADA MARLOWAssociated Press", "ADA MARLOW"),
        ("Ada McMarlow", "Ada McMarlow"),
        ("Ada DeMay", "Ada DeMay"),
        ("Laura June Marlow", "Laura June Marlow"),
        ("Ada Marlow, Jan Michael Marten", "Ada Marlow, Jan Michael Marten"),
        ("Ada Marlow March 4, 2031", "Ada Marlow"),
        ("Ada Marlow,Perrin Lock", "Ada Marlow, Perrin Lock"),
    ],
)
def test_what_is_glued_to_a_name_is_no_part_of_it(stated: str, names: str) -> None:
    assert authors(stated, set()) == names


@pytest.mark.parametrize(
    ("head", "line", "people"),
    [
        ("", "Posted on March 4, 2031 by Imke Sorrel", "Imke Sorrel"),
        ("", "Veröffentlicht am 4. März 2031 um 9:12 Uhr von Imke Sorrel | Hafen", "Imke Sorrel"),
        ("", "Published 2031-03-04 by the council of the vale", None),
        ("", "Autor: Imke Sorrel | Publikacja: 4.03.2031", "Imke Sorrel"),
        ("", "Автор: Анна Лемм", "Анна Лемм"),
        ("", "di Imke Sorrel", "Imke Sorrel"),
        ("", "Par Imke Sorrel, à Orrenby", "Imke Sorrel"),
        ("", "Av Imke Sorrel och Bo Marsh", "Imke Sorrel och Bo Marsh"),
        ("", "Haber: Ayşe Demir", "Ayşe Demir"),
        ("", "كتب: سامي حداد", "سامي حداد"),
        ("", "Por Imke Sorrel, Jornal do Vale — Orre", "Imke Sorrel"),
        ("", "Haber: the council of the vale", None),
        ("", "Di Maio said no to the cinema of the vale on Monday", None),
        ("Imke Sorrel;Bo Marsh", "", "Imke Sorrel, Bo Marsh"),
        ("Imke Sorrel;Tarn Vale Echo", "", "Imke Sorrel"),
        ("Imke Sorrel;webmaster@vale.example", "", "Imke Sorrel"),
        ("Imke Sorrel;Imke Sorrel", "", "Imke Sorrel"),
    ],
)
def test_everybody_who_is_named_wrote_it(head: str, line: str, people: str | None) -> None:
    tags = "".join(f"<meta name='author' content='{name}'>" for name in head.split(";") if name)
    page = f"<html><head><meta property='og:site_name' content='Tarn Vale Echo'>{tags}</head><body><article><h1>Cinema reopens</h1><p>{line}</p>{BODY}</article></body></html>"
    assert read_html(page, Document("page.html", page.encode(), RECEIVED)).byline == people
