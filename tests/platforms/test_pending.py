"""A bare answer to what the desk asked is understood: alone with it at once, in a group as a reply."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.reach import names, zones
from bot.conversation.remembered.pending import GOOD_FOR, MOST, Pending
from bot.domain.errors import RetryLater
from bot.domain.events import Sender, Under
from bot.domain.message import Asks
from bot.domain.model import Address
from bot.domain.reasons import Reason
from bot.domain.times import edges, time_words
from bot.domain.times.zones import place_zone
from bot.grammar import wishes
from tests.builders import NOON
from tests.chat import slack_far_end
from tests.chat.telegram_far_end import GROUP, READER
from tests.conversation import said
from tests.doubles.slack import SlackDouble
from tests.platforms.test_edits import chat
from tests.platforms.test_reaching import READERS, Room, talking

__all__ = ["chat"]  # a fixture


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with (
        SlackDouble(pace=slack_far_end.FAST) as slack,
        slack_far_end.desk(slack) as messenger,
        talking(tmp_path, messenger, READERS) as talk,
    ):
        talk.answer._ports = replace(talk.answer._ports, zone_of=zones({"slack": messenger}))
        talk.answer.configure(talk.digests, talk.answer._given)
        await slack.until(lambda: slack.links)
        yield Room(slack, talk)


@pytest.mark.parametrize(
    ("asked", "answers", "at", "days"),
    [
        ("lamps at five", ["17:30"], 17, 7),
        ("lamps on mon-fri at 8", ["8pm"], 20, 5),
        ("lamps on mon-fri at 8", ["at 8 p.m."], 20, 5),
        ("lamps on mon-fri at five", ["at noon"], 12, 5),
        ("mon-fri at half past eight lamps", ["8:30"], 8, 5),
        ("lamps every Monday at 8", ["8", "20 Uhr"], 20, 1),
        ("", ["lamps on mon-fri at 9:00"], 9, 5),
        ("lamps at 9", ["for 9:00"], 9, 7),
        ("lamps at 9", ["let's make it 20:15"], 20, 7),
        ("lamps on mon-fri at 8", ["in the evening please"], 20, 5),
        ("lamps half past eight", ["evening"], 20, 7),
    ],
)
async def test_a_bare_time_is_the_answer(chat, asked, answers, at, days):
    chat.telegram.say(f"/subscribe {asked}")
    for number, answer in enumerate(answers, start=1):
        await chat.answer(READER, number)
        assert await chat.talk.subscriptions.all() == ()
        chat.telegram.say(answer)
    assert "Subscribed: lamps" in await chat.answer(READER, len(answers) + 1)
    (kept,) = await chat.talk.subscriptions.all()
    assert (kept.query, kept.schedule.at[0].hour, len(kept.schedule.days)) == ("lamps", at, days)


@pytest.mark.parametrize("answer", ['"black friday"', '"friday"', "„Black Friday“"])
async def test_words_that_were_taken_for_a_time_are_searched_for(chat, answer):
    chat.telegram.say("/subscribe black friday")
    assert "I am not sure" in await chat.answer(READER)
    chat.telegram.say(answer)
    await chat.answer(READER, 2)
    (kept,) = await chat.talk.subscriptions.all()
    assert kept.query.casefold().strip('"„“') in {"black friday", 'black "friday'}


def test_a_long_text_is_read_a_few_times(monkeypatch):
    looked_at: list[int] = []
    tail = edges.tail

    def counted(words: time_words.Words, begin: int, *, named: bool = True) -> Any:
        looked_at.append(len(words) - begin)
        return tail(words, begin, named=named)

    monkeypatch.setattr(edges, "tail", counted)
    for text in ("my time " * 250, "at 8:00 my time " * 120, "x at 8:00 tomorrow " + "noon " * 390):
        wishes.gap(text, wishes.read(text))
        assert sum(looked_at) <= 20 * len(text.split())
        looked_at.clear()
    assert wishes.read("x " * 390 + "at 8:00 my time").mine


async def test_on_telegram_somebodys_zone_is_asked_about(chat):
    chat.telegram.say("/subscribe lamps at 08:00 my time on mon-fri")
    assert "Which one is it?" in await chat.answer(READER)
    chat.telegram.say("New York")
    assert "08:00, Mon to Fri (America/New_York)" in await chat.answer(READER, 2)
    (kept,) = await chat.talk.subscriptions.all()
    assert (kept.schedule.zone, kept.schedule.follows) == ("America/New_York", False)


async def test_on_slack_the_platform_tells_it(room):
    room.slack.desk.users["U1"].tz = "America/Chicago"
    own = room.slack.desk.direct("U1").id
    await room.slack.direct("subscribe lamps at 08:00 my time")
    assert "08:00, daily (America/Chicago)" in await room.said_to("U1", own)
    room.slack.desk.scopes -= {"users:read"}  # an app of before
    await room.slack.direct("subscribe ferries at 08:00 in my time zone")
    await room.slack.until(lambda: len(room.slack.posted(own)) == 2)
    await room.slack.direct("Berlin")
    await room.slack.until(lambda: len(room.slack.posted(own)) == 3)
    assert "08:00, daily (Europe/Berlin)" in await room.said_to("U1", own)


async def test_an_answer_can_be_edited(chat):
    chat.telegram.say("/subscribe lamps at five")
    await chat.answer(READER)
    wrote = chat.telegram.say("17:30")
    await chat.answer(READER, 2)
    chat.telegram.edit(wrote, "18:30")
    await chat.telegram.until(lambda: "18:30" in chat.telegram.messages(READER)[-1].text, 20)
    (kept,) = await chat.talk.subscriptions.all()
    assert kept.schedule.at == (time(18, 30),)
    assert len(chat.telegram.messages(READER)) == 2


async def test_on_slack_a_slash_command_answers_what_its_asker_alone_was_asked(room):
    await room.slack.slash("/copydesk", "subscribe lamps at 8", user="U2")
    assert "can mean" in await room.said_to("U2", "C1")
    await room.slack.slash("/copydesk", "8pm", user="U1")
    await room.slack.until(lambda: len(room.slack.desk.shown) == 2)
    assert "I do not know “8pm”" in await room.said_to("U1", "C1")
    await room.slack.slash("/copydesk", "8pm", user="U2")
    await room.slack.until(lambda: len(room.slack.desk.shown) == 3)
    assert "Subscribed: lamps" in await room.said_to("U2", "C1")


async def test_words_to_look_for_are_an_answer(chat):
    chat.telegram.say("/search")
    assert "What shall I look for?" in await chat.answer(READER)
    chat.telegram.say("lamps")
    assert "Found for “lamps”" in await chat.answer(READER, 2)
    chat.telegram.say("what is it")
    assert "I do not know what to do with “what is it”" in await chat.answer(READER, 3), (
        "a question is answered once"
    )


async def test_in_a_group_an_answer_is_a_reply_by_who_was_asked(chat):
    chat.telegram.say("/subscribe lamps at five", chat=GROUP)
    await chat.answer(GROUP)
    question = chat.telegram.messages(GROUP)[0].id
    chat.telegram.privacy = False
    chat.telegram.say("17:30", chat=GROUP)
    chat.telegram.say("17:30", chat=GROUP, reply_to=question, user=7)
    chat.telegram.say("17:30", chat=GROUP, reply_to=question)
    assert "Subscribed: lamps" in await chat.answer(GROUP, 2)
    (kept,) = await chat.talk.subscriptions.all()
    assert kept.schedule.at == (time(17, 30),)
    assert len(chat.telegram.messages(GROUP)) == 2


async def test_another_command_and_other_words_are_no_answer(chat):
    chat.telegram.say("/subscribe lamps at five")
    await chat.answer(READER)
    chat.telegram.say("thanks")
    assert "You are welcome" in await chat.answer(READER, 2)
    chat.telegram.say("17:30")
    assert "I do not know what to do with “17:30”" in await chat.answer(READER, 3)
    chat.telegram.say("/subscribe lamps at five")
    await chat.answer(READER, 4)
    chat.telegram.say("/search lamps")
    assert "Found for “lamps”" in await chat.answer(READER, 5)
    assert await chat.talk.subscriptions.all() == ()


def test_a_question_is_good_for_ten_minutes_and_not_for_replies_to_others():
    pending, asked = Pending(), said("/subscribe x at five")
    pending.note(asked, Asks("/subscribe x ", "", "time"), NOON, ["5"])
    answer = said("8:30")
    assert pending.completed(answer, NOON + GOOD_FOR).text == "/subscribe x 8:30"
    assert pending.completed(answer, NOON + 2 * GOOD_FOR) == answer
    digest = replace(answer, under=Under(answer.at, "4"))
    assert pending.completed(digest, NOON) == digest
    edited = replace(answer, edited=True, message="9")
    assert pending.completed(edited, NOON) == edited
    pending.note(asked, None, NOON, [])
    assert pending.completed(answer, NOON) == answer


def test_what_is_remembered_is_bounded():
    pending = Pending()
    for number in range(MOST + 5):
        pending.note(said("/search", by=Sender("console", str(number))), Asks("/search "), NOON, [])
    assert len(pending._asked) == MOST


@pytest.mark.parametrize(
    ("told", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("I'm in Tokyo.", "Asia/Tokyo"),
        ("london, uk", "Europe/London"),
        ("new york time", "America/New_York"),
        ("cet", "CET"),
        ("europe/berlin", "Europe/Berlin"),
        ("the office", ""),
        ("../../etc/passwd", ""),
        ("a\0b", ""),
        ("/", ""),
    ],
)
def test_a_place_names_its_zone(told, zone):
    assert place_zone(told) == zone


@pytest.mark.parametrize(
    ("text", "query", "mine"),
    [
        ("storms at 08:00 my time", "storms", "my time"),
        ("at 08:00 my time storms", "storms", "my time"),
        ("storms um 8 Uhr meiner Zeit", "storms", "meiner Zeit"),
        ("storms at 8:00 in my time zone on mon-fri", "storms", "in my time zone"),
        ("local time changes at 08:00", "local time changes", ""),
        ("the time of my life at 08:00", "the time of my life", ""),
        ('storms "at 08:00 my time"', 'storms "at 08:00 my time"', ""),
    ],
)
def test_my_time_is_a_zone_behind_a_time_alone(text, query, mine):
    wish = wishes.read(text)
    assert wish.query == query
    assert (text[slice(*wish.mine)] if wish.mine else "") == mine


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_is_asked_and_answered_raises_nothing(asked, answer):
    wish = wishes.read(asked)
    wishes.gap(asked, wish)
    wishes.as_time(answer)
    place_zone(answer)


async def test_what_a_chat_is_called_stands_in_one_line_or_is_not_known():
    class Platform:
        def __init__(self, told: Any) -> None:
            self.told = told

        async def name_of(self, to: Address) -> str | None:
            assert to.chat == "C1"
            if isinstance(self.told, Exception):
                raise self.told
            return self.told

    channel = Address("slack", "C1")
    trouble = RetryLater(Address("slack"), Reason("slack.silent"), 1)
    for told in (trouble, KeyError("x"), None, ""):
        assert await names({"slack": Platform(told)})(channel) is None
    assert await names({"slack": Platform("Harbour\n news ")})(channel) == "Harbour news"
    assert len(await names({"slack": Platform("x" * 1000)})(channel) or "") < 100
    assert await names({"slack": object()})(channel) is None


async def test_a_zone_that_cannot_be_learnt_is_not_known():
    class Platform:
        def __init__(self, told: Any) -> None:
            self.told = told

        async def zone_of(self, person: str) -> str | None:
            assert person == "U1"
            if isinstance(self.told, Exception):
                raise self.told
            return self.told

    person = Sender("slack", "U1")
    trouble = RetryLater(Address("slack"), Reason("slack.silent"), 1)
    for told in (trouble, KeyError("x"), None, "", "Mars/Base"):
        assert await zones({"slack": Platform(told)})(person) is None
    assert await zones({"slack": Platform("Asia/Tokyo")})(person) == "Asia/Tokyo"
    assert await zones({"slack": object()})(person) is None


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        ("for 3 days", "/mute lamps for 3 days"),
        ("2 weeks please", "/mute lamps 2 weeks please"),
        ("7d", "/mute lamps 7d"),
        ("hello", "hello"),
        ("until friday", "until friday"),
        ("lamps for 3 days", "lamps for 3 days"),
    ],
)
def test_how_long_to_mute_is_completed_by_a_length_alone(answer: str, whole: str):
    pending = Pending()
    pending.note(said("/mute lamps until friday"), Asks("/mute lamps ", "", "length"), NOON, ())
    assert pending.completed(said(answer), NOON).text == whole
