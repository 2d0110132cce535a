"""Letters: what is read in them, whatever the message says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from bot.chat.email.envelope import sealed
from bot.chat.email.letter import LONGEST_SUBJECT, render
from bot.chat.email.settings import EmailSettings
from bot.domain.events import Payload
from bot.domain.message import (
    Break,
    Button,
    Buttons,
    Heading,
    Items,
    Message,
    Paragraph,
    Quotation,
    Run,
)
from bot.domain.model import Address

SENDER = EmailSettings(
    "localhost", 25, encrypted=False, sender="desk@courier.example", name="The Desk",
    unsubscribe="mailto:desk@courier.example?subject=unsubscribe",
)  # fmt: skip
ADA = Address("email", "ada@reader.example")
NOW = datetime(2031, 3, 4, 8, tzinfo=UTC)

TEXT = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n\0\x1b<>&\"'=:\u202e\u2028🚢"),
    max_size=80,
)
URL = (
    st.none()
    | st.just("https://courier.example/a?b=c&d=e#:~:text=one%2C%20two")
    | TEXT.map(lambda text: f"https://{text}")
)
RUN = st.builds(Run, TEXT, st.sampled_from(["plain", "strong", "quiet", "marked", "code"]), URL)
RUNS = st.lists(RUN, max_size=4).map(tuple)
BLOCK = st.one_of(
    st.builds(Heading, RUNS, st.sampled_from([1, 2])),
    st.builds(Paragraph, RUNS, st.booleans()),
    st.builds(Items, st.lists(RUNS, max_size=3).map(tuple)),
    st.builds(Quotation, TEXT, st.none() | TEXT, st.none() | TEXT, st.none() | TEXT),
    st.just(Break()),
    st.just(Buttons((Button("More", "more", "1:2"),))),
)
MESSAGE = st.lists(BLOCK, max_size=6).map(lambda blocks: Message(tuple(blocks)))
HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "List-Id", "List-Unsubscribe",
    "Auto-Submitted", "Content-Type", "MIME-Version",
]  # fmt: skip


def read(payload: Payload, key: str = "k", to: Address = ADA) -> EmailMessage:
    _, data = sealed(payload, to, key=key, sender=SENDER, now=NOW)
    letter = message_from_bytes(data, policy=default)
    assert isinstance(letter, EmailMessage)
    return letter


def only(message: Message) -> Payload:
    (payload,) = render(message)
    return payload


def a_digest(title: str = "The morning digest", *blocks: Heading | Paragraph | Buttons) -> Message:
    return Message((Heading((Run(title),), level=1), *blocks))


@given(MESSAGE)
def test_a_letter_is_read_as_it_was_written(message: Message):
    for payload in render(message):
        _, data = sealed(payload, ADA, key="k", sender=SENDER, now=NOW)
        assert data.isascii()
        assert max(map(len, data.split(b"\r\n"))) <= 998
        assert b"\n" not in data.replace(b"\r\n", b"")
        letter = read(payload)
        assert sorted(letter.keys()) == sorted(HEADERS)  # no title makes another header
        written = json.loads(payload.body)
        for kind in ("plain", "html"):
            part = letter.get_body((kind,))
            assert part is not None
            assert not part.defects
            words = written["text" if kind == "plain" else kind].split()
            assert part.get_content().split() == words
        assert " ".join(str(letter["Subject"]).split()) == " ".join(written["subject"].split())


@given(MESSAGE)
def test_the_page_holds_the_words_of_the_text_and_no_tag_of_a_stranger(message: Message):
    for payload in render(message):
        written = json.loads(payload.body)
        page = html.document_fromstring(written["html"])
        tags = {element.tag for element in page.iter()}
        assert tags <= {
            "html", "head", "meta", "title", "body", "div", "h1", "h2", "p", "ul", "li", "blockquote", "br", "span",
            "a", "b", "code",
        }  # fmt: skip
        for link in page.iter("a"):
            assert set(link.keys()) == {"href", "style"}
            assert link.get("href").startswith(("http://", "https://"))
            assert "@" not in link.get("href").split("/")[2]


def test_one_subject_is_one_thread_of_a_reader():
    first, second = (read(only(a_digest()), key) for key in ("monday", "tuesday"))
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    other = read(only(a_digest("The evening digest")), "monday")
    elsewhere = read(only(a_digest()), "monday", Address("email", "ben@reader.example"))
    assert len({one["References"] for one in (first, other, elsewhere)}) == 3
    assert first["List-Id"] == "<the-morning-digest.courier.example>"
    assert first["List-Unsubscribe"] == "<mailto:desk@courier.example?subject=unsubscribe>"


def test_two_subscriptions_of_one_subject_are_two_threads():
    digests = [only(replace(a_digest(), series=series)) for series in ("a", "b", "a")]
    one, other, later = (read(payload, key) for payload, key in zip(digests, "xyz", strict=True))
    assert one["References"] == one["In-Reply-To"] == later["References"] != other["References"]
    assert one["List-Id"] == later["List-Id"] != other["List-Id"]
    assert one["Subject"] == other["Subject"]
    corrected = read(only(replace(a_digest("A correction"), series="a")), "w")
    assert corrected["References"] == one["References"]


def test_a_repeat_is_the_same_letter():
    assert read(only(a_digest()))["Message-ID"] == read(only(a_digest()))["Message-ID"]


@pytest.mark.parametrize(
    "title",
    [
        "Ferries\r\nBcc: everybody@bad.example",
        "Brücke über die Tambermündung öffnet 🚢" * 3,
        "港の橋が九週間ぶりに開通",
    ],
)
def test_a_hostile_or_foreign_title_is_a_subject(title: str):
    letter = read(only(a_digest(title)))
    assert letter["Bcc"] is None
    assert str(letter["Subject"]) == " ".join(title.split())


def test_a_long_title_is_cut():
    subject = str(read(only(a_digest("word " * 400)))["Subject"])
    assert len(subject) <= LONGEST_SUBJECT + 1
    assert subject.endswith("…")


def test_there_is_no_letter_without_words():
    assert render(Message((Buttons((Button("More", "more", "1"),)), Break(), Paragraph((Run(" "),))))) == ()


def test_a_list_of_a_title_that_no_address_can_say_has_a_name_of_its_own():
    one, other = (read(only(a_digest(title)))["List-Id"] for title in ("朝のまとめ", "夕のまとめ"))
    assert one != other


def test_a_numbered_list_has_its_numbers():
    body = json.loads(render(Message((Items(((Run("Bees"),), (Run("Moths"),)), 11),)))[0].body)
    assert "11. Bees\n12. Moths" in body["text"]
    assert '<ol start="11"' in body["html"]
