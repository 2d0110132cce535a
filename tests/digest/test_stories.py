from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.fields.fingerprint import fingerprint
from bot.domain.model import Article, Gist, Member
from bot.stories.copies import SKETCH, resemblance
from bot.stories.evidence import WEIGHTS, features
from bot.stories.recent import RecentStories
from bot.stories.story import HEAVIEST, Story
from bot.stories.sureness import best_of
from tests.builders import NOON, an_article

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
OTHER_FIRE = (
    (
        "A fire at a paint works in Skerry injured six people on Monday night, the island brigade said. "
        "Its head Bruno Holt told reporters that the blaze was put out by midnight."
    ),
    "The works make varnish for boats and employ sixty islanders.",
)
TRIAL = (
    (
        "The trial of the Portsmere ferry captain Ivo Renn opened on Tuesday. Prosecutors say that he steered the "
        "Northern Star onto the rocks of Gull Point while asleep."
    ),
    "His lawyer Carla Prent asked the court to hear the ship's engineers first.",
)
BACKGROUND_TEXTS = (
    (
        "Portsmere trams stop for a week",
        "The trams of Portsmere stop for a week from Friday, because the rails in Mill Street are renewed.",
    ),
    (
        "Oyster season opens in Skerry",
        "The first oysters of the season were landed in Skerry on Monday; the catch is half of last year's.",
    ),
)


def told(*paragraphs: str, **facts) -> Article:
    return an_article(*paragraphs, fingerprint=fingerprint("\n\n".join(paragraphs)), **facts)


BACKGROUND = (
    *(told(text, title=title) for title, text in BACKGROUND_TEXTS),
    told(*FIRE, title="14 hurt in Portsmere warehouse fire"),
)


class Shelf:
    """Articles kept one after the other; `story_of` is where each is by now."""

    def __init__(self) -> None:
        self.recent = RecentStories()
        self.members: list[Member] = []

    def put(self, article: Article, days: float = 0) -> int:
        placed, entry, added = self.recent.place(article), len(self.members) + 1, NOON + timedelta(days=days)
        story = entry if placed.story is None else placed.story
        self.recent.merge(story, placed.absorbs)
        self.members = [replace(m, story=story) if m.story in placed.absorbs else m for m in self.members]
        self.members.append(Member(entry, story, added, placed.gist))
        self.recent.remember(self.members[-1])
        return story

    @property
    def stories(self) -> list[int]:
        return [member.story for member in self.members]


def stories(*articles: Article) -> list[int]:
    shelf = Shelf()
    for article in articles:
        shelf.put(article)
    return shelf.stories


def test_wire_copy_under_another_headline_joins():
    wire = told(*FIRE, title="Fourteen hurt in warehouse fire", source="Coast Agency")
    copy = told(*FIRE, "More soon.", title="Mill ablaze", source="Port Gazette")
    assert stories(told(*TRIAL), wire, copy) == [1, 2, 2]


def test_wire_copies_count_once_however_many_print_them():
    one = told(*FIRE, title="Fourteen hurt in warehouse fire", source="Coast Agency")
    copies = [replace(one, source=f"Paper {n}", title=f"Blaze {n}") for n in range(9)]
    alone, copied = Shelf(), Shelf()
    alone.put(one)
    for article in (one, *copies):
        copied.put(article)
    assert set(copied.stories) == {1}
    further = told(*FIRE_ELSEWHERE, title="Portsmere warehouse fire injures 14", source="Harbour Times")
    assert alone.recent.place(further) == copied.recent.place(further)


def test_another_outlet_on_the_same_event_joins():
    mine = told(*FIRE, title="14 hurt in Portsmere warehouse fire", source="Port Gazette")
    theirs = told(*FIRE_ELSEWHERE, title="Portsmere warehouse fire injures 14", source="Harbour Times")
    assert stories(told(*TRIAL), mine, theirs) == [1, 2, 2]


def test_figures_that_disagree_stay_in_one_story():
    mine = told(*FIRE, title="14 hurt in Portsmere warehouse fire")
    theirs = told(*FIRE_ELSEWHERE, title="Portsmere warehouse fire injures 3", source="Harbour Times")
    assert stories(mine, theirs) == [1, 1]


