"""Whatever characters stand in whatever field of whatever format: the article is one that can be kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from html import escape

import pytest
from hypothesis import example, given

from bot.article import extract
from bot.article.text.page import Found
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Article, Document
from tests.article import samples
from tests.article.test_article_bad_input import a_whole_article
from tests.odd import EVERYTHING, PRINTED, is_well_formed, odd_texts

RECEIVED = datetime(2031, 3, 5, tzinfo=UTC)
RAW = "surrogatepass"


def in_json(odd: str) -> bytes:
    return json.dumps({name: value + odd for name, value in samples.RECORD.items()}).encode()


def in_json_lines(odd: str) -> bytes:
    return (
        in_json(odd)
        + b"\n"
        + json.dumps({name: odd + value for name, value in samples.another(2).items()}).encode()
    )


def in_linked_data(odd: str) -> bytes:
    said = {
        "@type": "NewsArticle",
        "headline": samples.TITLE + odd,
        "author": [{"name": samples.BYLINE + odd}],
        "publisher": {"name": odd + samples.SOURCE},
        "articleSection": "City" + odd,
        "description": odd + samples.PARAGRAPHS[1],
        "articleBody": (odd + samples.BODY) * 5,
        "inLanguage": "en" + odd,
        "url": samples.URL + odd,
        "creditText": "Reuters" + odd,
    }
    return f"<html><body><script type='application/ld+json'>{json.dumps(said)}</script><p>{samples.PARAGRAPHS[0]}</p>".encode()


def in_tags(odd: str) -> bytes:
    raw, named = escape(odd), "".join(f"&#x{ord(char):x};" for char in odd)
    page = samples.HTML.decode()
    for words in (samples.TITLE, samples.BYLINE, samples.SOURCE, samples.URL, *samples.PARAGRAPHS):
        page = page.replace(words, words[:9] + raw + words[9:] + named)
    return page.encode("utf-8", RAW)


def in_a_mail(odd: str) -> bytes:
    headers = {"Subject": f"=?utf-16-be?b?{_base64(samples.TITLE + odd, 'utf-16-be')}?="}
    mail = samples.mail(headers={"X-Odd": "1"}, attached={"a.json": in_json(odd)}).decode()
    body = (samples.BODY + odd).encode("utf-8", RAW)
    head, _, _ = mail.partition("\n\n")
    for name, value in headers.items():
        head = head.replace(f"{name}: {samples.TITLE}", f"{name}: {value}")
    plain = head.replace("multipart/mixed", "text/plain; charset=utf-8; x")
    return plain.encode() + b"\n\n" + body


def in_a_mail_of_utf_7(odd: str) -> bytes:
    head = samples.mail().decode().partition("\n\n")[0].replace('charset="utf-8"', "charset=utf-7")
    head = head.replace("Content-Transfer-Encoding: 8bit", "Content-Transfer-Encoding: 7bit")
    return head.encode() + b"\n\n" + (samples.BODY + odd).encode("utf-7", RAW)


def in_an_attachment(odd: str) -> bytes:
    return samples.mail("See below.", attached={"a.json": in_json(odd), "b.txt": samples.TEXT})


def in_a_feed(odd: str) -> bytes:
    return _in_xml(samples.rss(2), odd)


def in_agency_xml(odd: str) -> bytes:
    return _in_xml(samples.NITF, odd)


def in_newsml(odd: str) -> bytes:
    return _in_xml(samples.newsml(1), odd)


def in_a_text(odd: str) -> bytes:
    return (samples.TEXT.decode().replace("\n\n", f"{odd}\n\n") + odd).encode("utf-8", RAW)


def in_a_wide_text(odd: str) -> bytes:
    return b"\xff\xfe" + (samples.TEXT.decode().replace("\n\n", f"{odd}\n\n")).encode("utf-16-le", RAW)


def in_front_matter(odd: str) -> bytes:
    return samples.MARKDOWN.decode().replace("\n", f"{odd.replace(chr(10), '')}\n").encode("utf-8", RAW)


def in_a_pdf(odd: str) -> bytes:
    return samples.pdf(samples.typeset(samples.PARAGRAPHS), letters={"q": odd, "b": f"b{odd}"})


def in_word(odd: str) -> bytes:
    kept = "".join(char for char in odd if char.isprintable() and not "\ud800" <= char <= "\udfff")
    return samples.docx([paragraph + kept for paragraph in samples.PARAGRAPHS], title=samples.TITLE + kept)


def in_an_archive(odd: str) -> bytes:
    name = odd.encode("utf-8", "replace").decode().replace("\0", "")
    return samples.zipped({f"a{name}.json": in_json(odd), f"{name}b.pdf": b"%PDF-1.7 " + name.encode()})


def _base64(text: str, charset: str) -> str:
    from base64 import b64encode

    return b64encode(text.encode(charset, RAW)).decode()


def _in_xml(data: bytes, odd: str) -> bytes:
    whole = data.decode()
    for words in (samples.TITLE, samples.BYLINE, samples.SOURCE, "Berth 1 closes", *samples.PARAGRAPHS[1:]):
        whole = whole.replace(words, words + escape(odd))
    return whole.encode("utf-8", RAW)


FORMATS = {
    "json": in_json, "jsonl": in_json_lines, "data.html": in_linked_data, "tags.html": in_tags, "a.eml": in_a_mail,
    "seven.eml": in_a_mail_of_utf_7, "attached.eml": in_an_attachment, "rss": in_a_feed, "nitf": in_agency_xml, "g2.xml": in_newsml,
    "txt": in_a_text, "wide.txt": in_a_wide_text, "md": in_front_matter, "pdf": in_a_pdf, "docx": in_word, "zip": in_an_archive,
}  # fmt: skip


def texts_of(article: Article) -> Iterator[str]:
    for each in fields(article):
        value = getattr(article, each.name)
        if isinstance(value, str):
            yield value


def refused_soundly(error: UnreadableDocument) -> None:
    assert is_well_formed(error.name, str(error.reason), str(error))


def looked_at(name: str, data: bytes) -> int:
    try:
        found = extract.extract_all(Document(name=name, data=data, received=RECEIVED))
    except UnreadableDocument as error:
        refused_soundly(error)
        return 0
    for each in found.found:
        a_whole_article(each.article)
        assert is_well_formed(each.name, *texts_of(each.article))
    for error in found.refused:
        refused_soundly(error)
    return len(found.found)


@pytest.mark.parametrize("ending", FORMATS)
@given(odd=odd_texts)
@example(odd=EVERYTHING)
@example(odd=PRINTED)
@example(odd="\ud83d")
@pytest.mark.sampled(3)
def test_any_characters_in_any_field_of_any_format(ending: str, odd: str) -> None:
    looked_at(f"odd{odd}.{ending}", FORMATS[ending](odd))


@pytest.mark.parametrize("ending", FORMATS)
def test_each_format_is_read_where_nothing_is_odd(ending: str) -> None:
    assert looked_at(f"a.{ending}", FORMATS[ending]("")) >= 1


def test_a_headline_cut_in_the_middle_of_an_emoji() -> None:
    (found,) = extract.extract_all(Document("a.html", in_linked_data("\ud83d"), RECEIVED)).found
    assert found.article.title == f"{samples.TITLE}\ufffd"


@given(odd=odd_texts)
def test_what_a_reader_forgot_is_mended_before_the_article_is_made(odd: str) -> None:
    paragraphs = (f"The bridge {odd} closes.", odd, "The end.")
    made = extract._well_formed(Found(paragraphs, odd, odd, odd, None, odd, odd, odd, odd, odd))
    assert made is not None
    assert is_well_formed(
        *made.paragraphs, made.title, made.source, made.byline, made.url, made.standfirst, made.agency
    )
    assert all(made.paragraphs)
