"""What a page is made of: words that stay words whoever wrote them, and lines marked where they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.archive import excerpts
from bot.archive.atom import Item, digest_item, feed
from bot.archive.excerpts import LONG_PARAGRAPH, NumberedLine, own_lines, passages
from bot.archive.frame import STYLE_NAME, Reader
from bot.archive.html import element, html, link
from bot.archive.pages import Published, article_page, channel_page, digest_page
from bot.domain.digests import Brief, Digest, KeyQuote, Ledger, Line, part_of
from bot.domain.model import Occasion, Span, Window
from bot.web.links import PUBLIC, Links
from bot.web.settings import ArchiveSettings
from tests.builders import NOON, a_quote, an_article, an_entry, the_span

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(2)> ' onclick=alert(3) </title></style>&lt;b&gt;"
LINKS = Links(ArchiveSettings("https://desk.example.org", public=True))
READER = Reader(LINKS, PUBLIC, NOON, "UTC")
OCCASION = Occasion("slot", "file:morning", "2031-03-04T08:00")


class Tags(HTMLParser):
    """What a browser makes of a page: each element, what its attributes say, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def a_digest(**evil: str) -> Published:
    article = an_article(
        f"First {evil.get('text', 'words')} here. Second line.",
        "“We wait,” said Ada Marlow, fire chief.",
        title=evil.get("title", "The bridge"),
        source=evil.get("source", "Port Gazette"),
        byline=evil.get("byline"),
        section=evil.get("section"),
        url=evil.get("url", "https://port.example/bridge"),
        language=evil.get("language", "en"),
    )
    quote = a_quote(article, "We wait,", "Ada Marlow", "Ada Marlow", "fire chief")
    entry = an_entry(article, quote, id=7, sentences=("Second line.",))
    brief = Brief(
        7,
        article.title or "",
        (Line(entry, the_span(article, "Second line.")),),
        (KeyQuote(entry, quote),),
        (entry,),
    )
    digest = Digest(
        OCCASION, evil.get("name", "morning"), Window(0, 9), NOON - timedelta(days=1), NOON, (brief,), Ledger(1, 1, 1, 1),
        also=(replace(brief, story=8),),
    )  # fmt: skip
    return Published(("digests", "file:morning", "slot", "2031-03-04T08:00"), "file:morning", digest)


def test_a_digest_that_was_corrected_is_new_to_readers_of_its_feed():
    shown = a_digest()
    until, hour = shown.digest.until, timedelta(hours=1)
    assert digest_item(shown).at == until
    assert digest_item(replace(shown, corrected=until + hour)).at == until + hour
    assert digest_item(replace(shown, corrected=until - hour)).at == until  # before it was told


def pages_of(shown: Published) -> list[str]:
    entry = shown.digest.briefs[0].entries[0]
    return [
        digest_page(READER, shown),
        article_page(READER, entry, own_lines(entry), shown),
        channel_page(READER, shown.subscription, shown.digest.name, [(shown.names, NOON)]),
    ]


@given(st.text())
def test_whatever_is_put_into_a_page_is_text_there(words: str):
    page = html(element("p", words, title=words))
    assert [tag for tag, _ in Tags(page).tags] == ["p"]
    (tree,) = etree.HTML(page).iter("p")
    assert len(tree) == 0
    assert set(tree.attrib) <= {"title"}


@pytest.mark.parametrize("place", ["text", "title", "source", "byline", "section", "name", "language", "url"])
def test_an_attackers_article_adds_no_element_and_no_attribute(place: str):
    plain = [[(tag, set(attributes)) for tag, attributes in Tags(page).tags] for page in pages_of(a_digest())]
    for page, wanted in zip(pages_of(a_digest(**{place: EVIL})), plain, strict=True):
        seen = {(tag, *sorted(attributes)) for tag, attributes in Tags(page).tags}
        known = {(tag, *sorted(attributes)) for tag, attributes in wanted} | {
            ("span",),
            ("p", "class"),
            ("p",),
        }
        assert seen <= known
        assert not {"script", "img", "style"} & {tag for tag, *_ in seen}


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "https://port.example\\@evil.example/", "https://port.example@evil.example/", "https://a b/", " /x"],
)  # fmt: skip
def test_a_link_leads_to_the_web_or_to_this_server_or_is_none(url: str):
    assert Tags(html(link(url, "words"))).all("a") == []
    assert "words" in html(link(url, "words"))


