"""Bytes to text, lines to paragraphs, datelines, sameness, language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.encoding import decode, tidy
from bot.article.extract import extract
from bot.article.fields.dateline import dateline, sign_off
from bot.article.fields.fingerprint import content_key, fingerprint
from bot.article.fields.language import language
from bot.article.text.blocks import LONGEST, blocks
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Article, Document
from bot.stories.copies import resemblance

GERMAN = "Der Bürgermeister sagte am Dienstag, die Brücke über den Fluß bleibe für elf Monate geschlossen – „leider“."
RUSSIAN = "Мэр заявил во вторник, что мост через реку будет закрыт на одиннадцать месяцев из-за ремонта."


def read(text: str, name: str = "a.txt") -> Article:
    return extract(Document(name=name, data=text.encode(), received=datetime(2031, 3, 5, tzinfo=UTC)))


def paragraphs(text: str, name: str = "a.txt") -> list[str]:
    article = read(text, name)
    return [span.of(article.text) for span in article.paragraphs]


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (GERMAN, "utf-32"),
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-8"),
    ],
)
def test_charset(text: str, charset: str) -> None:
    assert decode(text.encode(charset)) == text


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_a_file_of_wide_characters_without_a_mark(charset: str) -> None:
    title = "Мост через реку закроют на одиннадцать месяцев"
    text = f"{title}\r\n\r\n{RUSSIAN} {RUSSIAN}\r\n"
    page = f"<html><head><title>{title}</title></head><body><p>{RUSSIAN}</p><p>{RUSSIAN}</p></body></html>"
    for data in (text.encode(charset), page.encode(charset)):
        article = extract(Document(name="a", data=data, received=datetime(2031, 3, 5, tzinfo=UTC)))
        assert (article.title, article.text[:40]) == (title, RUSSIAN[:40])


@pytest.mark.parametrize(
    "data", [b"\x00" * 800, b"a b\x00" * 200, bytes(range(256)) * 9, b" \x00\x01\x00" * 90]
)
def test_zeros_alone_make_no_wide_characters(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="a binary file"):
        extract(Document(name="a", data=data, received=datetime(2031, 3, 5, tzinfo=UTC)))


def test_a_damaged_byte_does_not_spoil_the_rest() -> None:
    data = (RUSSIAN * 3).encode()
    assert (decode(data[:100] + b"\xff" + data[100:]) or "").count("\ufffd") <= 2
    assert (decode(data[:-1]) or "").startswith(RUSSIAN)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\r\nb\rc\u2028d\x0ce", "a\nb\nc\nd\ne"),
        ("a\u202eb\u2066c\u200bd\xade\ufefff\x07g", "abcdefg"),
        ("a\u200db", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("a\xa0b\u2009c\td", "a b c d"),
    ],
)
def test_tidy(text: str, clean: str) -> None:
    assert tidy(text) == clean


@given(st.text())
def test_tidy_leaves_nothing_invisible_and_is_stable(text: str) -> None:
    clean = tidy(text)
    assert not {
        c for c in clean if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u200b\u2066"
    }
    assert tidy(clean) == clean


WRAPPED = """The council voted on Monday to close the harbour bridge for eleven months
while its lifting machinery is replaced, and to run a ferry every ten
minutes until midnight.

