"""A Telegram Bot API server on loopback, for tests: `async with TelegramDouble() as telegram:`.

Give `telegram.base_url` and `telegram.base_file_url` to any Bot API client. It keeps the rules of
tdlib/telegram-bot-api 10.0 for the methods in `telegram_methods`: texts of refusals, limits, rates,
getUpdates and webhooks. Not modelled: media but for documents that people send, business accounts, answers inside a webhook's
reply, payments. What a client sends that the Bot API does not document is in `problems`.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

from tests.doubles import telegram_spec
from tests.doubles.listening import accept_no_more, served
from tests.doubles.telegram_chats import Message, World
from tests.doubles.telegram_ephemeral import Api, Ephemeral
from tests.doubles.telegram_faults import Faults, Gate, Kind, Rates
from tests.doubles.telegram_methods import Methods
from tests.doubles.telegram_people import People, is_token
from tests.doubles.telegram_rules import Refusal, bad, too_many
from tests.doubles.telegram_updates import Pace, Updates

PATIENCE = 120.0
"""Seconds after which a wait fails: generous, a machine may be busy."""

TOKEN = "7000001:AAfictional-token-of-a-test-desk"
BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass(frozen=True, slots=True)
class Call:
    """One request: the method as the client spelt it, its fields as text, when by the double's clock."""

    method: str
    fields: Mapping[str, str]
    at: float

    def json(self, name: str) -> Any:
        """A field that carries JSON, read; None when it is absent."""
        return json.loads(self.fields[name]) if name in self.fields else None


