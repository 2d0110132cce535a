"""What copies, letters, feeds and records of many makers say of themselves in odd places, a line a kind."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.fields.signatures import at_work, signature
from bot.domain.model import Article, Document

RECEIVED = datetime(2031, 3, 20, tzinfo=UTC)
TITLE, SITE, URL = "Old cinema of Tarn Vale opens again", "Tarn Echo", "https://echo.example/cinema"
PARTS = (
    "The old cinema of Tarn Vale will open again in May, its new owners said on Monday after they had shown the council the repaired roof.",
    "It had been empty for eleven years, and most of the seats were sold to a theatre in Vantry, where they still stand in the second row.",
    "The first film will be the last one that was shown there, a comedy about a lighthouse keeper who loses his key and finds a whale.",
)
BODY = "\n\n".join(PARTS)
MARKED = "".join(f"<p>{part}</p>" for part in PARTS)


def read(text: str, name: str = "copy.txt") -> Article:
    article = extract(Document(name, text.encode(), RECEIVED))
    assert article.text == BODY
    return article


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n4 hours ago\n\nShare\n\nSave\nAda Marlow\nBusiness reporter\n\n{BODY}",
        f"{TITLE}\nAda Marlow\nTarn Vale - 04 MAR 2031 - 09:15 CET\n\n{BODY}",
        f"{TITLE}\nPublished: 4 March 2031 | By Ada Marlow\n\n{BODY}",
        f"{TITLE}\nStand: 04.03.2031 09:15 Uhr\n\nThe owners have mended the roof. Few seats are left.\n\nVon Ada Marlow, Vantry\n\n{BODY}",
        f"{TITLE}\n\n{BODY}\n\n(Ada Marlow)",
        f"{TITLE}\n\n{BODY}\n\nAda Marlow/dpa",
    ],
    ids=["above a job", "above a day", "behind a bar", "below a day and a standfirst", "at the end", "with an agency"],
)  # fmt: skip
def test_writers_of_a_copied_text(text: str) -> None:
    article = read(text)
    assert (article.title, article.byline) == (TITLE, "Ada Marlow")


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("(Ada Marlow)", ("Ada Marlow", None)),
        ("(Ada Marlow) +++", ("Ada Marlow", None)),
        ("Ada Marlow/dpa", ("Ada Marlow", "dpa")),
        ("（佐藤花子）", ("佐藤花子", None)),
        ("（中央社）", None),
        ("（写真部）", None),
        ("(Tarn Gazette)", None),
        ("(Associated Press)", None),
        ("(Weitere Informationen)", None),
        ("Ada Marlow/Vantry", None),
        ("Ada Marlow", None),
        ("(the end)", None),
    ],
)
def test_signatures(line: str, signed: tuple[str, str | None] | None) -> None:
    assert signature(line) == signed


def test_a_job_below_is_all_that_its_line_says() -> None:
    assert (
        at_work(
            ["Port Vantry", "The editor of the Echo told the council on Monday that it had waited too long"]
        )
        is None
    )


def test_an_agency_in_brackets_behind_the_writer() -> None:
    article = read(f"{TITLE}\nPar Ada Marlow (avec AFP)\nPublié le 4 mars 2031\n\n{BODY}")
    assert (article.byline, article.agency) == ("Ada Marlow", "AFP")


def test_days_of_a_copied_text_are_its_languages() -> None:
    german = "Das alte Kino von Tarn Vale öffnet im Mai wieder, sagten die neuen Besitzer am Montag, nachdem sie dem Rat das Dach gezeigt hatten."
    for body, day in ((german, "2031-03-04"), (PARTS[0], None)):
        found = extract(
            Document("a.txt", f"{TITLE}\n04/03/2031\n\n{body}\n\n{body[:-1]}, hieß es.".encode(), RECEIVED)
        )
        assert (found.published and found.published.date().isoformat()) == day


@pytest.mark.parametrize(
    "letter", [f"{URL}\n\n{TITLE}\nBy Ada Marlow\n\n{BODY}", f"{TITLE}\n{SITE}\n{URL}\n\n{BODY}"]
)
def test_the_address_in_a_letter(letter: str) -> None:
    head = f"From: Bo Lind <bo@desk.example>\nTo: desk@desk.example\nSubject: Fwd: {TITLE}\nDate: Tue, 04 Mar 2031 09:15:00 +0100\nMIME-Version: 1.0"
    article = read(f"{head}\n\n{letter}\n", "letter.eml")
    assert (article.title, article.url) == (TITLE, URL)


@pytest.mark.parametrize(
    "title", [f"{TITLE} - {SITE}", "Old &amp;lt;em&amp;gt;cinema&amp;lt;/em&amp;gt; of Tarn Vale opens again"]
)
def test_the_title_of_a_feeds_entry(title: str) -> None:
    feed = f"<?xml version='1.0'?><rss version='2.0' xmlns:c='http://purl.org/rss/1.0/modules/content/'><channel><title>{SITE}</title><item><title>{title}</title><c:encoded><![CDATA[{MARKED}]]></c:encoded></item></channel></rss>"
    assert read(feed, "feed.xml").title == TITLE


@pytest.mark.parametrize(
    ("record", "writers"),
    [
        ({"url": "https://reader.example/read/1", "source_url": URL, "html_content": MARKED, "author": "Ada Marlow"}, "Ada Marlow"),
        ({"url": URL, "source_url": "https://echo.example", "text": BODY, "authors": ["Ada Marlow"]}, "Ada Marlow"),
        ({"url": URL, "text": BODY, "author": "Ada Marlow; Bo Lind"}, "Ada Marlow, Bo Lind"),
    ],
)  # fmt: skip
def test_records_of_programs_that_keep_pages(record: dict[str, object], writers: str) -> None:
    article = read(json.dumps({"title": TITLE, **record}), "record.json")
    assert (article.title, article.url, article.byline) == (TITLE, URL, writers)


def test_notes_in_markdown_with_the_site_in_the_heading_or_fields_below() -> None:
    assert (
        read(
            f"---\nsource: {URL}\nauthor: Ada Marlow\n---\n\n# {TITLE} - Tarn Gazette\n\n{BODY}\n", "a.md"
        ).title
        == TITLE
    )
    number = "0123456789abcdef" * 2
    below = f"id: {number}\nparent_id: {number}\nsource_url: {URL}\nauthor: \ntype_: 1"
    assert read(f"# {TITLE}\n\n{BODY}\n\n{below}", "b.md").url == URL
