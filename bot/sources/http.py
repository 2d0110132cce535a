"""HTTP requests to strangers' servers: each under limits, and to public addresses alone. aiohttp's errors end here."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping

import aiohttp
from aiohttp.connector import AddrInfoType

from bot.domain.reasons import Reason
from bot.domain.sourcing import Answer, FetchFailed
from bot.sources.addresses import host_of, may_connect
from bot.sources.settings import FetchSettings

MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024
"""Bytes that are unpacked and read at a time: what a bomb unpacks to is never whole in memory."""

CONNECTIONS = 64
"""Connections at a time; a host has two of them."""

SMALL, LARGE = 1024 * 1024, 3
"""Bytes of a body that any request may hold; how many at a time may hold more."""

LONGEST_HEADER = 4_000


class ForbiddenAddress(OSError):
    """A name leads to an address that may not be reached."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(f"{address} is no public address")


class HttpExchange:
    """:class:`bot.domain.sourcing.Exchange` over aiohttp. Belongs to one event loop."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._large = asyncio.Semaphore(LARGE)
        connector = aiohttp.TCPConnector(
            limit=CONNECTIONS, limit_per_host=2, keepalive_timeout=5, socket_factory=self._socket
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None),  # one limit for all of it, below
            read_bufsize=CHUNK,
            headers={"User-Agent": settings.agent, "Accept-Encoding": "gzip, deflate"},
        )

    def _socket(self, found: AddrInfoType) -> socket.socket:
        """A socket for one connection: the last moment before it, with the very address that it leads to."""
        address = str(found[4][0])
        if not may_connect(address, self._settings.private):
            raise ForbiddenAddress(address)
        return socket.socket(family=found[0], type=found[1], proto=found[2])

    async def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """The server's answer. Raises FetchFailed, also for an address that is not public."""
        host, seconds = host_of(url), self._settings.seconds
        try:
            async with asyncio.timeout(seconds):
                return await self._exchanged(url, headers)
        except TimeoutError as error:
            raise FetchFailed(Reason("source.slow", host=host, most=seconds)) from error
        except ForbiddenAddress as error:
            raise _forbidden(host, error) from error
        except aiohttp.ClientConnectorError as error:
            raise _unreached(host, error) from error
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, UnicodeError) as error:
            raise FetchFailed(Reason("source.address"), lasting=True) from error
        except aiohttp.ClientConnectionError as error:
            raise FetchFailed(Reason("source.unreachable", host=host, said=_short(error))) from error
        except (aiohttp.ClientError, ValueError) as error:
            raise FetchFailed(Reason("source.protocol", host=host, said=_short(error))) from error
        except OSError as error:
            raise FetchFailed(Reason("source.unreachable", host=host, said=_short(error))) from error

    async def _exchanged(self, url: str, headers: Mapping[str, str]) -> Answer:
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            told = {name.lower(): value[:LONGEST_HEADER] for name, value in response.headers.items()}
            if response.status != 200:
                if response.status != 304:
                    response.close()  # what else it says is not read
                return Answer(response.status, told)
            return Answer(response.status, told, await self._body(response))

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        most = int(self._settings.max_mb * MEGABYTE)
        body = bytearray()
        large = False
        try:
            async for chunk in response.content.iter_chunked(CHUNK):
                if not large and len(body) + len(chunk) > SMALL:
                    large = await self._large.acquire()
                body += chunk
                if len(body) > most:
                    response.close()
                    raise FetchFailed(Reason("source.too_large", most=self._settings.max_mb), lasting=True)
            return bytes(body)
        finally:
            body.clear()  # an error's traceback would hold it until the next great collection
            if large:
                self._large.release()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._session.close()


def _unreached(host: str, error: aiohttp.ClientConnectorError) -> FetchFailed:
    inner: BaseException | None = error.os_error
    for cause in getattr(inner, "exceptions", (inner,)):  # several addresses were tried
        if isinstance(cause, ForbiddenAddress):
            return _forbidden(host, cause)
    return FetchFailed(Reason("source.unreachable", host=host, said=_short(inner)))


def _forbidden(host: str, error: ForbiddenAddress) -> FetchFailed:
    return FetchFailed(Reason("source.private", host=host, address=error.address), lasting=True)


def _short(error: BaseException | None) -> str:
    """What an error says, on one line, without what a server wrote beyond that."""
    if isinstance(
        error, aiohttp.ClientResponseError
    ):  # its text would repeat the address, which may hold a token
        said = error.message
    else:
        said = str(getattr(error, "strerror", None) or error or type(error).__name__)
    return " ".join(said.split())[:200]
