"""What a change would have changed: which stories come in and go, how many, and which five are named."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.digest.difference import difference
from bot.domain.message import Message
from bot.domain.model import Entry
from bot.views.comparison import comparison_blocks
from bot.wording.chat.comparing import lasting
from tests.builders import an_article, an_entry
from tests.chat.kinds import composed
from tests.conversation import shown

TITLES = [
    f"Lamp {number} goes out in {place}"
    for number, place in enumerate(["Mardle", "Quay", "Fen", "Sea", "Hay", "Rye"])
]


def entries(*numbers: int) -> list[Entry]:
    return [an_entry(an_article(title=TITLES[n]), id=n + 1, story=n + 1) for n in numbers]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((0, 1), (0, 1), "nothing would have changed in the digest of today 08:00."),
        ((0,), (0, 1, 2), "would have been another: + 2 stories, 1 stays."),
        ((0, 1, 2), (3,), "would have been another: + 1 story, − 3 stories."),
        ((0, 1), (), "would have been another: − 2 stories."),
    ],
)
def test_stories_are_counted_and_named(before, after, told):
    old, new = composed(entries(*before)), composed(entries(*after))
    text = " ".join(shown(Message(comparison_blocks(difference(old, new), "today 08:00"))).split())
    assert told in text
    comes, _, goes = text.partition("Would go:")
    assert [TITLES[n] in comes.partition("Would come in:")[2] for n in after] == [
        n not in before for n in after
    ]
    assert [TITLES[n] in goes for n in before] == [n not in after for n in before]


def test_five_are_named_and_the_others_counted():
    found = difference(composed([]), composed(entries(*range(6))))
    text = shown(Message(comparison_blocks(found)))
    assert "+ 6 stories" in text
    assert sum(title in text for title in TITLES) == 5
    assert "and 1 more" in text


@pytest.mark.parametrize(
    ("hours", "told"), [(2, "2 hours"), (24, "24 hours"), (47, "47 hours"), (48, "2 days"), (167, "7 days")]
)
def test_a_length_is_told_in_hours_or_days(hours, told):
    assert lasting(timedelta(hours=hours)) == told
