from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.kinds import kind_of
from bot.digest.ranking import LEADS_OF_OUTLET, OLD, STORIES_OF_TOPIC, Weights, in_order, independent, places
from bot.domain.model import Entry
from tests.builders import NOON, a_quote, an_article, an_entry

WIRE = tuple(range(64))
RECIPE = "Plum cake. 250 g flour, 120 g butter, 3 tbsp sugar, 2 tsp cinnamon, 200 ml milk. Stir and bake."
SHOP = "Oak table, hand-made. $249.00, was $310.00. In stock. Add to cart."
FORM = "Name ______ Street ______ Town ______ I agree ☐"
TABLE = (
    "Rovers 12 9 2 1 31:8 29 Athletic 12 8 3 1 27:11 27 Fennick 12 7 2 3 22:14 23 Norrin 12 6 1 5 19:17 19 "
    * 2
)
NEWS = (
    "The harbour bridge closes on Monday for 11 weeks. Repairs cost $249.00, and a cake of 250 g is on sale."
)

BAKED = "Plum cake is a fine thing in autumn. Stir 3 tbsp sugar into 200 ml milk, pour it over the plums, and bake all at 180 °C."
FIRE = (
    "The blaze in the mill reached 450 degrees, the fire brigade of Brindle said on Monday; nobody was hurt."
)


def ordered(*entries: Entry, wanted: tuple[str, ...] = (), first: int = 10) -> list[int]:
    stories: dict[int, tuple[Entry, ...]] = {}
    for entry in entries:
        stories[entry.story] = (*stories.get(entry.story, ()), entry)
    scored = places(stories.values(), NOON, Weights(), wanted)
    return [story[0].story for story in in_order(stories.values(), scored, first)]


def test_a_table_that_was_read_cell_by_cell_is_one():
    rows = [cell for number in range(12) for cell in (f"Player {number}", "keeper", "one tackle", "alone")]
    assert kind_of(an_article("How the Rovers played on Monday.", *rows)) == "table"
    named = [cell for _ in range(12) for cell in ("Reyes", "harbour master", "of Brindle", "and lorries")]
    assert kind_of(an_article("Who closed the bridge on Monday.", *named)) is None, (
        "a list of names has no figures"
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (RECIPE, "recipe"),
        (SHOP, "shop"),
        (FORM, "form"),
        (TABLE, "table"),
        (BAKED, "recipe"),
        ("Oak table, hand-made in Brindle, seats six. $249.00. Add to basket.", "shop"),
        ("Eichentisch aus Brindel. 249,00 € inkl. MwSt. zzgl. Versandkosten, Lieferzeit: 3 Tage", "shop"),
        ("Rosé aus Brindel, lieblich. Artikel-Nr.: 009311. Sofort versandfertig, 7,90 €.", "shop"),
        ("A hutch for two rabbits.\n\nMaterial\n\npine\n\nWidth (open)\n\n104 cm\n\nColour: brown", "shop"),
        (NEWS, None),
        (FIRE, None),
        ("The mill sells flour at $3.20 again, and all of it is in stock, its owner said on Monday.", None),
        (
            f"Half of those who add to basket never pay, a study of Brindle's shops shows. {'They look, and go on. ' * 70}",
            None,
        ),
    ],
)
def test_what_is_no_news_is_told_by_what_it_is_made_of(text, kind):
    assert kind_of(an_article(text)) == kind


def test_no_news_is_last_undated_and_old_before_it():
    page = an_entry(an_article(RECIPE, source="Spoon"), id=1)
    undated = an_entry(an_article(NEWS, published=None, source="Hill Post"), id=2)
    ahead = an_entry(an_article(NEWS, published=NOON + timedelta(days=400), source="Bay News"), id=3)
    old = an_entry(an_article(NEWS, published=NOON - timedelta(days=400), source="Skerry Post"), id=4)
    soft = an_entry(an_article("Is it?", title="Is it?", published=NOON - timedelta(days=5)), id=5)
    order = ordered(page, undated, ahead, old, soft)
    assert order[0] == 5
    assert order[-1] == 1


