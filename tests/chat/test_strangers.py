"""Somebody outside the allow-lists is neither answered nor kept, whatever they do: but for their ids, which `check` names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.chat.access import AccessSettings, role
from bot.chat.slack import events
from bot.domain.events import Said
from bot.platforms import parse_rule
from bot.store.sql.database import Database
from bot.store.sql.schema import metadata
from tests.chat.slack_far_end import FAST
from tests.chat.slack_far_end import desk as slack_desk
from tests.chat.telegram_far_end import GROUP
from tests.chat.telegram_far_end import desk as telegram_desk
from tests.conversation import Talk
from tests.doubles import slack_payloads as payloads
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_blocks import Json
from tests.doubles.slack_workspace import BOT_USER, TEAM
from tests.doubles.telegram import TelegramDouble
from tests.platforms.test_forged_presses import answering

EVE = "U66STRANGER"
"""Long enough that it stands in no random mark of an answer to somebody else."""


def head(slack: SlackDouble) -> str:
    return next(iter(slack.desk.channels["C1"].messages))


async def edit(slack: SlackDouble) -> None:
    said = await slack.direct("lamps", user=EVE)
    await slack.edit(said.ts, "subscribe lamps", user=EVE)


async def form(slack: SlackDouble) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "x"}, "callback_id": "subscribe", "blocks": []}  # fmt: skip
    shown = slack.desk.show_view({**view, "private_metadata": '{"at": "C1"}'}, user=EVE)
    await slack.submit(shown["id"], {"query": {"query": {"type": "plain_text_input", "value": "lamps"}}}, user=EVE)  # fmt: skip


SLACK: dict[str, Callable[[SlackDouble], Awaitable[Any]]] = {
    "slash command": lambda slack: slack.slash("/copydesk", "search lamps", user=EVE),
    "mention": lambda slack: slack.mention("search lamps", user=EVE),
    "mention in a thread": lambda slack: slack.mention("subscribe lamps", user=EVE, thread_ts=head(slack)),
    "direct message": lambda slack: slack.direct("subscribe lamps", user=EVE),
    "question below a message": lambda slack: slack.below("more on 1", head(slack), user=EVE),
    "edited words": edit,
    "forged press": lambda slack: slack.press("join", value="lamps", ts=head(slack), user=EVE, forged=True),
    "shortcut": lambda slack: slack.shortcut("subscribe", user=EVE),
    "message shortcut": lambda slack: slack.choose("inbox", head(slack), user=EVE),
    "shared file": lambda slack: slack.share(slack.add_file("a.txt", b"A word of Eve's."), user=EVE),
    "home": lambda slack: slack.open_home(user=EVE),
    "assistant": lambda slack: slack.open_assistant(user=EVE),
    "form": form,
}
"""What somebody does on Slack, by its name."""

HARMLESS = frozenset({"auth.test", "apps.connections.open", "users.info", "conversations.open", "conversations.info"})  # fmt: skip
"""Calls that nobody sees."""


async def rows(talk: Talk, *friends: str) -> dict[str, list[Any]]:
    """All that is kept, but for who called, hashes of keys, and what is of a friend's."""
    database: Database = talk.conversation_log._database
    async with database.reading() as connection:
        return {
            name: [
                tuple(row)
                for row in (await connection.execute(select(table))).all()
                if not {*friends} & {*map(str, row)}
            ]
            for name, table in metadata.tables.items()
            if name not in {"callers", "heard"}
        }


