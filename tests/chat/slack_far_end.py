"""Slack's far end, as the messengers' contract reads and breaks it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from bot.chat.slack.messenger import SlackMessenger
from bot.chat.slack.settings import SlackSettings
from bot.domain.model import Address
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_reading import pieces
from tests.doubles.slack_trouble import Pace
from tests.doubles.slack_workspace import BOT_USER

FAST = Pace(per_second=10_000.0, burst=10_000)
HOME = Address("slack", "C1")


def settings(slack: SlackDouble, **more: Any) -> SlackSettings:
    """How the desk reaches the double."""
    plain = SlackSettings(slack.bot_token, slack.app_token, slack.signing_secret, slack.url)
    return replace(plain, **more)


@asynccontextmanager
async def desk(
    slack: SlackDouble, *, stagger: float = 0.0, ping: float = 0.5, answer_within: float = 60.0, **more: Any
) -> AsyncIterator[SlackMessenger]:
    """A messenger at the double."""
    messenger = SlackMessenger(
        settings(slack, **more), stagger=stagger, ping=ping, answer_within=answer_within
    )
    try:
        yield messenger
    finally:
        await messenger.aclose()


def shown(message: dict[str, Any]) -> str:
    """What a reader reads of a message: its blocks, the buttons aside."""
    rows = [block for block in message.get("blocks", []) if block["type"] != "actions"]
    return "\n".join(piece.shown for piece in pieces("", rows))


def as_slack_writes(text: str) -> str:
    """A person's words as Slack passes them on."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class SlackFarEnd:
    """The double, as ``FarEnd`` wants it."""

    platform = "slack"
    home = HOME
    nowhere = Address("slack", "C0NOWHERE")

    def __init__(self, slack: SlackDouble) -> None:
        self.slack = slack
        self.secrets = (slack.bot_token, slack.app_token, slack.signing_secret)

    async def texts(self, at: Address) -> list[str]:
        self.slack.pacer._blocked.clear()  # while somebody reads, a Retry-After passes
        return [shown(message) for message in self.slack.posted(at.chat)]

    async def until_read(self, text: str, *, within: float) -> None:
        await self.slack.until(
            lambda: any(text in shown(message) for message in self.slack.posted("C1")), seconds=within
        )

    def lose_reply(self) -> None:
        self.slack.fail("chat.postMessage", kind="drop_after")

    def slow_down(self, seconds: int) -> None:
        self.slack.fail("chat.postMessage", kind="429", seconds=seconds)

    def put_out(self) -> None:
        self.slack.desk.channels["C1"].members.discard(BOT_USER)

    def revoke(self) -> None:
        self.slack.revoke()

    async def close_connections(self) -> None:
        await self.slack.__aexit__(None, None, None)

    async def say(self, text: str) -> None:
        assert (await self.slack.mention(as_slack_writes(text))).acknowledged

    async def mutter(self, text: str) -> None:
        said = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "text": text}
        assert (await self.slack.event({**said, "ts": self.slack.desk.ts()})).acknowledged

    async def press(self, label: str) -> None:
        await self.slack.until(lambda: self.slack.links)
        for message in reversed(self.slack.posted("C1")):
            for action in buttons_of(message):
                if action["text"]["text"] == label:
                    pressed = await self.slack.press(action["action_id"], ts=message["ts"])
                    assert pressed.acknowledged
                    return
        raise AssertionError(f"no button {label!r}")


def buttons_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons of a message, from left to right."""
    rows = [block for block in message.get("blocks", []) if block["type"] == "actions"]
    return [element for row in rows for element in row["elements"]]
