"""Socket Mode: slack_sdk's aiohttp client, with the reconnecting that it lacks, and two of them side by side.

As slack_sdk 3.47 has it, a client asks for a new address for ever when its token is dead, tries a
dead ticket for ever, leaves the old connection before it has a new one, leaves at a mere warning,
and comes back at once when it is one too many. docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.api import vendor_log
from bot.chat.slack.errors import DEAD, PACED, VENDOR, code_of, headers_of, retry_after
from bot.domain.errors import BadCredentials
from bot.domain.model import Address
from bot.domain.reasons import Reason

GOODBYE = 2.0
"""Seconds that a far end may take to close; a silent one never does."""

SILENCE = 4
"""Ping intervals without a pong after which a connection counts as dead: slack_sdk's own figure."""


class Connection(SocketModeClient):
    """A connection that Bolt answers on; it reconnects by itself until it is closed or its token dies.

    ``dead`` is called once, with what is wrong, when Slack will not have the app any more.
    """

    def __init__(
        self,
        app: AsyncApp,
        token: str,
        web: AsyncWebClient,
        dead: Callable[[BadCredentials], None],
        ping: float,
    ) -> None:
        """Takes Bolt, the app token, a client for apps.connections.open, and seconds between two pings."""
        super().__init__(token, logger=vendor_log(), web_client=web, ping_interval=ping)
        self._app = app
        self._dead = dead
        self._leaving: set[asyncio.Future[bool]] = set()
        self.socket_mode_request_listeners.append(self._answer)

    @property
    def alive(self) -> bool:
        """Whether it is open and its far end answered a ping lately."""
        session, pong = self.current_session, self.last_ping_pong_time
        silent = pong is not None and time.time() - pong >= SILENCE * self.ping_interval
        return session is not None and not (session.closed or self.closed or self.stale or silent)

    def _ended(self) -> bool:
        """Whether it was closed meanwhile."""
        return self.closed

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        start = time.time()
        await send_async_response(client, request, await run_async_bolt_app(self._app, request), start)

    async def issue_new_wss_url(self) -> str:
        """A fresh address. A dead token ends the connection; other trouble is the caller's to repeat."""
        try:
            answer = await self.web_client.apps_connections_open(app_token=self.app_token)
            return str(answer["url"])
        except SlackApiError as error:
            code, pause = code_of(error), retry_after(headers_of(error))
        if code in PACED:
            await asyncio.sleep(pause)
        if code in DEAD or code == "missing_scope":
            self._die(Reason("slack.app_token", code=code))
        raise ConnectionError(f"apps.connections.open: {code or 'no answer'}")

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 - theirs
        """Connect again where that is needed; ``force``: although the connection stands."""
        async with self.connect_operation_lock:
            if force or not self.alive:
                await self.connect()

    async def connect(self) -> None:
        """Connect, with a new ticket for each attempt, until it works or this is closed."""
        while not self.closed:
            try:
                await self._open()
            except Exception as error:  # noqa: BLE001 - nobody holds who connects anew: whatever it is, the next attempt may work
                if not self.closed:
                    self.logger.warning("no Socket Mode connection yet: %s", type(error).__name__)
                    await asyncio.sleep(self.ping_interval)
            else:
                return

    async def _open(self) -> None:
        """The new connection stands before the old one goes; one that comes when this is closed goes, too."""
        url = await self.issue_new_wss_url()
        if self._ended():
            return
        fresh = await self.aiohttp_client_session.ws_connect(
            url,
            autoping=False,
            heartbeat=self.ping_interval,
            proxy=self.proxy,
            ssl=True if self.web_client.ssl is None else self.web_client.ssl,
        )
        if self._ended():
            await fresh.close()
            return
        old, self.current_session = self.current_session, fresh
        self.stale, self.last_ping_pong_time = False, None
        if old is not None:
            leaving = asyncio.ensure_future(old.close())
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
        for task in (self.current_session_monitor, self.message_receiver):
            if task is not None:
                task.cancel()  # perhaps the one that runs here: nothing is awaited after this
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        """One frame. A warning is passed over: payloads still come, and the real end is announced, too."""
        reason = message.get("reason") if message.get("type") == "disconnect" else None
        if reason == "warning":
            return
        if reason == "link_disabled":
            self._die(Reason("slack.socket_off"))
            return
        if reason == "too_many_websockets":  # at most ten for one app: others hold them
            await asyncio.sleep(self.ping_interval)
        await super().run_message_listeners(message, raw_message)

    def _die(self, reason: Reason) -> None:
        if not self.closed:
            self.closed = True
            self._dead(BadCredentials(Address("slack"), reason))

    async def close(self) -> None:
        """Close, and wait for its own tasks to end."""
        self.closed, self.auto_reconnect_enabled = True, False
        own = (self.message_processor, self.current_session_monitor, self.message_receiver)
        tasks = [task for task in own if task is not None]
        for task in tasks:
            task.cancel()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE), self.connect_operation_lock:
                pass  # A frame may have it connect anew, in a task that nobody holds.
        with contextlib.suppress(*VENDOR):
            async with asyncio.timeout(GOODBYE):
                last = () if self.current_session is None else (self.current_session.close(),)
                await asyncio.gather(*self._leaving, *last, return_exceptions=True)
        await self.aiohttp_client_session.close()
        await asyncio.gather(*tasks, return_exceptions=True)


class Connections:
    """The first connection, and after ``stagger`` seconds a second one.

    Slack renews a connection every few hours and the library closes the old one first; with two of
    different age one is always there to take what comes.
    """

    def __init__(self, make: Callable[[], Connection], stagger: float) -> None:
        """Takes a way to make a connection that is not connected yet."""
        self._make = make
        self._stagger = stagger
        self._connections: list[Connection] = []
        self._opening: list[asyncio.Task[None]] = []

    @property
    def alive(self) -> bool:
        """Whether at least one connection is."""
        return any(connection.alive for connection in self._connections)

    def open(self) -> None:
        """Begin to connect; both go on by themselves."""
        for delay in (0.0, self._stagger):
            connection = self._make()
            self._connections.append(connection)
            self._opening.append(asyncio.create_task(_after(delay, connection.connect)))

    async def aclose(self) -> None:
        """Close both."""
        connections, opening = self._connections, self._opening
        self._connections, self._opening = [], []
        for task in opening:
            task.cancel()
        await asyncio.gather(*opening, return_exceptions=True)
        await asyncio.gather(*(connection.close() for connection in connections), return_exceptions=True)


async def _after(delay: float, action: Callable[[], Awaitable[None]]) -> None:
    await asyncio.sleep(delay)
    await action()
