"""Each limit of the Telegram double's inline mode, met by a client that does not know of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES
from tests.doubles.telegram_naive import Naive, Time


@pytest.fixture
def clock() -> Time:
    return Time()


@pytest.fixture
async def telegram(clock: Time) -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(rates=NO_RATES, clock=clock) as double:
        yield double


@pytest.fixture
async def call(telegram: TelegramDouble) -> AsyncIterator[Naive]:
    async with aiohttp.ClientSession() as session:
        yield Naive(telegram.base_url, session)


def article(id: str = "1", **more: Any) -> dict[str, Any]:
    content = {"message_text": "<b>Ferries run</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": id, "title": "Ferries", "input_message_content": content} | more


@pytest.mark.parametrize(
    ("results", "more", "words"),
    [
        ([article(str(n)) for n in range(51)], {}, "too many inline query results specified"),
        ([article(), article()], {}, "RESULT_ID_DUPLICATE"),
        ([article("")], {}, "RESULT_ID_EMPTY"),
        ([article("é" * 33)], {}, "RESULT_ID_INVALID"),
        ([article(title=" ")], {}, "ARTICLE_TITLE_EMPTY"),
        ([{"type": "article"}], {}, 'can\'t parse InlineQueryResult: Can\'t find field "id"'),
        ([article()], {"next_offset": "9" * 65}, "NEXT_OFFSET_INVALID"),
        ([], {"button": {"text": "Ask"}}, "can't use empty start_parameter"),
        ([], {"button": {"text": "Ask", "start_parameter": "a b"}}, "unallowed characters in start_parameter are used"),
        (
            [article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})],
            {},
            'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
        ),
        ([article(input_message_content={"message_text": "x" * 4097})], {}, "MESSAGE_TOO_LONG"),
    ],
)  # fmt: skip
async def test_what_is_no_answer_is_refused(telegram, call, results, more, words):
    query = telegram.type_inline("ferries")
    refused = await call.refusal("answerInlineQuery", inline_query_id=query, results=results, **more)
    assert refused == f"400 Bad Request: {words}"
    assert telegram.methods.queries[query].answer is None


async def test_an_answer_is_what_is_offered_and_what_is_chosen_is_posted(telegram, call):
    query = telegram.type_inline("ferries")
    fields = {"is_personal": True, "cache_time": 99_999, "next_offset": "10"}
    assert await call("answerInlineQuery", inline_query_id=query, results=[article()], **fields)
    offered = await telegram.offered(query)
    assert (offered["is_personal"], offered["cache_time"], offered["next_offset"]) == (True, 86_400, "10")
    message = telegram.choose(query, "1", chat=-500, user=7)
    assert (message.text, message.json()["via_bot"]["username"]) == ("Ferries run", "copydesk_test_bot")
    assert telegram.updates.queue[-1].kind == "inline_query"  # the bot hears nothing of the choice


async def test_a_late_and_a_made_up_query_are_too_old(telegram, call, clock):
    query = telegram.type_inline("ferries")
    clock.seconds += 16
    for one in (query, "17"):
        refused = await call.refusal("answerInlineQuery", inline_query_id=one, results=[])
        assert (
            refused == "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
        )


async def test_without_inline_mode_the_bot_is_asked_nothing():
    async with TelegramDouble(inline=False) as double:
        double.type_inline("ferries")
        assert double.updates.queue == []
        assert double.world.bot["supports_inline_queries"] is False
