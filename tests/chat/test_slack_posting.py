"""Posting to Slack once, finding what was posted, and saying what to do when Slack refuses."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.slack.api import told, vendor_log
from bot.chat.slack.errors import ABOUT_THE_MESSAGE
from bot.chat.slack.messenger import SlackMessenger
from bot.domain.errors import BadCredentials, MessengerError, Refused, RetryLater, Unconfirmed
from bot.domain.events import Payload, Posted, Unknown
from bot.domain.model import Address
from bot.wording.language import speaking
from tests.chat.slack_far_end import FAST, HOME, desk, settings, shown
from tests.contracts.messenger import a_message
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_workspace import BOT_USER, SCOPES


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble(pace=FAST) as double:
        yield double


@pytest.fixture
async def messenger(slack: SlackDouble) -> AsyncIterator[SlackMessenger]:
    async with desk(slack) as opened:
        yield opened


def payload(messenger: SlackMessenger, text: str = "Ferries") -> Payload:
    (part,) = messenger.render(a_message(text))
    return part


def just_now() -> datetime:
    return datetime.now(UTC)


async def test_a_post_carries_its_key_and_unfurls_nothing(slack, messenger):
    posted = await messenger.post(HOME, payload(messenger), key="k1")
    (call,) = slack.called("chat.postMessage")
    assert call.arguments["metadata"] == {"event_type": "copydesk_digest", "event_payload": {"key": "k1"}}
    assert (call.arguments["unfurl_links"], call.arguments["unfurl_media"]) == (False, False)
    assert "thread_ts" not in call.arguments
    first = call.arguments["client_msg_id"]
    await messenger.post(HOME, payload(messenger), key="k1")
    await messenger.post(HOME, payload(messenger), key="k2")
    again, other = (one.arguments["client_msg_id"] for one in slack.called("chat.postMessage")[1:])
    assert (again == first, other == first) == (True, False)
    assert posted.id == slack.posted("C1")[0]["ts"]


async def test_a_message_has_the_address_that_slack_gives_it(messenger):
    posted = await messenger.post(HOME, payload(messenger), key="k")
    assert messenger.link(HOME, posted.id) is None, "nobody has asked yet where the workspace is"
    await messenger._api.me()
    told = await messenger._api.read("chat.getPermalink", HOME, channel="C1", message_ts=posted.id)
    assert messenger.link(HOME, posted.id) == told["permalink"]


async def test_a_thread_is_posted_to_and_read(slack, messenger):
    head = await messenger.post(HOME, payload(messenger, "Head"), key="head")
    thread = Address("slack", "C1", head.id)
    slack.fail("chat.postMessage", kind="drop_after")
    with pytest.raises(Unconfirmed):
        await messenger.post(thread, payload(messenger, "Reply"), key="reply")
    assert [one.get("thread_ts") for one in slack.posted("C1")][1:] == [head.id]
    found = await messenger.find(thread, "reply", since=just_now())
    assert found == Posted(slack.posted("C1")[1]["ts"])
    assert await messenger.find(HOME, "reply", since=just_now()) is None


async def test_what_stands_under_a_message_is_posted_to_its_thread_and_found_there(slack, messenger):
    head = await messenger.post(HOME, payload(messenger, "Head"), key="head")
    slack.fail("chat.postMessage", kind="drop_after")
    with pytest.raises(Unconfirmed):
        await messenger.post(HOME, payload(messenger, "Detail"), key="detail", parent=head.id)
    assert [one.get("thread_ts") for one in slack.posted("C1")][1:] == [head.id]
    thread = Address("slack", "C1", head.id)
    assert await messenger.find(thread, "detail", since=just_now()) == Posted(slack.posted("C1")[1]["ts"])
    await messenger.post(thread, payload(messenger, "Below"), key="below", parent="999.9")
    assert slack.posted("C1")[2]["thread_ts"] == head.id, "there is no thread inside a thread"


async def test_a_thread_whose_head_was_deleted_closes_no_channel(messenger):
    with pytest.raises(Refused) as refused:
        await messenger.post(HOME, payload(messenger), key="k", parent="999.9")
    assert not refused.value.closed
    with pytest.raises(Refused) as refused:
        await messenger.post(Address("slack", "C1", "999.9"), payload(messenger), key="k")
    assert refused.value.closed


async def test_a_thread_of_a_persons_own_that_is_gone_is_their_direct_message(slack, messenger):
    own = slack.desk.direct("U1").id
    with pytest.raises(Refused) as refused:
        await messenger.post(Address("slack", own, "999.9"), payload(messenger), key="k")
    assert (refused.value.closed, refused.value.moved) == (True, Address("slack", own))


async def test_a_person_is_written_to_in_a_direct_message_opened_once(slack, messenger):
    ada = Address("slack", "@U1")
    for key in ("a", "b"):
        await messenger.post(ada, payload(messenger), key=key)
    room = slack.desk.direct("U1").id
    assert [shown(one) for one in slack.posted(room)] == ["Ferries", "Ferries"]
    assert len(slack.called("conversations.open")) == 1
    assert isinstance(await messenger.find(ada, "b", since=just_now()), Posted)
    with pytest.raises(Refused, match="no such person"):
        await messenger.post(Address("slack", "@U404"), payload(messenger), key="c")


@pytest.mark.parametrize(
    ("kind", "recorded"),
    [
        ("http_500_html", False),
        ("http_500_html", True),
        ("drop_before", False),
        ("drop_after", True),
        ("slow", True),
        ("fatal_error", True),
        ("internal_error", False),
        ("request_timeout", True),
        ("service_unavailable", False),
    ],
)
async def test_a_doubtful_answer_is_unconfirmed_and_can_be_settled(slack, kind, recorded):
    async with desk(slack, answer_within=2.0 if kind == "slow" else 60.0) as messenger:
        slack.fail("chat.postMessage", kind=kind, seconds=60.0, recorded=recorded)
        since = just_now()
        with pytest.raises(Unconfirmed):
            await messenger.post(HOME, payload(messenger), key="k")
        assert len(slack.called("chat.postMessage")) == 1
        found = await messenger.find(HOME, "k", since=since)
        assert [found] == ([Posted(one["ts"]) for one in slack.posted("C1")] or [None])
        assert (found is not None) == recorded


REFUSALS = {
    "channel_not_found": "check the id",
    "not_in_channel": "/invite",
    "is_archived": "unarchive",
    "msg_too_long": "too long",
    "msg_blocks_too_long": "too long",
    "invalid_blocks": "blocks",
    "restricted_action": "ask an admin",
    "restricted_action_read_only_channel": "ask an admin",
    "messages_tab_disabled": "App Home",
    "an_error_of_tomorrow": "an_error_of_tomorrow",
}


@pytest.mark.parametrize("code", REFUSALS)
async def test_a_refusal_says_what_to_do(slack, messenger, code):
    slack.fail("chat.postMessage", kind=code)
    with pytest.raises(Refused, match=REFUSALS[code]) as raised:
        await messenger.post(HOME, payload(messenger), key="k")
    assert code in str(raised.value.reason)
    assert raised.value.closed == (code not in ABOUT_THE_MESSAGE)
    assert slack.posted("C1") == []


async def test_a_missing_scope_is_named(slack, messenger):
    slack.desk.scopes.discard("chat:write")
    with pytest.raises(Refused, match="lacks the scope chat:write"):
        await messenger.post(HOME, payload(messenger), key="k")


@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "token_revoked"])
async def test_a_dead_token_is_told_wherever_it_shows(slack, messenger, code):
    slack.revoke(code)
    with pytest.raises(BadCredentials, match=code):
        await messenger.post(HOME, payload(messenger), key="k")
    with pytest.raises(BadCredentials, match=code):
        await messenger.find(HOME, "k", since=just_now())
    slack.revoke(None)
    await messenger.post(HOME, payload(messenger), key="k")


@pytest.mark.parametrize("code", ["ratelimited", "rate_limited"])
async def test_a_refusal_for_pace_without_a_time_has_one(slack, messenger, code):
    slack.fail("chat.postMessage", kind=code)
    with pytest.raises(RetryLater) as raised:
        await messenger.post(HOME, payload(messenger), key="k")
    assert raised.value.after == 30


# --- finding -----------------------------------------------------------------------------------------


async def test_what_others_posted_is_never_taken_for_ours(slack, messenger):
    metadata = {"event_type": "copydesk_digest", "event_payload": {"key": "k"}}
    for sender in ({"user": "U1"}, {"user": "U2", "bot_id": "B9", "app_id": "A9"}):
        slack.desk.post(
            slack.desk.channels["C1"], {**sender, "text": "k", "metadata": metadata}, by_bot=False
        )
    assert await messenger.find(HOME, "k", since=just_now()) is None


async def test_what_is_older_than_the_attempt_is_not_it(messenger):
    await messenger.post(HOME, payload(messenger), key="k")
    assert isinstance(await messenger.find(HOME, "k", since=just_now()), Posted)
    assert await messenger.find(HOME, "k", since=just_now() + timedelta(hours=2)) is None


async def test_a_busy_channel_is_read_page_by_page_and_given_up_honestly(slack, messenger):
    channel = slack.desk.channels["C1"]
    since = just_now()
    for number in range(40):
        slack.desk.post(channel, {"user": "U1", "text": str(number)}, by_bot=False)
    await messenger.post(HOME, payload(messenger), key="k")
    assert isinstance(await messenger.find(HOME, "k", since=since), Posted)
    assert {call.arguments["limit"] for call in slack.called("conversations.history")} == {"15"}
    assert len(slack.called("conversations.history")) == 3
    assert await messenger.find(HOME, "other", since=since) is None
    for number in range(150):
        slack.desk.post(channel, {"user": "U1", "text": str(number)}, by_bot=False)
    lost = await messenger.find(HOME, "other", since=since)
    assert isinstance(lost, Unknown)
    assert "150 messages" in str(lost.reason)


@pytest.mark.parametrize("how", ["scope", "membership", "channel"])
async def test_a_history_that_cannot_be_read_is_unknown(slack, messenger, how):
    to = HOME
    if how == "scope":
        slack.desk.scopes.discard("channels:history")
    elif how == "membership":
        slack.desk.channels["C1"].members.discard(BOT_USER)
    else:
        to = Address("slack", "C404")
    found = await messenger.find(to, "k", since=just_now())
    assert isinstance(found, Unknown)
    assert "cannot be read" in str(found.reason)


async def test_reading_waits_out_a_short_pause_and_repeats_a_lost_answer(slack, messenger):
    await messenger.post(HOME, payload(messenger), key="k")
    slack.fail("conversations.history", kind="429", seconds=0.01)
    slack.fail("conversations.history", kind="drop_before")
    assert isinstance(await messenger.find(HOME, "k", since=just_now()), Posted)
    assert slack.impatient == 0


@pytest.mark.parametrize(("kind", "after"), [("http_500_html", 10), ("fatal_error", 10), ("429", 60)])
async def test_reading_that_fails_can_be_tried_later(slack, messenger, kind, after):
    slack.fail("conversations.history", kind=kind, seconds=60, times=3)
    with pytest.raises(RetryLater) as raised:
        await messenger.find(HOME, "k", since=just_now())
    assert raised.value.after == after


# --- can it post there -------------------------------------------------------------------------------


async def test_reach_names_each_shortcoming_and_its_remedy(slack, messenger):
    slack.add_channel("C2", "sports", member=False)
    slack.add_channel("C3", "attic", archived=True)
    slack.add_channel("C4", "cellar", private=True)
    said = {name: await messenger.reach(Address("slack", name)) for name in ("C1", "C2", "C3", "C4", "@U1")}
    assert (said["C1"], said["C4"], said["@U1"]) == (None, None, None)
    assert "/invite @copydesk in #sports" in str(said["C2"])
    assert "archived" in str(said["C3"])
    assert "check the id" in str(await messenger.reach(Address("slack", "C404")))
    assert "no such person" in str(await messenger.reach(Address("slack", "@U404")))
    assert "thread is gone" in str(await messenger.reach(Address("slack", "C1", "1.000001")))


async def test_a_channel_is_called_what_its_people_call_it(slack, messenger):
    slack.add_channel("C2", "sports", member=False)
    slack.add_channel("C4", "cellar", private=True)
    called = {name: await messenger.name_of(Address("slack", name, "1.2")) for name in ("C2", "C4", "@U1")}
    assert called == {"C2": "#sports", "C4": "#cellar", "@U1": None}


async def test_reach_names_missing_scopes():
    scopes = SCOPES - {"chat:write", "channels:history", "im:write"}
    async with SlackDouble(scopes=scopes) as slack, desk(slack) as messenger:
        assert "scopes channels:history, chat:write" in str(await messenger.reach(HOME))
        assert "scope im:write" in str(await messenger.reach(Address("slack", "@U1")))
        with speaking("de"):
            told = str(await messenger.reach(HOME))
        assert told.startswith("der App fehlen die Scopes channels:history, chat:write")


# --- secrets -----------------------------------------------------------------------------------------


async def test_no_secret_is_shown_in_a_repr_an_error_or_a_log(slack):
    secrets = (slack.bot_token, slack.app_token, slack.signing_secret)
    log, lines = vendor_log(), io.StringIO()
    watcher = logging.StreamHandler(lines)
    log.addHandler(watcher)
    try:
        async with desk(slack, answer_within=0.2) as messenger:
            seen = [repr(settings(slack)), str(settings(slack)), repr(messenger)]
            for kind in ("drop_after", "http_500_html", "slow", "fatal_error", "not_in_channel"):
                slack.fail("chat.postMessage", kind=kind, seconds=1.0)
                with pytest.raises(MessengerError) as raised:
                    await messenger.post(HOME, payload(messenger), key="k")
                error = raised.value
                assert (error.__cause__, error.__context__) == (None, None)
                seen += [str(error), repr(error)]
        log.error("Failed: %s with %s", "wss://x.example/link/?ticket=abc-12&app_id=A1", "xoxb-1-2-abc")
        seen.append(lines.getvalue())
    finally:
        log.removeHandler(watcher)
    assert "(secret)" in lines.getvalue()
    for secret in (*secrets, "abc-12", "xoxb-1-2-abc"):
        assert not [one for one in seen if secret in one]


def test_secrets_are_taken_out_of_a_line():
    line = "xoxb-12-34-AbC xapp-1-A2-3-beef https://hooks.slack.com/commands/T1/2/xyz?ticket=q plain"
    assert told(line) == "(secret) (secret) https://hooks.slack.com/(secret) plain"
