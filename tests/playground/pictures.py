"""`make screenshots`: the pictures of the README, of a digest and a search in the playground, and of the archive."""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from bot.web.links import ROOT
from bot.web.server import serving
from bot.web.settings import WebSettings
from tests.desk import open_desk
from tests.fakes import FakeClock
from tests.playground.__main__ import EXAMPLES, open_playground
from tests.playground.chromium import PROGRAM, Page, page

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
ASK = {"slack": "/copydesk search tanker", "telegram": "/search tanker"}


async def archived() -> dict[str, bytes]:
    """A digest in the archive, and the article that its first quote is of."""
    pictures = {}
    with tempfile.TemporaryDirectory() as desk, tempfile.TemporaryDirectory() as profile:
        async with (
            examples_on_the_web(Path(desk)) as address,
            page(address, Path(profile), size=(760, 900)) as shown,
        ):
            pictures["archive-digest"] = await shown.shot(height=750)
            await shown.value("document.querySelector('blockquote a.number').click()")
            await shown.until("!!document.querySelector('mark:target')")
            pictures["archive-article"] = await shown.shot(height=750)
    return pictures


@asynccontextmanager
async def examples_on_the_web(folder: Path) -> AsyncIterator[str]:
    """The address of a digest of the examples, in a public archive."""
    options = {
        "timezone": "Europe/London",
        "channels": [{"name": "morning", "to": "console", "at": ["08:00"]}],
        "archive": {"address": "http://127.0.0.1", "public": True},
    }
    clock = FakeClock(datetime(2026, 11, 22, 7, 0, tzinfo=UTC))
    with redirect_stdout(StringIO()):  # the console's digest
        async with open_desk(folder, clock, options) as desk:
            await desk.deliver.stage_due()
            shutil.copytree(EXAMPLES, folder / "inbox", dirs_exist_ok=True)
            await desk.empty_inbox()
            clock.pass_by(hours=1)
            await desk.deliver.stage_due()
            await desk.deliver.post_waiting()
            async with serving(WebSettings(port=0), {}, {}, sites=desk.sites()) as port:
                yield f"http://127.0.0.1:{port}{ROOT}/digests/file:morning/slot/2026-11-22T08:00"


async def taken() -> dict[str, bytes]:
    """Each picture by its name."""
    pictures = {}
    with tempfile.TemporaryDirectory() as desk, tempfile.TemporaryDirectory() as profile:
        async with (
            open_playground(Path(desk)) as (_, playground),
            page(playground.address, Path(profile), size=(1280, 800)) as shown,
        ):
            for where in ASK:
                await shown.until(f"document.querySelectorAll('#{where}-messages article').length")
                await shown.value(f"document.getElementById('{where}-messages').scrollTop = 0")
                pictures[f"{where}-digest"] = await shown.shot(f"section.{where}")
                pictures[f"{where}-search"] = await _asked(shown, where)
    return pictures


async def _asked(shown: Page, where: str) -> bytes:
    text, form = f"document.getElementById('{where}-text')", f"document.getElementById('{where}-form')"
    await shown.value(f"{text}.value = {ASK[where]!r}, {form}.requestSubmit()")
    await shown.until(f"document.getElementById('{where}-messages').innerText.includes('Found for')")
    await shown.value(f"document.getElementById('{where}-messages').scrollTop = 1e6")
    return await shown.shot(f"section.{where}")


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit("there is no Chromium here: install Debian's package chromium")
    IMAGES.mkdir(exist_ok=True)
    for name, data in ({**asyncio.run(taken()), **asyncio.run(archived())}).items():
        (IMAGES / f"{name}.png").write_bytes(data)
        sys.stdout.write(f"docs/images/{name}.png: {len(data):,} bytes\n")
