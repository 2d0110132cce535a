"""Slack's signed requests, taken instead of a socket."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import pytest
from aiohttp import web

from bot.chat.slack.messenger import SlackMessenger
from bot.domain.errors import BadCredentials
from bot.domain.events import Pressed, Said
from bot.domain.message import Button
from tests.chat.slack_far_end import FAST, HOME, desk
from tests.contracts.messenger import a_message, heard
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_delivery import signed

COMMAND = {"command": "/copydesk", "text": "help", "channel_id": "C1", "user_id": "U1", "trigger_id": "1.2"}


@asynccontextmanager
async def served(messenger: SlackMessenger) -> AsyncIterator[str]:
    async def post(request: web.Request) -> web.Response:
        told = await messenger.webhook(dict(request.headers), await request.read())
        return web.Response(status=told.status, headers=told.headers, text=told.body)

    app = web.Application()
    app.router.add_post("/slack", post)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack"
    finally:
        await runner.cleanup()


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble(pace=FAST) as double:
        yield double


@pytest.fixture
async def messenger(slack: SlackDouble) -> AsyncIterator[SlackMessenger]:
    async with desk(slack, mode="http", app_token="") as opened:
        yield opened


async def test_a_conversation_over_requests(slack, messenger):
    stream = messenger.incoming()
    listening = asyncio.create_task(heard(stream, Said))
    async with served(messenger) as url:
        slack.deliver_to(url)
        asked = await slack.slash("/copydesk", "search ferries")
        assert (asked.error, asked.ack) == (None, {})
        assert (await listening).text == "search ferries"
        assert messenger.healthy()
        assert slack.links == []

        first = await slack.mention("topics")
        await slack.again(first)
        assert (await heard(stream, Said)).text == "topics"
        await messenger.post(
            HOME, messenger.render(a_message("Found", Button("On", "page", "1:2")))[0], key="k"
        )
        assert (await slack.press("page")).acknowledged
        pressed = await heard(stream, Pressed)
        assert (pressed.action, pressed.value) == ("page", "1:2")
        assert (await slack.slash("/elsewhere", "x")).ack == {"text": "I answer to /copydesk."}


async def test_a_search_for_payload_is_heard(slack, messenger):
    """Bolt alone loses it."""
    stream = messenger.incoming()
    listening = asyncio.create_task(heard(stream, Said))
    async with served(messenger) as url:
        slack.deliver_to(url)
        assert (await slack.slash("/copydesk", "search payload")).acknowledged
        assert (await listening).text == "search payload"


async def test_slack_is_told_that_the_address_is_right(slack, messenger):
    letter = signed(
        slack.signing_secret,
        "events_api",
        {"type": "url_verification", "challenge": "c1"},
        int(time.time()),
        {},
    )
    told = await messenger.webhook(letter.headers, letter.body)
    assert (told.status, json.loads(told.body)) == (200, {"challenge": "c1"})


@pytest.mark.parametrize(
    "how", ["no headers", "wrong secret", "old", "changed", "not text", "no secret", "odd time"]
)
async def test_what_slack_did_not_sign_is_turned_away(slack, messenger, how):
    moment = int(time.time()) - (301 if how == "old" else 0)
    secret = "another" if how == "wrong secret" else slack.signing_secret
    letter = signed("" if how == "no secret" else secret, "slash_commands", COMMAND, moment, {})
    headers = {} if how == "no headers" else dict(letter.headers)
    if how == "odd time":
        headers["X-Slack-Request-Timestamp"] = "soon"
    body = {"changed": letter.body + b"&text=x", "not text": b"\xff\xfe"}.get(how, letter.body)
    if how == "no secret":
        async with desk(slack, mode="http", signing_secret="") as bare:
            assert (await bare.webhook(headers, body)).status == 401
            with pytest.raises(BadCredentials, match="SLACK_SIGNING_SECRET"):
                await heard(bare.incoming(), Said)
    else:
        assert (await messenger.webhook(headers, body)).status == 401
    assert slack.calls == []


@pytest.mark.parametrize(
    "body", [b"{", b"[" * 100_000, b"payload=" + b"%7B" * 9, b"payload=1", b"[]", b"", b"text=%FF"]
)
async def test_signed_nonsense_breaks_nothing(slack, messenger, body):
    letter = signed(slack.signing_secret, "slash_commands", {}, int(time.time()), {})
    stamp = letter.headers["X-Slack-Request-Timestamp"].encode()
    mac = hmac.new(slack.signing_secret.encode(), b"v0:" + stamp + b":" + body, hashlib.sha256).hexdigest()
    headers = {**letter.headers, "X-Slack-Signature": f"v0={mac}"}
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        told = await messenger.webhook({**headers, "Content-Type": kind}, body)
        assert told.status in (200, 400, 404)


async def test_after_the_end_nothing_is_taken(slack, messenger):
    letter = signed(slack.signing_secret, "slash_commands", COMMAND, int(time.time()), {})
    await messenger.aclose()
    assert (await messenger.webhook(letter.headers, letter.body)).status == 503
    async with desk(slack) as by_socket:
        assert (await by_socket.webhook(letter.headers, urlencode(COMMAND).encode())).status == 503
