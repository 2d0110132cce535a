"""The agency: told where a document credits one, and never taken for a person, a region or the outlet itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.extract import extract
from bot.article.fields import agencies
from bot.domain.model import Article, Document
from tests.article import samples
from tests.article.samples import BODY, PARAGRAPHS, SOURCE, TITLE

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)


def read(data: bytes | str) -> Article:
    return extract(Document("drop.bin", data.encode() if isinstance(data, str) else data, RECEIVED))


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("Reuters", "Reuters"),
        ("By Ada Quill, Reuters", "Reuters"),
        ("By ADA QUILL, Associated Press", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("Ada Quill, AP National Security Writer", "AP"),
        ("Associated Press in Valencia", "Associated Press"),
        ("Reuters Editorial", "Reuters"),
        ("AFP/The Local", "AFP"),
        ("Von Greta Lind und Bo Li, dpa", "dpa"),
        ("Le Monde avec AFP", "AFP"),
        ("Halvenian Press Agency", "Halvenian Press Agency"),
        ("Northwire", "Northwire"),
        ("Paul Reuters", None),
        ("Ap Nguyen", None),
        ("Port Gazette", None),
        ("Tripwire Falls Gazette", None),
        ("Ada Quill", None),
        ("", None),
        (None, None),
        ("Reuters " * 100, None),
    ],
)
def test_a_credit(credit: str | None, agency: str | None) -> None:
    assert agencies.named(credit) == agency


@pytest.mark.parametrize(
    ("opening", "name", "outlets", "agency"),
    [
        ("HALDEN (Reuters) - ", "Reuters", (), "Reuters"),
        ("HALDEN, March 3 (Kestrel) - ", "Kestrel", (), "Kestrel"),
        ("HALDEN (HPA) - ", "HPA", ("Port Gazette", None), "HPA"),
        ("Halden (tnd) - ", "tnd", (), "tnd"),
        ("3.03.2031, Halden (Reuters) - ", "Reuters", (), "Reuters"),
        ("Springfield (Illinois) - ", "Illinois", (), None),
        ("New York (CNN) - ", "CNN", (), None),
        ("HALDEN, March 3 (Port Gazette) - ", "Port Gazette", (), None),
        ("HALDEN (HPA) - ", "HPA", ("hpa",), None),
        ("DETROIT (WJBK) - ", "WJBK", (), None),
        ("", None, (), None),
    ],
)
def test_a_dateline(
    opening: str, name: str | None, outlets: tuple[str | None, ...], agency: str | None
) -> None:
    assert agencies.of_dateline(opening, name, outlets) == agency


@pytest.mark.parametrize(
    ("ending", "agency"),
    [
        ("The bridge is shut. (dpa)", "dpa"),
        ("Die Brücke bleibt zu. (sda/dpa)", "sda/dpa"),
        ("The bridge is shut. --IANS", "IANS"),
        ("The bridge is shut. (mel)", None),
        ("The bridge is shut (Reuters said).", None),
        ("He works for the AP", None),
    ],
)
def test_an_ending(ending: str, agency: str | None) -> None:
    assert agencies.of_ending(ending) == agency


def a_page(linked: object = None, *, first: str = "", last: str = "", author: str = "") -> str:
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked else ""
    meta = f'<meta name=author content="{author}">' if author else ""
    rows = [first + PARAGRAPHS[0], *PARAGRAPHS[1:-1], PARAGRAPHS[-1] + last]
    body = "".join(f"<p>{row}</p>" for row in rows)
    return (
        f'<!doctype html><html><head><title>{TITLE} - {SOURCE}</title><meta property="og:site_name" content="{SOURCE}">'
        f"{meta}{script}</head><body><main><h1>{TITLE}</h1><article>{body}</article></main></body></html>"
    )


NEWS = {"@type": "NewsArticle", "headline": TITLE}
TEXT = f"{TITLE} | {SOURCE}\n\n{TITLE}\n\n3 March 2031\n\n"


@pytest.mark.parametrize(
    ("data", "agency"),
    [
        (a_page(first="VALE, March 3 (Kestrel) - "), "Kestrel"),
        (a_page(last=" (dpa)"), "dpa"),
        (a_page(author="Ada Quill, Associated Press"), "Associated Press"),
        (a_page({**NEWS, "author": [{"name": "Ada Quill"}, {"@type": "Organization", "name": "AFP"}]}), "AFP"),
        (a_page({**NEWS, "provider": {"@type": "Organization", "name": "Halden News Agency"}}), "Halden News Agency"),
        (a_page({**NEWS, "sourceOrganization": {"name": "Reuters"}}), "Reuters"),
        (a_page({**NEWS, "provider": {"name": SOURCE}}), None),
        (a_page(first=f"VALE ({SOURCE}) - "), None),
        (a_page(), None),
        (f"{TEXT}VALE, March 3 (Kestrel) - {BODY}", "Kestrel"),
        (f"{TEXT}By Ada Quill, Reuters\n\n{BODY}", "Reuters"),
        (f"{TEXT}Reuters\n\n{BODY}", None),  # as often the credit of a picture
        (f"{TEXT}{BODY}\n\n--IANS", "IANS"),
        (f"Title: {TITLE}\nSource: {SOURCE}\nAgency: Kestrel\n\n{BODY}", "Kestrel"),
        (json.dumps({**samples.RECORD, "agency": {"name": "Kestrel"}}), "Kestrel"),
        (json.dumps({**samples.RECORD, "byline": "Ada Quill, Reuters"}), "Reuters"),
        (json.dumps({**samples.RECORD, "provider": "Some Shop"}), None),
        (samples.rss(1).decode().replace("Ada Quill", "Associated Press"), "Associated Press"),
        (samples.NITF.decode().replace("</byline>", "</byline><distributor><org>Kestrel</org></distributor>"), "Kestrel"),
        (samples.NITF.decode(), None),
        (samples.newsml().decode().replace("<by>", "<creditline>Port Gazette</creditline><by>"), SOURCE),
        (samples.newsml().decode().replace(f'literal="{SOURCE}"', 'qcode="nprov:AFP"'), "AFP"),
    ],
)  # fmt: skip
def test_a_document(data: str, agency: str | None) -> None:
    assert read(data).agency == agency


def test_the_outlet_that_prints_an_agency_is_the_source() -> None:
    article = read(f"{TEXT}VALE, March 3 (Kestrel) - {BODY}")
    assert (article.source, article.agency, article.text) == (SOURCE, "Kestrel", BODY)


def test_an_agency_is_the_source_where_no_outlet_is_named() -> None:
    article = read(f"{TITLE}\n\nVALE, March 3 (Kestrel) - {BODY}")
    assert (article.source, article.agency) == ("Kestrel", "Kestrel")


@given(st.text(max_size=400))
def test_any_credit_gives_a_part_of_itself_or_nothing(credit: str) -> None:
    for agency in (
        agencies.named(credit),
        agencies.of_ending(credit),
        agencies.of_dateline(credit, credit, ()),
    ):
        assert agency is None or agency in credit
