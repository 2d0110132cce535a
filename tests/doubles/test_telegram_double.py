"""Each limit of the Telegram double, met by a client that does not know of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.doubles import telegram_spec
from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.doubles.telegram_faults import NO_RATES
from tests.doubles.telegram_naive import Naive

READER, GROUP, FORUM, CHANNEL = 42, -500, -1000000000777, -1000000000888


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(rates=NO_RATES) as double:
        double.say("/start", chat=READER)
        double.updates.queue.clear()
        yield double


@pytest.fixture
def call(telegram: TelegramDouble, session: aiohttp.ClientSession) -> Naive:
    return Naive(telegram.base_url, session)


# The wire.


@pytest.mark.parametrize("how", ["form", "multipart", "json", "query"])
async def test_a_body_in_any_encoding_means_the_same(telegram, session, how):
    url = f"{telegram.base_url}{TOKEN}/SENDmessage"
    markup = {"inline_keyboard": [[{"text": "More", "callback_data": "m"}]]}
    fields = {"chat_id": "42", "text": "Ferries run", "reply_markup": json.dumps(markup)}
    if how == "multipart":
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in fields.items():
            form.add_field(name, value)
        asked = session.post(url, data=form)
    elif how == "json":
        asked = session.post(url, json={"chat_id": 42, "text": "Ferries run", "reply_markup": markup})
    else:
        asked = session.get(url, params=fields) if how == "query" else session.post(url, data=fields)
    async with asked as answer:
        result = (await answer.json())["result"]
    assert (result["text"], result["reply_markup"]) == ("Ferries run", markup)
    assert telegram.problems == []


@pytest.mark.parametrize(
    ("token", "method", "refusal"),
    [
        (TOKEN, "sendPigeon", "404 Not Found: method not found"),
        ("0:x", "getMe", "401 Unauthorized: invalid token specified"),
        ("nonsense", "getMe", "401 Unauthorized: invalid token specified"),
        ("7000001:stolen", "getMe", "401 Unauthorized"),
    ],
)
async def test_a_wrong_token_or_method_is_refused(call, token, method, refusal):
    assert await call.refusal(method, token=token) == refusal


async def test_a_revoked_token_answers_401_from_then_on(telegram, call):
    assert (await call("getMe"))[1]["result"]["username"] == "copydesk_test_bot"
    telegram.revoke()
    assert await call.refusal("getMe") == "401 Unauthorized"


async def test_a_path_without_bot_is_not_found(telegram, session):
    async with session.get(telegram.base_url.removesuffix("bot") + "health") as answer:
        assert (answer.status, (await answer.json())["description"]) == (404, "Not Found")


# Text.

NESTED = "<b><i>x</b></i>"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("<b> </b>", "text must be non-empty"),
        ("a < b", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ("<p>x</p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
        ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        (
            NESTED,
            'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("x" * 40_000, "text is too long"),
    ],
)
async def test_text_that_telegram_would_not_take(call, text, refusal):
    said = await call.refusal("sendMessage", chat_id=42, text=text, parse_mode="HTML")
    assert said == f"400 Bad Request: {refusal}"


async def test_the_limit_counts_utf16_units_after_parsing(telegram, call):
    status, _ = await call("sendMessage", chat_id=42, text=f"<b>{'😀' * 2048}</b>", parse_mode="HTML")
    assert status == 200
    assert telegram.texts() == ["😀" * 2048]


async def test_formatting_beyond_a_hundred_entities_is_lost_silently(telegram, call):
    await call("sendMessage", chat_id=42, text="<b>x</b> y " * 150, parse_mode="HTML")
    assert len(telegram.messages()[0].entities) == 100


async def test_a_reader_sees_forged_links_and_words_that_link_themselves(telegram, call):
    text = 'At <a href="https://evil.example/">gazette.example</a>, not ferry.com &apos;'
    await call("sendMessage", chat_id=42, text=text, parse_mode="HTML")
    shown = telegram.messages()[0]
    assert shown.text == "At gazette.example, not ferry.com &apos;"
    assert shown.links == [("gazette.example", "https://evil.example/"), ("ferry.com", "")]


async def test_white_space_around_a_text_is_trimmed_and_entities_move(telegram, call):
    await call("sendMessage", chat_id=42, text="\n  a <b>b</b> \n", parse_mode="HTML")
    shown = telegram.messages()[0]
    assert (shown.text, shown.entities) == ("a b", ({"offset": 2, "length": 1, "type": "bold"},))


async def test_an_unknown_parse_mode_is_refused(call):
    said = await call.refusal("sendMessage", chat_id=42, text="x", parse_mode="BBCode")
    assert said == "400 Bad Request: unsupported parse_mode"


# Keyboards.


def rows(*row: list[dict[str, str]]) -> dict[str, Any]:
    return {"inline_keyboard": list(row)}


B = {"text": "More", "callback_data": "m"}


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (rows([B | {"callback_data": "é" * 33}]), "BUTTON_DATA_INVALID"),
        (rows(*[[B] * 5] * 21), "reply markup is too long"),
        (rows([B] * 9), "reply markup is too long"),
        (rows([B | {"text": " "}]), "BUTTON_TEXT_INVALID"),
        (
            rows([B | {"callback_data": ""}]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            rows([{"text": "More", "url": "http://localhost/x"}]),
            "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
        ),
        ("{", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
    ],
)
async def test_a_keyboard_that_telegram_would_not_take(call, markup, refusal):
    said = await call.refusal("sendMessage", chat_id=42, text="x", reply_markup=markup)
    assert said == f"400 Bad Request: {refusal}"


async def test_a_keyboard_at_the_limits_is_taken(telegram, call):
    full = [[{"text": "x", "callback_data": "d" * 64}] * 8] * 12 + [[B] * 4]
    assert (await call("sendMessage", chat_id=42, text="x", reply_markup=rows(*full)))[0] == 200
    assert len(telegram.messages()[0].buttons) == 100


# What the documentation does not know.


@pytest.mark.parametrize("table", ["whole", "small"])
async def test_parameters_that_are_not_documented_are_recorded(telegram, call, monkeypatch, table):
    telegram_spec._specification.cache_clear()
    if table == "small":
        monkeypatch.setattr(telegram_spec, "API", Path("absent"))
    elif not telegram_spec.API.is_file():
        pytest.skip("no ../shared beside the project")
    await call("sendMessage", chat_id=42, text="x", disable_web_page_preview=True)
    await call("sendMessage", chat_id=42)
    telegram_spec._specification.cache_clear()
    assert telegram.problems == [
        "sendMessage: unknown parameter disable_web_page_preview",
        "sendMessage: missing parameter text",
    ]


async def test_mistyped_parameters_are_recorded(telegram, call):
    if not telegram_spec.API.is_file():
        pytest.skip("no ../shared beside the project")
    keyboard = {"inline_keyboard": [[{"text": "x", "callback": "y"}]]}
    fields = {"link_preview_options": {"is_disabled": "yes"}, "disable_notification": "on"}
    await call("sendMessage", chat_id=42, text="x", reply_markup=keyboard, **fields)
    assert set(telegram.problems) == {
        "sendMessage: link_preview_options.is_disabled is not Boolean",
        "sendMessage: disable_notification is not Boolean",
        "sendMessage: reply_markup.inline_keyboard[][].callback is unknown in InlineKeyboardButton",
    }
