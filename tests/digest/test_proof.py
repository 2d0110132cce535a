"""Each line of a digest leads to its own words: judged by the algorithm by which a browser looks for them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.extract import extract
from bot.chat.slack import blocks as slack
from bot.chat.telegram import html as telegram
from bot.domain.digests import Brief, Digest, KeyQuote, Ledger, Line
from bot.domain.model import Article, Document, Occasion, Quote, Span, Window
from bot.views import layout
from bot.views.json_record import digest_record
from bot.views.proof import LONGEST, proof
from tests.builders import NOON, an_entry
from tests.desk import FERRY

PAGE = "https://harbour.example/news/ferries"


def an_article(text: str, title: str = "", url: str | None = PAGE) -> Article:
    made = extract(Document("a.txt", "\n\n".join(FERRY).encode(), NOON))
    return replace(made, text=text, title=title, url=url)


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def found(address: str, article: Article) -> str:
    """What a browser marks on the page, folded, with all that stands before it (WICG, "find a range from a text directive")."""
    page = folded(f"{article.title or ''} {article.text}")
    directive = address.partition(":~:text=")[2]
    terms = [unquote(term) for term in directive.split(",")]
    prefix = folded(unquote(directive.split(",")[0][:-1])) if directive.split(",")[0].endswith("-") else ""
    suffix = folded(unquote(directive.split(",")[-1][1:])) if directive.split(",")[-1].startswith("-") else ""
    terms = [folded(one) for one in terms[bool(prefix) : len(terms) - bool(suffix)]]
    start = terms[0]
    pattern = rf"{re.escape(prefix)}\s*" if prefix else ""
    behind = rf"(?=\s*{re.escape(suffix)})" if suffix else ""
    match = re.search(f"{pattern}(?P<start>{re.escape(start)}){behind}", page)
    if match is None:
        return ""
    end = match.end() if len(terms) == 1 else page.find(terms[1], match.end()) + len(terms[1])
    return f"{page[: match.start('start')]}|{page[match.start('start') : end]}"


def meant(article: Article, span: Span) -> str:
    page, words = f"{article.title or ''} {article.text}", span.of(article.text)
    edges = "".join({char for char in words if not char.isalnum()})
    at = len(f"{article.title or ''} ") + span.start + len(words) - len(words.lstrip(edges))
    above = folded(page[:at]) + (" " if page[:at].split() and page[:at][-1].isspace() else "")
    return f"{above}|{folded(words.strip(edges))}"


@given(
    st.lists(st.sampled_from(["we", "wait", "for-you", "Ben,", "“at", "sea”", "R&D", "100%", "ruhig", "Öl."]), min_size=12, max_size=60),
    st.data(),
)  # fmt: skip
def test_a_browser_marks_just_these_words_wherever_they_stand_again(words, data):
    article = an_article(" ".join(words), title=" ".join(words[:3]))
    start = data.draw(st.integers(0, len(words) - 2))
    stop = data.draw(st.integers(start + 1, min(len(words), start + 25)))
    at = len(" ".join(words[:start])) + bool(start)
    span = Span(at, at + len(" ".join(words[start:stop])))
    address = proof(article, span)
    assert address is not None
    if "#" in address:
        assert found(address, article) == meant(article, span)
        assert len(address) <= LONGEST
    else:
        assert address == PAGE


def test_a_long_line_is_named_by_its_beginning_and_its_end():
    article = an_article("\n\n".join(FERRY))
    address = proof(article, Span(0, len(FERRY[0])))
    assert address == f"{PAGE}#:~:text=Ferries%20between%20Port,to%20two%20hours"


@pytest.mark.parametrize(
    ("text", "line", "directive"),
    [
        ("One & two, well-known.", "One & two, well-known.", "One%20%26%20two%2C%20well%2Dknown"),
        ("It rains. We go. It rains.", "It rains.", "It%20rains"),
        ("港の船は出た。", "港の船は出た。", "%E6%B8%AF%E3%81%AE%E8%88%B9%E3%81%AF%E5%87%BA%E3%81%9F"),
    ],
)
def test_signs_of_the_directive_itself_are_percent_encoded(text, line, directive):
    article = an_article(text)
    assert (
        proof(article, Span(text.index(line), text.index(line) + len(line))) == f"{PAGE}#:~:text={directive}"
    )


def test_a_line_that_stands_twice_is_told_by_what_stands_before_it():
    article = an_article("It rains. We go home now. It rains.")
    address = proof(article, Span(26, 35))
    assert address == f"{PAGE}#:~:text=go%20home%20now.-,It%20rains"


def test_a_directive_without_room_leaves_the_page():
    article = an_article("щ" * 400)
    assert proof(article, Span(0, 400)) == PAGE


@pytest.mark.parametrize("url", [None, "mailto:a@b.example", "javascript:alert(1)"])
def test_without_a_web_address_there_is_no_proof(url):
    assert proof(an_article("It rains.", url=url), Span(0, 9)) is None


def a_digest(url: str | None = PAGE) -> Digest:
    text = "\n\n".join(FERRY)
    entry = an_entry(article=an_article(text, "Ferries to run every ten minutes", url))
    said = text.index("Nobody should"), text.index(",” said")
    first, second = Span(0, len(FERRY[0])), Span(text.index("Two ships"), text.index(" They carry"))
    quote = KeyQuote(entry, Quote(Span(*said)))
    brief = Brief(1, "Ferries", (Line(entry, first), Line(entry, second)), (quote,), (entry,))
    again = replace(brief, story=2, headline="Ferries again", quotes=())
    return Digest(
        Occasion("slot", "all", "x"), "all", Window(0, 1), NOON, NOON, (brief, again), Ledger(1, 1, 1, 1)
    )


def test_every_line_and_quote_of_a_digest_has_a_number_that_leads_to_it_on_each_platform():
    message = layout.digest_message(a_digest(), "UTC")
    (part,) = slack.render(message)
    elements = re.findall(r'\{"type":"link","url":"([^"]*)","text":"\[(\d)\]"\}', part.body)
    assert [number for _, number in elements] == ["1", "2", "3", "4", "5"]
    assert all(url.startswith(f"{PAGE}#:~:text=") for url, _ in elements)
    assert json.loads(part.body)["unfurl_links"] is False
    (part,) = telegram.render(message)
    text = json.loads(part.body)["text"]
    assert re.findall(r'<a href="([^"]*)">\[(\d)\]</a>', text) == elements
    assert json.loads(part.body)["link_preview_options"] == {"is_disabled": True}
    record = digest_record(a_digest())
    assert [one["proof"] for one in record["stories"][0]["lines"]] == [url for url, _ in elements[:2]]


def test_without_an_address_a_digest_looks_as_before():
    (part,) = telegram.render(layout.digest_message(a_digest(None), "UTC"))
    assert "[1]" not in part.plain
