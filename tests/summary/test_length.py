from __future__ import annotations

import pytest

from bot.summary.length import Budget, length
from bot.summary.methods import METHODS
from bot.summary.summarizers import summarizer
from tests.builders import an_article
from tests.contracts.summarizer import TOWN


def test_a_minute_is_two_hundred_and_thirty_eight_words() -> None:
    assert Budget(seconds=60).word_limit == 238


def test_the_tighter_of_words_and_seconds_counts() -> None:
    assert Budget(words=100, seconds=60).word_limit == 100
    assert Budget(words=500, seconds=60).word_limit == 238
    assert Budget(sentences=3).word_limit is None


def test_words_alone_leave_room_for_short_sentences() -> None:
    assert Budget(words=30).sentence_limit == 10
    assert Budget(words=30, sentences=2).sentence_limit == 2


@pytest.mark.parametrize("limits", [{}, {"seconds": float("nan")}, {"seconds": float("inf")}])
def test_a_budget_has_an_end(limits: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="budget"):
        Budget(**limits)  # type: ignore[arg-type]


def test_less_than_nothing_is_nothing() -> None:
    assert Budget(words=-5).word_limit == 0
    assert Budget(sentences=-5).sentence_limit == 0


def test_scripts_without_spaces_have_a_length() -> None:
    assert length("The bridge closed in 1931.") == 5
    assert length("大桥将于周一关闭") == 7


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "limits", [{"words": 30}, {"seconds": 10}, {"sentences": 2, "words": 60}, {"words": 3}]
)
def test_every_method_keeps_to_the_budget(method: str, limits: dict[str, int]) -> None:
    article = an_article(*TOWN)
    chosen = summarizer(method)(article, **limits).sentences
    room = Budget(**limits).word_limit
    assert room is not None
    assert sum(length(span.of(article.text)) for span in chosen) <= room
    assert len(chosen) <= limits.get("sentences", len(chosen))
    assert list(chosen) == sorted(chosen)


def test_a_generous_budget_is_used() -> None:
    article = an_article(*TOWN)
    chosen = summarizer("newsrank")(article, words=100).sentences
    assert sum(length(span.of(article.text)) for span in chosen) > 60
