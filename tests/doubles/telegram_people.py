"""The far end of the wire: what people do in Telegram while the bot looks on."""

from __future__ import annotations

import re
from typing import Any

from tests.doubles.telegram_chats import Chat, Kind, Message, State, World, member
from tests.doubles.telegram_methods import Methods, Press
from tests.doubles.telegram_rules import Entity, Text, detect, parse, piece, settle
from tests.doubles.telegram_updates import Updates

GROUP_BOT = 1087968824
"""Who writes, as bots of before see it, when an administrator writes in the name of a group."""

READER = 42
"""Who acts when a test names nobody."""


class People:
    """What a test does in the name of people; each act is queued for the bot as Telegram words it."""

    world: World
    updates: Updates
    methods: Methods
    privacy: bool

    def chat(
        self,
        id: int,
        kind: Kind | None = None,
        *,
        title: str | None = None,
        username: str | None = None,
        topics: set[int] | None = None,
        state: State | None = None,
    ) -> Chat:
        """Open a chat, or change one; the sign and size of the id tell its kind if nobody does.

        A private chat opens as `stranger` (its person has not started the bot), a channel with the bot
        as its administrator, any other with the bot as a member.
        """
        known = self.world.chats.get(id)
        if known is None:
            kind = kind or ("private" if id > 0 else "supergroup" if id < -(10**12) else "group")
            first: State = {"private": "stranger", "channel": "administrator"}.get(kind, "member")  # type: ignore[assignment]  # mypy widens the literal
            name = self.world.person(id)["first_name"] if kind == "private" else f"Chat {id}"
            known = self.world.chats[id] = Chat(id, kind, name, state=first)
        known.title, known.username = title or known.title, username or known.username
        known.topics = topics if topics is not None else known.topics
        known.state = state or known.state
        return known

    def say(
        self,
        text: str,
        *,
        chat: int | None = None,
        user: int = READER,
        thread: int | None = None,
        reply_to: int | None = None,
        photo: bool = False,
        anonymous: bool = False,
    ) -> Message:
        """Somebody writes, below a ``photo`` or in the name of the chat. In a group the bot hears it only if privacy mode lets it."""
        where = self.chat(chat if chat is not None else user)
        if where.kind == "private" and where.state in ("stranger", "kicked"):
            where.state = "member"
        where.members.setdefault(user, "member")
        if thread is not None:
            self.topic(where.id, thread)
        message = self.world.post(
            where,
            Text(text, tuple(detect(text))),
            sender=None if where.kind == "channel" else self.world.person(GROUP_BOT if anonymous else user),
            thread=thread,
            captioned=photo,
            extra={"sender_chat": where.json()} if anonymous else {},
            reply_to=where.messages[reply_to] if reply_to else None,
        )
        if self._heard(message):
            self._queue("channel_post" if where.kind == "channel" else "message", message)
        return message

    def into_discussion(self, post: Message, group: int) -> Message:
        """A channel's post appears in the group that discusses it; nobody tells a bot in privacy mode."""
        where = self.chat(group)
        origin = {"type": "channel", "chat": post.chat.json(), "message_id": post.id, "date": post.date}
        facts = {"is_automatic_forward": True, "forward_origin": origin, "sender_chat": post.chat.json()}
        telegram = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
        message = self.world.post(where, Text(post.text, ()), sender=telegram, extra=facts)
        if self._heard(message):
            self._queue("message", message)
        return message

    def send_document(
        self,
        name: str | None,
        data: bytes,
        *,
        chat: int | None = None,
        user: int = READER,
        caption: str = "",
        size: int | None = None,
    ) -> Message:
        """Somebody sends a file; clients may leave its name out. `size` stands in place of its own."""
        file = f"BQACAgIAAx{len(self.methods.files):04}"
        self.methods.files[file] = (name or "", data)
        size = len(data) if size is None else size
        document: dict[str, Any] = {"file_id": file, "file_unique_id": f"u{file}", "file_size": size}
        document |= {"file_name": name} if name is not None else {}
        return self._send("", user, chat, {"document": document} | ({"caption": caption} if caption else {}))

    def forward(
        self, text: str, origin: dict[str, Any], *, user: int = READER, photo: bool = False
    ) -> Message:
        """Somebody forwards words to the bot, which a `photo` may carry; `origin` is a MessageOrigin."""
        shown = {
            "photo": [{"file_id": "p", "file_unique_id": "up", "width": 9, "height": 9}],
            "caption": text,
        }
        facts = {"forward_origin": {"date": int(self.world.now())} | origin} | (shown if photo else {})
        return self._send("" if photo else text, user, None, facts)

    def _send(self, text: str, user: int, chat: int | None, facts: dict[str, Any]) -> Message:
        where = self.chat(chat if chat is not None else user)
        if where.kind == "private" and where.state in ("stranger", "kicked"):
            where.state = "member"
        where.members.setdefault(user, "member")
        said = Text(text, tuple(detect(text)))
        message = self.world.post(where, said, sender=self.world.person(user), extra=facts)
        if self._heard(message):
            self._queue("message", message)
        return message

    def edit(self, message: Message, text: str) -> Message:
        """Somebody edits what they wrote."""
        message.text, message.entities = text, tuple(detect(text))
        message.edited = int(self.world.now())
        message.seen.append(text)
        if self._heard(message):
            kind = "edited_channel_post" if message.chat.kind == "channel" else "edited_message"
            self._queue(kind, message)
        return message

    def _queue(self, kind: str, message: Message) -> int | None:
        return self.updates.add(kind, message.json(), message.chat.id)

    def _heard(self, message: Message) -> bool:
        where = message.chat
        if where.state in ("left", "kicked", "deleted"):
            return False
        if where.kind in ("private", "channel") or where.state == "administrator" or not self.privacy:
            return True
        answers = message.reply_to
        return self._meant(message) or (answers is not None and (answers.by_bot or self._meant(answers)))

    def _meant(self, message: Message) -> bool:
        """Whether it has a command for the bot; a mention is none, as core.telegram.org/bots/features has it."""
        return any(self._commanded(message, one) for one in message.entities if one["type"] == "bot_command")

    def _commanded(self, message: Message, entity: Entity) -> bool:
        word, own = piece(message.text, entity).lower(), "@" + self.world.bot["username"].lower()
        if "@" in word:
            return word.endswith(own)
        earlier = [one for one in message.chat.messages.values() if one.id < message.id and _by_a_bot(one)]
        return not earlier or earlier[-1].by_bot  # of several bots it is for the last one that wrote

    def press(
        self,
        message_id: int,
        callback_data: str,
        user: int = READER,
        *,
        chat: int | None = None,
        forged: bool = False,
    ) -> str:
        """Somebody presses a button; returns the query's id. Without `forged` the button must be there."""
        where = self.world.chats[chat if chat is not None else user]
        message = where.messages[message_id]
        if not forged and callback_data not in [data for _, data in message.buttons]:
            raise ValueError(f"message {message_id} has no such button, but {message.buttons}")
        return self._press(message, callback_data, user)

    def press_whisper(self, message: Message, callback_data: str, user: int = READER) -> str:
        """Who alone sees an ephemeral message presses a button of it; another `user` than that forges it."""
        return self._press(message, callback_data, user)

    def say_alone(self, text: str, *, chat: int, user: int = READER) -> Message:
        """Somebody gives a command that the menu says is ephemeral: nobody else in the group sees it."""
        where = self.chat(chat)
        where.members.setdefault(user, "member")
        said = Text(text, tuple(detect(text)))
        message = self.methods.ephemeral.add(where, user, said, sender=self.world.person(user))
        self._queue("message", message)
        return message

    def _press(self, message: Message, callback_data: str, user: int) -> str:
        where = message.chat
        where.members.setdefault(user, "member")
        query = str(4_000_000_000 + len(self.methods.presses))
        self.methods.presses[query] = Press(self.methods.clock())
        self.methods.ephemeral.pressed[query] = (user, where.id, self.methods.clock())
        body = {
            "id": query,
            "from": self.world.person(user),
            "message": message.json(),
            "chat_instance": str(7_000_000 + abs(where.id)),
            "data": callback_data,
        }
        self.updates.add("callback_query", body, (1 << 33) + user)
        return query

    def type_inline(
        self, text: str, user: int = READER, *, offset: str = "", chat_type: str = "group"
    ) -> str:
        """Somebody types the bot's name and `text` in any chat, or scrolls to `offset`; returns the query's id.

        Nobody is asked where the bot has no inline mode.
        """
        query = str(5_000_000_000 + len(self.methods.queries))
        self.methods.queries[query] = Press(self.methods.clock())
        body = {"id": query, "from": self.world.person(user), "query": text[:256], "offset": offset}
        if self.world.bot["supports_inline_queries"]:
            self.updates.add("inline_query", body | {"chat_type": chat_type}, (6 << 33) + user)
        return query

    def choose(self, query: str, result: str, *, chat: int, user: int = READER) -> Message:
        """Somebody posts what an inline query offered; the bot need not be in that chat, and is not told."""
        offered = {one["id"]: one for one in (self.methods.queries[query].answer or {})["results"]}
        content = offered[result]["input_message_content"]
        said = settle(parse(content["message_text"], content.get("parse_mode", ""), ""))
        facts = {"via_bot": self.world.bot}
        return self.world.post(self.chat(chat), said, sender=self.world.person(user), extra=facts)

    def join(self, chat: int, user: int = READER, *, state: State = "member", **facts: Any) -> Chat:
        """Somebody brings the bot into a chat, or changes what it may do there."""
        known = chat in self.world.chats
        where = self.chat(chat, **facts)
        before: State = where.state if known else "left"
        where.members.setdefault(user, "administrator")
        self._become(where, user, before, state)
        if before in ("left", "kicked") and where.kind in ("group", "supergroup"):
            welcome = {"new_chat_members": [self.world.bot]}
            self._queue(
                "message", self.world.post(where, Text(""), sender=self.world.person(user), extra=welcome)
            )
        return where

    def kick(self, chat: int, user: int = READER) -> None:
        """Somebody bans the bot from a group or channel."""
        where = self.chat(chat)
        self._become(where, user, where.state, "kicked")

    def leave(self, chat: int, user: int = READER) -> None:
        """Somebody removes the bot without a ban."""
        where = self.chat(chat)
        self._become(where, user, where.state, "left")

    def block(self, user: int = READER) -> None:
        """A person stops the bot."""
        where = self.chat(user)
        self._become(where, user, "member", "kicked")

    def unblock(self, user: int = READER) -> None:
        """A person starts it again."""
        where = self.chat(user)
        self._become(where, user, "kicked", "member")

    def deactivate(self, user: int = READER) -> None:
        """A person closes their account; no bot is told."""
        self.chat(user).state = "deactivated"

    def _become(self, where: Chat, user: int, before: State, after: State) -> None:
        where.state = after
        body = {
            "chat": where.json(),
            "from": self.world.person(user),
            "date": int(self.world.now()),
            "old_chat_member": member(self.world.bot, before),
            "new_chat_member": member(self.world.bot, after),
        }
        self.updates.add("my_chat_member", body, (5 << 33) + where.id)

    def migrate(self, chat: int) -> int:
        """A group becomes a supergroup with a new id; both are told, and the old one refuses."""
        old = self.chat(chat)
        if old.kind != "group":
            raise ValueError(f"{chat} is a {old.kind}, only a basic group migrates")
        new = self.chat(-(10**12) - abs(chat), "supergroup", title=old.title, state=old.state)
        new.members = dict(old.members)
        old.moved_to = new.id
        sender = self.world.person(READER)
        gone = self.world.post(old, Text(""), sender=sender, extra={"migrate_to_chat_id": new.id})
        come = self.world.post(new, Text(""), sender=sender, extra={"migrate_from_chat_id": old.id})
        for told in (gone, come):
            self._queue("message", told)
        return new.id

    def topic(self, chat: int, thread: int) -> None:
        """A forum opens a topic."""
        where = self.chat(chat)
        where.topics = (where.topics or set()) | {thread}

    def close_topic(self, chat: int, thread: int) -> None:
        """A forum deletes a topic; posts into it are refused from now on."""
        self.chat(chat).topics = (self.chat(chat).topics or set()) - {thread}

    def texts(self, chat: int | None = None) -> list[str]:
        """Every text that the bot ever showed, as readers saw it, edits and deleted messages included."""
        return [text for message in self.world.posted(chat) for text in message.seen]


def _by_a_bot(message: Message) -> bool:
    return message.by_bot or bool(message.sender and message.sender["is_bot"])


def is_token(token: str) -> bool:
    """Whether a token has the form that the server looks up at all (ClientManager::send)."""
    return len(token) <= 80 and bool(re.fullmatch(r"[1-9]\d{0,16}:[^/]+", token))
