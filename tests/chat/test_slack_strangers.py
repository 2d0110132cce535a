"""Who is kept out on Slack though a channel is let in, what comes twice or late, and threads with an assistant."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.chat.slack_far_end import FAST, desk, shown
from tests.doubles import slack_payloads
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_delivery import Outcome
from tests.doubles.slack_workspace import BOT_USER
from tests.platforms.test_forged_presses import answering

SHARED = {"is_ext_shared_channel": True}


async def mentioned(slack: SlackDouble, beside: dict[str, Any], **inner: Any) -> None:
    """A mention, as it comes from a channel that is shared with another company; fields of None are left out."""
    said = {"type": "app_mention", "channel": "C1", "user": "U1", "text": f"<@{BOT_USER}> help", "team": "T1"}
    event = {name: value for name, value in {**said, "ts": slack.desk.ts(), **inner}.items() if value}
    name = f"Ev9{slack.desk.number():05d}"
    outcome = Outcome({**slack_payloads.event(event, name, 1), **beside}, event_id=name)
    await slack.courier.carry_event(outcome)
    assert outcome.acknowledged


@pytest.mark.parametrize(
    ("beside", "inner", "is_answered"),
    [
        ({}, {}, True),
        (SHARED, {}, True),
        (SHARED, {"user_team": "T1", "team": "T2"}, True),
        (SHARED, {"user_team": "T2"}, False),
        (SHARED, {"source_team": "T2"}, False),
        (SHARED, {"user_profile": {"team": "T2"}}, False),
        (SHARED, {"team": "T2"}, False),
        (SHARED, {"team": None}, False),
        ({}, {"team": "T3"}, False),  # another workspace of the same organisation
    ],
)
async def test_a_channel_that_is_let_in_lets_in_its_own_people(tmp_path, beside, inner, is_answered):
    async with (
        SlackDouble(pace=FAST) as slack,
        desk(slack) as messenger,
        answering(tmp_path, messenger, "slack:C1") as talk,
    ):
        await slack.until(lambda: slack.links)
        await mentioned(slack, beside, **inner)
        await slack.until(lambda: slack.ephemerals or talk.answer._strangers)
        assert bool(slack.ephemerals) is is_answered
        if not is_answered:
            assert ("slack:C1",) not in talk.answer._strangers


async def test_a_guests_workspace_can_be_let_in(tmp_path):
    async with (
        SlackDouble(pace=FAST) as slack,
        desk(slack) as messenger,
        answering(tmp_path, messenger, "slack:C1", "slack:T2"),
    ):
        await slack.until(lambda: slack.links)
        await mentioned(slack, SHARED, user_team="T2")
        await slack.until(lambda: slack.ephemerals)
        assert len(slack.ephemerals) == 1


async def test_an_event_that_comes_again_after_a_restart_is_handled_once(tmp_path):
    """Delayed events come for up to a day, to whichever process is there then."""
    async with (
        SlackDouble(pace=FAST) as slack,
        desk(slack) as first,
        answering(tmp_path, first, "slack:T1") as talk,
    ):
        await slack.until(lambda: slack.links)
        asked = await slack.mention("help")
        await slack.until(lambda: slack.ephemerals)
        await first.stop_listening()
        async with desk(slack) as second:
            loop = asyncio.create_task(talk.answer.run(second, asyncio.Event()))
            await slack.until(second.healthy)
            assert (await slack.again(asked)).acknowledged
            await slack.direct("topics")
            await slack.until(lambda: slack.posted(slack.desk.direct("U1").id))
            await second.stop_listening()
            await loop
        assert len(slack.ephemerals) == 1


@pytest.mark.parametrize("may", [True, False])
async def test_a_thread_with_an_assistant_is_greeted_and_answered_in_it(tmp_path, may):
    scopes = SlackDouble().desk.scopes | ({"assistant:write"} if may else set())
    async with (
        SlackDouble(pace=FAST, scopes=scopes) as slack,
        desk(slack) as messenger,
        answering(tmp_path, messenger, "slack:T1"),
    ):
        await slack.until(lambda: slack.links)
        began = await slack.open_assistant()
        room = slack.desk.direct("U1").id
        await slack.until(lambda: slack.called("assistant.threads.setSuggestedPrompts"))
        assert slack.called("assistant.threads.setSuggestedPrompts")[0].answer["ok"] is may
        await slack.direct("search lamps", thread_ts=began.ts)
        await slack.until(lambda: len(slack.posted(room)) > 1)
        greeting, answer = slack.posted(room)
        assert "What I can do" in shown(greeting)
        assert "7 articles" in shown(answer)
        assert {greeting["thread_ts"], answer["thread_ts"]} == {began.ts}


async def test_a_strangers_thread_with_the_assistant_stays_empty(tmp_path):
    async with (
        SlackDouble(pace=FAST) as slack,
        desk(slack) as messenger,
        answering(tmp_path, messenger, "slack:T2") as talk,
    ):
        await slack.until(lambda: slack.links)
        await slack.open_assistant()
        await slack.until(lambda: talk.answer._strangers)
        assert slack.posted(slack.desk.direct("U1").id) == []
        assert slack.called("assistant.threads.setSuggestedPrompts") == []
