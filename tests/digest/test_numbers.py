"""The numbers that are kept are those that readers see, on each platform and over all parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.slack import blocks
from bot.chat.telegram import html
from bot.digest.compose import ComposeSettings, compose
from bot.domain.digests import Digest
from bot.domain.events import Payload
from bot.domain.message import Message
from bot.domain.model import Occasion, Window
from bot.views.layout import digest_message
from bot.views.posted import tellings
from tests.builders import NOON, an_article, an_entry

STORY = st.tuples(st.sampled_from(["en", "de", "fi"]), st.sampled_from([None, "Sport", "World", "City"]))
RENDERERS = pytest.mark.parametrize("render", [blocks.render, html.render])
Render = Callable[[Message], Sequence[Payload]]


def a_digest(stories: Sequence[tuple[str, str | None]], words: int = 30, told: int = 3) -> Digest:
    entries = [
        an_entry(
            an_article(
                f"Story {number} tells of {'much ' * words}and ends.",
                title=f"Headline of matter {number}",
                language=language,
                section=section,
            ),
            id=number,
        )
        for number, (language, section) in enumerate(stories, start=1)
    ]
    window, since = Window(0, len(entries)), NOON - timedelta(days=1)
    shape = ComposeSettings(stories=told)
    return compose(Occasion("asked", "s", "1"), "morning", window, since, NOON, entries, [], shape)


@RENDERERS
@settings(max_examples=30, deadline=None)
@given(stories=st.lists(STORY, min_size=2, max_size=12))
def test_each_number_stands_before_the_headline_that_is_kept_under_it(render: Render, stories):
    digest = a_digest(stories)
    payloads = render(digest_message(digest, "UTC", numbered=True))
    seen = dict(
        re.findall(
            r"^(\d+)\. (Headline of matter \d+)", "\n".join(one.plain for one in payloads), re.MULTILINE
        )
    )
    kept = tellings(digest, payloads, numbered=True)
    assert {str(one.number): one.brief.headline for one in kept} == seen
    assert [one.number for one in kept] == list(range(1, len(stories) + 1))
    assert [one.listed for one in kept] == [number > len(digest.briefs) for number in range(1, len(kept) + 1)]


@RENDERERS
def test_a_digest_of_several_parts_counts_on_and_knows_which_part_tells_what(render: Render):
    digest = a_digest([("en", None)] * 70, words=90, told=60)
    payloads = render(digest_message(digest, "UTC", numbered=True))
    kept = tellings(digest, payloads, numbered=True)
    assert len(payloads) > 1
    for one in kept:
        assert f"{one.number}. {one.brief.headline}" in payloads[one.part - 1].plain


def test_one_story_needs_no_number_and_an_empty_digest_no_hint():
    for count, hint in ((0, ""), (1, "Reply “more” for all of this story")):
        (payload,) = html.render(digest_message(a_digest([("en", None)] * count), "UTC", numbered=True))
        assert "1. " not in payload.plain
        assert payload.plain.endswith(hint)
        assert ("Reply" in payload.plain) == bool(hint)


def test_where_nobody_is_heard_nothing_is_numbered():
    digest = a_digest([("en", None)] * 5)
    (payload,) = html.render(digest_message(digest, "UTC"))
    assert "1. " not in payload.plain
    assert "Reply" not in payload.plain
    assert {one.number for one in tellings(digest, [payload], numbered=False)} == {0}
