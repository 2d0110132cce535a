"""Files that are posted to the desk: ``POST /inbox`` with a token, for browser clippers and automations.

What is posted becomes a file in the inbox, and its receipt lies beside it there as any other's.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import PurePosixPath
from typing import Any

from bot.domain.errors import InboxError
from bot.domain.messaging import Answered, Headers, Receiver
from bot.domain.sourcing import AddPage, Drop, FetchFailed
from bot.inbox.naming import named
from bot.sources.pages import ending_of

PATH = "/inbox"
FOLDER = "posted"

A_MINUTE = 60
"""Requests with the token that are taken in a minute; a bulk belongs into the folder itself."""

BYTES = "application/octet-stream"
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
"""Kinds that hold a file among other things; curl sends the first unless told otherwise."""

_TEXTS = (
    "text",
    "html",
    "content_text",
    "content_html",
    "content",
    "body",
    "articleBody",
    "items",
    "articles",
)

log = logging.getLogger(__name__)


def receiver(  # noqa: PLR0913 - what it stands on
    token: str,
    most: int,
    drop: Drop,
    add_page: AddPage,
    now: Callable[[], float] | None = None,
    *,
    origins: frozenset[str] = frozenset(),
) -> Receiver:
    """Takes files of at most ``most`` bytes from whoever has the token, in a browser from pages of ``origins``."""
    posted = PostedFiles(token, drop, add_page, now)
    return Receiver(posted.take, posted.refused, proven=True, most=most, origins=origins)


class PostedFiles:
    """Belongs to one event loop, whose clock it goes by unless ``now`` is given."""

    def __init__(
        self, token: str, drop: Drop, add_page: AddPage, now: Callable[[], float] | None = None
    ) -> None:
        self._token = token.encode()
        self._drop = drop
        self._add_page = add_page
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._left, self._at = float(A_MINUTE), 0.0

    def refused(self, headers: Headers) -> Answered | None:
        """The answer to who has no token, or asks too often, or sends a kind that is not taken."""
        scheme, _, given = _header(headers, "authorization").partition(" ")
        known = hmac.compare_digest(given.strip().encode("utf-8", "replace"), self._token)
        if scheme.lower() != "bearer" or not known:
            log.warning("somebody posts to %s without the token", PATH)
            return _answered(401, "the token is missing or wrong", {"WWW-Authenticate": "Bearer"})
        if _kind(headers) in FORMS:
            return _answered(415, "send the file itself as the body, with its own Content-Type")
        if _header(headers, "content-encoding").lower() not in {"", "identity"}:
            return _answered(415, "send the body as it is, not packed")
        now = self._now()
        self._left = min(self._left + (now - self._at) * A_MINUTE / 60, A_MINUTE)
        self._at = now
        if self._left < 1:
            return _answered(429, "too many at once", {"Retry-After": "1"})
        self._left -= 1
        return None

    async def take(self, headers: Headers, body: bytes) -> Answered:
        """Put the body into the inbox; one that is an address alone stands for the page that it leads to."""
        if not body.strip():
            return _answered(400, "there is nothing in it")
        try:
            if url := _address(_kind(headers), body):
                return _taken((await self._add_page(url)).file)
            name = _header(headers, "content-disposition")
            ending = ending_of(_kind(headers), f"/{_file_name(name)}")
            title = PurePosixPath(_file_name(name)).stem or "clip"
            return _taken(await self._drop(named(title, ending, FOLDER), body))
        except FetchFailed as error:
            return _answered(415 if error.reason.code == "source.kind" else 422, str(error))
        except InboxError as error:
            log.error("what was posted could not be kept: %s", error)
            return _answered(503, "the inbox cannot be written to", {"Retry-After": "60"})


def _taken(file: str) -> Answered:
    return _answered(202, "it is in the inbox", file=file)


def _answered(status: int, said: str, headers: Headers | None = None, **more: str) -> Answered:
    body = json.dumps({"said": said, **more}, ensure_ascii=False) + "\n"
    return Answered(status, {"Content-Type": "application/json; charset=utf-8", **(headers or {})}, body)


def _header(headers: Headers, name: str) -> str:
    return next((value for given, value in headers.items() if given.lower() == name), "").strip()


def _kind(headers: Headers) -> str:
    kind = _header(headers, "content-type").partition(";")[0].strip().lower()
    return kind or BYTES


def _file_name(disposition: str) -> str:
    """The last part of the name that the sender gives, in any of the forms of RFC 6266; empty for none."""
    if not disposition:
        return ""
    message = EmailMessage()
    plain = disposition.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        message["Content-Disposition"] = " ".join(plain.split())
        name = message.get_filename() or ""
    except (
        LookupError,
        ValueError,
        RecursionError,
    ):  # of a charset that nobody knows; of comments within comments
        return ""
    return name.replace("\\", "/").rpartition("/")[2]


def _address(kind: str, body: bytes) -> str:
    """The address in a body that holds one and nothing more, as ``{"url": …}`` or as a line of text; else empty."""
    if len(body) > 4_000:
        return ""
    if kind == "text/uri-list":
        lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines()]
        return next((line for line in lines if line and not line.startswith("#")), "")
    if kind != "application/json":
        return ""
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(found, dict) or any(found.get(name) for name in _TEXTS):
        return ""
    url = found.get("url")
    return url if isinstance(url, str) else ""
