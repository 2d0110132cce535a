"""What programs and services export: wallabag, NewsAPI, Google Docs, saved pages."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest

from bot.article.extract import Clippings, extract, extract_all
from bot.article.fields.url import host
from bot.domain.model import Article, Document
from tests.article import samples
from tests.article.samples import BYLINE, PARAGRAPHS, SOURCE, TITLE, URL

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
MARKED = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(data: bytes, name: str = "drop.bin") -> Article:
    return extract(Document(name=name, data=data, received=RECEIVED))


def read_all(record: object) -> Clippings:
    return extract_all(Document(name="a.json", data=json.dumps(record).encode(), received=RECEIVED))


def paragraphs(article: Article) -> list[str]:
    return [span.of(article.text) for span in article.paragraphs]


def test_an_entry_of_wallabag() -> None:
    entry = {
        "id": 23, "title": TITLE, "url": URL, "given_url": f"{URL}?from=feed", "content": MARKED, "tags": ["harbour"],
        "created_at": "2031-03-04T22:10:00+0000", "published_at": "2031-03-03T09:30:00+0000", "published_by": [BYLINE],
        "mimetype": "text/html; charset=utf-8", "language": "en", "reading_time": 3, "domain_name": "gazette.example",
        "user_name": "bo", "annotations": [], "is_starred": 1,
    }  # fmt: skip
    article = read(json.dumps([entry]).encode())
    assert (paragraphs(article), article.title, article.byline, article.url) == (
        list(PARAGRAPHS),
        TITLE,
        BYLINE,
        URL,
    )
    assert article.source == "gazette.example"
    assert article.published == datetime(2031, 3, 3, 9, 30, tzinfo=UTC)


def one_of_newsapi(**changed: object) -> dict[str, object]:
    return {
        "source": {"id": None, "name": SOURCE}, "author": BYLINE, "title": f"{TITLE} - {SOURCE}",
        "description": PARAGRAPHS[1], "url": URL, "publishedAt": "2031-03-03T09:30:00Z",
        "content": f"{PARAGRAPHS[0]} Ferries will cross every ten minutes until mid… [+2829 chars]", **changed,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (f"{PARAGRAPHS[0]} Ferries will cross every ten… [+2829 chars]", PARAGRAPHS[0]),
        (f"{PARAGRAPHS[2]} The machin[+91 chars]", PARAGRAPHS[2]),
        (f"{PARAGRAPHS[2]}... [91 chars]", PARAGRAPHS[2]),
        ("The harbour bridge will close on Monday for eleven mo… [+2829 chars]", PARAGRAPHS[1]),
        (None, PARAGRAPHS[1]),
        (f"{PARAGRAPHS[0]} [+2829 chars] is what the old machine printed.", f"{PARAGRAPHS[0]} [+2829 chars] is what the old machine printed."),
    ],
    ids=["a sentence cut", "a quotation", "no plus", "no sentence whole", "no content", "no mark"],
)  # fmt: skip
def test_what_a_service_of_news_cuts_short(content: str | None, text: str) -> None:
    article = read(json.dumps({"status": "ok", "articles": [one_of_newsapi(content=content)]}).encode())
    assert (article.text, article.title, article.source) == (text, TITLE, SOURCE)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"headline": {"main": TITLE}, "byline": {"original": f"By {BYLINE}"}, "web_url": URL, "pub_date": "2031-03-03"}, BYLINE),
        ({"title": TITLE, "author": "https://social.example/gazette", "source": URL, "source-hostname": SOURCE}, None),
        ({"title": TITLE.replace(" ", "&#32;"), "creator": BYLINE, "url": URL, "sitename": SOURCE}, BYLINE),
    ],
)  # fmt: skip
def test_fields_as_services_name_them(record: dict[str, object], expected: str | None) -> None:
    article = read(json.dumps({"body": list(PARAGRAPHS), **record}).encode())
    assert (paragraphs(article), article.title, article.url, article.byline) == (
        list(PARAGRAPHS),
        TITLE,
        URL,
        expected,
    )
    assert article.source == (SOURCE if "sitename" in record or "source-hostname" in record else host(URL))


def test_what_the_outlet_has_removed_is_told() -> None:
    removed = dict.fromkeys(("title", "description", "content"), "[Removed]") | {"url": "https://removed.com"}
    clippings = read_all({"articles": [one_of_newsapi(), one_of_newsapi(**removed), one_of_newsapi()]})
    assert [each.name for each in clippings.found] == ["a.json#1", "a.json#3"]
    assert [(each.name, str(each.reason)) for each in clippings.refused] == [
        ("a.json#2", "its outlet has removed it")
    ]


def test_a_text_of_google_docs() -> None:
    mark = '<sup><a href="#{0}{1}" id="{0}_ref{1}">[{2}]</a></sup>'
    rows = [
        f'<p class="c1"><span class="c0">{text}</span>{mark.format("cmnt", n, "abcd"[n])}</p>'
        for n, text in enumerate(PARAGRAPHS)
    ]
    comment = '<div class="c7"><p class="c6"><a href="#cmnt_ref0" id="cmnt0">[a]</a><span>Are we sure of this? Please ask the council again before Friday.</span></p></div>'
    note = '<div><p class="c1"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;An interview on Monday; the recording is with the desk.</span></p></div>'
    page = (
        '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"></head><body class="c5 doc-content">'
        f'<p class="c3 title"><span class="c4">{TITLE}</span></p><p class="c1">By {BYLINE}{mark.format("ftnt", 1, 1)}</p>'
        f'{"".join(rows)}<hr>{note}{comment}</body></html>'
    )  # fmt: skip
    article = read(page.encode(), "Bridge.html")
    assert (paragraphs(article), article.title, article.byline) == (list(PARAGRAPHS), TITLE, BYLINE)


def test_marks_of_notes_in_an_encyclopedia() -> None:
    marked = samples.HTML.replace(
        b"decided after", b'decided<sup class="reference"><a href="#n1">[1]</a></sup> after'
    ).replace(
        b"said.</p>",
        b'said.<sup>[note 2]</sup></p><h2>History<span class="mw-editsection">[<a>edit</a>]</span></h2>',
    )
    article = read(marked)
    assert "decided after" in article.text
    assert "[" not in article.text


ADDRESSES = {
    "SingleFile": f"<!--\n Page saved with SingleFile \n url: {URL} \n saved date: Mon Mar 03 2031 08:00:00 GMT+0100\n-->",
    "a browser": f"<!-- saved from url=(0035){URL} -->",
}


@pytest.mark.parametrize("program", ADDRESSES)
def test_the_address_that_a_page_was_saved_from(program: str) -> None:
    page = samples.HTML.replace(f'<link rel="canonical" href="{URL}">'.encode(), b"")
    assert read(page).url is None
    assert read(page.replace(b"<head>", ADDRESSES[program].encode() + b"<head>")).url == URL


def test_a_page_with_its_pictures_inside_is_as_large_as_its_text() -> None:
    picture = b"<img src='data:image/png;base64," + b"iVBORw0KGgo" * 600_000 + b"'>"
    font = b"<style>@font-face{src:url(data:font/woff2;base64," + b"d09GMgAB" * 300_000 + b")}</style>"
    page = samples.HTML.replace(b"</head>", font + b"</head>").replace(b"<article>", b"<article>" + picture)
    assert len(page) > 5_000_000
    assert paragraphs(read(page)) == list(PARAGRAPHS)


def test_front_matter_in_toml() -> None:
    head = f'+++\ntitle = "{TITLE}"\ndate = 2031-03-03T09:30:00Z\nauthors = ["{BYLINE}"]\ndraft = false\n\n[extra]\nsource = "{SOURCE}"\n+++\n'
    article = read(f"{head}\n{samples.BODY}\n".encode(), "bridge.md")
    assert (paragraphs(article), article.title, article.byline, article.source) == (
        list(PARAGRAPHS),
        TITLE,
        BYLINE,
        SOURCE,
    )
    assert article.published == datetime(2031, 3, 3, 9, 30, tzinfo=UTC)


def test_front_matter_is_yaml() -> None:
    head = (
        f'title: >-\n  {TITLE[:12]}\n  {TITLE[12:].strip()}\nauthor:\n  - "[[{BYLINE}]]"\n'
        f'date: 2031-03-03 09:30:00 +0100\nsubtitle: "It was \\"overdue\\""\nsource: "{URL}"\nsubtitle: no\n'
    )
    article = read(f"---\n{head}---\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n".encode(), "note.md")
    assert article.title == " ".join((TITLE[:12].strip(), TITLE[12:].strip()))
    assert (article.byline, article.url, article.source) == (BYLINE, URL, host(URL))


def test_aliases_in_front_matter_are_no_bomb() -> None:
    """Twenty people each of whom is called by twenty: to write the last of these names took all memory."""
    rows = [f"k{at + 1}: &a{at + 1} {{name: [{', '.join([f'*a{at}'] * 20)}]}}" for at in range(6)]
    head = "\n".join(["k0: &a0 {name: Ada}", *rows, "author: *a6", "editor: *a0", "authors: [*a0]"])
    article = read(f"---\n{head}\n---\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}\n".encode(), "note.md")
    assert (article.byline, paragraphs(article)) == ("Ada", list(PARAGRAPHS[:2]))


def test_a_field_of_front_matter_that_fills_a_page_is_none() -> None:
    long = "word " * 1_000
    for head in (f"---\ntitle: {long}\nsource: {long}\nauthor: {long}\nsection: {long}\n---\n", f"% {long}\n% {long}\n\n", f"Title: {long}\n\nURL Source: {URL}\n\nMarkdown Content:\n"):  # fmt: skip
        article = read(f"{head}\n{samples.BODY}\n".encode(), "note.md")
        said = (article.title, article.source, article.byline, article.section)
        assert all(len(each or "") < 500 for each in said), head[:20]


def test_a_source_that_is_an_address_names_no_outlet() -> None:
    article = read(f"Title: {TITLE}\nSource: {URL}\n\n{samples.BODY}\n".encode())
    assert (article.title, article.url, article.source) == (TITLE, URL, host(URL))


def test_front_matter_that_is_no_yaml_is_read_by_line() -> None:
    article = read(
        f"---\ntitle: Harbour: a bridge, [again\nauthor: {BYLINE} <a@quay.example>\n---\n{PARAGRAPHS[0]}\n".encode()
    )
    assert (article.title, article.byline) == ("Harbour: a bridge, [again", BYLINE)


def test_marks_of_notes_are_taken_off() -> None:
    note = (
        f"> [!quote]\n> {PARAGRAPHS[1]}\n\n{PARAGRAPHS[0]} It crosses the [Tamber](https://w.example/Tamber_(river)) "
        "at **a *low* place**, ==two== boats wide &amp; old.\n\n| Year | Boats |\n| ---- | :---: |\n| 2031 | 4 |\n\n"
        '- [x] nets are bought\n- [ ] boats are bought\n\n<div class="x">It opens on Monday.</div>\n'
    )
    article = read(note.encode(), "note.md")
    assert paragraphs(article) == [
        PARAGRAPHS[1], f"{PARAGRAPHS[0]} It crosses the Tamber at a low place, two boats wide & old.",
        "Year | Boats", "2031 | 4", "nets are bought", "boats are bought", "It opens on Monday.",
    ]  # fmt: skip


ROWS = (("Boats", "Fare"), ("Linnet", "4 crowns"))


def test_a_row_of_a_table_in_a_word_document_is_a_line() -> None:
    import docx

    document = docx.Document()
    document.add_heading(TITLE, level=0)
    document.add_paragraph(PARAGRAPHS[0])
    table = document.add_table(rows=2, cols=2)
    for at, row in enumerate(ROWS):
        for cell, text in zip(table.rows[at].cells, row, strict=True):
            cell.text = text
    layout = document.add_table(rows=1, cols=2)
    layout.rows[0].cells[0].text = "Left"
    inner = layout.rows[0].cells[1].add_table(rows=1, cols=2).rows[0].cells
    inner[0].text, inner[1].text = "Inside", "of it"
    document.add_paragraph(PARAGRAPHS[1])
    written = io.BytesIO()
    document.save(written)
    assert paragraphs(read(written.getvalue(), "a.docx")) == [
        PARAGRAPHS[0], "Boats Fare", "Linnet 4 crowns", "Left", "Inside of it", PARAGRAPHS[1],
    ]  # fmt: skip


def test_a_row_of_a_table_in_an_opendocument_text_is_a_line() -> None:
    cells = (
        "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
        for row in ROWS
    )
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    written = samples.odt(inside=f"<text:p>{PARAGRAPHS[2]}</text:p><table:table>{table}</table:table>")
    assert paragraphs(read(written, "a.odt")) == [PARAGRAPHS[2], "Boats Fare", "Linnet 4 crowns", *PARAGRAPHS]
