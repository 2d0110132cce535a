"""The page and what it asks for, on loopback alone.

Only a page from here may act: each request names this host, and carries a token that only the page
knows. Nothing that the doubles recorded is ever HTML here: the page makes texts of it.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from tests.playground.scene import BIGGEST, Scene, Wrong, as_line

HERE = Path(__file__).parent
LOOK = 0.05
"""Seconds between two looks at the scene."""

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Playground:
    """One scene on one port."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._token = secrets.token_urlsafe(24)
        self._closing = asyncio.Event()
        self.port = 0

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}/"

    def app(self) -> web.Application:
        """The routes, behind their guard."""
        app = web.Application(middlewares=[self._guarded], client_max_size=2 * BIGGEST)
        app.router.add_get("/", self._page)
        app.router.add_get("/events", self._events)
        app.router.add_post("/act", self._act)
        for file in (*HERE.glob("*.js"), *HERE.glob("*.css")):
            app.router.add_get(f"/{file.name}", self._file)
        return app

    def close(self) -> None:
        """End the streams."""
        self._closing.set()

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Answering) -> web.StreamResponse:
        if request.host not in {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}:
            raise web.HTTPForbidden(text="not this host")  # a name that was made to lead here
        if request.path in ("/events", "/act"):
            given = request.headers.get("X-Token") or request.query.get("token", "")
            if not secrets.compare_digest(given.encode(), self._token.encode()):
                raise web.HTTPForbidden(text="not from the page")
        return await handler(request)

    async def _page(self, _: web.Request) -> web.Response:
        page = (HERE / "page.html").read_text(encoding="utf-8").replace("{{token}}", self._token)
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"}
        return web.Response(text=page, content_type="text/html", headers=headers)

    async def _file(self, request: web.Request) -> web.FileResponse:
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
        return web.FileResponse(HERE / request.path.removeprefix("/"), headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """The whole scene, each time that it changed."""
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await stream.prepare(request)
        last = ""
        while not self._closing.is_set():
            if (now := as_line(self._scene.seen())) != last:
                last = now
                try:
                    await stream.write(f"data: {now}\n\n".encode())
                except ConnectionResetError:  # the page was closed
                    break
            try:
                await asyncio.wait_for(self._closing.wait(), LOOK)
            except TimeoutError:
                continue
        return stream

    async def _act(self, request: web.Request) -> web.Response:
        try:
            what = await request.json()
            if not isinstance(what, dict):
                raise Wrong("an act is an object")
            return web.json_response(await self._scene.act(what))
        except ValueError as error:
            return web.json_response({"wrong": str(error)}, status=400)


@asynccontextmanager
async def serving(scene: Scene, port: int = 0) -> AsyncIterator[Playground]:
    """The page at a port of 127.0.0.1, by default any that is free."""
    playground = Playground(scene)
    runner = web.AppRunner(playground.app(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    playground.port = runner.addresses[0][1]
    try:
        yield playground
    finally:
        playground.close()
        await runner.cleanup()
