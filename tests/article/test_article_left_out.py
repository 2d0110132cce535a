"""Nothing of a document is lost silently: each word is in the article or among what was left out, with a reason."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.article.extract import extract
from bot.article.left_out import left_out
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
FIRST = "The harbour of Orrenby was closed on Monday because a crane had fallen across its only gate."
SECOND = "Nobody was hurt, said the harbour master, who had been at breakfast and had heard the noise."
PAGE = f"""<html><head><title>Crane blocks harbour</title><script>var x = 'never';</script></head><body>
<nav><a href="/">Front</a> <a href="/sea">Sea</a></nav>
<main><article><h1>Crane blocks harbour</h1><p>{FIRST}</p>
<figure><figcaption>The crane after its fall</figcaption></figure>
<p>{SECOND}</p><p hidden>Nobody sees this line.</p>
<div class="offer"><h2>Unlock this story with Orrenby Plus</h2><p>Try it for free for one month. Cancel anytime.</p></div>
</article></main><footer>The Orrenby Post, Quay Street</footer></body></html>"""


def told(name: str, text: str) -> dict[str, str]:
    document = Document(name, text.encode(), RECEIVED)
    return {one.text: one.reason for one in left_out(document, extract(document))}


def test_each_text_of_a_page_has_its_reason():
    assert told("crane.html", PAGE) == {
        "Front Sea": "a menu",
        "The crane after its fall": "words to a picture",
        "Nobody sees this line.": "hidden from readers",
        "Unlock this story with Orrenby Plus": "a subscription or newsletter",
        "Try it for free for one month. Cancel anytime.": "a subscription or newsletter",
        "The Orrenby Post, Quay Street": "the foot of the page",
    }


def test_what_stands_below_an_end_mark_is_told_with_it():
    body = f"Crane blocks harbour\n\n{FIRST}\n\n{SECOND}\n\n{FIRST.replace('crane', 'mast')}\n\n{SECOND.replace('who', 'a man who')}"
    left = told("crane.txt", f"{body}\n\nENDS\n\nMedia contact:\nIda Brandt, 555 0101")
    assert left["ENDS"] == left["Ida Brandt, 555 0101"] == "comments of readers, or notes below the end"


def test_the_one_article_within_a_mail_or_a_feed_is_accounted_for():
    foot = "Unsubscribe | View in browser"
    mail = f"From: a@b.example\nSubject: Crane\nContent-Type: text/plain; charset=utf-8\n\n{FIRST}\n\n{SECOND}\n\n{foot}"
    assert told("crane.eml", mail) == {foot: "a subscription or newsletter"}
    entry = f"&lt;p&gt;{FIRST}&lt;/p&gt;&lt;nav&gt;Front&lt;/nav&gt;&lt;p&gt;{SECOND}&lt;/p&gt;"
    feed = f"<rss version='2.0'><channel><title>Post</title><item><title>Crane</title><description>{entry}</description></item></channel></rss>"
    assert told("crane.xml", feed) == {"Front": "a menu"}


def test_of_a_text_that_is_kept_whole_nothing_is_left_out():
    assert told("crane.txt", f"{FIRST}\n\n{SECOND}") == {}


def test_the_part_of_a_block_that_is_cut_off_is_told_alone():
    assert list(told("crane.txt", f"Crane blocks harbour\n\nORRENBY, March 4 - {FIRST}\n\n{SECOND}")) == [
        "ORRENBY, March 4"
    ]


WORDS = st.lists(st.from_regex(r"[a-zäöéñ]{1,9}", fullmatch=True), min_size=1, max_size=14)
TEXTS = st.builds(
    lambda words, end: " ".join(words).capitalize() + end, WORDS, st.sampled_from(["", ".", "?", ":"])
)
TAGS = st.sampled_from(
    [
        "p",
        "h2",
        "li",
        "div",
        "td",
        "figcaption",
        "button",
        "aside",
        "footer",
        "blockquote",
        "a",
        "nav",
        "section",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TAGS, TEXTS), max_size=12))
def test_every_word_of_a_page_is_in_the_article_or_told(pieces):
    # Two links without a space between them would be one word to whoever reads the page.
    body = "\n".join(f"<{tag}>{text}</{tag}>" for tag, text in [("p", FIRST), *pieces, ("p", SECOND)])
    every_word_is_told("a.html", f"<html><body>{body}</body></html>", [text for _, text in pieces])


@given(st.lists(TEXTS, max_size=12), st.sampled_from(["\n", "\n\n"]))
def test_every_word_of_a_text_is_in_the_article_or_told(texts, between):
    every_word_is_told("a.txt", between.join([FIRST, *texts, SECOND]), texts)


def every_word_is_told(name: str, text: str, pieces: list[str]) -> None:
    document = Document(name, text.encode(), RECEIVED)
    try:
        article = extract(document)
    except UnreadableDocument:
        return
    kept = (article.text, article.title, article.standfirst, article.source, article.byline, article.agency)
    found = set(
        re.findall(
            r"\w+",
            " ".join([*filter(None, kept), *(one.text for one in left_out(document, article))]).lower(),
        )
    )
    assert set(re.findall(r"\w+", " ".join([FIRST, *pieces, SECOND]).lower())) <= found


def test_bad_markup_is_refused_as_reading_refuses_it():
    article = extract(Document("a.txt", f"{FIRST}\n\n{SECOND}".encode(), RECEIVED))
    with pytest.raises(UnreadableDocument, match="deeper"):
        left_out(Document("bad.html", b"<html>" + b"<div>" * 400 + b"x", RECEIVED), article)
