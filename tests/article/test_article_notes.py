"""What programs that keep clippings export: Evernote, Notion, and the lines that people set above a text."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import pytest

from bot.article.extract import extract, extract_all
from bot.article.fields.url import address_alone
from bot.article.formats.front_matter import split_front_matter
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Article, Document
from tests.article.samples import BODY, BYLINE, PARAGRAPHS, SOURCE, TITLE, URL

RECEIVED = datetime(2031, 3, 20, tzinfo=UTC)
MARKED = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(text: str, name: str = "note.md") -> Article:
    return extract(Document(name, text.encode(), RECEIVED))


def evernote(*notes: tuple[str, str]) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE en-export SYSTEM "http://xml.evernote.example/export.dtd">\n<en-export>'
        + "".join(
            f"<note><title>{title}</title><created>20310310T091200Z</created><note-attributes><author>bo</author>"
            f'<source-url>{URL}</source-url></note-attributes><content><![CDATA[<?xml version="1.0"?>'
            f"<en-note>{markup}</en-note>]]></content></note>"
            for title, markup in notes
        )
        + "</en-export>"
    )


def test_notes_of_evernote_are_articles_of_where_they_were_clipped() -> None:
    article = read(evernote((TITLE, MARKED)), "notes.enex")
    assert (article.text, article.title, article.url) == (BODY, TITLE, URL)
    assert (article.byline, article.published) == (None, None)  # Those of the note are the clipper's.
    several = extract_all(Document("all.enex", evernote((TITLE, MARKED), ("", "")).encode(), RECEIVED))
    assert [each.name for each in (*several.found, *several.refused)] == ["all.enex#1", "all.enex#2"]


def test_a_damaged_export_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="no sound XML"):
        read(evernote((TITLE, MARKED))[:-200], "notes.enex")


def test_a_page_that_evernote_saved() -> None:
    head = f'<meta name="exporter-version" content="x"/><meta name="source-url" content="{URL}"/><title>{TITLE}</title>'
    article = read(f"<!DOCTYPE html><html><head>{head}</head><body>{MARKED}</body></html>", "note.html")
    assert (article.text, article.title, article.url) == (BODY, TITLE, URL)


def test_a_page_of_notion_without_its_properties() -> None:
    rows = {
        "URL": URL,
        "Created": "@March 10, 2031 9:12 AM",
        "Author": BYLINE,
        "Tags": "harbour",
        "Published": "@March 4, 2031",
    }
    table = "".join(f"<tr><th>{name}</th><td>{escape(value)}</td></tr>" for name, value in rows.items())
    page = (
        f'<html><head><title>{TITLE}</title></head><body><article class="page sans"><header><h1 class="page-title">{TITLE}</h1>'
        f'<table class="properties"><tbody>{table}</tbody></table></header><div class="page-body">{MARKED}</div></article></body></html>'
    )
    article = read(page, "note.html")
    assert (article.text, article.title, article.byline) == (BODY, TITLE, BYLINE)
    assert (article.url, article.published) == (URL, datetime(2031, 3, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    "properties",
    [
        f"URL: {URL}\nCreated: March 10, 2031 9:12 AM\nTags: harbour, bridge",
        f"Tags: harbour\nSource: {SOURCE}\nAuthor: {BYLINE}\nPublished: March 4, 2031\nArticle URL: {URL}",
    ],
)
def test_properties_below_the_title_of_a_note(properties: str) -> None:
    article = read(f"# {TITLE}\n\n{properties}\n\n{BODY}\n")
    assert (article.text, article.title, article.url) == (BODY, TITLE, URL)
    assert article.published != datetime(2031, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "head",
    [
        f"#+TITLE: {TITLE}\n#+AUTHOR: {BYLINE}\n#+DATE: <2031-03-04 Tue>\n#+OPTIONS: toc:nil",
        f"title:: {TITLE}\nauthor:: [[{BYLINE}]]\ntags:: #harbour\ndate:: [[2031-03-04]]",
    ],
    ids=["Org mode", "Logseq"],
)
def test_settings_above_a_note(head: str) -> None:
    article = read(f"{head}\n\n{BODY}\n")
    assert (article.text, article.title, article.byline) == (BODY, TITLE, BYLINE)
    assert article.published == datetime(2031, 3, 4, tzinfo=UTC)


def test_fields_above_a_rule() -> None:
    article = read(
        f"Title: {TITLE}\nAuthor: {BYLINE}\nDate: Mar 4, 2031\nURL: {URL}\n-----\n{BODY}\n", "a.txt"
    )
    assert (article.text, article.title, article.byline, article.url) == (BODY, TITLE, BYLINE, URL)


def test_lines_with_colons_that_are_no_properties_stay() -> None:
    text = f"# {TITLE}\n\nFerry: every ten minutes\nFare: none for islanders\n\n{BODY}"
    assert split_front_matter(text)[1] == text


@pytest.mark.parametrize(
    ("line", "url"),
    [
        (f"URL: {URL}", URL),
        (f"Source: <{URL}>", URL),
        (f"Original article: {URL}", URL),
        (f"**Quelle:** {URL}", URL),
        (f"Source: [Port Gazette]({URL})", URL),
        (f"[Original]({URL})", URL),
        (f"来源：{URL}", URL),
        (f"Clipped from {URL}", URL),
        (f"[The whole report of the council]({URL})", None),
        (f"See also: {URL}", None),
        (f"Ferries leave as {URL} says", None),
    ],
)
def test_a_line_that_calls_an_address_the_texts(line: str, url: str | None) -> None:
    for text in (f"{TITLE}\nBy {BYLINE}\n{SOURCE}\n\n{line}\n\n{BODY}", f"{TITLE}\n\n{BODY}\n\n{line}"):
        assert address_alone(text) == url
