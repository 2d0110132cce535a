"""What Slack brings, by socket or by signed request: acknowledged at once, queued, each thing once.

Bolt reads and checks; nothing is worked on here, so an acknowledgement never waits for an answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.request.async_internals import build_async_context
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack import events
from bot.chat.slack.api import Identity, SlackApi, bolt_log, vendor_log
from bot.chat.slack.events import File
from bot.chat.slack.pages import Pages
from bot.chat.slack.people import Locales
from bot.chat.slack.settings import NAME, SlackSettings
from bot.domain.errors import BadCredentials, MessengerError
from bot.domain.events import Gave, Incoming, InlineQuery, Moved, Returned
from bot.domain.messaging import Answered
from bot.domain.model import Address
from bot.domain.reasons import Reason
from bot.wording import reaching
from bot.wording.language import speaking

MOST_WAITING = 10_000
"""Things said that wait to be worked on; what comes beyond is left out, and the log says so."""

REMEMBERED = 4_096
"""Keys of things said: Slack repeats an event within an hour, thrice at most."""

LATELY = 300
"""Seconds for which a signature is good: docs.slack.dev/authentication/verifying-requests-from-slack."""

ANY = re.compile("")
_MOMENT = re.compile("[0-9]{1,12}")
_SIGNATURE = re.compile("v0=[0-9a-f]{64}")
Body = Mapping[str, Any]
Fetch = Callable[[File, Address, int], Awaitable[bytes | None]]
"""The bytes of a file, ``None`` where they are more than so many. Raises MessengerError."""


class Intake:
    """A queue of what was said, filled by Bolt. ``None`` in it is the end, an error is to be raised."""

    def __init__(
        self,
        settings: SlackSettings,
        api: SlackApi,
        pages: Pages,
        locales: Locales,
    ) -> None:
        """Asks Slack who the app is, which direct message it has with somebody, and what is in a file."""
        self.queue: asyncio.Queue[Incoming | BadCredentials | None] = asyncio.Queue()
        self._settings = settings
        self._who = api.me
        self._room = api.room
        self._pages = pages
        self._fetch: Fetch = api.file
        self._locales = locales
        self._home = ""
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._log = vendor_log()
        self.app = AsyncApp(
            name="copydesk",
            logger=bolt_log(),
            signing_secret=settings.signing_secret,
            client=AsyncWebClient(base_url=settings.api, logger=self._log),
            authorize=_authorization(self._me, settings.bot_token),
        )
        self._hear_commands()
        self._hear_events()
        self._hear_presses()

    async def _own_room(self, body: Body) -> str:
        """The direct message with who pressed in a view; empty for a press in a message, and where it is not known now."""
        user = events.in_a_view(body)
        try:
            return await self._room(Address(NAME, f"@{user}")) if user else ""
        except MessengerError as error:
            self._log.warning("a direct message could not be opened: %s", error)
            return ""

    def _fetched(self, gave: Gave, what: File | str) -> Gave:
        """With the way to its bytes: those of the file, or of words."""

        async def fetch(most: int) -> bytes | None:
            if isinstance(what, File):
                return await self._fetch(what, gave.at, most)
            return data if len(data := what.encode(errors="replace")) <= most else None

        return replace(gave, fetch=fetch)

    def take(self, *said: Incoming | None) -> int:
        """Queue what is new; how much of it that was."""
        taken = 0
        for one in said:
            if one is None or (one.key and one.key in self._seen):
                continue
            one = self._told_apart(one)  # noqa: PLW2901 - the same, as far as anybody else is concerned
            if self.queue.qsize() >= MOST_WAITING:
                self._log.warning("too much is said on Slack at once; some of it was left out")
                return taken
            self._seen[one.key] = None
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
            self.queue.put_nowait(one)
            taken += 1
        return taken

    def _told_apart(self, one: Incoming) -> Incoming:
        """With a sender who is foreign: in a channel, and from another workspace than the app's, or nobody knows which."""
        if (
            isinstance(one, Moved | Returned | InlineQuery)
            or one.direct
            or one.sender.workspace == self._home
        ):
            return one
        return replace(one, sender=replace(one.sender, foreign=True))

    def _hear_commands(self) -> None:
        @self.app.command(ANY)
        async def command(ack: AsyncAck, body: dict[str, Any]) -> None:
            if body.get("command") == self._settings.command:
                await ack()
                self.take(events.command(body))
            else:  # a listener that does not acknowledge shows its user a timeout
                with speaking(await self._locales.of(str(body.get("user_id", "")))):
                    text = reaching.answers_to(self._settings.command)
                await ack(text)

    def _hear_events(self) -> None:
        @self.app.event("app_mention")
        async def mention(body: dict[str, Any]) -> None:
            self.take(events.mention(body, (await self._who()).user))

        @self.app.event("message")
        async def message(body: dict[str, Any]) -> None:
            me = (await self._who()).user
            self.take(events.words(body, me) or events.edited(body, me))
            self.take(*(self._fetched(*one) for one in events.given(body)))

        @self.app.event("app_home_opened")
        async def home_opened(body: dict[str, Any]) -> None:
            self.take(events.home_opened(body))

        @self.app.event("assistant_thread_started")
        async def assistant_opened(body: dict[str, Any]) -> None:
            self.take(events.assistant_opened(body))

        async def let_in(body: dict[str, Any]) -> None:
            self.take(events.let_in(body, (await self._who()).user))

        for kind in ("member_joined_channel", "channel_unarchive", "group_unarchive"):
            self.app.event(kind)(let_in)

        @self.app.event("app_uninstalled")
        async def uninstalled() -> None:
            reason = Reason("slack.uninstalled")
            self.queue.put_nowait(BadCredentials(Address(NAME), reason))

        @self.app.event(ANY)
        async def other() -> None:
            """Bolt acknowledges events by itself."""

    def _hear_presses(self) -> None:
        @self.app.action(ANY)
        async def pressed(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            self.take(*events.pressed(body, await self._own_room(body)))

        @self.app.global_shortcut(ANY)
        async def shortcut(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            self.take(events.shortcut(body, await self._own_room(body)))

        @self.app.view_submission(ANY)
        async def handed_in(ack: AsyncAck, body: dict[str, Any]) -> None:
            form = events.handed_in(body)
            if form is None or not self.take(form):
                await ack()
                return
            await ack(**await self._pages.acknowledgement(form.key, self._pages.expect(form.key)))

        @self.app.message_shortcut(ANY)
        async def added(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            me = (await self._who()).user
            self.take(*(self._fetched(*one) for one in events.added(body, me)))

        async def other(ack: AsyncAck) -> None:
            await ack()

        async def nothing_to_choose(ack: AsyncAck) -> None:
            await ack(options=[])

        self.app.view_closed(ANY)(other)
        self.app.options(ANY)(nothing_to_choose)

    async def _me(self) -> Identity:
        """Who the app is, and so which workspace is its own."""
        me = await self._who()
        self._home = me.workspace
        return me

    async def request(self, headers: Mapping[str, str], body: bytes) -> Answered:
        """The answer to a request of Slack's; one that is not signed by it gets 401."""
        signed, text = False, ""
        secret = self._settings.signing_secret
        if secret and signed_lately(headers, time.time()):
            with contextlib.suppress(ValueError, TypeError, ArithmeticError):
                text = body.decode()
                signed = SignatureVerifier(secret).is_valid_request(body, dict(headers))
        if not signed:
            return Answered(401, body="not signed by Slack")
        try:
            request = AsyncBoltRequest(body=text, headers=dict(headers))
        except Exception:  # noqa: BLE001 - what one request holds must not stop the others
            return Answered(400, body="not readable")
        if not request.body:
            _read_again(request, text)
        response = await self.app.async_dispatch(request)
        return Answered(response.status, response.first_headers_without_set_cookie(), response.body)


def signed_lately(headers: Mapping[str, str], now: float) -> bool:
    """Whether there is a signature, and a time within five minutes of ``now``; not whether it is true."""
    named = {name.lower(): value for name, value in headers.items()}
    at, signature = named.get("x-slack-request-timestamp", ""), named.get("x-slack-signature", "")
    shaped = _MOMENT.fullmatch(at) and _SIGNATURE.fullmatch(signature)
    return bool(shaped) and abs(now - int(at)) <= LATELY


def _read_again(request: AsyncBoltRequest, text: str) -> None:
    """Read a form again that Bolt found empty.

    Bolt 1.30 takes one in which the word `payload` occurs, as in `search payload`, for one that has
    such a field.
    """
    request.body = dict(parse_qsl(text, keep_blank_values=True))
    request.context = build_async_context(request.context, request.body)


def _authorization(
    who: Callable[[], Awaitable[Identity]], token: str
) -> Callable[[], Awaitable[AuthorizeResult]]:
    """Bolt's own asks auth.test again for each of the first requests, and so mixes up their order."""

    async def authorize() -> AuthorizeResult:
        me = await who()
        return AuthorizeResult(
            enterprise_id=None,
            team_id=me.workspace,
            bot_user_id=me.user,
            bot_id=me.bot,
            bot_token=token,
        )

    return authorize
