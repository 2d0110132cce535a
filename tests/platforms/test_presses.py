"""Between the Telegram double and the desk: what the buttons below digests, topics and mutes do, and for whom."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.chat import buttons
from bot.chat.access import AccessSettings
from bot.chat.buttons import Picked
from bot.conversation.subscribing.links import linked
from bot.domain.teams import Team, Teams
from bot.wording.chat import pressing
from tests.below import WHO, Room, Town, town
from tests.builders import an_article
from tests.chat import telegram_far_end
from tests.chat.telegram_far_end import GROUP, desk
from tests.conversation import Talk, open_talk, said
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_chats import Message
from tests.doubles.telegram_faults import NO_RATES
from tests.platforms.test_forged_presses import answering

EDITOR, READER, OTHER = 7, 42, -1000000000888
ACCESS = AccessSettings(
    frozenset({"slack:C1", f"telegram:{GROUP}", f"telegram:{OTHER}"}), frozenset({f"telegram:{EDITOR}"})
)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press waits for the words to who pressed, however busy the machine is."""
    made = partial(telegram_far_end.TelegramMessenger, clock_for=6.0)
    monkeypatch.setattr(telegram_far_end, "TelegramMessenger", made)


@asynccontextmanager
async def posted(folder: Path, **more: Any) -> AsyncIterator[tuple[Town, Room]]:
    """A desk whose digest of five stories was posted on both platforms."""
    async with town(folder, access=ACCESS, **more) as both, both.open() as room:
        both.telegram.chat(OTHER)
        await room.deliver.stage_due()
        await room.fill()
        await room.morning()
        yield both, room
        assert room.owner.told == []
        assert both.telegram.problems == []


async def press(telegram: TelegramDouble, message: Message, label: str, user: int = READER) -> dict[str, Any]:
    """Somebody presses the button; how that was acknowledged."""
    data = dict(message.buttons)[label]
    pressed = (
        telegram.press(message.id, data, user, chat=message.chat.id)
        if message.id
        else telegram.press_whisper(message, data, user)
    )
    return await telegram.answered(pressed)


async def next_whisper(telegram: TelegramDouble, before: int = 0) -> Message:
    await telegram.until(lambda: len(telegram.whispers()) > before, 20)
    return telegram.whispers()[before]


async def next_message(telegram: TelegramDouble, chat: int, before: int) -> Message:
    await telegram.until(lambda: len(telegram.messages(chat)) > before, 20)
    return telegram.messages(chat)[before]


async def test_a_digest_has_a_button_for_each_story_where_buttons_are_wanted(tmp_path):
    async with posted(tmp_path) as (both, _):
        *_, last = both.telegram.messages(GROUP)
        assert last.buttons == [(str(n), f"more:{n}") for n in range(1, 6)]
        assert "more:" not in str(both.slack.posted("C1"))


async def test_a_number_gives_the_story_whole_to_who_pressed_it(tmp_path):
    async with posted(tmp_path) as (both, _):
        telegram = both.telegram
        (digest,) = telegram.messages(GROUP)
        await press(telegram, digest, "2")
        answer = await next_whisper(telegram)
        assert answer.text.startswith("2. ")
        assert telegram.messages(GROUP) == [digest]


async def test_on_an_older_server_the_story_stands_below_the_digest(tmp_path):
    async with posted(tmp_path, telegram_api="10.1") as (both, _):
        telegram = both.telegram
        (digest,) = telegram.messages(GROUP)
        number = next(n for n in range(1, 6) if f"{n}. Ferry crews" in digest.text)
        before = digest.text
        assert (await press(telegram, digest, str(number)))["text"] == ""
        answer = await next_message(telegram, GROUP, 1)
        assert answer.text.startswith(f"{number}. Ferry crews")
        assert WHO in answer.text
        await press(telegram, digest, str(number))
        assert (await next_message(telegram, GROUP, 2)).reply_to is digest
        assert digest.text == before
        assert (pressing.MUTE, "mute") in [(label, data.partition(":")[0]) for label, data in answer.buttons]


