"""Slack's Web API as the desk calls it: posting never repeats itself, reading may.

slack_sdk's usual client sends chat.postMessage again when the answer is lost, and posts twice; the posting client here does not. Raises MessengerError's children and nothing else.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.chat.slack.errors import VENDOR, retry_after, translated, while_reading
from bot.chat.slack.events import File
from bot.chat.slack.events import file as told_file
from bot.chat.slack.settings import NAME, SlackSettings
from bot.domain.errors import MessengerError, Refused, RetryLater, Unconfirmed
from bot.domain.model import Address
from bot.domain.reasons import Reason

Json = dict[str, Any]

CONNECT_WITHIN = 10.0
"""Seconds for a connection; what takes longer was certainly not sent."""

FILES = "files.slack.com"
"""Slack's host of files: docs.slack.dev/reference/objects/file-object."""

CHUNK = 1 << 16
"""Bytes of a file that are read at once."""

HTML = frozenset({"text/html", "application/xhtml+xml", ""})
"""Kinds of files that may come as a page; of one whose kind is not told, nobody knows."""

PATIENCE = 30.0
"""Seconds of a Retry-After that a read waits out by itself; a longer one is the caller's."""

_SECRET = re.compile(r"xox[a-z][.-][\w.-]+|xapp-[\w-]+|(?<=ticket=)[\w%.~-]+|(?<=hooks\.slack\.com/)\S+")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the app is in its workspace, which is at ``url``. ``scopes`` is empty where Slack did not name them."""

    user: str
    bot: str
    name: str
    workspace: str
    scopes: frozenset[str]
    url: str = ""


class SlackApi:
    """Calls with the bot's token, over one session that is opened at the first call."""

    def __init__(self, settings: SlackSettings, timeout: float) -> None:
        """Takes the seconds after which a call's answer counts as lost."""
        self._settings = settings
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None
        self._poster: AsyncWebClient | None = None
        self._me: Identity | None = None
        self._asking = asyncio.Lock()
        self._rooms: dict[str, str] = {}

    async def post(self, method: str, to: Address, body: Mapping[str, Any]) -> Json:
        """One call, made once; ``to`` is only named in errors."""
        session = self._opened()
        if self._poster is None or self._poster.session is not session:
            self._poster = self._client([])
        try:
            return _data(await self._poster.api_call(method, json=dict(body)))
        except VENDOR as error:
            trouble = translated(error, to)
        raise trouble

    async def try_socket(self) -> None:
        """Ask for a socket's address and leave it unused: the app token is good, or this raises."""
        client = self._client([])
        try:
            await client.apps_connections_open(app_token=self._settings.app_token)
        except VENDOR as error:
            trouble = translated(error, Address(NAME))
        else:
            return
        raise trouble

    async def read(self, method: str, to: Address, **params: str | int | bool) -> Json:
        """A call that changes nothing, or nothing the second time."""
        return _data(await self._read(method, to, params))

    async def _read(self, method: str, to: Address, params: Mapping[str, Any]) -> AsyncSlackResponse:
        client = self._client(
            [AsyncConnectionErrorRetryHandler(max_retry_count=1), Patient(max_retry_count=2)]
        )
        verb = "POST" if method in ("auth.test", "conversations.open") else "GET"
        try:
            return await client.api_call(method, http_verb=verb, params=dict(params))
        except VENDOR as error:
            trouble = while_reading(error, to)
        raise trouble

    async def me(self, to: Address = Address(NAME)) -> Identity:  # noqa: B008 - a value, and frozen
        """Who the app is, asked once."""
        async with self._asking:
            if self._me is None:
                answer = await self._read("auth.test", to, {})
                data, told = _data(answer), answer.headers.get("x-oauth-scopes", "")
                scopes = frozenset(scope.strip() for scope in str(told).split(",") if scope.strip())
                user, bot, name, team = (
                    str(data.get(key, "")) for key in ("user_id", "bot_id", "user", "team_id")
                )
                self._me = Identity(user, bot, name, team, scopes, str(data.get("url", "")))
            return self._me

    def permalink(self, to: Address, ts: str) -> str | None:
        """What `chat.getPermalink` would answer, as far as it is known without a call."""
        channel = self._rooms.get(to.chat, "") if to.chat.startswith("@") else to.chat
        home, _, rest = ts.partition(".")
        if not (self._me and self._me.url.startswith("https://") and channel and home.isdecimal()):
            return None
        thread = f"?thread_ts={to.thread}&cid={channel}" if to.thread else ""
        return f"{self._me.url.rstrip('/')}/archives/{channel}/p{home}{rest}{thread}"

    async def room(self, to: Address) -> str:
        """The id of the channel, or of the direct message with the person ``@U…``, opened once."""
        if not to.chat.startswith("@"):
            return to.chat
        if to.chat not in self._rooms:
            data = await self.read("conversations.open", to, users=to.chat[1:])
            channel = data.get("channel")
            self._rooms[to.chat] = str(channel.get("id", "")) if isinstance(channel, dict) else ""
        return self._rooms[to.chat]

    async def file(self, file: File, to: Address, most: int) -> bytes | None:
        """The bytes of a file; ``None`` as soon as they are more than ``most``.

        The token goes to Slack's own host, and nowhere that this refers to.
        """
        trouble: MessengerError
        if not file.url:  # another workspace's, in a shared channel: Slack tells its address when it is asked
            told = (await self.read("files.info", to, file=file.id)).get("file")
            file = told_file(told) if isinstance(told, dict) else file
        if not is_slacks(file.url, self._settings.api):
            raise Refused(to, Reason("slack.file_host"))
        try:
            return await self._fetched(file, to, most)
        except VENDOR as error:
            trouble = while_reading(error, to)
        raise trouble

    async def _fetched(self, file: File, to: Address, most: int) -> bytes | None:
        headers = {"Authorization": f"Bearer {self._settings.bot_token}"}
        data = bytearray()
        async with self._opened().get(file.url, headers=headers, allow_redirects=False) as reply:
            if reply.status != 200:
                raise Refused(to, Reason("slack.file_status", status=reply.status))
            if reply.content_type == "text/html" and file.kind not in HTML:
                raise Refused(to, Reason("slack.file_page"))  # where somebody signs in
            if (reply.content_length or 0) > most:
                return None
            async for some in reply.content.iter_chunked(CHUNK):
                data += some
                if len(data) > most:
                    return None
        return bytes(data)

    async def respond(self, url: str, to: Address, body: Mapping[str, Any]) -> bool:
        """Post to a response_url, once; false when it is used up (5 posts) or too old (30 minutes)."""
        trouble: MessengerError
        try:
            async with self._opened().post(url, json=dict(body)) as reply:
                status, words = reply.status, await reply.text()
                headers = dict(reply.headers)
        except VENDOR as error:
            trouble = translated(error, to)
        else:
            if status == 200:
                return True
            if status == 404 or any(code in words for code in ("used_url", "expired_url", "invalid_url")):
                return False
            if status == 429:
                trouble = RetryLater(to, Reason("slack.pause"), retry_after(headers))
            elif status >= 500:
                trouble = Unconfirmed(to, Reason("slack.trouble", said=str(status)))
            else:
                trouble = Refused(to, Reason("slack.answer", status=status))
        raise trouble

    def _client(self, retries: list[AsyncRetryHandler]) -> AsyncWebClient:
        return AsyncWebClient(
            token=self._settings.bot_token,
            base_url=self._settings.api,
            session=self._opened(),
            retry_handlers=retries,
            logger=vendor_log(),
        )

    def _opened(self) -> aiohttp.ClientSession:
        """The session, in which each call has a connection of its own.

        A connection that Slack closes while it is idle would lose the next post's answer, and nobody
        could tell that it was never sent.
        """
        if self._session is None or self._session.closed:
            limits = aiohttp.ClientTimeout(total=self._timeout, connect=CONNECT_WITHIN)
            self._session = aiohttp.ClientSession(
                timeout=limits, connector=aiohttp.TCPConnector(force_close=True)
            )
        return self._session

    async def aclose(self) -> None:
        """Close the session; a later call opens another."""
        if self._session is not None:
            await self._session.close()


