"""The chats, people and messages that a Telegram double knows, and how the Bot API writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.doubles.telegram_rules import Entity, Refusal, Text, bad, forbidden, piece

Kind = Literal["private", "group", "supergroup", "channel"]
State = Literal["stranger", "member", "administrator", "left", "kicked", "deactivated", "deleted"]
"""What the bot is there. `stranger`: a private chat whose person never wrote to the bot."""

Json = dict[str, Any]
_RIGHTS = (
    "is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
    "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories "
    "can_delete_stories can_pin_messages can_manage_topics can_post_messages can_edit_messages"
)
_GIFTS = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"


@dataclass(slots=True)
class Message:
    """One message as it stands now; `seen` keeps every text that it ever showed."""

    chat: Chat
    id: int
    date: int
    sender: Json | None
    text: str
    entities: tuple[Entity, ...] = ()
    markup: Json | None = None
    thread: int | None = None
    reply_to: Message | None = None
    preview: Json | None = None
    silent: bool = False
    by_bot: bool = False
    edited: int | None = None
    captioned: bool = False
    deleted: bool = False
    extra: Json = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    @property
    def links(self) -> list[tuple[str, str]]:
        """(what the reader sees, where it leads), also of addresses that Telegram links by itself."""
        kinds = ("text_link", "url")
        return [(piece(self.text, e), e.get("url", "")) for e in self.entities if e["type"] in kinds]

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """(label, callback data or address) in reading order."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [(b["text"], b.get("callback_data") or b.get("url", "")) for row in rows for b in row]

    def json(self, *, reply: bool = True) -> Json:
        """As an answer or an update carries it."""
        body: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.json()}
        if self.chat.kind == "channel":
            body["sender_chat"] = self.chat.json()
        elif self.sender:
            body["from"] = self.sender
        body |= self._words()
        if self.markup and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        if self.thread is not None:
            body |= {"message_thread_id": self.thread, "is_topic_message": True}
        if self.reply_to and reply:
            body["reply_to_message"] = self.reply_to.json(reply=False)
        if self.preview:
            body["link_preview_options"] = self.preview
        if self.edited is not None:
            body["edit_date"] = self.edited
        return body | self.extra

    def _words(self) -> Json:
        words, entities = ("caption", "caption_entities") if self.captioned else ("text", "entities")
        body: Json = {words: self.text} if self.text else {}
        if self.entities:
            body[entities] = [dict(entity) for entity in self.entities]
        if self.captioned:
            size = {"file_id": f"P{self.id}", "file_unique_id": f"p{self.id}", "width": 90, "height": 60}
            body["photo"] = [size]
        return body


@dataclass(slots=True)
class Chat:
    """One chat; `topics` is None where the chat is no forum."""

    id: int
    kind: Kind
    title: str
    username: str | None = None
    topics: set[int] | None = None
    state: State = "member"
    moved_to: int | None = None
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)

    def json(self) -> Json:
        """The short form that messages carry."""
        body: Json = {"id": self.id, "type": self.kind}
        body["first_name" if self.kind == "private" else "title"] = self.title
        if self.username:
            body["username"] = self.username
        if self.topics is not None:
            body["is_forum"] = True
        return body

    def full(self) -> Json:
        """The form of getChat, with what the Bot API always fills."""
        gifts = dict.fromkeys(_GIFTS.split(), True)
        return self.json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}

    def named(self) -> str:
        """The words for this kind of chat in a refusal."""
        return {"group": "group chat", "supergroup": "supergroup chat"}.get(self.kind, "channel chat")


def member(user: Json, status: str) -> Json:
    """A ChatMember."""
    body: Json = {"user": user, "status": status}
    if status == "administrator":
        body |= dict.fromkeys(_RIGHTS.split(), True) | {"can_be_edited": False, "is_anonymous": False}
    elif status == "creator":
        body["is_anonymous"] = False
    elif status == "kicked":
        body["until_date"] = 0
    return body


