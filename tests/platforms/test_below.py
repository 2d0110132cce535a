"""Between both doubles: who answers a digest gets more of it, and who only talks below it gets nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import delete

from bot.chat.access import AccessSettings
from bot.conversation.finding.threads import ThreadAnswers, _named
from bot.domain.digests import PostedDigest, PostedStory
from bot.domain.events import Said
from bot.domain.model import Address
from bot.domain.teams import EVERYBODY
from bot.grammar.commands import Command
from bot.store.sql.library_schema import arrivals, entries, gists
from bot.views.threads import gone_message
from tests.below import (
    ACCESS,
    BRIDGE,
    SLACK,
    WHO,
    WORDS,
    Room,
    Town,
    a_channel,
    bridge,
    plain,
    soon,
    town,
)
from tests.builders import NOON, an_article
from tests.chat.slack_far_end import shown
from tests.chat.telegram_far_end import GROUP
from tests.conversation import pressed
from tests.replies import ORDINARY


@asynccontextmanager
async def posted(folder: Path, **more: Any) -> AsyncIterator[tuple[Town, Room]]:
    """A desk whose digest of five stories was posted on both platforms."""
    async with town(folder, **more) as both, both.open() as room:
        await room.deliver.stage_due()
        await room.fill()
        await room.morning()
        assert room.owner.told == []
        yield both, room


class OnSlack:
    """Somebody in the thread of the digest."""

    def __init__(self, both: Town) -> None:
        self.slack = both.slack

    @property
    def digest(self) -> str:
        return "\n".join(shown(one) for one in self.slack.posted("C1"))

    async def say(self, text: str) -> None:
        ts = self.slack.posted("C1")[-1]["ts"]
        assert (await self.slack.below(text, ts)).acknowledged

    def heard(self) -> list[str]:
        """What the asker saw, each in the thread and alone."""
        head = self.slack.posted("C1")[-1]["ts"]
        assert all(one["to"] == "U1" and one["thread_ts"] == head for one in self.slack.ephemerals)
        return [shown(one) for one in self.slack.ephemerals]


class OnTelegram:
    """Somebody in the group, in reply to the digest."""

    def __init__(self, both: Town) -> None:
        self.telegram = both.telegram
        self._before = len(self.telegram.messages(GROUP))
        self._last = self.telegram.messages(GROUP)[-1].id

    @property
    def digest(self) -> str:
        return "\n".join(one.text for one in self.telegram.messages(GROUP)[: self._before])

    async def say(self, text: str) -> None:
        self.telegram.say(text, chat=GROUP, reply_to=self._last)

    def heard(self) -> list[str]:
        return [one.text for one in self.telegram.messages(GROUP) if one.by_bot][self._before :]


PLATFORMS = pytest.mark.parametrize("platform", [OnSlack, OnTelegram])
pytestmark = pytest.mark.sampled(
    1
)  # on one of the two platforms, each of which has its own tests of what it hears and shows


async def ask(person: OnSlack | OnTelegram, text: str) -> str:
    """The one answer to these words."""
    before = len(person.heard())
    await person.say(text)
    answers = await soon(lambda: person.heard()[before:])
    assert len(answers) == 1
    return answers[0]


@PLATFORMS
async def test_a_digest_numbers_its_stories_and_says_once_how_to_ask(tmp_path, platform):
    async with posted(tmp_path) as (both, _):
        digest = platform(both).digest
        numbers = [line.strip("• ")[:3] for line in digest.splitlines() if line.strip("• ")[1:3] == ". "]
        assert numbers == ["1. ", "2. ", "3. ", "4. ", "5. "]
        assert digest.count("Reply 2 for more on the second story") == 1


@PLATFORMS
async def test_a_number_gives_the_story_whole(tmp_path, platform):
    async with posted(tmp_path) as (both, _):
        person = platform(both)
        number = next(n for n in range(1, 6) if f"{n}. Ferry crews" in person.digest)
        answer = await ask(person, str(number))
        assert answer.startswith(f"{number}. Ferry crews vote to strike from Friday")
        assert "From the " in answer
        assert WORDS in answer
        assert f"{WHO}, secretary of the sailors' union" in answer
        assert "Harbour Times" in answer


@PLATFORMS
async def test_what_is_listed_by_its_headline_has_a_number_too(tmp_path, platform):
    async with posted(tmp_path) as (both, _):
        person = platform(both)
        answer = await ask(person, "more on the last one")
        assert answer.startswith("5. Observatory opens its dome to the public")
        assert "Notice 3 tells of matter 3" in answer


@PLATFORMS
async def test_words_of_a_headline_who_said_it_and_sources(tmp_path, platform):
    async with posted(tmp_path) as (both, _):
        person = platform(both)
        assert "Swing bridge at Mardle" in await ask(person, "more about the bridge")
        quotes = await ask(person, "who said the thing about wages?")
        assert WORDS in quotes
        assert WHO in quotes
        every = await ask(person, "sources")
        for outlet in ("Port Gazette", "Harbour Times", "Paper 1", "Paper 3"):
            assert outlet in every
        assert WHO in await ask(person, "who said that?")


async def test_who_names_the_desk_below_a_digest_is_understood_and_else_told_what_it_can_do(tmp_path):
    async with posted(tmp_path) as (both, _):
        head = both.slack.posted("C1")[-1]["ts"]
        for text, told in (
            ("2", "2. "),
            ("search frost", "Found for"),
            ("serch frost", "I do not know “serch”"),
        ):
            before = len(both.slack.ephemerals)
            await both.slack.mention(text, thread_ts=head)
            (answer,) = await soon(lambda count=before: both.slack.ephemerals[count:])
            assert shown(answer).startswith(told)
            assert answer["thread_ts"] == head


@PLATFORMS
async def test_several_stories_are_told_in_one_answer_and_may_be_asked_about_further(tmp_path, platform):
    async with posted(tmp_path) as (both, _):
        person = platform(both)
        for text in ("1 and 2", "the first two"):
            answer = await ask(person, text)
            assert "Swing bridge at Mardle" in answer
            assert WORDS in answer
            assert "Notice" not in answer
        if platform is OnTelegram:
            last = both.telegram.messages(GROUP)[-1].id
            both.telegram.say("sources", chat=GROUP, reply_to=last)
            told = await soon(lambda: person.heard()[2:])
            assert "Harbour Times" in told[0]
            assert "Paper" not in told[0]


async def test_who_answers_the_answer_asks_on_about_its_story(tmp_path):
    async with posted(tmp_path) as (both, _):
        person = OnTelegram(both)
        await ask(person, "more about the ferry")
        answer = both.telegram.messages(GROUP)[-1]
        for text, told in (("quotes", WHO), ("sources", "Harbour Times"), ("the bridge story", BRIDGE)):
            before = len(person.heard())
            both.telegram.say("So what about the ferry?", chat=GROUP, reply_to=answer.id)
            both.telegram.say(text, chat=GROUP, reply_to=answer.id)
            (heard,) = await soon(lambda count=before: person.heard()[count:])
            assert told in heard
            assert ("Swing bridge" in heard) == (text == "the bridge story")


@PLATFORMS
async def test_what_people_say_to_each_other_below_a_digest_draws_nothing(tmp_path, platform):
    async with posted(tmp_path) as (both, room):
        person = platform(both)
        for start in range(0, len(ORDINARY), 10):
            for text in ORDINARY[start : start + 10]:
                await person.say(text)
            # Words of one chat are answered in their order: then the ten have drawn nothing.
            assert (await ask(person, "2")).startswith("2. ")
        assert len(person.heard()) == len(ORDINARY) // 10
        assert room.owner.told == []


@PLATFORMS
async def test_a_command_that_only_looks_like_one_changes_nothing_below_a_digest(tmp_path, platform):
    async with posted(tmp_path) as (both, _):
        person = platform(both)
        await person.say("Subscribe to the Courier if you want the local view")
        await person.say("help is on its way")
        assert (await ask(person, "1")).startswith("1. ")
        assert len(person.heard()) == 1


@PLATFORMS
async def test_after_a_restart_the_digest_is_still_known_and_old_buttons_too(tmp_path, platform):
    async with town(tmp_path) as both:
        async with both.open() as room:
            await room.deliver.stage_due()
            await room.fill()
            await room.morning()
        person = platform(both)
        async with both.open():
            assert (await ask(person, "the second")).startswith("2. ")


@PLATFORMS
async def test_a_story_that_others_told_since_comes_with_them(tmp_path, platform):
    async with posted(tmp_path) as (both, room):
        tug = "Some 12 tugs will tow ships round the works, said harbour master Odo Brakel."
        await room.keep(bridge("Inland Courier", tug), story=1, sentences=(tug,))
        await room.desk.index.follow(room.desk.library)
        person = platform(both)
        answer = await ask(person, "sources for the bridge story")
        assert "Port Gazette" in answer
        assert "Inland Courier" in answer
        assert "tug" in await ask(person, "timeline of the bridge story")


async def test_a_corrected_story_says_what_it_says_now(tmp_path):
    async with posted(tmp_path) as (both, room):
        person = OnSlack(both)
        assert BRIDGE in await ask(person, "more about the bridge")
        text = "The swing bridge at Mardle closes for two weeks only, the port said after all."
        changed = an_article(text, title="Swing bridge closes for two weeks", source="Port Gazette")
        await room.keep(changed, revises=1)
        answer = await ask(person, "more about the bridge")
        assert text in answer
        assert BRIDGE not in answer


async def test_stories_that_became_one_are_told_as_one(tmp_path):
    async with posted(tmp_path) as (both, room):
        joined = an_article("One report tells of both.", title="Both at once", source="Evening Post")
        await room.keep(joined, story=1, absorbs=[2])
        await room.desk.index.follow(room.desk.library)
        answer = await ask(OnSlack(both), "sources for the ferry story")
        assert answer.splitlines()[0].endswith("Ferry crews vote to strike from Friday")
        for outlet in ("Harbour Times", "Port Gazette", "Evening Post"):
            assert outlet in answer


async def test_a_story_that_is_no_longer_kept_is_gone(tmp_path):
    async with posted(tmp_path) as (both, room):
        person = OnSlack(both)
        number = next(n for n in range(1, 6) if f"{n}. Ferry crews" in person.digest)
        async with room.database.writing() as connection:
            for table, column in (
                (arrivals, arrivals.c.entry),
                (gists, gists.c.entry),
                (entries, entries.c.id),
            ):
                await connection.execute(delete(table).where(column == 2))
        await person.say("more about the ferry")
        assert await ask(person, str(number)) == "I no longer have that story."
        assert len(person.heard()) == 1


async def test_the_buttons_of_a_story_that_was_forgotten_show_no_other():
    left = PostedStory(1, "Ferries", 1, (4,), (), ())  # which was the second

    class Posted:
        async def digest(self, id: int) -> PostedDigest:
            return PostedDigest(id, "morning", NOON, 9, (left,), 0)

        async def under(self, _: Said) -> PostedDigest:
            return await self.digest(7)

    class Lookup:
        async def ask(self, command: Command, *_: object, **__: object) -> str:
            return command.argument

    nothing: Any = None
    threads = ThreadAnswers(nothing, cast("Any", Posted()), nothing, cast("Any", Lookup()), "UTC", EVERYBODY)
    for numbers in ("3", "2+3", "1.3", "1.3+3.5"):
        page = await threads.page(f"7 {numbers} 0 story", 0)
        assert (page.message, page.total, page.about) == (gone_message(), 0, "")
    told = await threads.more(pressed("more", "1", message="m1"), shareable=False)
    assert told == cast("Any", "7 1.4 0 story")
    for kept in ("2.4", "1.3+2.4", "1", "0+1"):
        assert _named(kept, await Posted().digest(7)) == [left]


async def test_a_reply_in_another_chat_and_a_stranger_get_nothing(tmp_path):
    async with posted(tmp_path) as (both, _):
        both.slack.add_channel("C2", "other")
        elsewhere = both.slack.desk.post(
            both.slack.desk.channels["C2"], {"user": "U2", "text": "hm"}, by_bot=False
        )
        await both.slack.below("2", elsewhere["ts"], channel="C2")
        assert (await ask(OnSlack(both), "1")).startswith("1. ")
        assert len(both.slack.ephemerals) == 1
    async with posted(tmp_path / "shut", access=AccessSettings(frozenset({"slack:U2"}))) as (both, _):
        head = both.slack.posted("C1")[-1]["ts"]
        await both.slack.below("2", head, user="U1")
        both.telegram.say("2", chat=GROUP, reply_to=both.telegram.messages(GROUP)[-1].id)
        await both.slack.below("1", head, user="U2")
        (one,) = await soon(lambda: both.slack.ephemerals)
        assert one["to"] == "U2"
        assert shown(one).startswith("1. ")
        assert [m for m in both.telegram.messages(GROUP) if m.by_bot and m.reply_to] == []


async def test_of_two_digests_in_one_thread_the_newest_is_meant(tmp_path):
    async with town(tmp_path) as both:
        head = both.slack.desk.post(
            both.slack.desk.channels["C1"], {"user": "U2", "text": "News"}, by_bot=False
        )
        both.channels = [a_channel("morning", replace(SLACK, thread=head["ts"]))]
        async with both.open() as room:
            await room.deliver.stage_due()
            await room.fill()
            await room.morning()
            await room.keep(plain(7, "Bakers bake at night again"))
            await room.keep(plain(8, "Windmill turns once more"))
            await room.morning()
            await both.slack.below("more about the ferry", head["ts"])
            await both.slack.below("more on the windmill", head["ts"])
            (one,) = await soon(lambda: both.slack.ephemerals)
            assert "Windmill turns once more" in shown(one)
            assert one["thread_ts"] == head["ts"]


async def test_who_turns_to_more_of_a_long_story_presses_on_the_answer_that_is_theirs(tmp_path):
    async with posted(tmp_path) as (both, room):
        for number in range(16):
            more = bridge(f"Outlet {number}", f"Sentence {number} is of its own.")
            await room.keep(more, story=1)
        await room.desk.index.follow(room.desk.library)
        person = OnSlack(both)
        first = await ask(person, "sources for the bridge story")
        assert "Outlet 0" in first
        assert "Outlet 15" not in first
        await both.slack.press("page")
        await soon(lambda: any("Outlet 15" in text for text in person.heard()))
        telegram = OnTelegram(both)
        await ask(telegram, "sources for the bridge story")
        answer = both.telegram.messages(GROUP)[-1]
        (label, data), *_ = answer.buttons
        assert label == "Next ›"
        digest = both.telegram.messages(GROUP)[0]
        both.telegram.press(digest.id, data, chat=GROUP, forged=True)
        both.telegram.press(answer.id, data, chat=GROUP)
        await soon(lambda: "Outlet 15" in answer.text)
        assert "Outlet 15" not in digest.text


async def test_a_comment_on_a_channels_post_is_answered_where_it_stands(tmp_path):
    channel, discussion = -1000000000900, -1000000000901
    allowed = replace(ACCESS, allow=frozenset({f"telegram:{channel}"}))
    async with town(tmp_path, access=allowed) as both:
        both.telegram.chat(channel, "channel")
        both.telegram.chat(discussion, state="administrator")
        both.channels = [a_channel("morning", Address("telegram", str(channel)))]
        async with both.open() as room:
            await room.deliver.stage_due()
            await room.fill()
            await room.morning()
            head = both.telegram.into_discussion(both.telegram.messages(channel)[-1], discussion)
            both.telegram.say("So what about the ferry?", chat=discussion, reply_to=head.id)
            asked = both.telegram.say("more about the ferry", chat=discussion, reply_to=head.id)
            both.telegram.say("/subscribe ferries", chat=discussion, reply_to=head.id)
            answer = await soon(lambda: [m for m in both.telegram.messages(discussion) if m.by_bot])
            assert len(answer) == 1
            assert WHO in answer[0].text
            assert answer[0].reply_to is asked


async def test_below_a_digest_in_their_own_conversation_people_may_give_commands(tmp_path):
    async with town(tmp_path, access=AccessSettings(frozenset({"slack:U1", "telegram:42"}))) as both:
        both.channels = [a_channel("mine", Address("slack", "@U1"))]
        async with both.open() as room:
            await room.deliver.stage_due()
            await room.fill()
            await room.morning()
            home = both.slack.desk.direct("U1").id
            (digest,) = both.slack.posted(home)
            for text in ("thanks", "2", "search frost", "that is odd"):
                await both.slack.direct(text, thread_ts=digest["ts"])
            answers = await soon(lambda: len(both.slack.posted(home)) > 4 and both.slack.posted(home)[1:])
            assert [shown(one).splitlines()[0][:3] for one in answers] == ["You", "2. ", "Fou", "I d"]
            assert "Below a digest I understand 2" in shown(answers[-1])
            assert {one["thread_ts"] for one in answers} == {digest["ts"]}
            for text in (
                "2",
                "mute the second",
                "more about the ferry",
                "mute it",
            ):  # of the newest digest there
                await both.slack.direct(text)
            answers = await soon(lambda: len(both.slack.posted(home)) > 8 and both.slack.posted(home)[5:])
            assert [shown(one).splitlines()[0][:3] for one in answers] == [
                "2. ",
                "I a",
                shown(answers[2])[:3],
                "I a",
            ]
            assert "Ferry crews" in shown(answers[2])
            await both.slack.direct("mute the second", thread_ts=digest["ts"])
            answers = await soon(lambda: len(both.slack.posted(home)) > 9 and both.slack.posted(home)[9:])
            assert "Digests here leave out story:" in shown(answers[0])
