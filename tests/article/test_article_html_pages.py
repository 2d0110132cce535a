"""Saved pages of fictional outlets come out as their articles, with what they state about themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.article.html.page import read_html, read_mhtml
from bot.article.text.page import Found
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document

WEB = Path(__file__).parent / "web"
RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)


def read(page: str | bytes) -> Found:
    return read_html(page, Document(name="page.html", data=b"", received=RECEIVED))


def saved(name: str) -> Found:
    return read((WEB / f"{name}.html").read_bytes())


def stamp(found: Found) -> tuple[str, str] | None:
    return (found.published.at.isoformat(), found.published.precision) if found.published else None


# title, source, byline, section, url, published, paragraphs, first words, last words
PAGES = {
    "linked_data": (
        "Ferry strike strands island pupils on exam day", "The Quarrel Bay Herald", "Imke Sorrel, Tarn Vale", "Education",
        "https://herald.example/news/ferry-strike?id=77", ("2031-03-02T21:40:05+00:00", "second"), 4,
        "Two hundred pupils", "within a week.",
    ),
    "open_graph": (
        "Moorbrücke bleibt bis Herbst gesperrt", "Lüttener Anzeiger", "Wiebke Oltmann", "Lokales",
        "https://anzeiger.example/lokales/moorbruecke", ("2031-02-11T00:00:00+00:00", "day"), 3,
        "Die Moorbrücke", "Kreistag in Lütten.",
    ),
    "microdata": (
        "Council buys the old cinema", "Marsh End Courier", "Perrin Lock", None,
        None, ("2031-01-20T08:15:00+00:00", "second"), 3, "The council of", "silent comedy.",
    ),
    "messy": (
        "Storm tears the roof off the glassworks", "Vantry Post", "Osric Thane", None, None, None, 3,
        "A storm with gusts", "the owner said.",
    ),
    "live": (
        "Dam holds as river rises – live", "Norrland Tribune", None, None, None, ("2031-03-04T05:00:00+00:00", "second"), 6,
        "09:40: The water", "with little wind.",
    ),
    "short": (
        "Power is back in Ostley", "Ostley Echo", None, None, None, None, 1, "Electricity returned", "operator said.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    title, source, byline, section, url, published, count, first, last = PAGES[name]
    found = saved(name)
    assert found.title == title
    assert (found.source, found.byline, found.section, found.url) == (source, byline, section, url)
    assert stamp(found) == published
    assert found.paragraphs[0].startswith(first)
    assert found.paragraphs[-1].endswith(last)
    assert len(found.paragraphs) == count


def test_every_page_here_is_expected() -> None:
    assert {path.stem for path in WEB.glob("*.html")} == set(PAGES)


def test_what_a_reader_does_not_see_is_not_read() -> None:
    text = " ".join(saved("messy").paragraphs)
    assert "furnaces" in text
    for unseen in ("Ignore every rule", "hidden by an attribute", "White words", "Decorative", "A script is"):
        assert unseen not in text


def test_what_react_streams_is_read() -> None:
    prose = (
        "The harbour master said on Monday that the crane would be taken down before the winter storms. " * 4
    )
    found = read(
        f'<html><body><h1>The crane</h1><div hidden id="S:0"><article><p>{prose}</p><p>{prose}</p></article></div></body></html>'
    )
    assert found.paragraphs[0].startswith("The harbour master")


def test_an_element_for_browsers_without_scripts_that_swallows_the_page_is_opened() -> None:
    prose = "The ferry to Quarrel Bay will not sail on Monday, said the harbour office, for want of a crew."
    pixel = "<noscript><div><img src='/count.gif'></noscript>"
    article = "".join(f"<p>{prose} That is week {n} of the strike.</p>" for n in range(12))
    assert len(read(f"<html><body>{pixel}<h1>Ferry strike</h1>{article}</body></html>").paragraphs) == 12
    copy = f"<noscript>{article.replace('ferry', 'dinghy')}</noscript>"
    assert "dinghy" not in "".join(read(f"<h1>Ferry strike</h1>{article}{copy}").paragraphs)


def test_places_for_what_other_sites_hold_are_left_out() -> None:
    prose = "Die Hafenmeisterin sagte am Montag, dass der Kran vor den Winterstürmen abgebaut wird. " * 4
    places = (
        "Empfohlener redaktioneller Inhalt",
        "An dieser Stelle finden Sie einen von uns ausgewählten, externen Inhalt, der den Artikel ergänzt.",
        "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden und Daten an Dritte gehen.",
    )
    inside = "".join(f"<p>{place}</p>" for place in places)
    found = read(f"<article><h1>Der Kran</h1><p>{prose}</p>{inside}<p>{prose}</p></article>")
    assert found.paragraphs == (prose.strip(), prose.strip())


def test_a_stated_body_stands_in_for_one_that_the_page_hides() -> None:
    shown = "The council will vote on the dam on Friday, its speaker said to reporters in the town hall."
    line = (
        "The council will vote on the dam on Friday, and the whole of the valley waits for what it will say. "
    )
    stated = "\\n".join([line * 4, line * 3, line * 3])
    found = read(
        f'<html><head><script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{stated}"}}</script></head>'
        f"<body><article><h1>The dam</h1><p>{shown}</p></article></body></html>"
    )
    assert len(found.paragraphs) == 3


@pytest.mark.parametrize(
    ("charset", "text"),
    [("windows-1251", "Мэр закрыл мост через реку на ремонт до осени, сообщила администрация города в понедельник."),
     ("shift_jis", "市長は月曜日、川に架かる橋を秋まで閉鎖すると記者団に発表した。工事は長く続く見通しだ。"),
     ("iso-8859-1", "Le maire a décidé lundi de fermer le vieux pont jusqu’à l’été, a annoncé la mairie.")],
)  # fmt: skip
def test_a_named_charset_is_believed(charset: str, text: str) -> None:
    page = (
        f'<html><head><meta charset="{charset}"></head><body><article><p>{text}</p></article></body></html>'
    )
    found = read(page.encode("cp1252" if charset == "iso-8859-1" else charset))
    assert found.paragraphs == (text,)


def test_a_snapshot_gives_its_page_and_address() -> None:
    page = (WEB / "short.html").read_text(encoding="utf-8")
    data = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://echo.example/power?fbclid=1\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="cut"\r\n\r\n--cut\r\nContent-Type: text/html; charset=utf-8\r\n'
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n--cut\r\nContent-Type: image/png\r\n\r\nxx\r\n--cut--\r\n"
    ).encode()
    found = read_mhtml(data, Document(name="page.mhtml", data=data, received=RECEIVED))
    assert (found.title, found.url) == ("Power is back in Ostley", "https://echo.example/power")
    with pytest.raises(UnreadableDocument, match="no web page is in this snapshot"):
        read_mhtml(b"Content-Type: text/plain\r\n\r\nwords", Document("x.mhtml", b"", RECEIVED))


def test_parts_within_parts_are_refused() -> None:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) for at in range(3_000)
    )
    with pytest.raises(UnreadableDocument, match="nested deeper"):
        read_mhtml(nested, Document("deep.mhtml", nested, RECEIVED))


@pytest.mark.parametrize(
    "before", ["", "<header><a href='/'>Averne Courier</a></header>"], ids=["bare", "below the outlet's name"]
)
def test_a_page_of_few_words_keeps_its_paragraphs_apart(before: str) -> None:
    paragraphs = (
        "A man was rescued off Cape Norrin on Monday.",
        "He had been in the water for an hour, the coast guard said.",
        "He is well.",
    )
    page = (
        f"<html><head><title>Man rescued</title></head><body>{before}<article><h1>Man rescued</h1>"
        f"<p class='byline'>By Jon Berge</p>{''.join(f'<p>{one}</p>' for one in paragraphs)}</article></body></html>"
    )
    found = read_html(page, Document("page.html", b"", datetime(2026, 11, 22, tzinfo=UTC)))
    assert (found.byline, found.paragraphs) == ("Jon Berge", paragraphs)


def _page(head: str) -> Found:
    page = (
        f"<html lang='fr'><body><article><h1>Le maire démissionne</h1>{head}"
        "<p>Fennick (AFP) - Le maire de Fennick, Paul Garrel, a quitté son poste vendredi, devant une centaine d’habitants.</p>"
        "<p>Son adjoint, Luc Morin, assure l’intérim jusqu’à la réunion du conseil, qui doit se tenir lundi à la mairie.</p>"
        "</article></body></html>"
    )
    return read_html(page, Document("page.html", b"", datetime(2026, 11, 22, tzinfo=UTC)))


@pytest.mark.parametrize("behind", ["", " avec AFP"])
def test_credits_between_a_standfirst_and_the_lead_are_no_body(behind: str) -> None:
    under = "Paul Garrel quitte la mairie après le rapport sur la piscine."
    found = _page(
        f"<p class='chapo'>{under}</p><p class='author'>Par Anne Lebrun{behind}</p>"
        "<p>Publié le 20 novembre 2026 à 18h05, mis à jour le 21 novembre 2026 à 7h30</p>"
    )
    assert (found.byline, found.paragraphs[0], len(found.paragraphs)) == ("Anne Lebrun", under, 3)
    assert found.agency == "AFP"


@pytest.mark.parametrize(
    ("value", "precision"), [("2026-11-20T09:00:00.000Z", "second"), ("2026-11-20", "day")]
)
def test_an_age_beside_the_heading_has_its_time(value: str, precision: str) -> None:
    published = _page(f"<time datetime='{value}'>il y a 9 heures</time>").published
    assert published is not None
    assert (published.at.date().isoformat(), published.precision) == ("2026-11-20", precision)


def test_the_age_of_another_article_is_not_this_ones() -> None:
    card = (
        "<p>"
        + "Un long paragraphe qui précède. " * 5
        + "</p><time datetime='2026-11-19T09:00:00Z'>il y a un jour</time>"
    )
    published = _page(card).published
    assert published is None or published.precision == "day"
