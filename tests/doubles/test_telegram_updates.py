"""getUpdates and webhooks of the Telegram double: the rules that a careless bot trips over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.doubles.telegram_naive import Naive
from tests.doubles.telegram_updates import HOOKED, TAKEN, Pace

GROUP = -500


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(pace=Pace(repeat=0.0, conflict=0.0)) as double:
        yield double


@pytest.fixture
def call(telegram: TelegramDouble, session: aiohttp.ClientSession) -> Naive:
    return Naive(telegram.base_url, session)


async def texts(call: Naive, **fields: Any) -> list[str]:
    _, body = await call("getUpdates", **fields)
    return [update["message"]["text"] for update in body["result"]]


async def test_updates_come_again_until_an_offset_takes_them(telegram, call):
    first = telegram.updates.next_id
    for text in "abc":
        telegram.say(text)
    assert await texts(call) == await texts(call) == ["a", "b", "c"]
    assert await texts(call, offset=first + 1) == ["b", "c"]
    assert await texts(call) == ["b", "c"]
    assert await texts(call, offset=first + 3) == await texts(call) == []


async def test_a_negative_offset_keeps_the_last_and_forgets_the_rest(telegram, call):
    for text in "abcd":
        telegram.say(text)
    assert await texts(call, offset=-2) == ["c", "d"]
    assert await texts(call) == ["c", "d"]


async def test_an_offset_from_another_server_is_not_believed(telegram, call):
    telegram.say("a")
    assert await texts(call, offset=telegram.updates.next_id + 1000) == ["a"]


async def test_the_limit_is_clamped(telegram, call):
    for number in range(103):
        telegram.say(str(number))
    assert [len(await texts(call, limit=limit)) for limit in (0, 5, 1000)] == [1, 5, 100]
    assert len(await texts(call)) == 100


async def test_updates_are_forgotten_after_a_day(session):
    now = 1_900_000_000.0
    async with TelegramDouble(now=lambda: now) as telegram:
        telegram.say("yesterday")
        now += 86_401
        assert await texts(Naive(telegram.base_url, session)) == []


async def test_a_long_poll_wakes_at_once(telegram, call):
    poll = asyncio.create_task(texts(call, timeout=50))
    await telegram.listening()
    telegram.say("a")
    assert await asyncio.wait_for(poll, 60) == ["a"]


async def test_an_empty_poll_ends_at_its_timeout(session):
    async with TelegramDouble(pace=Pace(repeat=0.05)) as telegram:
        call = Naive(telegram.base_url, session)
        assert await texts(call) == []
        assert await asyncio.wait_for(texts(call), 60) == []  # repeated at once: waits 0.05 s


async def test_a_repeated_conflict_is_held_back(session):
    async with TelegramDouble(pace=Pace(conflict=60.0), clock=lambda: 1.0) as telegram:
        call = Naive(telegram.base_url, session)
        await call("setWebhook", url="http://127.0.0.1:9/")
        assert await call.refusal("getUpdates") == f"409 {HOOKED}"
        held = asyncio.create_task(call.refusal("getUpdates"))
        await telegram.until(lambda: len(telegram.called("getUpdates")) == 2)
        assert not held.done()
        await telegram.updates.close()
        assert await held == f"409 {HOOKED}"


async def test_a_second_long_poll_ends_the_first(telegram, call):
    first = asyncio.create_task(call.refusal("getUpdates", timeout=50))
    await telegram.listening()
    second = asyncio.create_task(texts(call, timeout=50))
    assert await asyncio.wait_for(first, 60) == f"409 {TAKEN}"
    telegram.say("a")
    assert await asyncio.wait_for(second, 60) == ["a"]


async def test_a_webhook_shuts_polling_out(telegram, call):
    poll = asyncio.create_task(call.refusal("getUpdates", timeout=50))
    await telegram.listening()
    await call("setWebhook", url="http://127.0.0.1:9/")
    assert await asyncio.wait_for(poll, 60) == "409 Conflict: terminated by setWebhook request"
    assert await call.refusal("getUpdates") == f"409 {HOOKED}"
    await call("deleteWebhook")
    assert await texts(call) == []


async def test_repeating_an_offset_at_once_is_held_back(session):
    async with TelegramDouble(pace=Pace(repeat=60.0)) as telegram:
        call = Naive(telegram.base_url, session)
        for text in "ab":
            telegram.say(text)
        assert await texts(call) == ["a", "b"]
        assert await texts(call) == ["a"]
        await call("getUpdates", offset=telegram.updates.next_id)
        held = asyncio.create_task(call.refusal("getUpdates", offset=telegram.updates.next_id))
        await telegram.listening()
        await telegram.updates.close()
        assert await held == "500 Internal Server Error: restart"


async def test_kinds_that_were_not_asked_for_do_not_come(telegram, call):
    await call("getUpdates", allowed_updates=["message"])
    message = telegram.say("a")
    telegram.edit(message, "b")
    telegram.block()
    assert [u.kind for u in telegram.updates.queue] == ["message"]
    await call("getUpdates")  # an absent list keeps the old one
    telegram.unblock()
    assert [u.kind for u in telegram.updates.queue] == ["message"]
    await call("getUpdates", allowed_updates=[])
    telegram.edit(message, "c")
    assert [u.kind for u in telegram.updates.queue] == ["message", "edited_message"]


async def test_privacy_hides_what_is_not_for_the_bot(telegram, call):
    telegram.join(GROUP)
    telegram.updates.queue.clear()
    answer = (await call("sendMessage", chat_id=GROUP, text="x"))[1]["result"]["message_id"]
    for said in ("hello", "/help@other_bot", "@someone look"):
        telegram.say(said, chat=GROUP)
    telegram.say("@copydesk_test_bot search x", chat=GROUP)
    for said in ("/help", "/help@Copydesk_test_bot now"):
        asked = telegram.say(said, chat=GROUP)
    telegram.say("thanks", chat=GROUP, reply_to=answer)
    telegram.say("and more", chat=GROUP, reply_to=asked.id)
    telegram.world.person(7, is_bot=True)
    telegram.say("I am another bot", chat=GROUP, user=7)
    telegram.say("/weather", chat=GROUP)
    telegram.say("/topics@copydesk_test_bot", chat=GROUP)
    heard = [u.body["text"] for u in telegram.updates.queue]
    told = ["/help", "/help@Copydesk_test_bot now", "thanks", "and more", "/topics@copydesk_test_bot"]
    assert heard == told
    telegram.join(GROUP, state="administrator")
    telegram.say("hello again", chat=GROUP)
    assert telegram.updates.queue[-1].body["text"] == "hello again"


# Webhooks.


class Receiver:
    """A webhook that answers as told and keeps what came."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.came: list[tuple[str | None, dict[str, Any]]] = []
        self.changed = asyncio.Event()
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.came.append((secret, await request.json()))
        self.changed.set()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def until(self, count: int) -> list[str]:
        async with asyncio.timeout(60):
            while len(self.came) < count:
                self.changed.clear()
                await self.changed.wait()
        return [update["message"]["text"] for _, update in self.came]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    here = Receiver()
    app = web.Application()
    app.router.add_post("/hook", here.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    here.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield here
    await runner.cleanup()


async def test_a_webhook_gets_what_waited_with_its_secret(telegram, call, receiver):
    telegram.say("before")
    assert (await call("setWebhook", url=receiver.url, secret_token="desk-1_x"))[1]["result"] is True
    telegram.say("after")
    assert await receiver.until(2) == ["before", "after"]
    assert {secret for secret, _ in receiver.came} == {"desk-1_x"}


async def test_an_update_comes_again_until_it_is_taken_and_holds_its_chat_back(telegram, call, receiver):
    receiver.answers = [500, 503, 200]
    await call("setWebhook", url=receiver.url)
    telegram.say("a")
    telegram.say("b")
    assert await receiver.until(4) == ["a", "a", "a", "b"]
    _, info = await call("getWebhookInfo")
    assert info["result"]["last_error_message"] == (
        "Wrong response from the webhook: 503 Service Unavailable"
    )


async def test_pending_updates_are_dropped_on_request(telegram, call, receiver):
    telegram.say("before")
    await call("setWebhook", url=receiver.url, drop_pending_updates=True)
    telegram.say("after")
    assert await receiver.until(1) == ["after"]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"url": "gopher://x"}, "invalid webhook URL specified"),
        ({"secret_token": "x" * 257}, "secret token is too long"),
        ({"secret_token": "a b"}, "secret token contains unallowed characters"),
    ],
)
async def test_a_webhook_that_telegram_would_not_take(call, fields, refusal):
    asked = {"url": "http://127.0.0.1:9/"} | fields
    assert await call.refusal("setWebhook", **asked) == f"400 Bad Request: {refusal}"
    assert (await call("getWebhookInfo"))[1]["result"]["url"] == ""


async def test_webhooks_may_not_change_more_than_once_a_second(session, receiver):
    async with TelegramDouble(pace=Pace(webhook_change=1.0), clock=lambda: 1.0) as telegram:
        call = Naive(telegram.base_url, session)
        await call("setWebhook", url=receiver.url)
        assert await call.refusal("setWebhook", url=receiver.url) == "429 Too Many Requests: retry after 1"


async def test_a_double_that_closes_leaves_nothing_open(session):
    async with TelegramDouble() as telegram:
        await Naive(telegram.base_url, session)("setWebhook", url="http://127.0.0.1:9/")
        telegram.say("nobody listens")
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert telegram.base_url.endswith("/bot")
    assert TOKEN not in telegram.base_url
