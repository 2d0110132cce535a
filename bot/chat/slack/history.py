"""What can be learnt by asking Slack: whether a post is there, and whether the desk can work in a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

from bot.chat.slack.api import Identity, SlackApi
from bot.chat.slack.errors import is_unreadable
from bot.chat.slack.settings import SlackSettings
from bot.domain.errors import Refused
from bot.domain.events import Posted, Unknown
from bot.domain.model import Address
from bot.domain.reasons import Reason

EVENT = "copydesk_digest"
"""The metadata's event type of whatever the outbox posts."""

CLOCKS_APART = timedelta(hours=1)
"""How far this machine's clock may be ahead of Slack's; further, and a post that is there looks absent."""

PAGE = 15
"""Messages a call: more than that some apps may not have (docs.slack.dev/apis/web-api/rate-limits)."""

MOST_PAGES = 10


async def find(api: SlackApi, to: Address, key: str, since: datetime) -> Posted | Unknown | None:
    """The app's own message with this key, posted at or after ``since``."""
    try:
        me = await api.me(to)
        async for message in _messages(api, to, since - CLOCKS_APART):
            if message is None:
                return Unknown(Reason("slack.more_since", count=MOST_PAGES * PAGE))
            if _is_ours(message, me) and _key_of(message) == key:
                return Posted(str(message.get("ts", "")))
    except Refused as refused:
        if is_unreadable(refused):
            return Unknown(Reason("slack.history", why=refused.reason))
        raise
    return None


async def _messages(api: SlackApi, to: Address, oldest: datetime) -> AsyncIterator[dict[str, Any] | None]:
    """The messages, page by page; ``None`` at the end when there are more."""
    params: dict[str, str | int | bool] = {
        "channel": await api.room(to),
        "oldest": f"{oldest.timestamp():.6f}",
        "include_all_metadata": True,
        "limit": PAGE,
    }
    method = "conversations.history"
    if to.thread:
        method = "conversations.replies"
        params["ts"] = to.thread
    for _ in range(MOST_PAGES):
        data = await api.read(method, to, **params)
        for message in data.get("messages") or ():
            yield message
        cursor = (data.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        params["cursor"] = cursor
    yield None


def _is_ours(message: dict[str, Any], me: Identity) -> bool:
    own = bool(me.bot) and message.get("bot_id") == me.bot
    return own or (bool(me.user) and message.get("user") == me.user)


def _key_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT:
        return None
    return (metadata.get("event_payload") or {}).get("key")


async def reach(api: SlackApi, to: Address) -> str | None:
    """``None`` when the app can post there and read it, else each thing to do, in the language spoken."""
    me = await api.me(to)
    try:
        data = await api.read("conversations.info", to, channel=await api.room(to))
        if to.thread:
            await api.read("conversations.replies", to, channel=await api.room(to), ts=to.thread, limit=1)
    except Refused as refused:
        return str(refused.reason)
    return "; ".join(map(str, _shortcomings(data.get("channel") or {}, me))) or None


async def name_of(api: SlackApi, to: Address) -> str | None:
    """``#news``; ``None`` for a direct message, which has no name that anybody uses."""
    channel = (await api.read("conversations.info", to, channel=await api.room(to))).get("channel") or {}
    direct = channel.get("is_im") or channel.get("is_mpim")
    return f"#{channel['name']}" if not direct and channel.get("name") else None


SCOPES = frozenset(
    {
        "app_mentions:read",
        "chat:write",
        "commands",
        "files:read",
        "im:history",
        "im:read",
        "im:write",
        "users:read",
    }
    | {f"{family}:{what}" for family in ("channels", "groups") for what in ("history", "read")}
)
"""What deploy/slack-manifest.yaml asks for; a test holds them together."""


async def ready(api: SlackApi, settings: SlackSettings) -> str | None:
    """``None`` when the bot token has its scopes and the app token opens a socket, else what to do."""
    me = await api.me()
    if me.scopes and (missing := sorted(SCOPES - me.scopes)):
        return f"the app lacks {', '.join(missing)}: add under OAuth & Permissions, install again"
    if settings.mode == "socket":
        await api.try_socket()
    return None


def _shortcomings(channel: dict[str, Any], me: Identity) -> list[Reason]:
    direct, private = channel.get("is_im"), channel.get("is_private") or channel.get("is_group")
    family = "im" if direct else "groups" if private else "channels"
    missing = sorted({"chat:write", f"{family}:history"} - me.scopes) if me.scopes else []
    found = []
    if len(missing) == 1:
        found.append(Reason("slack.scope", scope=missing[0]))
    elif missing:
        found.append(Reason("slack.scopes", scopes=", ".join(missing)))
    if channel.get("is_archived"):
        found.append(Reason("slack.refused.is_archived"))
    elif not direct and not channel.get("is_member"):
        found.append(Reason("slack.invite", name=me.name, channel=str(channel.get("name", ""))))
    return found