def test_another_event_of_the_same_kind_stays_apart():
    here = told(*FIRE, title="14 hurt in Portsmere warehouse fire")
    there = told(*OTHER_FIRE, title="Six hurt in Skerry paint works fire", source="Harbour Times")
    assert stories(here, there) == [1, 2]


STRANDINGS = (
    told(
        "A trawler ran aground near Gull Point early on Monday. Nobody was hurt, the coast guard said.",
        "Two tugs of the harbour of Portsmere pulled her free at noon, and divers looked at her keel.",
        title="Trawler aground, nobody hurt",
    ),
    told(
        "A yacht ran aground near Cape Norrin late on Monday. Nobody was hurt, the coast guard said.",
        "Two lifeboats of the village of Fennick pulled her free at dusk, and a diver looked at her keel.",
        title="Yacht aground, nobody hurt",
    ),
    told(
        "The trawler that ran aground near Gull Point on Monday will lie in the harbour of Portsmere for a month.",
        "Her keel is bent, said divers who looked at it after two tugs had pulled her free.",
        title="Trawler of Gull Point out of work for a month",
    ),
)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_an_event_elsewhere_does_not_join_a_story_that_grew(order):
    found = dict(zip(order, stories(*(STRANDINGS[at] for at in order)), strict=True))
    assert found[1] not in {found[0], found[2]}


FLOODS = (
    told(
        "A burst water main flooded a library in Mardle early on Tuesday. Nobody was hurt, the water company said.",
        "Thirty engineers worked for five hours. The library belongs to the Quarry Trust, which keeps 40,000 books there.",
        "The company is looking for the lorry of a builder that was seen above the main at three in the morning.",
        "The damage is put at 2 million crowns.",
        title="Library flooded by burst main",
    ),
    told(
        "A burst water main flooded the cellar of a hospital in Orrenby late on Tuesday. Nobody was hurt, the water company said.",
        "Fifteen engineers worked for two hours. The hospital has 210 beds, and its patients will be fed by a kitchen in the barracks.",
        "The company believes that the main gave way at a valve that was to have been replaced in May.",
        "The damage is put at 700,000 crowns.",
        title="Hospital cellar flooded by burst main",
    ),
    told(
        "The library of the Quarry Trust in Mardle stood under water on Tuesday morning, and its keeper fears for 40,000 books.",
        "“I have bound books for thirty years and I counted none of them last night,” said the keeper, Tove Quarry.",
        "The main burst shortly after three. The company wants to speak to the driver of a builder's lorry.",
        title="‘I counted none of them’: trust loses its books to water",
        source="Mardle Echo",
    ),
)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_nor_does_one_that_is_told_in_the_same_words(order):
    found = dict(zip(order, stories(*(FLOODS[at] for at in order)), strict=True))
    assert found[1] not in {found[0], found[2]}


def test_the_same_kind_of_event_weeks_later_is_another_event():
    shelf = Shelf()
    for article in BACKGROUND:
        shelf.put(article)
    later = told(
        "A fire at the night market of Portsmere injured 2 cooks early on Friday, the harbour brigade said.",
        "Its deputy chief Bruno Holt said that a gas bottle had burst under a stall; nine stalls burned down.",
        title="2 hurt in Portsmere night market fire",
        published=NOON + timedelta(days=30),
    )
    assert shelf.put(later, days=30) == 4


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
    assert stories(first, second) == [1, 2]


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
    assert stories(one, other) == [1, 2]


def test_articles_without_titles_are_known_by_their_opening():
    mine = told(*FIRE, title=None)
    theirs = told(FIRE[0].replace("shortly after", "just after"), title=None, source="Harbour Times")
    fares = told("The tram fares rise on Friday in Portsmere.", title=None)
    assert stories(mine, theirs, fares) == [1, 1, 3]


def test_short_notices_of_one_form_stay_apart():
    one = told("Calder Lines pays 7 pence a share on 31 March.", title="Calder Lines sets payout")
    other = told("Marlow Foods pays 7 pence a share on 31 March.", title="Marlow Foods sets payout")
    assert stories(one, other) == [1, 2]


