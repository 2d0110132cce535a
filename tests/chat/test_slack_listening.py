"""Hearing people on Slack: acknowledged at once, each thing once, nothing lost when a connection goes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from bot.chat.slack.messenger import SlackMessenger
from bot.chat.slack.socket_mode import Connection
from bot.domain.errors import BadCredentials
from bot.domain.events import Incoming, Pressed, Returned, Said, Sender, Under
from bot.domain.message import Button
from bot.domain.model import Address
from tests.chat.slack_far_end import FAST, HOME, desk
from tests.contracts.messenger import a_message, heard
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_workspace import BOT_USER

HOSTILE = "</b><a href=x> \u202e <!channel> 😀" + "y" * 10_000


class Ear:
    """Everything that a messenger has heard so far."""

    def __init__(self, messenger: SlackMessenger) -> None:
        self.messenger = messenger
        self.heard: list[Incoming] = []
        self._task = asyncio.create_task(self._listen(messenger))

    async def _listen(self, messenger: SlackMessenger) -> None:
        async for incoming in messenger.incoming():
            self.heard.append(incoming)

    def texts(self) -> list[str]:
        return [one.text for one in self.heard if isinstance(one, Said)]

    async def failed(self) -> BaseException:
        async with asyncio.timeout(60):
            await asyncio.wait([self._task])
        error = self._task.exception()
        assert error
        return error

    async def end(self) -> None:
        await asyncio.wait([self._task], timeout=60)
        assert self._task.done()


@asynccontextmanager
async def listening(slack: SlackDouble, *, lines: int = 2, **more: object) -> AsyncIterator[Ear]:
    async with desk(slack, **more) as messenger:
        ear = Ear(messenger)
        await slack.until(lambda: len(slack.links) >= lines)
        yield ear
    await ear.end()


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble(pace=FAST) as double:
        yield double


async def test_it_is_heard_in_which_language_somebody_reads_slack_and_asked_once_a_day(slack):
    slack.desk.users["U1"].locale = "de-DE"
    async with listening(slack) as ear:
        await slack.direct("/search one")
        await slack.direct("/search two")
        await slack.slash("/copydesk", "search three")
        await slack.until(lambda: len(ear.heard) == 3)
        told = {one.text: one.sender.language for one in ear.heard if isinstance(one, Said)}
        assert told == {"/search one": "de-DE", "/search two": "de-DE", "search three": ""}
        (asked,) = slack.called("users.info")
        assert asked.arguments["user"] == "U1"


@pytest.mark.parametrize("trouble", ["missing_scope", "user_not_found", "fatal_error"])
async def test_where_it_cannot_be_asked_words_are_heard_all_the_same(slack, trouble):
    slack.fail("users.info", kind=trouble, times=9)
    async with listening(slack) as ear:
        await slack.direct("/search one")
        await slack.until(lambda: ear.heard)
        assert [one.sender.language for one in ear.heard if isinstance(one, Said)] == [""]


async def test_a_slash_command_is_acknowledged_while_nobody_has_answered_it(slack):
    async with listening(slack) as ear:
        asked = await slack.slash("/copydesk", "search  sanctions &amp; &lt;oil&gt;")
        assert (asked.ack, asked.error) == ({}, None)
        assert asked.delay is not None
        assert asked.delay < 1
        (said,) = await slack.until(lambda: ear.heard)
        assert isinstance(said, Said)
        assert (said.text, said.at, said.direct) == ("search  sanctions & <oil>", HOME, False)
        assert said.sender == Sender("slack", "U1", "ada", "T1")
        assert said.key == asked.trigger_id


async def test_ten_thousand_characters_are_heard(slack):
    async with listening(slack) as ear:
        assert (await slack.slash("/copydesk", "search " + "a" * 10_000)).acknowledged
        assert (await slack.mention("search " + HOSTILE)).acknowledged
        await slack.until(lambda: len(ear.heard) == 2)
        assert ear.texts()[0] == "search " + "a" * 10_000


async def test_a_channel_that_lets_the_desk_in_is_heard_of(slack):
    async with listening(slack) as ear:
        assert (await slack.join("C1", user="U1")).acknowledged
        await slack.join("C1")
        await slack.event({"type": "channel_unarchive", "channel": "C1", "user": "U1"})
        await slack.event({"type": "group_unarchive", "channel": "G1", "user": "U1"})
        await slack.until(lambda: len(ear.heard) >= 3)
        assert all(isinstance(one, Returned) for one in ear.heard)
        assert [str(one.at) for one in ear.heard] == ["slack:C1", "slack:C1", "slack:G1"]


async def test_nobody_sees_a_timeout(slack):
    async with listening(slack) as ear:
        other = await slack.slash("/elsewhere", "x")
        assert other.ack == {"text": "I answer to /copydesk."}
        slack.add_user("U7", "doris", locale="de-DE")
        assert (await slack.slash("/elsewhere", "x", user="U7")).ack == {"text": "Ich höre auf /copydesk."}
        assert (await slack.join("C1", user="U1")).acknowledged
        assert (await slack.event({"type": "reaction_added", "user": "U1"})).acknowledged
        for kind, payload in OTHERS.items():
            whole = {"type": kind, "user": {"id": "U1"}, "team": {"id": "T1"}, "trigger_id": "1.2", **payload}
            envelope = await slack.chat_queues.send("interactive", whole, accepts=True, beside={})
            assert envelope
            assert (await asyncio.wait_for(envelope.answer, 60)).envelope_id == envelope.id
        assert ear.heard == []


VIEW = {"id": "V1", "type": "modal", "callback_id": "", "state": {"values": {}}}
OTHERS = {
    "view_submission": {"view": VIEW},
    "view_closed": {"view": VIEW},
    "shortcut": {"callback_id": "any"},
    "message_action": {"callback_id": "any", "channel": {"id": "C1"}, "message": {"ts": "1.0"}},
    "block_suggestion": {"action_id": "any", "block_id": "b", "value": "x"},
}


async def test_mentions_are_heard_without_the_mention_in_channels_and_threads(slack):
    async with listening(slack) as ear:
        head = await slack.mention("search ferries")
        await slack.mention("quotes Ada", thread_ts=head.ts)
        await slack.until(lambda: len(ear.heard) == 2)
        assert ear.texts() == ["search ferries", "quotes Ada"]
        assert [one.at for one in ear.heard] == [HOME, Address("slack", "C1", head.ts)]
        assert ear.heard[0].key == head.event_id


async def test_direct_words_and_edits_are_heard_and_echoes_and_bots_are_not(slack):
    async with listening(slack) as ear:
        wrote = await slack.direct("search ferries")
        (said,) = await slack.until(lambda: ear.heard)
        assert isinstance(said, Said)
        assert (said.direct, said.at.chat) == (True, slack.desk.direct("U1").id)
        about = {"type": "message", "channel": said.at.chat, "channel_type": "im", "user": "U1", "text": "x"}
        for more in ({"subtype": "bot_message"}, {"bot_id": "B9"}, {"user": ""}, {"hidden": True}):
            assert (await slack.event({**about, "ts": slack.desk.ts(), **more})).acknowledged
        own = slack.desk.post(slack.desk.direct("U1"), {"text": "search myself"})
        assert (await slack.hear_itself(own["ts"])).acknowledged
        await slack.direct("the end")
        await slack.until(lambda: ear.texts()[-1] == "the end")
        assert ear.texts() == ["search ferries", "the end"]
        await slack.edit(wrote.ts, "search trams")
        await slack.edit(wrote.ts, "search trams")  # nothing is new, as when a link gets its preview
        again = await slack.until(lambda: ear.heard[2:])
        assert [(one.text, one.edited, one.message) for one in again] == [("search trams", True, wrote.ts)]
        slack.desk.channels[said.at.chat].messages["1.000001"] = {**about, "ts": "1.000001"}
        await slack.edit("1.000001", "search an old one")
        asked = await slack.mention("serch trams")
        await slack.edit(asked.ts, f"<@{BOT_USER}> search trams", channel="C1")
        talked = await slack.mention("is great")
        await slack.edit(talked.ts, f"<@{BOT_USER}> is not that great", channel="C1")
        await slack.direct("the end")
        await slack.until(lambda: ear.texts()[-1] == "the end")
        assert ear.texts()[3:] == ["serch trams", "search trams", "the end"]


async def test_words_in_a_thread_of_a_channel_are_overheard_once_and_nothing_else_of_it(slack):
    async with listening(slack) as ear:
        head = slack.desk.post(slack.desk.channels["C1"], {"user": "U2", "text": "News"}, by_bot=False)
        plain = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1"}
        await slack.event({**plain, "text": "not in a thread", "ts": slack.desk.ts()})
        await slack.below(f"<@{BOT_USER}> 1", head["ts"])
        for subtype in ("message_changed", "bot_message", "channel_join"):
            said = {"text": "not new words", "thread_ts": head["ts"], "subtype": subtype}
            await slack.event({**plain, **said, "ts": slack.desk.ts()})
        await slack.event({**plain, "text": "a bot", "bot_id": "B2", "thread_ts": head["ts"], "ts": "1.2"})
        await slack.below("2", head["ts"])
        await slack.below("3", head["ts"], broadcast=True)
        await slack.mention("4", thread_ts=head["ts"])
        await slack.until(lambda: len(ear.texts()) == 3)
        assert [(one.text, one.meant) for one in ear.heard] == [
            ("2", "overheard"),
            ("3", "overheard"),
            ("4", "overheard"),
        ]
        assert {one.under for one in ear.heard} == {Under(HOME, head["ts"])}
        assert {one.at.thread for one in ear.heard} == {head["ts"]}


async def test_a_repeated_event_is_heard_once(slack):
    async with listening(slack) as ear:
        first = await slack.mention("search ferries")
        await slack.again(first)
        command = await slack.slash("/copydesk", "topics")
        await slack.chat_queues.send("slash_commands", command.payload, accepts=True, beside={})
        await slack.direct("the end")
        await slack.until(lambda: ear.texts()[-1:] == ["the end"])
        assert ear.texts() == ["search ferries", "topics", "the end"]


async def test_a_press_is_heard_with_what_it_was_given_and_a_forged_one_is_harmless(slack):
    async with listening(slack) as ear, desk(slack) as poster:
        message = a_message("Found", Button("Back", "page", "1:1"), Button("On", "page", "1:3"))
        posted = await poster.post(HOME, poster.render(message)[0], key="k")
        await slack.press("page#2")
        await slack.press("page", value=HOSTILE, forged=True)
        await slack.press("x" * 300, value="", forged=True)
        await slack.until(lambda: len(ear.heard) == 3)
        assert [(one.action[:9], one.value) for one in ear.heard if isinstance(one, Pressed)] == [
            ("page", "1:3"),
            ("page", HOSTILE),
            ("x" * 9, ""),
        ]
        assert ear.heard[0].message == posted.id
        assert len({one.key for one in ear.heard}) == 3


# --- connections -------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_what_is_said_while_connections_are_renewed_is_heard(slack, reason):
    async with listening(slack) as ear:
        wanted = []
        for number in range(8):
            await slack.disconnect(reason, slack.links[number % 2 : number % 2 + 1])
            wanted += [f"command {number}", f"search mention {number}"]
            assert (await slack.slash("/copydesk", f"command {number}")).acknowledged
            assert (await slack.mention(f"search mention {number}")).acknowledged
            await slack.until(lambda: len(slack.chat_queues.takers) >= 2)
        await slack.until(lambda: len(ear.heard) == len(wanted))
        assert ear.texts() == wanted


async def test_a_lost_connection_comes_back_with_a_new_ticket(slack):
    async with listening(slack, ping=0.5) as ear:
        slack.dead_ticket(2)
        await slack.close_connections()
        await slack.until(lambda: len(slack.chat_queues.takers) == 2)
        assert (await slack.slash("/copydesk", "back")).acknowledged
        await slack.until(lambda: ear.texts() == ["back"])


async def test_a_silent_connection_is_noticed_and_replaced(slack):
    async with desk(slack, ping=0.2) as messenger:
        assert not messenger.healthy()
        ear = Ear(messenger)
        await slack.until(lambda: len(slack.links) == 2)
        assert messenger.healthy()
        slack.mute()
        await slack.until(lambda: not messenger.healthy())
        await slack.until(lambda: len([link for link in slack.links if not link.mute]) == 2)
        await slack.until(lambda: messenger.healthy() and not [link for link in slack.links if link.mute])
        await slack.direct("again")
        await slack.until(lambda: ear.texts() == ["again"])
    assert not messenger.healthy()


async def later(turns: int, event: asyncio.Event) -> None:
    for _ in range(turns):
        await asyncio.sleep(0)
    event.set()


@pytest.mark.parametrize("turns", [1, 30])
async def test_a_connection_that_is_made_while_the_desk_closes_is_closed_too(slack, monkeypatch, turns):
    """As the one that it takes the place of is."""
    made: list[aiohttp.ClientWebSocketResponse] = []
    coming, let_through = asyncio.Event(), asyncio.Event()
    connect = aiohttp.ClientSession._ws_connect

    async def slow(*args: Any, **options: Any) -> aiohttp.ClientWebSocketResponse:
        fresh = await connect(*args, **options)
        made.append(fresh)
        if coming.is_set():
            coming.clear()
            await let_through.wait()
        return fresh

    monkeypatch.setattr(aiohttp.ClientSession, "_ws_connect", slow)
    async with listening(slack) as ear:
        one, other = ear.messenger._connections._connections
        await slack.until(lambda: one.current_session is not None and other.current_session is not None)
        coming.set()
        frame = {"type": "disconnect", "reason": "refresh_requested"}
        anew = asyncio.create_task(
            one.run_message_listeners(frame, "")
        )  # as slack_sdk has it: nobody holds it
        await slack.until(lambda: not coming.is_set())
        letting = asyncio.create_task(later(turns, let_through))
    await letting
    await anew
    assert [one.closed for one in made] == [True] * 3


async def test_the_second_connection_comes_later(slack):
    async with listening(slack, lines=1, stagger=2.0):
        assert len(slack.links) == 1
        await slack.until(lambda: len(slack.links) == 2)


async def test_slack_that_cannot_be_reached_at_the_start_is_tried_again(slack):
    slack.fail("auth.test", kind="http_500_html")
    slack.fail("apps.connections.open", kind="http_500_html")
    slack.fail("apps.connections.open", kind="429", seconds=0.01)
    async with desk(slack, ping=0.05) as messenger:
        listening_ = asyncio.create_task(heard(messenger.incoming(), Said))
        await slack.until(lambda: slack.links)
        await slack.direct("here")
        assert (await listening_).text == "here"


async def test_an_answer_that_nobody_expects_is_no_reason_to_stay_unconnected(slack, monkeypatch):
    issue, odd = Connection.issue_new_wss_url, [KeyError("url")] * 2  # for both connections

    async def issued(connection: Connection) -> str:
        if odd:
            raise odd.pop()
        return await issue(connection)

    monkeypatch.setattr(Connection, "issue_new_wss_url", issued)
    async with listening(slack, ping=0.05) as ear:
        await slack.direct("here")
        await slack.until(lambda: ear.texts() == ["here"])
    assert odd == []  # both were met


@pytest.mark.parametrize("how", ["app token", "bot token", "no token", "link", "uninstalled", "later"])
async def test_dead_credentials_end_the_listening(slack, how):
    more = {"app token": {"app_token": "xapp-wrong"}, "no token": {"app_token": ""}}.get(how, {})
    if how == "bot token":
        slack.revoke()
    async with desk(slack, ping=0.1, **more) as messenger:
        ear = Ear(messenger)
        if how in ("link", "uninstalled", "later"):
            await slack.until(lambda: len(slack.links) == 2)
        if how == "link":
            await slack.disconnect("link_disabled")
        elif how == "uninstalled":
            await slack.event({"type": "app_uninstalled"})
        elif how == "later":
            slack.revoke()
            await slack.close_connections()
        error = await ear.failed()
        assert isinstance(error, BadCredentials)
        assert not [one for one in (slack.bot_token, slack.app_token) if one in repr(error)]
        assert not messenger.healthy()
