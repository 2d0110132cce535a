"""Documents of several articles that are told by what they look like: chats that were exported, pages of posts."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bot.article.extract import Clipping, extract_all
from bot.article.unpack import unpack
from bot.domain.model import Document

RECEIVED = datetime(2031, 3, 20, tzinfo=UTC)
FERRY = [
    "The harbour board of Tarn Vale decided on Monday to close the old ferry terminal after forty years of service.",
    "About three hundred people work there, and each of them will be offered a place at the new terminal in Port Vantry.",
    "Residents have until the end of April to comment on the plan, which the council will discuss at its next meeting.",
]
HALL = [
    "The market hall of Norrin will be rebuilt after the fire in January, the mayor said, and traders may return in winter.",
    "Insurance covers most of the damage, which experts put at two million, while the town pays for the roof and doors.",
    "Traders welcomed the decision and asked for a tent on the square until the works are done, as many earn nothing now.",
]
STORM = [
    "A storm took the wooden pier of Quarrel Bay in the night to Sunday, and left forty boats without a place to land.",
    "Nobody was hurt, the coast guard said, but two houses by the water lost their roofs and the road was closed.",
    "The council wants to rebuild the pier in stone, which would take until autumn and cost about three million.",
]
TITLES = ("Ferry terminal to close", "Market hall to be rebuilt", "Storm takes the pier of Quarrel Bay")


def read(text: str, name: str = "chat.txt") -> tuple[Clipping, ...]:
    return extract_all(Document(name, text.encode(), RECEIVED)).found


@pytest.mark.parametrize(
    ("one", "two", "three", "day"),
    [
        ("13/03/2031, 08:02 - ", "13/03/2031, 08:05 - ", "13/03/2031, 08:07 - ", "2031-03-13"),
        ("3/13/31, 8:02 AM - ", "3/13/31, 8:05 AM - ", "3/13/31, 8:07 PM - ", "2031-03-13"),
        ("\u200e[13.03.31, 08:02:10] ", "[13.03.31, 08:05:12] ", "[13.03.31, 08:07:11] ", "2031-03-13"),
        ("[3/13/31, 8:02:10\u202fAM] ", "[3/13/31, 8:05:12\u202fAM] ", "[3/13/31, 8:07:11\u202fPM] ", "2031-03-13"),
        ("[2031/3/13 08:02:10] ", "[2031/3/13 08:05:12] ", "[2031/3/13 08:07:11] ", "2031-03-13"),
        ("3/4/31, 08:02 - ", "3/4/31, 08:05 - ", "3/4/31, 08:07 - ", None),
    ],
)  # fmt: skip
def test_each_long_message_of_a_chat_is_an_article(one: str, two: str, three: str, day: str | None) -> None:
    notice = f"{one}Messages and calls are end-to-end encrypted.\n" if " - " in one else ""
    found = read(
        f"{notice}{one}Osric Thane: *{TITLES[0]}*\n\n{FERRY[0]}\n{FERRY[1]}\n\n_{FERRY[2]}_\n{two}Perrin Lock: <Media omitted>\n"
        f"{three}~ Perrin Lock: {TITLES[1]}\n\n" + "\n\n".join(HALL) + f"\nhttps://echo.example/hall\n{three}Osric Thane: thanks!\n"
    )  # fmt: skip
    assert [(each.article.title, each.article.text.split("\n\n")) for each in found] == [
        (TITLES[0], FERRY),
        (TITLES[1], HALL),
    ]
    days = [each.article.published.date().isoformat() if each.article.published else None for each in found]
    assert days == [day, day]
    assert [each.article.url for each in found] == [None, "https://echo.example/hall"]


def test_what_no_article_of_a_chat_holds_is_told_beside_it() -> None:
    head = "13/03/2031, 08:02 - "
    text = (
        f"{head}Osric Thane: look\n{head}Ada: {TITLES[0]}\n\n"
        + "\n\n".join(FERRY)
        + f"\n{head}Osric Thane: thanks!\n"
    )
    (one,) = unpack(Document("chat.txt", text.encode(), RECEIVED)).documents
    assert b'"above": "look"' in one.data
    assert b'"below": "thanks!"' in one.data


@pytest.mark.parametrize(
    "text",
    [
        f"13/03/2031, 08:02 - The board meets.\n\n{FERRY[0]}\n\n{FERRY[1]}\n\n{FERRY[2]}",
        f"{TITLES[0]}\n\n{FERRY[0]}\n\n13/03/2031, 08:02 - Ada: {FERRY[1]}\n\n13/03/2031, 08:03 - Ada: {FERRY[2]}",
    ],
)
def test_a_text_with_a_day_and_a_time_is_no_chat(text: str) -> None:
    (found,) = read(text)
    assert FERRY[1] in found.article.text
    assert FERRY[2] in found.article.text


def exported(*messages: str) -> str:
    return (
        "<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class='page_wrap'>"
        '<div class="page_header"><div class="content"><div class="text bold">\nTarn Vale Echo\n</div></div></div>'
        '<div class="page_body chat_page"><div class="history"><div class="message service" id="message-1"><div class="body details">13 March 2031</div></div>'
        + "".join(messages)
        + "</div></div></div></body></html>"
    )  # fmt: skip


def message(sender: str, inside: str, sent: str = "13.03.2031 08:02:10 UTC+01:00") -> str:
    name = f'<div class="from_name">\n{sender}\n</div>' if sender else ""
    return (
        f'<div class="message default clearfix{"" if sender else " joined"}" id="message7"><div class="body">'
        f'<div class="pull_right date details" title="{sent}">08:02</div>{name}{inside}</div></div>'
    )


def text_of(title: str, paragraphs: list[str], link: str = "") -> str:
    return f'<div class="text">\n<strong>{title}</strong><br><br>{"<br><br>".join(paragraphs)}{link}</div>'


def test_each_long_message_of_an_exported_channel_is_an_article() -> None:
    forwarded = (
        '<div class="forwarded body"><div class="from_name">\nNorrin News <span class="date details" title="12.03.2031 20:00:00 UTC+01:00">20:00</span></div>'
        f"{text_of(TITLES[1], HALL)}</div>"
    )
    page = exported(
        message("Tarn Vale Echo", text_of(TITLES[0], FERRY, "<br><br><a href='https://echo.example/ferry'>Read</a>")),
        message("", '<div class="text">Good morning!</div>'),
        message("", forwarded),
        message("Ada", text_of(TITLES[2], STORM), "13.03.2031 09:00:00"),
    )  # fmt: skip
    said = [
        (one.title, one.source, one.published and one.published.isoformat(), one.url)
        for one in (each.article for each in read(page, "messages.html"))
    ]
    assert said == [
        (TITLES[0], "Tarn Vale Echo", "2031-03-13T07:02:10+00:00", "https://echo.example/ferry"),
        (TITLES[1], "Norrin News", "2031-03-12T19:00:00+00:00", None),
        (TITLES[2], None, "2031-03-13T00:00:00+00:00", None),
    ]


def post(title: str, paragraphs: list[str], level: str = "h2") -> str:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"<article><header><{level}><a href='/{title[:5].lower()}'>{title}</a></{level}><time datetime='2031-03-13'>13 March</time></header>{body}</article>"


def page_of(posts: str, head: str = "") -> str:
    return (
        f"<html><head><title>Archive of March - Tarn Vale Letters</title><meta property='og:site_name' content='Tarn Vale Letters'>"
        f"<link rel='canonical' href='https://letters.example/march'>{head}</head><body><h1>Archive of March</h1>{posts}</body></html>"
    )


POSTS = "".join(post(title, text) for title, text in zip(TITLES, (FERRY, HALL, STORM), strict=True))


def test_each_whole_post_of_a_page_is_an_article() -> None:
    found = [each.article for each in read(page_of(POSTS), "march.html")]
    assert [(one.title, one.text.split("\n\n")) for one in found] == [
        (TITLES[0], FERRY),
        (TITLES[1], HALL),
        (TITLES[2], STORM),
    ]
    assert found[0].url == "https://letters.example/ferry"
    assert {(one.source, str(one.published)[:10]) for one in found} == {("Tarn Vale Letters", "2031-03-13")}


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page_of(POSTS, "<meta property='og:type' content='article'>"), id="it says so"),
        pytest.param(page_of(POSTS).replace("Archive of March -", f"{TITLES[0]} -"), id="its title"),
        pytest.param(
            page_of(
                post(TITLES[0], FERRY, "h1") + post(TITLES[1], HALL, "h3") + post(TITLES[2], STORM, "h3")
            ),
            id="a heading of its own",
        ),
        pytest.param(
            page_of(post(TITLES[0], FERRY) + "".join(post(one, [HALL[0]]) for one in TITLES)), id="teasers"
        ),
        pytest.param(page_of(post(TITLES[0], FERRY) + post(TITLES[1], HALL)), id="two"),
    ],
)
def test_a_page_with_other_articles_beside_its_own_is_one(page: str) -> None:
    assert len(unpack(Document("page.html", page.encode(), RECEIVED)).documents) == 1


@pytest.mark.parametrize(
    "piece", ["1/1/31, 08:02 - ", "[1.1.31, 08:02] a:", "*a", "1/1/31, ", "<article>", "~ "]
)
def test_many_marks_of_either_take_no_longer(piece: str) -> None:
    start = time.process_time()
    for head in ("1/1/31, 08:02 - A: b\n", "<html><article><article><article>"):
        unpack(Document("many", (head + piece * (100_000 // len(piece))).encode(), RECEIVED))
    assert time.process_time() - start < 2.0
