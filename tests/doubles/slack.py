"""A loopback double of Slack: Web API, Socket Mode, signed requests, response_urls, limits and faults.

    async with SlackDouble() as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.url, retry_handlers=[])
        ...
        outcome = await slack.slash("/copydesk", "search sanctions")

A fresh double holds the channels C1 `news` (the app is a member), the people U1 `ada` and U2 `ben`, and every scope
that the app needs but `chat:write.public`. A channel takes four posts at once and one a second after, unless `pace`
says otherwise.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.doubles import slack_delivery, slack_files
from tests.doubles.listening import accept_no_more, served
from tests.doubles.slack_blocks import Json
from tests.doubles.slack_delivery import Courier, Signed
from tests.doubles.slack_gestures import Gestures
from tests.doubles.slack_reading import Piece
from tests.doubles.slack_replies import Replies
from tests.doubles.slack_socket import Ack, ChatQueues, Link
from tests.doubles.slack_trouble import RECORDED, Fault, Faults, Pace, Pacer
from tests.doubles.slack_web import Call, WebApi
from tests.doubles.slack_workspace import BOT_USER, SCOPES, Channel, User, Workspace, micros

PATIENCE = 120.0
"""Seconds after which a wait fails: generous, a machine may be busy."""

ACKNOWLEDGED = 20.0
"""Seconds that an acknowledgement may take unless a test is about its lack. Slack gives three, which a busy machine may
need; an event without one comes again after them, well before a wait for it fails."""

BODY_MOST = 8 << 20


class SlackDouble(Gestures):
    """One workspace with one installed app, on 127.0.0.1."""

    bot_token = "xoxb-double"
    app_token = "xapp-double"
    signing_secret = "a-signing-secret"

    def __init__(
        self,
        *,
        pace: Pace = Pace(),  # noqa: B008 - frozen
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        scopes: Iterable[str] = SCOPES,
        ack_within: float = ACKNOWLEDGED,
        ping_every: float = 5.0,
        seed: int = 1,
    ) -> None:
        """Takes the rates, two clocks in seconds (`clock` for waits, `now` for timestamps) and the app's scopes."""
        self.desk = Workspace(now, clock, frozenset(scopes))
        self.faulty = Faults()
        self.pacer = Pacer(pace)
        self._changed = asyncio.Event()
        self.chat_queues = ChatQueues(clock, self._stir, random.Random(seed), ping_every)
        self.courier = Courier(self.chat_queues, self.signing_secret, now, clock, self.until, ack_within)
        self.replies = Replies(self.desk)
        self.web = WebApi(
            self.desk, self.faulty, self.pacer, self.bot_token, self.app_token, self._socket_url
        )
        self.port = 0
        self._runner: web.AppRunner
        self._server: asyncio.Server
        self.add_user("U1", "ada")
        self.add_user("U2", "ben")
        self.add_channel("C1", "news")

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=BODY_MOST)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/respond/{name}", self._response)
        app.router.add_get("/files-pri/{name}/file", self._file)
        app.router.add_get("/link/", self.chat_queues.connect)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        self._server = await served(self._runner)
        self.port = self._server.sockets[0].getsockname()[1]
        self.replies.url = f"http://127.0.0.1:{self.port}/respond/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.web.closing.set()
        await accept_no_more(self._server)
        await self.chat_queues.close_connections(list(self.chat_queues.links))
        await self.courier.aclose()
        await self._runner.cleanup()
        for _ in range(5):  # transports close their sockets one turn of the loop later
            await asyncio.sleep(0)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self.web.answer(request)
        finally:
            self._stir()

    async def _response(self, request: web.Request) -> web.StreamResponse:
        try:
            return await self.web.respond(request, self.replies)
        finally:
            self._stir()

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return slack_files.serve(self.desk, request, self.bot_token)

    def _socket_url(self) -> str:
        return self.chat_queues.ticket(self.port)

    def _stir(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, holds: Callable[[], Any], *, seconds: float = PATIENCE) -> Any:
        """Waits until `holds()` is true and returns what it gave.

        It looks whenever something happened here, and every 50 ms for what happens elsewhere, as in the app itself.
        """
        try:
            async with asyncio.timeout(seconds):
                while not (value := holds()):
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._changed.wait(), 0.05)
                return value
        except TimeoutError:
            last = [f"{call.method} -> {call.status}" for call in self.calls[-5:]]
            raise AssertionError(f"not so within {seconds} s; last calls: {last}") from None

    # What is there

    @property
    def url(self) -> str:
        """The API base: what SLACK_API_URL or `base_url` takes."""
        return f"http://127.0.0.1:{self.port}/api/"

    def add_user(self, name: str, called: str, **more: Any) -> User:
        """A person: `bot`, `deleted` and `tz` may be given."""
        self.desk.users[name] = User(name, called, **more)
        return self.desk.users[name]

    def add_channel(self, name: str, called: str, *, member: bool = True, **more: Any) -> Channel:
        """A channel with every person in it: `private`, `archived`, `readable` and `refuses` may be given."""
        people = {user for user in self.desk.users if user not in (BOT_USER, "USLACKBOT")}
        channel = Channel(name, called, members=people | ({BOT_USER} if member else set()), **more)
        self.desk.channels[name] = channel
        return channel

    def add_file(self, name: str, data: bytes, **more: Any) -> Json:
        """A file as somebody uploads it; `share` and `post_file` put it into a message."""
        return slack_files.add(self.desk, f"http://127.0.0.1:{self.port}", name, data, **more)

    def revoke(self, error: str | None = "token_revoked") -> None:
        """From now on every call is refused: token_revoked, account_inactive or invalid_auth; None heals."""
        self.web.revoked = error

    # What goes wrong

    def fail(
        self,
        method: str,
        *,
        kind: str,
        times: int = 1,
        seconds: float = 1.0,
        recorded: bool | None = None,
        **beside: Any,
    ) -> None:
        """Orders a fault for the next calls of a method ("response_url" is one, too).

        Kinds: drop_before, drop_after (no answer, before or after it took effect), slow (answers after `seconds`),
        429 (Retry-After: `seconds`), http_500_html, or any error name of Slack's. With `recorded` the call takes
        effect all the same, which is the default for drop_after and slow.
        """
        effect = kind in RECORDED if recorded is None else recorded
        self.faulty.order(method, Fault(kind, seconds, effect, dict(beside)), times)

    def faults(
        self,
        *,
        drop_after: float = 0.0,
        drop_before: float = 0.0,
        too_many: float = 0.0,
        http_500_html: float = 0.0,
        seed: int = 1,
        seconds: float = 1.0,
        methods: Iterable[str] = ("chat.postMessage",),
    ) -> None:
        """Faults by chance, as rates between 0 and 1; the same calls in a channel meet the same faults."""
        rates = {"drop_after": drop_after, "drop_before": drop_before, "429": too_many}
        rates["http_500_html"] = http_500_html
        self.faulty.chance(rates, frozenset(methods), seconds, seed)

    def mute(self, links: Iterable[Link] | None = None) -> None:
        """These connections (every open one) fall silent without closing: no pong, no ping, no payload."""
        for link in self.links if links is None else links:
            link.mute = True

    def dead_ticket(self, times: int = 1) -> None:
        """The next addresses from apps.connections.open will not let anybody in."""
        self.chat_queues.dead_tickets += times

    async def disconnect(
        self, reason: str = "refresh_requested", links: Iterable[Link] | None = None
    ) -> None:
        """Sends a disconnect frame: warning, refresh_requested, link_disabled or too_many_websockets."""
        await self.chat_queues.disconnect(reason, list(self.links if links is None else links))

    async def close_connections(self, links: Iterable[Link] | None = None) -> None:
        """Closes connections without a word."""
        await self.chat_queues.close_connections(list(self.links if links is None else links))

    # What came in

    @property
    def calls(self) -> list[Call]:
        """Every API call, in the order of arrival."""
        return self.web.calls

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    @property
    def refused_for_rate(self) -> int:
        """How many calls came faster than the pace allows; ordered 429s are not counted."""
        return self.web.refused_for_rate

    @property
    def impatient(self) -> int:
        """How many calls came before the Retry-After of an ordered 429 was over."""
        return self.web.impatient

    @property
    def links(self) -> list[Link]:
        """The open connections, oldest first."""
        return self.chat_queues.links

    @property
    def acks(self) -> list[Ack]:
        """Every acknowledgement over Socket Mode, late and unasked ones included (delay None)."""
        return self.chat_queues.acks

    def posted(self, channel: str) -> list[Json]:
        """The app's messages in a channel and its threads as they stand now, oldest first, metadata included."""
        messages = self.desk.channels[channel].messages.values()
        return sorted((one for one in messages if one.get("bot_id")), key=lambda one: micros(one["ts"]))

    @property
    def ephemerals(self) -> list[Json]:
        """What single people saw, with `to`, `channel` and `ts`."""
        return self.desk.ephemerals

    def pieces(self, channel: str | None = None) -> list[Piece]:
        """Every text that was ever readable, as it was sent; of one channel, or of all, replies and views included."""
        shown = [one for one in self.desk.shown if channel in (None, one.channel)]
        return [piece for one in shown for piece in one.pieces]

    def texts(self, channel: str | None = None) -> list[str]:
        """Every text that was ever readable, as a reader sees it: entities decoded, links as their labels."""
        return [piece.shown for piece in self.pieces(channel)]

    def pings(self, channel: str | None = None) -> list[str]:
        """The marks in those texts that notify people: `<!channel>`, `<@U1>`."""
        return [ping for piece in self.pieces(channel) for ping in piece.pings]

    def links_shown(self, channel: str | None = None) -> list[tuple[str, str]]:
        """Where the links in those texts lead, with their labels."""
        return [link for piece in self.pieces(channel) for link in piece.links]

    # HTTP mode

    def deliver_to(self, url: str | None) -> None:
        """From now on payloads go to this address as signed requests; None: over Socket Mode again."""
        self.courier.request_url = url

    def signed_request(
        self,
        kind: str,
        payload: Json,
        *,
        at: float | None = None,
        retry: int = 0,
        reason: str = "http_timeout",
        secret: str | None = None,
    ) -> Signed:
        """The body and headers of a request as Slack signs it: slash_commands, interactive or events_api."""
        moment = int(self.desk.now() if at is None else at)
        beside = {"retry_attempt": retry, "retry_reason": reason}
        return slack_delivery.signed(secret or self.signing_secret, kind, payload, moment, beside)
