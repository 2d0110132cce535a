"""The Web API's front: how a call is read, when it is refused, and how its answer goes out, or is lost."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from tests.doubles import slack_chat, slack_conversations, slack_files
from tests.doubles.slack_blocks import Json
from tests.doubles.slack_replies import Replies
from tests.doubles.slack_rules import Refused
from tests.doubles.slack_trouble import Fault, Faults, Pacer, retry_after
from tests.doubles.slack_workspace import Workspace

METHODS = {**slack_chat.METHODS, **slack_conversations.METHODS, **slack_files.METHODS}
CONNECT = "apps.connections.open"
ERROR_PAGE = "<!DOCTYPE html><html><head><title>Server Error | Slack</title></head><body>500</body></html>"


@dataclass(slots=True)
class Call:
    """One API call: what was asked, in which encoding, and what became of it.

    `status` is 0 when the connection was dropped; `fault` is the kind of the fault that it met; `recorded` says
    whether it took effect.
    """

    method: str
    arguments: Json
    token: str
    encoding: str
    at: float
    status: int | None = None
    answer: Json = field(default_factory=dict)
    fault: str | None = None
    recorded: bool = False


@dataclass(eq=False)
class WebApi:
    """Answers calls upon a workspace."""

    desk: Workspace
    faulty: Faults
    pacer: Pacer
    bot_token: str
    app_token: str
    socket_url: Callable[[], str]
    revoked: str | None = None
    calls: list[Call] = field(default_factory=list)
    refused_for_rate: int = 0
    impatient: int = 0
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One call, from its arrival to its answer."""
        call = await self._read(request)
        self.calls.append(call)
        try:
            self._admit(call)
        except Refused as refused:
            return self._finish(call, 200, refused.answer)
        channel = str(call.arguments.get("channel", ""))
        wait = self._too_soon(call, channel)
        if wait:
            return self._finish(call, 429, {"ok": False, "error": "ratelimited"}, wait)
        fault = self.faulty.next(call.method, channel)
        if fault is None:
            return self._finish(call, 200, self._perform(call))
        call.fault = fault.kind
        return await self._spoil(request, call, fault, channel)

    async def _read(self, request: web.Request) -> Call:
        given: Json = dict(request.query)
        encoding = "query"
        if request.method == "POST" and request.can_read_body:
            encoding = request.content_type
            if encoding == "application/json":
                given.update(await _json_body(request))
            else:
                given.update(await request.post())
        header = request.headers.get("Authorization", "")
        token = (
            header.removeprefix("Bearer ") if header.startswith("Bearer ") else str(given.get("token", ""))
        )
        given.pop("token", None)
        return Call(request.match_info["method"], given, token, encoding, self.desk.clock())

    def _too_soon(self, call: Call, channel: str) -> float:
        now = self.desk.clock()
        if blocked := self.pacer.blocked(call.method, channel, now):
            self.impatient += 1
            return blocked
        wait = self.pacer.too_soon(call.method, channel, now)
        self.refused_for_rate += wait > 0
        return wait

    def _perform(self, call: Call) -> Json:
        try:
            if call.method == CONNECT:
                answer: Json = {"ok": True, "url": self.socket_url()}
            else:
                answer = METHODS[call.method](self.desk, call.arguments)
        except Refused as refused:
            return refused.answer
        call.recorded = True
        return answer

    def _admit(self, call: Call) -> None:
        if call.method not in METHODS and call.method != CONNECT:
            raise Refused("unknown_method", req_method=call.method)
        if "" in call.arguments:
            raise Refused("invalid_json")
        if not call.token:
            raise Refused("not_authed")
        if call.token not in (self.bot_token, self.app_token):
            raise Refused("invalid_auth")
        if (call.token == self.app_token) != (call.method == CONNECT):
            raise Refused("not_allowed_token_type")
        if self.revoked:
            raise Refused(self.revoked)

    async def _spoil(
        self, request: web.Request, call: Call, fault: Fault, channel: str
    ) -> web.StreamResponse:
        answer = self._perform(call) if fault.recorded else {}
        if fault.kind in ("drop_before", "drop_after"):
            return self._drop(request, call)
        if fault.kind == "slow":
            await self._linger(fault.seconds)
            return self._finish(call, 200, answer)
        if fault.kind == "429":
            wait = math.ceil(fault.seconds)
            self.pacer.block(call.method, channel, self.desk.clock() + wait)
            return self._finish(call, 429, {"ok": False, "error": "ratelimited"}, wait)
        if fault.kind == "http_500_html":
            call.status = 500
            return web.Response(status=500, text=ERROR_PAGE, content_type="text/html")
        return self._finish(call, 200, {"ok": False, "error": fault.kind, **fault.beside})

    def _drop(self, request: web.Request, call: Call) -> web.StreamResponse:
        call.status = 0
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _linger(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.closing.wait(), seconds)
        except TimeoutError:
            return

    def _finish(self, call: Call, status: int, answer: Json, wait: float = 0.0) -> web.Response:
        call.status, call.answer = status, answer
        headers = {"X-OAuth-Scopes": ",".join(sorted(self.desk.scopes))}
        if status == 429:
            headers["Retry-After"] = str(retry_after(wait) if wait else 0)
        return web.json_response(answer, status=status, headers=headers)

    async def respond(self, request: web.Request, replies: Replies) -> web.StreamResponse:
        """A post to a response_url; faults are ordered for the method name `response_url`."""
        raw = await request.read()
        call = Call("response_url", {}, "", request.content_type, self.desk.clock())
        self.calls.append(call)
        reply = _parsed(raw)
        call.arguments = reply if isinstance(reply, dict) else {}
        fault = self.faulty.next("response_url", "")
        if fault is not None:
            call.fault = fault.kind
            if fault.recorded:
                replies.take(request.match_info["name"], reply)
            return await self._spoil(request, call, Fault(fault.kind, fault.seconds), "")
        call.status, body = replies.take(request.match_info["name"], reply)
        call.recorded = call.status == 200
        return web.Response(status=call.status, text=body)


async def _json_body(request: web.Request) -> Json:
    given = _parsed(await request.read())
    return given if isinstance(given, dict) else {"": "not an object"}


def _parsed(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except ValueError:
        return None
