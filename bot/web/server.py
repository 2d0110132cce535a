"""The only HTTP server: pages for probes, and the requests of those platforms that send theirs.

Anybody may connect: what a stranger can make the desk hold is small, and is let go of soon.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from aiohttp import web

from bot.domain.messaging import Answered, Headers, Page, Receiver, Site, Visit
from bot.web.origins import preflight, shown
from bot.web.settings import WebSettings

TEXT = "text/plain; charset=utf-8"
_log = logging.getLogger(__name__)
_quiet = logging.getLogger(f"{__name__}.requests")
_quiet.setLevel(logging.CRITICAL)  # what strangers send amiss is nobody's news


@dataclass(frozen=True, slots=True)
class WebLimits:
    """What is held for whoever connects: connections, seconds for a head, a body and for the answer to be read, bytes of bodies.

    Requests under way when the server closes have ``closing`` seconds.

    ``body`` is for a request whose headers prove its sender (a larger one, where its receiver takes one, has
    so much more time), ``unsigned`` for one that only its body
    can prove; ``large`` of these at a time may have up to ``body``, too, where they say so. A press on
    Slack brings its message along, which takes more than 64 KB in scripts that need escapes.
    """

    connections: int = 100
    head_within: float = 5.0
    body_within: float = 5.0
    read_within: float = 30.0
    body: int = 1024 * 1024
    unsigned: int = 64 * 1024
    large: int = 4
    linger: float = 0.5
    closing: float = 0.5


LIMITS = WebLimits()
NO_SITES: Mapping[str, Site] = MappingProxyType({})


@asynccontextmanager
async def serving(
    settings: WebSettings,
    receivers: Mapping[str, Receiver],
    pages: Mapping[str, Page],
    limits: WebLimits = LIMITS,
    sites: Mapping[str, Site] = NO_SITES,
) -> AsyncIterator[int]:
    """Serve until the end of the block; yields the port.

    ``receivers`` take the POST requests of their path, ``pages`` answer the GET requests of theirs, ``sites`` those of
    their path and of every path below it. Raises OSError when the port is taken.
    """
    server = _Server(_Requests(receivers, pages, limits, sites), limits)
    runner = web.ServerRunner(server, handle_signals=False, shutdown_timeout=limits.closing)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


class _Requests:
    """Answers requests, the cheap questions first."""

    def __init__(
        self,
        receivers: Mapping[str, Receiver],
        pages: Mapping[str, Page],
        limits: WebLimits,
        sites: Mapping[str, Site],
    ) -> None:
        self._receivers = receivers
        self._pages = pages
        self._sites = sites
        self._limits = limits
        self._large = asyncio.Semaphore(limits.large)

    async def __call__(self, request: web.BaseRequest) -> web.StreamResponse:
        answered = await self._answered(request)
        headers = {k: v for k, v in answered.headers.items() if k.lower() not in _OURS}
        kind = next((v for k, v in answered.headers.items() if k.lower() == "content-type"), TEXT)
        if isinstance(request.protocol, _Connection):
            request.protocol.answered()
        return _Response(
            status=answered.status, body=answered.body.encode(), headers={**headers, "Content-Type": kind}
        )

    async def _answered(self, request: web.BaseRequest) -> Answered:
        if page := self._page(request):
            if request.method not in {"GET", "HEAD"}:
                return Answered(405, {"Allow": "GET, HEAD"}, "no such method")
            return await page()
        receiver = self._receivers.get(request.path)
        if receiver is None:
            return Answered(404, body="nothing here")
        headers, origins = dict(request.headers), receiver.origins
        if origins and request.method == "OPTIONS":
            answered = preflight(origins, headers)
            return answered if answered.status == 403 else shown(answered, origins, headers)
        answered = await self._received(request, receiver, headers)
        return shown(answered, origins, headers) if origins else answered

    async def _received(self, request: web.BaseRequest, receiver: Receiver, headers: Headers) -> Answered:
        if request.method != "POST":
            allowed = "OPTIONS, POST" if receiver.origins else "POST"
            return Answered(405, {"Allow": allowed}, "no such method")
        if refused := receiver.refused(headers):
            return refused
        body = await self._body(request, receiver)
        return body if isinstance(body, Answered) else await receiver.take(headers, body)

    def _page(self, request: web.BaseRequest) -> Page | None:
        if page := self._pages.get(request.path):
            return page
        path, _, query = request.raw_path.partition("?")
        for root, site in self._sites.items():
            if f"{path}/".startswith(f"{root}/"):
                return partial(site, Visit(path, query, dict(request.headers)))
        return None

    async def _body(self, request: web.BaseRequest, receiver: Receiver) -> bytes | Answered:
        limits, told = self._limits, request.content_length or 0
        most = receiver.most or limits.body
        if told > most:
            return Answered(413, body="too large")
        if receiver.proven:
            return await self._read(request, most, limits.body_within * max(most / limits.body, 1.0))
        if told <= limits.unsigned:
            return await self._read(request, limits.unsigned, limits.body_within)
        if self._large.locked():
            return Answered(503, {"Retry-After": "1"}, "busy")
        async with self._large:
            return await self._read(request, limits.body, limits.body_within)

    async def _read(self, request: web.BaseRequest, most: int, within: float) -> bytes | Answered:
        body = bytearray()
        try:
            async with asyncio.timeout(within):
                async for piece in request.content.iter_any():
                    body += piece
                    if len(body) > most:
                        return Answered(413, body="too large")
        except TimeoutError:
            return Answered(408, body="too slow")
        except web.RequestPayloadError:
            return Answered(400, body="not readable")
        return bytes(body)


_OURS = frozenset({"content-type", "content-length", "connection", "server"})


class _Response(web.Response):
    """One request a connection, and no Server header."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.force_close()

    async def _prepare_headers(self) -> None:
        await super()._prepare_headers()
        self.headers.pop("Server", None)