async def test_after_a_restart_the_numbers_still_work(tmp_path):
    async with town(tmp_path, access=ACCESS) as both:
        async with both.open() as room:
            await room.deliver.stage_due()
            await room.fill()
            await room.morning()
        (digest,) = both.telegram.messages(GROUP)
        async with both.open():
            await both.telegram.listening()
            await press(both.telegram, digest, "1")
            assert (await next_whisper(both.telegram)).text.startswith("1. ")


async def test_a_number_that_no_button_has_does_nothing(tmp_path):
    async with posted(tmp_path) as (both, _):
        (digest,) = both.telegram.messages(GROUP)
        for data in ("more:6", "more:0", "more:", "more:٢", "more:-1", "more:1:1", "more:1000", "more:1\n"):
            query = both.telegram.press(digest.id, data, chat=GROUP, forged=True)
            assert (await both.telegram.answered(query))["text"] == pressing.STORY_EXPIRED, data
            assert both.telegram.messages(GROUP) == [digest], data


async def test_a_number_pressed_on_another_message_does_nothing(tmp_path):
    async with posted(tmp_path) as (both, _):
        telegram = both.telegram
        here = telegram.say("hello", chat=GROUP)
        there = telegram.say("hello", chat=OTHER)
        for message in (here, there):
            query = telegram.press(message.id, "more:1", chat=message.chat.id, forged=True)
            assert (await telegram.answered(query))["text"] == pressing.STORY_EXPIRED
        assert len(telegram.messages()) == 1


async def test_who_is_not_let_in_presses_in_vain_and_the_clock_ends(tmp_path):
    access = AccessSettings(frozenset({f"telegram:{EDITOR}"}))
    async with town(tmp_path, access=access) as both, both.open() as room:
        await room.deliver.stage_due()
        await room.fill()
        await room.morning()
        (digest,) = both.telegram.messages(GROUP)
        await both.telegram.listening()
        assert await press(both.telegram, digest, "1") == {"text": "", "alert": False}
        await press(both.telegram, digest, "2", EDITOR)
        assert (await next_whisper(both.telegram)).text.startswith("2. ")
        assert [len(both.telegram.whispers(user)) for user in (READER, EDITOR)] == [0, 1]


async def test_a_story_is_muted_for_its_chat_and_the_mute_is_undone(tmp_path):
    async with posted(tmp_path) as (both, room):
        telegram = both.telegram
        (digest,) = telegram.messages(GROUP)
        number = next(n for n in range(1, 6) if f"{n}. Swing bridge" in digest.text)
        for user in (READER, EDITOR):
            await press(telegram, digest, str(number), user)
        theirs, story = await next_whisper(telegram), await next_whisper(telegram, 1)
        told = await press(telegram, theirs, pressing.MUTE)
        assert told["text"].startswith("Only an editor")
        await press(telegram, story, pressing.MUTE, EDITOR)
        muted = await next_message(telegram, GROUP, 1)  # a change for all is told to all
        assert muted.text.startswith("Digests here leave out story:1 (“")
        assert story.text.startswith(f"{number}. Swing bridge")
        assert "story:1" in (await asked(telegram, "/mute")).text
        await press(telegram, muted, pressing.UNDO, EDITOR)
        await telegram.until(lambda: "tell of story:1 (“" in muted.text, 20)
        assert "Nothing is muted" in (await asked(telegram, "/mute")).text
        assert room.owner.told == []


# --- topics and mutes ----------------------------------------------------------------------------


@asynccontextmanager
async def talking(folder: Path) -> AsyncIterator[tuple[Talk, TelegramDouble]]:
    async with TelegramDouble(rates=NO_RATES) as telegram, desk(telegram) as messenger:
        telegram.chat(GROUP)
        telegram.chat(OTHER)
        async with answering(folder, messenger, f"telegram:{GROUP}", f"telegram:{OTHER}") as talk:
            given = replace(talk.answer._given, access=ACCESS)
            talk.answer.configure(talk.digests, given)
            await telegram.listening()
            yield talk, telegram
        assert talk.owner.told == []
        assert telegram.problems == []


