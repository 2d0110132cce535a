"""One article, every format: the same words, and the fields that the format names."""

from __future__ import annotations

import json
from base64 import encodebytes
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.article.encoding import in_charset
from bot.article.extract import Clippings, extract, extract_all, extract_or_unpack
from bot.article.formats import item
from bot.article.media_type import Media, media_of
from bot.article.unpack import MAX_ARTICLES, unpack
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Article, Document
from tests.article import samples
from tests.article.samples import BODY, BYLINE, PARAGRAPHS, SOURCE, TITLE, URL

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
MORNING = datetime(2031, 3, 3, 9, 30, tzinfo=UTC)
DAY = datetime(2031, 3, 3, tzinfo=UTC)


def a_document(data: bytes, name: str = "drop.bin") -> Document:
    return Document(name=name, data=data, received=RECEIVED)


def read(data: bytes, name: str = "drop.bin") -> Article:
    return extract(a_document(data, name))


def read_all(data: bytes, name: str = "drop.bin") -> Clippings:
    return extract_all(a_document(data, name))


def paragraphs(article: Article) -> list[str]:
    return [span.of(article.text) for span in article.paragraphs]


FORMATS: dict[str, tuple[Callable[[], bytes], Media, datetime | None]] = {
    "text": (lambda: samples.TEXT, Media.TEXT, DAY),
    "markdown": (lambda: samples.MARKDOWN, Media.TEXT, DAY),
    "html": (lambda: samples.HTML, Media.HTML, MORNING),
    "mhtml": (samples.mhtml, Media.MHTML, MORNING),
    "webarchive": (samples.webarchive, Media.MHTML, MORNING),
    "mail": (samples.mail, Media.MAIL, MORNING),
    "html mail": (
        lambda: samples.mail("See it in a browser.", html=samples.HTML.decode()),
        Media.MAIL,
        MORNING,
    ),
    "pdf": (samples.pdf, Media.PDF, DAY),
    "docx": (samples.docx, Media.DOCX, None),
    "odt": (samples.odt, Media.ODT, None),
    "rtf": (samples.rtf, Media.RTF, None),
    "epub": (samples.epub, Media.EPUB, MORNING),
    "json": (lambda: samples.JSON, Media.JSON, MORNING),
    "nitf": (lambda: samples.NITF, Media.NEWS, MORNING),
    "gzip": (lambda: samples.gzipped(samples.TEXT), Media.GZIP, DAY),
    "zip": (lambda: samples.zipped({"a.txt": samples.TEXT}), Media.ZIP, DAY),
    "a mail in a zip": (lambda: samples.zipped({"a.eml": samples.mail()}), Media.ZIP, MORNING),
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_article_from_every_format(name: str) -> None:
    make, media, published = FORMATS[name]
    data = make()
    article = read(data)  # under a name that says nothing
    assert media_of(a_document(data)) is media
    assert paragraphs(article) == list(PARAGRAPHS)
    assert article.title == TITLE
    assert article.published == published
    assert article.content_key == read(samples.JSON).content_key
    assert article.language == "en"


def test_fields_of_json() -> None:
    article = read(samples.JSON)
    assert (article.byline, article.source, article.section, article.url) == (BYLINE, SOURCE, "City", URL)
    assert article.published_precision == "second"


@pytest.mark.parametrize(
    "record",
    [
        {"headline": TITLE, "articleBody": BODY, "author": {"name": BYLINE}, "publisher": {"@type": "x", "name": SOURCE}},
        {"title": TITLE, "content_html": "".join(f"<p>{p}</p>" for p in PARAGRAPHS), "authors": [{"name": BYLINE}], "source": SOURCE},
        {"articles": [{"title": TITLE, "content": BODY, "author": BYLINE, "source": {"id": None, "name": SOURCE}}]},
        {"version": "https://jsonfeed.example/1.1", "title": SOURCE, "items": [{"title": TITLE, "content_text": BODY, "author": BYLINE}]},
        [{"title": TITLE, "body": BODY, "byline": BYLINE, "outlet": SOURCE}],
    ],
)  # fmt: skip
def test_other_shapes_of_json(record: object) -> None:
    article = read(json.dumps(record).encode())
    assert (paragraphs(article), article.title) == (list(PARAGRAPHS), TITLE)
    assert (article.byline, article.source) == (BYLINE, SOURCE)


def test_line_separators_inside_a_string_of_json_lines() -> None:
    record = {**samples.RECORD, "text": BODY.replace("\n\n", "\u2028\u2028")}
    lines = json.dumps(record, ensure_ascii=False).encode() + b"\n" + json.dumps(samples.another(1)).encode()
    assert [paragraphs(each.article)[1:] for each in read_all(lines).found] == [list(PARAGRAPHS[1:])] * 2


def test_a_line_that_is_nested_too_deep_spoils_itself_only() -> None:
    rows = (json.dumps(samples.another(1)), "[" * 200_000, json.dumps(samples.another(2)))
    clippings = read_all("\n".join(rows).encode(), "lines.jsonl")
    assert [each.article.title for each in clippings.found] == ["Berth 1 closes", "Berth 2 closes"]
    assert [str(one.reason) for one in clippings.refused] == ["line 2 is no valid JSON"]


MANY: dict[str, Callable[[int], bytes]] = {
    "lines.jsonl": samples.jsonl,
    "feed.rss": samples.rss,
    "feed.atom": samples.atom,
    "wire.xml": samples.newsml,
    "list.json": lambda count: json.dumps([samples.another(n + 1) for n in range(count)]).encode(),
    "all.zip": lambda count: samples.zipped(
        {f"{n + 1}.json": json.dumps(samples.another(n + 1)).encode() for n in range(count)}
    ),
}


@pytest.mark.parametrize("name", MANY)
def test_each_of_several_articles(name: str) -> None:
    clippings = read_all(MANY[name](3), name)
    assert [each.article.title for each in clippings.found] == [
        "Berth 1 closes",
        "Berth 2 closes",
        "Berth 3 closes",
    ]
    assert all(paragraphs(each.article)[1:] == list(PARAGRAPHS[1:]) for each in clippings.found)
    assert {each.article.published for each in clippings.found} == {MORNING}
    assert {each.article.source for each in clippings.found} == {SOURCE}
    expected = (
        [f"all.zip#{n}.json" for n in (1, 2, 3)] if name == "all.zip" else [f"{name}#{n}" for n in (1, 2, 3)]
    )
    assert [each.name for each in clippings.found] == expected
    with pytest.raises(UnreadableDocument, match="it holds 3 articles"):
        read(MANY[name](3), name)


@pytest.mark.parametrize("name", MANY)
def test_more_articles_than_a_file_may_hold(name: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"most is 1,000|more than 1,000 articles"):
        unpack(a_document(MANY[name](MAX_ARTICLES + 1), name))


def test_parts_are_documents_that_are_read_by_themselves() -> None:
    unpacked_document = unpack(a_document(samples.rss(2), "feed.xml"))
    again = unpack(a_document(samples.rss(2), "feed.xml"))
    assert [part.data for part in unpacked_document.documents] == [part.data for part in again.documents]
    assert [extract(part).url for part in unpacked_document.documents] == [f"{URL}/1", f"{URL}/2"]
    assert unpacked_document.documents[0].media_type == item.MEDIA_TYPE


def test_a_bad_part_spoils_no_other() -> None:
    data = samples.zipped(
        {"a.txt": samples.TEXT, "b.bin": b"\x00\x01", "c/d.jsonl": samples.jsonl(2) + b"{", "e.png": b"x"}
    )
    clippings = read_all(data, "week.zip")
    assert [each.name for each in clippings.found] == [
        "week.zip#a.txt",
        "week.zip#c/d.jsonl#1",
        "week.zip#c/d.jsonl#2",
    ]
    assert [error.name for error in clippings.refused] == ["week.zip#b.bin", "week.zip#c/d.jsonl#3"]
    assert "binary file" in str(clippings.refused[0].reason)
    assert str(clippings.refused[1].reason) == "line 3 is no valid JSON"
    assert not isinstance(extract_or_unpack(a_document(data)), Article)


def test_a_letter_and_what_is_attached() -> None:
    attached = {
        "b.txt": samples.TEXT,
        "c.pdf": samples.pdf(),
        "logo.png": b"\x89PNG\r\n\x1a\n",
        "invite.ics": b"BEGIN:VCALENDAR",
    }
    covered = read_all(samples.mail("Two pieces for tomorrow.", attached=attached), "m.eml")
    assert [each.name for each in covered.found] == ["m.eml#b.txt", "m.eml#c.pdf"]
    assert covered.refused == ()
    both = read_all(samples.mail(BODY, attached={"more.jsonl": samples.jsonl(1)}), "m.eml")
    assert [each.name for each in both.found] == ["m.eml", "m.eml#more.jsonl"]


def test_a_person_who_writes_is_no_outlet() -> None:
    article = read(
        samples.mail(headers={"From": "Bo Li <bo.li@desk.example>", "Subject": "Re: AW: " + TITLE})
    )
    assert (article.source, article.title) == (None, TITLE)


def test_columns_heads_feet_and_hyphens_of_a_pdf() -> None:
    rows = [f"Paragraph {n} says that the {word} machinery of the harbour bridge was measured again, and that the engineers "
            f"found {n} faults in it which nobody had noticed." for n, word in enumerate(("old", "new", "left", "right", "upper", "lower") * 3)]  # fmt: skip
    article = read(samples.pdf(samples.typeset(rows, columns=2, rows=30)))
    assert paragraphs(article) == rows
    assert (article.title, article.byline, article.source) == (TITLE, BYLINE, SOURCE)


def test_columns_that_a_pdf_writes_line_by_line() -> None:
    left, right = samples.wrapped(PARAGRAPHS[0], 36), samples.wrapped(PARAGRAPHS[1], 36)
    page = [(TITLE, 60.0, 780.0, 20.0)]
    for row, (one, other) in enumerate(zip(left, right, strict=False)):
        page += [(one, 60.0, 700.0 - 12 * row, 10.0), (other, 320.0, 700.0 - 12 * row, 10.0)]
    rest = right[len(left) :]
    page += [(line, 320.0, 700.0 - 12 * (len(left) + row), 10.0) for row, line in enumerate(rest)]
    assert paragraphs(read(samples.pdf([page]))) == [PARAGRAPHS[0], PARAGRAPHS[1]]


def test_what_a_word_document_hides() -> None:
    from io import BytesIO

    import docx

    document = docx.Document(BytesIO(samples.docx()))
    hidden = document.paragraphs[2].add_run(" Nobody may read this.")
    hidden.font.hidden = True
    written = BytesIO()
    document.save(written)
    assert paragraphs(read(written.getvalue())) == list(PARAGRAPHS)


@pytest.mark.parametrize("charset", ["utf-16", "cp1252", "utf-8"])
@pytest.mark.parametrize("kind", ["nitf", "rss", "html", "mail"])
def test_charsets(kind: str, charset: str) -> None:
    if kind == "mail":
        head = f"From: a@b.example\nTo: c@d.example\nSubject: {TITLE}\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n"
        data = f"{head}Content-Type: text/plain; charset={charset}\n\n".encode() + encodebytes(
            BODY.encode(charset)
        )
    else:
        whole = {"nitf": samples.NITF, "rss": samples.rss(1), "html": samples.HTML}[kind].decode()
        data = whole.replace("UTF-8", charset).replace("utf-8", charset).encode(charset)
    assert "“We have run out of patches,”" in read(data).text


def test_news_xml_in_another_charset_than_it_says() -> None:
    assert read(samples.NITF.decode().encode("cp1252")).text == BODY


def test_dates_that_cannot_be_are_left_out() -> None:
    for date in ("2150-01-01", "1989-12-31T10:00:00Z", "31 February 2031", "2031-03-07"):
        record = {**samples.RECORD, "published": date}
        assert read(json.dumps(record).encode()).published is None


@pytest.mark.parametrize("charset", ["punycode", "punycode-", "PUNYCODE", "idna", "Idna_", "puny code"])
def test_a_charset_for_host_names_is_known_by_any_of_its_names(charset: str) -> None:
    assert in_charset(b"bridge-" + b"a" * 50, charset) is None


@pytest.mark.parametrize("charset", ["nowhere", "a\x00b", "hex", "rot13", "utf-16"])
def test_a_charset_that_is_none_or_does_not_fit(charset: str) -> None:
    assert in_charset(b"bridges", charset) is None


@pytest.mark.parametrize("charset", ["punycode", "punycode-"])
def test_a_feed_in_a_charset_for_host_names_is_read_as_what_it_is(charset: str) -> None:
    data = samples.rss(1).replace(b"UTF-8", charset.encode())
    assert extract(Document("a.rss", data, RECEIVED)).title == "Berth 1 closes"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../a.txt", "its path leads out of the archive"),
        ("sub/../../a.txt", "its path leads out of the archive"),
        ("/etc/a.txt", "its path leads out of the archive"),
        ("C:\\a.txt", "its path leads out of the archive"),
        (".a.txt", "its name is hidden"),
        (".secret/a.txt", "its name is hidden"),
    ],
)
def test_a_member_with_a_suspicious_name_is_told(name: str, reason: str) -> None:
    whole = samples.zipped({"b.txt": samples.TEXT, name: samples.JSON})
    clippings = extract_all(Document("a.zip", whole, RECEIVED))
    assert [each.name for each in clippings.found] == ["a.zip#b.txt"]
    (error,) = clippings.refused
    assert error.name == f"a.zip#{name}"
    assert reason in str(error.reason)


