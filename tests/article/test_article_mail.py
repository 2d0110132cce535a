"""Mails as people send them on, and as bad programs write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.domain.model import Article, Document
from tests.article import samples
from tests.article.samples import BODY, PARAGRAPHS, SOURCE, TITLE

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
DAY = datetime(2031, 3, 3, tzinfo=UTC)


def read(data: bytes) -> Article:
    return extract(Document(name="drop.bin", data=data, received=RECEIVED))


def paragraphs(article: Article) -> list[str]:
    return [span.of(article.text) for span in article.paragraphs]


FORWARDED = f"""FYI

---------- Forwarded message ---------
From: {SOURCE} <news@gazette.example>
Date: Mon, 3 Mar 2031 09:30:00 +0000
Subject: {TITLE}
To: Bo Li <bo@desk.example>


{BODY}
"""
OUTLOOK = f"""See below.

-----Ursprüngliche Nachricht-----
Von: {SOURCE} [mailto:news@gazette.example]
Gesendet: 3. März 2031
An: Bo Li
Betreff: {TITLE}

{BODY}

--
Bo Li, desk
"""


UNMARKED = f"""Bitte lesen.

Von: {SOURCE} <news@gazette.example>
Gesendet: Montag, 3. März 2031 09:30
An: Bo Li
Cc: Team
Betreff: {TITLE}

{BODY}
"""
ITALIAN = f"""Da leggere!

---------- Messaggio inoltrato ---------
Da: {SOURCE} <news@gazette.example>
Data: 3/3/2031 09:30
Oggetto: {TITLE}
A: Bo Li

{BODY}
"""
JAPANESE = f"""ご参考まで

差出人: {SOURCE} <news@gazette.example>
日付: 2031-03-03 09:30
件名: {TITLE}
宛先: Bo Li

{BODY}
"""
CHAIN = f"""Look at this.

Begin forwarded message:

> From: Kim Oda <kim@desk.example>
> Subject: Fwd: {TITLE}
> Date: 4 March 2031 at 11:02:10 CET
> To: Bo Li <bo@desk.example>
>
> For you.
>
> ________________________________
> From: Lou Ray <lou@desk.example>
> Sent: Tuesday, March 4, 2031 8:00 AM
> To: Kim Oda
> Subject: FW: {TITLE}
>
> FYI
>
>> -----Original Message-----
>> From: {SOURCE} <news@gazette.example>
>> Sent: Monday, March 3, 2031 9:30 AM
>> To: Lou Ray
>> Subject: {TITLE}
>>
""" + "\n".join(f">> {line}" for line in BODY.split("\n"))


@pytest.mark.parametrize(
    "text",
    [FORWARDED, OUTLOOK, UNMARKED, ITALIAN, JAPANESE, CHAIN],
    ids=["forwarded", "outlook", "unmarked", "italian", "japanese", "chain"],
)
def test_a_forwarded_letter_is_what_it_forwards(text: str) -> None:
    headers = {
        "From": "Bo Li <bo@desk.example>",
        "Subject": "Fwd: look",
        "Date": "Tue, 04 Mar 2031 09:30:00 +0000",
    }
    article = read(samples.mail(text, headers=headers))
    assert paragraphs(article) == list(PARAGRAPHS)
    assert (article.title, article.source) == (TITLE, SOURCE)
    assert article.published is not None
    assert article.published.date() == DAY.date()


def test_a_head_that_is_set_as_a_table() -> None:
    rows = {
        "Subject: ": TITLE,
        "Date: ": "Mon, 3 Mar 2031 09:30:00 +0000",
        "From: ": f"{SOURCE} &lt;news@gazette.example&gt;",
    }
    head = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows.items())
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = f"<p>For you.</p><div>-------- Forwarded Message --------<table>{head}</table><br>{body}</div>"
    article = read(samples.mail("-", html=html, headers={"From": "Bo Li <bo@desk.example>"}))
    assert (paragraphs(article), article.title, article.source) == (list(PARAGRAPHS), TITLE, SOURCE)


def test_an_article_that_quotes_a_letter_is_read_whole() -> None:
    quoted = "From: Ada Quill\nTo: Bo Li\nDate: 1 March 2031\nSubject: The bridge\n\nNobody is to hear of this before Monday."
    article = read(samples.mail(f"{BODY}\n\n{quoted}\n\n{PARAGRAPHS[0]}"))
    assert paragraphs(article)[:4] == list(PARAGRAPHS)
    assert article.text.endswith(PARAGRAPHS[0])


@pytest.mark.parametrize(
    ("header", "source"),
    [
        ('From: "Averner =?utf-8?q?K=C3=BCstenblatt"?= <brief@blatt.example>', "Averner Küstenblatt"),
        ("From: Averner Küstenblatt <brief@blatt.example>", "Averner Küstenblatt"),
        ("From: =?x-unknown?q?Blatt?= <brief@blatt.example>", "Blatt"),
        ("From: Ada Quill from The Rust Post <rustpost@mail.example>", "The Rust Post"),
        ("From: Ada Quill from Cape Norrin <news@mail.example>", "Ada Quill from Cape Norrin"),
    ],
)
def test_the_sender_of_a_list(header: str, source: str) -> None:
    head = f"To: desk@desk.example\n{header}\nDate: Mon, 3 Mar 2031 09:30:00 +0000\nSubject: {TITLE}\nList-Id: <list.mail.example>\n"
    article = read(f"{head}Content-Type: text/plain; charset=utf-8\n\n{BODY}\n".encode())
    assert (article.source, article.title) == (source, TITLE)
