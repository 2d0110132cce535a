from __future__ import annotations

from datetime import timedelta

import pytest

from bot.chat.console.messenger import render
from bot.digest.compose import SCREEN, ComposeSettings, compose
from bot.domain.digests import Digest, Style
from bot.domain.model import Arrival, Entry, Occasion, Window
from bot.views.layout import digest_message
from tests.builders import NOON, a_quote, an_article, an_entry

SENTENCES = (
    "The swing bridge at Mardle closes on Monday for nine weeks while its bearings are changed.",
    "Ferries leave every ten minutes from the old quay, and they carry bicycles without a charge.",
    "Shops on Quay Street open an hour later until the work is over, the chamber of trade said.",
)
SAID = "We waited for the storm to pass, and then for the next one"


def told(number: int, **more: str) -> Entry:
    said = f"“{SAID} of {number},” said Orla Tennick."
    article = an_article(
        f"Case {number}. {' '.join(SENTENCES)}",
        said,
        title=f"Headline number {number}",
        **{"source": f"Outlet {number}"} | more,
        published=NOON - timedelta(hours=number),
    )
    quote = a_quote(article, f"{SAID} of {number},", "Orla Tennick", "Orla Tennick")
    return an_entry(article, quote, id=number, sentences=SENTENCES)


def made(*entries: Entry, **settings: object) -> Digest:
    arrivals = [Arrival(one.origin, "new", NOON, one.revision, one.id) for one in entries]
    occasion, since = Occasion("asked", "morning", "1"), NOON - timedelta(days=1)
    window, chosen = Window(0, len(entries)), ComposeSettings(**settings)  # type: ignore[arg-type]
    return compose(occasion, "morning", window, since, NOON, entries, arrivals, chosen)


def shown(digest: Digest) -> str:
    return render(digest_message(digest, "Europe/London"), width=88, colour=False)


@pytest.mark.parametrize(
    ("style", "lines", "quotes"),
    [
        ("standard", [3, 2, 2], [1, 1, 1]),
        ("brief", [1, 1, 1], [0, 0, 0]),
        ("full", [3, 3, 3], [1, 1, 1]),
        ("threaded", [3, 3, 3], [1, 1, 1]),
    ],
)
def test_a_style_says_how_much_of_each_story_is_told(
    style: Style, lines: list[int], quotes: list[int]
) -> None:
    digest = made(*map(told, (1, 2, 3)), style=style)
    assert [len(brief.lines) for brief in digest.briefs] == lines
    assert [len(brief.quotes) for brief in digest.briefs] == quotes


def test_the_first_story_fits_on_a_screen():
    long = [f"{'The bridge is old and was mended in many years before this one ' * 5}{n}." for n in range(3)]
    entry = an_entry(an_article(" ".join(long)), sentences=tuple(long))
    (brief,) = made(entry).briefs
    assert len(brief.lines) == 1
    assert sum(len(line.text) for line in brief.lines) <= SCREEN


def test_a_budget_ends_the_stories_and_lists_the_others():
    digest = made(*map(told, range(1, 7)), words=120)
    assert sum(brief.words for brief in digest.briefs) <= 120
    assert 1 < len(digest.briefs) < 6
    assert [brief.story for brief in (*digest.briefs, *digest.also)] == [1, 2, 3, 4, 5, 6]
    assert not digest.ledger.reasons
    assert len(made(told(1), told(2), words=1).briefs) == 1


def test_what_is_listed_stands_by_language_and_section():
    sport = [told(number, section="Sport") for number in (3, 4)]
    german = [told(number, language="de") for number in (5, 6)]
    text = shown(made(told(1), told(2), *german, *sport, told(7, section="City"), stories=2))
    assert "· 30 seconds to read\n" in text
    assert text.partition("Also\n")[2].splitlines() == [
        "",
        "  • Headline number 7 · Outlet 7",
        "",
        "Sport",
        "",
        "  • Headline number 3 · Outlet 3",
        "  • Headline number 4 · Outlet 4",
        "",
        "German",
        "",
        "  • Headline number 5 · Outlet 5",
        "  • Headline number 6 · Outlet 6",
        "",
        "7 files, 7 articles, 2 of 7 stories shown, 5 by headline",
    ]
