"""The app manifest asks for what the desk uses, and for nothing else."""

from __future__ import annotations

import asyncio
import re
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.chat.slack.events import INBOX, SHORTCUTS, file
from bot.chat.slack.settings import SlackSettings
from bot.domain.errors import Refused
from bot.domain.events import Posted, Said
from bot.domain.model import Address
from tests.chat.slack_far_end import FAST, desk
from tests.contracts.messenger import a_message
from tests.doubles.slack import SlackDouble
from tests.doubles.slack_workspace import BOT_USER

MANIFEST = (Path(__file__).parents[2] / "deploy" / "slack-manifest.yaml").read_text(encoding="utf-8")
PLACES = (Address("slack", "C1"), Address("slack", "C2"), Address("slack", "@U1"))


def listed(key: str) -> set[str]:
    """The items of a list in the manifest."""
    found = re.search(rf"^( *){key}:\n((?:\1  - .*\n)+)", MANIFEST, re.MULTILINE)
    assert found
    return {line.split("#")[0].strip(" -") for line in found[2].splitlines()}


async def works(scopes: set[str]) -> bool:
    """Whether the desk can post, read and explain itself everywhere with these scopes."""
    async with SlackDouble(pace=FAST, scopes=scopes) as slack, desk(slack) as messenger:
        slack.add_channel("C2", "cellar", private=True).members.add(BOT_USER)
        try:
            await messenger.zone_of("U1")
        except Refused:
            return False
        since, (payload,) = datetime.now(UTC), messenger.render(a_message("Ferries"))
        if [place for place in PLACES if await messenger.reach(place)]:
            return False
        for place in PLACES:
            await messenger.post(place, payload, key=str(place))
        found = [await messenger.find(place, str(place), since=since) for place in PLACES]
        try:
            assert await messenger._api.file(file(slack.add_file("a.txt", b"x")), PLACES[0], 9) == b"x"
        except Refused:
            return False
        return all(isinstance(one, Posted) for one in found)


async def test_with_its_scopes_everything_works():
    assert await works(listed("bot"))


@pytest.mark.parametrize("scope", sorted(listed("bot") - {"commands", "app_mentions:read", "users:read"}))
async def test_without_any_of_them_something_does_not(scope):
    assert not await works(listed("bot") - {scope})


def test_it_subscribes_to_what_is_heard_and_names_the_command():
    assert listed("bot_events") == {
        *(
            "app_home_opened",
            "app_mention",
            "app_uninstalled",
            "message.channels",
            "message.groups",
            "message.im",
        ),
        *("member_joined_channel", "channel_unarchive", "group_unarchive"),
    }
    assert {"commands", "app_mentions:read", "im:history"} <= listed("bot")
    assert f"- command: {SlackSettings('t').command}\n" in MANIFEST
    for needed in (
        "socket_mode_enabled: true",
        "is_enabled: true",
        "home_tab_enabled: true",
        "messages_tab_enabled: true",
        "messages_tab_read_only_enabled: false",
    ):
        assert needed in MANIFEST


def test_its_shortcuts_are_those_that_are_heard():
    kinds = re.findall(r"type: (\w+)\n +callback_id: (\w+)", MANIFEST)
    assert {name for kind, name in kinds if kind == "global"} == SHORTCUTS
    assert [name for kind, name in kinds if kind == "message"] == [INBOX]
    assert all(len(name) <= 24 for name in re.findall(r"- name: (.+)", MANIFEST))


def test_check_asks_for_what_the_manifest_asks_for():
    from bot.chat.slack.history import SCOPES

    assert frozenset(listed("bot")) == SCOPES | {
        "users:read"
    }  # without it answers are in the desk's language


ASSISTANT = (Path(__file__).parents[2] / "deploy" / "slack-manifest-assistant.yaml").read_text(
    encoding="utf-8"
)


async def test_as_an_assistant_it_asks_for_what_that_takes_and_nothing_else():
    plain, assistant = yaml.safe_load(MANIFEST), yaml.safe_load(ASSISTANT)
    view = assistant["features"].pop("assistant_view")
    assert 0 < len(view["assistant_description"]) <= 300
    scopes, events = assistant["oauth_config"]["scopes"]["bot"], assistant["settings"]["event_subscriptions"]
    scopes.remove("assistant:write")
    events["bot_events"].remove("assistant_thread_started")
    assert assistant == plain
    with_it = set(yaml.safe_load(ASSISTANT)["oauth_config"]["scopes"]["bot"])
    async with (
        SlackDouble(pace=FAST, scopes=with_it) as slack,
        desk(slack) as messenger,
        aclosing(messenger.incoming()) as stream,
    ):
        heard = asyncio.ensure_future(anext(stream))
        await slack.until(lambda: slack.links)
        began = await slack.open_assistant()
        said = await asyncio.wait_for(heard, 20)
        assert isinstance(said, Said)
        assert (said.text, said.at.thread) == ("help", began.ts)
        await messenger.reply(said, a_message("What I can do"))
        (prompts,) = slack.called("assistant.threads.setSuggestedPrompts")
        assert prompts.answer["ok"]
