"""`make screenshots`: the pictures of the README, as the playground shows a digest and a search."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from tests.playground.__main__ import open_playground
from tests.playground.chromium import PROGRAM, Page, page

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
ASK = {"slack": "/copydesk search tanker", "telegram": "/search tanker"}


async def taken() -> dict[str, bytes]:
    """Each picture by its name."""
    pictures = {}
    with tempfile.TemporaryDirectory() as desk, tempfile.TemporaryDirectory() as profile:
        async with (
            open_playground(Path(desk)) as (_, playground),
            page(Path(profile), size=(1280, 800)) as shown,
        ):
            await shown.open(playground.address)
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
    for name, data in asyncio.run(taken()).items():
        (IMAGES / f"{name}.png").write_bytes(data)
        sys.stdout.write(f"docs/images/{name}.png: {len(data):,} bytes\n")
