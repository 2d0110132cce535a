from __future__ import annotations

from datetime import timedelta
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.model import Article
from bot.stories.placement import SKETCH, place, resemblance
from bot.stories.similarity import folded
from tests.builders import NOON, an_article, an_entry

FIRE = (
    (
        "A fire at the Calder Mill warehouse in Portsmere injured 14 people on Monday night, the harbour brigade said. "
        "Chief officer Ada Marlow told reporters that the roof of the warehouse fell in shortly after 22:00."
    ),
    "Residents of Quay Street were asked to keep their windows closed while the brigade worked.",
)
FIRE_ELSEWHERE = (
    (
        "Fourteen workers, 14 in all, were hurt when the Calder Mill warehouse in Portsmere burned on Monday night. "
        "The harbour brigade and its chief officer Ada Marlow said that the roof fell in."
    ),
    "The mill has stood on Quay Street since 1904.",
)


def sketch(text: str) -> tuple[int, ...]:
    words = folded(text)
    shingles = {" ".join(words[i : i + 4]) for i in range(max(1, len(words) - 3)) if words}
    hashes = {int.from_bytes(blake2b(one.encode(), digest_size=8).digest(), "big") for one in shingles}
    return tuple(sorted(hashes)[:SKETCH])


def told(*paragraphs: str, **facts) -> Article:
    return an_article(*paragraphs, fingerprint=sketch("\n\n".join(paragraphs)), **facts)


def test_without_candidates_an_article_founds_a_story():
    assert place(told(), []) is None


def test_wire_copy_under_another_headline_joins():
    wire = told(*FIRE, title="Fourteen hurt in warehouse fire", source="Coast Agency")
    copy = told(*FIRE, "More soon.", title="Mill ablaze", source="Port Gazette")
    assert place(copy, [an_entry(wire, id=4, story=3)]) == 3


def test_another_outlet_on_the_same_event_joins():
    mine = told(*FIRE, title="14 hurt in Portsmere warehouse fire", source="Port Gazette")
    theirs = told(*FIRE_ELSEWHERE, title="Portsmere warehouse fire injures 14", source="Harbour Times")
    assert place(theirs, [an_entry(mine, id=1), an_entry(id=2)]) == 1


def test_other_numbers_in_the_headline_are_another_event():
    mine = told(*FIRE, title="14 hurt in Portsmere warehouse fire")
    theirs = told(*FIRE_ELSEWHERE, title="Portsmere warehouse fire injures 3", source="Harbour Times")
    assert place(theirs, [an_entry(mine)]) is None


def test_the_same_words_weeks_later_are_another_event():
    mine = told(*FIRE, title="14 hurt in Portsmere warehouse fire")
    theirs = told(
        *FIRE_ELSEWHERE,
        title="Portsmere warehouse fire injures 14",
        source="Harbour Times",
        published=NOON + timedelta(days=30),
    )
    assert place(theirs, [an_entry(mine)]) is None


@pytest.mark.parametrize(
    ("title", "monday", "tuesday"),
    [
        (
            "Morning briefing",
            "The council of Portsmere meets today. The tram fares rise on Friday.",
            "A ferry from Skerry arrives with the first tourists. The museum of Portsmere reopens.",
        ),
        (
            "Weather for Portsmere: rain and wind on the coast",
            "Rain reaches Portsmere and the coast of Skerry by noon, with wind of 40 km/h and 12 degrees.",
            "Rain leaves Portsmere and the coast of Skerry by noon, with wind of 35 km/h and 14 degrees.",
        ),
        (
            "Markets close: shipping shares in Portsmere",
            "The Portsmere index rose 1.2 points to 871.4 as Calder Lines gained 3.5 pence.",
            "The Portsmere index fell 0.4 points to 866.9 as Calder Lines lost 2.25 pence.",
        ),
    ],
)
def test_an_ordinary_series_is_not_one_story(title, monday, tuesday):
    first = told(monday, title=title, published=NOON)
    second = told(tuesday, title=title, published=NOON + timedelta(days=1))
    assert place(second, [an_entry(first)]) is None


def test_forms_filled_for_two_companies_are_two_stories():
    one = told(
        "Calder Lines reported a profit of 4.1 million for the third quarter, up from 3.9 million, on sales of 88.",
        title="Calder Lines third quarter profit rises",
    )
    other = told(
        "Marlow Foods reported a profit of 7.2 million for the third quarter, up from 6.6 million, on sales of 91.",
        title="Marlow Foods third quarter profit rises",
        source="Harbour Times",
    )
    assert place(other, [an_entry(one)]) is None


def test_articles_without_titles_are_known_by_their_opening():
    mine = told(*FIRE, title=None)
    theirs = told(FIRE[0].replace("shortly after", "just after"), title=None, source="Harbour Times")
    assert place(theirs, [an_entry(mine, id=9)]) == 9
    assert place(told("The tram fares rise on Friday in Portsmere.", title=None), [an_entry(mine)]) is None


def test_short_notices_of_one_form_stay_apart():
    one = told("Calder Lines pays 7 pence a share on 31 March.", title="Calder Lines sets payout")
    other = told("Marlow Foods pays 7 pence a share on 31 March.", title="Marlow Foods sets payout")
    assert place(other, [an_entry(one)]) is None


def test_empty_and_odd_texts_found_stories_of_their_own():
    odd = [told("..."), told("!", title="???"), told("港の橋は月曜日に閉鎖される。", title=None)]
    entries = [an_entry(article, id=number) for number, article in enumerate(odd, start=1)]
    assert place(told("...", title=""), entries[1:]) is None


@given(st.permutations(range(5)))
def test_the_order_of_candidates_does_not_matter(order):
    entries = [
        an_entry(told(*FIRE, title="14 hurt in Portsmere warehouse fire"), id=1, story=1),
        an_entry(told(*FIRE, "And more.", title="Warehouse fire hurts 14 in Portsmere"), id=2, story=1),
        an_entry(told(*FIRE_ELSEWHERE, title="Portsmere fire"), id=3, story=3),
        an_entry(id=4),
        an_entry(told(*FIRE, title="14 hurt in Portsmere warehouse fire"), id=5, story=5),
    ]
    article = told(*FIRE_ELSEWHERE, title="Portsmere warehouse fire injures 14", source="Harbour Times")
    assert place(article, [entries[i] for i in order]) == 3


@given(st.sets(st.integers(-9, 300), max_size=90), st.sets(st.integers(-9, 300), max_size=90))
def test_resemblance_is_symmetric_and_exact_for_small_sets(a, b):
    one, other = tuple(sorted(a)[:SKETCH]), tuple(sorted(b)[:SKETCH])
    assert 0 <= resemblance(one, other) <= 1
    assert resemblance(one, other) == resemblance(other, one)
    assert resemblance(one, one) == (1 if one else 0)
    if a and b and max(len(a), len(b)) < SKETCH:
        assert resemblance(one, other) == len(a & b) / len(a | b)


def test_the_same_people_on_another_day_are_not_the_same_story():
    opening = "President Ada Vell of Halvenia and her counterpart Jon Marr of Drovia spoke about trade. "
    met = an_article(
        opening + "They met in Orrenby.", title="Vell, Marr meet to strengthen Halvenian-Drovian ties"
    )
    wrote = an_article(
        opening + "They wrote to each other.", title="Vell thanks Marr for work of Halvenia and Drovia"
    )
    assert place(wrote, [an_entry(met)]) is None
