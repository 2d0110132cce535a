"""How a payload reaches the app, over Socket Mode or as a signed request, and what came back."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp

from tests.doubles.slack_blocks import Json
from tests.doubles.slack_socket import Ack, ChatQueues

RETRIES = 3  # docs.slack.dev/apis/events-api


@dataclass(slots=True)
class Outcome:
    """What became of a slash command, a press, a submission or an event.

    `ack` is the payload of the acknowledgement ({} for a bare one), None while there is none; `delay` its seconds.
    `error` is what the person sees instead: operation_timeout, or dispatch_failed when nobody was connected.
    `problem` is Slack's refusal of a reply inside the acknowledgement. `responses` grows with each accepted post to
    the response_url; `refusals` holds the errors of the others.
    """

    payload: Json
    response_url: str = ""
    trigger_id: str = ""
    ts: str = ""
    event_id: str = ""
    ack: Json | None = None
    delay: float | None = None
    error: str | None = None
    problem: str | None = None
    attempts: int = 0
    responses: list[Json] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> bool:
        """Whether the app answered in time."""
        return self.ack is not None


@dataclass(frozen=True, slots=True)
class Signed:
    """A request as Slack signs it, ready to be posted to an app's endpoint."""

    body: bytes
    headers: dict[str, str]


def signed(secret: str, kind: str, payload: Json, at: int, beside: Json) -> Signed:
    """Signs a payload: JSON for events, forms for commands and interactions."""
    form = {"slash_commands": payload, "interactive": {"payload": json.dumps(payload)}}
    body = urlencode(form[kind]).encode() if kind in form else json.dumps(payload).encode()
    mac = hmac.new(secret.encode(), b"v0:%d:%s" % (at, body), hashlib.sha256).hexdigest()
    media = "application/x-www-form-urlencoded" if kind in form else "application/json"
    headers = {
        "Content-Type": media,
        "X-Slack-Request-Timestamp": str(at),
        "X-Slack-Signature": f"v0={mac}",
    }
    if beside.get("retry_attempt"):
        headers["X-Slack-Retry-Num"] = str(beside["retry_attempt"])
        headers["X-Slack-Retry-Reason"] = str(beside.get("retry_reason", "http_timeout"))
    return Signed(body, headers)


@dataclass(eq=False)
class Courier:
    """Carries payloads within `ack_within` seconds: over the switchboard, or to `request_url` when that is set."""

    chat_queues: ChatQueues
    secret: str
    now: Callable[[], float]
    clock: Callable[[], float]
    until: Callable[..., Awaitable[Any]]
    ack_within: float = 3.0
    request_url: str | None = None
    _session: aiohttp.ClientSession | None = None

    async def aclose(self) -> None:
        """Closes the client of the HTTP mode."""
        if self._session is not None:
            await self._session.close()

    async def carry(self, kind: str, outcome: Outcome, *, accepts: bool, beside: Json | None = None) -> bool:
        """One attempt; whether the app acknowledged. A refusal or silence stands in `outcome.error`."""
        outcome.attempts += 1
        send = self._post if self.request_url else self._push
        ack = await send(kind, outcome, accepts, beside or {})
        if ack is None:
            return False
        outcome.ack, outcome.delay, outcome.error = ack.payload or {}, ack.delay, None
        return True

    async def carry_event(self, outcome: Outcome, *, first: int = 0, reason: str = "timeout") -> None:
        """An event: sent again, up to three times, until it is acknowledged."""
        for attempt in range(first, RETRIES + 1):
            beside = {"retry_attempt": attempt, "retry_reason": reason if attempt else ""}
            if await self.carry("events_api", outcome, accepts=False, beside=beside):
                return
            if outcome.error == "no_retry":
                return

    async def _push(self, kind: str, outcome: Outcome, accepts: bool, beside: Json) -> Ack | None:
        if kind == "events_api" and not self.chat_queues.takers:
            try:
                await self.until(lambda: self.chat_queues.takers, seconds=self.ack_within)
            except AssertionError:
                outcome.error = "dispatch_failed"
                return None
        envelope = await self.chat_queues.send(kind, outcome.payload, accepts=accepts, beside=beside)
        if envelope is None:
            outcome.error = "dispatch_failed"
            return None
        try:
            return await asyncio.wait_for(envelope.answer, self.ack_within)
        except TimeoutError:
            self.chat_queues.forget(envelope)
            outcome.error = "operation_timeout"
            return None

    async def _post(self, kind: str, outcome: Outcome, accepts: bool, beside: Json) -> Ack | None:
        del accepts  # a body comes back whether or not Slack reads it
        if self._session is None:
            self._session = aiohttp.ClientSession()
        letter = signed(self.secret, kind, outcome.payload, int(self.now()), beside)
        start = self.clock()
        try:
            limit = aiohttp.ClientTimeout(total=self.ack_within)
            async with self._session.post(
                str(self.request_url), data=letter.body, headers=letter.headers, timeout=limit
            ) as reply:
                return self._replied(reply, await reply.text(), outcome, self.clock() - start)
        except TimeoutError:
            outcome.error = "operation_timeout"
        except aiohttp.ClientError:
            outcome.error = "dispatch_failed"
        return None

    def _replied(
        self, reply: aiohttp.ClientResponse, body: str, outcome: Outcome, delay: float
    ) -> Ack | None:
        if not 200 <= reply.status < 300:
            final = reply.headers.get("X-Slack-No-Retry") == "1"
            outcome.error = "no_retry" if final else f"http_{reply.status}"
            return None
        try:
            payload = json.loads(body) if body.strip() else {}
        except ValueError:
            payload = {"text": body}
        return Ack("", payload, delay, 0, self.clock())
