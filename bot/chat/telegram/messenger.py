"""Telegram as a place to post and to listen: the messenger.

python-telegram-bot speaks to Telegram and keeps asking for updates; when, in which order and how
often something is posted is decided elsewhere.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from telegram import File, ReplyParameters
from telegram import Message as TelegramMessage

from bot.chat.telegram import ephemeral, html, inline, local_times
from bot.chat.telegram.clocks import CLOCK_FOR, Clocks
from bot.chat.telegram.connection import PollingBot, made
from bot.chat.telegram.errors import LOST_TO_EDITS, TOO_LATE, UNCHANGED, says, while_reading
from bot.chat.telegram.intake import Intake
from bot.chat.telegram.reach import obstacle
from bot.chat.telegram.settings import GENERAL, NAME, TelegramSettings
from bot.domain.errors import BadCredentials, Refused, RetryLater, Unconfirmed
from bot.domain.events import Incoming, InlineQuery, Payload, Posted, Pressed, Said, Unknown
from bot.domain.message import Message, Paragraph, Run, taken_back
from bot.domain.messaging import Answered, Capabilities, InlineResults
from bot.domain.model import Address
from bot.domain.ports import Call, Say, at_once
from bot.domain.reasons import Reason
from bot.wording.chat import pressing

T = TypeVar("T")

_LOG = logging.getLogger(__name__)
NO_HISTORY = Unknown(Reason("telegram.no_history"))


class TelegramMessenger:
    """Telegram, as the port ``Messenger`` promises."""

    platform = NAME
    capabilities = Capabilities(
        history=False, private=False, edits=True, replies=True, story_buttons=True, ephemeral=True
    )

    def __init__(self, settings: TelegramSettings, *, clock_for: float = CLOCK_FOR) -> None:
        """Connects to nothing yet. Posting needs no listening."""
        number = settings.token.partition(":")[0]
        self._desk = int(number) if number.isdecimal() else 0
        self._bot = PollingBot(settings)
        self._intake = Intake(self._bot, settings, self.fetch)
        self._files = f"{settings.api}/file/bot"
        self._closed = False
        self._clocks = Clocks(self._bot, clock_for)
        self.capabilities = replace(type(self).capabilities, ephemeral=settings.ephemeral)
        self._tells_local_times = True

    # --- posting ---------------------------------------------------------------------------------

    def render(self, message: Message) -> tuple[Payload, ...]:
        """The message in parts that Telegram takes; pure."""
        return html.render(message)

    async def post(self, to: Address, payload: Payload, *, key: str, parent: str = "") -> Posted:  # noqa: ARG002 - Telegram carries no keys
        """Post one part, with one call but for a text whose moments are refused; what stands in a thread answers the message above."""
        return await self._send(to, payload, answering=parent)

    def silenced(self, payload: Payload) -> Payload:
        """The part, posted without a sound; pure."""
        return replace(
            payload,
            body=json.dumps(json.loads(payload.body) | {"disable_notification": True}, ensure_ascii=False),
        )

    async def find(self, to: Address, key: str, *, since: datetime) -> Posted | Unknown | None:  # noqa: ARG002 - as the port has it
        """Never known: bots cannot read a chat's history."""
        return NO_HISTORY

    async def edit(self, to: Address, posted: str, payload: Payload) -> None:
        """Let the message say this instead."""
        if self._closed:
            raise RetryLater(to, Reason("post.closing"), 1)
        if not posted.isdecimal():
            raise Refused(to, Reason("post.no_edits"))
        try:
            await self._edit(to, posted, payload)
        except Refused as refused:
            if says(refused, UNCHANGED, "message to edit not found"):
                return
            if says(refused, *LOST_TO_EDITS):
                raise Refused(to, refused.reason) from refused
            raise

    async def withdraw(self, to: Address, posted: str) -> None:
        """Delete the message; after two days, where that may be refused, leave a line in its place."""
        try:
            await made(self._bot.delete_message(_chat(to), int(posted)), to)
        except Refused as refused:
            if says(refused, "message to delete not found"):
                return
            if not says(refused, "message can't be deleted"):
                raise
            (notice,) = self.render(taken_back())
            await self.edit(to, posted, notice)

    def link(self, to: Address, posted: str) -> str | None:
        """The message of a supergroup, a channel or a public chat; others have no addresses."""
        place = f"c/{to.chat[4:]}" if to.chat.startswith("-100") else to.chat[1:]
        if not (to.chat.startswith(("-100", "@")) and place and posted.isdecimal()):
            return None
        topic = f"{to.thread}/" if to.thread else ""
        return f"https://t.me/{place}/{topic}{posted}"

    async def reply(self, incoming: Said | Pressed, message: Message, say: Say = at_once) -> Posted | None:
        """Answer in the same chat and topic; in place of the pressed message where it can be edited, or below it."""
        parts = self.render(message)
        if isinstance(incoming, Pressed):
            told = self._clocks.end(incoming, parts[0].plain if message.aside and parts else "")
            if message.aside and (told or not incoming.direct):
                return None
        if not parts:
            return None
        if self._is_for_asker(incoming, message):
            if isinstance(incoming, Said) and not (
                self.capabilities.ephemeral or ephemeral.message_of(incoming)
            ):
                return await self._aloud(incoming, message, parts, say)
            return await self._whisper(incoming, message, parts, say)
        return await self._speak(incoming, message, parts, say)

    def _is_for_asker(self, incoming: Said | Pressed, message: Message) -> bool:
        """Whether nobody else shall see the answer: to an ephemeral message, beside what everybody sees, or a mere word to one person."""
        if incoming.direct or not message.private:
            return False
        if ephemeral.message_of(incoming):
            return True
        if isinstance(incoming, Said):
            as_chat = incoming.sender.id == incoming.at.chat  # and nobody to write to
            return message.aside and not (as_chat or incoming.over)
        return self.capabilities.ephemeral and message.beside

    async def _whisper(
        self, incoming: Said | Pressed, message: Message, parts: Sequence[Payload], say: Say
    ) -> Posted | None:
        """In the chat, for the asker alone; else in their own conversation with the desk; never for everybody."""
        posted: Posted | None = None
        for count, part in enumerate(parts):
            pressed = ephemeral.message_of(incoming) if isinstance(incoming, Pressed) else None
            try:
                if pressed and count == 0 and not message.beside and isinstance(incoming, Pressed):
                    edit = partial(ephemeral.edit, self._bot, incoming, pressed)
                    await _edited(incoming.at, partial(self._dated, part, edit), say)
                    continue
                sent = await say(incoming.at, partial(self._whispered, incoming, part))
            except Refused as refused:
                if says(refused, UNCHANGED):
                    continue
                _LOG.info("an answer for the asker alone was refused: %s", refused.reason)
                return await self._aloud(incoming, message, parts[count:], say)
            if ephemeral.number(sent) is None:
                self.capabilities = replace(
                    self.capabilities, ephemeral=False
                )  # a server of before 10.2: what comes next is said as ever
                posted = Posted(str(sent.message_id))
                if isinstance(incoming, Said):  # and all could read it
                    await self.withdraw(incoming.at, posted.id)
                    return await self._aloud(incoming, message, parts[count:], say)
        return posted

    async def _whispered(self, incoming: Said | Pressed, part: Payload) -> TelegramMessage:
        return await self._dated(part, lambda one: ephemeral.send(self._bot, incoming, _fields(one)))

    async def _aloud(
        self, incoming: Said | Pressed, message: Message, parts: Sequence[Payload], say: Say
    ) -> Posted | None:
        alone = ephemeral.own_chat(incoming)
        try:
            for part in parts:
                send = partial(self._send, alone, ephemeral.without_buttons(part))
                await say(alone, send)
        except Refused:  # they have not met the desk
            ask = self.render(Message((Paragraph((Run(pressing.meet_me()),)),)))
            return await self._speak(incoming, replace(message, beside=True), ask, say)
        return None

    async def _speak(
        self, incoming: Said | Pressed, message: Message, parts: Sequence[Payload], say: Say
    ) -> Posted | None:
        if isinstance(incoming, Pressed) and (message.beside or message.aside or not incoming.message):
            last = await say(
                incoming.at, lambda: self._send(incoming.at, parts[0], answering=incoming.message)
            )
        elif over := incoming.message if isinstance(incoming, Pressed) else incoming.over:
            last = await self._replace(incoming.at, over, parts[0], say)
        else:
            unanswered = isinstance(incoming, Pressed) or incoming.direct or incoming.alone
            words = "" if unanswered else incoming.reply
            last = await say(incoming.at, lambda: self._send(incoming.at, parts[0], answering=words))
        for part in parts[1:]:
            last = await say(incoming.at, partial(self._send, incoming.at, part))
        return last

    async def answer_inline(self, asked: InlineQuery, found: InlineResults) -> None:
        """Show what was found to who typed; for that person alone, also where Telegram shows it again."""
        call = self._bot.answer_inline_query(asked.reply, **inline.fields(found))
        try:
            await made(call, asked.at, while_reading)
        except RetryLater as later:  # who still types asks again by the next letter
            _LOG.info("an inline answer was lost: %s", later.reason)
        except Refused as refused:
            if not says(refused, TOO_LATE):
                raise

    async def fetch(self, file: str, at: Address, most: int) -> bytes | None:
        """The bytes of a document, ``None`` for one that has more than ``most``.

        The address that it is fetched from holds the token, and is told to nobody. Raises MessengerError.
        """
        told = await made(self._bot.get_file(file), at, while_reading)
        if (told.file_size or 0) > most:
            return None
        data = await self._downloaded(told, at)
        return data if len(data) <= most else None

    async def _downloaded(self, file: File, at: Address) -> bytes:
        gone = Refused(at, Reason("telegram.no_file"))
        if not (file.file_path or "").startswith(self._files):  # PTB would read a file of this machine
            raise gone
        with contextlib.suppress(BadCredentials):  # PTB's word for a 404: a dead token names no file
            return bytes(await made(file.download_as_bytearray(), at, while_reading))
        raise gone

    async def _dated(self, payload: Payload, call: Callable[[Payload], Awaitable[T]]) -> T:
        """What the call of the part gives; where its moments are refused, which posts nothing, of the part without them."""
        if not self._tells_local_times:
            return await call(local_times.without(payload))
        try:
            return await call(payload)
        except Refused as refused:
            if not local_times.is_about(refused):
                raise
            self._tells_local_times = not says(refused, local_times.UNKNOWN)
        return await call(local_times.without(payload))

    async def _send(self, to: Address, payload: Payload, *, answering: str = "") -> Posted:
        return await self._dated(payload, lambda part: self._send_part(to, part, answering))

    async def _send_part(self, to: Address, payload: Payload, answering: str) -> Posted:
        if self._closed:
            raise RetryLater(to, Reason("post.closing"), 1)
        topic = int(to.thread) if to.thread.isdecimal() else 0
        words = ReplyParameters(int(answering), allow_sending_without_reply=True) if answering else None
        call = self._bot.send_message(
            chat_id=_chat(to),
            message_thread_id=topic if topic > GENERAL else None,
            reply_parameters=words,
            disable_notification=json.loads(payload.body).get("disable_notification"),
            **_fields(payload),
        )
        return Posted(str((await made(call, to)).message_id))

    async def _replace(self, at: Address, message: str, payload: Payload, say: Say) -> Posted:
        edit = partial(self._edit, at, message, payload)
        try:
            await _edited(at, edit, say)
        except Refused as refused:
            if says(refused, *LOST_TO_EDITS):
                return await say(at, lambda: self._send(at, payload))
            if not says(refused, UNCHANGED):
                raise
        return Posted(message)

    async def _edit(self, at: Address, message: str, payload: Payload) -> None:
        place: dict[str, Any] = {"chat_id": _chat(at), "message_id": int(message)}
        await self._dated(
            payload, lambda part: made(self._bot.edit_message_text(**place, **_fields(part)), at)
        )

    async def ready(self) -> str | None:
        """``None`` when Telegram takes the token. Raises BadCredentials when it does not."""
        try:
            await made(self._bot.get_me(), Address(NAME), while_reading)
        except Refused as refused:
            return str(refused.reason)
        return None

    async def reach(self, to: Address) -> str | None:
        """``None`` when the bot can post there, else what to do about it, in the language spoken."""
        try:
            chat = await made(self._bot.get_chat(_chat(to)), to, while_reading)
            member = await made(self._bot.get_chat_member(chat.id, self._desk), to, while_reading)
        except Refused as refused:
            return str(refused.reason)
        return str(found) if (found := obstacle(chat, member, to)) else None

    async def name_of(self, to: Address) -> str | None:
        """The title of a group or channel."""
        chat = await made(self._bot.get_chat(_chat(to)), to, while_reading)
        return chat.title or None

    async def is_administrator(self, at: Address, person: str) -> bool:
        """Whether the person is among the group's administrators, whom Telegram tells to every member bot."""
        found = await made(self._bot.get_chat_administrators(_chat(at)), at, while_reading)
        return person in {str(one.user.id) for one in found}

    # --- listening -------------------------------------------------------------------------------

    async def incoming(self) -> AsyncIterator[Incoming]:
        """What people say, until ``stop_listening``.

        Raises BadCredentials, and Refused when another program goes on asking for the bot's updates.
        """
        async with contextlib.aclosing(self._intake.stream()) as stream:
            async for said in stream:
                if isinstance(said, Pressed):
                    self._clocks.begin(said)
                yield said

    async def webhook(self, headers: Mapping[str, str], body: bytes) -> Answered:
        """Take an update that was sent here."""
        return Answered(self._intake.take(headers, body))

    def is_telegram(self, headers: Mapping[str, str]) -> bool:
        """Whether the headers of a request prove that Telegram sends it."""
        return self._intake.is_telegram(headers)

    def healthy(self) -> bool:
        """Whether Telegram can be heard: it answers the questions for updates, or brings them."""
        return self._intake.healthy()

    async def stop_listening(self) -> None:
        """End ``incoming``; what was heard can still be answered."""
        await self._intake.aclose()

    async def aclose(self) -> None:
        """Stop listening, finish what is held, close connections."""
        self._closed = True
        await self.stop_listening()
        await self._clocks.aclose()
        await self._bot.close_connections()


async def _edited(at: Address, edit: Call[object], say: Say) -> None:
    """Make the edit, again where its answer was lost: to edit twice is to edit once."""
    try:
        await say(at, edit)
    except Unconfirmed:
        await say(at, edit)


def _chat(to: Address) -> int | str:
    return int(to.chat) if to.chat.removeprefix("-").isdecimal() else to.chat


def _fields(payload: Payload) -> dict[str, Any]:
    """A payload's body as PTB takes it; what PTB would make objects of, only to write them as the JSON that they were, goes beside."""
    body = json.loads(payload.body)
    plain = {name: body[name] for name in ("link_preview_options", "reply_markup") if name in body}
    return {"text": body["text"], "parse_mode": body["parse_mode"], "api_kwargs": plain}
