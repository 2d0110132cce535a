"""The standfirst: what a page prints below its headline, and what only looks like it."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.extract import Clipping, extract, extract_all
from bot.article.fields.stated import LONGEST_STANDFIRST
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Article, Document
from tests.article import samples
from tests.article.samples import BODY, BYLINE, PARAGRAPHS, SOURCE, TITLE

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
DECK = "Islanders will cross by ferry, free of charge, while engineers replace machinery from 1961"


def read(data: bytes | str, name: str = "drop.bin") -> Article:
    return extract(Document(name, data.encode() if isinstance(data, str) else data, RECEIVED))


def a_page(under: str = "", *, description: str = "", script: str = "", first: str = "") -> str:
    """A page with ``under`` its heading; the words of ``first`` open its body."""
    meta = f'<meta name="description" content="{escape(description)}">' if description else ""
    linked = f'<script type="application/ld+json">{script}</script>' if script else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!doctype html><html><head><title>{TITLE}</title>{meta}{linked}</head><body><nav><p>Home</p></nav><main>"
        f"<h1>{TITLE}</h1>{under}<div class=meta>By {BYLINE}</div><article>{first}{body}</article></main></body></html>"
    )


@pytest.mark.parametrize(
    "under",
    [
        f"<h2>{DECK}</h2>",
        f"<p class='article__standfirst'>{DECK}</p>",
        f"<h2 class='subTitle'>{DECK}</h2>",
        f"<div class=header-dek><p>{DECK}</p></div>",
        f"<div class=x data-testid=article-subheadline><span>{DECK}</span></div>",
        f"<h2 itemprop=alternativeHeadline>{DECK}</h2>",
        f"<p class='post-lead'>{DECK}</p>",
        f"<figure><p class=standfirst>Words to a picture of the ferry.</p></figure><p class=vorspann>{DECK}</p>",
    ],
)
def test_an_element_that_is_called_so(under: str) -> None:
    assert read(a_page(under)).standfirst == DECK


@pytest.mark.parametrize(
    "under", ["<h2>What the island loses</h2>", f"<h2>{DECK}?</h2>", f"<h2>{DECK}:</h2>"]
)
def test_a_heading_of_a_section_is_none(under: str) -> None:
    assert read(a_page(under)).standfirst is None


@pytest.mark.parametrize(
    "under", [f"<p class='teaser'>{DECK}.</p>", f"<header><p class='teaser'>{DECK}.</p></header>"]
)
def test_a_teaser_on_top_is_in_no_body(under: str) -> None:
    assert read(a_page(under)).standfirst == f"{DECK}."
    assert read(a_page(f"<p>By {BYLINE} and somebody else of the house</p>{under}")).title == TITLE


@pytest.mark.parametrize(
    "under",
    [
        f"<p>{DECK}</p>",
        f"<div class=xq7><span class=a1>{DECK}</span></div>",
        f"<div><b>PORT.</b> {DECK}</div>",
    ],
)
def test_words_that_the_description_repeats(under: str) -> None:
    place = "PORT. " if "PORT" in under else ""
    assert read(a_page(under, description=DECK)).standfirst == place + DECK
    assert read(a_page(under, script=json.dumps({"@type": "NewsArticle", "description": DECK}))).standfirst
    assert read(a_page(under)).standfirst is None


@pytest.mark.parametrize(
    "page",
    [
        a_page(description=DECK),  # a blurb for search engines
        a_page(description=PARAGRAPHS[0]),  # the opening of the body
        a_page(description=TITLE, under=f"<h2>{TITLE}</h2>"),
        a_page(f"<p class=subtitle>{TITLE}</p>"),
        a_page("<p class=subtitle>3 min read</p>"),
        a_page(f"<p class=excerpt>{DECK}…</p>"),
        a_page(f"<p class='lead related-posts'>{DECK}</p>"),
        a_page(f"<a href=/x><p class=subtitle>{DECK}</p></a>"),
        a_page(f"<aside><p class=subtitle>{DECK}</p></aside>"),
        a_page(f"<p class=subtitle hidden>{DECK}</p>"),
        a_page(f"<p class=subtitle style='display:none'>{DECK}</p>"),
        a_page(first=f"<p class=intro>{DECK} for the first time.</p>"),
        a_page().replace("<h1>", "<h2>").replace("</h1>", "</h2>"),
    ],
)
def test_what_only_looks_like_one(page: str) -> None:
    assert read(page).standfirst is None


def test_the_body_is_the_same_with_and_without_one() -> None:
    with_one = read(a_page(f"<p class=standfirst>{DECK}</p>"))
    assert with_one.text.endswith(BODY)
    assert with_one.title == TITLE
    assert with_one.standfirst == DECK


def a_word_file() -> bytes:
    document = docx.Document(io.BytesIO(samples.docx()))
    document.paragraphs[1].insert_paragraph_before(DECK, style="Subtitle")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def a_feed(summary: str = DECK, name: str = "description") -> bytes:
    return samples.rss(1).replace(
        b"<description>The opening.</description>", f"<{name}>{summary}</{name}>".encode()
    )


def a_message(stated: str) -> bytes:
    return samples.newsml().replace(b"</headline>", b"</headline>" + stated.encode())


FORMATS: dict[str, Callable[[], bytes]] = {
    "text": f"{TITLE}\n\n{DECK}\n\nBy {BYLINE}\n\n{SOURCE}, 3 March 2031\n\n{BODY}\n".encode,
    "text with a full stop": f"{TITLE}\n\n{DECK}.\n\nBy {BYLINE}\n3 March 2031\n\n{BODY}\n".encode,
    "fields": f"Title: {TITLE}\nSubtitle: {DECK}\nSource: {SOURCE}\n\n{BODY}\n".encode,
    "front matter": lambda: samples.MARKDOWN.replace(b"\ndate:", f"\nsubtitle: {DECK}\ndate:".encode()),
    "json": lambda: json.dumps({**samples.RECORD, "standfirst": f"<p>{DECK}</p>"}).encode(),
    "mail": lambda: samples.mail(f"{TITLE}\n\n{DECK}\n\nBy {BYLINE}\n\n{BODY}\n"),
    "docx": a_word_file,
    "rss": a_feed,
    "rss subtitle": lambda: a_feed(name="itunes:subtitle").replace(
        b"<rss ", b'<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    ),
    "nitf": lambda: samples.NITF.replace(b"</hl1>", f"</hl1><hl2>{DECK}</hl2>".encode()),
    "newsml headline": lambda: a_message(f'<headline role="hlrole:sub">{DECK}</headline>'),
    "newsml description": lambda: a_message(f'<description role="drol:summary">{DECK}</description>'),
    "mhtml": lambda: samples.mhtml().replace(b"</h1>", f"</h1><p class=deck>{DECK}</p>".encode()),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_each_format(name: str) -> None:
    article = read(FORMATS[name]())
    assert article.standfirst is not None
    assert article.standfirst.rstrip(".") == DECK
    assert article.title in {TITLE, "Berth 1 closes"}
    assert article.text.endswith("\n\n".join(PARAGRAPHS[1:]))
    assert f"By {BYLINE}" not in article.text


def test_a_standfirst_and_a_byline_above_a_text_are_no_part_of_it() -> None:
    article = read(FORMATS["text with a full stop"]())
    assert (article.text, article.byline) == (BODY, BYLINE)


@pytest.mark.parametrize(
    "data",
    [
        f"{TITLE}\n\n{DECK}.\n\n3 March 2031\n\n{BODY}",  # perhaps the words to a picture
        f"{TITLE}\n\nShare this story\n\nBy {BYLINE}\n\n{BODY}",
        f"{TITLE}\n\n{TITLE} by the sea\n\nBy {BYLINE}\n\n{BODY}",
        f"---\ntitle: {TITLE}\ndescription: {DECK}\n---\n\n{BODY}",
        json.dumps({**samples.RECORD, "description": DECK, "summary": DECK}),
        json.dumps({"title": TITLE, "standfirst": f"{DECK}."}),
        samples.NITF.replace(b"<block>", f"<block><hl2>{DECK}</hl2>".encode()).decode(),
        a_feed(PARAGRAPHS[1]).decode(),
        a_feed(f"{DECK} […]").decode(),
        a_feed("Berth 1 closes").decode(),
        samples.rss(1).decode(),
    ],
)
def test_no_guess_passes_for_one(data: str) -> None:
    assert read(data).standfirst is None


HOSTILE: dict[str, Callable[[str], bytes]] = {
    "html": lambda text: a_page(f"<p class=standfirst>{text}</p>").encode("utf-8", "replace"),
    "described": lambda text: a_page(f"<p>{text}</p>", description=text).encode("utf-8", "replace"),
    "json": lambda text: json.dumps({**samples.RECORD, "standfirst": text}).encode(),
    "feed": lambda text: a_feed(escape(text)),
    "front matter": lambda text: f"---\ntitle: {TITLE}\nsubtitle: {text}\n---\n\n{BODY}".encode("utf-8", "replace"),
    "text": lambda text: f"{TITLE}\n\n{text}\n\nBy {BYLINE}\n\n{BODY}".encode("utf-8", "replace"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize(
    "text",
    [
        "Ferries will run. " * 60_000,
        "x" * 1_000_000,
        "<b>" * 100_000,
        "<p class=deck>" * 60 + DECK,
        "\u202e" * 500_000 + DECK,
    ],
    ids=["a megabyte", "a word", "tags", "nested", "marks"],
)
@pytest.mark.sampled(3)
def test_too_much_of_it_is_left_out_in_time(name: str, text: str) -> None:
    started = time.process_time()
    found = [each.article.standfirst for each in extract_all_of(HOSTILE[name](text))]
    assert time.process_time() - started < 5
    assert all(one is None or len(one) <= LONGEST_STANDFIRST for one in found)


def extract_all_of(data: bytes) -> list[Clipping]:
    try:
        return list(extract_all(Document("drop.bin", data, RECEIVED)).found)
    except UnreadableDocument:
        return []


@pytest.mark.parametrize("name", HOSTILE)
def test_what_nobody_sees_is_taken_out(name: str) -> None:
    marked = DECK.replace("ferry", "f\u202eer\u200bry\u2066").replace(
        "free", "f\u0085ree" if name == "json" else "free"
    )
    (found,) = extract_all_of(HOSTILE[name](marked))
    assert found.article.standfirst == (DECK.replace("free", "f ree") if name == "json" else DECK)


@given(st.text(max_size=1_200), st.sampled_from(sorted(HOSTILE)))
def test_any_words_are_one_clean_line_or_none(text: str, name: str) -> None:
    for found in extract_all_of(HOSTILE[name](text)):
        one = found.article.standfirst
        assert one is None or (one == " ".join(one.split()) and 0 < len(one) <= LONGEST_STANDFIRST)
        assert all(character.isprintable() or character > "\x9f" for character in one or "")
