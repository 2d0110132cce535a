"""What the Slack double lets an app see and do: tokens, scopes, channels, histories, what readers read."""

from __future__ import annotations

import json

import aiohttp
import pytest

from tests.doubles.slack import SlackDouble
from tests.doubles.slack_client import (
    FAST,
    KEYED,
    client_of,
    refusal,
    section,
    words,
)


async def test_knows_which_channels_the_app_may_use():
    async with SlackDouble() as slack:
        slack.add_channel("C2", "elsewhere", member=False)
        slack.add_channel("C3", "hidden", member=False, private=True)
        slack.add_channel("C4", "old", archived=True)
        slack.add_channel("C5", "announcements", refuses="restricted_action")
        client = client_of(slack)
        wanted = {"C2": "not_in_channel", "C3": "channel_not_found", "C4": "is_archived"}
        wanted |= {"C5": "restricted_action", "C9": "channel_not_found", "#news": "channel_not_found"}
        for channel, error in wanted.items():
            assert (await refusal(client.chat_postMessage(channel=channel, text="x")))["error"] == error
        await client.conversations_join(channel="C2")
        await client.chat_postMessage(channel="C2", text="x")
        assert "C3" not in {one["id"] for one in (await client.conversations_list())["channels"]}


async def test_a_post_without_membership_cannot_be_found_again():
    async with SlackDouble(scopes={"chat:write", "chat:write.public", "channels:history"}) as slack:
        slack.add_channel("C2", "elsewhere", member=False)
        client = client_of(slack)
        await client.chat_postMessage(channel="C2", text="x")
        assert (await refusal(client.conversations_history(channel="C2")))["error"] == "not_in_channel"
        slack.desk.channels["C1"].readable = False
        await client.chat_postMessage(channel="C1", text="x")
        assert (await refusal(client.conversations_history(channel="C1")))["error"] == "not_in_channel"


async def test_names_the_missing_scope():
    async with SlackDouble(scopes={"chat:write"}) as slack:
        answer = await refusal(client_of(slack).conversations_history(channel="C1"))
        assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:history")
        assert answer["provided"] == "chat:write"


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_dead_token_stays_dead(error: str):
    async with SlackDouble() as slack:
        slack.revoke(error)
        for _ in range(2):
            assert (await refusal(client_of(slack).auth_test()))["error"] == error


async def test_reads_json_forms_and_queries_alike():
    async with SlackDouble() as slack, aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {slack.bot_token}"}
        call = slack.url + "chat.postMessage"
        said = {"channel": "C1", "text": "x", "blocks": json.dumps([section("y")])}
        for how in ({"data": said}, {"params": said}, {"json": said}):
            async with session.post(call, headers=headers, **how) as reply:
                assert (await reply.json())["ok"]
                assert "chat:write" in reply.headers["X-OAuth-Scopes"].split(",")
        async with session.post(call, data={**said, "token": slack.bot_token}) as reply:
            assert (await reply.json())["ok"]
        async with session.post(call, data=said) as reply:
            assert (await reply.json())["error"] == "not_authed"
        broken = {**headers, "Content-Type": "application/json"}
        async with session.post(call, data=b"{", headers=broken) as reply:
            assert (await reply.json())["error"] == "invalid_json"
        assert [one["blocks"][0]["text"]["text"] for one in slack.posted("C1")] == ["y"] * 4


async def test_tells_tokens_apart():
    async with SlackDouble() as slack:
        client = client_of(slack)
        assert (await refusal(client.auth_test(token="xoxb-other")))["error"] == "invalid_auth"
        assert (await refusal(client.auth_test(token=slack.app_token)))["error"] == "not_allowed_token_type"
        opening = client.apps_connections_open(app_token=slack.bot_token)
        assert (await refusal(opening))["error"] == "not_allowed_token_type"
        answer = await refusal(client.api_call("chat.shout"))
        assert (answer["error"], answer["req_method"]) == ("unknown_method", "chat.shout")


async def test_history_holds_no_replies_and_no_payload_unasked():
    async with SlackDouble() as slack:
        client = client_of(slack)
        head = await client.chat_postMessage(channel="C1", text="head", metadata=KEYED)
        reply = await client.chat_postMessage(
            channel="C1", text="reply", thread_ts=head["ts"], metadata=KEYED
        )
        plain = (await client.conversations_history(channel="C1"))["messages"]
        assert [message["text"] for message in plain] == ["head"]
        assert "event_payload" not in plain[0]["metadata"]
        asked = await client.conversations_history(channel="C1", include_all_metadata=True)
        assert asked["messages"][0]["metadata"] == KEYED
        thread = await client.conversations_replies(channel="C1", ts=head["ts"], include_all_metadata=True)
        assert [message["ts"] for message in thread["messages"]] == [head["ts"], reply["ts"]]
        assert thread["messages"][1]["metadata"] == KEYED


