"""A newsletter of many stories is as many articles, each with its own title and address; one of one story stays whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.article.extract import Clippings, extract, extract_all
from bot.article.formats.newsletter import stories_of, stories_of_text
from bot.article.left_out import left_out
from bot.article.unpack import unpack
from bot.domain.model import Document
from tests.article import samples
from tests.article.samples import PARAGRAPHS, SOURCE, TITLE

RECEIVED = datetime(2031, 3, 5, 7, 0, tzinfo=UTC)
STORIES = {
    "Harbour bridge closes for eleven months": PARAGRAPHS[:2],
    "Tram drivers vote on a new contract": ("Drivers of the four tram lines vote this week on a contract that would give them a free Sunday every month.",),
    "Eel smoker puts out his fire": (
        "The last smoker of eels on the east quay has put out his fire after fifty-one years, as nobody wants to learn the trade.",
        "His shed will become a museum, and the smell, he said, will stay for a while.",
    ),
    "Island school gets a second teacher": ("The school on the island, which has eleven pupils, will have a second teacher from the summer on.",),
}  # fmt: skip
FOOT = (
    "<p>You receive this e-mail because you subscribed to the Morning Mail.</p>"
    '<p><a href="https://gazette.example/out">Unsubscribe</a> | <a href="https://gazette.example/view">View in browser</a></p>'
)


def address(title: str) -> str:
    return f"https://gazette.example/{title.split(maxsplit=1)[0].lower()}"


def linked_titles() -> str:
    return "".join(
        f'<table><tr><td><h2><a href="{address(title)}">{title}</a></h2></td></tr>'
        f"<tr><td>{''.join(f'<p>{text}</p>' for text in texts)}</td></tr></table>"
        for title, texts in STORIES.items()
    )


def read_more() -> str:
    return "".join(
        f'<div><b>{title}</b><br>{"<br><br>".join(texts)} <a href="{address(title)}">Read more</a></div>'
        for title, texts in STORIES.items()
    )


def calls() -> str:
    return "".join(
        f"<h3>{title}</h3>{''.join(f'<p>{text}</p>' for text in texts)}<p><a href='{address(title)}'>Zum ganzen Artikel</a></p>"
        for title, texts in STORIES.items()
    )


def read(data: bytes, name: str = "mail.eml") -> Clippings:
    return extract_all(Document(name=name, data=data, received=RECEIVED))


def told(clippings: Clippings) -> dict[str | None, tuple[str, ...]]:
    return {
        each.article.title: tuple(span.of(each.article.text) for span in each.article.paragraphs)
        for each in clippings.found
    }


@pytest.mark.parametrize("made", [linked_titles, read_more, calls])
@pytest.mark.parametrize("kind", ["mail", "page"])
def test_each_story_of_a_newsletter(made, kind: str) -> None:
    html = f"<html><body><p>Good morning!</p>{made()}{FOOT}</body></html>"
    data = samples.mail("See this mail in a browser.", html=html) if kind == "mail" else html.encode()
    clippings = read(data)
    assert told(clippings) == STORIES
    assert [each.article.url for each in clippings.found] == [address(title) for title in STORIES]
    assert [each.name for each in clippings.found] == [f"mail.eml#{n}" for n in range(1, 5)]
    if kind == "mail":
        assert {each.article.source for each in clippings.found} == {SOURCE}
        assert {each.article.published for each in clippings.found} == {
            datetime(2031, 3, 3, 9, 30, tzinfo=UTC)
        }


@pytest.mark.parametrize("call", ["{}", "Read more: {}", "→ {}", "<{}>"])
def test_each_story_of_a_newsletter_in_plain_text(call: str) -> None:
    rows = [
        f"{title}\n\n" + "\n\n".join(texts) + f"\n\n{call.format(address(title))}"
        for title, texts in STORIES.items()
    ]
    text = "Good morning!\n\n" + "\n\n".join(rows) + "\n\nUnsubscribe: https://gazette.example/out\n"
    clippings = read(samples.mail(text))
    assert told(clippings) == STORIES
    assert [each.article.url for each in clippings.found] == [address(title) for title in STORIES]


def test_an_advertisement_between_stories_is_none() -> None:
    ad = f'<p>Sponsored</p><h2><a href="https://shop.example/">Boots that last for a lifetime</a></h2><p>{"Our boots are made by hand. " * 5}</p>'
    assert told(read(samples.mail("-", html=ad + linked_titles() + FOOT))) == STORIES


def test_a_long_introduction_is_kept() -> None:
    opening = " ".join(PARAGRAPHS[:3])
    found = read(samples.mail("-", html=f"<p>{opening}</p>{linked_titles()}"))
    assert found.found[0].article.text == opening
    assert len(found.found) == 5


ESSAY = "".join(
    f'<h2>{title}</h2><p>{PARAGRAPHS[n]} The <a href="https://other.example/{n}">figures</a> are public.</p><p>{PARAGRAPHS[3 - n]}</p>'
    for n, title in enumerate(("How it began in spring", "What the council says now", "What will come of it"))
)
TEASERS = "".join(
    f'<h3><a href="{address(title)}">{title}</a></h3><p>{texts[0]}</p>' for title, texts in STORIES.items()
)


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>{TITLE}</h1>{ESSAY}",
        f"<h1>{TITLE}</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS * 3) + TEASERS,
        f"<h1>{TITLE}</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "".join(f'<p><a href="https://a.example/{n}">Another story of ours</a></p>' for n in range(9)),
    ],
    ids=["sections", "teasers", "links"],
)  # fmt: skip
def test_a_letter_of_one_story_stays_whole(html: str) -> None:
    assert stories_of(html) == []
    assert len(read(samples.mail("-", html=html + FOOT)).found) == 1


def test_a_page_of_a_site_with_teasers_is_one_article() -> None:
    page = samples.HTML.replace(
        b"</article>", b"</article><aside>" + TEASERS.encode() + FOOT.encode() + b"</aside>"
    )
    assert [each.article.title for each in read(page, "a.html").found] == [TITLE]


@pytest.mark.parametrize("made", [linked_titles, read_more, calls])
def test_what_stands_between_stories_is_told_with_its_reason(made) -> None:
    halves = made().replace("Eel smoker", "\0Eel smoker").split("\0")
    opened = (
        halves[0].rfind("<table")
        if made is linked_titles
        else halves[0].rfind("<div" if made is read_more else "<h3")
    )
    sponsor = "<p>Brought to you by the Tarn Savings Bank, the bank of the valley.</p>"
    whole = f"{halves[0][:opened]}{sponsor}{halves[0][opened:]}{halves[1]}"
    html = f"<html><body><p>Good morning, dear reader of the valley!</p>{whole}<p>Until tomorrow, Ida</p>{FOOT}</body></html>"
    document = Document("mail.eml", samples.mail("See this mail in a browser.", html=html), RECEIVED)
    left = [left_out(part, extract(part)) for part in unpack(document).documents]
    reasons = {each.text: (number, each.reason) for number, some in enumerate(left) for each in some}
    assert reasons["Good morning, dear reader of the valley!"] == (0, "beside the article in its letter")
    assert reasons["Brought to you by the Tarn Savings Bank, the bank of the valley."][0] == 2
    assert reasons["Until tomorrow, Ida"] == (3, "beside the article in its letter")
    assert any("Unsubscribe" in text and number == 3 for text, (number, _) in reasons.items())


def test_what_stands_between_stories_of_a_plain_letter_is_told() -> None:
    rows = [f"{title}\n\n{' '.join(texts)}\n\n{address(title)}" for title, texts in STORIES.items()]
    text = "Good morning from the quay.\n\n" + "\n\n".join(rows) + "\n\nUntil tomorrow, Ida"
    items = stories_of_text(text)
    assert [item.above for item in items] == ["Good morning from the quay.", "", "", ""]
    assert items[-1].below == "Until tomorrow, Ida"


def test_two_stories_are_a_letter_of_two_where_it_holds_hardly_anything_else() -> None:
    long = (
        "Drivers of the four tram lines vote this week on a contract that would give them a free Sunday every month.",
        "Their union also wants a raise of three per cent from May on, and new seats for the old trams of line four.",
        "If they say no, the lines will stand still on the first Monday of April, for the first time since the war.",
    )
    first, second = list(STORIES)[:2]
    told = {first: STORIES[first], second: long}
    letter = "".join(
        f"<h2><a href='{address(title)}'>{title}</a></h2>{''.join(f'<p>{text}</p>' for text in texts)}"
        f"<p><a href='{address(title)}'>Read the story</a></p>"
        for title, texts in told.items()
    )
    assert [item.title for item in stories_of(f"<p>Good morning!</p>{letter}{FOOT}")] == [first, second]
    article = "".join(f"<p>{text}</p>" for texts in STORIES.values() for text in texts) * 2
    assert stories_of(f"<h1>Tarn this week</h1>{article}{letter}{FOOT}") == []
