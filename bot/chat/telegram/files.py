"""What somebody gives to the desk in their own conversation: a document, or an article that they forward. Pure."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Message, MessageOrigin, MessageOriginChannel, MessageOriginChat
from telegram.constants import ChatType

from bot.domain.events import Gave, Sender
from bot.domain.model import Address
from bot.domain.unicode import well_formed

ARTICLE = 300
"""Characters from which on forwarded words are an article; fewer are a question in somebody's words, or a post that tells of a page."""

LONGEST_TITLE = 200


MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
"""What getFile hands over: core.telegram.org/bots/api#getfile."""

Fetch = Callable[[str, Address, int], Awaitable[bytes | None]]
"""The bytes of a file, ``None`` where they are more than so many. Raises MessengerError."""


async def without_bytes(file: str, at: Address, most: int) -> bytes | None:  # noqa: ARG001 - a Fetch
    """Of documents that nobody fetches."""
    return b""


def given(key: str, message: Message, at: Address, sender: Sender, fetch: Fetch) -> Gave | None:
    """The document or the forwarded article; ``None`` for words to the desk, and outside of its own conversations."""
    if message.chat.type != ChatType.PRIVATE:
        return None
    gave = Gave(key, at, sender, "", direct=True, reply=str(message.message_id))
    if document := message.document:
        file = document.file_id

        async def document_of(most: int) -> bytes | None:
            return await fetch(file, at, most)

        name = well_formed(document.file_name or "document")
        return replace(gave, name=name, size=document.file_size, fetch=document_of, largest=LARGEST)
    words = well_formed(message.text or message.caption or "")
    if _is_wordless(message, words):
        album = message.media_group_id  # its pictures are answered once
        return replace(gave, key=f"telegram album {album}" if album else key, wordless=True)
    if message.forward_origin is None or len(words) < ARTICLE:
        return None
    text = f"{_head(message)}{words}\n".encode()

    async def words_of(most: int) -> bytes | None:
        return text if len(text) <= most else None

    origins, original = _origin(message, at)
    return replace(
        gave, name=_name(words), size=len(text), fetch=words_of, origins=origins, original=original
    )


def _is_wordless(message: Message, words: str) -> bool:
    """Whether it is a picture or a recording without a word; of an album that is passed on another picture has them."""
    shows = message.photo or message.video or message.video_note or message.voice or message.audio
    return bool(shows and not words) and not (message.forward_origin and message.media_group_id)


def is_a_post(origin: MessageOrigin | None) -> bool:
    """Whether a channel or a group published it, and no person said it."""
    return isinstance(origin, (MessageOriginChannel, MessageOriginChat))


def hidden_links(message: Message) -> list[str]:
    """The addresses that stand behind words of it."""
    return [one.url for one in (*message.entities, *message.caption_entities) if one.url]


def _origin(message: Message, at: Address) -> tuple[tuple[Address, ...], str]:
    """The channel's post that was forwarded: the channel, by its id and by its public name, and the post's id."""
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel):
        return (), ""
    names = [str(origin.chat.id), *([f"@{origin.chat.username}"] if origin.chat.username else [])]
    return tuple(Address(at.platform, name) for name in names), str(origin.message_id)


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
