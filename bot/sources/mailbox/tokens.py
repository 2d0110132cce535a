"""Access tokens for mailboxes (OAuth 2.0, RFC 6749): printed by a command, or had from a token endpoint and kept until they end."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.domain.reasons import Reason
from bot.domain.sourcing import FetchFailed, OAuth, Source
from bot.source_options import REFRESH_TOKEN, name_of
from bot.sources.mailbox.threads import in_thread

LONGEST = 64 * 1024
"""Bytes of an endpoint's answer that are read; a token has a few thousand."""

UNSAID = 600.0
"""Seconds for which a token is kept whose endpoint does not say how long it lasts."""

SPARE = 60.0
"""Seconds before its end from which a token is had anew."""


@dataclass(frozen=True, slots=True)
class _Kept:
    token: str
    until: float


class AccessTokens:
    """Belongs to one event loop. What is kept is in memory alone, also a refresh token that an endpoint put in place of its own."""

    def __init__(self, seconds: float, elapsed: Callable[[], float] = time.monotonic) -> None:
        """A command or a request may take ``seconds``."""
        self._seconds = seconds
        self._elapsed = elapsed
        self._kept: dict[OAuth, _Kept] = {}
        self._replaced: dict[OAuth, str] = {}
        self._locks: defaultdict[OAuth, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, source: Source, *, refused: str = "") -> str:
        """The source's access token, another one than was ``refused``. Raises FetchFailed, also where there is no other."""
        assert source.mailbox
        oauth = source.mailbox.oauth
        assert oauth
        if oauth.command:
            return await self._printed(oauth.command)
        if not (oauth.refresh_token or oauth.client_secret):
            raise FetchFailed(
                Reason("mailbox.password", name=name_of(REFRESH_TOKEN, source.name)), lasting=True
            )
        async with self._locks[oauth]:
            kept = self._kept.get(oauth)
            if kept is None or kept.token == refused or self._elapsed() > kept.until:
                kept = self._kept[oauth] = await self._granted(oauth)
            return kept.token

    async def _printed(self, command: tuple[str, ...]) -> str:
        def run() -> subprocess.CompletedProcess[str]:
            return subprocess.run(  # noqa: S603 - the configuration's own
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=self._seconds,
                check=False,
            )

        try:
            done = await in_thread(run)
        except subprocess.TimeoutExpired:
            said = f"it takes longer than {self._seconds:g} seconds"
            raise FetchFailed(Reason("mailbox.token_command", said=said)) from None
        except (OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or type(error).__name__
            raise FetchFailed(Reason("mailbox.token_command", said=said), lasting=True) from None
        if done.returncode != 0:  # what it said of that may hold anything
            raise FetchFailed(Reason("mailbox.token_command", said=f"exit status {done.returncode}"))
        token = done.stdout.strip()
        if not _is_token(token):
            raise FetchFailed(Reason("mailbox.token_command", said="what it prints is no token"))
        return token

    async def _granted(self, oauth: OAuth) -> _Kept:
        refresh = self._replaced.get(oauth, oauth.refresh_token)
        try:
            answer = await self._asked(oauth, refresh)
        except FetchFailed as error:
            if not error.lasting or self._replaced.pop(oauth, None) is None:
                raise
            answer = await self._asked(oauth, oauth.refresh_token)  # the one that replaced it has ended
        token, lasts = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not _is_token(token):
            raise _no_token(oauth, "its answer holds none")
        if isinstance(new := answer.get("refresh_token"), str) and new:
            self._replaced[oauth] = new
        seconds = float(str(lasts)) if re.fullmatch(r"[0-9]{1,9}", str(lasts)) else UNSAID
        return _Kept(token, self._elapsed() + seconds - SPARE)

    async def _asked(self, oauth: OAuth, refresh: str) -> Mapping[str, Any]:
        """The endpoint's answer. Raises FetchFailed, which tells no secret."""
        import httpx

        form = {"grant_type": "client_credentials", "client_id": oauth.client_id}
        if refresh:
            form |= {"grant_type": "refresh_token", "refresh_token": refresh}
        form |= {"client_secret": oauth.client_secret} if oauth.client_secret else {}
        form |= {"scope": oauth.scope} if oauth.scope else {}
        try:
            async with (
                asyncio.timeout(self._seconds),
                httpx.AsyncClient(timeout=None) as client,  # noqa: S113 - one limit for all of it
                client.stream("POST", oauth.token_url, data=form) as response,
            ):
                body = await _beginning(response.aiter_bytes())
        except TimeoutError:
            host = urlsplit(oauth.token_url).hostname or ""
            raise FetchFailed(Reason("source.slow", host=host, most=self._seconds)) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise _no_token(oauth, type(error).__name__) from None
        answer = _read(body)
        if response.is_success:
            return answer
        said = " ".join(str(answer.get(name, "")) for name in ("error", "error_description"))
        for secret in filter(None, (oauth.client_secret, oauth.refresh_token, refresh)):
            said = said.replace(secret, "(password)")
        line = " ".join("".join(one if one.isprintable() else " " for one in said).split())[:200]
        raise _no_token(oauth, f"{response.status_code} {line}".strip(), lasting=response.is_client_error)


async def _beginning(chunks: Any) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > LONGEST:
            raise ValueError("more than a token")
    return bytes(body)


def _read(body: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _is_token(text: str) -> bool:
    """Whether it can stand behind "Bearer" (RFC 6750)."""
    return bool(text) and text.isascii() and text.isprintable() and " " not in text


def _no_token(oauth: OAuth, said: str, *, lasting: bool = False) -> FetchFailed:
    host = urlsplit(oauth.token_url).hostname or ""
    return FetchFailed(Reason("mailbox.no_token", host=host, said=said), lasting=lasting)
