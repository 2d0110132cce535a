"""The Slack double's Socket Mode against Slack's own Python libraries."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack import SlackDouble
from tests.doubles.slack_desk import desk


@asynccontextmanager
async def connected(slack: SlackDouble, app: AsyncApp, **more: Any) -> AsyncIterator[AsyncSocketModeHandler]:
    """Bolt's own connection. What it makes while it is closed it leaves open: that is closed here."""
    line = AsyncSocketModeHandler(app, slack.app_token, **more)
    made: list[aiohttp.ClientWebSocketResponse] = []
    connect = aiohttp.ClientSession._ws_connect

    async def noted(*args: Any, **options: Any) -> aiohttp.ClientWebSocketResponse:
        made.append(await connect(*args, **options))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aiohttp.ClientSession, "_ws_connect", noted)
        try:
            await line.connect_async()
            await slack.until(lambda: slack.links)
            yield line
        finally:
            await line.close_async()
            for one in made:
                one._response.close()


async def test_holds_a_conversation_with_bolt():
    async with SlackDouble() as slack:
        app, heard = desk(slack)
        async with connected(slack, app):
            asked = await slack.slash("/copydesk", "search sanctions")
            assert asked.ack == {"response_type": "ephemeral", "text": "Looking for <sanctions>"}
            assert asked.delay is not None
            assert asked.delay < 3
            await slack.until(lambda: slack.posted("C1"))
            assert [one["text"] for one in asked.responses] == ["One moment"]

            pressed = await slack.press("more", value="p2")
            assert (pressed.acknowledged, pressed.ts) == (True, slack.posted("C1")[0]["ts"])
            modal = await slack.until(lambda: next((name for name in slack.desk.views), None))
            handed_in = await slack.submit(modal, {"when": {"at": {"type": "x", "value": "25:00"}}})
            assert handed_in.ack == {"response_action": "errors", "errors": {"when": "25:00 is not a time"}}

            assert (await slack.mention("quotes")).attempts == 1
            await slack.until(lambda: len(slack.posted("C1")) == 2)
            assert slack.posted("C1")[1]["thread_ts"] < slack.posted("C1")[1]["ts"]
            wrote = await slack.direct("topics")
            await slack.edit(wrote.ts, "topics please")
            await slack.join("C1")
            await slack.open_home()
            await slack.until(lambda: "VHOMEU1" in slack.desk.views)
            assert (await slack.press_in_view("VHOMEU1", "more")).acknowledged
            expected = ["search sanctions", "p2", "25:00", "<@U0BOT> quotes", "topics", "message_changed"]
            await slack.until(lambda: heard == [*expected, "joined C1", "p2"])
        assert slack.pings() == []
        assert {"Looking for <sanctions>", "One moment", "Found", "Three stories", "More"} <= set(
            slack.texts()
        )


async def test_a_naive_command_without_ack_is_a_timeout_and_without_an_app_a_failure():
    async with SlackDouble(ack_within=0.2) as slack:
        app, _ = desk(slack)

        @app.command("/silent")
        async def silent() -> None:
            return

        assert (await slack.slash("/copydesk", "x")).error == "dispatch_failed"
        async with connected(slack, app):
            for command in ("/silent", "/unknown"):
                outcome = await slack.slash(command)
                assert (outcome.ack, outcome.error) == (None, "operation_timeout")


async def test_a_late_acknowledgement_changes_nothing():
    async with SlackDouble(ack_within=0.1) as slack:
        app, _ = desk(slack)
        released = asyncio.Event()

        @app.command("/slow")
        async def slow(ack: Any) -> None:
            await released.wait()
            await ack("at last")

        async with connected(slack, app):
            outcome = await slack.slash("/slow")
            released.set()
            late = await slack.until(lambda: slack.acks)
            assert (late[0].delay, late[0].payload) == (None, {"text": "at last"})
            assert (outcome.acknowledged, outcome.error) == (False, "operation_timeout")


async def test_an_unacknowledged_event_comes_again_three_times():
    async with SlackDouble(ack_within=0.05) as slack, plain_connection(slack) as ws:
        attempts = []
        telling = asyncio.create_task(slack.mention("x"))
        for _ in range(4):
            frame = await ws.receive_json(timeout=60)
            attempts.append((frame["retry_attempt"], frame["payload"]["event_id"]))
        outcome = await telling
        assert [attempt for attempt, _ in attempts] == [0, 1, 2, 3]
        assert len({name for _, name in attempts}) == 1
        assert (outcome.attempts, outcome.acknowledged) == (4, False)


async def test_bolt_runs_a_repeated_event_twice():
    async with SlackDouble() as slack:
        app, heard = desk(slack)
        async with connected(slack, app):
            first = await slack.direct("topics")
            await slack.again(first)
            await slack.until(lambda: heard == ["topics", "topics"])


@asynccontextmanager
async def plain_connection(slack: SlackDouble) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A connection that says nothing of itself."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=slack.url, session=session)
        opened = await client.apps_connections_open(app_token=slack.app_token)
        async with session.ws_connect(opened["url"], autoping=False) as ws:
            assert (await ws.receive_json(timeout=60))["type"] == "hello"
            yield ws


