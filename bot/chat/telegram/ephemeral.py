"""Messages in a group that one person alone sees (Bot API 10.2), through python-telegram-bot, which knows 10.0.

Telegram shows one to a member who pressed a button, within 15 seconds of that, or who gave an ephemeral command. Bot API
10.3 gave the two parameters of 10.2 a new place; a server takes the one that it knows and passes over the other, and
an older server passes over both: its answer tells.
"""

from __future__ import annotations

import json
from typing import Any

from telegram import Bot, Message

from bot.chat.telegram.connection import made
from bot.chat.telegram.settings import GENERAL
from bot.domain.events import Payload, Pressed, Said
from bot.domain.model import Address

MARK = "e"
"""Begins the id of an ephemeral message in a ticket for answering."""


def number(message: Message) -> int | None:
    """The id of an ephemeral message; ``None`` for one that everybody sees."""
    told = (message.api_kwargs or {}).get("ephemeral_message_id")
    return told if isinstance(told, int) and told > 0 else None


def query_of(ticket: str) -> str:
    """The callback query of a press's ticket."""
    return ticket.partition("/")[0]


def message_of(incoming: Said | Pressed) -> int | None:
    """The ephemeral message that was written or pressed; ``None`` for one that everybody sees."""
    ticket = incoming.reply if isinstance(incoming, Said) else incoming.reply.partition("/")[2]
    digits = ticket.removeprefix(MARK)
    return int(digits) if ticket.startswith(MARK) and digits.isdecimal() else None


async def send(bot: Bot, incoming: Said | Pressed, fields: dict[str, Any]) -> Message:
    """The message for who spoke or pressed; by its answer, ``number`` tells whether nobody else sees it.

    Raises MessengerError.
    """
    receiver: dict[str, Any] = {"receiver_user_id": int(incoming.sender.id)}
    extra: dict[str, Any] = {}
    if isinstance(incoming, Pressed):
        receiver["callback_query_id"] = query_of(incoming.reply)
    elif known := message_of(incoming):
        extra["reply_parameters"] = json.dumps({"ephemeral_message_id": known})
    topic = int(incoming.at.thread) if incoming.at.thread.isdecimal() else 0
    call = bot.send_message(
        chat_id=int(incoming.at.chat),
        message_thread_id=topic if topic > GENERAL else None,
        **fields
        | {
            "api_kwargs": {
                **fields["api_kwargs"],
                **receiver,
                **extra,
                "ephemeral_message_parameters": json.dumps(receiver),
            }
        },
    )
    return await made(call, incoming.at)


async def edit(bot: Bot, pressed: Pressed, message: int, payload: Payload) -> None:
    """The pressed ephemeral message shows this from now on. Raises MessengerError."""
    body = json.loads(payload.body)
    fields = {
        "chat_id": int(pressed.at.chat),
        "receiver_user_id": int(pressed.sender.id),
        "ephemeral_message_id": message,
        **{name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()},
    }
    await made(bot.do_api_request("editEphemeralMessageText", api_kwargs=fields), pressed.at)


def own_chat(incoming: Said | Pressed) -> Address:
    """Where the desk talks to who spoke or pressed alone."""
    return Address(incoming.at.platform, incoming.sender.id)


def without_buttons(payload: Payload) -> Payload:
    """The part as it can stand in another chat: its buttons would not be heeded there."""
    body = json.loads(payload.body)
    body.pop("reply_markup", None)
    return Payload(json.dumps(body, ensure_ascii=False), payload.plain)