Shopkeepers on the island said that they feared an empty winter without
visitors who had not planned to come."""


def test_wrapped_lines_become_paragraphs() -> None:
    first, second = (block.text for block in blocks(WRAPPED))
    assert first == (
        "The council voted on Monday to close the harbour bridge for eleven months while its lifting machinery is "
        "replaced, and to run a ferry every ten minutes until midnight."
    )
    assert second.startswith("Shopkeepers on the island")
    assert second.endswith("an empty winter without visitors who had not planned to come.")


def test_lines_without_empty_lines_between_are_paragraphs() -> None:
    lines = [
        "The council voted on Monday to close the bridge.",
        "Ferries will run until midnight.",
        "It opens in March.",
    ]
    assert paragraphs("\n".join(lines)) == lines


@given(st.text(alphabet="ab .\n", max_size=300))
def test_no_word_is_lost_between_lines_and_blocks(text: str) -> None:
    assert " ".join(block.text for block in blocks(text)).split() == text.split()


def test_a_huge_line_is_cut_at_a_space() -> None:
    found = blocks("word " * 20_000)
    assert all(len(block.text) <= LONGEST for block in found)
    assert sum(block.text.count("word") for block in found) == 20_000


@pytest.mark.parametrize(
    ("paragraph", "left", "agency"),
    [
        ("VESTERBY - The bridge closes.", "The bridge closes.", None),
        ("VESTERBY, March 3 (Kestrel) -- The bridge closes.", "The bridge closes.", "Kestrel"),
        ("Port Vale (KPA) – The bridge closes.", "The bridge closes.", "KPA"),
        ("New Halden, 3 March (KPA): The bridge closes.", "The bridge closes.", "KPA"),
        ("5 Mar. (KESTREL PRESS) – The bridge closes.", "The bridge closes.", "KESTREL PRESS"),
        ("(Kestrel) - The bridge closes.", "The bridge closes.", "Kestrel"),
        ("PORT VALE ECHO via KPA — The bridge closes.", "The bridge closes.", "KPA"),
        ("Vesterby: The bridge closes.", "The bridge closes.", None),
    ],
)
def test_dateline(paragraph: str, left: str, agency: str | None) -> None:
    found = dateline(paragraph, "Crowds in Vesterby watched.")
    assert found is not None
    assert (paragraph[found.end :], found.agency) == (left, agency)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Brandt: We have run out of patches.",
        "Analysis: The bridge closes.",
        "The bridge - old and rusty - closes.",
        "In 2019 (the year of the flood) the bridge closed.",
        "COVID-19 closed the bridge.",
    ],
)
def test_no_dateline(paragraph: str) -> None:
    assert dateline(paragraph, "Analysis follows. Brandt said so. Brandt: never.") is None


@pytest.mark.parametrize(
    ("line", "name"),
    [("--HNS", "HNS"), ("– harbour bureau", "harbour bureau"), ("(kpa)", "kpa"), ("The end.", None)],
)
def test_sign_off(line: str, name: str | None) -> None:
    assert sign_off(line, bullet=False) == name


NEWS = [
    "The harbour bridge will close for eleven months, the city council decided on Monday.",
    "Ferries will cross every ten minutes until midnight, and they will be free of charge.",
    "“Readers who subscribe to our theory,” said Pell, “will also register the cost of it.”",
]


@pytest.mark.parametrize(
    "line",
    [
        "People who register to vote by email must sign up with the council, which sends a letter to each of them.",
        "The ministry said that the site uses cookies to follow visitors and may not be published again this year.",
        "“Follow us on the ferry,” the mayor said, and the crowd of about two hundred people followed her on board.",
        "Petra Oduya is a former reporter who has led the miners’ union for twenty years and knows each of its members.",
    ],
)
def test_boilerplate_words_inside_the_news_stay(line: str) -> None:
    assert line in paragraphs("\n\n".join([NEWS[0], line, NEWS[1], NEWS[2]]))


def test_a_question_on_top_is_the_headline() -> None:
    article = read("Who will pay for the new harbour bridge?\n\n" + "\n\n".join(NEWS))
    assert article.title == "Who will pay for the new harbour bridge?"
    assert article.text.startswith("The harbour bridge will close")


def test_named_fields_without_a_fence() -> None:
    article = read("Title: Bridge closes\nDate: 2031-03-04\nURL: javascript:alert(1)\n\n" + "\n\n".join(NEWS))
    assert article.title == "Bridge closes"
    assert article.published == datetime(2031, 3, 4, tzinfo=UTC)
    assert article.url is None


def test_no_title_is_invented() -> None:
    assert read("\n\n".join(NEWS)).title is None


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("Port Gazette\n\nBridge to close in April\n3 March 2031", "Port Gazette"),
        ("The Norhaven Science Weekly > Sea\n\nBridge to close in April", "The Norhaven Science Weekly"),
        ("Local News\n\nBridge to close in April", None),
        ("Bridge to close in April\n\nSource: Harbour Board", "Harbour Board"),
        ("Bridge to close in April | Port Gazette\n\nBridge to close in April", "Port Gazette"),
    ],
)
def test_source(head: str, source: str | None) -> None:
    assert read(head + "\n\n" + "\n\n".join(NEWS)).source == source


TEXTS = st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Zs", "Po"]), max_size=200)


@given(TEXTS)
def test_content_key_ignores_case_spacing_and_punctuation(text: str) -> None:
    assert content_key(text) == content_key("  " + text.replace(" ", "\n ") + " …")
    assert content_key("The bridge, “closes”.") == content_key("the BRIDGE closes")


def test_content_key_sees_words() -> None:
    assert content_key("the bridge closes") != content_key("the bridge opens")


@given(TEXTS)
def test_fingerprint_is_a_sketch(text: str) -> None:
    found = fingerprint(text, k=8)
    assert len(found) <= 8
    assert list(found) == sorted(set(found))
    assert resemblance(found, found) == (1.0 if found else 0.0)
    assert found == fingerprint(text)[:8]


def test_resemblance_follows_shared_words() -> None:
    words = [f"word{number}" for number in range(400)]
    whole, trimmed = fingerprint(" ".join(words)), fingerprint(" ".join(words[:360]))
    other = fingerprint(" ".join(reversed(words)))
    assert resemblance(whole, trimmed) > 0.75
    assert resemblance(whole, other) < 0.05


@pytest.mark.parametrize(
    ("text", "code"),
    [(GERMAN, "de"), (RUSSIAN, "ru"), (NEWS[0], "en"), ("Bridge", None), ("12 34 56 78 90", None)],
)
def test_language(text: str, code: str | None) -> None:
    assert language(text) == code
