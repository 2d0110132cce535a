"""What Slack sends an app, field by field: slash commands, presses, submissions, events."""

from __future__ import annotations

import copy

from tests.doubles.slack_blocks import Json
from tests.doubles.slack_delivery import Outcome
from tests.doubles.slack_workspace import APP, BOT, BOT_USER, DOMAIN, TEAM, Channel, User

VERIFICATION = "a-verification-token-that-nobody-should-trust"
_TEAM = {"id": TEAM, "domain": DOMAIN}


def slash(command: str, text: str, user: User, channel: Channel, outcome: Outcome) -> Json:
    """A slash command."""
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": "directmessage" if channel.person else channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": outcome.response_url,
        "trigger_id": outcome.trigger_id,
    }


def _interaction(kind: str, user: User, trigger: str) -> Json:
    person = {"id": user.id, "username": user.name, "name": user.name, "team_id": TEAM}
    install = {"enterprise": None, "is_enterprise_install": False}
    sent = {"api_app_id": APP, "token": VERIFICATION, "trigger_id": trigger}
    return {"type": kind, "user": person, "team": _TEAM, **sent, **install}


def press(user: User, channel: Channel, message: Json, action: Json, outcome: Outcome) -> Json:
    """A press in a message; a message that only one person sees does not come along."""
    ts, private = message["ts"], "to" in message
    container = {"type": "message", "message_ts": ts, "channel_id": channel.id, "is_ephemeral": private}
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    place: Json = {"container": container, "channel": {"id": channel.id, "name": channel.name}}
    if not private:
        place["message"] = copy.deepcopy(message)
    rest = {"state": {"values": {}}, "response_url": outcome.response_url, "actions": [action]}
    return {**_interaction("block_actions", user, outcome.trigger_id), **place, **rest}


def press_in_view(user: User, view: Json, action: Json, trigger: str) -> Json:
    """A press in a modal or in the Home tab: no channel, no response_url."""
    place = {"container": {"type": "view", "view_id": view["id"]}, "view": copy.deepcopy(view)}
    return {**_interaction("block_actions", user, trigger), **place, "actions": [action]}


def chosen(user: User, channel: Channel, message: Json, callback_id: str, outcome: Outcome) -> Json:
    """A shortcut on a message."""
    place = {"channel": {"id": channel.id, "name": channel.name}, "message_ts": message["ts"]}
    rest = {"callback_id": callback_id, "action_ts": "1.0", "response_url": outcome.response_url}
    about = {"message": copy.deepcopy(message)}
    return {**_interaction("message_action", user, outcome.trigger_id), **place, **about, **rest}


def shortcut(user: User, callback_id: str, trigger: str) -> Json:
    """A shortcut that belongs to no message."""
    return {**_interaction("shortcut", user, trigger), "callback_id": callback_id, "action_ts": "1.0"}


def submission(user: User, view: Json, values: Json, trigger: str) -> Json:
    """A modal handed in."""
    filled = {**copy.deepcopy(view), "state": {"values": values}}
    return {**_interaction("view_submission", user, trigger), "view": filled, "response_urls": []}


def action(element: Json, value: str | None, ts: str, block_id: str) -> Json:
    """What was pressed or chosen."""
    base = {"action_id": element.get("action_id"), "block_id": block_id, "type": element["type"]}
    if element["type"] == "button":
        said = {"text": element["text"]} if "text" in element else {}
        said = {**said, **({"value": value} if value is not None else {})}
    elif element["type"] == "plain_text_input":
        said = {"value": value}
    else:
        options = element.get("options", [])
        chosen = next((one for one in options if one["value"] == value), {"value": value})
        said = {"selected_option": chosen}
    return {**base, **said, "action_ts": ts}


def event(inner: Json, event_id: str, moment: int) -> Json:
    """An event of the Events API around its inner event."""
    mine = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "api_app_id": APP,
        "event": inner,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": moment,
        "authorizations": [{**mine, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }


def said(kind: str, message: Json, channel: Channel) -> Json:
    """The inner event of a person's words: app_mention, or message in a direct message."""
    inner: Json = {name: message[name] for name in ("user", "text", "ts", "thread_ts") if name in message}
    place = {"channel_type": "im"} if kind == "message" else {}
    return {"type": kind, **inner, **place, "channel": channel.id, "event_ts": message["ts"], "team": TEAM}


def below(message: Json, channel: Channel, parent: str, *, broadcast: bool) -> Json:
    """The inner event of a person's words in a thread of a channel, whose head is the `parent`'s."""
    kind = {"channel_type": "group" if channel.private else "channel", "parent_user_id": parent}
    return {
        **said("message", message, channel),
        **kind,
        **({"subtype": "thread_broadcast"} if broadcast else {}),
    }


def edited(message: Json, before: Json, channel: Channel, ts: str) -> Json:
    """The inner event of an edit."""
    kind = {"im": "im", "groups": "group", "channels": "channel"}[channel.family]
    place = {"channel": channel.id, "channel_type": kind, "ts": ts, "event_ts": ts}
    return {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": message,
        "previous_message": before,
        **place,
    }


def echo(message: Json, channel: Channel) -> Json:
    """The inner event by which an app hears its own direct message."""
    own = {"bot_id": BOT, "app_id": APP, "user": BOT_USER}
    return {**said("message", message, channel), **own}
