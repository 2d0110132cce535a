"""Who wrote a page, for which agency, and what of a page is no headline: credit lines, boxes, newsrooms, rows of links."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.fields.credits import authors, byline, people, without_agency
from bot.article.fields.dateline import points_back
from bot.article.fields.signatures import for_agency
from bot.article.html.page import read_html
from bot.article.text.block_kinds import Kind, kind
from bot.article.text.blocks import Block, blocks
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
TITLE = "Cinema of Tarn Vale to open again"
SAID = [
    f"Paragraph {n} of the article says what the council of Tarn Vale decided about the old cinema, and why."
    for n in range(5)
]
BODY = "".join(f"<p>{said}</p>" for said in SAID)


def read(below: str, head: str = "", body: str = BODY, above: str = f"<h1>{TITLE}</h1>"):
    page = f"<html><head>{head}</head><body>{above}{below}{body}</body></html>"
    return read_html(page, Document("a.html", page.encode(), RECEIVED))


@pytest.mark.parametrize(
    ("below", "agency"),
    [
        ("<p>Imke Sorrel, Reuters</p><p>4 March 2031</p>", "Reuters"),
        ('<p class="byline">By Imke Sorrel, Associated Press</p>', "Associated Press"),
        ('<div class="author">Imke Sorrel / dpa</div>', "dpa"),
        ('<div class="author">Imke Sorrel (AFP)</div>', "AFP"),
        ('<p class="byline">Imke Sorrel<br>Reuters</p>', "Reuters"),
        ('<span class="article__author">Imke Sorrel</span> <span>avec AFP</span>', None),
        ('<p class="byline">Imke Sorrel in Tarn Vale, dpa</p>', "dpa"),
        ('<p class="byline">By Imke Sorrel and AFP</p>', "AFP"),
    ],
)
def test_an_agency_behind_a_pages_writer_is_no_writer(below: str, agency: str | None) -> None:
    found = read(below)
    assert (found.byline, found.agency) == ("Imke Sorrel", agency)


@pytest.mark.parametrize(
    ("credit", "names"),
    [
        ("(Reporting by Imke Sorrel in Port Vantry and Cem Aksoy; Editing by Lena Brandt)", "Imke Sorrel and Cem Aksoy"),
        ("Reporting by Imke Sorrel, Cem Aksoy and Ida Tomsk in Averne, editing by Lena Brandt", "Imke Sorrel, Cem Aksoy and Ida Tomsk"),
        ("(Reporting and writing by Imke Sorrel)", "Imke Sorrel"),
        ("(Reporte de Imke Sorrel. Editado en español por Juan Ríos)", "Imke Sorrel"),
        ("(Reportage Imke Sorrel, version française par Lena Brandt)", "Imke Sorrel"),
        ("(Bericht von Imke Sorrel, redigiert von Cem Aksoy. Bei Rückfragen hilft die Redaktion)", "Imke Sorrel"),
        ("(Additional reporting by Imke Sorrel)", None),
        ("(Reporting by Averne Newsroom; Editing by Lena Brandt)", None),
    ],
)  # fmt: skip
def test_who_an_agency_credits_with_the_report_below_it_has_written_it(
    credit: str, names: str | None
) -> None:
    assert read("", body=f"{BODY}<p>{credit}</p>").byline == names
    text = "\n\n".join([TITLE, *SAID, credit])
    found = extract(Document("a.txt", text.encode(), RECEIVED))
    assert (found.byline, credit in found.text) == (names, False)


def test_a_byline_above_days_and_more_on_lines_of_one_box() -> None:
    line = '<div class="infos">Par <a href="/a">Imke Sorrel</a> avec AFP<br>Publié le 20/02/2031 à 18h02, mis à jour le 21/02/2031 à 7h15 • Temps de lecture : 2 min</div>'
    found = read(line)
    assert found.byline == "Imke Sorrel"
    assert list(found.paragraphs) == SAID


def test_who_is_named_above_the_text_comes_before_who_is_credited_below() -> None:
    credit = f"{BODY}<p>(Reporting by Cem Aksoy; Editing by Lena Brandt)</p>"
    assert read('<p class="byline">By Imke Sorrel</p>', body=credit).byline == "Imke Sorrel"


def test_an_agency_alone_in_a_box_of_authors_is_the_agency() -> None:
    boxed, loose = (
        read('<div class="byline">Av <span>NTB</span></div>'),
        read("<div>Foto: <span>NTB</span></div>"),
    )
    assert (boxed.byline, boxed.agency, loose.agency) == (None, "NTB", None)


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ('<div class="author">Gastautor: Imke Sorrel</div>', "Imke Sorrel"),
        ('<p>Opinion by <a href="/opinions/i">Imke Sorrel</a></p>', "Imke Sorrel"),
        ("<p>Review by Imke Sorrel ★★★☆☆</p>", "Imke Sorrel"),
        ('<p class="byline">By Tarn Vale Wires</p>', None),
        ('<p class="byline">By Our Own Correspondent</p>', None),
        ('<p class="byline">By <a href="/author/t">TVE Staff</a></p>', None),
        ("<p>Von Karl v. Lenzen-Brook</p>", "Karl v. Lenzen-Brook"),
        ("<p>Por Ana dos Prados</p>", "Ana dos Prados"),
        (
            '<div class="byline">By <a href="/i">Imke Sorrel</a> <a href="mailto:i@t.example">Email the author</a></div>',
            "Imke Sorrel",
        ),
        ("<dl><dd>Written by <span>Imke Sorrel</span></dd><dd>Hits: 341</dd></dl>", "Imke Sorrel"),
        ("<center><font size=2><i>By Imke Sorrel</i></font></center>", "Imke Sorrel"),
        ('<p class="author">佐藤花子</p>', "佐藤花子"),
        ('<p class="author">取材班</p>', None),
    ],
)
def test_what_leads_to_a_name_and_what_names_nobody(below: str, names: str | None) -> None:
    assert read(below).byline == names


@pytest.mark.parametrize(
    "below",
    [
        "<p>Posted by <span class='fn'>Imke Sorrel</span> at <abbr>9:12 AM</abbr></p>",
        "<p>Eingestellt von Imke Sorrel um 09:12</p>",
        "<p>Publicado por Imke Sorrel en 9:12</p>",
        "<p style='text-align:right'><strong>Imke Sorrel</strong></p>",
        "<p><b><i>Imke Sorrel</i></b></p>",
        "<p>Autor: Imke Sorrel</p>",
    ],
)
def test_who_signs_below_the_text(below: str) -> None:
    assert read("", body=BODY + below).byline == "Imke Sorrel"


@pytest.mark.parametrize("below", ["<p>Viele Grüße</p>", "<p>Associated Press</p>", "<p>Tarn Vale Echo</p>"])
def test_greetings_agencies_and_outlets_below_the_text_sign_for_nobody(below: str) -> None:
    assert read("", body=BODY + below).byline is None


def test_a_signature_counts_more_than_an_author_who_is_the_host_and_less_than_another() -> None:
    signed = f"{BODY}<p><strong>Imke Sorrel</strong></p>"
    head = '<meta name="author" content="{}"><link rel="canonical" href="https://tarnecho.example/a">'
    assert read("", head.format("TarnEcho"), body=signed).byline == "Imke Sorrel"
    assert read("", head.format("TarnEcho")).byline == "TarnEcho"
    assert read("", head.format("Bo Lind"), body=signed).byline == "Bo Lind"


def test_a_tag_may_be_called_what_leads_to_a_name() -> None:
    assert read("", '<meta name="twitter:misc:Written by" content="Imke Sorrel">').byline == "Imke Sorrel"


def test_a_department_of_the_outlet_is_no_second_writer() -> None:
    site = '<meta property="og:site_name" content="TVE">'
    assert read('<p class="author">von <a>Imke Sorrel, TVE NORTH</a></p>', site).byline == "Imke Sorrel"


def test_de_leads_to_a_name_on_romanian_pages_alone() -> None:
    line = "<p>De Imke Sorrel</p>"
    romanian = f"<html lang='ro'><body><h1>{TITLE}</h1>{line}{BODY}</body></html>"
    assert read_html(romanian, Document("a.html", b"", RECEIVED)).byline == "Imke Sorrel"
    assert read(line).byline is None


def test_the_day_below_a_heading_that_has_a_note_behind_the_headline() -> None:
    head = f"<title>{TITLE} | Echo</title>"
    page = f"<h1>Tarn Vale Echo online</h1><p>5 March 2031</p><p>Home</p><p>Town</p><p>Sea</p><h1>{TITLE} <small>Subscribers</small></h1><p>3 March 2031</p>"
    found = read("", head, above=page).published
    assert found is not None
    assert found.at == datetime(2031, 3, 3, tzinfo=UTC)


def test_a_day_that_ends_in_a_stop_of_its_own() -> None:
    found = read("<p>VI. évfolyam 3. szám, 2031. III. 4.</p>").published
    assert found is not None
    assert found.at == datetime(2031, 3, 4, tzinfo=UTC)


def test_tags_name_people_and_linked_data_whom_the_outlet_calls_an_author() -> None:
    tag = read("", '<meta name="author" content="Imke Sorrel and Bo Lind, The Associated Press">')
    assert (tag.byline, tag.agency) == ("Imke Sorrel and Bo Lind", "Associated Press")
    writers = [{"@type": "Person", "name": "Imke Sorrel"}, {"@type": "Organization", "name": "SDA"}]
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, "author": writers})
    stated = read("", f'<script type="application/ld+json">{data}</script>')
    assert (stated.byline, stated.agency) == ("Imke Sorrel, SDA", "SDA")


@pytest.mark.parametrize(
    ("names", "left"),
    [
        ("Imke Sorrel, Reuters", "Imke Sorrel"),
        ("Imke Sorrel, Bo Lind / dpa, AFP", "Imke Sorrel, Bo Lind"),
        ("Imke Sorrel mit dpa", "Imke Sorrel"),
        ("Imke Sorrel and Bo Lind", "Imke Sorrel and Bo Lind"),
        ("Reuters", "Reuters"),
        ("Imke Sorrel, Bo Reuters", "Imke Sorrel, Bo Reuters"),
    ],
)
def test_people_without_their_agency(names: str, left: str) -> None:
    assert without_agency(names) == left
    assert authors(names, ()) == authors(f"{names} (Tarn Vale)", ()) == left


def test_the_writer_of_another_article_wrote_nothing_here() -> None:
    other = '<article><h4>Seals of the harbour</h4><span rel="author">Bo Lind</span></article>'
    own = "<article><h1>{}</h1>{}{}</article>"
    page = own.format(TITLE, "", BODY) + other
    assert read("", above="", body=page).byline is None
    assert (
        read(
            "", above="", body=own.format(TITLE, '<span rel="author">Imke Sorrel</span>', BODY) + other
        ).byline
        == "Imke Sorrel"
    )
    assert (
        read("", body=BODY + '<article><span rel="author">Imke Sorrel</span></article>').byline
        == "Imke Sorrel"
    )


def test_who_wrote_beside_who_took_the_pictures() -> None:
    assert read("<p>Words: Imke Sorrel. Photos: Bo Lind</p>").byline == "Imke Sorrel"


def test_a_text_that_divides_its_words_has_them_whole() -> None:
    rows = ["The harbour bridge of Tamber will close on Mon-", "day for eleven months while its lifting machinery", "is replaced, the city council decided after a de-",
            "bate of four hours that went on until mid-", "night, as the clerk of the council said later."]  # fmt: skip
    said = "The harbour bridge of Tamber will close on Monday for eleven months while its lifting machinery is replaced, the city council decided after a debate of four hours that went on until midnight, as the clerk of the council said later."
    assert [block.text for block in blocks("\n".join(rows))] == [said]
    once = [
        "They were the owners of the Franco-",
        "americano bar, who had bought it a year ago and",
        "closed it soon after, as nobody came in there.",
    ]
    assert blocks("\n".join(once))[0].text.startswith("They were the owners of the Franco-americano bar")


def test_a_picture_is_not_credited_as_the_page() -> None:
    assert for_agency("Bo Lind/AP") is None
    assert read('<figure><img src="a"><figcaption>Bo Lind, AP</figcaption></figure>').byline is None
    assert read('<div class="photo-credit">Bo Lind, AP</div>').byline is None
    assert for_agency("Mayor Lind, councillor") is None


@pytest.mark.parametrize(
    "box",
    [
        'div class="firma"',
        'div id="firmante"',
        'div class="article-auteur"',
        'span class="autore"',
        'span class="writer-name"',
        'span class="redactor"',
        'p class="verfasser"',
        'span id="author"',
        'div class="kirjoittaja"',
        'p class="by"',
    ],
)
def test_a_box_is_called_after_writers_in_further_languages(box: str) -> None:
    tag = box.partition(" ")[0]
    assert read(f"<{box}>IMKE SORREL<br>Tarn Vale</{tag}>").byline == "IMKE SORREL"


@pytest.mark.parametrize(
    ("below", "names"),
    [
        ('<div class="author">Imke SorrelPublished March 4, 2031 at 9:15 AM</div>', "Imke Sorrel"),
        ('<div class="author"><a href="/i">Imke Sorrel</a>, PhD, professor of cinemas at Tarn Vale</div>', "Imke Sorrel"),
        ('<div class="author">Imke Sorrel, owner of a cinema</div>', "Imke Sorrel"),
        (
            '<h3>Authors</h3><div class="authors"><a>Imke Sorrel</a><p>Professor of Films</p></div><div class="authors"><a>Bo Lind</a></div>',
            "Imke Sorrel, Bo Lind",
        ),
    ],
    ids=["a day glued on", "a degree", "a trade", "a box each"],
)  # fmt: skip
def test_names_in_boxes_of_authors(below: str, names: str) -> None:
    assert read(below).byline == names


def test_what_readers_choose_what_leads_back_and_a_card_within_a_link_are_no_text() -> None:
    ballot = '<div><h3>Shall it open?</h3><label><input type="radio">Yes</label><label><input type="radio">No</label></div>'
    card = "<x-carousel><a href='/1'><p>A film about the seals of the harbour is shown</p></a></x-carousel>"
    note = '<ol><li id="n1">The council sat for four hours. <a href="#r1">↩\ufe0e</a></li></ol>'
    body = f"<article>{''.join(f'<p>{said}</p>' for said in SAID[:3])}{ballot}{''.join(f'<p>{said}</p>' for said in SAID[3:])}{note}{card}</article>"
    assert list(read("", body=body).paragraphs) == SAID
    alone = '<p>Tick <input type="checkbox"> here.</p>'
    assert "Tick here." in read("", body=f"{BODY}{alone}{BODY}").paragraphs


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("เผยแพร่ 4 มี.ค. 2574 เวลา 09:15 น. โดย ก้อง ทะเล", True),
        ("Опубликовано 4 марта 2031 в 09:15, Анна Лемм", True),
        ("Опубликовано 4 марта 2031 решение городского совета о мосте.", False),
        ("Опубликовано решение городского совета о мосте", False),
    ],
)
def test_a_line_that_opens_with_its_day_of_publication_is_no_text(line: str, is_one: bool) -> None:
    assert (kind(Block(line)) is Kind.DATE) is is_one


def test_a_box_may_say_where_to_write_to() -> None:
    more = '<a href="mailto:i@a.example">Email the author</a> | <a>Follow on every network there is</a><br>on March 04, 2031 at 9:15 AM, updated March 05'
    assert (
        read(f'<div class="byline">By <a href="/u/i">Imke Sorrel</a> | {more}</div>').byline == "Imke Sorrel"
    )


@pytest.mark.parametrize(
    "line", ["Por Redacción Puerto", "Di Redazione Porto", "Par Rédaction Port", "Von Redaktion Hafen"]
)
def test_a_newsroom_that_a_page_shows_as_its_writer_is_nobody(line: str) -> None:
    assert (byline([line]), people(line), read(f"<p>{line}</p>").byline) == (None, None, None)
    assert byline(["Por Redento Marlow"]) == "Redento Marlow"
    assert list(read("", body=f"<p>Redazione</p><p>{line}</p>{BODY}").paragraphs) == SAID


def test_a_name_between_headline_and_day_below_a_menu() -> None:
    menu = "Home\nNews\nSport\nSign in\n\n"
    text = f"{menu}{TITLE}\n\nImke Sorrel\nPublished: 4 March 2031, 09:15\n\n" + "\n\n".join(SAID)
    assert extract(Document("a.txt", text.encode(), RECEIVED)).byline == "Imke Sorrel"


@pytest.mark.parametrize(
    "row",
    [
        '<h3><a href="/1">Ferries of Tarn will cross at night</a></h3><p>So it was said.</p>',
        '<ul><li><a href="/1">Ferries of Tarn will cross at night</a> as was said.</li></ul>',
    ],
)
def test_a_heading_over_teasers_is_no_headline(row: str) -> None:
    head = "<title>Tarn Vale Echo</title>"
    assert read(row * 4, head, above="<h2>Latest news</h2>").title == "Tarn Vale Echo"
    assert read("", head, above="<h2>Latest news</h2>").title == "Latest news"


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ("<meta property='og:title' content='Cinema of Tarn Vale to open again, council says'>", f'<h1><a href="/town">Town</a></h1><h1>{TITLE}</h1>'),
        ("<title>Town and cinema</title>", f"<h1>{TITLE}</h1><h1>Our letter of every Sunday</h1><h1>Our letter of every Sunday</h1>"),
        ("<meta property='og:title' content='Shall we go there together?'>", f"<h1>{TITLE}</h1><h1>Use</h1>"),
        ("", f"<h1>04.03.2031 - {TITLE}</h1>"),
        ("", f"<h3>{TITLE}</h3>"),
        (f"<title>{TITLE} | Echo</title>", f"<h1>Cinemas<br>{TITLE}</h1>"),
        (f"<title>{TITLE} | Echo</title>", f"<h1>{TITLE} <small>Local news</small></h1>"),
    ],
    ids=["a heading that leads elsewhere", "one that stands twice", "one of one word", "behind its day", "of the third level", "below a kicker", "above a note"],
)  # fmt: skip
def test_which_heading_is_the_headline(head: str, above: str) -> None:
    assert read("", head, above=above).title == TITLE


def test_the_people_of_a_front_matter_may_have_more_than_a_name() -> None:
    head = f'---\ntitle: "{TITLE}: at last"\nauthors:\n  - name: Imke Sorrel\n    mail: i@a.example\n  - name: Bo Lind\npublishDate: 2031-03-04\n---\n\n'
    found = extract(Document("a.md", (head + "\n\n".join(SAID)).encode(), RECEIVED))
    assert (found.title, found.byline, found.published) == (
        f"{TITLE}: at last",
        "Imke Sorrel, Bo Lind",
        datetime(2031, 3, 4, tzinfo=UTC),
    )


def test_a_paragraph_that_is_all_link_goes_on_with_the_text() -> None:
    long = [f"{said[:-1]} so many of those who live beside it want to see it open again." for said in SAID]
    linked = long.copy()
    linked[2] = f'<a href="/cinema">{long[2]}</a>'
    body = "".join(f"<p>{said}</p>" for said in linked)
    assert list(read("", body=body).paragraphs) == long
    linked[1] = f'<a href="/other">{long[1]}</a>'
    body = "".join(f"<p>{said}</p>" for said in linked)
    assert list(read("", body=body).paragraphs) == [long[0], *long[3:]]


def test_a_sentence_that_says_here_keeps_its_dateline() -> None:
    opening = "TARN VALE (KPA) - Hier wurde am Dienstag das alte Kino wieder geöffnet, wie der Rat im Januar beschlossen hatte."
    assert extract(
        Document("a.txt", f"{TITLE}\n\n{opening}\n\n{SAID[1]}".encode(), RECEIVED)
    ).text.startswith(opening)
    assert [points_back(said) for said in ("Hier wurde", "“Here we are", "Aquí se", "Hierarchy of", "Herewith", "The")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
