"""Letters whose subject or head is not the article's, and records as readers of pages and services keep them."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.article.extract import extract
from bot.article.text.block_kinds import Kind, kind
from bot.article.text.blocks import Block
from bot.domain.model import Article, Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
TITLE = "Cinema of Tarn Vale to open again"
SAID = [
    f"Paragraph {n} of the article says what the council of Tarn Vale decided about the old cinema, and why."
    for n in range(4)
]
URL = "https://echo.example/cinema"


def letter(
    subject: str, body: str = "\n\n".join(SAID), sender: str = "Tarn Letter <hello@letter.example>"
) -> Article:
    raw = f"From: {sender}\nSubject: {subject}\nDate: Tue, 04 Mar 2031 09:15:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"
    return extract(Document("a.eml", raw.encode(), RECEIVED))


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        (f"[Tarn Letter] {TITLE}", TITLE),
        (f"[EXTERNAL] Fw: {TITLE}", TITLE),
        (f"Fwd: [EXT] Re: {TITLE}", TITLE),
        (f"[Update] {TITLE}", f"[Update] {TITLE}"),
        ("[EXTERNAL]", "[EXTERNAL]"),
    ],
)
def test_what_programs_set_before_a_subject_is_no_part_of_it(subject: str, title: str) -> None:
    assert letter(subject).title == title


@pytest.mark.parametrize(
    "subject", ["Tarn Letter", "The Tarn Letter #212", "Tarn Letter, No. 7", "Tarn Letter – Ausgabe 12"]
)
def test_a_subject_that_is_the_letters_name_gives_way_to_the_headline(subject: str) -> None:
    found = letter(subject, "\n\n".join((TITLE, "by Imke Sorrel", *SAID)))
    assert (found.title, found.byline) == (TITLE, "Imke Sorrel")
    assert letter("Harbour Letter #212", "\n\n".join((TITLE, *SAID))).title == "Harbour Letter #212"


@pytest.mark.parametrize(
    "line",
    [
        "CAUTION: This email originated from outside of the organization. Do not click links or open attachments.",
        "ACHTUNG: Diese E-Mail stammt von einem externen Absender. Bitte seien Sie vorsichtig.",
        "Attention : ce courriel provient de l’extérieur de l’organisation.",
    ],
)
def test_a_warning_above_a_letter_is_no_text(line: str) -> None:
    assert letter(TITLE, "\n\n".join((line, *SAID))).text == "\n\n".join(SAID)


def test_a_label_of_related_articles_in_further_languages() -> None:
    lines = (
        "Relacionado | Los hornos de Orrenby arden",
        "Correlati: i forni di Orrenby",
        "Relacionadas con el puerto hay más obras",
    )
    assert [kind(Block(line)) is Kind.RELATED for line in lines] == [True, True, False]


TEXT = "\n\n".join(SAID)
RECORDS: dict[str, dict[str, Any]] = {
    "parts": {
        "title": TITLE,
        "body": {"summary": ["Who pays"], "sections": [{"headline": [], "paragraphs": SAID[:2]}, {"headline": [], "paragraphs": SAID[2:]}]},
        "authors": ["Imke Sorrel"],
        "publishing_date": "2031-03-04 09:15:00+01:00",
        "url": URL,
    },
    "cleaned": {"title": TITLE, "cleaned_text": TEXT, "meta": {"lang": "en"}, "publish_date": "2031-03-04", "authors": ["Imke Sorrel", "Reuters"], "link": URL},
    "markdown": {
        "markdown": TEXT,
        "metadata": {"title": TITLE, "sourceURL": URL, "publishedTime": "2031-03-04T09:15:00Z", "author": "Imke Sorrel"},
    },
    "posts": {"posts": [{"title": TITLE, "html": f"<p>{'</p><p>'.join(SAID)}</p>", "published_at": "2031-03-04", "url": URL, "primary_author": {"name": "Imke Sorrel"}}]},
}  # fmt: skip


@pytest.mark.parametrize("name", RECORDS)
def test_records_as_readers_of_pages_and_services_keep_them(name: str) -> None:
    found = extract(Document("a.json", json.dumps(RECORDS[name]).encode(), RECEIVED))
    assert found.published is not None
    assert (found.title, found.byline, found.url, found.published.date().isoformat(), found.text) == (
        TITLE, "Imke Sorrel", URL, "2031-03-04", TEXT,
    )  # fmt: skip


def _linked(text: str, leaf: dict[str, Any], link: dict[str, Any], within: str) -> list[dict[str, Any]]:
    """A paragraph's words in three: bare, behind a link, and bare."""
    key = "value" if "value" in leaf else "text"
    first, second, third = text[:12], text[12:20], text[20:]
    return [{**leaf, key: first}, {**link, within: [{**leaf, key: second}]}, {**leaf, key: third}]


EDITED: dict[str, Any] = {
    "Slate": [{"type": "paragraph", "children": _linked(text, {"text": ""}, {"type": "link"}, "children")} for text in SAID],
    "ProseMirror": {
        "type": "doc",
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in SAID],
    },
    "Contentful": {
        "nodeType": "document",
        "data": {},
        "content": [
            {"nodeType": "paragraph", "data": {}, "content": _linked(text, {"value": "", "data": {}}, {"data": {"uri": URL}}, "content")}
            for text in SAID
        ],
    },
    "Draft.js": {"blocks": [{"text": text, "data": {}} for text in SAID], "entityMap": {}},
    "Lexical": {"root": {"children": [{"type": "paragraph", "children": [{"text": text}]} for text in SAID]}},
    "Editor.js": {"time": 1_930_468_500_000, "blocks": [{"type": "paragraph", "data": {"text": f"<b>{text}</b>"}} for text in SAID]},
    "a list in a list": [{"type": "list", "children": [{"children": [{"text": text}]} for text in SAID]}],
}  # fmt: skip


@pytest.mark.parametrize("editor", EDITED)
def test_texts_as_editors_keep_them(editor: str) -> None:
    writer = {"data": {"id": 1, "attributes": {"name": "Imke Sorrel"}}}
    record = {"title": TITLE, "content": EDITED[editor], "author": writer}
    found = extract(Document("a.json", json.dumps(record).encode(), RECEIVED))
    assert (found.title, found.byline, found.text) == (TITLE, "Imke Sorrel", TEXT)


def test_blocks_in_each_other_without_end_are_no_text() -> None:
    deep: Any = {"text": "too deep"}
    for _ in range(40):
        deep = {"children": [deep]}
    record = {"title": TITLE, "content": [deep, *EDITED["Slate"]]}
    assert extract(Document("a.json", json.dumps(record).encode(), RECEIVED)).text == TEXT


def test_what_stands_beside_the_text_never_goes_before_the_records_own() -> None:
    record = {
        "title": TITLE,
        "text": TEXT,
        "site": "Tarn Vale Echo",
        "metadata": {"title": "Other", "site": "Other"},
    }
    found = extract(Document("a.json", json.dumps(record).encode(), RECEIVED))
    assert (found.title, found.source) == (TITLE, "Tarn Vale Echo")


@pytest.mark.parametrize("piece", ["[EXT] ", "Re: [EXT]", "[", "#1 "])
def test_a_long_subject_takes_no_longer(piece: str) -> None:
    start = time.process_time()
    letter((piece * 4_000)[:4_000], (piece * 20_000) + TEXT)
    assert time.process_time() - start < 2