async def drained(ws: aiohttp.ClientWebSocketResponse) -> list[Any]:
    """The data of every frame that is still to come."""
    frames: list[Any] = []
    with contextlib.suppress(TimeoutError):
        while True:
            frames.append((await ws.receive(timeout=0.05)).data)
    return frames


async def test_a_payload_goes_to_any_one_connection():
    async with SlackDouble(ack_within=0.02) as slack, contextlib.AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(plain_connection(slack)) for _ in range(2)]
        for _ in range(12):
            await slack.slash("/copydesk")
        came: list[int] = []

        async def listen(number: int) -> None:
            while True:
                await lines[number].receive()
                came.append(number)

        listening = [asyncio.create_task(listen(number)) for number in range(len(lines))]
        await slack.until(lambda: len(came) == 12)
        assert set(came) == {0, 1}
        for task in listening:
            task.cancel()


async def test_a_ticket_is_good_once_and_a_dead_one_never():
    async with SlackDouble() as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=slack.url, session=session)
        opened = await client.apps_connections_open(app_token=slack.app_token)
        slack.dead_ticket()
        slack.dead_ticket()
        dead = [await client.apps_connections_open(app_token=slack.app_token) for _ in range(2)]
        again = await client.apps_connections_open(app_token=slack.app_token)
        async with session.ws_connect(opened["url"]), session.ws_connect(again["url"]):
            for url in (opened["url"], *(one["url"] for one in dead)):
                with pytest.raises(aiohttp.WSServerHandshakeError):
                    await session.ws_connect(url)


async def test_the_eleventh_connection_is_turned_away():
    async with SlackDouble() as slack, aiohttp.ClientSession() as session:
        client = AsyncWebClient(base_url=slack.url, session=session)
        lines = []
        for _ in range(11):
            url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
            lines.append(await session.ws_connect(url))
        frames = [await line.receive_json(timeout=60) for line in lines]
        assert [frame["type"] for frame in frames] == ["hello"] * 10 + ["disconnect"]
        assert frames[-1]["reason"] == "too_many_websockets"
        for line in lines:
            await line.close()


async def test_answers_pings_with_their_data_until_muted():
    async with SlackDouble(ping_every=0.5) as slack, plain_connection(slack) as ws:
        await ws.ping(b"sdk-ping-pong:1.5")
        frames: dict[aiohttp.WSMsgType, bytes] = {}
        while len(frames) < 2:
            frame = await ws.receive(timeout=60)
            frames[frame.type] = bytes(frame.data)
        assert frames.keys() == {aiohttp.WSMsgType.PING, aiohttp.WSMsgType.PONG}
        assert frames[aiohttp.WSMsgType.PONG] == b"sdk-ping-pong:1.5"
        slack.mute()
        await ws.ping(b"anybody?")
        assert b"anybody?" not in await drained(ws)


async def test_hangs_up_on_a_client_that_does_not_pong():
    async with SlackDouble(ping_every=0.01) as slack, plain_connection(slack) as ws:
        seen = []
        while not ws.closed:
            seen.append((await ws.receive(timeout=60)).type)
        assert seen.count(aiohttp.WSMsgType.PING) == 2
        await slack.until(lambda: not slack.links)


@pytest.mark.parametrize("reason", ["refresh_requested", "warning", "link_disabled"])
async def test_bolt_reconnects_when_told_to_go(reason: str):
    async with SlackDouble() as slack:
        app, _ = desk(slack)
        async with connected(slack, app):
            first = slack.links[0]
            await slack.disconnect(reason)
            await slack.until(lambda: slack.chat_queues.takers and first not in slack.links)
            assert (await slack.slash("/copydesk", "again")).acknowledged
            assert len(slack.called("apps.connections.open")) == 2


async def test_bolt_leaves_a_silent_connection_behind():
    async with SlackDouble() as slack:
        app, _ = desk(slack)
        async with connected(slack, app, ping_interval=0.2):
            silent = slack.links[0]
            slack.mute()
            await slack.until(lambda: any(link is not silent for link in slack.links))
            assert (await slack.slash("/copydesk", "again")).acknowledged
            assert len(slack.called("apps.connections.open")) >= 2  # a busy machine is silent at times, too


async def test_what_is_not_there_cannot_be_pressed_but_can_be_forged():
    async with SlackDouble() as slack:
        app, heard = desk(slack)
        async with connected(slack, app):
            with pytest.raises(AssertionError):
                await slack.press("more", value="p9")
            await slack.press("more", value="p9", forged=True)
            await slack.until(lambda: heard == ["p9"])


async def test_a_reply_in_the_acknowledgement_keeps_to_the_limits():
    async with SlackDouble() as slack:
        app, _ = desk(slack)

        @app.command("/long")
        async def long(ack: Any) -> None:
            await ack({"text": "x", "blocks": [{"type": "divider"}] * 51})

        async with connected(slack, app):
            assert (await slack.slash("/long")).problem == "invalid_blocks"
            assert slack.ephemerals == []