class TelegramDouble(People):
    """The server and the people behind it.

    `clock` (seconds, monotonic) drives rates and waits, `now` (seconds since the epoch) dates messages.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "copydesk_test_bot",
        rates: Rates | None = None,
        pace: Pace | None = None,
        privacy: bool = True,
        inline: bool = True,
        api: Api = "10.3",
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        bot: dict[str, Any] = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Copydesk",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": not privacy,
            "supports_inline_queries": inline,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        self.token, self.privacy, self.clock = token, privacy, clock
        self.world = World(bot, now)
        self.updates = Updates(clock=clock, now=now, pace=pace or Pace())
        self.ephemeral = Ephemeral(self.world, api)
        self.methods = Methods(self.world, Gate(rates or Rates(), clock), clock, self.ephemeral)
        self.faults = Faults()
        self.calls: list[Call] = []
        self.problems: list[str] = []
        self.base_url = self.base_file_url = ""
        self._revoked = False
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._runner: web.AppRunner
        self._server: asyncio.Server

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        self._server = await served(self._runner)
        port = self._server.sockets[0].getsockname()[1]
        self.base_url = f"http://127.0.0.1:{port}/bot"
        self.base_file_url = f"http://127.0.0.1:{port}/file/bot"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing.set()
        await accept_no_more(self._server)
        await self.updates.close()
        await self._runner.cleanup()

    # What a test orders and reads.

    def fail(
        self,
        method: str,
        times: int = 1,
        kind: Kind = "drop_after",
        *,
        seconds: float | None = 1,
        chat: int | None = None,
    ) -> None:
        """The next `times` calls of `method` (to `chat`) meet this trouble.

        `seconds` is the wait of a slow answer (None: until the double closes) or the retry_after of a 429.
        """
        self.faults.order(method, times, kind, seconds, chat)

    def fail_by_chance(
        self,
        rates: Mapping[Kind, float],
        *,
        seed: int,
        methods: Iterable[str] = ("sendMessage",),
        seconds: float | None = 1,
    ) -> None:
        """From now on each call of `methods` meets trouble with these probabilities."""
        self.faults.by_chance(rates, seed, methods, seconds)

    def revoke(self) -> None:
        """The token dies: every call from now on is a 401."""
        self._revoked = True

    @property
    def refused_for_rate(self) -> int:
        """429 answers that the client earned; ordered ones are in `injected`."""
        return self.methods.refused_for_rate

    @property
    def injected(self) -> Counter[str]:
        """Ordered faults that happened, by kind."""
        return self.faults.injected

    def called(self, method: str) -> list[Call]:
        """The calls of one method, whatever its letters' case."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def messages(self, chat: int | None = None) -> list[Message]:
        """The bot's messages that stand now, in order."""
        return [message for message in self.world.posted(chat) if not message.deleted]

    def whispers(self, user: int | None = None) -> list[Message]:
        """The bot's ephemeral messages (to this person) as they stand now, in order."""
        found = self.ephemeral.messages.values()
        return [one for to, one in found if one.by_bot and user in (None, to)]

    async def sent(self, chat: int | None = None, count: int = 1, within: float = PATIENCE) -> list[Message]:
        """Wait until the bot has posted `count` messages there, and return them."""
        await self.until(lambda: len(self.world.posted(chat)) >= count, within)
        return list(self.world.posted(chat))

    async def answered(self, query: str, within: float = PATIENCE) -> dict[str, Any]:
        """Wait for the answer to a pressed button: its text, and whether it is an alert."""
        await self.until(lambda: self.methods.presses[query].answer is not None, within)
        return self.methods.presses[query].answer or {}

    async def offered(self, query: str, within: float = PATIENCE) -> dict[str, Any]:
        """Wait for the answer to an inline query: `results`, `next_offset`, `button`, `cache_time`, `is_personal`."""
        await self.until(lambda: self.methods.queries[query].answer is not None, within)
        return self.methods.queries[query].answer or {}

    async def listening(self, within: float = PATIENCE) -> None:
        """Wait until a long poll is open: what is said now wakes it."""
        async with asyncio.timeout(within):
            await self.updates.listening.wait()

    async def until(self, met: Callable[[], object], within: float = PATIENCE) -> None:
        """Wait until `met()` holds; it is asked before and after every call. TimeoutError tells what was called."""
        try:
            async with asyncio.timeout(within):
                while not met():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            last = [call.method for call in self.calls[-10:]]
            raise TimeoutError(
                f"not within {within} s; last calls {last}, problems {self.problems}, "
                f"texts {self.texts()[-3:]}"
            ) from None

    # The server.

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if request.path.startswith("/file/bot"):
            return self._download(request.path.removeprefix("/file/bot"))
        token, slash, method = request.path.removeprefix("/bot").partition("/")
        if not request.path.startswith("/bot") or not slash:
            return _refused(Refusal(404, "Not Found"))
        try:
            fields = await _fields(request)
            method = method.strip("/") or fields.pop("method", "")
            self.calls.append(Call(method, fields, self.clock()))
            self._changed.set()
            self._check_token(token)
            return await self._answer(request, method, fields)
        except Refusal as refusal:
            return _refused(refusal)
        finally:
            self._changed.set()

    def _download(self, path: str) -> web.StreamResponse:
        """A file by the path that getFile told."""
        token, _, name = path.partition("/")
        self.calls.append(Call("download", {"path": name}, self.clock()))
        self._changed.set()
        if token != self.token or self._revoked:
            return _refused(Refusal(401, "Unauthorized"))
        if name not in self.methods.paths:
            return _refused(Refusal(404, "Not Found"))
        return web.Response(body=self.methods.paths[name], content_type="application/octet-stream")

    def _check_token(self, token: str) -> None:
        if not is_token(token):
            raise Refusal(401, "Unauthorized: invalid token specified")
        if token != self.token or self._revoked:
            raise Refusal(401, "Unauthorized")

    async def _answer(self, request: web.Request, method: str, fields: dict[str, str]) -> web.StreamResponse:
        self.problems += telegram_spec.faults(_spelling(method), fields)
        kind, seconds = self.faults.next(method.lower(), fields.get("chat_id", "")) or (None, None)
        match kind:
            case "429":
                raise too_many(int(seconds or 1))
            case "500":
                raise Refusal(500, "Internal Server Error: restart")
            case "drop_before":
                return _hung_up(request)
            case "http_502_html":
                return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
            case "slow":
                await self._linger(seconds)
        result = await self._run(method, fields)
        self._changed.set()
        match kind:
            case "drop_after":
                return _hung_up(request)
            case "http_502_html_after":
                return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
            case "slow_after":
                await self._linger(seconds)
        return web.json_response({"ok": True, "result": result})

    async def _run(self, method: str, fields: Mapping[str, str]) -> Any:
        match method.lower():
            case "getupdates":
                return await self.updates.poll(fields)
            case "setwebhook":
                return await self.updates.set_webhook(fields)
            case "deletewebhook":
                return await self.updates.set_webhook({**fields, "url": ""})
            case "getwebhookinfo":
                return self.updates.webhook_info()
        act = self.methods.named(method.lower())
        if act is None:
            raise Refusal(404, "Not Found: method not found")
        return act(fields)

    async def _linger(self, seconds: float | None) -> None:
        try:
            await asyncio.wait_for(self._closing.wait(), seconds)
        except TimeoutError:
            return


_SPELT = {name.lower(): name for name in telegram_spec.USED}


def _spelling(method: str) -> str:
    return _SPELT.get(method.lower(), method)


async def _fields(request: web.Request) -> dict[str, str]:
    """Query, form, multipart or JSON, as text; nested objects are JSON text, as in a form."""
    fields = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}").items()
        except (ValueError, AttributeError):
            raise bad("Can't parse parameters: expected a JSON object") from None
        for name, value in body:
            if value is not None:
                fields[name] = value if isinstance(value, str) else json.dumps(value)
        return fields
    for name, sent in (await request.post()).items():
        fields[name] = sent if isinstance(sent, str) else f"attach://{name}"
    return fields


def _refused(refusal: Refusal) -> web.Response:
    body = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    headers = {}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    if "retry_after" in refusal.parameters:
        headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return web.json_response(body, status=refusal.code, headers=headers)


def _hung_up(request: web.Request) -> web.Response:
    """The connection ends before a byte of an answer."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()
