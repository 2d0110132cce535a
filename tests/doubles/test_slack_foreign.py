"""The Slack double against clients and rules that are not ours: Slack's Node client, and slack_sdk's own models."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from tests.doubles.slack import SlackDouble
from tests.doubles.slack_rules import Refused, checked_blocks

NODE = Path(__file__).resolve().parents[1] / "node"


class NodeDesk:
    """Slack's Node client at work: what it heard, and what else it wrote."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.log: list[str] = []

    async def heard(self, *kinds: str) -> dict[str, Any]:
        """The next things, one of each kind in any order."""
        found: dict[str, Any] = {}
        while set(found) != set(kinds):
            assert self.process.stdout is not None
            line = (await asyncio.wait_for(self.process.stdout.readline(), 60)).decode()
            assert line, "".join(self.log)
            if line.startswith('["'):
                kind, what = json.loads(line)
                assert kind in kinds, f"{kind} instead of {kinds}"
                found[kind] = what
            else:
                self.log.append(line)
        return found


@asynccontextmanager
async def node_desk(slack: SlackDouble) -> AsyncIterator[NodeDesk]:
    node = shutil.which("node")
    if node is None or not (NODE / "node_modules/@slack/bolt").is_dir():
        pytest.skip("no Node client of Slack's: run `npm ci` in tests/node")
    process = await asyncio.create_subprocess_exec(
        node,
        str(NODE / "bolt.cjs"),
        slack.url,
        slack.bot_token,
        slack.app_token,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield NodeDesk(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_slacks_node_client_holds_a_conversation():
    async with SlackDouble() as slack, node_desk(slack) as desk:
        await desk.heard("started")
        asked = await slack.slash("/copydesk", "search sanctions")
        assert asked.ack == {"response_type": "ephemeral", "text": "Looking"}
        assert await desk.heard("command") == {"command": "search sanctions"}
        assert [reply["text"] for reply in asked.responses] == ["One moment"]
        assert (await slack.press("more", value="p2")).ack == {}
        assert await desk.heard("action") == {"action": "p2"}
        modal = next(iter(slack.desk.views))
        assert (await slack.submit(modal, {})).ack == {
            "response_action": "errors",
            "errors": {"when": "not a time"},
        }
        assert await desk.heard("view") == {"view": "settings"}
        for outcome in (await slack.mention("x"), await slack.open_home(), await slack.direct("topics")):
            assert (outcome.acknowledged, outcome.attempts) == (True, 1)
        heard = await desk.heard("mention", "home", "message")
        assert heard == {"mention": [None, "k"], "home": "U1", "message": "topics"}


async def test_slacks_node_client_connects_again_even_after_a_dead_ticket():
    async with SlackDouble() as slack, node_desk(slack) as desk:
        await desk.heard("started")
        first = slack.links[0]
        slack.dead_ticket()
        await slack.disconnect("refresh_requested")
        await slack.until(lambda: slack.chat_queues.takers)
        assert first not in slack.links
        assert len(slack.called("apps.connections.open")) == 3
        assert (await slack.slash("/copydesk", "again")).acknowledged
        assert await desk.heard("command") == {"command": "again"}


def text(words: str, kind: str = "plain_text") -> dict[str, str]:
    return {"type": kind, "text": words}


def button(words: str = "More", **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": words[:9], "text": text(words), **more}


TAKEN: list[list[dict[str, Any]]] = [
    [
        {"type": "header", "text": text("x" * 150)},
        {
            "type": "section",
            "text": text("x" * 3_000, "mrkdwn"),
            "accessory": button(url="https://example.com/"),
        },
        {"type": "section", "fields": [text("x", "mrkdwn")] * 10},
        {"type": "divider", "block_id": "d" * 255},
        {"type": "context", "elements": [text("x", "mrkdwn")] * 10},
        {"type": "actions", "elements": [button(str(n), value="v" * 2_000) for n in range(25)]},
        {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "x" * 2_000},
    ],
]
REFUSED: list[list[dict[str, Any]]] = [
    [{"type": "header", "text": text("x" * 151)}],
    [{"type": "section", "text": text("x" * 3_001, "mrkdwn")}],
    [{"type": "section"}],
    [{"type": "section", "fields": [text("x", "mrkdwn")] * 11}],
    [{"type": "divider", "block_id": "d" * 256}],
    [{"type": "context", "elements": [text("x", "mrkdwn")] * 11}],
    [{"type": "actions", "elements": [button(str(n)) for n in range(26)]}],
    [{"type": "actions", "elements": [button("x" * 76)]}],
    [{"type": "actions", "elements": [button(value="v" * 2_001)]}],
    [{"type": "actions", "elements": [button(url="https://example.com/" + "x" * 3_000)]}],
    [{"type": "actions", "elements": [button(style="loud")]}],
    [{"type": "image", "image_url": "https://example.com/a.png", "alt_text": "x" * 2_001}],
]


@pytest.mark.parametrize("blocks", TAKEN)
def test_slack_sdk_and_the_double_take_the_same_blocks(blocks: list[dict[str, Any]]):
    assert [block.to_dict() for block in Block.parse_all(blocks)] == blocks
    assert checked_blocks(blocks) == blocks


@pytest.mark.parametrize("blocks", REFUSED)
def test_slack_sdk_and_the_double_refuse_the_same_blocks(blocks: list[dict[str, Any]]):
    with pytest.raises(SlackObjectFormationError):
        [block.to_dict() for block in Block.parse_all(blocks)]
    with pytest.raises(Refused) as caught:
        checked_blocks(blocks)
    assert caught.value.error == "invalid_blocks"