async def asked(telegram: TelegramDouble, text: str, chat: int = GROUP, user: int = READER) -> Message:
    before = len(telegram.messages(chat))
    telegram.say(text, chat=chat, user=user)
    return await next_message(telegram, chat, before)


async def test_topics_open_in_place_and_close_again(tmp_path):
    async with talking(tmp_path) as (_, telegram):
        topics = await asked(telegram, "/topics")
        listed = topics.text
        assert [label for label, _ in topics.buttons] == ["ships", "fruit"]
        assert all(len(data.encode()) <= 64 for _, data in topics.buttons)
        await press(telegram, topics, "fruit")
        await telegram.until(lambda: "Frost takes two thirds of the apples" in topics.text, 20)
        assert [label for label, _ in topics.buttons] == ["1", pressing.TOPICS, pressing.SUBSCRIBE]
        await press(telegram, topics, pressing.TOPICS)
        await telegram.until(lambda: topics.text == listed, 20)
        await press(telegram, topics, "ships")
        await telegram.until(lambda: "Ferries to run every ten minutes" in topics.text, 20)


async def test_an_open_topic_is_subscribed_to_by_who_may(tmp_path):
    async with talking(tmp_path) as (talk, telegram):
        topics = await asked(telegram, "/topics")
        await press(telegram, topics, "ships")
        await telegram.until(lambda: "Ferries" in topics.text, 20)
        assert (await press(telegram, topics, pressing.SUBSCRIBE))["text"].startswith("Only an editor")
        assert await talk.subscriptions.all() == ()
        await press(telegram, topics, pressing.SUBSCRIBE, EDITOR)
        told = await next_message(telegram, GROUP, 1)
        assert "ships" in told.text
        (made,) = await talk.subscriptions.all()
        assert (made.query, made.to.chat) == ('topic:"ships"', str(GROUP))
        assert talk.outgoing.woken
        await press(telegram, told, "Undo", EDITOR)
        await telegram.until(lambda: "has ended" in told.text, 20)
        assert await talk.subscriptions.all() == ()


async def test_a_topic_of_many_articles_is_paged_with_its_buttons(tmp_path):
    async with talking(tmp_path) as (talk, telegram):
        given = replace(talk.answer._given, topics={"lamps": "lamps", "<b>light & dark": "lamps"})
        talk.answer.configure(talk.digests, given)
        topics = await asked(telegram, "/topics")
        for label in ("lamps", "<b>light & dark"):
            await press(telegram, topics, label)
            await telegram.until(lambda: "5 of 7" in topics.text, 20)
            await press(telegram, topics, "Next ›")
            await telegram.until(lambda: "6–7 of 7" in topics.text, 20)
            await press(telegram, topics, pressing.TOPICS)
            await telegram.until(lambda: topics.text.startswith("Topics"), 20)


async def test_a_button_of_topics_works_only_where_it_stands(tmp_path):
    async with talking(tmp_path) as (talk, telegram):
        topics = await asked(telegram, "/topics")
        elsewhere = await asked(telegram, "/topics", chat=OTHER)
        theirs, ours = dict(elsewhere.buttons)["fruit"], dict(topics.buttons)["fruit"]
        token = ours.split(":")[1]
        forged = [
            theirs,
            f"topic:{token}",
            f"topic:{Picked(token, buttons.mark('rivers'))}",
            f"topics:{token}",
            f"join:{token}",
            f"mute:{token}",
            f"unmute:{Picked(token, buttons.mark('lamps'))}",
            f"topic:{token}:XYZ",
            "topic:",
            "join:x",
        ]
        before = topics.text
        for data in forged:
            query = telegram.press(topics.id, data, EDITOR, chat=GROUP, forged=True)
            assert "no longer good" in (await telegram.answered(query))["text"], data
        gone = replace(talk.answer._given, topics={"ships": "ferry"})
        talk.answer.configure(talk.digests, gone)
        assert "no longer good" in (await press(telegram, topics, "fruit"))["text"]
        assert (topics.text, len(telegram.messages(GROUP))) == (before, 1)
        assert await talk.subscriptions.all() == ()


