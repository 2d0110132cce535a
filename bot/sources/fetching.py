"""Something is fetched as it should be: in turn, by robots.txt, over few redirects, and not again where it did not change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin

from bot.domain.ports import Workers
from bot.domain.reasons import Reason
from bot.domain.sourcing import Answer, Credential, Exchange, FetchFailed
from bot.sources.addresses import checked, host_of, origin_of
from bot.sources.host_turns import HostTurns
from bot.sources.robots import RobotsFiles
from bot.sources.settings import FetchSettings

MOST_REDIRECTS = 5
BUSY = 60.0
"""Seconds of rest for a host that is busy and does not say for how long."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_PASSING = frozenset({408, 425})
FEEDS = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PAGES = "text/html, application/xhtml+xml, */*;q=0.8"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched, from which address in the end; ``unchanged`` is the answer 304, without a body."""

    url: str
    body: bytes = b""
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False


class Fetching:
    """The only way to the web. Belongs to one event loop."""

    def __init__(
        self,
        settings: FetchSettings,
        workers: Workers,
        exchange: Callable[[], Exchange] | None = None,
        turns: HostTurns | None = None,
    ) -> None:
        """Connects at the first request, by ``exchange``: an HTTP client takes a tenth of a second to load."""
        self._settings = settings
        self._made = exchange or self._over_http
        self._exchange: Exchange | None = None
        self._turns = turns or HostTurns()
        self._robots = RobotsFiles(self._rules, workers)

    def _over_http(self) -> Exchange:
        from bot.sources.http import HttpExchange

        return HttpExchange(self._settings)

    async def fetch(  # noqa: PLR0913 - what a request may have
        self,
        url: str,
        *,
        accept: str = PAGES,
        etag: str = "",
        modified: str = "",
        robots: bool = True,
        credential: Credential | None = None,
    ) -> Fetched:
        """What is at ``url``, if it changed since the answer with these marks. Raises FetchFailed.

        The credential is told where it belongs and nowhere else, wherever ``url`` lies and leads on to.
        """
        headers = {"Accept": accept}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        final, answer = await self._followed(url, headers, robots=robots, credential=credential)
        told = answer.headers
        kind, _, parameters = told.get("content-type", "").partition(";")
        return Fetched(
            final,
            answer.body,
            kind.strip().lower(),
            _charset(parameters),
            told.get("etag", ""),
            told.get("last-modified", ""),
            unchanged=answer.status == HTTPStatus.NOT_MODIFIED,
        )

    async def _rules(self, url: str) -> Answer:
        _, answer = await self._followed(url, {"Accept": "text/plain, */*;q=0.5"}, robots=False)
        return answer

    async def _followed(
        self, url: str, headers: dict[str, str], *, robots: bool, credential: Credential | None = None
    ) -> tuple[str, Answer]:
        """The answer behind all redirects, each of which keeps all the rules."""
        for _ in range(MOST_REDIRECTS + 1):
            url = checked(url)
            proof = {credential.header: credential.value} if credential and _belongs(credential, url) else {}
            answer = await self._asked(url, headers | proof, robots=robots)
            place = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not place:
                self._judge(url, answer)
                return url, answer
            try:
                url = urljoin(url, place)
            except ValueError as error:
                raise FetchFailed(Reason("source.address"), lasting=True) from error
        raise FetchFailed(Reason("source.redirects", most=MOST_REDIRECTS), lasting=True)

    async def _asked(self, url: str, headers: dict[str, str], *, robots: bool) -> Answer:
        host = host_of(url)
        apart = await self._robots.distance(url) if robots else 0.0
        async with self._turns.turn(host, apart):
            if self._exchange is None:
                self._exchange = self._made()
            return await self._exchange.get(url, headers)

    def _judge(self, url: str, answer: Answer) -> None:
        """Raises FetchFailed for every answer that brings nothing."""
        host, status = host_of(url), answer.status
        after = retry_after(answer.headers.get("retry-after", ""), datetime.now(UTC))
        if status in _BUSY:
            after = BUSY if after is None else after
            self._turns.rest(host, after)
            raise FetchFailed(Reason("source.busy", host=host, status=status, seconds=after), after=after)
        if status == HTTPStatus.GONE:
            raise FetchFailed(Reason("source.gone", host=host), lasting=True)
        if status == HTTPStatus.UNAUTHORIZED:
            raise FetchFailed(Reason("source.login", host=host), lasting=True)
        if status not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
            lasting = 400 <= status < 500 and status not in _PASSING
            raise FetchFailed(Reason("source.status", host=host, status=status), after=after, lasting=lasting)

    async def aclose(self) -> None:
        """Close every connection; the next request opens new ones."""
        if self._exchange is not None:
            exchange, self._exchange = self._exchange, None
            await exchange.aclose()


def _belongs(credential: Credential, url: str) -> bool:
    return origin_of(url) == origin_of(checked(credential.url))


def retry_after(value: str, now: datetime) -> float | None:
    """The seconds of a ``Retry-After`` header, in either of its forms; ``None`` for any other text."""
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)


def _charset(parameters: str) -> str:
    for each in parameters.split(";"):
        name, _, value = each.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower()[:40]
    return ""
