"""What somebody gives to the desk in their own conversation: a document, or an article that they forward. Pure."""

from __future__ import annotations

import re

from telegram import Message, MessageOriginChannel, MessageOriginChat
from telegram.constants import ChatType

from bot.domain.events import Sender, Upload
from bot.domain.model import Address
from bot.domain.unicode import well_formed

ARTICLE = 300
"""Characters from which on forwarded words are an article; fewer are a question, in somebody else's words."""

LONGEST_TITLE = 200


def upload(key: str, message: Message, at: Address, sender: Sender) -> Upload | None:
    """The document or the forwarded article; ``None`` for words to the desk, and outside of its own conversations."""
    if message.chat.type != ChatType.PRIVATE:
        return None
    reply = str(message.message_id)
    if document := message.document:
        name = well_formed(document.file_name or "document")
        file, size = document.file_id, document.file_size or 0
        return Upload(key, at, sender, name, size, file=file, direct=True, reply=reply)
    words = well_formed(message.text or message.caption or "")
    if message.forward_origin is None or len(words) < ARTICLE:
        return None
    text = f"{_head(message)}{words}\n"
    return Upload(key, at, sender, _name(words), len(text.encode()), text=text, direct=True, reply=reply)


def _head(message: Message) -> str:
    """Who published it, when and where, as the fields at the head of a text: only channels and groups are named.

    A person's words are forwarded with their name, or without; they did not publish them.
    """
    origin, fields = message.forward_origin, {}
    if isinstance(origin, MessageOriginChannel):
        fields["source"] = origin.chat.title or ""
        if origin.chat.username:
            fields["url"] = f"https://t.me/{origin.chat.username}/{origin.message_id}"
    elif isinstance(origin, MessageOriginChat):
        fields["source"] = origin.sender_chat.title or ""
    if origin and fields:
        fields["date"] = origin.date.isoformat()
    lines = [f"{name}: {_one_line(value)}" for name, value in fields.items() if value.strip()]
    return "\n".join(("---", *lines, "---", "", ""))


def _one_line(value: str) -> str:
    return " ".join(well_formed(value).split())[:LONGEST_TITLE]


def _name(words: str) -> str:
    """A file name of the first words."""
    first = re.findall(r"[^\W_]+", words[:200])[:6]
    return f"{'-'.join(first).lower() or 'forwarded'}.md"
