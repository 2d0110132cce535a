"""What Telegram says of a post, and what the desk makes of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.chat.telegram.connection import CallsRequest
from bot.chat.telegram.errors import translated, while_reading
from bot.chat.telegram.messenger import TelegramMessenger
from bot.chat.telegram.settings import TelegramSettings
from bot.domain.errors import BadCredentials, MessengerError, Refused, RetryLater, Unconfirmed
from bot.domain.events import Payload, Said, Sender
from bot.domain.message import Break, Message, Paragraph, Run
from bot.domain.model import Address
from bot.wording.language import speaking
from tests.chat.telegram_far_end import BASIC, FORUM, GROUP, READER, desk, settings
from tests.contracts.messenger import a_message
from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.doubles.telegram_faults import NO_RATES

HOME = Address("telegram", str(GROUP))
LONG = Message((Paragraph((Run("x" * 4000),)), Break(), Paragraph((Run("y" * 4000),))))


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(rates=NO_RATES) as double:
        double.chat(GROUP)
        yield double
        assert double.problems == []


@pytest.fixture
async def messenger(telegram: TelegramDouble) -> AsyncIterator[TelegramMessenger]:
    async with desk(telegram) as opened:
        yield opened


def payload(messenger: TelegramMessenger, text: str = "Ferries run") -> Payload:
    (only,) = messenger.render(a_message(text))
    return only


def said(at: Address = HOME, reply: str = "") -> Said:
    return Said("1", at, Sender("telegram", "42"), "search x", reply=reply)


async def test_what_stands_under_a_message_answers_it(telegram, messenger):
    head = await messenger.post(HOME, payload(messenger, "Head"), key="head")
    await messenger.post(HOME, payload(messenger, "Detail"), key="detail", parent=head.id)
    await messenger.post(HOME, payload(messenger, "Orphan"), key="orphan", parent="99999")
    one, two, three = telegram.messages(GROUP)
    assert (one.reply_to, two.reply_to, three.reply_to) == (None, one, None)


async def refused(messenger: TelegramMessenger, to: Address) -> Refused:
    with pytest.raises(Refused) as raised:
        await messenger.post(to, payload(messenger), key="k")
    return raised.value


async def test_one_post_is_one_call_with_everything_in_it(telegram, messenger):
    await messenger.post(Address("telegram", str(GROUP)), payload(messenger), key="k")
    (call,) = telegram.calls
    assert (call.method, call.fields["parse_mode"]) == ("sendMessage", "HTML")
    assert call.json("link_preview_options") == {"is_disabled": True}


async def test_posting_needs_no_listening_and_names_no_general_topic(telegram, messenger):
    telegram.join(FORUM, topics={5})
    for thread in ("5", "1", ""):
        await messenger.post(Address("telegram", str(FORUM), thread), payload(messenger), key="k")
    assert [message.thread for message in telegram.messages(FORUM)] == [5, None, None]
    assert [call.fields.get("message_thread_id") for call in telegram.calls] == ["5", None, None]


@pytest.mark.parametrize(("api", "year", "calls"), [("10.3", 2031, 1), ("9.4", 2031, 2), ("10.3", 2037, 2)])
async def test_a_moment_that_is_not_known_is_told_in_words(api, year, calls):
    moment = Run("<b>then</b>", "strong", moment=datetime(year, 3, 4, 8, tzinfo=UTC))
    message = Message((Paragraph((Run("It comes "), moment, Run("."))),))
    async with TelegramDouble(rates=NO_RATES, api=api) as telegram, desk(telegram) as messenger:
        telegram.chat(GROUP)
        (part,) = messenger.render(message)
        posted = await messenger.post(HOME, part, key="k")
        (seen,) = telegram.messages(GROUP)
        assert seen.text == "It comes <b>then</b>."
        assert {one["type"] for one in seen.entities} == {"bold", *(["date_time"] if calls == 1 else [])}
        assert len(telegram.calls) == calls
        await messenger.edit(HOME, posted.id, part)
        assert len(telegram.calls) == 2 * calls - (api == "9.4")


async def test_a_topic_that_is_gone_is_its_readers_chat_and_no_groups(telegram, messenger):
    telegram.say("/start")
    telegram.chat(READER, topics={7})
    for to, moved in (
        (Address("telegram", str(READER), "9"), Address("telegram", str(READER))),
        (HOME, None),
    ):
        with pytest.raises(Refused) as refused:
            await messenger.post(Address("telegram", to.chat, "9"), payload(messenger), key="k")
        assert (refused.value.closed, refused.value.moved) == (True, moved)


@pytest.mark.parametrize(
    ("words", "closed"),
    [
        ("Message is too long", False),
        ("Can't parse entities: unsupported start tag", False),
        ("Chat not found", True),
        ("TOPIC_CLOSED", True),
        ("Not enough rights to send text messages to the chat", True),
        ("CHAT_WRITE_FORBIDDEN", True),
    ],
)
def test_a_refusal_is_of_the_message_or_of_the_chat(words, closed):
    trouble = translated(BadRequest(words), HOME)
    assert isinstance(trouble, Refused)
    assert trouble.closed == closed


@pytest.mark.parametrize(
    ("to", "link"),
    [
        (Address("telegram", "-1001234567890"), "https://t.me/c/1234567890/17"),
        (Address("telegram", "-1001234567890", "5"), "https://t.me/c/1234567890/5/17"),
        (Address("telegram", "@harbour_news"), "https://t.me/harbour_news/17"),
        (Address("telegram", "-4321"), None),
        (Address("telegram", "42"), None),
    ],
)
async def test_a_message_has_an_address_where_telegram_gives_it_one(messenger, to, link):
    assert messenger.link(to, "17") == link
    assert messenger.link(to, "") is None


async def test_a_public_name_is_an_address(telegram, messenger):
    telegram.chat(GROUP, username="harbour_news")
    assert await messenger.reach(Address("telegram", "@harbour_news")) is None
    await messenger.post(Address("telegram", "@harbour_news"), payload(messenger), key="k")
    assert len(telegram.messages(GROUP)) == 1


async def test_a_group_that_moved_is_refused_with_its_new_address(telegram, messenger):
    telegram.join(BASIC)
    new = telegram.migrate(BASIC)
    refusal = await refused(messenger, Address("telegram", str(BASIC)))
    assert refusal.moved == Address("telegram", str(new))
    await messenger.post(refusal.moved, payload(messenger), key="k")
    assert len(telegram.messages(new)) == 1


async def test_a_topic_that_is_gone(telegram, messenger):
    telegram.join(FORUM, topics={5})
    refusal = await refused(messenger, Address("telegram", str(FORUM), "6"))
    assert "the topic is gone" in str(refusal.reason)
    assert refusal.closed


async def test_a_reader_who_left(telegram, messenger):
    reader = Address("telegram", str(READER))
    never_met = await refused(messenger, reader)
    assert ("press Start" in str(never_met.reason), never_met.closed) == (True, True)
    telegram.say("/start")
    telegram.block()
    assert "blocked the bot" in str((await refused(messenger, reader)).reason)
    telegram.deactivate()
    assert "account is gone" in str((await refused(messenger, reader)).reason)


async def test_a_channel_needs_an_administrator(telegram, messenger):
    channel = telegram.join(-1000000000888, kind="channel", state="member").id
    to = Address("telegram", str(channel))
    assert "make it an administrator" in str((await refused(messenger, to)).reason)
    assert "make it an administrator" in (await messenger.reach(to) or "")
    with speaking("de"):
        assert "zum Administrator machen" in (await messenger.reach(to) or "")
    telegram.join(channel, state="administrator")
    assert await messenger.reach(to) is None


async def test_a_group_is_called_by_its_title_and_a_person_is_not_named(telegram, messenger):
    telegram.chat(GROUP, title="Harbour news")
    telegram.say("/start")
    assert await messenger.name_of(Address("telegram", str(GROUP), "5")) == "Harbour news"
    assert await messenger.name_of(Address("telegram", str(READER))) is None


async def test_reach_knows_topics_and_blocks(telegram, messenger):
    assert "leave out /5" in (await messenger.reach(Address("telegram", str(GROUP), "5")) or "")
    telegram.join(FORUM, topics={5})
    assert await messenger.reach(Address("telegram", str(FORUM), "5")) is None
    telegram.say("/start")
    assert await messenger.reach(Address("telegram", str(READER))) is None
    telegram.block()
    assert "blocked the bot" in (await messenger.reach(Address("telegram", str(READER))) or "")


async def test_reach_asks_again_later_where_telegram_does_not_answer(telegram, messenger):
    telegram.fail("getChat", kind="drop_after")
    with pytest.raises(RetryLater):
        await messenger.reach(HOME)


@pytest.mark.parametrize(
    ("kind", "error", "recorded"),
    [
        ("drop_before", Unconfirmed, 0),
        ("drop_after", Unconfirmed, 1),
        ("http_502_html", Unconfirmed, 0),
        ("http_502_html_after", Unconfirmed, 1),
        ("500", Unconfirmed, 0),
        ("429", RetryLater, 0),
    ],
)
async def test_a_fault_is_what_it_is_and_the_call_is_made_once(telegram, messenger, kind, error, recorded):
    telegram.fail("sendMessage", kind=kind, seconds=7)
    with pytest.raises(error) as raised:
        await messenger.post(HOME, payload(messenger), key="k")
    assert TOKEN not in f"{raised.value!r}{raised.value}"
    assert raised.value.__cause__ is raised.value.__context__ is None
    assert len(telegram.called("sendMessage")) == 1
    assert len(telegram.messages()) == recorded


async def test_an_answer_that_comes_too_late_is_unconfirmed(telegram):
    telegram.fail("sendMessage", kind="slow_after", seconds=None)
    async with desk(telegram, answer_within=1.0) as messenger:
        with pytest.raises(Unconfirmed, match="ReadTimeout"):
            await messenger.post(HOME, payload(messenger), key="k")
    assert len(telegram.messages()) == 1


async def test_a_closed_desk_posts_nothing(telegram):
    async with desk(telegram) as messenger:
        part = payload(messenger)
    with pytest.raises(RetryLater):
        await messenger.post(HOME, part, key="k")
    assert telegram.calls == []


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "meant", "read"),
    [
        (caused(NetworkError("x"), httpx.ConnectError("x")), RetryLater, RetryLater),
        (caused(TimedOut(), httpx.ConnectTimeout("x")), RetryLater, RetryLater),
        (caused(TimedOut(), httpx.PoolTimeout("x")), RetryLater, RetryLater),
        (caused(TimedOut(), httpx.ReadTimeout("x")), Unconfirmed, RetryLater),
        (caused(TimedOut(), httpx.WriteTimeout("x")), Unconfirmed, RetryLater),
        (caused(NetworkError("x"), httpx.ReadError("x")), Unconfirmed, RetryLater),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("x")), Unconfirmed, RetryLater),
        (NetworkError("Internal Server Error: restart"), Unconfirmed, RetryLater),
        (NetworkError("Too Many Requests (429)"), RetryLater, RetryLater),
        (TelegramError("Invalid server response"), Unconfirmed, RetryLater),
        (BadRequest("Something new"), Refused, Refused),
        (Forbidden("Forbidden: something new"), Refused, Refused),
        (InvalidToken(f"The token `{TOKEN}` was rejected by the server."), BadCredentials, BadCredentials),
    ],
)
def test_every_vendor_error_has_a_meaning(error, meant, read):
    for word, kind in ((translated, meant), (while_reading, read)):
        trouble = word(error, HOME)
        assert type(trouble) is kind
        assert TOKEN not in str(trouble)


def test_a_pause_is_in_seconds_whatever_the_library_calls_it():
    trouble = translated(RetryAfter(7), HOME)
    assert isinstance(trouble, RetryLater)
    assert trouble.after == 7.0


# --- answers -------------------------------------------------------------------------------------


async def test_an_answer_quotes_the_question_even_when_it_is_gone(telegram, messenger):
    asked = telegram.say("/search x", chat=GROUP)
    await messenger.reply(said(reply=str(asked.id)), a_message("Found"))
    asked.deleted = True
    await messenger.reply(said(reply=str(asked.id)), a_message("Found"))
    assert [m.reply_to and m.reply_to.id for m in telegram.messages(GROUP)] == [asked.id, None]


async def test_each_part_of_an_answer_waits_for_its_turn(telegram, messenger):
    turns = []

    async def say(to, call, *, counted=True):
        turns.append((to, counted, len(telegram.messages())))
        return await call()

    await messenger.reply(said(), LONG, say)
    parts = len(telegram.messages())
    assert parts > 1
    assert turns == [(said().at, True, number) for number in range(parts)]


async def test_a_first_part_that_must_wait_posts_nothing(telegram, messenger):
    telegram.fail("sendMessage", kind="429", seconds=9)
    with pytest.raises(RetryLater):
        await messenger.reply(said(), LONG)
    assert telegram.messages() == []


def test_nothing_shows_a_token():
    told = settings("http://127.0.0.1:1/bot", secret="hush-hush")
    messenger = TelegramMessenger(told)
    assert TOKEN not in repr(told)
    assert "hush" not in repr(told)
    assert TOKEN not in repr(messenger)
    assert issubclass(BadCredentials, MessengerError)


def test_a_token_that_is_none_at_all_is_no_surprise():
    assert TelegramMessenger(TelegramSettings("nonsense")).platform == "telegram"


def test_a_body_says_nothing_of_where_or_when(messenger):
    assert set(json.loads(payload(messenger).body)) == {"text", "parse_mode", "link_preview_options"}


def test_of_a_message_that_was_sent_what_it_says_is_not_read_again():
    button = {"text": "More", "callback_data": "m"}
    sent = {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}, "ephemeral_message_id": 3}
    said = {
        "text": "Ferries",
        "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": "https://news.example"}],
        "reply_markup": {"inline_keyboard": [[button]]},
        "link_preview_options": {"is_disabled": True},
    }
    cases: list[tuple[object, object]] = [
        ({"ok": True, "result": {**sent, **said}}, {"ok": True, "result": sent}),
        *(
            (one, one)
            for one in (
                {"ok": True, "result": {"id": 1, "text": "a chat's"}},
                {"ok": True, "result": [said]},
                {"ok": True, "result": True},
                {"ok": False, "description": "Bad Request: message text is empty"},
                [said],
            )
        ),
    ]
    for told, kept in cases:
        assert CallsRequest.parse_json_payload(json.dumps(told).encode()) == kept
