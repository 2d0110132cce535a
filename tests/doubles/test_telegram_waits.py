"""Telegram's own waits, by its true figures (`TELEGRAM`) and a clock that a test moves: nothing here waits for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_naive import Naive, Time
from tests.doubles.telegram_updates import HOOKED, TAKEN, TELEGRAM, Pace

NOWHERE = "http://127.0.0.1:9/"


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def telegram(time: Time) -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(pace=TELEGRAM, clock=time) as double:
        yield double


@pytest.fixture
def call(telegram: TelegramDouble, session: aiohttp.ClientSession) -> Naive:
    return Naive(telegram.base_url, session)


async def texts(call: Naive, **fields: Any) -> list[str]:
    _, body = await call("getUpdates", **fields)
    return [update["message"]["text"] for update in body["result"]]


async def held(telegram: TelegramDouble, call: Naive, **fields: Any) -> str:
    """The answer to a poll that is under way, which closing ends; fails when it was answered at once."""
    begun = len(telegram.updates.waits)
    asked = asyncio.create_task(call.refusal("getUpdates", **fields))
    while len(telegram.updates.waits) == begun:
        assert not asked.done()
        await asyncio.sleep(0)
    await telegram.updates.close()
    return await asked


async def test_an_offset_repeated_within_three_seconds_waits_three(telegram, call, time):
    assert await texts(call) == []
    time.seconds += 3.0
    assert await texts(call) == []
    assert telegram.updates.waits == []
    time.seconds += 2.9
    await held(telegram, call)
    assert telegram.updates.waits == [3.0]


async def test_an_offset_repeated_within_half_a_second_gets_one_update(telegram, call, time):
    for text in "abc":
        telegram.say(text)
    assert await texts(call) == ["a", "b", "c"]
    time.seconds += 0.5
    assert await texts(call) == ["a", "b", "c"]
    time.seconds += 0.4
    assert await texts(call) == ["a"]


@pytest.mark.parametrize(("asked", "waits"), [(50, 50), (51, 50), (900, 50), (4, 4)])
async def test_a_poll_waits_fifty_seconds_at_most(telegram, call, asked, waits):
    assert await held(telegram, call, timeout=asked) == "500 Internal Server Error: restart"
    assert telegram.updates.waits == [waits]


async def test_a_conflict_within_three_seconds_of_another_is_held_back_for_three(telegram, call, time):
    await call("setWebhook", url=NOWHERE)
    assert await call.refusal("getUpdates") == f"409 {HOOKED}"
    time.seconds += 3.0
    assert await call.refusal("getUpdates") == f"409 {HOOKED}"
    assert telegram.updates.waits == []
    time.seconds += 2.9
    assert await held(telegram, call) == f"409 {HOOKED}"
    assert telegram.updates.waits == [3.0]


async def test_a_second_bot_that_does_not_give_up_is_held_back(telegram, call, time):
    polls = []
    for _ in range(3):
        time.seconds += 1.0
        polls.append(asyncio.create_task(call.refusal("getUpdates", timeout=50)))
        await telegram.until(lambda: len(telegram.called("getUpdates")) == len(polls))
        await telegram.listening()
    assert await polls[0] == f"409 {TAKEN}"
    while len(telegram.updates.waits) < 4:
        await asyncio.sleep(0)
    assert not polls[1].done()
    assert sorted(telegram.updates.waits) == [3.0, 50, 50, 50]
    await telegram.updates.close()
    assert await polls[1] == f"409 {TAKEN}"
    assert await polls[2] == "500 Internal Server Error: restart"


async def test_an_offset_ten_ahead_is_believed_and_no_further(telegram, call):
    telegram.say("a")
    assert await texts(call, offset=telegram.updates.next_id + 11) == ["a"]
    assert await texts(call, offset=telegram.updates.next_id + 10) == []
    assert await texts(call, offset=1) == []


async def test_a_webhook_may_change_once_a_second(call, time):
    assert (await call("setWebhook", url=NOWHERE))[0] == 200
    time.seconds += 0.9
    assert await call.refusal("setWebhook", url=NOWHERE) == "429 Too Many Requests: retry after 1"
    time.seconds += 0.1
    assert (await call("setWebhook", url=NOWHERE))[0] == 200
    assert (await call("getWebhookInfo"))[1]["result"]["max_connections"] == 40


@pytest.fixture
async def hook() -> AsyncIterator[str]:
    """The address of a webhook that says no, five times at once and then never again."""
    asked = 0

    async def refuse(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        if asked > 5:
            await asyncio.Event().wait()
        return web.Response(status=500)

    app = web.Application()
    app.router.add_post("/hook", refuse)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_deliveries_come_at_growing_distances_and_end_with_an_answer_that_never_comes(session, hook):
    async with TelegramDouble(pace=Pace(webhook=0.001, webhook_answer=1.0)) as telegram:
        await Naive(telegram.base_url, session)("setWebhook", url=hook)
        telegram.say("a")
        async with asyncio.timeout(60):
            while "TimeoutError" not in telegram.updates.webhook_error.get("last_error_message", ""):
                await asyncio.sleep(0.001)
        assert telegram.updates.waits[:5] == [0, 0.002, 0.004, 0.008, 0.016]