class _Server(web.Server):
    """Counts connections: where there are too many, the oldest whose head is not here makes room, else that whose answer is not read."""

    def __init__(self, handler: _Requests, limits: WebLimits) -> None:
        super().__init__(
            handler,
            access_log=None,
            logger=_quiet,
            lingering_time=limits.linger,
            auto_decompress=False,
            read_bufsize=16 * 1024,
        )
        self._limits = limits
        self.waiting: dict[_Connection, None] = {}
        self.unread: dict[_Connection, None] = {}

    def __call__(self) -> web.RequestHandler:
        return _Connection(self, self._limits, loop=self._loop, **self._kwargs)

    def full(self) -> bool:
        return len(self._connections) >= self._limits.connections


class _Connection(web.RequestHandler):
    __slots__ = ("_late", "_limits", "_owner", "_unread")

    def __init__(self, owner: _Server, limits: WebLimits, **given: Any) -> None:
        super().__init__(owner, **given)
        self._owner = owner
        self._limits = limits
        self._late: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self._owner.full():
            oldest = next(iter((*self._owner.waiting, *self._owner.unread)), None)
            if oldest is None:
                transport.abort()  # type: ignore[attr-defined]  # a TCP transport
                return
            oldest.drop()
        super().connection_made(transport)
        self._owner.waiting[self] = None
        self._late = asyncio.get_running_loop().call_later(self._limits.head_within, self.drop)

    def drop(self) -> None:
        """End it at once: its head is not here in time, or its answer not read."""
        self._left()
        if self.transport is not None:
            self.transport.abort()

    def begun(self) -> None:
        """Its head is here, or never will be."""
        self._owner.waiting.pop(self, None)
        if self._late is not None:
            self._late.cancel()

    def answered(self) -> None:
        """Its answer is made; whoever does not read it holds room that others need."""
        self._owner.unread[self] = None
        self._unread = asyncio.get_running_loop().call_later(self._limits.read_within, self.drop)

    def _left(self) -> None:
        self.begun()
        self._owner.unread.pop(self, None)
        if self._unread is not None:
            self._unread.cancel()

    def connection_lost(self, exc: BaseException | None) -> None:
        self._left()
        if self.transport is not None:  # else there was no room for it
            super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._request_count or self._messages:
            self.begun()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - it quotes what a stranger sent
    ) -> web.StreamResponse:
        if request.writer.output_size > 0:
            raise ConnectionError
        if status >= 500:
            _log.error("a request could not be answered", exc_info=exc)
        return _Response(status=status, text="not readable" if status < 500 else "failed")