def test_the_same_people_doing_something_else_are_another_story():
    met = told(
        "President Ada Vell of Halvenia and Jon Marr of Drovia met in Orrenby on Monday and signed a treaty on fishing "
        "in the strait. Trawlers of both sides may cast their nets up to six miles off the other's coast.",
        "Herring stocks have doubled since the last quarrel, and skippers had asked for a common season. Both "
        "parliaments vote on the treaty before Easter; a patrol of four cutters will count the landings.",
        title="Vell and Marr sign fishing treaty in Orrenby",
    )
    wrote = told(
        "President Ada Vell of Halvenia thanked Jon Marr of Drovia on Thursday for the doctors whom he sent after the "
        "earthquake. Three field hospitals have treated nine hundred of the wounded since the weekend.",
        "Roads into the mountains are open again, engineers said, and tents for eleven thousand people stand at "
        "the foot of the dam. Aftershocks went on; schools in the capital stay closed until their walls are checked.",
        title="Vell thanks Marr for doctors after earthquake",
        published=NOON + timedelta(days=3),
    )
    assert stories(*BACKGROUND, met, wrote) == [1, 2, 3, 4, 5]


BRIDGE = (
    told(
        "Captain Ivo Renn of the Northern Star said that the radar was broken when she hit Gull Point.",
        title="Renn: radar of the Northern Star was broken",
    ),
    told(
        "Prosecutors in Portsmere opened the ferry trial with charts of the rocks and the tide.",
        title="Ferry trial opens in Portsmere with charts of the rocks",
    ),
    told(
        "Prosecutors opened the ferry trial of captain Ivo Renn in Portsmere with charts of the rocks at Gull Point. "
        "Renn said that the radar of the Northern Star was broken when she hit Gull Point.",
        title="Ferry trial opens in Portsmere: radar of the Northern Star was broken, says Renn",
    ),
)


FIGHT = told(
    "Bruno Holt of Skerry kept his heavyweight belts on Saturday when he stopped Tomas Rell in the sixth round of their "
    "fight in Portsmere. Rell went down twice before the referee waved the champion to his corner.",
    "Holt had hurt Rell with left hooks from the first bell. Rell, who lost to the champion once before, said that he "
    "had never been hit so hard.",
    title="Holt stops Rell to keep heavyweight belts",
    source="Port Gazette",
    published=None,
)
SAME_FIGHT = told(
    "The heavyweight belts stay with Bruno Holt: the champion from Skerry knocked Tomas Rell to the canvas twice in "
    "Portsmere on Saturday night, and in the sixth round the referee had seen enough.",
    "It was the second time that Rell fell to the left hook of Holt. The fight had been sold out for weeks.",
    title="Holt keeps belts as Rell falls twice",
    source="Harbour Times",
    published=None,
)
OTHER_FIGHT = told(
    "Bruno Holt of Skerry kept his heavyweight belts on Saturday with a hard fight over twelve rounds against Ivo Dunmar "
    "in Orrenby. The judges gave the champion nine rounds, and Dunmar walked from the ring without a word.",
    "Dunmar had cut the eye of Holt in the third round. Trainers of Dunmar said that the left hook of the champion came "
    "too late to win by a knockout.",
    title="Holt beats Dunmar to keep heavyweight belts",
    source="Harbour Times",
    published=None,
)


def test_a_name_that_only_one_of_two_accounts_has_speaks_against_what_they_share():
    assert stories(*BACKGROUND, FIGHT, SAME_FIGHT) == [1, 2, 3, 4, 4]
    assert stories(*BACKGROUND, FIGHT, OTHER_FIGHT) == [1, 2, 3, 4, 5]
    assert stories(*BACKGROUND, OTHER_FIGHT, FIGHT, SAME_FIGHT) == [1, 2, 3, 4, 5, 5]


def evidence(one: Article, other: Article) -> dict[str, float]:
    shelf = Shelf()
    for article in (*BACKGROUND, one):
        shelf.put(article)
    return features(shelf.recent.story(4), Story.of(shelf.recent.place(other).gist))


def test_years_that_two_texts_tell_of_are_evidence_where_both_tell_any():
    then = replace(FIGHT, text=FIGHT.text.replace("Saturday", "9 May 2009"))
    now = replace(SAME_FIGHT, text=SAME_FIGHT.text.replace("Saturday", "4 May 2013"))
    assert evidence(then, now)["years apart"] == 1.0
    assert evidence(then, then)["years apart"] == 0.0
    assert evidence(FIGHT, now)["years apart"] == 0.0


