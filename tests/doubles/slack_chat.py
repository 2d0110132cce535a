"""The Web API's chat.* methods, upon a workspace."""

from __future__ import annotations

import copy
from typing import Any

from tests.doubles import slack_rules as rules
from tests.doubles.slack_blocks import Json
from tests.doubles.slack_rules import Refused
from tests.doubles.slack_workspace import BOT, BOT_USER, DOMAIN, POST_SCOPE, Channel, Workspace


def yes(value: Any) -> bool:
    """A flag, as JSON or as a form carries it."""
    return value in (True, 1, "1", "true", "True")


def post_message(desk: Workspace, given: Json) -> Json:
    """chat.postMessage."""
    desk.need(POST_SCOPE)
    if not given.get("channel"):
        raise Refused("channel_not_found")
    channel = desk.postable(given["channel"])
    said = rules.content(given)
    kept = rules.metadata(given.get("metadata"))
    message: Json = {"text": said.text}
    if said.blocks:
        message["blocks"] = said.blocks
    if kept:
        message["metadata"] = kept
    if given.get("client_msg_id"):
        message["client_msg_id"] = given["client_msg_id"]
    if given.get("thread_ts"):
        message["thread_ts"] = _head(channel, given["thread_ts"])
        if yes(given.get("reply_broadcast")):
            message["subtype"] = "thread_broadcast"
    parsed = given.get("parse") == "full" or yes(given.get("link_names"))
    posted = desk.post(channel, message, parsed=parsed)
    answer = {"ok": True, "channel": channel.id, "ts": posted["ts"], "message": copy.deepcopy(posted)}
    return _warned(answer, said.warnings)


def _head(channel: Channel, ts: Any) -> str:
    """The message that a thread hangs on. Slack publishes no error for a wrong one, so the double is strict."""
    head = channel.messages.get(str(ts))
    if head is None:
        raise Refused("thread_not_found")
    if head.get("thread_ts", head["ts"]) != head["ts"]:
        raise Refused("cannot_reply_to_message")
    return str(head["ts"])


def _warned(answer: Json, warnings: list[str]) -> Json:
    if warnings:
        answer["warning"] = ",".join(warnings)
        answer["response_metadata"] = {"warnings": warnings}
    return answer


def update(desk: Workspace, given: Json) -> Json:
    """chat.update: a text beyond 4,000 characters is refused and changes nothing."""
    desk.need(POST_SCOPE)
    channel = desk.visible(given.get("channel"))
    message = desk.message(channel, given.get("ts"))
    if message.get("bot_id") != BOT:
        raise Refused("cant_update_message")
    if channel.archived:
        raise Refused("is_archived")
    said = rules.content(given, text_most=rules.UPDATE_TEXT_MOST)
    if "metadata" in given:
        message.pop("metadata", None)
        kept = rules.metadata(given["metadata"])
        message.update({"metadata": kept} if kept else {})
    message.pop("blocks", None)
    message.update(text=said.text, edited={"user": BOT_USER, "ts": desk.ts()})
    if said.blocks:
        message["blocks"] = copy.deepcopy(said.blocks)
        desk.name_blocks(message["blocks"])
    desk.show("update", channel.id, None, message)
    return {
        "ok": True,
        "channel": channel.id,
        "ts": message["ts"],
        "text": said.text,
        "message": copy.deepcopy(message),
    }


def post_ephemeral(desk: Workspace, given: Json) -> Json:
    """chat.postEphemeral."""
    desk.need(POST_SCOPE)
    channel = desk.postable(given.get("channel"))
    if given.get("user") not in channel.members:
        raise Refused("user_not_in_channel")
    said = rules.content(given)
    shown = {"text": said.text, "blocks": said.blocks}
    thread = {"thread_ts": given["thread_ts"]} if given.get("thread_ts") else {}
    message = desk.whisper("ephemeral", channel.id, given["user"], {**shown, **thread})
    return _warned({"ok": True, "message_ts": message["ts"]}, said.warnings)


def delete(desk: Workspace, given: Json) -> Json:
    """chat.delete: the head of a thread leaves a tombstone."""
    desk.need(POST_SCOPE)
    channel = desk.visible(given.get("channel"))
    message = desk.message(channel, given.get("ts"))
    if message.get("bot_id") != BOT or message.get("subtype") == "tombstone":
        raise Refused("cant_delete_message")
    if message.get("reply_count"):
        kept = {name: message[name] for name in ("type", "ts", "thread_ts", "reply_count", "latest_reply")}
        words = {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted."}
        channel.messages[message["ts"]] = {**kept, **words}
    else:
        del channel.messages[message["ts"]]
        _leave_thread(channel, message)
    return {"ok": True, "channel": channel.id, "ts": message["ts"]}


def _leave_thread(channel: Channel, message: Json) -> None:
    head = channel.messages.get(message.get("thread_ts", ""))
    if head is not None:
        head["reply_count"] = max(0, head.get("reply_count", 1) - 1)


def permalink(desk: Workspace, given: Json) -> Json:
    """chat.getPermalink."""
    channel = desk.visible(given.get("channel"))
    message = desk.message(channel, given.get("message_ts"))
    link = f"https://{DOMAIN}.slack.com/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    head = message.get("thread_ts")
    tail = f"?thread_ts={head}&cid={channel.id}" if head and head != message["ts"] else ""
    return {"ok": True, "channel": channel.id, "permalink": link + tail}


METHODS = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.postEphemeral": post_ephemeral,
    "chat.delete": delete,
    "chat.getPermalink": permalink,
}