@dataclass(slots=True)
class World:
    """Everything on the far side of the Bot API."""

    bot: Json
    now: Callable[[], float]
    chats: dict[int, Chat] = field(default_factory=dict)
    people: dict[int, Json] = field(default_factory=dict)
    by_bot: dict[int | None, list[Message]] = field(default_factory=dict)
    """The bot's messages in the order of posting, by chat and (None) all of them."""
    _ids: dict[int, int] = field(default_factory=dict)

    def person(self, user: int, **facts: Any) -> Json:
        """This person, made up at first mention."""
        known = self.people.setdefault(
            user, {"id": user, "is_bot": False, "first_name": f"Reader {user}", "language_code": "en"}
        )
        known.update(facts)
        return known

    def post(self, chat: Chat, said: Text, **facts: Any) -> Message:
        """A new message, with the next id: private chats and groups share one row of ids."""
        row = chat.id if chat.kind in ("supergroup", "channel") else 0
        self._ids[row] = number = self._ids.get(row, 0) + 1
        message = Message(
            chat=chat,
            id=number,
            date=int(self.now()),
            text=said.text,
            entities=said.entities,
            **({"sender": None} | facts),
        )
        message.seen.append(said.text)
        chat.messages[number] = message
        if message.by_bot:
            self.by_bot.setdefault(chat.id, []).append(message)
            self.by_bot.setdefault(None, []).append(message)
        return message

    def find(self, raw: str, *, to: Literal["read", "members", "edit", "write"]) -> Chat:
        """The chat that a call names, if the bot may do that there (Client::check_chat)."""
        if not raw:
            raise bad("chat_id is empty")
        if raw.startswith("@"):
            chat = next((c for c in self.chats.values() if c.username == raw[1:]), None)
        else:
            chat = self.chats.get(integer(raw))
        if chat is None or chat.state == "stranger":
            raise bad("chat not found")
        if refusal := self._closed(chat, to):
            raise refusal
        return chat

    def _closed(self, chat: Chat, to: str) -> Refusal | None:
        if chat.kind == "private":
            if chat.state == "deactivated" and to in ("edit", "write"):
                return forbidden("user is deactivated")
            blocked = chat.state == "kicked" and to in ("edit", "write")
            return forbidden("bot was blocked by the user") if blocked else None
        if chat.kind == "group":
            return self._closed_group(chat, "write" if to == "members" else to)
        if chat.state == "kicked":
            return forbidden(f"bot was kicked from the {chat.named()}")
        if chat.state in ("left", "deleted") and (to != "read" or not chat.username):
            return forbidden(f"bot is not a member of the {chat.named()}")
        return None

    def _closed_group(self, chat: Chat, to: str) -> Refusal | None:
        if chat.moved_to is not None and to == "write":
            upgraded = bad("group chat was upgraded to a supergroup chat")
            upgraded.parameters["migrate_to_chat_id"] = chat.moved_to
            return upgraded
        if chat.state == "deleted" and to == "write":
            return forbidden("the group chat was deleted")
        if chat.state in ("kicked", "left") and to != "read":
            gone = "was kicked from" if chat.state == "kicked" else "is not a member of"
            return forbidden(f"bot {gone} the group chat")
        return None

    def thread(self, chat: Chat, raw: str) -> int | None:
        """The topic that a call names.

        Server 10.0 ignores the parameter outside forums, servers before it refused; this one refuses,
        so that nobody relies on it. The General topic is named by leaving the parameter out.
        """
        wanted = integer(raw)
        if wanted <= 0:
            return None
        if wanted == 1 or chat.topics is None or wanted not in chat.topics:
            raise bad("message thread not found")
        return wanted

    def message(self, chat: Chat, raw: str, what: str) -> Message:
        """The message that a call names; `what` words the refusal."""
        found = chat.messages.get(integer(raw))
        if found is None or found.deleted:
            raise bad(f"{what} not found")
        return found

    def posted(self, chat: int | None = None) -> list[Message]:
        """The bot's messages there (None: anywhere) in the order of posting, deleted ones included."""
        return self.by_bot.get(chat, [])


def integer(raw: str, default: int = 0, least: int | None = None, most: int | None = None) -> int:
    """A number as the server reads it: nonsense is 0, an absent one the default, the rest is clamped."""
    text = raw.strip()
    if not text:
        return default
    value = int(text) if text.lstrip("+-").isdecimal() and len(text) < 20 else 0
    value = value if least is None else max(value, least)
    return value if most is None else min(value, most)


def truth(raw: str) -> bool:
    """A flag as the server reads it."""
    return raw.strip().lower() in ("true", "yes", "1")
