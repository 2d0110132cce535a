"""What people do on Telegram, and what the desk hears of it."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from telegram import (
    Bot,
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Update,
    User,
)

from bot.chat.telegram import intake
from bot.chat.telegram.events import KINDS, Identity, heard
from bot.chat.telegram.intake import HELD, Rival
from bot.chat.telegram.messenger import TelegramMessenger
from bot.domain.errors import BadCredentials, Refused
from bot.domain.events import Incoming, Moved, Pressed, Returned, Said, Under
from bot.domain.message import Button
from bot.domain.model import Address
from bot.domain.unicode import well_formed
from bot.wording import replies
from tests.chat.telegram_far_end import BASIC, FORUM, GROUP, READER, desk
from tests.contracts.messenger import a_message
from tests.doubles.telegram import TOKEN, TelegramDouble
from tests.doubles.telegram_faults import NO_RATES

NAME = "copydesk_test_bot"
BROADCAST = -1000000000888
US = Identity(7_000_001, NAME)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble(rates=NO_RATES, privacy=False) as double:
        double.chat(GROUP)
        yield double
        assert double.problems == []


class Ear:
    """The desk's stream, one thing at a time."""

    def __init__(self, stream: AsyncIterator[Incoming]) -> None:
        self.stream = stream

    async def __call__(self) -> Incoming:
        return await asyncio.wait_for(anext(self.stream), 60)


@pytest.fixture
async def messenger(telegram: TelegramDouble) -> AsyncIterator[TelegramMessenger]:
    async with desk(telegram) as opened:
        yield opened


