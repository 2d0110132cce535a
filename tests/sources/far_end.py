"""A web server on loopback whose answers a test chooses, the hostile ones among them. Raw sockets: it may break any rule."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.article.bombs import zeros
from tests.doubles.listening import listening

Headers = Mapping[str, str]
Answering = Callable[[str, Headers, asyncio.StreamWriter], Awaitable[None]]


def answer(status: int, body: bytes = b"", **headers: str) -> bytes:
    """One whole answer; an underscore in a header's name is a hyphen."""
    lines = [f"HTTP/1.1 {status} Reason"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}", "Connection: close"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class FarEnd:
    """``answers`` by path: bytes that are sent as they are, or what sends them. Everything asked is in ``asked``."""

    port: int = 0
    answers: dict[str, bytes | Answering] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def times(self, path: str) -> int:
        return Counter(path for path, _ in self.asked)[path]

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._served(reader, writer)
            writer.close()
            await writer.wait_closed()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    async def _served(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split(" ")[1]
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:] if line)
        }
        self.asked.append((path, headers))
        self.at.append(asyncio.get_running_loop().time())
        chosen = self.answers.get(path, answer(404))
        if isinstance(chosen, bytes):
            writer.write(chosen)
            await writer.drain()
        else:
            await chosen(path, headers, writer)


@asynccontextmanager
async def far_end(host: str = "127.0.0.1") -> AsyncIterator[FarEnd]:
    """A server that is open for the block."""
    made = FarEnd()
    async with listening(made.connected, host) as made.port:
        yield made


# --- hostile answers ---------------------------------------------------------------------------------


async def endless(_: str, __: Headers, writer: asyncio.StreamWriter) -> None:
    """A body without end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n")
    while True:
        writer.write(b"<item>" * 10_000)
        await writer.drain()


async def endless_head(_: str, __: Headers, writer: asyncio.StreamWriter) -> None:
    """Headers without end."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: and more\r\n" * 100)
        await writer.drain()


async def silent(_: str, __: Headers, ___: asyncio.StreamWriter) -> None:
    """Nothing at all."""
    await asyncio.Event().wait()


async def dripping(_: str, __: Headers, writer: asyncio.StreamWriter) -> None:
    """A byte now and then, each before a time limit on reading would end it."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.01)


async def hung_up(_: str, __: Headers, writer: asyncio.StreamWriter) -> None:
    """The connection ends before the body does."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<rss>")
    await writer.drain()


def bomb(megabytes: int) -> bytes:
    """A gzip body that unpacks to a thousand times its size."""
    return answer(200, zeros(megabytes), Content_Type="application/rss+xml", Content_Encoding="gzip")
