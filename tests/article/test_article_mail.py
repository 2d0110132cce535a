"""Mails as people send them on, and as bad programs write them."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.formats.forwarded import answered
from bot.article.formats.mail import without_targets
from bot.article.left_out import left_out
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
FINNISH = f"""Lähettäjä: {SOURCE} <news@gazette.example>
Lähetetty: 3.3.2031 9.30
Vastaanottaja: Bo Li
Aihe: {TITLE}

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
    [FORWARDED, OUTLOOK, UNMARKED, ITALIAN, JAPANESE, FINNISH, CHAIN],
    ids=["forwarded", "outlook", "unmarked", "italian", "japanese", "finnish", "chain"],
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


@pytest.mark.parametrize("charset", ["iso-8859-1", "us-ascii"])
def test_a_letter_called_latin_has_the_marks_of_windows(charset: str) -> None:
    head = f"From: news@gazette.example\nSubject: {TITLE}\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    text = f"{BODY}\n\nThe council’s bridge – “a low one” – stays shut until the spring, said the mayor."
    assert read(head.encode() + text.encode("cp1252")).text == text


LETTER = "From: a@quay.example\nSubject: The pool is sold\nDate: Thu, 19 Nov 2026 06:30:00 +0000\n"
SOLD = "The council has sold the old swimming pool to a brewery, which wants to keep the tiles and the clock."
OPENS = "It opens in May, and the first beer is free for whoever learned to swim there before the war."


@pytest.mark.parametrize("mark", ["--", "-- "])
def test_a_signature_is_told_of_and_no_part_of_the_article(mark: str) -> None:
    document = Document(
        name="a.eml",
        data=f"{LETTER}\n{SOLD}\n\n{OPENS}\n\n{mark}\nAda Quist\nThe Quay, desk 4\n".encode(),
        received=RECEIVED,
    )
    article = extract(document)
    assert paragraphs(article) == [SOLD, OPENS]
    (told,) = left_out(document, article)
    assert "Ada Quist" in told.text


def test_what_stands_above_a_forwarded_letter_is_told_of() -> None:
    head = "---------- Forwarded message ---------\nFrom: B <b@quay.example>\nDate: Wed, 18 Nov 2026\nSubject: Sold\n"
    data = f"{LETTER}\nFor tomorrow, please, with a picture.\n\n{head}\n{SOLD}\n\n{OPENS}\n".encode()
    document = Document(name="a.eml", data=data, received=RECEIVED)
    assert "For tomorrow, please, with a picture." in {
        one.text for one in left_out(document, extract(document))
    }


def test_text_below_a_rule_is_no_signature() -> None:
    article = read(f"{LETTER}\n{SOLD}\n\n--\n\n{OPENS}\n".encode())
    assert OPENS in paragraphs(article)


def test_the_plain_part_is_read_without_the_addresses_that_only_its_links_have() -> None:
    shown = "The rules are at https://quay.example/rules for all to read."
    plain = f"{SOLD.replace('brewery', 'brewery [https://t.example/1]')}\n\n{OPENS}\n\n{shown}"
    html = f"<p>{SOLD.replace('brewery', '<a href=https://t.example/1>brewery</a>')}</p><p>{OPENS}</p><p>{shown}</p>"
    parts = "".join(
        f"--x\nContent-Type: text/{kind}\n\n{text}\n" for kind, text in (("plain", plain), ("html", html))
    )
    letter = f"{LETTER}Content-Type: multipart/alternative; boundary=x\n\n{parts}--x--\n"
    assert paragraphs(read(letter.encode())) == [SOLD, OPENS, shown]


def test_each_of_many_links_is_looked_for_once() -> None:
    """In all that the HTML shows each took so long that a letter of 2 MB took a minute."""
    plain = " ".join(f"word (https://t.example/{number}/{'x' * 40})" for number in range(16_000))
    shown = " ".join(f"https://quay.example/{number}/{'x' * 40}" for number in range(16_000))
    started = time.process_time()
    assert "https" not in without_targets(plain, shown)
    assert time.process_time() - started < 0.5


def test_what_is_long_below_a_rule_is_looked_at_once() -> None:
    words = "ab " * 30_000  # an expression for a sentence took 70 seconds
    assert paragraphs(read(f"{LETTER}\n{SOLD}\n\n--\n\n{words}\n".encode()))[0] == SOLD


ATTRIBUTIONS = (
    "On Sun, 2 Mar 2031 at 10:00, Bo Li <bo@desk.example> wrote:",
    "On Sunday, 2 March 2031 at 10:00:11 CET, Bo Li of the night desk\n<bo@desk.example> wrote:",
    "Am 02.03.2031 um 10:00 schrieb Bo Li <bo@desk.example>:",
    "Le dim. 2 mars 2031 à 10:00, Bo Li a écrit :",
    "El dom, 2 mar 2031 a las 10:00, Bo Li escribió:",
)


@pytest.mark.parametrize("line", ATTRIBUTIONS)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_the_letter_that_a_letter_answers_is_beside_it(line: str, mark: str) -> None:
    data = samples.mail(f"{BODY}\n\n{line}\n\n{mark}Did you see the bridge? I would run it.\n{mark}Bo\n")
    article = read(data)
    assert paragraphs(article) == list(PARAGRAPHS)
    told = " ".join(
        one.text for one in left_out(Document(name="drop.bin", data=data, received=RECEIVED), article)
    )
    assert "I would run it." in told


def test_a_few_words_over_a_quoted_letter_send_it_on() -> None:
    quoted = "\n".join(f"> {line}" for line in BODY.split("\n"))
    assert paragraphs(read(samples.mail(f"For the desk.\n\n{ATTRIBUTIONS[0]}\n{quoted}\n"))) == list(
        PARAGRAPHS
    )


@pytest.mark.parametrize(
    "unit", ["On 1 wrote ", "On 1 schrieb\n", "Am 1 schrieb a", "Le 1\n", "On 1 " + "x" * 190 + "\n"]
)
def test_rows_like_attributions_are_read_at_once(unit: str) -> None:
    start = time.process_time()
    answered(unit * (100_000 // len(unit)))
    assert time.process_time() - start < 1


def test_a_header_that_breaks_its_parser_costs_no_letter() -> None:
    """Nor does one in a letter within: each header here raised in :mod:`email`, and the whole mail was refused."""
    for odd in ("Subject: =?é?q?x?=", "From: <a@[", 'From: "" <@', 'From: "', "From: text/html@"):
        letter = samples.mail().decode().replace("From:", f"{odd}\nFrom:", 1).encode()
        assert paragraphs(read(letter)) == list(PARAGRAPHS), odd
    within = f"Sender: <a@[ {'x' * 80}\nFrom: Ada <ada@quill.example>\nSubject: x\n\n{BODY}"
    letter = f"From: Bo <bo@quill.example>\nTo: d@desk.example\nSubject: FYI\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\nContent-Type: message/rfc822\n\n{within}\n--b--\n"
    assert paragraphs(read(letter.encode())) == list(PARAGRAPHS)