def test_numbers_of_two_openings_speak_against_where_none_agrees():
    counted = replace(FIGHT, text=f"{FIGHT.text} 3,100 people paid 45 crowns each.")
    same = replace(SAME_FIGHT, text=f"{SAME_FIGHT.text} Some 3,100 came; 12 were sent away.")
    other = replace(SAME_FIGHT, text=f"{SAME_FIGHT.text} Some 900 came; 12 were sent away.")
    assert evidence(counted, other)["numbers apart"] == 1.0
    assert evidence(counted, same)["numbers apart"] == 0.0
    assert evidence(counted, SAME_FIGHT)["numbers apart"] == 0.0


def test_a_story_states_the_numbers_of_all_of_its_articles():
    grown = Story.of(Gist(terms={"fight": 1000}, numbers=frozenset({"3"})))
    for number in ("4", "5"):
        grown.take(Story.of(Gist(terms={"fight": 1000}, numbers=frozenset({number}))))
    assert grown.numbers == {"3", "4", "5"}


def test_a_missing_day_asks_for_more():
    one, other = (replace(article, published=NOON) for article in (FIGHT, SAME_FIGHT))
    assert evidence(one, other)["near"] == 1.0
    assert evidence(one, SAME_FIGHT)["near"] == 0.0
    assert evidence(one, replace(other, published=NOON + timedelta(days=2)))["near"] == 0.0


def test_a_missing_day_asks_for_more_of_two_than_of_one():
    doubtful = {**WEIGHTS, "always": WEIGHTS["always"] - 3.4}

    def same(one: datetime | None, other: datetime | None) -> bool:
        shelf = RecentStories()
        for number, article in enumerate((*BACKGROUND, replace(FIGHT, published=one)), start=1):
            shelf.remember(Member(number, number, NOON, shelf.place(article).gist))
        alone = Story.of(shelf.place(replace(SAME_FIGHT, published=other)).gist)
        return best_of(alone, {4: shelf.story(4)}, doubtful) == 4

    assert not same(None, None)
    assert same(NOON, None)
    assert same(None, NOON)


def test_an_article_is_near_a_day_of_a_story_and_not_only_within_its_months():
    on = [
        Story.of(Gist(terms={"fight": 1000}, published=NOON + timedelta(days=day))) for day in (0, 60, 30, 59)
    ]
    long, between, beside = on[0], on[2], on[3]
    long.take(on[1])
    assert features(long, between)["near"] == 0.0
    assert features(long, beside)["near"] == features(beside, long)["near"] == 1.0


@given(st.lists(st.sampled_from((FIGHT, SAME_FIGHT, OTHER_FIGHT, *BRIDGE)), min_size=2, max_size=6))
def test_evidence_is_the_same_from_either_side(told_of: list[Article]):
    gists = [RecentStories().place(article).gist for article in told_of]
    one, other = Story.of(gists[0]), Story.of(gists[-1])
    for gist in gists[1:-1]:
        one.take(Story.of(gist))
    assert features(one, other) == features(other, one)
    assert set(features(one, other)) | {"always"} == set(WEIGHTS)


@given(st.lists(st.sampled_from((FIGHT, SAME_FIGHT, OTHER_FIGHT, *STRANDINGS)), min_size=1, max_size=8))
def test_the_heaviest_terms_are_those_of_the_whole_sum(told_of: list[Article]):
    story = Story.of(RecentStories().place(told_of[0]).gist)
    for article in told_of[1:]:
        story.take(Story.of(RecentStories().place(article).gist))
    weights = story.body.weights
    assert story.body.heaviest == tuple(sorted(weights, key=lambda term: (-weights[term], term))[:HEAVIEST])
    assert story.body.square == sum(weight * weight for weight in weights.values())


def test_empty_and_odd_texts_found_stories_of_their_own():
    odd = [
        told("..."),
        told("!", title="???"),
        told("港の橋は月曜日に閉鎖される。", title=None),
        told("...", title=""),
    ]
    assert stories(*odd) == [1, 2, 3, 4]