def test_a_copy_of_the_wire_counts_once():
    own = [an_entry(an_article(source=f"Outlet {n}"), id=n, story=1) for n in range(3)]
    wire = [
        an_entry(an_article(source=f"Paper {n}", agency="HPA", fingerprint=WIRE), id=n, story=2)
        for n in range(9)
    ]
    assert independent(own) == 3
    assert independent(wire) == 1
    assert independent([*own, an_entry(an_article(source=None), id=8)]) == 3
    assert ordered(*wire, *own) == [1, 2]


def test_what_was_asked_for_in_the_headline_comes_before_what_mentions_it():
    there = an_entry(an_article("It sails.", title="The ferry sails again"), id=1)
    lower = an_entry(an_article("The ferry is late.", title="Monday in town", source="Hill Post"), id=2)
    assert ordered(lower, there, wanted=("ferry",)) == [1, 2]
    assert ordered(there, lower, wanted=("the ferry is",)) == [2, 1]


def test_hard_news_comes_before_a_question():
    text = "Fares rise by 4 pence to 120 on 3 June. “Nobody likes it,” Ada Marlow said."
    article = an_article(text, title="Fares rise by 4 pence")
    hard = an_entry(article, a_quote(article, "Nobody likes it", "Ada Marlow", "Ada Marlow"), id=1)
    soft = an_entry(an_article("Perhaps.", title="Are we too fond of trams?", source="Hill Post"), id=2)
    assert ordered(soft, hard) == [1, 2]


def test_of_equals_the_newest_comes_first():
    hours = {1: 30, 2: 2, 3: 9}
    entries = [
        an_entry(an_article(published=NOON - timedelta(hours=n), source=f"{n}"), id=number)
        for number, n in hours.items()
    ]
    assert ordered(*entries) == [2, 3, 1]


def test_an_outlet_and_a_section_have_two_of_the_first_places():
    outlets = [an_entry(an_article(), id=n) for n in range(1, 6)]
    other = an_entry(an_article(source="Hill Post", published=NOON - timedelta(days=3)), id=9)
    assert ordered(*outlets, other).index(9) == LEADS_OF_OUTLET
    sections = [an_entry(an_article(section="Sport", source=f"S{n}"), id=n) for n in range(1, 6)]
    else_ = an_entry(an_article(section="City", source="C", published=NOON - timedelta(days=3)), id=9)
    assert ordered(*sections, else_).index(9) == STORIES_OF_TOPIC


def test_variety_moves_no_recipe_before_news():
    news = [an_entry(an_article(NEWS), id=n) for n in range(1, 6)]
    assert ordered(*news, an_entry(an_article(RECIPE, source="Spoon"), id=9))[-1] == 9


ENTRIES = st.lists(
    st.builds(
        lambda source, section, text, hours: an_article(
            text, source=source, section=section, published=hours and NOON - timedelta(hours=hours)
        ),
        st.sampled_from([None, "A", "B", "C"]),
        st.sampled_from([None, "Sport", "City"]),
        st.sampled_from([NEWS, RECIPE, SHOP, "It rains."]),
        st.none() | st.integers(1, 2000),
    ),
    max_size=12,
).map(lambda articles: [an_entry(one, id=n) for n, one in enumerate(articles, start=1)])


@given(entries=ENTRIES, first=st.integers(0, 12), data=st.data())
def test_every_story_has_one_place_whatever_their_order(entries, first, data):
    order = ordered(*entries, first=first)
    assert sorted(order) == [entry.id for entry in entries]
    assert ordered(*data.draw(st.permutations(entries)), first=first) == order
    behind = [_behind(entries[number - 1]) for number in order]
    assert behind == sorted(behind)


def _behind(entry: Entry) -> int:
    published = entry.article.published
    return 2 if kind_of(entry.article) else int(published is None or entry.added - published > OLD)
