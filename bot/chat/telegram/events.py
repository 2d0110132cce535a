"""What Telegram's updates mean for the desk: words to it, a pressed button, an inline query, a chat that changed. Pure.

In a group only commands are for it, and a line that begins with its name and a command; what answers the desk, and
a comment on a post of a channel, where its group hears of both, may be a question to a digest. What is edited soon
after it was said is said anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

import telegram
from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginUser,
    Update,
    User,
)
from telegram.constants import ChatMemberStatus, ChatType

from bot.chat.telegram import ephemeral
from bot.chat.telegram.files import Fetch, given, hidden_links, is_a_post, without_bytes
from bot.chat.telegram.settings import GENERAL, NAME
from bot.domain.events import Incoming, InlineQuery, Meant, Moved, Pressed, Returned, Said, Sender, Under
from bot.domain.model import Address
from bot.domain.reasons import Reason
from bot.domain.unicode import well_formed
from bot.grammar import commands
from bot.grammar.addressed import EDITED_WITHIN, LINE, behind, calls
from bot.grammar.commands import WORDS

REMEMBERED = timedelta(days=90)
"""Replies to what is older are words among people."""

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "inline_query",
    "my_chat_member",
)
"""The updates that are asked for, each time: where none are named, Telegram keeps an older list."""

CHANGING = frozenset({"subscribe", "unsubscribe", "mute", "unmute", "settings"})
"""Commands that change what a chat gets: the menu of a group offers them to its administrators; who else may, can write them."""

SEEN_BY_ALL = (CHANGING | {"digest", "language"}) - {"settings"}
"""Commands whose answers are for all of a chat; those to the others need not be seen by anybody but the asker."""

_COMMAND = re.compile(
    r"(?P<word>[*_~`]{0,3}[/／](?P<name>[A-Za-z0-9_]{1,32}))(?P<apart>\s?)(@(?P<bot>[A-Za-z0-9_]{1,32}))?(?=[\s*~`]|$)"
)
_BOT = "bot"
"""How the username of every bot ends: core.telegram.org/bots/features."""
_GONE = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the desk is on Telegram; the username has no @."""

    id: int
    username: str


def heard(update: Update, desk: Identity, fetch: Fetch = without_bytes) -> Incoming | None:
    """What the update says to the desk, or nothing; ``fetch`` brings the bytes of a document."""
    key = str(update.update_id)
    if update.my_chat_member:
        return _changed(key, update.my_chat_member)
    if update.callback_query:
        return _pressed(key, update.callback_query)
    if update.inline_query:
        return _typed(key, update.inline_query)
    edited = update.edited_message or update.edited_channel_post
    message = edited or update.message or update.channel_post
    if message is None or (edited and _is_late(edited)):
        return None
    if edited:
        said = _said(key, edited, desk)
        return replace(said, edited=True) if said else None
    return _written(key, message, desk, fetch)


def _written(key: str, message: Message, desk: Identity, fetch: Fetch) -> Incoming | None:
    if message.migrate_to_chat_id:
        to = Address(NAME, str(message.migrate_to_chat_id))
        return Moved(key, Address(NAME, str(message.chat.id)), to, Reason("telegram.supergroup"))
    if message.forum_topic_reopened:
        return Returned(key, where(message))
    sender = _sender(message)
    if sender and (gave := given(key, message, where(message), sender, fetch)):
        return replace(gave, own=_is_by(message.forward_origin, desk))
    return _said(key, message, desk)


def asked_below(update: Update, desk: Identity) -> Said | None:
    """The command below a document, which is taken in by itself; nothing without one."""
    message = update.message
    if message is None or not (message.document and message.caption) or message.chat.type != ChatType.PRIVATE:
        return None
    said = _said(f"{update.update_id}/caption", message, desk)
    return said if said and commands.parse(said.text).name not in {"", "add"} else None


def _is_by(origin: MessageOrigin | None, desk: Identity) -> bool:
    return isinstance(origin, MessageOriginUser) and origin.sender_user.id == desk.id


def where(message: Message) -> Address:
    """The chat of the message, and its topic where it stands in one."""
    topic = message.message_thread_id if message.is_topic_message else None
    thread = str(topic) if topic and topic != GENERAL else ""
    return Address(NAME, str(message.chat.id), thread)


def _said(key: str, message: Message, desk: Identity) -> Said | None:
    sender = _sender(message)
    direct = message.chat.type == ChatType.PRIVATE
    carried = _carried(message) if direct else ""
    passed_on = is_a_post(message.forward_origin) or bool(carried)
    words = well_formed(_words(message) or carried)
    if direct and is_a_post(message.forward_origin):
        words = " ".join((words, *hidden_links(message)))
    if sender is None or not words:
        return None
    under = _under(message, desk)
    meant: Meant = "named"
    text = _to_the_desk(words, desk, asked=direct)
    if text is None and under:
        text = _to_the_desk(words, desk, asked=True)
        meant = _how_surely(message, desk)
    if text is None:
        return None
    alone, number = ephemeral.number(message), str(message.message_id)
    return Said(
        key,
        where(message),
        sender,
        text,
        direct,
        reply=f"{ephemeral.MARK}{alone}" if alone else number,
        under=under,
        meant=meant,
        message="" if alone else number,
        alone=bool(alone),
        passed_on=passed_on,
    )


