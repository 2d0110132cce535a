"""Each rule of the Slack double for messages and views: a client that does not know it fails."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.doubles.slack import SlackDouble
from tests.doubles.slack_client import (
    KEYED,
    actions,
    button,
    client_of,
    refusal,
    section,
    words,
)

BAD_BLOCKS = {
    "empty section": ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "no words": ([{"type": "section"}], "missing required field: text [json-pointer:/blocks/0]"),
    "marked header": ([{"type": "header", "text": words("x")}], "must be one of plain_text"),
    "no url": ([actions(button(url="javascript:alert(1)"))], "must be a valid URL"),
    "empty url": ([actions(button(url=""))], "must be more than 0 characters"),
    "empty markdown": ([{"type": "markdown", "text": ""}], "must be more than 0 characters"),
    "bad style": ([actions(button(style="loud"))], "must be one of primary, danger"),
    "marked button": ([actions({"type": "button", "text": words("x")})], "must be one of plain_text"),
    "same action ids": (
        [actions(button(action_id="a"), button(action_id="a"))],
        '`action_id` "a" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
    "same block ids": (
        [{"type": "divider", "block_id": "d"}] * 2,
        '`block_id` "d" already exists [json-pointer:/blocks/1/block_id]',
    ),
    "image without words": (
        [{"type": "image", "image_url": "https://example.com/a.png", "alt_text": ""}],
        "must be more than 0 characters [json-pointer:/blocks/0/alt_text]",
    ),
    "unknown block": ([{"type": "banner"}], "unsupported type: banner [json-pointer:/blocks/0/type]"),
    "unknown property": (
        [{"type": "divider", "page_size": 3}],
        "invalid additional property: page_size [json-pointer:/blocks/0]",
    ),
    "a button in context": ([{"type": "context", "elements": [button()]}], "unsupported type: button"),
}


@pytest.mark.parametrize("name", BAD_BLOCKS)
async def test_refuses_bad_blocks_in_slacks_words(name: str):
    blocks, message = BAD_BLOCKS[name]
    async with SlackDouble() as slack:
        answer = await refusal(client_of(slack).chat_postMessage(channel="C1", text="x", blocks=blocks))
        assert answer["error"] == "invalid_blocks"
        assert answer["response_metadata"]["messages"][0].startswith("[ERROR] " + message)
        assert slack.posted("C1") == []


async def test_refuses_too_much_text_over_all_blocks():
    async with SlackDouble() as slack:
        client = client_of(slack)
        blocks = [section("x" * 2_650) for _ in range(5)]
        answer = await refusal(client.chat_postMessage(channel="C1", text="x", blocks=blocks))
        assert answer["error"] == "msg_blocks_too_long"
        await client.chat_postMessage(channel="C1", text="x", blocks=[section("x" * 2_640) for _ in range(5)])


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": " \n"}, "no_text"),
        ({"text": "x", "blocks": "not json"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": ["x"]}, "invalid_blocks_format"),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"markdown_text": "y" * 12_001}, "msg_too_long"),
        ({"text": "x", "metadata": "{"}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_schema"),
        ({"text": "x", "metadata": {**KEYED, "event_payload": {"key": "x" * 1_024}}}, "metadata_too_large"),
        ({"text": "x", "thread_ts": "1.000000"}, "thread_not_found"),
        ({"text": "x", "attachments": [{"text": "x"}] * 101}, "too_many_attachments"),
    ],
)
async def test_refuses_a_bad_message(more: dict[str, Any], error: str):
    async with SlackDouble() as slack, aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {slack.bot_token}"}
        body = {"channel": "C1", **more}
        async with session.post(slack.url + "chat.postMessage", json=body, headers=headers) as reply:
            assert (await reply.json())["error"] == error
        assert slack.posted("C1") == []


async def test_cuts_a_post_at_40000_characters_and_refuses_an_update_beyond_4000():
    async with SlackDouble() as slack:
        client = client_of(slack)
        posted = await client.chat_postMessage(channel="C1", text="x" * 40_001)
        assert posted["warning"] == "message_truncated"
        assert len(slack.posted("C1")[0]["text"]) == 40_000
        answer = await refusal(client.chat_update(channel="C1", ts=posted["ts"], text="y" * 4_001))
        assert answer["error"] == "msg_too_long"
        assert slack.posted("C1")[0]["text"][0] == "x"
        await client.chat_update(channel="C1", ts=posted["ts"], text="y" * 4_000)
        assert slack.posted("C1")[0]["edited"]["user"] == "U0BOT"


HOME = {"type": "home", "blocks": [section("x")]}
MODAL = {"type": "modal", "title": words("Settings", "plain_text"), "blocks": [section("x")]}


@pytest.mark.parametrize(
    ("view", "error"),
    [
        ({**HOME, "blocks": [{"type": "divider"}] * 101}, "invalid_arguments"),
        ({**HOME, "private_metadata": "x" * 3_001}, "invalid_arguments"),
        ({**HOME, "callback_id": "x" * 256}, "invalid_arguments"),
        (MODAL, "invalid_arguments"),
        ({**HOME, "blocks": [section("x" * 3_000)] * 90}, "view_too_large"),
    ],
)
async def test_refuses_a_bad_home_tab(view: dict[str, Any], error: str):
    async with SlackDouble() as slack:
        answer = await refusal(client_of(slack).views_publish(user_id="U1", view=view))
        assert answer["error"] == error
        await client_of(slack).views_publish(user_id="U1", view=HOME)


@pytest.mark.parametrize(
    "change",
    [
        {"title": words("x" * 25, "plain_text")},
        {"submit": words("x" * 25, "plain_text")},
        {
            "blocks": [
                {
                    "type": "input",
                    "label": words("x", "plain_text"),
                    "element": {"type": "plain_text_input"},
                }
            ]
        },
    ],
)
async def test_refuses_a_bad_modal(change: dict[str, Any]):
    async with SlackDouble() as slack:
        trigger = slack.desk.trigger()
        answer = await refusal(client_of(slack).views_open(trigger_id=trigger, view={**MODAL, **change}))
        assert answer["error"] == "invalid_arguments"


async def test_a_trigger_is_good_once_for_three_seconds():
    moment = [0.0]
    async with SlackDouble(clock=lambda: moment[0]) as slack:
        client = client_of(slack)
        assert (await refusal(client.views_open(trigger_id="x", view=MODAL)))["error"] == "invalid_trigger_id"
        trigger = slack.desk.trigger()
        await client.views_open(trigger_id=trigger, view=MODAL)
        again = client.views_open(trigger_id=trigger, view=MODAL)
        assert (await refusal(again))["error"] == "exchanged_trigger_id"
        trigger, moment[0] = slack.desk.trigger(), 3.1
        late = client.views_open(trigger_id=trigger, view=MODAL)
        assert (await refusal(late))["error"] == "expired_trigger_id"


async def test_three_modals_lie_upon_each_other_and_each_is_closed_alone():
    async with SlackDouble() as slack:
        client, shown = client_of(slack), slack.desk.views
        await client.views_open(trigger_id=slack.desk.trigger(), view=MODAL)
        for _ in range(2):
            await client.views_push(trigger_id=slack.desk.trigger(), view=MODAL)
        more = client.views_push(trigger_id=slack.desk.trigger(), view=MODAL)
        assert (await refusal(more))["error"] == "push_limit_reached"
        for left in (2, 1, 0):
            slack.close(list(shown)[-1])
            assert len(shown) == left
