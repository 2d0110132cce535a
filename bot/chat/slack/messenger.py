"""Slack as a place to post and to listen: the messenger.

Posts carry their delivery key as metadata, so that one whose answer was lost can be found again.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack import blocks, history, replies
from bot.chat.slack.api import SlackApi, vendor_log
from bot.chat.slack.errors import is_about_the_thread
from bot.chat.slack.intake import Intake, signed_lately
from bot.chat.slack.pages import Pages
from bot.chat.slack.people import Locales, OwnConversations
from bot.chat.slack.settings import APP_TOKEN, NAME, SIGNING_SECRET, SlackSettings
from bot.chat.slack.socket_mode import Connection, Connections
from bot.domain.errors import BadCredentials, Refused, RetryLater, Unconfirmed
from bot.domain.events import Incoming, Payload, Posted, Pressed, Said, Unknown
from bot.domain.message import Message, taken_back
from bot.domain.messaging import Answered, Capabilities
from bot.domain.model import Address
from bot.domain.ports import Say, at_once
from bot.domain.reasons import Reason

STAGGER = 60.0
"""Seconds between the two connections, so that Slack never renews both at once."""

PING = 10.0
"""Seconds between two pings; a silent connection is replaced after about as long again."""

ANSWER_WITHIN = 30.0
"""Seconds after which a call's answer counts as lost."""

LONGEST_PAUSE = 60.0
"""Seconds between two attempts to reach Slack at the start."""

_KEYS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:copydesk:delivery")


