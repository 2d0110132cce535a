"""The Web API's reading methods, upon a workspace: conversations.*, users.info, bots.info, auth.test, views.*."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from tests.doubles import slack_rules as rules
from tests.doubles.slack_blocks import Json
from tests.doubles.slack_chat import yes
from tests.doubles.slack_rules import Refused
from tests.doubles.slack_workspace import APP, BOT, BOT_USER, DOMAIN, TEAM, Channel, User, Workspace, micros

MODALS_MOST = 3
"""Modals that may lie upon each other: docs.slack.dev/surfaces/modals."""


def auth_test(desk: Workspace, _given: Json) -> Json:
    """auth.test."""
    me = desk.users[BOT_USER]
    names = {"url": f"https://{DOMAIN}.slack.com/", "team": "Example Desk", "user": me.name, "team_id": TEAM}
    return {"ok": True, **names, "user_id": me.id, "bot_id": BOT, "is_enterprise_install": False}


def history(desk: Workspace, given: Json) -> Json:
    """conversations.history: newest first, no replies, payloads of metadata only when asked for.

    With `oldest` and no `latest` a page holds the messages closest to `oldest` (Slack's channels.history page), so
    a short page after a busy minute does not show the newest message.
    """
    channel = desk.legible(given.get("channel"))
    inside = [one for one in _between(channel, given) if _in_history(one)]
    forward = bool(given.get("oldest")) and not given.get("latest")
    page, cursor = _page(inside if forward else inside[::-1], given, usual=100, most=999)
    return _listed(page[::-1] if forward else page, cursor, given)


def replies(desk: Workspace, given: Json) -> Json:
    """conversations.replies: the head, then its replies, oldest first."""
    channel = desk.legible(given.get("channel"))
    head = channel.messages.get(str(given.get("ts")))
    if head is None:
        raise Refused("thread_not_found")
    thread = str(head.get("thread_ts", head["ts"]))
    rest = [one for one in _between(channel, given) if one.get("thread_ts") == thread and one["ts"] != thread]
    page, cursor = _page([channel.messages[thread], *rest], given, usual=1000, most=1000)
    return _listed(page, cursor, given)


def _in_history(message: Json) -> bool:
    return (
        message.get("thread_ts", message["ts"]) == message["ts"]
        or message.get("subtype") == "thread_broadcast"
    )


def _between(channel: Channel, given: Json) -> list[Json]:
    edge = 0 if yes(given.get("inclusive")) else 1
    first = micros(given["oldest"]) + edge if given.get("oldest") else 0
    last = micros(given["latest"]) - edge if given.get("latest") else 1 << 62
    return [one for ts, one in channel.messages.items() if first <= micros(ts) <= last]


def _page(items: list[Any], given: Json, *, usual: int, most: int) -> tuple[list[Any], str]:
    try:
        start = int(str(given.get("cursor") or "next:0").removeprefix("next:"))
        limit = min(max(int(given.get("limit") or usual), 1), most)
    except ValueError:
        raise Refused("invalid_cursor" if given.get("cursor") else "invalid_limit") from None
    end = start + limit
    return items[start:end], f"next:{end}" if end < len(items) else ""


def _listed(page: Iterable[Json], cursor: str, given: Json) -> Json:
    messages = copy.deepcopy(list(page))
    if not yes(given.get("include_all_metadata")):
        for message in messages:
            if "metadata" in message:
                message["metadata"] = {"event_type": message["metadata"]["event_type"]}
    answer: Json = {"ok": True, "messages": messages, "has_more": bool(cursor), "pin_count": 0}
    return {**answer, "response_metadata": {"next_cursor": cursor}} if cursor else answer


def described(channel: Channel) -> Json:
    """The conversation object."""
    kind = {"im": "is_im", "groups": "is_group", "channels": "is_channel"}[channel.family]
    common = {"id": channel.id, kind: True, "is_archived": channel.archived, "created": 1_700_000_000}
    if channel.person:
        return {**common, "user": channel.person, "is_open": True}
    mine = {"is_member": BOT_USER in channel.members, "is_private": channel.private}
    return {**common, **mine, "name": channel.name, "num_members": len(channel.members), "is_im": False}


def info(desk: Workspace, given: Json) -> Json:
    """conversations.info."""
    channel = desk.visible(given.get("channel"))
    desk.need(f"{channel.family}:read")
    return {"ok": True, "channel": described(channel)}


def listing(desk: Workspace, given: Json) -> Json:
    """conversations.list."""
    kinds = str(given.get("types") or "public_channel").split(",")
    families = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
    if any(kind.strip() not in families for kind in kinds):
        raise Refused("invalid_types")
    wanted = {families[kind.strip()] for kind in kinds}
    desk.need(*(f"{family}:read" for family in sorted(wanted)))
    seen = [one for one in desk.channels.values() if one.family in wanted]
    seen = [one for one in seen if not one.private or BOT_USER in one.members]
    if yes(given.get("exclude_archived")):
        seen = [one for one in seen if not one.archived]
    page, cursor = _page(seen, given, usual=100, most=999)
    return {"ok": True, "channels": [*map(described, page)], "response_metadata": {"next_cursor": cursor}}


def members(desk: Workspace, given: Json) -> Json:
    """conversations.members."""
    channel = desk.visible(given.get("channel"))
    desk.need(f"{channel.family}:read")
    page, cursor = _page(sorted(channel.members), given, usual=100, most=1000)
    return {"ok": True, "members": page, "response_metadata": {"next_cursor": cursor}}


def opening(desk: Workspace, given: Json) -> Json:
    """conversations.open, for one person."""
    desk.need("im:write")
    if given.get("channel"):
        channel = desk.visible(given["channel"])
    else:
        people = str(given.get("users") or "").split(",")
        if people == [""]:
            raise Refused("users_list_not_supplied")
        if len(people) > 1:
            raise Refused("missing_scope", needed="mpim:write", provided=",".join(sorted(desk.scopes)))
        channel = desk.direct(people[0])
    full = yes(given.get("return_im"))
    return {"ok": True, "channel": described(channel) if full else {"id": channel.id}}


def join(desk: Workspace, given: Json) -> Json:
    """conversations.join: public channels only."""
    desk.need("channels:join")
    channel = desk.visible(given.get("channel"))
    if channel.family != "channels":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    again = BOT_USER in channel.members
    channel.members.add(BOT_USER)
    answer = {"ok": True, "channel": described(channel)}
    warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return {**answer, **warned} if again else answer


def user_info(desk: Workspace, given: Json) -> Json:
    """users.info."""
    desk.need("users:read")
    user: User | None = desk.users.get(str(given.get("user")))
    if user is None:
        raise Refused("user_not_found")
    profile = {"real_name": user.name, "display_name": user.name}
    about = {"name": user.name, "real_name": user.name, "tz": user.tz, "deleted": user.deleted}
    about |= {"is_admin": user.admin, "is_owner": False}
    if str(given.get("include_locale")).casefold() in {
        "1",
        "true",
    }:  # docs.slack.dev/reference/methods/users.info
        about["locale"] = user.locale
    return {
        "ok": True,
        "user": {"id": user.id, "team_id": TEAM, **about, "is_bot": user.bot, "profile": profile},
    }


def bot_info(desk: Workspace, given: Json) -> Json:
    """bots.info."""
    desk.need("users:read")
    if given.get("bot") != BOT:
        raise Refused("bot_not_found")
    mine = {"id": BOT, "app_id": APP, "user_id": BOT_USER, "name": "copydesk", "deleted": False}
    return {"ok": True, "bot": mine}


def open_view(desk: Workspace, given: Json) -> Json:
    """views.open: the trigger is good once, for three seconds."""
    desk.spend(given.get("trigger_id"))
    return {"ok": True, "view": desk.show_view(rules.view(given.get("view"), "modal"), user=None)}


def push_view(desk: Workspace, given: Json) -> Json:
    """views.push: upon the modal in which something was pressed; three lie upon each other at most."""
    desk.spend(given.get("trigger_id"))
    if sum(one["type"] == "modal" for one in desk.views.values()) >= MODALS_MOST:
        raise Refused("push_limit_reached")
    return {"ok": True, "view": desk.show_view(rules.view(given.get("view"), "modal"), user=None)}


def publish_view(desk: Workspace, given: Json) -> Json:
    """views.publish: a person's Home tab."""
    user = str(given.get("user_id"))
    if user not in desk.users:
        raise Refused("user_not_found")
    old = desk.views.get(f"VHOME{user}")
    if given.get("hash") and old and given["hash"] != old["hash"]:
        raise Refused("hash_conflict")
    view = rules.view(given.get("view"), "home")
    return {"ok": True, "view": desk.show_view(view, user=user, name=f"VHOME{user}")}


def update_view(desk: Workspace, given: Json) -> Json:
    """views.update, by view_id."""
    old = desk.views.get(str(given.get("view_id")))
    if old is None:
        raise Refused("not_found")
    if given.get("hash") and given["hash"] != old["hash"]:
        raise Refused("hash_conflict")
    view = rules.view(given.get("view"), old["type"])
    return {"ok": True, "view": desk.show_view(view, user=old["user"], name=old["id"])}


def suggest_prompts(desk: Workspace, given: Json) -> Json:
    """assistant.threads.setSuggestedPrompts: four at most, in a thread of a direct message."""
    desk.need("assistant:write")
    channel = desk.channels.get(str(given.get("channel_id")))
    if channel is None or not channel.person or given.get("thread_ts") not in channel.messages:
        raise Refused("channel_not_found")
    prompts = rules.structured(given.get("prompts"), "invalid_arguments")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        raise Refused("invalid_arguments")
    if not all(one.get("title") and one.get("message") for one in prompts):
        raise Refused("invalid_arguments")
    return {"ok": True}


METHODS = {
    "assistant.threads.setSuggestedPrompts": suggest_prompts,
    "auth.test": auth_test,
    "conversations.history": history,
    "conversations.replies": replies,
    "conversations.info": info,
    "conversations.list": listing,
    "conversations.members": members,
    "conversations.open": opening,
    "conversations.join": join,
    "users.info": user_info,
    "bots.info": bot_info,
    "views.open": open_view,
    "views.publish": publish_view,
    "views.push": push_view,
    "views.update": update_view,
}
