"""Socket Mode's far end: tickets, hello, envelopes to any one connection, acknowledgements, pings, disconnects.

docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSCloseCode, WSMsgType, web

from tests.doubles.slack_blocks import Json
from tests.doubles.slack_workspace import APP

CONNECTIONS_MOST = 10
GOODBYE = 0.5  # seconds that a closing connection may take to answer


@dataclass(frozen=True, slots=True)
class Ack:
    """What a client sent back, `at` the clock's time; `delay` since its envelope left, None when nobody waited."""

    envelope_id: str
    payload: Json | None
    delay: float | None
    link: int
    at: float


@dataclass(eq=False, slots=True)
class Link:
    """One open connection; `mute` swallows everything, `leaving` gets no new payloads."""

    number: int
    ws: web.WebSocketResponse
    mute: bool = False
    leaving: bool = False
    unanswered: int = 0
    pongs: int = 0
    pings: int = 0


@dataclass(eq=False, slots=True)
class Envelope:
    """A payload on its way, and the future that its acknowledgement fulfils."""

    id: str
    sent: float
    link: int
    answer: asyncio.Future[Ack]


@dataclass(eq=False)
class ChatQueues:
    """Every connection of one app, as `stir` is told of each change."""

    clock: Callable[[], float]
    stir: Callable[[], None]
    choice: random.Random
    ping_every: float = 5.0
    links: list[Link] = field(default_factory=list)
    acks: list[Ack] = field(default_factory=list)
    opened: int = 0
    dead_tickets: int = 0
    _tickets: dict[str, bool] = field(default_factory=dict)
    _waiting: dict[str, Envelope] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def ticket(self, port: int) -> str:
        """A url good for one connection; dead from the start when a dead ticket was ordered."""
        name = str(uuid.UUID(int=self.choice.getrandbits(128)))
        self._tickets[name] = not self.dead_tickets
        self.dead_tickets = max(0, self.dead_tickets - 1)
        return f"ws://127.0.0.1:{port}/link/?ticket={name}&app_id={APP}"

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Takes a connection in, for as long as it lasts."""
        if not self._tickets.pop(request.query.get("ticket", ""), False):
            return web.Response(status=403, text="invalid ticket")
        ws = web.WebSocketResponse(autoping=False, timeout=GOODBYE)
        await ws.prepare(request)
        if len(self.links) >= CONNECTIONS_MOST:
            await ws.send_json(_goodbye("too_many_websockets"))
            await ws.close()
            return ws
        await self._converse(Link(next(self._numbers), ws))
        return ws

    async def _converse(self, link: Link) -> None:
        self.opened += 1
        self.links.append(link)
        pinging = asyncio.create_task(self._ping(link))
        try:
            await link.ws.send_json(self._hello())
            self.stir()
            await self._listen(link)
        finally:
            pinging.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await pinging
            self.links.remove(link)
            self.stir()

    def _hello(self) -> Json:
        host = {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060}
        info = {"app_id": APP}
        return {
            "type": "hello",
            "num_connections": len(self.links),
            "debug_info": host,
            "connection_info": info,
        }

    async def _listen(self, link: Link) -> None:
        async for frame in link.ws:
            if link.mute:
                continue
            link.unanswered = 0
            if frame.type == WSMsgType.PING:
                link.pings += 1
                await link.ws.pong(frame.data)
            elif frame.type == WSMsgType.PONG:
                link.pongs += 1
            elif frame.type == WSMsgType.TEXT:
                self._acknowledge(link, frame.data)
            self.stir()

    async def _ping(self, link: Link) -> None:
        while True:
            await asyncio.sleep(self.ping_every)
            if link.mute:
                continue
            if link.unanswered >= 2:
                await link.ws.close(code=WSCloseCode.GOING_AWAY, message=b"no pong")
                return
            link.unanswered += 1
            with contextlib.suppress(ConnectionError):
                await link.ws.ping(f"ping {link.number}".encode())

    def _acknowledge(self, link: Link, raw: str) -> None:
        with contextlib.suppress(ValueError, TypeError, KeyError):
            frame = json.loads(raw)
            envelope = self._waiting.pop(frame["envelope_id"], None)
            now = self.clock()
            delay = now - envelope.sent if envelope else None
            ack = Ack(frame["envelope_id"], frame.get("payload"), delay, link.number, now)
            self.acks.append(ack)
            if envelope and not envelope.answer.done():
                envelope.answer.set_result(ack)

    @property
    def takers(self) -> list[Link]:
        """The connections that may get a payload now."""
        return [link for link in self.links if not link.leaving and not link.ws.closed]

    async def send(self, kind: str, payload: Json, *, accepts: bool, beside: Json) -> Envelope | None:
        """Sends a payload to any one connection; None when there is none."""
        takers = self.takers
        if not takers:
            return None
        link = self.choice.choice(takers)
        name = str(uuid.UUID(int=self.choice.getrandbits(128)))
        answer: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        envelope = self._waiting[name] = Envelope(name, self.clock(), link.number, answer)
        frame = {"envelope_id": name, "type": kind, "payload": payload, "accepts_response_payload": accepts}
        if not link.mute:
            with contextlib.suppress(ConnectionError):
                await link.ws.send_json({**frame, **beside})
        return envelope

    def forget(self, envelope: Envelope) -> None:
        """Nobody waits for this one any more; a late acknowledgement changes nothing."""
        self._waiting.pop(envelope.id, None)
        envelope.answer.cancel()

    async def disconnect(self, reason: str, links: list[Link]) -> None:
        """Tells clients to go: `warning` ahead of time, the other reasons at once."""
        for link in links:
            link.leaving = reason != "warning"
            with contextlib.suppress(ConnectionError):
                await link.ws.send_json(_goodbye(reason))

    async def close_connections(self, links: list[Link]) -> None:
        """Closes connections from this side."""
        async with asyncio.TaskGroup() as group:
            for link in links:
                link.leaving = True
                group.create_task(link.ws.close(code=WSCloseCode.GOING_AWAY))


def _goodbye(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}
