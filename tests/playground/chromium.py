"""Debian's Chromium without a window, driven over its DevTools protocol: chromedevtools.github.io/devtools-protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
WITHIN = 60.0
"""Seconds after which a wait fails: generous, a machine may be busy."""

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0",
)  # fmt: skip


class Page:
    """One open page."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.refused: list[str] = []
        """What the page's scripts threw, and what its policy refused."""

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command; raises AssertionError where Chromium refuses it."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        async with asyncio.timeout(WITHIN):
            while True:
                said = json.loads((await self._socket.receive()).data)
                if said.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded"):
                    self.refused.append(json.dumps(said["params"])[:500])
                if said.get("id") == number:
                    assert "error" not in said, said
                    result: dict[str, Any] = said["result"]
                    return result

    async def value(self, script: str) -> Any:
        """What the expression is in the page; its promise is awaited."""
        told = await self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    async def until(self, script: str) -> Any:
        """The expression's value as soon as it is true."""
        last: Any = None
        try:
            async with asyncio.timeout(WITHIN):
                while not (last := await self.value(script)):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            seen = await self.value("document.body.innerText")
            raise AssertionError(f"never {script}; the page says: {seen[-2000:]} {self.refused}") from None
        return last

    async def open(self, address: str) -> None:
        """Show what is there, as soon as all of it is."""
        await self.call("Page.navigate", url=address)
        await self.until("document.readyState == 'complete'")

    async def shot(self, selector: str = "body", *, height: int | None = None) -> bytes:
        """A picture of an element, as PNG; of no more than its ``height``."""
        box = await self.value(f"(({_BOX})(document.querySelector({json.dumps(selector)})))")
        box["height"] = min(box["height"], height or box["height"])
        taken = await self.call("Page.captureScreenshot", format="png", clip=box | {"scale": 1})
        return base64.b64decode(taken["data"])


_BOX = "(e) => { const b = e.getBoundingClientRect(); return {x: b.x, y: b.y, width: b.width, height: b.height} }"


@asynccontextmanager
async def page(folder: Path, *, size: tuple[int, int] = (1400, 900)) -> AsyncIterator[Page]:
    """An empty page in a fresh profile that lies in ``folder``."""
    assert PROGRAM
    port = folder / "DevToolsActivePort"
    async with AsyncExitStack() as stack:
        flags = (*_FLAGS, f"--user-data-dir={folder}", f"--window-size={size[0]},{size[1]}", "about:blank")
        quiet = {"stdout": asyncio.subprocess.DEVNULL, "stderr": asyncio.subprocess.DEVNULL}
        chromium = await asyncio.create_subprocess_exec(PROGRAM, *flags, **quiet)
        stack.push_async_callback(_end, chromium)
        async with asyncio.timeout(WITHIN):
            while not (port.is_file() and port.read_text(encoding="utf-8").count("\n")):
                assert chromium.returncode is None, "Chromium ended"
                await asyncio.sleep(0.05)
        number = port.read_text(encoding="utf-8").split("\n")[0]
        web = await stack.enter_async_context(aiohttp.ClientSession())
        async with web.get(f"http://127.0.0.1:{number}/json/list") as listed:
            (target,) = [one for one in await listed.json() if one["type"] == "page"]
        socket = await stack.enter_async_context(
            web.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=64 << 20)
        )
        opened = Page(socket)
        for domain in ("Page", "Runtime", "Log"):
            await opened.call(f"{domain}.enable")
        await opened.call(
            "Emulation.setFocusEmulationEnabled", enabled=True
        )  # the focus is seen, as in a window
        yield opened


async def _end(chromium: asyncio.subprocess.Process) -> None:
    if chromium.returncode is None:
        chromium.terminate()
    await asyncio.wait_for(chromium.wait(), WITHIN)