def _is_late(edited: Message) -> bool:
    return edited.edit_date is None or edited.edit_date - edited.date > EDITED_WITHIN


def _words(message: Message) -> str:
    """What was written, also below a picture or a file; what is passed on with one is another's."""
    return message.text or (message.caption if message.caption and not message.forward_origin else "")


def _carried(message: Message) -> str:
    """The words below a picture that was forwarded, which are another's: no command is among them."""
    words = message.caption if message.caption and message.forward_origin else ""
    return "" if words.startswith("/") else words


def _how_surely(message: Message, desk: Identity) -> Meant:
    """How surely words are for the desk that neither name it nor are said to it alone."""
    if not _is_ours(message.reply_to_message, desk):
        return "overheard"
    return "named" if _words(message).startswith("/") else "replied"


def _to_the_desk(text: str, desk: Identity, *, asked: bool) -> str | None:
    """The words without the desk's name, or nothing when they are for others.

    ``asked`` words need no name: they were said to the desk alone, or in answer to something.
    """
    if command := _COMMAND.match(text):
        named = (command["bot"] or "").casefold()
        if named == desk.username.casefold() != "":
            return command["word"] + text[command.end() :]
        if named and (not command["apart"] or (named.endswith(_BOT) and not asked)):
            return None
        if asked or command["name"].casefold() in WORDS:
            return text
    if rest := _behind_name(text, desk):
        return rest[0] if asked or calls(rest[0]) else None
    return text if asked else None


def _behind_name(text: str, desk: Identity) -> tuple[str] | None:
    """What follows the desk's name at the beginning of a line; ``None`` where none begins with it."""
    name = re.escape(desk.username)
    found = re.search(rf"{LINE}@{name}(?!\w)[ \t]*[:,]?", text, re.IGNORECASE) if name else None
    return (behind(text, found),) if found else None


def _under(message: Message, desk: Identity) -> Under | None:
    """The message of the desk's that it answers, or the channel's post that it is a comment on.

    Each message of a topic also "replies" to the topic's opening. What the desk said long ago it has
    forgotten.
    """
    to = message.reply_to_message
    if to is None or to.forum_topic_created or message.date - to.date > REMEMBERED:
        return None
    if to.is_automatic_forward and isinstance(post := to.forward_origin, MessageOriginChannel):
        return Under(Address(NAME, str(post.chat.id)), str(post.message_id))
    if _is_ours(to, desk) or message.chat.type == ChatType.CHANNEL:
        return Under(Address(NAME, str(message.chat.id)), str(to.message_id))
    return None


def _is_ours(message: Message | None, desk: Identity) -> bool:
    return bool(message and message.from_user and message.from_user.id == desk.id)


def _sender(message: Message) -> Sender | None:
    """Who wrote: a person, or the chat in whose name it was written; nobody for bots and copies."""
    if message.is_automatic_forward:
        return None
    if message.sender_chat:
        return Sender(NAME, str(message.sender_chat.id), well_formed(message.sender_chat.title or ""))
    person = message.from_user
    return None if person is None or person.is_bot else _person(person)


def _person(person: User) -> Sender:
    return Sender(
        NAME, str(person.id), well_formed(person.full_name or ""), language=person.language_code or ""
    )


def _pressed(key: str, query: CallbackQuery) -> Pressed | None:
    """The button; a message that Telegram no longer shows to bots still has its number."""
    message = query.message
    if message is None or not query.data:
        return None
    at = where(message) if isinstance(message, Message) else Address(NAME, str(message.chat.id))
    action, _, value = well_formed(query.data).partition(":")
    direct = message.chat.type == ChatType.PRIVATE
    number, reply = str(message.message_id), query.id
    if isinstance(message, Message) and (alone := ephemeral.number(message)):
        number, reply = "", f"{query.id}/{ephemeral.MARK}{alone}"
    return Pressed(key, at, _person(query.from_user), action, value, number, direct, reply=reply)


def _typed(key: str, query: telegram.InlineQuery) -> InlineQuery | None:
    person = query.from_user
    if person.is_bot:
        return None
    at = Address(NAME, str(person.id))
    return InlineQuery(key, at, _person(person), well_formed(query.query), query.offset, reply=query.id)


def _changed(key: str, change: ChatMemberUpdated) -> Moved | Returned | None:
    """The desk was put out, or can post there from now on; nothing where it is in and may not write."""
    at, desk = Address(NAME, str(change.chat.id)), change.new_chat_member
    if desk.status in _GONE or (isinstance(desk, ChatMemberRestricted) and not desk.is_member):
        return Moved(key, at, None, _how(change.chat))
    return Returned(key, at) if _may_write(change.chat, desk) else None


def _may_write(chat: Chat, desk: ChatMember) -> bool:
    if isinstance(desk, ChatMemberRestricted):
        return desk.can_send_messages
    if chat.type == ChatType.CHANNEL:
        return isinstance(desk, ChatMemberAdministrator) and desk.can_post_messages is not False
    return True


def _how(chat: Chat) -> Reason:
    return (
        Reason("telegram.out_by_reader") if chat.type == ChatType.PRIVATE else Reason("telegram.out_of_chat")
    )
