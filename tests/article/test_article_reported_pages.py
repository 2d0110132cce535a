"""What makers of pages do that extractors were reported to fail at, a case a kind."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.article.extract import extract
from bot.domain.model import Article, Document

RECEIVED = datetime(2031, 3, 20, tzinfo=UTC)
TITLE = "Mole of Orrenby closes until spring"
SAID = (
    "The council of Orrenby voted on Monday to close the mole, after a survey found that two of its stones had moved by the width of a hand.",
    "Anglers will be sent to the eastern wall until spring, and the bus between the two will be free for everybody who has a licence, the council said.",
    "“We had hoped to get through one more winter,” said Imke Sorrel, who leads the works department. “The storm ended that hope.”",
    "The repair is expected to cost four million crowns, of which the region will pay half, and is to begin in the first week of April.",
)
PROSE = "".join(f"<p>{said}</p>" for said in SAID)


def read(text: str, name: str = "page.html") -> Article:
    return extract(Document(name, text.encode(), RECEIVED))


def page(body: str, head: str = f"<title>{TITLE}</title>", language: str = "en") -> Article:
    return read(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    )


def told(article: Article) -> list[str]:
    return [span.of(article.text) for span in article.paragraphs]


def within(inserted: str, *, before: str = "") -> str:
    first, *rest = (f"<p>{said}</p>" for said in SAID)
    return f"<article><h1>{TITLE}</h1>{before}{first}{inserted}{''.join(rest)}</article>"


@pytest.mark.parametrize(
    "body",
    [
        within("<p>(Related: <a href='/1'>Bridge opens two weeks early for all</a>)<br>Read: <a href='/2'>Town looks for ten divers in spring</a></p>"),
        within("", before='<img src="a.jpg">The old mole at low tide in October, seen from the eastern wall.'),
        within("", before='<a href="a.jpg"><img src="a.jpg"></a>The old mole at low tide, <em>seen from the east</em>.'),
        within("", before='<p><img src="a.jpg"><br><em>The old mole at low tide in October.</em></p>'),
        within('<article class="x"><h3><a href="/1">Bridge opens early</a></h3><p><a href="/1">The bridge was opened two weeks early by the mayor of the town.</a></p></article>'),
        within('<div><h3>The Echo in your inbox</h3><p>Every morning we tell you what matters on the island. Take it for free and never miss a ferry again.</p><form><input type="email"><button>Go</button></form></div>'),
        within("<amp-embed><h3>From around the web</h3></amp-embed>"),
        within("", before="<dl><dt>From:</dt><dd><a href='/m'>Ministry of Ports</a></dd><dt>Published</dt><dd>4 March 2031</dd></dl>"),
        within("", before='<table class="infobox vcard"><tr><th>Built</th><td>1911</td></tr></table>'),
        within("") + '<section><ol><li id="fn1"><p>Survey of the works department, page 12. <a href="#r1">↩</a></p></li></ol></section>',
        within("").replace("</article>", "<p>###</p><p>About the works department: The works department of Orrenby looks after the walls and employs ninety people.</p></article>"),
    ],
    ids=["links between breaks", "loose caption", "linked picture", "stressed caption", "article within", "sign-up", "AMP", "terms", "box of facts", "notes", "end mark"],
)  # fmt: skip
def test_what_stands_beside_the_body_is_not_in_it(body: str) -> None:
    assert told(page(body)) == list(SAID)


def test_a_short_loose_sentence_is_kept() -> None:
    loose = "Yet <a href='/m'>Imke Sorrel</a> voted for it."
    assert (
        told(page(within("").replace("</p><p>", f"</p>{loose}<p>", 1)))[1] == "Yet Imke Sorrel voted for it."
    )


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Κλείνει ο μόλος ως την άνοιξη | Νέα</title>", f"<h1>ΚΛΕΙΝΕΙ Ο ΜΟΛΟΣ ΩΣ ΤΗΝ ΑΝΟΙΞΗ</h1>{PROSE}", "Κλείνει ο μόλος ως την άνοιξη"),
        ("<title>Dalgakıran kış boyunca kapalı - Haber</title>", f"<h1>DALGAKIRAN KIŞ BOYUNCA KAPALI</h1>{PROSE}", "Dalgakıran kış boyunca kapalı"),
    ],
    ids=["Greek", "Turkish"],
)  # fmt: skip
def test_a_title_in_capitals_is_that_of_the_window(head: str, body: str, title: str) -> None:
    assert page(body, head).title == title


def test_the_outlet_in_its_head_and_foot_and_in_quotation_marks() -> None:
    head, foot = (
        '<h1><a href="/"><img src="l.svg" alt="Orrenby Tide"></a></h1>',
        "<footer>© 2031 Orrenby Tide</footer>",
    )
    assert (
        page(f"{head}<article><h2 class='entry-title'>{TITLE}</h2>{PROSE}</article>{foot}").source
        == "Orrenby Tide"
    )
    assert page(within(""), f"<title>Tarn Gazette » Archive » {TITLE}</title>").source == "Tarn Gazette"
    window = "Мол закрыт до весны :: Общество :: Газета «Тарн»"
    assert page(f"<h1>Мол закрыт до весны</h1>{PROSE}", f"<title>{window}</title>").source == "Газета «Тарн»"


def test_the_rest_of_a_title_below_the_headline_is_the_standfirst() -> None:
    head = f"<title>{TITLE}: Anglers fear for their season</title>"
    assert (
        page(within("", before="<h2>Anglers fear for their season</h2>"), head).standfirst
        == "Anglers fear for their season"
    )


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("4 March 2031 by Ada Marlow", "Ada Marlow"),
        ("Posted on 4 March 2031 by Ada Marlow in Harbour", "Ada Marlow"),
        ("By Ada Marlow. Translated by Bo Lind", "Ada Marlow"),
        ("By Tide Staff", None),
        ("Oprac. Anna Lemm", "Anna Lemm"),
        ("By Imke Staff", "Imke Staff"),
    ],
)
def test_who_wrote_it(line: str, people: str | None) -> None:
    head = f'<title>{TITLE}</title><meta property="og:site_name" content="Orrenby Tide">'
    assert page(within("", before=f"<p>{line}</p>"), head).byline == people


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ('<div><span>18 March 2031</span> <a href="/q">Bridge opens</a></div>' + within("") + "<p>Posted on 4 March 2031 by Ada Marlow</p>", "2031-03-04"),
        (within("<p>The council meets again on 26/03/2031 in the old customs house, and everybody may listen.</p>", before="<p>05/03/2031</p>"), "2031-03-05"),
        (within("<p>The council meets again on 03/26/2031 in the old customs house, and everybody may listen.</p>", before="<p>03/05/2031</p>"), "2031-03-05"),
        (within("", before="<p>Posted 03/05/2031 7:45 AM EST</p>"), "2031-03-05T12:45"),
        (within("", before='<abbr class="published" title="2031-03-04T07:45:00+01:00">07:45</abbr>'), "2031-03-04T06:45"),
        (within("", before="<p>4 марта 2031, 10:20 МСК</p>"), "2031-03-04T07:20"),
    ],
    ids=["a box above", "other days of the page", "other American days", "an American clock", "microformat", "Moscow"],
)  # fmt: skip
def test_when_it_was_published(body: str, day: str) -> None:
    published = page(body).published
    assert published is not None
    assert published.isoformat().startswith(day)


def test_a_link_to_follow_somebody_is_no_part_of_the_name() -> None:
    box = '<div class="byline"><span>Ada Marlow</span> <a href="/x">Follow @adam</a></div>'
    assert page(within("", before=box)).byline == "Ada Marlow"


def test_a_second_line_within_the_headline_is_not_the_title() -> None:
    head = f"<title>{TITLE} - Tide</title>"
    assert (
        page(
            f"<article><h1>{TITLE}<small>Anglers fear for their season</small></h1>{PROSE}</article>", head
        ).title
        == TITLE
    )


def test_of_two_statements_of_one_day_the_one_with_a_zone_counts() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2031-03-04 07:45:00"})
    head = f'<script type="application/ld+json">{data}</script><meta property="article:published_time" content="2031-03-04T07:45:00+01:00">'
    published = page(within(""), head).published
    assert published == datetime(2031, 3, 4, 7, 45, tzinfo=timezone(timedelta(hours=1)))