@pytest.mark.parametrize(
    "name", [".DS_Store", "__MACOSX/._a.txt", "._a.txt", ".a.txt.swp", "sub/.git/", "a.png"]
)
def test_what_programs_leave_in_an_archive_is_passed_over(name: str) -> None:
    whole = samples.zipped({"b.txt": samples.TEXT, name: b"x"})
    assert extract_all(Document("a.zip", whole, RECEIVED)).refused == ()


def test_a_hidden_file_of_a_mail_is_told() -> None:
    mail = samples.mail(attached={".a.txt": samples.TEXT, "._a.txt": samples.TEXT})
    (error,) = extract_all(Document("a.eml", mail, RECEIVED)).refused
    assert error.name == "a.eml#.a.txt"
    assert "hidden" in str(error.reason)


def test_a_clipping_with_lists_in_its_front_matter():
    text = (
        '---\ntitle: "Ferry sails again"\nsource: "https://echo.example/ferry"\nauthor:\n  - "[[Imke Sorrel]]"\n'
        '  - "[[People/Perrin Lock|Perrin Lock]]"\npublished: 2030-11-18\ntags:\n  - "clippings"\n---\n\n'
        "The ferry to the outer islands sails again after nine days in the dock, the company said on Monday.\n"
    )
    found = extract(Document("clip.md", text.encode(), RECEIVED))
    assert (found.title, found.byline, found.url, found.source) == (
        "Ferry sails again", "Imke Sorrel, Perrin Lock", "https://echo.example/ferry", "echo.example",
    )  # fmt: skip
    assert found.published is not None
    assert found.published.date().isoformat() == "2030-11-18"


def test_starred_items_of_a_feed_reader():
    item = {
        "id": "tag:reader/1", "title": "Ferry sails again", "author": "Imke Sorrel", "published": 1921140000,
        "canonical": [{"href": "https://echo.example/ferry"}],
        "summary": {"content": "<p>The ferry sails.</p>"},
        "content": {"content": "<p>The ferry to the outer islands sails again after nine days, the company said.</p>"},
        "origin": {"streamId": "feed/1", "title": "Tarn Vale Echo", "htmlUrl": "https://echo.example/"},
    }  # fmt: skip
    data = json.dumps({"id": "starred", "title": "Favourites", "items": [item]}).encode()
    found = extract(Document("starred.json", data, RECEIVED))
    assert (found.title, found.byline, found.url, found.source) == (
        "Ferry sails again", "Imke Sorrel", "https://echo.example/ferry", "Tarn Vale Echo",
    )  # fmt: skip
    assert found.published is not None
    assert found.published.year == 2030
