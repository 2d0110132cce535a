"""Exports of Nexis, Factiva and ProQuest: each article by itself, under its own outlet and day."""

from __future__ import annotations

import contextlib
import io
import time
from datetime import UTC, datetime

import docx
import pytest

from bot.article.extract import extract_all
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document

RECEIVED = datetime(2031, 6, 1, tzinfo=UTC)
FERRY = "The ferry to Ostley sailed again on Monday after nine weeks of repairs to its engine."
SAID = '"We had two boats and three crews," said Ida Brandt, the harbour master.'
BRIDGE = "The second bridge opens in May, a month late, its builder said on Wednesday."

NEXIS = f"""\ufeff
Date and Time: Thursday, 6 March 2031 09:31:00 CET
Documents (2)
1. Ferry to Ostley sails again after nine weeks
Client/Matter: -None-
Search Terms: ferry
2. Second bridge is late

Ferry to Ostley sails again after nine weeks
The Ostley Courier (Harbour Edition)
March 4, 2031 Tuesday 9:33 AM GMT

Copyright 2031 Ostley Press Ltd. All Rights Reserved

Section:\xa0NEWS; Pg. 4
Length:\xa0212 words
Byline:\xa0Mara Quill;Tomas Hale
Highlight:\xa0Two boats stood in while the engine was away
Body

{FERRY}

{SAID}

Load-Date:\xa0March 5, 2031

End of Document

Second bridge is late
Harbour Post
March 5, 2031 Wednesday

Length: 90 words
Body

{BRIDGE}

Graphic

A crane above the bridge

Classification

Language: ENGLISH

End of Document
"""
OLD_NEXIS = f"""
Download Request: All Documents: 1-2
Terms: ferry

                               1 of 2 DOCUMENTS


              Copyright 2031 Ostley Press Ltd.
                     All Rights Reserved

                 The Ostley Courier (Harbour)

                    March 4, 2031 Tuesday
                        Late Edition

SECTION: NEWS; Pg. 4

LENGTH: 212  words

HEADLINE: Ferry to Ostley sails again
after nine weeks

BYLINE: Mara Quill;Tomas Hale, 555-010-0199; Bo Marsh contributed reporting from Tarn.

HIGHLIGHT: Two boats stood in while the engine was away

BODY:

{FERRY}

{SAID}

LANGUAGE: ENGLISH

SUBJECT: FERRIES (90%); ISLANDS (80%)

LOAD-DATE: March 5, 2031

                               2 of 2 DOCUMENTS

                          Harbour Post

              Distributed by Ostley Content Agency

                   March 5, 2031 Wednesday

Second bridge is late

LENGTH: 90 words

{BRIDGE}

LOAD-DATE: March 5, 2031
"""
FACTIVA_CODES = f"""
SE        News
HD        Ferry to Ostley sails again after nine weeks
BY        By Mara Quill and Tomas Hale
WC        212 words
PD        4 March 2031
ET        05:12
SN        The Ostley Courier
SC        OSTC
LA        English
CY        (c) 2031 Ostley Press Ltd.

LP        {FERRY}

TD        {SAID}

CO        ostfer : Ostley Ferries
AN        Document OSTC000020310304e73400001

HD
Second bridge is late
WC
90 words
PD
5 March 2031
SN
Harbour Post
LP
{BRIDGE}
AN
Document HARP000020310305e73500002
"""
FACTIVA = f"""
News
Ferry to Ostley sails again after nine weeks
By Mara Quill and Tomas Hale
212 words
4 March 2031
05:12
The Ostley Courier
OSTC
3
English
Copyright 2031 Ostley Press Ltd.

{FERRY}

{SAID}

Document OSTC000020310304e73400001

Second bridge is late
90 Wörter
5 März 2031
Harbour Post
HARP
Deutsch
(c) 2031 Harbour Post

{BRIDGE}

Dokument HARP000020310305e73500002

Search Summary
Text: ferry
"""
PROQUEST = f"""
____________________________________________________________

Ferry to Ostley sails again after nine weeks

Author: Quill, Mara; Hale, Tomas

Abstract: Two boats stood in.

Full text: {FERRY}

{SAID}

Subject: Ferries; Islands

Title: Ferry to Ostley sails again after nine weeks

Publication title: The Ostley Courier; Ostley

Publication date: Mar 4, 2031

Section: News

ProQuest document ID: 1234567890

____________________________________________________________

Second bridge is late

Full text: {BRIDGE}

Title: Second bridge is late

Publication title: Harbour Post

Publication date: Mar 5, 2031

ProQuest document ID: 1234567891

____________________________________________________________

Contact ProQuest
"""
EXPORTS = {"nexis": NEXIS, "old nexis": OLD_NEXIS, "factiva codes": FACTIVA_CODES, "factiva": FACTIVA, "proquest": PROQUEST}  # fmt: skip


