"""Ephemeral messages, as Bot API 10.2 and 10.3 have them: in a group, seen by one member and the bot.

Who may get one, and the place of its parameters, are from the two changelogs; the refusal's words from
kurigram-org/kurigram#337.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.doubles.telegram_chats import Chat, Message, World, integer
from tests.doubles.telegram_rules import Text, bad

Api = Literal["9.4", "10.1", "10.2", "10.3"]
AFTER_PRESS = 15.0
"""Seconds after a press in which its presser may be sent one."""


@dataclass(slots=True)
class Ephemeral:
    """Those of one world, by their ids; `pressed` tells who pressed a query, where and when."""

    world: World
    api: Api
    messages: dict[int, tuple[int, Message]] = field(default_factory=dict)
    pressed: dict[str, tuple[int, int, float]] = field(default_factory=dict)
    """By query: the user, the chat and the moment."""

    def receiver(self, fields: Mapping[str, str]) -> Mapping[str, Any] | None:
        """Whom the call is for alone; `None` for one that everybody sees. A server passes over what it does not know."""
        if self.api == "10.2" and "receiver_user_id" in fields:
            return fields
        if self.api == "10.3" and "ephemeral_message_parameters" in fields:
            told: Mapping[str, Any] = json.loads(fields["ephemeral_message_parameters"])
            return told
        return None

    def allowed(self, chat: Chat, receiver: Mapping[str, Any], fields: Mapping[str, str], now: float) -> int:
        """The user who may be sent one; raises the refusal for any other."""
        user = integer(str(receiver.get("receiver_user_id", "")))
        if chat.kind not in ("group", "supergroup"):
            raise bad("ephemeral messages can be sent only in groups")
        if chat.members.get(user, "left") in ("left", "kicked"):
            raise bad("USER_NOT_PARTICIPANT")
        query = self.pressed.get(str(receiver.get("callback_query_id", "")))
        if query and (query[0], query[1]) == (user, chat.id) and now <= query[2] + AFTER_PRESS:
            return user
        reply = json.loads(fields.get("reply_parameters", "{}"))
        known = self.messages.get(integer(str(reply.get("ephemeral_message_id", ""))))
        if known and known[0] == user and known[1].chat is chat:
            return user
        if chat.state == "administrator":
            return user
        raise bad("MESSAGE_NOT_COMMAND")

    def add(self, chat: Chat, user: int, said: Text, **facts: Any) -> Message:
        """A new one: it takes no number among the messages of the chat."""
        number = 29_341_000 + len(self.messages)
        message = Message(chat, 0, int(self.world.now()), text=said.text, entities=said.entities, **facts)
        message.seen.append(said.text)
        message.extra |= {"ephemeral_message_id": number}
        if message.by_bot:
            message.extra |= {"receiver_user": self.world.person(user)}
        self.messages[number] = (user, message)
        return message

    def find(self, fields: Mapping[str, str]) -> Message:
        """The bot's message that a call of `editEphemeralMessageText` names."""
        known = self.messages.get(integer(fields.get("ephemeral_message_id", "")))
        same = known is not None and (
            known[0] == integer(fields.get("receiver_user_id", ""))
            and str(known[1].chat.id) == fields.get("chat_id", "")
            and known[1].by_bot
        )
        if known is None or not same:
            raise bad("message to edit not found")
        return known[1]
