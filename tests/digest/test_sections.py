from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.ranking import Weights, in_order, places
from bot.text.sections import section_of
from bot.views.also import also
from tests.builders import NOON, an_article, an_entry
from tests.digest.test_styles import made, told


@pytest.mark.parametrize(
    ("section", "url", "subject", "name"),
    [
        ("Politik", None, "politics", "Politik"),
        ("Federal Politics", None, "politics", "Federal Politics"),
        ("Innenpolitik", None, "politics", "Innenpolitik"),
        ("Política", None, "politics", "Política"),
        ("deportes", None, "sport", "Deportes"),
        ("culture_culture-theatre", None, "culture", "Culture"),
        ("Advice & Health", None, "health", "Health"),
        ("Ferries", "https://gazette.example/travel/ferries/late-again.html", "travel", "Travel"),
        ("News", "https://gazette.example/news/economy/rates-rise", "business", "Economy"),
        (None, "https://gazette.example/2031/03/kultur-medien/festival-faellt-aus", "media", "Kultur medien"),
        (None, "https://gazette.example/harbour-and-town/sport/rovers-win", "sport", "Sport"),
        ("Skerrin Islands", "https://gazette.example/a/ferry", "skerrin islands", "Skerrin Islands"),
        ("Harbour News", None, "harbour news", "Harbour News"),
        ("The long history of sport", None, "the long history of sport", "The long history of sport"),
    ],
)
def test_a_section_is_known_whatever_its_outlet_calls_it(section, url, subject, name):
    found = section_of(section, url)
    assert found is not None
    assert (found.subject, found.name) == (subject, name)


@pytest.mark.parametrize(
    ("section", "url"),
    [
        (None, None),
        ("", ""),
        ("News", None),
        ("Alle News", "https://gazette.example/news/sport"),
        ("post", "https://gazette.example/2031/03/04/the-sport-of-kings-is-dead/"),
        (None, "https://[gazette.example/sport/rovers"),
    ],
)
def test_what_says_nothing_is_no_section(section, url):
    assert section_of(section, url) is None


@given(st.text(max_size=40), st.text(max_size=60))
def test_any_text_may_be_a_section_or_an_address(section, url):
    found = section_of(section, url)
    assert found is None or (found.subject is not None and found.name)


def listed(*entries) -> list[str]:
    """The names of the groups in their order."""
    digest = made(told(1), *entries, stories=1)
    blocks = list(also(digest))
    return ["".join(run.text for run in block.runs) for block in blocks[2:] if hasattr(block, "quiet")]


def test_one_line_names_what_outlets_call_by_many_names():
    names = ("Innenpolitik", "Landespolitik", "Politik", "Kommunalpolitik")
    assert listed(*(told(n, section=name) for n, name in enumerate(names, start=2))) == ["Politik"]


def test_what_all_outlets_call_news_is_no_group():
    assert listed(*(told(n, section="News") for n in range(2, 6))) == []


def test_the_sections_of_a_language_stand_together():
    german = [told(n, language="de") for n in (2, 3)]
    sport = [told(n, language="de", section="Sport") for n in (4, 5)]
    turkish = [told(n, language="tr") for n in (6, 7)]
    rest = [told(8, language="fi"), told(9, language="pl")]
    order = [german[0], rest[0], turkish[0], sport[0], german[1], turkish[1], rest[1], sport[1]]
    assert listed(*order) == ["German", "German · Sport", "Turkish", "Other languages"]


def test_a_lone_language_is_called_by_its_name():
    assert listed(told(2), told(3, language="nn"), told(4, language="nb")) == ["Norwegian"]
    assert listed(told(2), told(3, language="fi")) == ["Finnish"]


def test_two_outlets_names_of_one_subject_have_two_of_the_first_places():
    names = ("Politics", "Federal Politics", "National politics", "Elections")
    same = [an_entry(an_article(section=name, source=name), id=n) for n, name in enumerate(names, start=1)]
    other = an_entry(an_article(section="Sport", source="Hill Post"), id=9)
    stories = [(one,) for one in (*same, other)]
    order = in_order(stories, places(stories, NOON, Weights()), 5)
    assert order.index((other,)) <= 2


def test_what_is_merely_called_news_is_as_good_as_any():
    news = [an_entry(an_article(section="News", source=f"S{n}"), id=n) for n in range(1, 5)]
    city = an_entry(an_article(section="City", source="C", published=NOON.replace(day=1)), id=9)
    stories = [(one,) for one in (*news, city)]
    assert in_order(stories, places(stories, NOON, Weights()), 5)[-1] == (city,)
