"""What pages of many makers say of themselves in odd places: titles, days and writers, a line a kind."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.html.jsonld import linked
from bot.article.html.tree import tree_of, without_hidden
from bot.domain.model import Article, Document

RECEIVED = datetime(2031, 3, 20, tzinfo=UTC)
TITLE, SITE = "Old cinema of Tarn Vale opens again", "Tarn Echo"
BODY = (
    "The old cinema of Tarn Vale will open again in May, its new owners said on Monday after they had shown the council the repaired roof.",
    "It had been empty for eleven years, and most of the seats were sold to a theatre in Vantry, where they still stand in the second row.",
)
MARKED = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)


def read(head: str, above: str = "", *, heading: str = f"<h1>{TITLE}</h1>", language: str = "en") -> Article:
    page = f'<!doctype html><html lang="{language}"><head>{head}</head><body><article>{heading}{above}{MARKED}</article></body></html>'
    article = extract(Document("page.html", page.encode(), RECEIVED))
    assert article.text == "\n\n".join(BODY)
    return article


def declared(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


NAMED = f'<meta property="og:site_name" content="{SITE}">'


@pytest.mark.parametrize(
    ("head", "heading"),
    [
        ("<title>Tarn Echo</title>", f"<h1><p>{TITLE}</p></h1>"),
        ("<title>Tarn Echo</title>", "<h1 class='x'>\n<p class='y'>Old cinema of Tarn Vale</p><p>opens again</p></h1>"),
        (f"<title>{SITE}: {TITLE}</title>{NAMED}", ""),
        (f"<title>Tarn Herald: {TITLE}</title>", '<div><a href="/">Tarn Herald</a></div>'),
        (f"<title>Old &lt;i&gt;cinema&lt;/i&gt; of Tarn Vale opens again | {SITE}</title>{NAMED}", ""),
        ('<title>x</title><meta property="og:title" content="Old &lt;em&gt;cinema&lt;/em&gt; of Tarn Vale opens again">', ""),
        (f"<title>{TITLE} - {SITE}</title>" + declared(headline="Roof leaks", url="https://e.example/1") + declared(headline="Five songs"), f"<h1>{TITLE}</h1>"),
    ],
    ids=["paragraph in the heading", "two of them", "site and colon", "front page and colon", "marks in the window", "marks in the tag", "others declared"],
)  # fmt: skip
def test_titles(head: str, heading: str) -> None:
    assert read(head, heading=heading).title == TITLE


@pytest.mark.parametrize(
    "named",
    [
        'class="article-title"',
        'class="c post__headline x"',
        'itemprop="headline"',
        'role="heading" aria-level="1"',
    ],
)
def test_what_markup_calls_the_headline_where_nothing_is_one(named: str) -> None:
    assert read("<title>Tarn Herald</title>", heading=f"<div {named}>{TITLE}</div>").title == TITLE


def test_a_headline_of_two_words_on_a_page_that_names_only_its_outlet() -> None:
    assert read("<title>Tarn Herald</title>", heading="<h2>Cinema reopens</h2>").title == "Cinema reopens"
    assert read(f"<title>{TITLE}</title>", heading="<h2>Cinema reopens</h2>").title == TITLE


@pytest.mark.parametrize(
    ("head", "above", "language"),
    [
        ('<meta property="article:published_time" content="1930382100">', "", "en"),
        ('<meta property="article:published_time" content="1930382100000">', "", "en"),
        ('<meta name="date" content="04/03/2031 09:15">', "", "de"),
        ("", "<p>04/03/2031 09h15 - Atualizado em 05/03/2031 10h20</p>", "pt-BR"),
        ("", "<p>Thứ ba, 4/3/2031, 09:15 (GMT+7)</p>", "vi"),
        ("", "<p>Tuesday 03/04/2031</p>", "en"),
        (
            "",
            "<p>Publié le 04 mars 2031 à 09h15, modifié le 05 mars 2031 à 10h30 Temps de lecture 3 min.</p>",
            "fr",
        ),
        ("", '<span class="t" data-timestamp="1930382100">3 hours ago</span>', "en"),
        ("", "<p>Δημοσίευση: 4 Μαρτίου 2031</p>", "el"),
        (declared(headline=TITLE, datePublished="0001-01-01T00:00:00"), "<p>4 March 2031</p>", "en"),
    ],
)
def test_days(head: str, above: str, language: str) -> None:
    found = read(f"<title>{TITLE}</title>{head}", above, language=language).published
    assert found is not None
    assert found.date().isoformat() == "2031-03-04"


@pytest.mark.parametrize("line", ["<p>03/04/2031</p>", "<p>Wednesday 03/04/2031</p>"])
def test_a_day_that_nothing_settles_is_none(line: str) -> None:
    assert read(f"<title>{TITLE}</title>", line).published is None


@pytest.mark.parametrize(
    ("head", "above", "writers"),
    [
        ('<meta name="authors" content="Ada Marlow">', "", "Ada Marlow"),
        (declared(headline=TITLE, author={"name": "Watermark feed"}), "<p>By Ada Marlow</p>", "Ada Marlow"),
        (declared(headline=TITLE, author='{ "@type":"Person", "name":"Ada Marlow" }'), "", "Ada Marlow"),
        (declared(headline=TITLE, author={"name": ["Ada Marlow", "Bo Lind"]}), "", "Ada Marlow, Bo Lind"),
        (declared(headline="Roof leaks", author={"name": "Cy Holt"}) + declared(headline="Five songs", author={"name": "Cy Holt"}), "<p>By Ada Marlow</p>", "Ada Marlow"),
        (declared(headline=TITLE, author={"name": "Ada Marlow"}, description="x").replace('"x"', '"a "good" one"'), "", "Ada Marlow"),
        ("", '<span itemprop="author">February 25, 2031</span>', None),
        ("", "<p>Published: 4 March 2031 | By Ada Marlow</p>", "Ada Marlow"),
        ("", "<p>04.03.2031 | 13:10 Uhr | Ada Marlow</p>", "Ada Marlow"),
        ("", "<p>4 March 2031 - <a href='/film'>Film News</a></p>", None),
        ("", '<ul class="author"><li>Ada Marlow</li></ul>', "Ada Marlow"),
        ("", "<address>Ada Marlow</address>", "Ada Marlow"),
        ("", "<dl><dt>Auteur</dt><dd>Ada Marlow</dd></dl>", "Ada Marlow"),
        ("", '<div class="author">Ada Marlow @adamarlow</div>', "Ada Marlow"),
        ("", "<p>Text: Ada Marlow, Fotos: Bo Lind</p>", "Ada Marlow"),
        ("", "<p>By ADA MARLOW and BO LIND Associated Press</p>", "ADA MARLOW and BO LIND"),
        ("", '<div class="author">Penulis Ada Marlow | Editor Bo Lind</div>', "Ada Marlow"),
        ("", "<p>Szerző: Ada Marlow</p>", "Ada Marlow"),
        ("", "<p>מאת: עדה לוי</p>", "עדה לוי"),
        ("", "<p>Door: Ada Marlow</p>", "Ada Marlow"),
        ("", "<p>Ada Marlow ada.marlow@echo.example</p>", "Ada Marlow"),
    ],
)  # fmt: skip
def test_writers(head: str, above: str, writers: str | None) -> None:
    assert read(f"<title>{TITLE}</title>{head}", above).byline == writers


def test_a_line_of_days_and_clocks_is_no_sentence() -> None:
    stamp = "04/03/2031 09:15h. Actualizado a las 10:20h."
    found = read(f"<title>{TITLE}</title>", f"<div>{stamp}</div>", language="es")
    assert "Actualizado" not in found.text


@pytest.mark.parametrize("named", [f"– {SITE}", f"{SITE} |", f"| {SITE} -"])
def test_what_a_template_leaves_at_the_edge_of_an_outlets_name_is_none_of_it(named: str) -> None:
    article = read(f'<title>{TITLE} | {named}</title><meta property="og:site_name" content="{named}">')
    assert (article.source, article.title) == (SITE, TITLE)


def test_the_window_names_who_writes_a_letter() -> None:
    assert read(f"<title>{TITLE} - by Ada Marlow - Port Letter</title>").byline == "Ada Marlow"


def test_a_name_below_a_heading_of_the_second_level_that_is_the_title() -> None:
    above = f"<p>{BODY[1]}</p>"
    page = f"<html><head><title>{TITLE}</title></head><body>{above}<h2>{TITLE}</h2><p class='post-author-name'>Ada Marlow</p>{MARKED}</body></html>"
    assert extract(Document("page.html", page.encode(), RECEIVED)).byline == "Ada Marlow"


@pytest.mark.parametrize(
    "made", ["<script/>{}</script>", "<SCRIPT type='x' />{}</script >", "<style/>{}</style>"]
)
def test_what_a_script_says_that_closes_itself_and_is_closed_again_is_nobodys(made: str) -> None:
    script = made.format("Your screen goes dark.")
    tree = tree_of(f"<body><p>{BODY[0]}</p><script src='x.js'/><p>{BODY[1]}</p>{script}<p>End</p></body>")
    without_hidden(tree)
    assert tree.text_content() == f"{BODY[0]}{BODY[1]}End"


@pytest.mark.parametrize(
    "token",
    [
        "<script/>",
        "<script/></script>",
        "<script ",
        "<h1><p>",
        "<h1><p>a</p>",
        '{"@type":"Article","headline":"',
        '"author":{"name":"a"',
        '"@type":"',
    ],
)
def test_broken_headings_and_scripts_take_linear_time(token: str) -> None:
    text = token * (100_000 // len(token))
    start = time.process_time()
    linked([text])
    tree_of(f"<p>x</p>{'<h1><p>a' * 9}{text if not token.startswith('<h1') else ''}")
    assert time.process_time() - start < 1