async def test_on_slack_a_stranger_is_neither_answered_nor_kept(tmp_path):
    async with (
        SlackDouble(pace=FAST) as slack,
        slack_desk(slack) as messenger,
        answering(tmp_path, messenger, "slack:U1") as talk,
    ):
        slack.add_user(EVE, "eve")
        slack.desk.channels["C1"].members.add(EVE)
        await slack.until(lambda: slack.links)
        await slack.mention("nothing at all", user=EVE)
        before, calls = await rows(talk), len(slack.calls)
        for act in SLACK.values():
            await act(slack)
        await slack.direct("topics")  # a friend, who is answered after all of them
        await slack.until(lambda: slack.posted(slack.desk.direct("U1").id))
        await slack.until(lambda: talk.answer._strangers)
        shown = {call.method for call in slack.calls[calls:]} - HARMLESS
        assert shown == {"chat.postMessage"}
        assert [call for call in slack.calls[calls:] if call.method in shown and EVE in str(call)] == []
        assert len(slack.called("chat.postMessage")) == 1
        friend = slack.desk.direct("U1").id
        assert await rows(talk, friend, "@U1") == before
        assert not list((tmp_path / "inbox").glob("*a.txt"))


def posted(telegram: TelegramDouble) -> int:
    return next(iter(telegram.world.chats[66].messages))


def migrate(telegram: TelegramDouble) -> None:
    telegram.join(-669, user=66)
    telegram.migrate(-669)


TELEGRAM: dict[str, Callable[[TelegramDouble], Any]] = {
    "message": lambda telegram: telegram.say("/search lamps", user=66),
    "in a group": lambda telegram: telegram.say("/subscribe lamps", user=66, chat=-1000000000666),
    "anonymous": lambda telegram: telegram.say("/subscribe lamps", user=66, chat=-1000000000666, anonymous=True),
    "caption": lambda telegram: telegram.say("/search lamps", user=66, photo=True),
    "channel post": lambda telegram: telegram.say("/subscribe lamps", user=66, chat=-1000000000667),
    "edited": lambda telegram: telegram.edit(telegram.say("lamps", user=66), "/subscribe lamps"),
    "forged press": lambda telegram: telegram.press(posted(telegram), "join:lamps", user=66, chat=66, forged=True),
    "inline": lambda telegram: telegram.type_inline("lamps", user=66),
    "document": lambda telegram: telegram.send_document("a.txt", b"A word of Eve's.", user=66),
    "forwarded": lambda telegram: telegram.forward(
        "A word of Eve's.", {"type": "hidden_user", "sender_user_name": "Mallory"}, user=66
    ),
    "deep link": lambda telegram: telegram.say("/start topic-energy", user=66),
    "brought into a group": lambda telegram: telegram.join(-1000000000668, user=66),
    "put out of it": lambda telegram: telegram.kick(-1000000000668, user=66),
    "a group that becomes a supergroup": migrate,
    "blocks": lambda telegram: telegram.block(user=66),
}  # fmt: skip
"""What somebody does on Telegram, by its name; a chosen inline result is told to no bot that did not ask for it."""


async def test_on_telegram_a_stranger_is_neither_answered_nor_kept(tmp_path):
    async with TelegramDouble() as telegram, telegram_desk(telegram) as messenger:
        telegram.chat(GROUP)
        async with answering(tmp_path, messenger, "telegram:42") as talk:
            await telegram.listening()
            before = await rows(talk)
            for act in TELEGRAM.values():
                act(telegram)
            telegram.say("/topics", user=42)
            await telegram.sent(42, 1)
            await telegram.until(lambda: telegram.called("answerInlineQuery"))
            assert [one for one in telegram.messages() if one.by_bot and one.chat.id != 42] == []
            (inline,) = telegram.called("answerInlineQuery")
            assert inline.json("results") == []
            assert await rows(talk, "42", "@42") == before
            assert not list((tmp_path / "inbox").glob("*a.txt"))


# --- other workspaces and organisations ------------------------------------------------------------

HERE = AccessSettings(frozenset({f"slack:{TEAM}"}))


def told(**inner: Any) -> Json:
    said = {"type": "message", "channel_type": "im", "channel": "D6", "user": EVE, "text": "help", "ts": "1.2", "tab": "home"}  # fmt: skip
    thread = {"user_id": EVE, "channel_id": "D6", "thread_ts": "1.2"}
    return payloads.event({**said, "assistant_thread": thread, **inner}, "Ev1", 1)


