"""Pages saved from web archives: the page's own address, outlet and date, without the archive's bar."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.article.extract import extract
from bot.article.fields.url import canonical
from bot.domain.model import Article, Document

PAGE = "https://ledger.example/2031/rope?id=4"
TOLD = "".join(
    f"<p>{words}</p>"
    for words in (
        "The last ropemaker of Orrenby hung up his hemp on Friday, after sixty years at the walk by the harbour.",
        "The town will keep the walk, which is three hundred metres long, and show it to schools from spring on.",
        "Nobody has asked to learn the trade since the year in which the ferries took to ropes of nylon.",
    )
)


def read(markup: str) -> Article:
    return extract(Document("copy.html", markup.encode(), received=datetime(2031, 6, 1, tzinfo=UTC)))


@pytest.mark.parametrize(
    "copy",
    [
        f"https://web.archive.org/web/20310504112233/{PAGE}",
        f"http://web.archive.org/web/20310504112233id_/{PAGE}",
        "https://web.archive.org/web/2031/https:/ledger.example/2031/rope?id=4",
        f"https://web.archive.org/web/*/{PAGE}",
        f"https://archive.ph/2031.05.04-112233/{PAGE}",
        f"https://archive.is/newest/{PAGE}",
        f"https://archive.today/20310504112233/{PAGE}",
        f"https://archive.li/o/aB3xY/{PAGE}",
        f"https://webcache.googleusercontent.com/search?q=cache:aB3xYq1-KDJ9:{PAGE}",
        f"https://gazette-example.cdn.ampproject.org/c/s/{PAGE.removeprefix('https://')}&amp=1",
        f"https://www.google.com/amp/s/{PAGE.removeprefix('https://')}",
    ],
)
def test_the_address_of_a_copy_is_that_of_the_page(copy: str) -> None:
    assert canonical(copy) == PAGE


def test_an_address_without_a_scheme_is_of_the_web() -> None:
    assert (
        canonical("https://archive.ph/2031.05.04-112233/ledger.example/rope") == "http://ledger.example/rope"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://archive.ph/aB3xY",
        "https://archive.org/details/rope",
        "https://ledger.example/web/2031/https://a.example",
    ],
)
def test_other_addresses_stay(url: str) -> None:
    assert canonical(url) == url


def test_a_page_of_the_wayback_machine() -> None:
    article = read(
        f"<head><title>Rope runs out - Orrenby Ledger</title><meta property='og:site_name' content='Orrenby Ledger'>"
        f"<link rel=canonical href='https://web.archive.org/web/20310504112233/{PAGE}'>"
        "<meta property='article:published_time' content='2031-05-03T18:00:00+02:00'></head><body>"
        "<div id='wm-ipp-base'><p>The Wayback Machine has saved this page 14 times, from the first of May on, for all.</p></div>"
        f"<h1>Rope runs out</h1>{TOLD}<div id='donato'><p>The archive needs your help today, to keep copies like this.</p></div>"
    )
    assert (article.url, article.source, article.title) == (PAGE, "Orrenby Ledger", "Rope runs out")
    assert article.published == datetime(2031, 5, 3, 16, tzinfo=UTC)
    assert "Wayback" not in article.text
    assert "needs your help" not in article.text


@pytest.mark.parametrize(
    "link", ["", f"<link rel=canonical href='http://archive.md/2031.05.04-112233/{PAGE}'>"]
)
def test_a_page_of_archive_today(link: str) -> None:
    article = read(
        "<head><title>Rope runs out - Orrenby Ledger</title><meta property='og:site_name' content='archive.md'>"
        "<meta property='og:title' content='Rope runs out - Orrenby Ledger'><meta property='og:url' content='http://archive.md/aB3xY'>"
        f"<meta property='article:published_time' content='2031-05-04T11:22:33Z'>{link}</head><body>"
        f"<div id='HEADER'><form><input name='q' value='{PAGE}'></form>"
        "<p>Saved from the web, 4 May 2031 11:22:33 UTC, and all snapshots from the host are listed here.</p></div>"
        f"<div id='CONTENT'><h1>Rope runs out</h1><div>Saturday, 3 May 2031</div>{TOLD}</div><div id='FOOTER'>0% 10% 20%</div>"
    )
    assert (article.url, article.source, article.title) == (PAGE, "Orrenby Ledger", "Rope runs out")
    assert article.published == datetime(2031, 5, 3, tzinfo=UTC)
    assert "Saved from" not in article.text
    assert "10%" not in article.text


def test_a_header_of_that_name_elsewhere_stays() -> None:
    assert "ropemaker" in read(f"<body><div id='HEADER'><h1>Rope runs out</h1>{TOLD}</div>").text