def test_headlines_alone_are_grouped():
    lines = (
        "Ferry captain Renn on trial for Northern Star wreck",
        "Trams stop for a week in Portsmere",
        "Captain Renn of wrecked Northern Star goes on trial",
    )
    assert stories(*(told(line, title=line) for line in lines)) == [1, 2, 1]


def test_other_languages_are_grouped():
    german = (
        "Der Stadtrat von Hafenau hat am Montag den Bau der neuen Fährbrücke über die Lenne beschlossen.",
        "Hafenau baut die Fährbrücke über die Lenne: Der Stadtrat hat am Montag zugestimmt.",
    )
    other = "In Hafenau beginnt am Freitag das Lichterfest mit einem Umzug der Kinder."
    assert stories(*(told(text, title=None, language="de") for text in (german[0], other, german[1]))) == [
        1,
        2,
        1,
    ]


def test_a_story_goes_on_over_days_while_its_evidence_holds():
    shelf = Shelf()
    days = (
        "The captain Ivo Renn told the court in Portsmere that he had slept for two hours before the Northern Star hit Gull Point.",
        "Engineers of the Northern Star told the Portsmere court that captain Ivo Renn knew of the broken radar at Gull Point.",
        "The Portsmere court found captain Ivo Renn guilty of the wreck of the Northern Star at Gull Point.",
    )
    shelf.put(told(*TRIAL, title="Northern Star captain Renn on trial"))
    for day, text in enumerate(days, start=1):
        when = NOON + timedelta(days=day)
        shelf.recent.forget(when - timedelta(days=2))
        title = f"Northern Star trial of captain Renn: day {day}"
        assert shelf.put(told(text, title=title, published=when, source=f"Paper {day}"), day) == 1


def test_a_story_that_nothing_was_added_to_is_forgotten():
    shelf = Shelf()
    article = told(*FIRE, title="14 hurt in Portsmere warehouse fire")
    shelf.put(article)
    shelf.recent.forget(NOON)
    assert shelf.recent.place(article).story == 1
    shelf.recent.forget(NOON + timedelta(seconds=1))
    assert len(shelf.recent) == 0
    assert shelf.recent.place(article).story is None


def test_a_later_article_reveals_that_two_stories_are_one():
    shelf = Shelf()
    assert [shelf.put(article) for article in BRIDGE[:2]] == [1, 2]
    placed = shelf.recent.place(BRIDGE[2])
    assert (placed.story, placed.absorbs) == (1, (2,))
    shelf.put(BRIDGE[2])
    assert shelf.stories == [1, 1, 1]
    assert len(shelf.recent) == 1


WORDS = "harbour bridge ferry captain trial radar storm council tram fares museum fire brigade Renn Portsmere Skerry 14 88"
TEXTS = st.lists(st.sampled_from(WORDS.split()), min_size=3, max_size=14).map(" ".join)
STREAMS = st.lists(TEXTS, min_size=1, max_size=14).map(
    lambda texts: [told(text, title=None) for text in texts]
)


@given(STREAMS)
def test_an_order_of_arrival_gives_one_grouping(stream: Sequence[Article]):
    found = stories(*stream)
    assert found == stories(*stream)
    assert all(story <= entry for entry, story in enumerate(found, start=1))
    assert all(found[story - 1] == story for story in found)


@given(STREAMS, st.integers(0, 14))
def test_what_is_known_follows_from_the_members_alone(stream: Sequence[Article], at: int):
    """A desk that starts anew between two articles goes on as one that never stopped."""
    live = Shelf()
    for number, article in enumerate(stream):
        if number == at:
            again = RecentStories()
            for member in live.members:
                again.remember(member)
            assert again.place(article) == live.recent.place(article)
            live.recent = again
        live.put(article)
    assert live.stories == stories(*stream)


@given(st.sets(st.integers(-9, 300), max_size=90), st.sets(st.integers(-9, 300), max_size=90))
def test_resemblance_is_symmetric_and_exact_for_small_sets(a, b):
    one, other = tuple(sorted(a)[:SKETCH]), tuple(sorted(b)[:SKETCH])
    assert 0 <= resemblance(one, other) <= 1
    assert resemblance(one, other) == resemblance(other, one)
    assert resemblance(one, one) == (1 if one else 0)
    if a and b and max(len(a), len(b)) < SKETCH:
        assert resemblance(one, other) == len(a & b) / len(a | b)
