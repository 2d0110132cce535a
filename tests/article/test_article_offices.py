"""ODT, RTF and EPUB: what a reader sees of them, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.article.extract import Clippings, extract, extract_all
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Article, Document
from tests.article import samples
from tests.article.samples import BODY, BYLINE, PARAGRAPHS, SOURCE, TITLE

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
MARKED = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def read_all(data: bytes, name: str = "drop.bin") -> Clippings:
    return extract_all(Document(name=name, data=data, received=RECEIVED))


def read(data: bytes) -> Article:
    return extract(Document(name="drop.bin", data=data, received=RECEIVED))


def paragraphs(article: Article) -> list[str]:
    return [span.of(article.text) for span in article.paragraphs]


@pytest.mark.parametrize(
    "unseen",
    [
        "<text:tracked-changes><text:p>Nobody may read this.</text:p></text:tracked-changes>",
        "<text:table-of-content><text:p>Nobody may read this, on page 4.</text:p></text:table-of-content>",
        "<draw:frame><draw:text-box><text:p>Nobody may read this.</text:p></draw:text-box></draw:frame>",
        '<text:p><text:span text:style-name="T1">Nobody may read this.</text:span></text:p>',
    ],
)  # fmt: skip
def test_what_an_opendocument_text_hides(unseen: str) -> None:
    assert paragraphs(read(samples.odt(inside=unseen))) == list(PARAGRAPHS)


def test_what_stands_in_an_opendocument_text() -> None:
    inside = (
        "<text:p>The bridge<text:note><text:note-body><text:p>See below.</text:p></text:note-body></text:note> closes on<text:s/>Monday"
        "<text:tab/>for eleven months, and the <text:span>harbour master</text:span> told<office:annotation><text:p>Sure?</text:p></office:annotation>"
        " everybody so.</text:p>"
        '<text:h text:outline-level="2">What it costs</text:h><text:list><text:list-item><text:p>12 million crowns for the new machinery'
        " of the bridge</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Berths on the island"
        "</text:p></table:table-cell><table:table-cell><text:p>14</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert paragraphs(read(samples.odt(inside=inside)))[:4] == [
        "The bridge closes on Monday for eleven months, and the harbour master told everybody so.",
        "What it costs",
        "12 million crowns for the new machinery of the bridge",
        "Berths on the island 14",
    ]


@pytest.mark.parametrize(
    "unseen",
    [
        r"{\v Nobody may read this.}",
        r"{\rtlch\deleted\revauthdel1 Nobody may read this.}",
        r"{\footnote\pard Nobody may read this.\par}",
        r"{\*\annotation\pard Nobody may read this.\par}",
        r"{\pict\pngblip " + "89504e470d0a1a0a" * 9_000 + "}",
        r"{\pict\wmetafile8 " + "89504e470d0a1a0a89504e470d0a1a0a\n" * 900 + "}",
        r"{\field{\*\fldinst{HYPERLINK \"https://a.example/nobody\"}}{\fldrslt }}",
    ],
    ids=["hidden", "deleted", "note", "comment", "picture", "picture in rows", "address"],
)  # fmt: skip
def test_what_a_rich_text_hides(unseen: str) -> None:
    assert paragraphs(read(samples.rtf(inside=unseen))) == list(PARAGRAPHS)


def test_what_stands_in_a_rich_text() -> None:
    inside = (
        r"\pard {\b The bridge} closes on {\f1\u1084?\u1086?\u1089?\u1090?} {\f1\'cc\'ee\'f1\'f2}, the {\v0 harbour} master of the island told everybody.\par"
        r"\trowd\cellx100 Berths on the island\cell 14\cell\row\pard "
        r"The sum of the file is e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, the engineers said.\par"
        "\nThe island has a school, a shop and a church, and all of them stay open.\\\nThe ferry is free for everybody.\\\n"
    )
    assert paragraphs(read(samples.rtf(inside=inside)))[:5] == [
        "The bridge closes on мост Мост, the harbour master of the island told everybody.",
        "Berths on the island 14",
        "The sum of the file is e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, the engineers said.",
        "The island has a school, a shop and a church, and all of them stay open.",
        "The ferry is free for everybody.",
    ]


def test_a_rich_text_with_numbers_of_no_character() -> None:
    """striprtf stopped at them, and the document was refused."""
    inside = r"\pard The harbour bridge \u-99999?closes\u1114112? at\uc  noon\u99999999? for eleven months, the council decided.\par"
    told = "The harbour bridge \N{REPLACEMENT CHARACTER}closes\N{REPLACEMENT CHARACTER} at noon\N{REPLACEMENT CHARACTER} for eleven months, the council decided."
    assert paragraphs(read(samples.rtf(inside=inside)))[0] == told


@pytest.mark.parametrize("title", [f"{SOURCE} [Mon, 03 Mar 2031]", f"{SOURCE}, 3 Mar 2031 (Calibre)"])
def test_each_article_of_an_issue(title: str) -> None:
    chapters = {
        f"text/{n}.xhtml": f"<h2>Berth {n} closes</h2><p>Berth number {n} will close on Monday.</p>{MARKED}" for n in (1, 2)
    } | {"text/2b.xhtml": "<p>The berth has been there since the harbour was built. " + "Nobody remembers it otherwise. " * 9 + "</p>"}  # fmt: skip
    issue = samples.epub(chapters, title=title, publisher="calibre")
    found = read_all(issue, "issue.epub").found
    assert [each.name for each in found] == ["issue.epub#1", "issue.epub#2"]
    assert [each.article.title for each in found] == ["Berth 1 closes", "Berth 2 closes"]
    assert {(each.article.source, each.article.byline) for each in found} == {(SOURCE, BYLINE)}
    assert "since the harbour was built" in found[1].article.text
    assert "Contents" not in "".join(each.article.text for each in found)


@pytest.mark.parametrize(
    "nav",
    [
        '<nav><a href="1.xhtml#a">Berth 1 closes</a> <a href="2.xhtml">Berth 2 closes</a></nav>',
        "<nav><a href=2>",
    ],
)
def test_the_contents_of_a_book_call_what_has_no_heading(nav: str) -> None:
    chapters = {f"text/{n}.xhtml": f"<p>Berth number {n} will close on Monday.</p>{MARKED}" for n in (1, 2)}
    found = read_all(samples.epub({**chapters, "text/nav.xhtml": nav}), "issue.epub").found
    titles = ["Berth 1 closes", "Berth 2 closes"] if "</nav>" in nav else [TITLE]
    assert [each.article.title for each in found] == titles


def test_the_number_of_a_chapter_is_not_its_title() -> None:
    chapters = {
        "text/one.xhtml": f"<h2>1</h2><h1>Berth 1 closes</h1>{MARKED}",
        "text/two.xhtml": f"<h1>1984</h1>{MARKED}",
    }
    assert [each.article.title for each in read_all(samples.epub(chapters), "a.epub").found] == [
        "Berth 1 closes",
        "1984",
    ]


def test_a_bad_document_of_a_book_spoils_no_other() -> None:
    deep = "<h1>Deep</h1>" + "<div>" * 400 + BODY
    clippings = read_all(samples.epub({"a.xhtml": f"<h1>{TITLE}</h1>{MARKED}", "b.xhtml": deep}), "b.epub")
    assert [each.article.title for each in clippings.found] == [TITLE]
    assert [(each.name, str(each.reason)) for each in clippings.refused] == [
        ("b.epub#2", "its HTML is nested too deep to be read whole")
    ]


def test_a_locked_book_is_told() -> None:
    import zipfile
    from io import BytesIO

    written = BytesIO(samples.epub())
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("META-INF/rights.xml", "<rights/>")
    with pytest.raises(UnreadableDocument, match="locked to its buyer"):
        read(written.getvalue())
