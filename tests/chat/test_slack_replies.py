"""Answers on Slack: who sees them, and where they stand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import TypeVar

import pytest

from bot.chat.slack.messenger import SlackMessenger
from bot.delivery.answers import PacedAnswers
from bot.delivery.pacing import Pacing
from bot.domain.errors import RetryLater, Unconfirmed
from bot.domain.events import Incoming, Pressed, Said
from bot.domain.message import Break, Button, Heading, Message, Paragraph, Run
from bot.domain.model import Address
from bot.platforms import LIMITS
from tests.chat.slack_far_end import FAST, HOME, desk, shown
from tests.contracts.messenger import a_message, heard
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_workspace import BOT_USER
from tests.fakes import FakeClock, MemoryPaces

I = TypeVar("I", Said, Pressed)  # noqa: E741 - incoming

ON = Button("On", "page", "1:2")


def private(text: str, *buttons: Button) -> Message:
    return replace(a_message(text, *buttons), private=True)


def long_message(parts: int) -> Message:
    blocks = []
    for number in range(parts):
        blocks += [Heading((Run(f"Part{number}"),)), Paragraph((Run("word " * 1_500),)), Break()]
    return Message(tuple(blocks), private=True)


@dataclass
class Talk:
    slack: SlackDouble
    messenger: SlackMessenger
    stream: AsyncIterator[Incoming]

    async def hear(self, kind: type[I]) -> I:
        return await heard(self.stream, kind)

    def whispers(self) -> list[str]:
        return [shown(one) for one in self.slack.ephemerals]

    def aloud(self, channel: str = "C1") -> list[str]:
        return [shown(one) for one in self.slack.posted(channel)]


@pytest.fixture
async def talk() -> AsyncIterator[Talk]:
    async with SlackDouble(pace=FAST) as slack, desk(slack) as messenger:
        stream = messenger.incoming()
        first = asyncio.create_task(heard(stream, Said))
        await slack.until(lambda: len(slack.links) == 2)
        await slack.direct("warm up", user="U2")
        await first
        yield Talk(slack, messenger, stream)


async def test_a_command_is_answered_to_its_sender_alone(talk):
    asked = await talk.slack.slash("/copydesk", "search ferries")
    said = await talk.hear(Said)
    await talk.messenger.reply(said, private("Found"))
    await talk.messenger.reply(said, private("Help"))
    assert [one["to"] for one in talk.slack.ephemerals] == ["U1", "U1"]
    assert (talk.whispers(), talk.aloud()) == (["Found", "Help"], [])
    assert {one["response_type"] for one in asked.responses} == {"ephemeral"}


@pytest.mark.parametrize("member", [True, False])
async def test_a_commands_answer_that_is_not_private_is_seen_by_the_channel(talk, member):
    if not member:
        talk.slack.desk.channels["C1"].members.discard(BOT_USER)
    asked = await talk.slack.slash("/copydesk", "subscribe ferries")
    await talk.messenger.reply(await talk.hear(Said), a_message("Subscribed"))
    assert (talk.whispers(), talk.aloud()) == ([], ["Subscribed"])
    assert asked.responses[0]["response_type"] == "in_channel"
    assert talk.slack.called("chat.postMessage") == []


async def test_a_visible_answer_to_a_command_outlives_its_response_url(talk):
    asked = await talk.slack.slash("/copydesk", "subscribe ferries")
    await talk.messenger.reply(await talk.hear(Said), replace(long_message(7), private=False))
    assert [text.split("\n")[0] for text in talk.aloud()] == [f"Part{number}" for number in range(7)]
    assert (len(asked.responses), len(talk.slack.called("chat.postMessage"))) == (5, 2)
    assert talk.whispers() == []


async def test_a_long_answer_to_a_command_outlives_its_response_url(talk):
    asked = await talk.slack.slash("/copydesk", "search ferries")
    await talk.messenger.reply(await talk.hear(Said), long_message(7))
    assert [text.split("\n")[0] for text in talk.whispers()] == [f"Part{number}" for number in range(7)]
    assert (len(asked.responses), set(asked.refusals)) == (5, {"used_url"})
    assert len(talk.slack.called("chat.postEphemeral")) == 2


async def test_a_command_in_a_direct_message_is_answered_there(talk):
    room = talk.slack.desk.direct("U1").id
    await talk.slack.slash("/copydesk", "help", channel=room)
    said = await talk.hear(Said)
    assert said.direct
    await talk.messenger.reply(said, long_message(6))
    assert len(talk.whispers()) == 5
    assert talk.aloud(room)[0].startswith("Part5")


async def test_a_mention_is_answered_under_it_or_to_its_sender_alone(talk):
    asked = await talk.slack.mention("help")
    said = await talk.hear(Said)
    await talk.messenger.reply(said, a_message("For all"))
    await talk.messenger.reply(said, private("For one"))
    assert [(shown(one), one["thread_ts"]) for one in talk.slack.posted("C1")] == [("For all", asked.ts)]
    assert talk.whispers() == ["For one"]
    whispered = talk.slack.called("chat.postEphemeral")[0].arguments
    assert (whispered["user"], "thread_ts" in whispered) == ("U1", False)


async def test_a_mention_in_a_thread_is_answered_in_the_thread(talk):
    head = await talk.slack.mention("help")
    await talk.hear(Said)
    await talk.slack.mention("topics", thread_ts=head.ts)
    said = await talk.hear(Said)
    await talk.messenger.reply(said, a_message("For all"))
    await talk.messenger.reply(said, private("For one"))
    assert talk.slack.posted("C1")[0]["thread_ts"] == head.ts
    assert talk.slack.called("chat.postEphemeral")[0].arguments["thread_ts"] == head.ts


async def test_direct_words_are_answered_as_the_next_line(talk):
    await talk.slack.direct("help")
    said = await talk.hear(Said)
    await talk.messenger.reply(said, private("Here"))
    (posted,) = talk.slack.posted(said.at.chat)
    assert (shown(posted), "thread_ts" in posted) == ("Here", False)


async def test_a_button_that_one_person_sees_is_answered_in_its_place(talk):
    await talk.slack.slash("/copydesk", "search ferries")
    await talk.messenger.reply(await talk.hear(Said), private("Page 1", ON))
    await talk.slack.press("page")
    await talk.messenger.reply(await talk.hear(Pressed), private("Page 2", ON))
    assert (talk.whispers(), talk.aloud()) == (["Page 2"], [])
    await talk.slack.press("page")
    await talk.messenger.reply(await talk.hear(Pressed), private("Page 3"))
    assert talk.whispers() == ["Page 3"]


async def test_a_private_answer_to_a_button_that_all_see_leaves_the_message_alone(talk):
    await talk.messenger.post(HOME, talk.messenger.render(a_message("Digest", ON))[0], key="k")
    await talk.slack.press("page", user="U2")
    await talk.messenger.reply(await talk.hear(Pressed), private("Only for Ben"))
    assert talk.aloud() == ["Digest"]
    assert [(one["to"], shown(one)) for one in talk.slack.ephemerals] == [("U2", "Only for Ben")]


async def test_a_button_in_a_direct_message_is_answered_in_its_place(talk):
    await talk.slack.direct("search ferries")
    said = await talk.hear(Said)
    await talk.messenger.reply(said, private("Page 1", ON))
    await talk.slack.press("page", channel=said.at.chat)
    pressed = await talk.hear(Pressed)
    assert pressed.direct
    await talk.messenger.reply(pressed, private("Page 2"))
    assert talk.aloud(said.at.chat) == ["Page 2"]


@pytest.mark.parametrize("refusal", ["message_not_found", "cant_update_message", "edit_window_closed"])
async def test_where_the_message_cannot_be_edited_the_answer_stands_beside_it(talk, refusal):
    posted = await talk.messenger.post(HOME, talk.messenger.render(a_message("Digest", ON))[0], key="k")
    talk.slack.fail("chat.update", kind=refusal)
    await talk.slack.press("page")
    await talk.messenger.reply(await talk.hear(Pressed), a_message("Page 2"))
    assert talk.aloud() == ["Digest", "Page 2"]
    assert talk.slack.posted("C1")[1]["thread_ts"] == posted.id


async def test_a_long_answer_to_a_button_begins_in_its_place(talk):
    posted = await talk.messenger.post(HOME, talk.messenger.render(a_message("Digest", ON))[0], key="k")
    await talk.slack.press("page")
    await talk.messenger.reply(await talk.hear(Pressed), replace(long_message(3), private=False))
    assert [text.split("\n")[0] for text in talk.aloud()] == ["Part0", "Part1", "Part2"]
    assert [one.get("thread_ts") for one in talk.slack.posted("C1")][1:] == [posted.id] * 2


async def test_a_press_in_the_home_tab_is_answered_in_the_direct_message(talk):
    body = {
        "type": "block_actions",
        "user": {"id": "U1"},
        "team": {"id": "T1"},
        "trigger_id": "9.9",
        "container": {"type": "view", "view_id": "V1"},
        "actions": [{"action_id": "page", "value": "1", "type": "button", "block_id": "b"}],
    }
    await talk.slack.chat_queues.send("interactive", body, accepts=False, beside={})
    pressed = await talk.hear(Pressed)
    assert (pressed.at, pressed.direct) == (Address("slack", talk.slack.desk.direct("U1").id), True)
    await talk.messenger.reply(pressed, private("Here"))
    assert talk.aloud(talk.slack.desk.direct("U1").id) == ["Here"]


async def test_what_goes_wrong_with_an_answer_is_told(talk):
    await talk.slack.slash("/copydesk", "search ferries")
    said = await talk.hear(Said)
    talk.slack.fail("response_url", kind="http_500_html")
    with pytest.raises(Unconfirmed):
        await talk.messenger.reply(said, private("Found"))
    talk.slack.fail("response_url", kind="429", seconds=7)
    with pytest.raises(RetryLater) as raised:
        await talk.messenger.reply(said, private("Found"))
    assert raised.value.after == 7
    talk.slack.fail("response_url", kind="drop_after")
    with pytest.raises(Unconfirmed):
        await talk.messenger.reply(said, private("Once"))
    assert talk.whispers() == ["Once"]


async def test_only_what_slack_counts_by_the_channel_waits_for_its_turn(talk):
    turns = []

    async def say(to, call, *, counted=True, **_how):
        turns.append((to.chat, counted))
        return await call()

    async def counted_of(message: Message, said: Said | Pressed) -> list[tuple[str, bool]]:
        turns.clear()
        await talk.messenger.reply(said, message, say)
        return list(turns)

    await talk.slack.slash("/copydesk", "search ferries")
    assert await counted_of(private("Found", ON), await talk.hear(Said)) == [("C1", False)]
    await talk.slack.press("page")
    assert await counted_of(private("Page 2"), await talk.hear(Pressed)) == [("C1", False)]
    await talk.slack.mention("help")
    said = await talk.hear(Said)
    assert await counted_of(private("For one"), said) == [("C1", False)]
    assert await counted_of(replace(long_message(3), private=False), said) == [("C1", True)] * 3


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "http_500_html"])
async def test_an_answer_that_was_lost_is_there_once(talk, kind):
    clock = FakeClock()
    say = PacedAnswers(Pacing(LIMITS, MemoryPaces(), clock), clock)
    await talk.slack.direct("help", user="U2")
    said = await talk.hear(Said)
    talk.slack.fail("chat.postMessage", kind=kind)
    posted = await talk.messenger.reply(said, a_message("Here"), say)
    assert posted is not None
    assert talk.aloud(said.at.chat)[-1:] == ["Here"]
    assert talk.aloud(said.at.chat).count("Here") == 1


async def test_a_lost_answer_to_an_old_button_is_looked_for_from_its_press_on():
    days = 0.0
    async with (
        SlackDouble(pace=FAST, now=lambda: time.time() + days * 86_400) as slack,
        desk(slack) as messenger,
    ):
        talk, clock = Talk(slack, messenger, messenger.incoming()), FakeClock()
        home = slack.desk.direct("U2")
        (digest,) = messenger.render(a_message("Digest", ON))
        await messenger.post(Address("slack", home.id), digest, key="digest")
        for _ in range(160):
            slack.desk.post(home, {"text": "Talk", "user": "U2"}, by_bot=False)
        days = 1.0
        first = asyncio.create_task(talk.hear(Pressed))
        await slack.until(lambda: len(slack.links) == 2)
        await slack.press("page", user="U2", channel=home.id)
        slack.fail("chat.postMessage", kind="drop_after")
        say = PacedAnswers(Pacing(LIMITS, MemoryPaces(), clock), clock)
        posted = await messenger.reply(await first, replace(a_message("Here"), beside=True), say)
        assert posted is not None
        assert talk.aloud(home.id).count("Here") == 1


async def test_an_answer_in_place_is_made_again(talk):
    await talk.slack.direct("help", user="U2")
    posted = await talk.messenger.reply(said := await talk.hear(Said), a_message("Page 1"))
    talk.slack.fail("chat.update", kind="http_500_html")
    again = await talk.messenger.reply(replace(said, over=posted.id), a_message("Page 2"))
    assert again == posted
    assert talk.aloud(said.at.chat)[-1:] == ["Page 2"]


@pytest.mark.parametrize("ticket", ["", "{", "[]", '{"kind":1}', "null", '{"surplus":1}'])
async def test_a_ticket_that_cannot_be_read_is_answered_where_it_was_said(talk, ticket):
    await talk.slack.mention("help")
    said = replace(await talk.hear(Said), reply=ticket)
    await talk.messenger.reply(said, a_message("Here"))
    assert talk.aloud() == ["Here"]