@given(st.data())
def test_a_passage_is_the_paragraph_word_for_word_with_each_line_inside_a_mark(data: st.DataObject):
    words = st.text(st.sampled_from("abc ."), min_size=1, max_size=3 * LONG_PARAGRAPH // 2)
    article = an_article(*data.draw(st.lists(words, min_size=1, max_size=3)))
    entry = an_entry(article)
    places = st.integers(0, len(article.text) - 1)
    lines = []
    for number in range(1, data.draw(st.integers(0, 4)) + 1):
        paragraph = data.draw(st.sampled_from(article.paragraphs))
        one, other = sorted(data.draw(st.tuples(places, places)))
        start = min(max(one, paragraph.start), paragraph.end - 1)
        end = min(max(other + 1, start + 1), paragraph.end)
        lines.append(NumberedLine(number, Line(entry, Span(start, end))))
    shown = data.draw(st.sampled_from(["paragraph", "whole"]))
    found = passages(entry, lines, shown)
    joined = ["".join(piece.text for piece in passage.pieces) for passage in found]
    if shown == "whole":
        assert "\n\n".join(joined) == article.text
    for one in lines:
        (marked,) = [piece for passage in found for piece in passage.pieces if one.number in piece.numbers]
        assert one.line.text in marked.text
    for text in joined:
        assert text in article.text
        longest = max(len(one.line.text) for one in lines) if lines else 0
        assert shown == "whole" or len(text) <= max(LONG_PARAGRAPH, 4 * longest) * 2


def test_each_line_of_a_digest_leads_to_its_mark_in_its_article():
    shown = a_digest()
    page = Tags(digest_page(READER, shown))
    entry = shown.digest.briefs[0].entries[0]
    lines = [
        NumberedLine(1, shown.digest.briefs[0].lines[0]),
        NumberedLine(2, Line(entry, entry.quotes[0].words)),
    ]
    article = article_page(READER, entry, lines, shown)
    ways = [one["href"] or "" for one in page.all("a") if one.get("class") == "number"]
    path = "/archive/digests/file:morning/slot/2031-03-04T08:00/articles/7"
    assert ways == [f"{path}#line-1", f"{path}#line-2"]
    assert [one["id"] for one in Tags(article).all("mark")] == ["line-1", "line-2"]
    assert '<mark id="line-1">Second line.</mark>' in article
    assert "https://port.example/bridge#:~:text=Second%20line" in article


def test_only_the_paragraphs_around_the_lines_are_shown_unless_all_may_be():
    article = an_article("One here.", "Two here.", "Three here.")
    entry = an_entry(article)
    lines = [NumberedLine(1, Line(entry, the_span(article, "Three")))]
    part, whole = (
        article_page(READER, entry, lines),
        article_page(replace(READER, excerpt="whole"), entry, lines),
    )
    assert ("One here." in part, "Three" in part, "Only the paragraphs" in part) == (False, True, True)
    assert ("One here." in whole, "Three" in whole, "Only the paragraphs" in whole) == (True, True, False)


def test_of_a_book_only_what_is_marked_is_shown_behind_its_beginning(monkeypatch):
    monkeypatch.setattr(excerpts, "LONG_ARTICLE", 20)
    article = an_article("One here.", "Two here.", "Three here.", "Four " * 1_000 + "here.")
    lines = [NumberedLine(1, Line(an_entry(article), the_span(article, "here.")))]
    lines.append(NumberedLine(2, Line(an_entry(article), Span(len(article.text) - 5, len(article.text)))))
    first, second, last = passages(an_entry(article), lines, "whole")
    assert [first.pieces[0].text, second.pieces[0].text] == ["One ", "Two here."]
    assert (last.skipped, last.cut) == (True, (True, False))
    assert sum(len(piece.text) for piece in last.pieces) < LONG_PARAGRAPH


def test_a_line_of_the_standfirst_is_marked_there():
    article = an_article("One here.", standfirst="Told above all.")
    entry = an_entry(article)
    line = Line(entry, Span(0, 4), "standfirst")
    assert part_of(article, "standfirst").startswith(line.text)
    assert '<p class="standfirst"><mark id="line-1">Told</mark>' in article_page(
        READER, entry, [NumberedLine(1, line)]
    )


def test_a_page_can_be_read_without_eyes_and_without_a_mouse():
    for page in pages_of(a_digest()):
        tags = Tags(page)
        assert page.startswith("<!DOCTYPE html>")
        assert [one.get("lang") for one in tags.all("html")] == ["en"]
        assert [len(tags.all(tag)) for tag in ("header", "main", "h1", "title")] == [1, 1, 1, 1]
        assert tags.all("a")[0] == {"href": "#main", "class": "skip"}
        assert tags.all("main")[0]["id"] == "main"
        (label,) = tags.all("label")
        assert label["for"] in {one.get("id") for one in tags.all("input")}
        assert all(one.get("aria-label") for one in tags.all("a") if one.get("class") == "number")
        ids = [attributes["id"] for _, attributes in tags.tags if "id" in attributes]
        assert len(ids) == len(set(ids))
        assert all(
            attributes.get("dir") == "auto"
            for tag, attributes in tags.tags
            if "lang" in attributes and tag != "html"
        )
        assert not any("style" in attributes for _, attributes in tags.tags)
        assert [one["href"] for one in tags.all("link") if one["rel"] == "stylesheet"] == [
            f"/archive/{STYLE_NAME}"
        ]


@given(st.text(max_size=200), st.text(max_size=50))
def test_a_feed_is_well_formed_whatever_stands_in_it(words: str, title: str):
    item = Item(("articles", "7"), title, NOON, title, (words, words))
    names, page = ("feeds", "search"), ("search",)
    told = feedparser.parse(feed(READER, title, names, [item], page, q=words))
    assert not told.bozo
    (entry,) = told.entries
    assert entry.id == "https://desk.example.org/archive/articles/7"
    paragraphs = etree.HTML(entry.content[0].value) if words.strip() else []
    assert {one.tag for one in paragraphs.iter()} <= {"html", "body", "p"} if len(paragraphs) else True


def test_what_is_withheld_is_said_and_the_count_of_files_no_longer():
    shown = a_digest()
    assert "1 file, 1 article" in digest_page(READER, shown)
    page = digest_page(READER, replace(shown, withheld=1))
    assert "1 article of this digest is no longer shown" in page
    assert "1 file," not in page
