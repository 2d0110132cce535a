"""A client for the tests of the Slack double, and the blocks that it posts."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack import SlackDouble
from tests.doubles.slack_trouble import Pace

FAST = Pace(per_second=1_000, burst=1_000)
KEYED = {"event_type": "digest_posted", "event_payload": {"key": "morning/1"}}


def client_of(slack: SlackDouble, **more: Any) -> AsyncWebClient:
    """A client that fails at once, as a posting client must."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.url, **{"retry_handlers": [], **more})


def words(text: str, kind: str = "mrkdwn") -> dict[str, str]:
    return {"type": kind, "text": text}


def button(text: str = "More", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": words(text, "plain_text"), **more}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": words(text)}


def actions(*elements: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def options(count: int) -> list[dict[str, Any]]:
    return [{"text": words("o", "plain_text"), "value": str(number)} for number in range(count)]


async def refusal(call: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await call
    answer: dict[str, Any] = caught.value.response.data
    assert answer["ok"] is False
    return answer
