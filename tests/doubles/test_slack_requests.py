"""The Slack double's response_urls and signed requests, against Slack's own Python libraries."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack import SlackDouble
from tests.doubles.slack_desk import FOUND, desk


async def posts(url: str, *replies: Any) -> list[int]:
    statuses = []
    async with aiohttp.ClientSession() as session:
        for reply in replies:
            async with session.post(url, json=reply) as answer:
                statuses.append(answer.status)
    return statuses


async def test_a_response_url_is_good_five_times_for_half_an_hour():
    moment = [0.0]
    async with SlackDouble(clock=lambda: moment[0]) as slack:
        outcome = await slack.slash("/copydesk")
        bad = [{"text": ""}, {"blocks": [{"type": "divider"}] * 51}, "x"]
        assert await posts(outcome.response_url, {"text": "1"}, *bad, {"text": "2"}, {"text": "3"}) == [
            200,
            400,
            400,
            400,
            200,
            404,
        ]
        assert [reply["text"] for reply in outcome.responses] == ["1", "2"]
        assert outcome.refusals == ["no_text", "invalid_blocks", "invalid_payload", "used_url"]
        late = await slack.slash("/copydesk")
        moment[0] = 1_801
        assert await posts(late.response_url, {"text": "x"}) == [404]
        assert late.refusals == ["expired_url"]


async def test_a_response_may_replace_or_delete_what_was_pressed():
    async with SlackDouble() as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.url)
        await client.chat_postEphemeral(channel="C1", user="U1", text="Found", blocks=FOUND)
        pressed = await slack.press("more")
        assert pressed.payload["container"]["is_ephemeral"]
        assert "message" not in pressed.payload
        await posts(pressed.response_url, {"replace_original": True, "text": "Page 2"})
        assert [one["text"] for one in slack.ephemerals] == ["Page 2"]
        await posts(pressed.response_url, {"delete_original": True})
        await posts(pressed.response_url, {"response_type": "in_channel", "text": "Shared"})
        assert (slack.ephemerals, [one["text"] for one in slack.posted("C1")]) == ([], ["Shared"])


@asynccontextmanager
async def served(app: AsyncApp) -> AsyncIterator[str]:
    async def endpoint(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    server = web.Application()
    server.router.add_post("/slack/events", endpoint)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


async def test_holds_the_same_conversation_by_signed_requests():
    async with SlackDouble() as slack:
        app, heard = desk(slack)
        async with served(app) as url:
            slack.deliver_to(url)
            asked = await slack.slash("/copydesk", "search sanctions")
            assert asked.ack == {"response_type": "ephemeral", "text": "Looking for <sanctions>"}
            await slack.until(lambda: slack.posted("C1"))
            assert (await slack.press("more")).acknowledged
            assert (await slack.direct("topics")).acknowledged
            await slack.until(lambda: heard == ["search sanctions", "p2", "topics"])


async def test_a_request_is_signed_for_five_minutes_and_for_one_secret():
    async with SlackDouble() as slack:
        app, heard = desk(slack)
        payload = {"type": "url_verification", "token": "x", "challenge": "c"}
        letters: list[tuple[Callable[[], Any], int]] = [
            (lambda: slack.signed_request("events_api", payload), 200),
            (lambda: slack.signed_request("events_api", payload, at=1_000_000), 401),
            (lambda: slack.signed_request("events_api", payload, secret="another"), 401),
        ]
        async with served(app) as url, aiohttp.ClientSession() as session:
            for letter, status in letters:
                signed = letter()
                async with session.post(url, data=signed.body, headers=signed.headers) as reply:
                    assert reply.status == status
        verifier = SignatureVerifier(slack.signing_secret)
        signed = slack.signed_request("slash_commands", {"text": "x"}, retry=2)
        assert verifier.is_valid_request(signed.body, signed.headers)
        assert signed.headers["X-Slack-Retry-Num"] == "2"
        assert heard == []


async def test_an_app_that_answers_500_gets_the_event_again_unless_it_asks_not_to():
    seen: list[str | None] = []
    headers: dict[str, str] = {}

    async def broken(request: web.Request) -> web.Response:
        seen.append(request.headers.get("X-Slack-Retry-Num"))
        return web.Response(status=500, headers=headers)

    server = web.Application()
    server.router.add_post("/", broken)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with SlackDouble() as slack:
        slack.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/")
        assert (await slack.mention("x")).attempts == 4
        headers["X-Slack-No-Retry"] = "1"
        assert (await slack.mention("x")).attempts == 1
    await runner.cleanup()
    assert seen == [None, "1", "2", "3", None]


async def test_ambiguous_errors_reach_the_client_as_slack_sends_them():
    async with SlackDouble() as slack:
        slack.fail("auth.test", kind="missing_scope", needed="chat:write", provided="commands")
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.url)
        with pytest.raises(SlackApiError) as caught:
            await client.auth_test()
        assert caught.value.response["needed"] == "chat:write"