async def test_a_short_page_from_oldest_misses_the_newest_message():
    async with SlackDouble(pace=FAST) as slack:
        client = client_of(slack)
        stamps = [(await client.chat_postMessage(channel="C1", text=str(n)))["ts"] for n in range(20)]
        assert stamps == sorted(set(stamps))
        page = await client.conversations_history(channel="C1", oldest=stamps[0], inclusive=True, limit=15)
        assert [message["text"] for message in page["messages"]] == [str(n) for n in range(14, -1, -1)]
        assert page["has_more"]
        rest = await client.conversations_history(
            channel="C1",
            oldest=stamps[0],
            inclusive=True,
            limit=15,
            cursor=page["response_metadata"]["next_cursor"],
        )
        assert [message["text"] for message in rest["messages"]] == ["19", "18", "17", "16", "15"]
        newest = await client.conversations_history(channel="C1", limit=2)
        assert [message["text"] for message in newest["messages"]] == ["19", "18"]


async def test_a_deleted_head_leaves_a_tombstone():
    async with SlackDouble() as slack:
        client = client_of(slack)
        head = await client.chat_postMessage(channel="C1", text="head")
        reply = await client.chat_postMessage(channel="C1", text="reply", thread_ts=head["ts"])
        wrong = client.chat_postMessage(channel="C1", text="deeper", thread_ts=reply["ts"])
        assert (await refusal(wrong))["error"] == "cannot_reply_to_message"
        await client.chat_delete(channel="C1", ts=head["ts"])
        history = await client.conversations_history(channel="C1")
        assert history["messages"][0]["subtype"] == "tombstone"
        assert (await refusal(client.chat_update(channel="C1", ts=head["ts"], text="x")))[
            "error"
        ] == "cant_update_message"
        assert (await refusal(client.chat_delete(channel="C1", ts="1.0")))["error"] == "message_not_found"


async def test_permalinks_people_and_direct_messages():
    async with SlackDouble() as slack:
        slack.add_user("U3", "cyd", deleted=True)
        client = client_of(slack)
        posted = await client.chat_postMessage(channel="U1", text="to you")
        assert posted["channel"] == (await client.conversations_open(users="U1"))["channel"]["id"]
        link = await client.chat_getPermalink(channel=posted["channel"], message_ts=posted["ts"])
        assert link["permalink"].endswith("/p" + posted["ts"].replace(".", ""))
        assert (await client.users_info(user="U1"))["user"]["tz"] == "Europe/London"
        assert (await client.bots_info(bot="B1"))["bot"]["user_id"] == (await client.auth_test())["user_id"]
        assert (await refusal(client.conversations_open(users="U3")))["error"] == "user_disabled"
        assert (await refusal(client.conversations_open(users="U9")))["error"] == "user_not_found"
        stranger = client.chat_postEphemeral(channel="C1", user="U9", text="x")
        assert (await refusal(stranger))["error"] == "user_not_in_channel"
        await client.chat_postEphemeral(channel="C1", user="U1", text="only you")
        assert (await client.conversations_history(channel="C1"))["messages"] == []
        assert slack.ephemerals[0]["to"] == "U1"


async def test_shows_what_a_reader_sees_and_whom_it_pings():
    async with SlackDouble() as slack:
        client = client_of(slack)
        blocks = [
            {"type": "header", "text": words("<!here> AT&T", "plain_text")},
            section("<https://example.com/a|A &amp; B> said &lt;!channel&gt; &amp;amp;"),
            {
                "type": "rich_text",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "1 < 2 <!channel>"}]}
                ],
            },
        ]
        await client.chat_postMessage(channel="C1", text="A &amp; B", blocks=blocks)
        assert slack.texts("C1") == [
            "A & B",
            "<!here> AT&T",
            "A & B said <!channel> &amp;",
            "1 < 2 <!channel>",
        ]
        assert slack.links_shown() == [("https://example.com/a", "A &amp; B")]
        assert slack.pings() == []


@pytest.mark.parametrize(
    "text", ["<!channel> look", "<!here|here>", "ask <@U1>", "<@U2|ben>", "<!subteam^S1|desk>", "<!everyone>"]
)
async def test_hears_the_pings_of_unescaped_text(text: str):
    async with SlackDouble() as slack:
        await client_of(slack).chat_postMessage(channel="C1", text="x", blocks=[section(text)])
        assert len(slack.pings()) == 1


async def test_bare_names_ping_only_when_slack_is_asked_to_parse():
    async with SlackDouble() as slack:
        await client_of(slack).chat_postMessage(channel="C1", text="@channel")
        assert slack.pings() == []
        await client_of(slack).chat_postMessage(channel="C1", text="@channel", link_names=True)
        assert slack.pings() == ["@channel"]
