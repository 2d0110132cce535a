"""The pace of the Slack double and the faults that a test orders."""

from __future__ import annotations

import asyncio
import contextlib

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack import SlackDouble
from tests.doubles.slack_client import (
    FAST,
    client_of,
    refusal,
)
from tests.doubles.slack_trouble import Pace


async def test_refuses_posts_faster_than_the_pace():
    moment = [0.0]
    async with SlackDouble(clock=lambda: moment[0], pace=Pace(per_second=1, burst=2)) as slack:
        client = client_of(slack)
        slack.add_channel("C2", "other")
        for _ in range(2):
            await client.chat_postMessage(channel="C1", text="x")
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel="C1", text="x")
        assert caught.value.response.status_code == 429
        assert caught.value.response.headers["Retry-After"] == "1"
        assert caught.value.response["error"] == "ratelimited"
        await client.chat_postMessage(channel="C2", text="x")
        moment[0] += 1
        await client.chat_postMessage(channel="C1", text="x")
        assert (slack.refused_for_rate, len(slack.posted("C1"))) == (1, 3)


async def test_holds_tiers_and_the_workspace_when_asked():
    pace = Pace(1_000, 1_000, workspace_per_minute=2, per_minute={"conversations.history": 1})
    async with SlackDouble(clock=lambda: 0.0, pace=pace) as slack:
        client = client_of(slack)
        await client.conversations_history(channel="C1")
        assert (await refusal(client.conversations_history(channel="C1")))["error"] == "ratelimited"
        for _ in range(2):
            await client.chat_postMessage(channel="C1", text="x")
        assert (await refusal(client.chat_postMessage(channel="C1", text="x")))["error"] == "ratelimited"


async def test_an_ordered_429_holds_until_its_retry_after():
    moment = [0.0]
    async with SlackDouble(clock=lambda: moment[0]) as slack:
        client = client_of(slack)
        slack.fail("chat.postMessage", kind="429", seconds=3)
        for _ in range(2):
            await refusal(client.chat_postMessage(channel="C1", text="x"))
        assert (slack.refused_for_rate, slack.impatient) == (0, 1)
        moment[0] = 3.0
        await client.chat_postMessage(channel="C1", text="x")


async def test_a_default_client_doubles_a_post_whose_answer_was_lost():
    async with SlackDouble() as slack:
        slack.fail("chat.postMessage", kind="drop_after")
        naive = AsyncWebClient(token=slack.bot_token, base_url=slack.url)
        await naive.chat_postMessage(channel="C1", text="twice")
        assert [message["text"] for message in slack.posted("C1")] == ["twice", "twice"]
        slack.fail("chat.postMessage", kind="drop_after")
        with pytest.raises(aiohttp.ClientError):
            await client_of(slack).chat_postMessage(channel="C1", text="once")
        slack.fail("chat.postMessage", kind="drop_before")
        with pytest.raises(aiohttp.ClientError):
            await client_of(slack).chat_postMessage(channel="C1", text="never")
        assert [message["text"] for message in slack.posted("C1")] == ["twice", "twice", "once"]


async def test_answers_late_or_with_a_page_or_with_an_error():
    async with SlackDouble() as slack:
        slack.fail("chat.postMessage", kind="slow", seconds=60)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(2):
                await client_of(slack).chat_postMessage(channel="C1", text="late")
        slack.fail("chat.postMessage", kind="http_500_html", recorded=True)
        with pytest.raises(SlackApiError) as caught:
            await client_of(slack).chat_postMessage(channel="C1", text="page")
        assert caught.value.response.status_code == 500
        slack.fail("chat.postMessage", kind="internal_error", recorded=True)
        await refusal(client_of(slack).chat_postMessage(channel="C1", text="error"))
        slack.fail("chat.postMessage", kind="fatal_error")
        await refusal(client_of(slack).chat_postMessage(channel="C1", text="gone"))
        assert [message["text"] for message in slack.posted("C1")] == ["late", "page", "error"]
        assert slack.called("chat.postMessage")[0].fault == "slow"


async def test_faults_by_chance_are_the_same_for_the_same_seed():
    async def drops(seed: int) -> list[str | None]:
        async with SlackDouble(pace=FAST) as slack:
            slack.faults(drop_after=0.2, too_many=0.1, seed=seed, seconds=0)
            for number in range(40):
                with contextlib.suppress(aiohttp.ClientError, SlackApiError):
                    await client_of(slack).chat_postMessage(channel="C1", text=str(number))
            return [call.fault for call in slack.calls]

    first = await drops(1)
    assert first == await drops(1)
    assert first != await drops(2)
    assert {"drop_after", "429", None} == set(first)