async def test_mutes_are_listed_and_each_is_ended_by_its_button(tmp_path):
    async with talking(tmp_path) as (_, telegram):
        for text in ("/mute lamps for 7d", "/mute " + " OR ".join(f"ferry{n}" for n in range(40))):
            muted = await asked(telegram, text, user=EDITOR)
            assert [label for label, _ in muted.buttons] == [pressing.UNDO]
        listed = await asked(telegram, "/mute")
        first, second = (label for label, _ in listed.buttons)
        assert first == "Unmute lamps"
        assert second.startswith("Unmute ferry0 OR ferry1")
        assert (await press(telegram, listed, "Unmute lamps"))["text"].startswith("Only an editor")
        await press(telegram, listed, "Unmute lamps", EDITOR)
        await telegram.until(lambda: len(listed.buttons) == 1, 20)
        assert "lamps" not in listed.text
        await press(telegram, muted, pressing.UNDO, EDITOR)
        await telegram.until(lambda: "again" in muted.text, 20)
        last = listed.buttons[0][0]
        assert (await press(telegram, listed, last, EDITOR))["text"] == pressing.MUTE_EXPIRED
        assert (await asked(telegram, "/mute")).buttons == []


async def test_a_list_without_topics_has_no_buttons(tmp_path):
    async with open_talk(tmp_path) as talk:
        talk.answer.configure(talk.digests, replace(talk.answer._given, topics={}))
        message = await talk.answer.responder.reply(said("/topics"), "reader")
        assert message.question == ""


# --- what was found --------------------------------------------------------------------------------


async def test_what_was_found_opens_its_story(tmp_path):
    async with talking(tmp_path) as (_, telegram):
        answer = await asked(telegram, "/search apples")
        assert [label for label, _ in answer.buttons] == ["1"]
        assert all(len(data.encode()) <= 64 for _, data in answer.buttons)
        await press(telegram, answer, "1")
        story = await next_whisper(telegram)
        assert "Frost takes two thirds of the apples" in story.text
        assert answer.text.startswith("Found for “apples”")


async def test_the_numbers_of_a_later_page_are_those_of_its_articles(tmp_path):
    async with talking(tmp_path) as (_, telegram):
        answer = await asked(telegram, "/search lamps")
        assert [label for label, _ in answer.buttons] == [*"12345", "Next ›", "Newest first", "Narrow by…"]
        await press(telegram, answer, "Next ›")
        await telegram.until(lambda: "6–7 of 7" in answer.text, 20)
        assert [label for label, _ in answer.buttons] == [
            "6",
            "7",
            "‹ Previous",
            "Newest first",
            "Narrow by…",
        ]
        sixth = answer.text.partition("6. ")[2].partition("\n")[0]
        await press(telegram, answer, "6")
        assert sixth in (await next_whisper(telegram)).text


async def test_an_article_is_opened_only_from_the_answer_that_names_its_question(tmp_path):
    async with talking(tmp_path) as (_, telegram):
        here, there = await asked(telegram, "/search apples"), await asked(telegram, "/search ferries", OTHER)
        ((_, ours),), ((_, theirs),) = here.buttons, there.buttons
        token = ours.split(":")[1]
        for data in (
            theirs,
            f"story:{token}",
            f"story:{token}:999999",
            f"story:{token}:-1",
            f"story:{'x' * 16}:1",
        ):
            query = telegram.press(here.id, data, chat=GROUP, forged=True)
            assert (await telegram.answered(query))["text"] == pressing.FOUND_EXPIRED
        assert telegram.whispers() == []