class SlackMessenger:
    """Slack, as the port ``Messenger`` promises."""

    platform = NAME

    def __init__(
        self,
        settings: SlackSettings,
        *,
        stagger: float = STAGGER,
        ping: float = PING,
        answer_within: float = ANSWER_WITHIN,
    ) -> None:
        """Connects to nothing yet. Posting needs the bot token alone."""
        self._settings = settings
        # Slack's own /search cannot be replaced: there is one command, and the rest are its words.
        self.capabilities = Capabilities(
            history=True, private=True, edits=True, prefix=f"{settings.command} ", replies=True, forms=True
        )
        self._ping = ping
        self._api = SlackApi(settings, answer_within)
        self._locales = Locales(self._api)
        self._own = OwnConversations(self._api)
        self._pages = Pages(self._api)
        self._intake = Intake(settings, self._api, self._pages, self._locales)
        self._connections = Connections(self._new_connection, stagger)
        self._listening = False
        self._closed = asyncio.Event()

    def render(self, message: Message) -> tuple[Payload, ...]:
        """The message in as few parts as Slack's limits allow; pure."""
        return blocks.render(message)

    async def post(self, to: Address, payload: Payload, *, key: str, parent: str = "") -> Posted:
        """Post one part, once."""
        room = await self._api.room(to)
        said = {
            **blocks.call(replace(to, chat=room), payload, parent),
            "client_msg_id": str(uuid.uuid5(_KEYS, key)),
            "metadata": {"event_type": history.EVENT, "event_payload": {"key": key}},
        }
        try:
            answer = await self._api.post("chat.postMessage", to, said)
        except Refused as refused:
            if parent and not to.thread and is_about_the_thread(refused):
                raise Refused(to, refused.reason) from refused  # the channel goes on without it
            if to.thread and to.chat[:1] in ("D", "@") and is_about_the_thread(refused):
                chat = replace(to, thread="")  # its reader deleted what began it
                raise Refused(to, refused.reason, chat, closed=True) from refused
            raise
        if not answer.get("ts"):
            raise Unconfirmed(to, Reason("slack.nameless"))
        return Posted(str(answer["ts"]))

    async def find(self, to: Address, key: str, *, since: datetime) -> Posted | Unknown | None:
        """The message posted with ``key``; Unknown where the app may not read."""
        return await history.find(self._api, to, key, since)

    async def edit(self, to: Address, posted: str, payload: Payload) -> None:
        """Let the message say this instead."""
        body = json.loads(payload.body)
        said = {"text": body["text"], "blocks": body["blocks"]}
        await replies.changed(self._api, "chat.update", to, posted, said)

    async def withdraw(self, to: Address, posted: str) -> None:
        """Delete the message; where the workspace forbids that, leave a line in its place."""
        try:
            await replies.changed(self._api, "chat.delete", to, posted, {})
        except Refused as refused:
            if refused.closed:
                raise
            (notice,) = blocks.render(taken_back())
            await self.edit(to, posted, notice)

    def link(self, to: Address, posted: str) -> str | None:
        """Its permalink, once the workspace's address is known."""
        return self._api.permalink(to, posted)

    async def reply(self, incoming: Said | Pressed, message: Message, say: Say = at_once) -> Posted | None:
        """Answer a command to its sender or the channel, a mention in its thread, a button in place."""
        return await replies.answer(self._api, self._pages, incoming, message, say)

    async def ready(self) -> str | None:
        """``None`` when Slack takes the tokens. Raises BadCredentials when it does not."""
        try:
            return await history.ready(self._api, self._settings)
        except Refused as refused:
            return str(refused.reason)

    async def reach(self, to: Address) -> str | None:
        """``None`` when the app is a member there and has the scopes to post and read, else what to do."""
        return await history.reach(self._api, to)

    async def name_of(self, to: Address) -> str | None:
        """``#news`` of a channel; a direct message has none."""
        return await history.name_of(self._api, to)

    async def zone_of(self, person: str) -> str | None:
        """The zone that the person chose, or that their device has."""
        zone = (await self._about(person)).get("tz")
        return zone if isinstance(zone, str) else None

    async def is_administrator(self, at: Address, person: str) -> bool:  # noqa: ARG002 - as the port has it
        """Whether the person administers or owns the workspace: of a channel's own managers Slack tells no app."""
        about = await self._about(person)
        return not about.get("deleted") and (about.get("is_admin") is True or about.get("is_owner") is True)

    async def _about(self, person: str) -> dict[str, object]:
        told = (await self._api.read("users.info", Address(NAME, f"@{person}"), user=person)).get("user")
        return told if isinstance(told, dict) else {}

    async def incoming(self) -> AsyncIterator[Incoming]:
        """What people say, in order; connects by itself, in HTTP mode waits for ``webhook`` to bring it.

        Raises BadCredentials when a token is refused or Socket Mode is switched off.
        """
        await self._listen()
        while (heard := await self._next()) is not None:
            yield await self._locales.told(heard)

    async def _next(self) -> Incoming | None:
        heard = await self._intake.queue.get()
        if isinstance(heard, BadCredentials):
            self._listening = False
            await self._connections.aclose()
            raise heard
        if heard is None:
            self._intake.queue.put_nowait(None)  # for whoever listens besides
            return None
        return await self._own.settled(heard)

    async def _listen(self) -> None:
        wanted = (SIGNING_SECRET, self._settings.signing_secret)
        if self._settings.mode == "socket":
            wanted = (APP_TOKEN, self._settings.app_token)
        if not wanted[1]:
            reason = Reason("slack.not_set", name=wanted[0], mode=self._settings.mode)
            raise BadCredentials(Address(NAME), reason)
        pause = 1.0
        while not (self._listening or self._closed.is_set()):
            try:
                await self._api.me()
            except RetryLater:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._closed.wait(), pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            self._listening = True
            if self._settings.mode == "socket":
                self._connections.open()

    def _new_connection(self) -> Connection:
        web = AsyncWebClient(base_url=self._settings.api, logger=vendor_log(), retry_handlers=[])
        queue = self._intake.queue
        return Connection(self._intake.app, self._settings.app_token, web, queue.put_nowait, self._ping)

    def healthy(self) -> bool:
        """Whether Slack can be heard: a connection stands and answers pings, or requests are taken."""
        if self._closed.is_set() or not self._listening:
            return False
        return self._settings.mode == "http" or self._connections.alive

    def may_be_signed(self, headers: Mapping[str, str]) -> bool:
        """Whether the headers of a request are as Slack's are, before its body is read: signed lately."""
        return signed_lately(headers, time.time())

    async def webhook(self, headers: Mapping[str, str], body: bytes) -> Answered:
        """The answer to one of Slack's requests, in HTTP mode."""
        if self._closed.is_set() or self._settings.mode != "http":
            return Answered(503, body="not listening")
        return await self._intake.request(headers, body)

    async def stop_listening(self) -> None:
        """Let what was heard be read to its end; it can still be answered."""
        if not self._closed.is_set():
            self._closed.set()
            await self._connections.aclose()
            self._intake.queue.put_nowait(None)

    async def aclose(self) -> None:
        """Stop listening, close connections."""
        await self.stop_listening()
        await self._api.aclose()
