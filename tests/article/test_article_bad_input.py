"""What cannot become an article says why and what to do, in one sentence."""

from __future__ import annotations

import contextlib
import pickle
import time
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.article.extract import extract
from bot.article.media_type import MAX_BYTES, MAX_LINES
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Article, Document
from tests.article import samples

RECEIVED = datetime(2031, 3, 5, tzinfo=UTC)


def read(data: bytes, name: str = "drop.txt") -> Article:
    return extract(Document(name=name, data=data, received=RECEIVED))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\t\r\n", "the file is empty"),
        ("\u200b\ufeff\u2060".encode(), "no visible text"),
        (b"%PDF-1.7 and so on", "it is damaged"),
        (b"PK\x03\x04rest", "a ZIP archive, and it is cut short"),
        (b"\x1f\x8b\x08", "the gzip file is not opened: it ends in the middle"),
        (b"\x1f\x8b\x08rest", "the gzip file is not opened: it is damaged"),
        (b"\x89PNG\r\n\x1a\nrest", "a PNG image"),
        (b"\xff\xd8\xff\xe0rest", "a JPEG image"),
        (b"{\\rtf1 }", "no body text is left"),
        (
            samples.zipped({"mimetype": b"application/vnd.oasis.opendocument.graphics"}),
            "OpenDocument file that holds no text",
        ),
        (samples.zipped({"mimetype": b"application/epub+zip"}), "its list of contents is missing"),
        (b"some\x00bytes", "a binary file"),
        (b"<!DOCTYPE html><html><body></body></html>", "the page holds no article text"),
        (b'<?xml version="1.0"?><rss></rss>', "there is no article in it"),
        (samples.NITF.replace(b"<hl1>", b"<hl1><![CDATA["), "no sound XML (CData section not finished)"),
        (b'<?xml version="1.0"?><invoice>1</invoice>', "an XML document of another kind (<invoice>)"),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss></rss>', "declares entities of its own"),
        (b'{"title": "A bridge"}', "no field `text`"),
        (b'{"title": "A bridge', "the JSON is not read: it is no valid JSON"),
        (b"Received: by mx\nFrom: a@b.example\nTo: c@d.example\nSubject: x\n\n", "the mail has no text"),
        (b"Menu\nHome\nSport\n\n\xc2\xa9 2031 Courier\n", "no body text is left"),
        (b"x" * (MAX_BYTES + 1), "the limit is 5,000,000"),
        (b"a\n" * (MAX_LINES + 1), "a log or a table"),
        (b"\xff\xfe\x00\xd8\x00\x00", "no encoding that is known"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refusal(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read(data, "wrong.dat")
    assert refused.value.name == "wrong.dat"
    assert words in str(refused.value.reason)
    assert "\n" not in str(refused.value.reason)
    copy = pickle.loads(pickle.dumps(refused.value))
    assert (copy.name, copy.reason) == ("wrong.dat", refused.value.reason)


def test_what_is_not_read_names_what_is() -> None:
    with pytest.raises(
        UnreadableDocument, match=r"which is not read; save the article as text, Markdown, HTML,"
    ):
        read(b"\x89PNG\r\n\x1a\n")


def a_whole_article(article: Article) -> None:
    assert article.text
    assert "\n\n".join(span.of(article.text) for span in article.paragraphs) == article.text
    ends = 0
    for number, span in enumerate(article.paragraphs):
        assert span.start == ends + (2 if number else 0)
        assert span.of(article.text).strip() == span.of(article.text)
        ends = span.end
    fields = (article.title, article.standfirst, article.source, article.agency, article.byline)
    for field in (*fields, article.text.replace("\n\n", "")):
        assert all(character.isprintable() or character > "\x9f" for character in field or "")
    assert list(article.fingerprint) == sorted(set(article.fingerprint))
    assert all(-(2**63) <= value < 2**63 for value in article.fingerprint)
    assert (article.published is None) == (article.published_precision is None)


def read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableDocument):
        a_whole_article(read(data))


@given(st.binary(max_size=400))
@example(b"\xe2\x80")
@example("A sentence that ends here.\x00".encode("utf-16"))
def test_any_bytes_are_an_article_or_a_reason(data: bytes) -> None:
    read_or_refused(data)


PIECES = st.sampled_from([
    "The council met on Tuesday and said that the bridge will close.", "Home", "News", "By Ada Quill", "© 2031",
    "Also read", "---", "# A title", "* item", "> x", "12 Mar 2031", "MOSCOW - ", "\u202e\u200b\x07", "--HNS",
    "(kpa) - The bridge closes on Monday, the city said in a note.", "title: x", "date: 2031-03-01", "Comments",
    "»", "   ", "[a](b)", "“Why?” she asked them all on the long way home.", "1.", "29 Feb 2031", "বাংলা",
    "中文新闻报道说总统访问了北京。",
])  # fmt: skip


@given(st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", " ", "\r\n", "\u2028"]))))
def test_any_page_is_an_article_or_a_reason(pieces: list[tuple[str, str]]) -> None:
    read_or_refused("".join(text + gap for text, gap in pieces).encode())


@pytest.mark.parametrize(
    "piece",
    [
        b"a",
        b"[(",
        b"a, ",
        b"12 Mar 2020 ",
        b"1",
        b"*a",
        b"# ",
        b"> ",
        b"ABC ",
        b"\xe9 a",
        b"___ ",
        b"[a](b ",
        b"http://a.",
    ],
    ids=repr,
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.sampled(4)
def test_a_line_of_half_a_megabyte_is_read_in_a_second_or_two(piece: bytes, name: str) -> None:
    start = time.process_time()
    with contextlib.suppress(UnreadableDocument):
        read(piece * (500_000 // len(piece)), name)
    assert time.process_time() - start < 4
