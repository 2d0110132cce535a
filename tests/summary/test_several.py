from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.model import Article
from bot.summary.length import Budget, length
from bot.summary.multi_document import Placed, choose_from_several
from tests.builders import an_article
from tests.contracts.summarizer import TOWN

GAZETTE = an_article(*TOWN)
HERALD = an_article(
    "The harbour bridge closed on Monday after engineers found cracks in two of its pillars.",
    "The closure will cost the port about two million crowns a week, the chamber of trade estimated.",
    "She said nothing more.",
    title="Bridge closure to cost the port millions",
)
COURIER = an_article(
    "Engineers found cracks in two pillars of the harbour bridge, which closed on Monday.",
    "Police will steer lorries through the Calder tunnel until the bridge opens again in May.",
    title="Lorries sent through the tunnel",
)
STORY = (GAZETTE, HERALD, COURIER)


def texts(articles: tuple[Article, ...], chosen: tuple[Placed, ...]) -> list[str]:
    return [span.of(articles[number].text) for number, span in chosen]


def test_the_same_news_is_told_once() -> None:
    said = texts(STORY, choose_from_several(STORY, Budget(sentences=4)))
    assert sum("cracks" in sentence for sentence in said) == 1
    assert len(said) >= 3


def test_each_sentence_knows_its_article() -> None:
    chosen = choose_from_several(STORY, Budget(sentences=5))
    assert len({number for number, _ in chosen}) > 1
    for number, span in chosen:
        sentence = span.of(STORY[number].text)
        assert sentence == sentence.strip()


def test_what_leans_on_another_sentence_is_not_chosen() -> None:
    assert "She said nothing more." not in texts(STORY, choose_from_several(STORY, Budget(sentences=20)))


def test_what_tells_no_news_itself_is_not_chosen() -> None:
    says = "The harbour master explains why the bridge with cracks in two pillars closed on Monday."
    scene = "It is early morning at the harbour bridge that closed on Monday."
    story = (*STORY, an_article(says, scene, title="Why the bridge closed"))
    assert not {says, scene} & set(texts(story, choose_from_several(story, Budget(sentences=20))))


def test_one_article_is_a_story_too() -> None:
    assert choose_from_several((GAZETTE,), Budget(sentences=2))


@pytest.mark.parametrize("articles", [(), (an_article("..."),), (an_article("   "), an_article("!!!"))])
def test_nothing_to_say_is_nothing_said(articles: tuple[Article, ...]) -> None:
    assert choose_from_several(articles, Budget(sentences=3)) == ()


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.lists(st.sampled_from([*TOWN, "…", "He left.", "“No?”"]), min_size=1, max_size=4), max_size=4
    ),
    st.builds(
        Budget,
        sentences=st.integers(0, 6),
        words=st.none() | st.integers(0, 90),
        seconds=st.none() | st.floats(0, 30),
    ),
)
def test_within_the_budget_in_order_and_the_same_again(paragraphs: list[list[str]], budget: Budget) -> None:
    articles = tuple(an_article(*one) for one in paragraphs)
    chosen = choose_from_several(articles, budget)
    assert chosen == choose_from_several(articles, budget)
    assert len(chosen) <= budget.sentence_limit
    assert len(set(chosen)) == len(chosen)
    assert list(chosen) == sorted(chosen, key=lambda one: (one[0], one[1].start))
    if budget.word_limit is not None:
        assert sum(map(length, texts(articles, chosen))) <= budget.word_limit