def as_word(text: str) -> bytes:
    document = docx.Document()
    for line in text.strip("\ufeff").split("\n"):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_rich_text(text: str) -> bytes:
    lines = (f"\\pard {line}\\par" for line in text.strip("\ufeff").split("\n"))
    return ("{\\rtf1\\ansi " + "\n".join(lines) + "}").encode("cp1252", "replace")


def told(data: bytes, name: str = "export.txt") -> list[tuple[str, ...]]:
    return [
        (
            one.name,
            one.article.title or "",
            one.article.source or "",
            one.article.published.date().isoformat() if one.article.published else "",
            one.article.byline or "",
            one.article.text,
        )
        for one in extract_all(Document(name, data, RECEIVED)).found
    ]


@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize("written", [str.encode, as_word, as_rich_text])
def test_an_export_is_its_articles(kind: str, written) -> None:
    assert told(written(EXPORTS[kind])) == [
        (
            "export.txt#1",
            "Ferry to Ostley sails again after nine weeks",
            "The Ostley Courier",
            "2031-03-04",
            "Mara Quill and Tomas Hale" if "factiva" in kind else "Mara Quill, Tomas Hale",
            f"{FERRY}\n\n{SAID}",
        ),
        ("export.txt#2", "Second bridge is late", "Harbour Post", "2031-03-05", "", BRIDGE),
    ]


def test_an_export_tells_standfirst_and_section() -> None:
    for text in (NEXIS, OLD_NEXIS):
        first = extract_all(Document("a.txt", text.encode(), RECEIVED)).found[0].article
        assert (first.standfirst, first.section) == ("Two boats stood in while the engine was away", "NEWS")


def test_an_article_without_its_text_is_refused_and_the_others_are_read() -> None:
    read = extract_all(Document("a.txt", PROQUEST.replace(BRIDGE, "Not available.").encode(), RECEIVED))
    assert [one.name for one in read.found] == ["a.txt#1"]
    assert [error.name for error in read.refused] == ["a.txt#2"]


def test_what_stands_above_an_accession_number_is_kept_without_its_fields_where_they_are_not_told() -> None:
    bare = FACTIVA.replace("90 Wörter\n5 März 2031\n", "")
    (_, second) = told(bare.encode())
    assert BRIDGE in second[-1]


@pytest.mark.parametrize(
    "text",
    [
        f"Files of the ferry\n\n{FERRY}\n\n{SAID}\n\nHe had read 3 of 25 DOCUMENTS by then.\n\nLength: 12 words\n\n{BRIDGE}",
        f"How exports end\n\n{FERRY}\n\nEnd of Document\n\n{SAID} {BRIDGE}",
        f"How databases count\n\n{FERRY}\n\nProQuest document ID: 12\n\n{SAID} {BRIDGE}",
        f"How articles are filed\n\n{FERRY}\n\nDocument OSTC000020310304e73400001\n\n{SAID} {BRIDGE}",
    ],
)
def test_an_article_about_exports_is_one_article(text: str) -> None:
    ((name, *_, body),) = told(text.encode())
    assert name == "export.txt"
    assert FERRY in body
    assert BRIDGE in body


@pytest.mark.parametrize(
    "token",
    ["Length: 9 words\n", "End of Document\n", "1 of 2 DOCUMENTS\n", "Byline:\n", "HD\n", "AN\n", "LP  a\n", "9 words\n4 March 2031\n",
     "Document OSTC000020310304e73400001\n", "Full text: a\n", "ProQuest document ID: 1\n", "_" * 30 + "\n", "4 March 2031\n", "(", "; "],
)  # fmt: skip
def test_a_hundred_kilobytes_of_what_exports_have_take_no_time(token: str) -> None:
    ends = "\nLength: 9 words\nLoad-Date: a\nHD\nLP\nAN\nProQuest document ID: 1\n"
    begun = time.process_time()
    with contextlib.suppress(UnreadableDocument):
        told((token * (100_000 // len(token)) + ends + f"\n\n{FERRY}").encode())
    assert time.process_time() - begun < 5