@pytest.fixture
async def ear(messenger: TelegramMessenger) -> AsyncIterator[Ear]:
    async with aclosing(messenger.incoming()) as stream:
        yield Ear(stream)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waits that take no time, and how long they would have been."""
    sleep, asked = asyncio.sleep, []

    async def nap(length: float, result: Any = None) -> Any:
        asked.append(length)
        return await sleep(0, result)

    monkeypatch.setattr(asyncio, "sleep", nap)
    return asked


# --- for whom ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "heard_as"),
    [
        ("/search ferries", "/search ferries"),
        (f"/search@{NAME} ferries", "/search ferries"),
        (f"/SEARCH@{NAME.upper()} ferries", "/SEARCH ferries"),
        (f"/dance@{NAME}", "/dance"),
        (f"@{NAME} search ferries", "search ferries"),
        (f"Good morning!\nhey @{NAME}, serch ferries", "serch ferries"),
        (f"@{NAME}", ""),
        (f"search ferries @{NAME}, please", None),
        (f"Have you all tried @{NAME}? It is great", None),
        (f"@{NAME} is great", None),
        (f"@{NAME} subscribe to the Courier if you want", None),
        (f"@{NAME}: /search x", "/search x"),
        (f"/search @{NAME} ferries", "/search ferries"),
        (f"*@{NAME} search ferries*", "*search ferries*"),
        (f"**@{NAME}**", ""),
        ("／search ferries", "／search ferries"),
        ("*/search ferries*", "*/search ferries*"),
        ("`/topics`", "`/topics`"),
        ("/search @ada_marrant", "/search @ada_marrant"),
        ("/search @other_bot ferries", None),
        ("> /search finds articles", None),
        ("- /search finds articles", None),
        ("／weather", None),
        ("/search@other_bot ferries", None),
        ("/dance", None),
        ("search ferries", None),
        (f"ada@{NAME} wrote", None),
        (f"@{NAME}s wrote", None),
        ("/search@ ferries", None),
        ("/", None),
    ],
)
async def test_in_a_group_only_what_is_for_the_desk_is_heard(telegram, ear, text, heard_as):
    telegram.say(text, chat=GROUP)
    telegram.say("/help the end", chat=GROUP)
    said = await ear()
    assert said.text == ("/help the end" if heard_as is None else heard_as)


async def test_a_reply_to_the_desk_is_for_it(telegram, messenger, ear):
    telegram.say("/help", chat=GROUP)
    await messenger.reply(await ear(), a_message("I am the desk"))
    (answer,) = telegram.messages(GROUP)
    other = telegram.say("nice", chat=GROUP, user=7)
    telegram.say("indeed", chat=GROUP, reply_to=other.id)
    telegram.say("search ferries", chat=GROUP, reply_to=answer.id)
    said = await ear()
    assert (said.text, said.meant) == ("search ferries", "replied")
    assert said.under == Under(Address("telegram", str(GROUP)), str(answer.id))


@pytest.mark.parametrize("text", ["/weather", f"@{NAME} 2", "/search ferries"])
async def test_a_command_or_a_name_in_a_reply_is_for_the_desk_for_certain(telegram, messenger, ear, text):
    telegram.say("/help", chat=GROUP)
    await messenger.reply(await ear(), a_message("I am the desk"))
    (answer,) = telegram.messages(GROUP)
    telegram.say("/weather@another_bot", chat=GROUP, reply_to=answer.id)
    telegram.say(text, chat=GROUP, reply_to=answer.id)
    said = await ear()
    assert (said.text, said.meant) == (text.removeprefix(f"@{NAME} "), "replied" if "2" in text else "named")
    assert said.under is not None


async def test_a_reply_to_what_the_desk_said_long_ago_is_a_word_among_people(telegram, messenger, ear):
    telegram.say("/help", chat=GROUP)
    await messenger.reply(await ear(), a_message("I am the desk"))
    (answer,) = telegram.messages(GROUP)
    answer.date -= 91 * 24 * 3600
    telegram.say("2", chat=GROUP, reply_to=answer.id)
    telegram.say("/help", chat=GROUP, reply_to=answer.id)
    said = await ear()
    assert (said.text, said.under) == ("/help", None)


async def test_a_comment_on_a_channels_post_is_overheard_with_the_post(telegram, ear):
    channel = telegram.chat(-1000000000900, "channel")
    post = telegram.say("a post of somebody's", chat=channel.id)
    telegram.chat(GROUP, state="administrator")
    head = telegram.into_discussion(post, GROUP)
    telegram.say("2", chat=GROUP, reply_to=head.id)
    said = await ear()
    assert (said.text, said.meant, said.direct) == ("2", "overheard", False)
    assert said.under == Under(Address("telegram", str(channel.id)), str(post.id))
    assert said.at == Address("telegram", str(GROUP))


async def test_alone_with_a_reader_every_word_is_for_the_desk(telegram, ear):
    telegram.say("search ferries")
    said = await ear()
    assert isinstance(said, Said)
    assert (said.text, said.direct, said.at) == ("search ferries", True, Address("telegram", "42"))
    assert (said.sender.id, said.sender.name) == ("42", "Reader 42")
    telegram.say("/search@other_bot x")
    telegram.say("/help")
    assert (await ear()).text == "/help"


async def test_a_topic_is_part_of_the_address_and_answers_stay_in_it(telegram, messenger, ear):
    telegram.chat(FORUM, topics={5})
    telegram.say("/help", chat=FORUM, thread=5)
    telegram.say("/help", chat=FORUM)
    for thread in ("5", ""):
        said = await ear()
        assert said.at == Address("telegram", str(FORUM), thread)
        await messenger.reply(said, a_message("here"))
    assert [message.thread for message in telegram.messages(FORUM)] == [5, None]


async def test_ids_of_52_bits_survive(telegram, ear):
    chat, user = -1 - 2**51, 2**51 + 7
    telegram.chat(chat, "supergroup")
    telegram.say("/help", chat=chat, user=user)
    said = await ear()
    assert (said.at.chat, said.sender.id) == (str(chat), str(user))


async def test_an_edited_command_is_said_anew(telegram, ear):
    wrote = telegram.say("/search ferris")
    telegram.edit(wrote, "/search ferries")
    first, then = await ear(), await ear()
    assert [(one.text, one.edited) for one in (first, then)] == [
        ("/search ferris", False),
        ("/search ferries", True),
    ]
    assert first.message == then.message == str(wrote.id)
    assert first.key != then.key


def test_what_is_edited_late_or_among_people_says_nothing():
    late = message(edit_date=1 + 16 * 60)
    soon = message(edit_date=1 + 14 * 60)
    for kind in ("edited_message", "edited_channel_post"):
        assert heard(update(**{kind: late}), US) is None
        assert heard(update(**{kind: message()}), US) is None, "one without a date"
        assert isinstance(heard(update(**{kind: soon}), US), Said)


async def test_a_command_of_10000_characters_is_heard_whole(telegram, ear):
    telegram.say("/search " + "x" * 10_000)
    assert len((await ear()).text) == 10_008


def update(**parts: Any) -> Update:
    bot = Bot(TOKEN)
    told = Update.de_json({"update_id": 1} | parts, bot)
    assert told
    return told


def message(text: str = "/help", **more: Any) -> dict[str, Any]:
    chat = {"id": GROUP, "type": "supergroup", "title": "Desk"}
    sender = {"id": 42, "is_bot": False, "first_name": "Ada"}
    return {"message_id": 3, "date": 1, "chat": chat, "from": sender, "text": text} | more


ODD: list[Any] = [
    {"message": 5},
    {"message": "text"},
    {"message": {"message_id": 3}},
    {"message": message(text=5)},
    {"message": message(text=["/help"])},
    {"message": message(chat={"id": "x"})},
    {"message": message(date=10**30)},
    {"message": message(entities=[5])},
    {"callback_query": {"id": 1, "data": 5, "message": message()}},
    {"my_chat_member": {"chat": 5}},
]


@pytest.mark.parametrize("odd", ODD)
async def test_an_update_that_is_not_what_telegram_promises_is_passed_over(telegram, ear, odd):
    telegram.say("/topics", chat=GROUP)
    assert (await ear()).text == "/topics"
    ((kind, body),) = odd.items()
    telegram.updates.add(kind, body, GROUP)
    telegram.say("/help", chat=GROUP)
    assert (await ear()).text == "/help"


@pytest.mark.parametrize(
    "more",
    [
        {"from": {"id": 9, "is_bot": True, "first_name": "Other", "username": "other_bot"}},
        {"from": None},
        {"text": None},
        {"is_automatic_forward": True, "sender_chat": {"id": -1009, "type": "channel", "title": "News"}},
    ],
)
def test_bots_copies_and_wordless_messages_are_not_heard(more):
    assert heard(update(message=message(**more)), US) is None


def test_who_writes_in_the_name_of_a_chat_is_that_chat():
    crowd = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    group = {"id": GROUP, "type": "supergroup", "title": "Desk"}
    said = heard(update(message=message(**{"from": crowd, "sender_chat": group})), US)
    assert isinstance(said, Said)
    assert (said.sender.id, said.sender.name) == (str(GROUP), "Desk")
    post = message(**{"from": None, "sender_chat": {"id": -1009, "type": "channel", "title": "News"}})
    said = heard(update(channel_post=post), US)
    assert isinstance(said, Said)
    assert said.sender.id == "-1009"


def test_a_thread_of_replies_is_no_topic_and_a_topics_opening_is_no_reply():
    said = heard(update(message=message(message_thread_id=77)), US)
    assert isinstance(said, Said)
    assert said.at.thread == ""
    opening = message("", **{"from": {"id": US.id, "is_bot": True, "first_name": "Desk"}})
    opening |= {"forum_topic_created": {"name": "News", "icon_color": 1}}
    in_topic = {"message_thread_id": 5, "is_topic_message": True, "reply_to_message": opening}
    assert heard(update(message=message("idle talk", **in_topic)), US) is None


def test_a_topic_that_is_opened_again_can_be_posted_to():
    service = message("", forum_topic_reopened={}, message_thread_id=5, is_topic_message=True)
    returned = heard(update(message=service), US)
    assert isinstance(returned, Returned)
    assert returned.at.thread == "5"


@pytest.mark.parametrize("data", ["", ":", "more", "more:1:2", "x" * 64, "\u202e:\x00", "share:17"])
async def test_a_forged_press_is_only_words(telegram, messenger, ear, data):
    telegram.say("/start")
    await messenger.reply(await ear(), a_message("page", Button("More", "more", "1")))
    telegram.press(telegram.messages(READER)[0].id, data or "-", user=666, chat=READER, forged=True)
    pressed = await ear()
    assert isinstance(pressed, Pressed)
    action, _, value = well_formed(data or "-").partition(":")
    assert (pressed.action, pressed.value) == (action, value)
    assert pressed.sender.id == "666"


# --- buttons -------------------------------------------------------------------------------------


@pytest.fixture
async def pressed(telegram, messenger, ear) -> Pressed:
    telegram.say("/start")
    await messenger.reply(await ear(), a_message("page 1", Button("More", "more", "2")))
    query = telegram.press(telegram.messages(READER)[0].id, "more:2")
    said = await ear()
    assert isinstance(said, Pressed)
    assert await telegram.answered(query) == {"text": "", "alert": False}  # before any reply
    return said


def shown(telegram: TelegramDouble) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(one.text, one.buttons) for one in telegram.messages(READER)]


async def test_an_answer_takes_the_place_of_the_pressed_message(telegram, messenger, pressed):
    await messenger.reply(pressed, a_message("page 2", Button("Back", "more", "1")))
    assert shown(telegram) == [("page 2", [("Back", "more:1")])]
    await messenger.reply(pressed, a_message("the end"))
    assert shown(telegram) == [("the end", [])]


async def test_a_word_to_who_pressed_that_comes_too_late_for_the_button_is_a_message_of_its_own(
    telegram, messenger, pressed
):
    assert await messenger.reply(pressed, replace(a_message("That button is too old."), aside=True))
    assert shown(telegram)[1:] == [("That button is too old.", [])]
    among_others = replace(pressed, direct=False)
    assert await messenger.reply(among_others, replace(a_message("Not yours."), aside=True)) is None
    assert len(shown(telegram)) == 2


async def test_to_answer_twice_is_to_answer_once(telegram, messenger, pressed):
    for _ in range(2):
        await messenger.reply(pressed, a_message("page 2"))
    telegram.fail("editMessageText", kind="drop_after")
    await messenger.reply(pressed, a_message("page 3"))
    assert shown(telegram) == [("page 3", [])]


async def test_where_it_cannot_be_edited_the_answer_is_sent(telegram, messenger, pressed):
    telegram.messages(READER)[0].deleted = True
    await messenger.reply(pressed, a_message("page 2"))
    assert shown(telegram) == [("page 2", [])]


async def test_a_reader_who_left_gets_no_answer(telegram, messenger, pressed):
    telegram.block()
    with pytest.raises(Refused, match="blocked"):
        await messenger.reply(pressed, a_message("page 2"))


# --- chats that change ---------------------------------------------------------------------------


async def test_a_group_that_becomes_a_supergroup_moves_once(telegram, ear):
    telegram.chat(BASIC)
    new = telegram.migrate(BASIC)
    telegram.say("/help", chat=new)
    moved = await ear()
    assert isinstance(moved, Moved)
    assert (moved.at.chat, moved.to) == (str(BASIC), Address("telegram", str(new)))
    assert isinstance(await ear(), Said)


async def test_a_desk_that_is_put_out_is_told(telegram, ear):
    telegram.say("/help")
    await ear()
    telegram.block()
    telegram.kick(GROUP)
    telegram.chat(FORUM)
    telegram.leave(FORUM)
    for chat, reason in ((READER, "blocked"), (GROUP, "removed"), (FORUM, "removed")):
        moved = await ear()
        assert isinstance(moved, Moved)
        assert (moved.at.chat, moved.to) == (str(chat), None)
        assert reason in str(moved.reason)


async def test_a_desk_that_is_let_in_again_is_told_before_anybody_writes(telegram, ear):
    telegram.block()
    telegram.unblock()
    telegram.kick(GROUP)
    telegram.join(GROUP)
    telegram.chat(BROADCAST, "channel")
    telegram.leave(BROADCAST)
    telegram.join(BROADCAST, state="administrator")
    for chat in (READER, GROUP, BROADCAST):
        assert isinstance(await ear(), Moved)
        returned = await ear()
        assert isinstance(returned, Returned)
        assert returned.at.chat == str(chat)


def a_member(kind: type[ChatMember], **rights: bool) -> ChatMember:
    """The desk in a chat, with these rights and no others."""
    asked = inspect.signature(kind).parameters
    none = {right: False for right in asked if right.startswith(("can_", "is_"))}
    until = {"until_date": datetime.now(UTC)} if "until_date" in asked else {}
    return kind(User(US.id, "Copydesk", is_bot=True), **{**none, **until, **rights})


@pytest.mark.parametrize(
    ("kind", "desk", "meant"),
    [
        ("supergroup", a_member(ChatMemberMember), Returned),
        ("supergroup", a_member(ChatMemberOwner), Returned),
        ("supergroup", a_member(ChatMemberRestricted), Moved),
        ("supergroup", a_member(ChatMemberRestricted, is_member=True), None),
        ("supergroup", a_member(ChatMemberRestricted, is_member=True, can_send_messages=True), Returned),
        ("channel", a_member(ChatMemberAdministrator, can_post_messages=True), Returned),
        ("channel", a_member(ChatMemberAdministrator, can_post_messages=False), None),
        ("channel", a_member(ChatMemberMember), None),
    ],
)
def test_a_desk_is_back_where_it_may_write(kind, desk, meant):
    before, ada = a_member(ChatMemberLeft), User(READER, "Ada", is_bot=False)
    change = ChatMemberUpdated(Chat(GROUP, kind), ada, datetime.now(UTC), before, desk)
    assert type(heard(Update(1, my_chat_member=change), US)) is (meant or type(None))


# --- the line ------------------------------------------------------------------------------------


async def test_what_is_needed_is_asked_for_and_nothing_dropped(telegram, ear):
    telegram.say("/search waited")
    assert (await ear()).text == "/search waited"
    assert telegram.updates.allowed == set(KINDS)
    english = telegram.methods.menu(telegram.chat(READER), READER, "fr")
    assert english == [name for name, _ in replies.menu()]
    assert {"search", "quotes", "digest", "subscribe", "help"} <= set(english)
    assert {"suche", "zitate", "digest", "abo", "hilfe"} <= set(
        telegram.methods.menu(telegram.chat(READER), READER, "de")
    )
    assert telegram.called("deleteWebhook")[0].fields.get("drop_pending_updates") in (None, "false")


async def test_a_menu_that_is_refused_keeps_no_other_from_being_offered(telegram, ear):
    telegram.fail("setMyCommands", 1, "500")
    telegram.say("/help")
    await ear()
    assert "suche" in telegram.methods.menu(telegram.chat(READER), READER, "de")


async def test_it_is_heard_in_which_language_somebodys_app_is(telegram, ear):
    telegram.world.person(READER, language_code="de-AT")
    telegram.say("/suche Öl")
    said = await ear()
    assert (said.text, said.sender.language) == ("/suche Öl", "de-AT")


async def test_it_starts_when_telegram_comes_back(telegram, ear, quick):
    telegram.fail("getMe", 3, "http_502_html")
    telegram.fail("setMyCommands", 1, "500")
    telegram.fail("deleteWebhook", 2, "drop_before")
    telegram.fail("getUpdates", 2, "http_502_html")
    telegram.say("/help")
    assert (await ear()).text == "/help"
    assert [length for length in quick if length in (1.0, 2.0, 4.0)][:3] == [1.0, 2.0, 4.0]


async def test_a_lost_question_loses_no_words(telegram, ear):
    telegram.fail("getUpdates", 1, "drop_after")
    for number in range(3):
        telegram.say(f"/search {number}")
    assert [(await ear()).text for _ in range(3)] == ["/search 0", "/search 1", "/search 2"]


async def test_words_that_come_again_after_a_restart_have_the_same_key(telegram):
    telegram.say("/search ferries")
    told = list(telegram.updates.queue)
    keys = []
    for _ in range(2):
        async with desk(telegram) as opened:
            keys.append((await Ear(opened.incoming())()).key)
        telegram.updates.queue[:0] = told  # the question that confirmed it was lost
    assert keys[0] == keys[1] == str(told[0].id)


async def test_a_desk_that_closes_in_peace_hears_nothing_twice(telegram):
    for number in range(3):
        telegram.say(f"/search {number}")
    async with desk(telegram) as first:
        ear = Ear(first.incoming())
        for _ in range(3):
            await ear()
    assert telegram.updates.queue == []


@pytest.mark.usefixtures("quick")
async def test_a_rival_that_goes_on_ends_the_listening_with_a_sentence(telegram, messenger, ear, monkeypatch):
    monkeypatch.setattr(intake, "RIVALRY", 0.0)
    telegram.say("/help")
    await ear()
    await telegram.listening()
    waiting = asyncio.ensure_future(ear())
    async with Bot(TOKEN, base_url=telegram.base_url) as rival:
        asked = asyncio.ensure_future(rival.get_updates(timeout=10))
        with pytest.raises(Refused, match="another program asks for this bot's updates"):
            await waiting
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
    polls = len(telegram.called("getUpdates"))
    telegram.say("/search nobody listens")
    assert len(telegram.called("getUpdates")) == polls
    async with aclosing(messenger.incoming()) as again:
        assert (await Ear(again)()).text == "/search nobody listens"


@pytest.mark.usefixtures("quick")
async def test_a_rival_that_leaves_again_is_passed_over_with_a_warning(telegram, ear, caplog):
    telegram.say("/help")
    await ear()
    await telegram.listening()
    waiting = asyncio.ensure_future(ear())
    async with Bot(TOKEN, base_url=telegram.base_url) as rival:
        asked = asyncio.ensure_future(rival.get_updates(timeout=10))
        await telegram.until(lambda: asked.done() or "another program" in caplog.text)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
    assert not waiting.done()
    telegram.say("/search still heard")
    assert (await waiting).text == "/search still heard"
    assert caplog.text.count("another program asks for this bot's updates") == 1


def test_a_rivalry_lasts_when_no_pause_between_two_conflicts_is_long():
    rival = Rival()
    assert [rival.lasts(now) for now in (0, 200, 299, 300)] == [False, False, False, True]
    assert [rival.lasts(now) for now in (1000, 1301, 1500, 1602)] == [False, False, False, True]


async def test_it_is_healthy_while_telegram_answers(telegram, messenger, ear, quick):
    assert not messenger.healthy()
    telegram.say("/help")
    await ear()
    assert messenger.healthy()
    await telegram.listening()
    telegram.fail("getUpdates", 10_000, "500")
    telegram.say("/search")  # wakes the question that is open
    await telegram.until(lambda: not messenger.healthy())
    await messenger.stop_listening()
    assert not messenger.healthy()
    assert quick


@pytest.mark.usefixtures("quick")
async def test_a_token_that_dies_ends_the_listening(telegram, ear):
    telegram.say("/help")
    await ear()
    waiting = asyncio.ensure_future(ear())
    await telegram.listening()
    telegram.revoke()
    telegram.block()  # wakes the question that is open; the next one is refused
    assert isinstance(await waiting, Moved)
    with pytest.raises(BadCredentials, match="TELEGRAM_BOT_TOKEN"):
        await ear()


async def test_closing_does_not_wait_for_a_network_that_is_away(telegram):
    await telegram.__aexit__()
    async with desk(telegram) as messenger:
        waiting = asyncio.ensure_future(anext(messenger.incoming(), None))
        await asyncio.sleep(0)
        async with asyncio.timeout(20):
            await messenger.aclose()
            assert await waiting is None
    assert [said async for said in messenger.incoming()] == []


# --- the webhook ---------------------------------------------------------------------------------

SECRET = "a-secret_1"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


async def test_a_conversation_by_webhook(telegram):
    statuses, refuse = [], [503]

    async def hook(request: web.Request) -> web.Response:
        told = await opened[0].webhook(request.headers, await request.read()) if not refuse else None
        status = told.status if told else refuse.pop()
        statuses.append(status)
        return web.Response(status=status)

    opened: list[TelegramMessenger] = []
    server = web.Application()
    server.router.add_post("/telegram", hook)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    async with desk(telegram, mode="webhook", webhook_url=url, secret=SECRET) as messenger:
        opened.append(messenger)
        stream = messenger.incoming()
        listening = asyncio.ensure_future(anext(stream))
        telegram.say("/search ferries")
        said = await asyncio.wait_for(listening, 60)
        assert (said.text, telegram.updates.allowed) == ("/search ferries", set(KINDS))
        await messenger.reply(said, a_message("Found"))
        await telegram.until(lambda: not telegram.updates.queue)
        await stream.aclose()
    assert [message.text for message in telegram.messages()] == ["Found"]
    assert (statuses, telegram.called("getUpdates")) == ([503, 200], [])
    assert telegram.updates.webhook["url"] == url  # what comes while the desk is away waits
    await runner.cleanup()


async def test_the_webhook_takes_only_what_telegram_sends(telegram):
    body = json.dumps({"update_id": 1, "message": message()}).encode()
    async with desk(telegram, mode="webhook", webhook_url="http://127.0.0.1:9/", secret=SECRET) as messenger:
        assert (await messenger.webhook({}, body)).status == 401
        assert (await messenger.webhook({"X-Telegram-Bot-Api-Secret-Token": "guess"}, body)).status == 401
        assert (await messenger.webhook({"X-Telegram-Bot-Api-Secret-Token": "sécret"}, body)).status == 401
        assert (
            await messenger.webhook({name.lower(): value for name, value in HEADERS.items()}, body)
        ).status == 200
        for broken in (b"", b"\xff", b"[]", b"{}", b'{"update_id": 1, "message": {}}', b"[" * 9999):
            assert (await messenger.webhook(HEADERS, broken)).status == 200
        for _ in range(HELD):
            told = await messenger.webhook(HEADERS, body)
        assert told.status == 503
    async with desk(telegram, mode="webhook", webhook_url="http://127.0.0.1:9/") as open_door:
        assert (await open_door.webhook({"X-Telegram-Bot-Api-Secret-Token": ""}, body)).status == 401
