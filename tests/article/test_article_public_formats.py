"""Exports and pastes as programs that many people use write them: readers of feeds, scrapers, notes, phones."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.article.extract import extract, extract_all
from bot.article.text.block_kinds import ARTICLE, kind
from bot.article.text.blocks import Block
from bot.article.text.markdown import unmarked
from bot.domain.model import Article, Document
from tests.article.samples import BODY, BYLINE, PARAGRAPHS, SOURCE, TITLE, URL

RECEIVED = datetime(2031, 3, 5, tzinfo=UTC)
MOMENT = datetime(2031, 3, 3, 9, 30, tzinfo=UTC)
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read(data: str, name: str = "a.md") -> Article:
    return extract(Document(name, data.encode(), RECEIVED))


@pytest.mark.parametrize(
    "whole",
    [
        {"title": TITLE, "byline": f"By {BYLINE}", "content": f"<div>{HTML}</div>", "textContent": BODY, "siteName": SOURCE,
         "publishedTime": "2031-03-03T09:30:00Z", "url": URL},
        {"request": {"api": "article"}, "objects": [{"title": TITLE, "text": BODY, "author": BYLINE, "siteName": SOURCE,
         "date": "Mon, 03 Mar 2031 09:30:00 GMT", "pageUrl": URL}]},
        {"articles": {"results": [{"title": TITLE, "body": BODY, "source": {"title": SOURCE}, "url": URL, "date": "2031-03-03",
         "dateTime": "2031-03-03T09:30:00Z", "authors": [{"name": BYLINE}]}]}},
        {"title": TITLE, "maintext": BODY.replace("\n\n", "\n"), "authors": [BYLINE], "date_publish": "2031-03-03T09:30:00Z",
         "source_domain": SOURCE, "description": PARAGRAPHS[0], "url": URL},
        {"resolved_title": TITLE, "resolved_url": URL, "content": HTML, "byline": BYLINE, "site_name": SOURCE,
         "date": "2031-03-03T09:30:00Z"},
        {"version": "https://jsonfeed.org/version/1.1", "title": SOURCE, "authors": [{"name": BYLINE}], "language": "en",
         "items": [{"id": "1", "url": URL, "title": TITLE, "content_text": BODY, "date_published": "2031-03-03T09:30:00Z"}]},
        {"total": 1, "entries": [{"title": TITLE, "content": HTML, "author": BYLINE, "url": URL, "published_at": "2031-03-03T09:30:00Z",
         "feed": {"title": SOURCE}}]},
    ],
)  # fmt: skip
def test_what_services_give(whole: dict[str, Any]) -> None:
    found = extract_all(Document("a.json", json.dumps(whole).encode(), RECEIVED)).found
    article = found[0].article
    assert (article.title, article.text, article.byline) == (TITLE, BODY, BYLINE)
    assert (article.source, article.published) == (SOURCE, MOMENT)


def test_the_head_that_a_reader_of_pages_writes() -> None:
    head = (
        f"Title: {TITLE}\n\nURL Source: {URL}\n\nPublished Time: 2031-03-03T09:30:00Z\n\nMarkdown Content:\n"
    )
    article = read(f"{head}# {TITLE}\n\n{BODY}\n", "a.txt")
    assert (article.title, article.text, article.url) == (TITLE, BODY, URL)
    assert article.published == MOMENT


@pytest.mark.parametrize(
    "note",
    [
        (
            f"# {TITLE}\n\n![rw-book-cover](https://w.example/c.png)\n\n## Metadata\n- Author: [[{BYLINE}]]\n- Full Title: {TITLE}\n"
            f"- Category: #articles\n- URL: {URL}\n\n## Full Document\n\n{BODY}\n"
        ),
        (
            f"---\ntitle: {TITLE}\nauthor: {BYLINE}\ndate_published: 2031-03-03\n---\n\n# {TITLE}\n\n#Omnivore\n\n[Read on Omnivore](https://o.example/1)\n\n"
            f"[Read Original]({URL})\n\n## Content\n\n{BODY}\n\n## Highlights\n\n> {PARAGRAPHS[0]}\n"
        ),
    ],
    ids=["readwise", "omnivore"],
)
def test_a_note_of_a_reader_is_the_text_under_its_heading(note: str) -> None:
    article = read(note)
    assert (article.title, article.text, article.byline, article.url) == (TITLE, BODY, BYLINE, URL)


def test_what_a_note_without_such_fields_has_under_a_heading_is_kept() -> None:
    article = read(f"---\ntitle: {TITLE}\n---\n\n{PARAGRAPHS[0]}\n\n## Highlights\n\n{PARAGRAPHS[1]}\n")
    assert article.text == f"{PARAGRAPHS[0]}\n\nHighlights\n\n{PARAGRAPHS[1]}"


def test_the_author_of_a_feed_is_the_name_beside_the_address() -> None:
    item = f"<item><title>{TITLE}</title><author>desk@gazette.example ({BYLINE})</author><description>{BODY}</description></item>"
    assert (
        read(f'<rss version="2.0"><channel><title>{SOURCE}</title>{item}</channel></rss>', "a.xml").byline
        == BYLINE
    )


def test_the_head_that_pandoc_writes() -> None:
    article = read(f"% {TITLE}\n% {BYLINE}; Bo Li\n% 3 March 2031\n\n{BODY}\n")
    assert (article.title, article.byline, article.text) == (TITLE, f"{BYLINE}, Bo Li", BODY)
    assert article.published == datetime(2031, 3, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("::: {.lead}\nThe bridge closes.\n:::", "The bridge closes."),
        ("[The bridge]{.underline} closes.\\", "The bridge closes."),
        ("![A bridge](b.jpg){width=50%}The bridge closes.", "The bridge closes."),
        ("The [[Bridges/Harbour|bridge]] closes.", "The bridge closes."),
        ("![[bridge.png|300]]The [[bridge]] closes. ^a1b2c3", "The bridge closes."),
        ("The bridge closes. #news #city", "The bridge closes."),
        ("%% ask Ada %%The bridge closes.", "The bridge closes."),
        ("Bridge #4 closes at 50% of {the} price.", "Bridge #4 closes at 50% of {the} price."),
    ],
)
def test_marks_of_pandoc_and_obsidian(marked: str, plain: str) -> None:
    assert unmarked(marked).strip() == plain


@pytest.mark.parametrize(
    "unit", ["::: ", "[a]{.", "[[a|", "![[", "%% ", "#a ", " ^a", "{.a", "\\\n", "<!--", "[a]{.b} "]
)
def test_marks_without_end_are_read_at_once(unit: str) -> None:
    start = time.process_time()
    unmarked(unit * (100_000 // len(unit)))
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "line",
    [
        "Bridge closes was originally published in Port Gazette on Medium, where people are continuing the conversation.",
        "submitted by /u/quill",
        "[link] [comments]",
        "#bridge #harbour",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Shared from Apple News",
        "12:04 PM · Mar 3, 2031 · 14.2K Views",
        "34 Reposts 5 Quotes 120 Likes",
        "Load-Date: March 4, 2031",
        "(Continued on page 6)",
        "- 4 -",
    ],
)
def test_what_programs_add_is_no_article(line: str) -> None:
    assert kind(Block(line.removeprefix("- "))) not in ARTICLE


@pytest.mark.parametrize(
    "line",
    [
        "The letter was sent from my iPhone in the night, the harbour master said in the council on Monday.",
        "34 quotes from the book were read to the council on Monday, the harbour master said.",
        "https://gazette.example is the address at which the council publishes what it decides on Monday.",
        "The list was submitted by the harbour master on Monday.",
    ],
)
def test_a_report_with_such_words_is_one(line: str) -> None:
    assert kind(Block(line)) in ARTICLE
