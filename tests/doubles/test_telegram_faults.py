"""Rates of the Telegram double, and the troubles that a test orders of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES, Rates
from tests.doubles.telegram_naive import Naive, Time

GROUP, FORUM = -500, -1000000000777
MORE = {"inline_keyboard": [[{"text": "More", "callback_data": "m"}]]}


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(rates=NO_RATES) as double:
        double.say("/start")
        double.updates.queue.clear()
        yield double


@pytest.fixture
def call(telegram: TelegramDouble, session: aiohttp.ClientSession) -> Naive:
    return Naive(telegram.base_url, session)


# Rates.


async def limited(
    session: aiohttp.ClientSession, rates: Rates, chats: list[int], step: float
) -> tuple[list[int], TelegramDouble]:
    """One message to each chat in turn, `step` seconds apart: the retry_after of each, 0 when taken."""
    time, waits = Time(), []
    async with TelegramDouble(rates=rates, clock=time) as telegram:
        call = Naive(telegram.base_url, session)
        for chat in chats:
            telegram.chat(chat, state="member")
            _, body = await call("sendMessage", chat_id=chat, text="x")
            waits.append(body.get("parameters", {}).get("retry_after", 0))
            time.seconds += step
    return waits, telegram


async def test_a_burst_into_one_chat_is_refused(session):
    waits, telegram = await limited(session, Rates(), [42] * 5, 0.0)
    assert waits == [0, 0, 0, 1, 1]
    assert (telegram.refused_for_rate, telegram.injected.total()) == (2, 0)


async def test_one_a_second_is_never_refused_in_private(session):
    assert sum((await limited(session, Rates(), [42] * 40, 1.0))[0]) == 0


async def test_two_a_second_are_too_many_once_the_burst_is_over(session):
    waits, _ = await limited(session, Rates(), [42] * 10, 0.5)
    assert waits == [0, 0, 0, 0, 0, 1, 0, 1, 0, 1]


async def test_twenty_a_minute_is_all_that_a_group_takes(session):
    waits, _ = await limited(session, Rates(), [FORUM] * 22, 1.0)
    assert waits == [0] * 20 + [40, 39]
    waits, _ = await limited(session, Rates(), [FORUM] * 31, 2.0)
    assert waits == [0] * 20 + [20, 18, 16, 14, 12, 10, 8, 6, 4, 2] + [0]


async def test_thirty_a_second_is_all_that_the_bot_may_send(session):
    waits, _ = await limited(session, Rates(), list(range(100, 132)), 0.0)
    assert waits == [0] * 30 + [1, 1]


async def test_sixty_a_second_are_too_many_once_the_burst_is_over(session):
    waits, _ = await limited(session, Rates(), list(range(100, 170)), 1 / 60)
    assert waits == [0] * 59 + [1, 0] * 5 + [1]


async def test_edits_count_and_answers_do_not(session):
    async with TelegramDouble(clock=Time()) as telegram:
        call = Naive(telegram.base_url, session)
        telegram.say("/start")
        await call("sendMessage", chat_id=42, text="0", reply_markup=MORE)
        for text in "12":
            await call("editMessageText", chat_id=42, message_id=2, text=text)
        said = await call.refusal("editMessageText", chat_id=42, message_id=2, text="3")
        assert said == "429 Too Many Requests: retry after 1"
        query = telegram.press(2, "m", forged=True)
        assert (await call("answerCallbackQuery", callback_query_id=query))[0] == 200


# Faults.


async def attempt(call: Naive) -> str:
    try:
        return str((await call("sendMessage", chat_id=42, text="x"))[0])
    except aiohttp.ClientError as broken:
        return type(broken).__name__


async def held(telegram: TelegramDouble, call: Naive) -> str:
    """An attempt that gets no answer while anybody waits."""
    waiting = asyncio.create_task(attempt(call))
    await telegram.until(telegram.injected.total)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    return "held" if waiting.cancelled() else "answered"


@pytest.mark.parametrize(
    ("kind", "seconds", "outcome"),
    [
        ("drop_before", None, ("ServerDisconnectedError", 0)),
        ("drop_after", None, ("ServerDisconnectedError", 1)),
        ("http_502_html", None, ("ContentTypeError", 0)),
        ("http_502_html_after", None, ("ContentTypeError", 1)),
        ("slow", None, ("held", 0)),
        ("slow_after", None, ("held", 1)),
        ("slow", 0.01, ("200", 1)),
        ("429", 7, ("429", 0)),
        ("500", None, ("500", 0)),
    ],
)
async def test_ordered_faults_happen_as_often_as_ordered(telegram, call, kind, seconds, outcome):
    telegram.fail("sendMessage", times=1, kind=kind, seconds=seconds)
    met = await (held(telegram, call) if outcome[0] == "held" else attempt(call))
    assert (met, len(telegram.messages())) == outcome
    assert telegram.injected == {kind: 1}
    assert telegram.refused_for_rate == 0
    assert (await attempt(call), len(telegram.messages())) == ("200", outcome[1] + 1)


async def test_a_fault_that_is_ordered_twice_happens_twice(telegram, call):
    telegram.fail("sendMessage", times=2, kind="500")
    assert [await attempt(call) for _ in range(3)] == ["500", "500", "200"]


async def test_a_fault_may_wait_for_one_chat(telegram, call):
    telegram.fail("sendMessage", kind="500", chat=GROUP)
    telegram.join(GROUP)
    assert (await call("sendMessage", chat_id=42, text="x"))[0] == 200
    assert (await call("sendMessage", chat_id=GROUP, text="x"))[0] == 500


async def test_chance_is_the_same_for_the_same_seed(session):
    runs = []
    for _ in range(2):
        async with TelegramDouble(rates=NO_RATES) as telegram:
            telegram.say("/start")
            telegram.fail_by_chance({"drop_after": 0.2, "429": 0.1}, seed=7)
            runs.append([await attempt(Naive(telegram.base_url, session)) for _ in range(60)])
            assert set(telegram.injected) == {"drop_after", "429"}
            assert runs[-1].count("429") == telegram.injected["429"]
    assert runs[0] == runs[1]


async def test_an_unknown_fault_is_told_at_once(telegram):
    with pytest.raises(ValueError, match="no such fault"):
        telegram.fail("sendMessage", kind="flood")


async def test_waiting_for_what_never_comes_tells_what_came(telegram, call):
    await call("getMe")
    with pytest.raises(TimeoutError, match=r"last calls \['getMe'\]"):
        await telegram.sent(42, within=0.05)
