from __future__ import annotations

import pytest

from bot.domain.model import Member
from bot.stories.recent import RecentStories
from bot.stories.roundups import is_roundup
from tests.builders import NOON, an_article


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("10 things in tech you need to know today", "en"),
        ("Five Things to Know Before the Opening Bell", "en"),
        ("Business Highlights", "en"),
        ("Monday Evening Business Brief", "en"),
        ("In brief | Nation & World, March 11, 2031", "en"),
        ("The Morning Links for March 10, 2031", "en"),
        ("News in Pictures - 10.3.2031", None),
        ("Nachrichten am Morgen: Montag, 10. März", "de"),
        ("Kurz notiert", "de"),
        ("L’actualité en bref", "fr"),
    ],
)
def test_a_headline_that_names_hardly_anything_is_a_roundup(headline: str, language: str | None) -> None:
    assert is_roundup(headline, language)


@pytest.mark.parametrize(
    "headline",
    [
        None,
        "",
        "Skerrin papers: 7 things to know",
        "19 things all cat owners know to be true",
        "Business digest: Norrin Steel buys the Averne docks for 2 billion",
        "The ferry inquiry in brief: who knew of the fault, and when",
        "Rovers win in Drovia for the first time in 31 years",
        "Highlights of a summer",
    ],
)
def test_a_headline_that_tells_an_event_is_none(headline: str | None) -> None:
    assert not is_roundup(headline, "en")


def test_a_roundup_joins_no_story_and_none_joins_it():
    event = an_article(
        "Norrin Steel buys the Averne docks for 2 billion crowns, it said on Monday.",
        title="Norrin Steel buys the Averne docks",
    )
    other = an_article(
        "The Averne docks go to Norrin Steel for 2 billion crowns.",
        title="Averne docks sold to Norrin Steel",
        source="Hill Post",
    )
    day = an_article(
        f"{event.text} Rovers won. Fares rise.", title="Five things to know today", source="Bay News"
    )
    recent = RecentStories()
    for number, article in enumerate((day, event), start=1):
        placed = recent.place(article)
        assert placed.story is None
        recent.remember(Member(number, number, NOON, placed.gist))
    assert recent.place(other).story == 2
    assert recent.place(day).story is None


def test_the_same_roundup_in_another_outlet_is_a_copy():
    mark = tuple(range(64))
    one, two = (
        an_article(title="Business Highlights", source=name, fingerprint=mark)
        for name in ("Bay News", "Hill Post")
    )
    recent = RecentStories()
    recent.remember(Member(1, 1, NOON, recent.place(one).gist))
    assert recent.place(two).story == 1
