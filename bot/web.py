"""The only HTTP server: health, and the requests of Slack and Telegram where they are received so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

LARGEST = 1024 * 1024
"""Bytes of a request; Slack's and Telegram's have some thousands."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where to listen; port 0 takes a free one."""

    host: str = "127.0.0.1"
    port: int = 8080


@dataclass(frozen=True, slots=True)
class Answered:
    """What a receiver answers a request with."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


Receiver = Callable[[Mapping[str, str], bytes], Awaitable[Answered]]


@asynccontextmanager
async def serving(
    settings: WebSettings, receivers: Mapping[str, Receiver], ailing: Callable[[], str]
) -> AsyncIterator[int]:
    """Serve until the end of the block; yields the port.

    ``receivers`` take the POST requests of their path. `/health` is 200 while ``ailing`` returns
    an empty text, and 503 with the text otherwise. Raises OSError when the port is taken.
    """
    app = web.Application(client_max_size=LARGEST)

    async def health(_: web.Request) -> web.Response:
        trouble = ailing()
        return web.Response(status=503 if trouble else 200, text=trouble or "fine")

    app.router.add_get("/health", health)
    for path, receiver in receivers.items():
        app.router.add_post(path, _post(receiver))
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def _post(receiver: Receiver) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def post(request: web.Request) -> web.Response:
        answered = await receiver(dict(request.headers), await request.read())
        kind = answered.headers.get("content-type", "text/plain; charset=utf-8")
        headers = {
            k: v for k, v in answered.headers.items() if k.lower() not in {"content-type", "content-length"}
        }
        return web.Response(
            status=answered.status, body=answered.body.encode(), headers={**headers, "Content-Type": kind}
        )

    return post