def is_slacks(url: str, api: str) -> bool:
    """Whether the address is at Slack's host of files, or where the Web API is."""
    try:
        there, home = urlsplit(url), urlsplit(api)
        same = (there.scheme, there.hostname, there.port) == (home.scheme, home.hostname, home.port)
        plain = "@" not in there.netloc
        official = there.scheme == "https" and there.port in {None, 443} and there.hostname == FILES
    except ValueError:
        return False
    return plain and (same or official)


class Patient(AsyncRateLimitErrorRetryHandler):
    """Waits out a short Retry-After, and leaves a long one to the caller."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        paced = await super()._can_retry_async(state=state, request=request, response=response, error=error)
        return paced and response is not None and retry_after(response.headers) <= PATIENCE


def _data(answer: AsyncSlackResponse) -> Json:
    return answer.data if isinstance(answer.data, dict) else {}


# --- the log of the libraries ---------------------------------------------------------------------


def told(text: str) -> str:
    """The text without tokens, the tickets of connections and the paths of response_urls."""
    return _SECRET.sub("(secret)", text)


class WithoutSecrets(logging.Filter):
    """Takes secrets out of a record, and its traceback: vendors' exceptions show requests with headers."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps every record, without secrets."""
        record.msg, record.args = told(record.getMessage()), ()
        record.exc_info, record.exc_text = None, None
        return True


def vendor_log() -> logging.Logger:
    """The logger for slack_sdk: warnings and errors, without secrets. Below, it shows payloads."""
    return _without_secrets("bot.chat.slack.messenger.vendor", logging.WARNING)


def bolt_log() -> logging.Logger:
    """The logger for Bolt: errors, without secrets. Its warnings quote payloads, and complain of tokens in the environment."""
    return _without_secrets("bot.chat.slack.messenger.bolt", logging.ERROR)


def _without_secrets(name: str, level: int) -> logging.Logger:
    log = logging.getLogger(name)
    log.setLevel(level)
    if not log.filters:
        log.addFilter(WithoutSecrets())
    return log
