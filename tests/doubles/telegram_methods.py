"""What each method of the Bot API does to the double's world."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.telegram_chats import Chat, Message, World, integer, member, truth
from tests.doubles.telegram_ephemeral import Ephemeral
from tests.doubles.telegram_faults import Gate
from tests.doubles.telegram_inline import inline_answer
from tests.doubles.telegram_rules import Text, bad, commands, fits, keyboard, parse, settle, too_many

Fields = Mapping[str, str]
ANSWER_WITHIN = 15.0
"""Seconds in which a pressed button may be answered; Telegram publishes no figure."""
DOWNLOAD = 20 * 1024 * 1024
"""Bytes of a file that a bot may download."""
DELETE_WITHIN = 48 * 3600
LATEST = 2_082_758_400
"""The first of 2036, when the times of this project's tests are past: Telegram refuses what is more than three years ahead."""
ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note"
)
SCOPES = (
    "default all_private_chats all_group_chats all_chat_administrators chat chat_administrators chat_member"
)


@dataclass(slots=True)
class Press:
    """A pressed button, or an inline query: when, and the answer that the bot gave (None: none yet)."""

    at: float
    answer: dict[str, Any] | None = None


@dataclass(slots=True)
class Methods:
    """Each takes the call's fields as text and returns the `result`, or raises a Refusal."""

    world: World
    gate: Gate
    clock: Callable[[], float]
    ephemeral: Ephemeral
    presses: dict[str, Press] = field(default_factory=dict)
    queries: dict[str, Press] = field(default_factory=dict)
    commands: dict[tuple[str, ...], list[dict[str, Any]]] = field(default_factory=dict)
    actions: list[tuple[int, int | None, str]] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """What people sent: name and bytes by file id."""
    paths: dict[str, bytes] = field(default_factory=dict)
    """What can be downloaded, by the path that getFile told."""
    refused_for_rate: int = 0

    def named(self, name: str) -> Callable[[Fields], Any] | None:
        """The method of this name in lower case."""
        table: dict[str, Callable[[Fields], Any]] = {
            "getme": lambda _: self.world.bot,
            "sendmessage": self.send_message,
            "editmessagetext": self.edit_text,
            "editmessagereplymarkup": self.edit_markup,
            **(
                {}
                if self.ephemeral.api in ("9.4", "10.1")
                else {"editephemeralmessagetext": self.edit_ephemeral}
            ),
            "deletemessage": self.delete,
            "answercallbackquery": self.answer,
            "answerinlinequery": self.answer_inline,
            "getfile": self.get_file,
            "setmycommands": self.set_commands,
            "getmycommands": lambda fields: self.commands.get(self._scope(fields), []),
            "deletemycommands": self.delete_commands,
            "getchat": lambda fields: self.world.find(fields.get("chat_id", ""), to="read").full(),
            "getchatmember": self.chat_member,
            "getchatadministrators": self.administrators,
            "sendchataction": self.action,
        }
        return table.get(name)

    def _parsed(self, fields: Fields) -> Text:
        """The text, as far as this server knows its tags; moments too far ahead are refused (tdlib/telegram-bot-api#852)."""
        text = fields.get("text", "")
        if self.ephemeral.api == "9.4" and "<tg-time" in text:
            at = len(text.partition("<tg-time")[0].encode())
            raise bad(f'Can\'t parse entities: Unsupported start tag "tg-time" at byte offset {at}')
        parsed = parse(text, fields.get("parse_mode", ""), fields.get("entities", ""))
        if any(one.get("unix_time", 0) >= LATEST for one in parsed.entities):
            raise bad("ENTITY_DATE_INVALID")
        return parsed

    def send_message(self, fields: Fields) -> Any:
        parsed = self._parsed(fields)
        markup = keyboard(fields.get("reply_markup", ""))
        preview = _preview(fields)
        chat = self.world.find(fields.get("chat_id", ""), to="write")
        self._may_post(chat)
        if receiver := self.ephemeral.receiver(fields):
            user = self.ephemeral.allowed(chat, receiver, fields, self.clock())
            fits(markup)
            alone = self.ephemeral.add(
                chat, user, settle(parsed), sender=self.world.bot, markup=markup, by_bot=True
            )
            return alone.json()
        thread = self.world.thread(chat, fields.get("message_thread_id", ""))
        reply_to = self._replied(chat, fields)
        said = settle(parsed)
        fits(markup)
        self._within_rates(chat)
        message = self.world.post(
            chat,
            said,
            sender=self.world.bot,
            markup=markup,
            thread=thread,
            reply_to=reply_to,
            preview=preview,
            silent=truth(fields.get("disable_notification", "")),
            by_bot=True,
        )
        return message.json()

    def _may_post(self, chat: Chat) -> None:
        if chat.kind == "channel" and chat.state != "administrator":
            raise bad("need administrator rights in the channel chat")

    def _replied(self, chat: Chat, fields: Fields) -> Message | None:
        asked = _object(fields.get("reply_parameters", ""), "reply parameters")
        number = str(asked.get("message_id", fields.get("reply_to_message_id", "")))
        if not integer(number):
            return None
        found = chat.messages.get(integer(number))
        if found and not found.deleted:
            return found
        if truth(str(asked.get("allow_sending_without_reply", ""))):
            return None
        raise bad("message to be replied not found")

    def _within_rates(self, chat: Chat) -> None:
        wait = self.gate.take(chat.id, group=chat.kind != "private")
        if wait:
            self.refused_for_rate += 1
            raise too_many(wait)

    def edit_text(self, fields: Fields) -> Any:
        parsed = self._parsed(fields)
        markup, preview = keyboard(fields.get("reply_markup", "")), _preview(fields)
        message = self._editable(fields)
        said = settle(parsed, editing=True)
        fits(markup)
        if (said.text, said.entities, markup) == (message.text, message.entities, message.markup):
            raise _unchanged()
        self._within_rates(message.chat)
        message.text, message.entities, message.markup = said.text, said.entities, markup
        message.preview, message.edited = preview, int(self.world.now())
        message.seen.append(said.text)
        return message.json()

    def edit_markup(self, fields: Fields) -> Any:
        markup = keyboard(fields.get("reply_markup", ""))
        message = self._editable(fields)
        fits(markup)
        if markup == message.markup:
            raise _unchanged()
        self._within_rates(message.chat)
        message.markup, message.edited = markup, int(self.world.now())
        return message.json()

    def _editable(self, fields: Fields) -> Message:
        number = fields.get("message_id", "")
        if not fields.get("chat_id") and not integer(number):
            raise bad("Message identifier is not specified")  # inline messages are not modelled
        chat = self.world.find(fields.get("chat_id", ""), to="edit")
        message = self.world.message(chat, number, "message to edit")
        if not message.by_bot:
            raise bad("message can't be edited")
        return message

    def delete(self, fields: Fields) -> bool:
        if not fields.get("chat_id"):
            raise bad("Chat identifier is not specified")
        if not integer(fields.get("message_id", "")):
            raise bad("Message identifier is not specified")
        chat = self.world.find(fields["chat_id"], to="write")
        message = self.world.message(chat, fields["message_id"], "message to delete")
        if not message.by_bot and chat.kind != "private" and chat.state != "administrator":
            raise bad("message can't be deleted")
        if message.date < self.world.now() - DELETE_WITHIN and chat.state != "administrator":
            raise bad("message can't be deleted for everyone")
        message.deleted = True
        return True

    def answer(self, fields: Fields) -> bool:
        press = self.presses.get(fields.get("callback_query_id", ""))
        if press is None or self.clock() > press.at + ANSWER_WITHIN:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        if len(fields.get("text", "")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        press.answer = {"text": fields.get("text", ""), "alert": truth(fields.get("show_alert", ""))}
        return True

    def edit_ephemeral(self, fields: Fields) -> bool:
        said = settle(self._parsed(fields), editing=True)
        markup = keyboard(fields.get("reply_markup", ""))
        fits(markup)
        message = self.ephemeral.find(fields)
        if (message.text, message.entities, message.markup) == (said.text, said.entities, markup):
            raise _unchanged()
        message.text, message.entities, message.markup = said.text, said.entities, markup
        message.seen.append(said.text)
        return True

    def get_file(self, fields: Fields) -> Any:
        file = fields.get("file_id", "")
        if file not in self.files:
            raise bad("wrong file_id or the file is temporarily unavailable")
        name, data = self.files[file]
        if len(data) > DOWNLOAD:
            raise bad("file is too big")
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        path = f"documents/file_{list(self.files).index(file)}.{suffix if suffix.isalnum() else 'bin'}"
        self.paths[path] = data
        return {"file_id": file, "file_unique_id": f"u{file}", "file_size": len(data), "file_path": path}

    def answer_inline(self, fields: Fields) -> bool:
        given = inline_answer(fields)
        query = self.queries.get(fields.get("inline_query_id", ""))
        if query is None or self.clock() > query.at + ANSWER_WITHIN:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        query.answer = given
        return True

    def set_commands(self, fields: Fields) -> bool:
        listed = commands(fields.get("commands", ""))
        scope = self._scope(fields)
        self.commands[scope] = listed
        return True

    def delete_commands(self, fields: Fields) -> bool:
        self.commands.pop(self._scope(fields), None)
        return True

    def menu(self, chat: Chat, user: int, language: str = "") -> list[str]:
        """The names of the commands that this person is offered in this chat."""
        return [item["command"] for item in self.commands_for(chat, user, language)]

    def commands_for(self, chat: Chat, user: int, language: str = "") -> list[dict[str, Any]]:
        """The commands that this person is offered in this chat: the narrowest list that exists."""
        admin = chat.members.get(user) in ("administrator", "creator")
        if chat.kind == "private":
            scopes = [("chat", str(chat.id)), ("all_private_chats",), ("default",)]
        else:
            scopes = [("chat_member", str(chat.id), str(user))]
            scopes += [("chat_administrators", str(chat.id))] if admin else []
            scopes += [("chat", str(chat.id))]
            scopes += [("all_chat_administrators",)] if admin else []
            scopes += [("all_group_chats",), ("default",)]
        for scope in scopes:
            for spoken in (language, ""):
                if listed := self.commands.get((*scope, f"lang:{spoken}")):
                    return listed
        return []

    def _scope(self, fields: Fields) -> tuple[str, ...]:
        scope = _object(fields.get("scope", ""), "BotCommandScope") or {"type": "default"}
        language = fields.get("language_code", "")
        if language and not (len(language) == 2 and language.isascii() and language.islower()):
            raise bad("Invalid language code specified")
        kind = scope.get("type", "")
        if kind not in SCOPES.split():
            raise bad("Can't parse BotCommandScope: Unsupported type specified")
        names = [kind]
        if kind.startswith("chat"):
            chat = self.world.find(str(scope.get("chat_id", "")), to="members")
            if kind != "chat" and chat.kind == "private":
                raise bad("Can't use specified scope in private chats")
            names.append(str(chat.id))
        if kind == "chat_member":
            names.append(str(scope.get("user_id", "")))
        return (*names, f"lang:{language}")

    def administrators(self, fields: Fields) -> Any:
        """The people in charge of a group; a private chat has none."""
        chat = self.world.find(fields.get("chat_id", ""), to="read")
        if chat.kind == "private":
            raise bad("there are no administrators in the private chat")
        charged = {who: state for who, state in chat.members.items() if state in ("creator", "administrator")}
        return [member(self.world.people[who], state) for who, state in charged.items()]

    def chat_member(self, fields: Fields) -> Any:
        user = integer(fields.get("user_id", ""))
        if user <= 0:
            raise bad("Invalid user_id specified")
        own = user == self.world.bot["id"]
        chat = self.world.find(fields.get("chat_id", ""), to="read" if own else "members")
        if own:
            return member(self.world.bot, chat.state)
        if user not in self.world.people:
            raise bad("user not found")
        here = "member" if chat.kind == "private" and user == chat.id else "left"
        return member(self.world.people[user], chat.members.get(user, here))

    def action(self, fields: Fields) -> bool:
        if fields.get("action", "").lower() not in ACTIONS.split():
            raise bad("Wrong parameter action in request")
        chat = self.world.find(fields.get("chat_id", ""), to="write")
        thread = integer(fields.get("message_thread_id", "")) or None
        self.actions.append((chat.id, thread, fields["action"].lower()))
        return True


def _unchanged() -> Exception:
    return bad(
        "message is not modified: specified new message content and reply markup are exactly the same as "
        "a current content and reply markup of the message"
    )


def _object(raw: str, what: str) -> dict[str, Any]:
    if not raw:
        return {}
    try:
        value = json.loads(raw)
    except ValueError:
        raise bad(f"Can't parse {what} JSON object") from None
    if not isinstance(value, dict):
        raise bad(f"Can't parse {what}: Object expected")
    return value


def _preview(fields: Fields) -> dict[str, Any] | None:
    asked = _object(fields.get("link_preview_options", ""), "link preview options")
    legacy = {"is_disabled": True} if truth(fields.get("disable_web_page_preview", "")) else {}
    return asked or legacy or None
