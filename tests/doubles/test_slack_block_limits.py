"""Each number of Block Kit: a client that keeps to it is taken, one that goes a single step beyond fails.

The numbers are written out here a second time, from @slack/types and slack_sdk.models: docs.slack.dev/reference/block-kit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.doubles.slack import SlackDouble
from tests.doubles.slack_client import actions, button, client_of, options, section, words

Json = dict[str, Any]
Made = Callable[[int], Json]
IMAGE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a bridge"}
ADDRESS = "https://example.com/"
LONG = "x" * 12_001


def plain(length: int) -> Json:
    return words(LONG[:length], "plain_text")


def asked(**more: Any) -> Json:
    return {"type": "input", "label": plain(1), "element": {"type": "plain_text_input"}, **more}


def chosen(kind: str, **more: Any) -> Json:
    return actions({"type": kind, "options": options(2), **more})


def confirmed(part: str) -> Made:
    """A button with a dialog of which one part is this long."""
    parts = {name: plain(1) for name in ("title", "text", "confirm", "deny")}
    return lambda length: actions(button(confirm=parts | {part: plain(length)}))


def option(length: int, value: int) -> Json:
    return {"text": plain(length), "value": LONG[:value]}


def groups(count: int, each: int = 1) -> Json:
    listed = [{"label": plain(1), "options": options(each)}] * count
    return actions({"type": "static_select", "option_groups": listed})


LONGEST: dict[str, tuple[int, Made]] = {
    "block id": (255, lambda n: {"type": "divider", "block_id": LONG[:n]}),
    "section": (3_000, lambda n: section(LONG[:n])),
    "field": (2_000, lambda n: {"type": "section", "fields": [words(LONG[:n])]}),
    "header": (150, lambda n: {"type": "header", "text": plain(n)}),
    "context": (3_000, lambda n: {"type": "context", "elements": [words(LONG[:n])]}),
    "words for an image": (2_000, lambda n: IMAGE | {"alt_text": LONG[:n]}),
    "title of an image": (2_000, lambda n: IMAGE | {"title": plain(n)}),
    "address of an image": (3_000, lambda n: IMAGE | {"image_url": (ADDRESS + LONG)[:n]}),
    "label": (2_000, lambda n: asked(label=plain(n))),
    "hint": (2_000, lambda n: asked(hint=plain(n))),
    "markdown": (12_000, lambda n: {"type": "markdown", "text": LONG[:n]}),
    "action id": (255, lambda n: actions(button(action_id=LONG[:n]))),
    "button": (75, lambda n: actions(button(LONG[:n]))),
    "value": (2_000, lambda n: actions(button(value=LONG[:n]))),
    "address": (3_000, lambda n: actions(button(url=(ADDRESS + LONG)[:n]))),
    "title of a dialog": (100, confirmed("title")),
    "text of a dialog": (300, confirmed("text")),
    "yes of a dialog": (30, confirmed("confirm")),
    "no of a dialog": (30, confirmed("deny")),
    "placeholder": (150, lambda n: chosen("static_select", placeholder=plain(n))),
    "option": (75, lambda n: chosen("overflow", options=[option(n, 1)] * 2)),
    "value of an option": (150, lambda n: chosen("overflow", options=[option(1, n)] * 2)),
}
MOST: dict[str, tuple[int, Made]] = {
    "fields": (10, lambda n: {"type": "section", "fields": [words("x")] * n}),
    "contexts": (10, lambda n: {"type": "context", "elements": [words("x")] * n}),
    "buttons": (25, lambda n: actions(*(button(action_id=str(number)) for number in range(n)))),
    "rows": (100, lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n}),
    "cells": (20, lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]}),
    "options": (100, lambda n: chosen("static_select", options=options(n))),
    "checkboxes": (10, lambda n: chosen("checkboxes", options=options(n))),
    "radio buttons": (10, lambda n: chosen("radio_buttons", options=options(n))),
    "overflow": (5, lambda n: chosen("overflow", options=options(n))),
    "groups": (100, groups),
    "options of a group": (100, lambda n: groups(1, n)),
}


async def said(*blocks: Json) -> str:
    """What Slack says against a post of these blocks, which it does not keep; nothing when it keeps them."""
    async with SlackDouble() as slack:
        try:
            await client_of(slack).chat_postMessage(channel="C1", text="x", blocks=list(blocks))
        except SlackApiError as refused:
            answer = refused.response
        else:
            assert [len(message["blocks"]) for message in slack.posted("C1")] == [len(blocks)]
            return ""
        assert (answer["error"], slack.posted("C1")) == ("invalid_blocks", [])
        return str(answer["response_metadata"]["messages"][0])


@pytest.mark.parametrize("name", LONGEST)
async def test_a_text_may_be_this_long_and_no_longer(name: str):
    longest, made = LONGEST[name]
    assert await said(made(longest)) == ""
    assert f"must be less than {longest + 1} characters" in await said(made(longest + 1))


@pytest.mark.parametrize("name", MOST)
async def test_there_may_be_this_many_and_no_more(name: str):
    most, made = MOST[name]
    assert await said(made(most)) == ""
    assert f"no more than {most} items allowed" in await said(made(most + 1))


async def test_a_message_has_fifty_blocks():
    assert await said(*[{"type": "divider"}] * 50) == ""
    problem = await said(*[{"type": "divider"}] * 51)
    assert problem == "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"


async def test_an_overflow_menu_has_two_options_at_least():
    assert "no less than 2 items" in await said(chosen("overflow", options=options(1)))


async def test_a_reader_may_type_3000_characters():
    typed = {"type": "plain_text_input"}
    for length in (1, 3_000):
        assert await said(asked(element={**typed, "max_length": length})) == ""
    for length in (0, 3_001):
        problem = await said(asked(element={**typed, "max_length": length}))
        assert "must be between 1 and 3000 [json-pointer:/blocks/0/element/max_length]" in problem