async def test_a_forged_number_opens_no_story_that_the_team_may_not_see(tmp_path):
    async with talking(tmp_path) as (talk, telegram):
        article = an_article("The Gazette counts kittiwakes.", title="Kittiwakes", source="Gazette")
        mine = await talk.keep(article, "mine")
        other = an_article("The Times counts lapwings.", title="Lapwings", source="Times")
        theirs = await talk.keep(other, "theirs")
        team = Team("birds", frozenset({f"telegram:{GROUP}"}), frozenset({"Gazette"}))
        talk.answer.configure(talk.digests, replace(talk.answer._given, teams=Teams((team,))))
        answer = await asked(telegram, "/search counts")
        ((_, data),) = answer.buttons
        assert data.endswith(f":{mine}")
        forged = data.removesuffix(str(mine)) + str(theirs)  # a token may begin with that number, too
        await telegram.answered(telegram.press(answer.id, forged, chat=GROUP, forged=True))
        await press(telegram, answer, "1")
        assert "Kittiwakes" in (await next_whisper(telegram, 1)).text
        assert "Lapwings" not in str(telegram.texts()) + str([one.text for one in telegram.whispers()])


# --- links ---------------------------------------------------------------------------------------


async def test_a_link_subscribes_to_its_topic_in_a_conversation_and_in_a_group(tmp_path):
    async with talking(tmp_path) as (talk, telegram):
        allowed = replace(ACCESS, allow=ACCESS.allow | {f"telegram:{READER}"})
        talk.answer.configure(talk.digests, replace(talk.answer._given, access=allowed))
        telegram.say("/start topic-ships")
        (told,) = await telegram.sent(READER)
        assert told.text.startswith("Subscribed: ships")
        telegram.say("/start topic-ships")
        assert "already" in (await telegram.sent(READER, 2))[1].text
        telegram.say(f"/start@{telegram.world.bot['username']} topic-fruit", chat=GROUP)
        assert (await telegram.sent(READER, 3))[2].text.startswith("Only an editor")
        await asked(telegram, f"/start@{telegram.world.bot['username']} topic-fruit", user=EDITOR)
        made = {(one.to.chat, one.query) for one in await talk.subscriptions.all()}
        assert made == {(str(READER), 'topic:"ships"'), (str(GROUP), 'topic:"fruit"')}


@pytest.mark.parametrize(
    "payload", ["topic-rivers", "topic-", "inline", "topic-ships extra", "topic-" + "x" * 60]
)
async def test_a_link_that_names_no_topic_is_a_beginning(tmp_path, payload):
    async with open_talk(tmp_path) as talk:
        message = await talk.answer.responder.reply(said(f"/start {payload}"), "admin")
        told = "There is no topic of that name" if payload.startswith("topic-") else "What I can do"
        assert told in str(message)
        helped = await talk.answer.responder.reply(said("/help topic-ships"), "admin")
        assert "What I can do" in str(helped)
        assert await talk.subscriptions.all() == ()


@pytest.mark.parametrize(
    ("payload", "wanted"),
    [
        ("topic-oil-gas", 'topic:"Oil & Gas"'),
        ("topic-OIL-GAS", 'topic:"Oil & Gas"'),
        ("topic-a-b", ""),
        ("topic-energy", 'topic:"energy"'),
        ("energy", ""),
    ],
)
def test_a_link_spells_a_topic_in_letters_that_links_have(payload, wanted):
    assert linked(payload, ["energy", "Oil & Gas", "a b", "a-b"]) == wanted


# --- quiet hours ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("quiet", "silent"), [((time(11), time(13)), True), ((time(22), time(7)), False), (None, False)])  # fmt: skip
async def test_a_digest_that_is_asked_for_in_quiet_hours_disturbs_nobody(tmp_path, quiet, silent):
    async with posted(tmp_path) as (both, room):
        evening = both.channels[1]
        wanted = replace(evening, schedule=replace(evening.schedule, quiet=quiet))
        before = len(both.telegram.messages(GROUP))
        await room.keep(an_article("The windmill turns once more, says its miller.", title="Windmill turns"))
        assert await room.deliver.send_now(wanted, "asked")
        await room.deliver.post_waiting(timedelta(minutes=1))
        (posted_now,) = both.telegram.messages(GROUP)[before:]
        assert (posted_now.silent, both.telegram.messages(GROUP)[0].silent) == (silent, False)