def interaction(**changed: Any) -> Json:
    person = {"id": EVE, "name": "eve", "team_id": TEAM}
    place = {"channel": {"id": "C1"}, "message": {"ts": "1.2", "text": "x"}, "callback_id": "inbox"}
    view = {"id": "V1", "private_metadata": '{"at": "C1"}', "callback_id": "subscribe"}
    actions = [{"action_id": "more", "type": "button", "value": "1"}]
    whole = {
        "user": person,
        "team": {"id": TEAM},
        "trigger_id": "1",
        **place,
        "view": view,
        "actions": actions,
    }
    return {**whole, **changed}


def who(made: Any) -> Any:
    one = made[0] if isinstance(made, tuple) else made
    one = one[0] if isinstance(one, tuple) else one
    assert one is not None
    return one


SHARED = {"is_ext_shared_channel": True}
EVENTS: dict[str, Callable[[Json], Any]] = {
    "direct message": lambda body: events.words(body, BOT_USER),
    "mention": lambda body: events.mention(
        {**body, "event": {**body["event"], "text": f"<@{BOT_USER}> help"}}, BOT_USER
    ),
    "file": lambda body: events.given(
        {**body, "event": {**body["event"], "subtype": "file_share", "files": [{"id": "F1", "name": "a.txt"}]}}
    ),
    "home": events.home_opened,
    "assistant": events.assistant_opened,
}  # fmt: skip


@pytest.mark.parametrize("kind", EVENTS)
@pytest.mark.parametrize(
    ("beside", "inner", "is_ours"),
    [
        ({}, {}, True),
        ({}, {"team": "T2"}, False),
        ({}, {"user_team": "E1"}, True),  # the channel is not shared: one of the app's own organisation
        ({}, {"user_team": "E1", "team": "T2"}, False),
        (SHARED, {}, False),
        (SHARED, {"team": TEAM}, True),
        (SHARED, {"user_team": "E9"}, False),
        (SHARED, {"user_team": "T2", "team": TEAM}, False),
        (SHARED, {"user_profile": {"team": "E9"}, "source_team": "T2"}, False),
    ],
)
def test_whoever_comes_from_elsewhere_is_of_another_workspace(kind, beside, inner, is_ours):
    one = who(EVENTS[kind]({**told(**inner), **beside}))
    assert (role(HERE, one.sender, one.at) is not None) is is_ours


INTERACTIONS: dict[str, Callable[[Json], Any]] = {
    "press": events.pressed,
    "message shortcut": lambda body: events.added(body, BOT_USER),
    "shortcut": lambda body: events.shortcut({**body, "callback_id": "subscribe"}, "D6"),
    "form": events.handed_in,
}


@pytest.mark.parametrize("kind", INTERACTIONS)
@pytest.mark.parametrize(
    ("changed", "is_ours"),
    [
        ({}, True),
        ({"user": {"id": EVE}}, True),
        ({"user": {"id": EVE, "team_id": "T2"}}, False),
        ({"user": {"id": EVE, "team_id": "E9"}}, False),
        ({"user": {"id": EVE, "team_id": "E1"}, "enterprise": {"id": "E1"}}, True),
        ({"user": {"id": EVE, "team_id": "E9"}, "enterprise": {"id": "E1"}}, False),
        ({"user": {"id": EVE, "team_id": "E1"}, "enterprise": {"id": "E1"}, "team": None}, False),
    ],
)
def test_whoever_presses_from_elsewhere_is_of_another_workspace(kind, changed, is_ours):
    one = who(INTERACTIONS[kind](interaction(**changed)))
    assert (role(HERE, one.sender, one.at) is not None) is is_ours


def test_a_slash_command_is_of_its_own_workspace():
    body = {"channel_id": "C1", "user_id": EVE, "team_id": "T2", "enterprise_id": "E1", "text": "help"}
    said = events.command(body)
    assert isinstance(said, Said)
    assert role(HERE, said.sender, said.at) is None


def test_an_organisation_is_refused_with_what_to_write():
    with pytest.raises(ValueError, match=r"is an organisation.*each of its workspaces, like \"slack:T0123\""):
        parse_rule("slack:E0123ABC")
