"""`make screenshots`: the pictures of the README, as the playground shows both platforms, and of the archive."""

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
from tests.playground.person import MODAL, SLACK, TELEGRAM, Person

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
PANES = {"slack": SLACK, "telegram": TELEGRAM}
ASK = {"slack": "/copydesk search tanker", "telegram": "/search tanker"}


async def archived() -> dict[str, bytes]:
    """A digest in the archive, and the article that its first quote is of."""
    pictures = {}
    with tempfile.TemporaryDirectory() as desk, tempfile.TemporaryDirectory() as profile:
        async with (
            examples_on_the_web(Path(desk)) as address,
            page(Path(profile), size=(760, 900)) as shown,
        ):
            await shown.open(address)
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
    with tempfile.TemporaryDirectory() as desk, tempfile.TemporaryDirectory() as profile:
        async with (
            open_playground(Path(desk)) as (_, playground),
            page(Path(profile), size=(1280, 800)) as shown,
        ):
            await shown.open(playground.address)
            person = Person(shown)
            return {
                **await _digests_and_searches(person),
                **await _own_page_and_dialog(person),
                **await _subscriptions_and_card(person),
            }


async def _digests_and_searches(person: Person) -> dict[str, bytes]:
    pictures = {}
    for where, pane in PANES.items():
        await person.reads(pane, "Tamber Bridge")
        pictures[f"{where}-digest"] = await _pane(person.shown, where, scrolled=0)
        await person.write(where, ASK[where])
        await person.reads(pane, "Found for")
        pictures[f"{where}-search"] = await _pane(person.shown, where)
    return pictures


async def _own_page_and_dialog(person: Person) -> dict[str, bytes]:
    await person.press("#slack-places", "Home")
    await person.press(SLACK, "energy")
    await person.press(SLACK, "‹ Home")
    await person.reads(SLACK, "Your next digests")
    home = await _pane(person.shown, "slack")
    await person.press(SLACK, "Subscribe …")
    await person.type(f"{MODAL} input", "ferries OR bridges -football")
    await person.type(f"{MODAL} .field:nth-of-type(2) input", "at 8:65")
    await person.press(MODAL, "Subscribe")
    await person.reads(MODAL, "is not a time")
    dialog = await person.shown.shot(MODAL)
    await person.press(MODAL, "Cancel")
    await person.shown.until(f"!document.querySelector('{MODAL}').open")
    return {"slack-home": home, "slack-dialog": dialog}


async def _subscriptions_and_card(person: Person) -> dict[str, bytes]:
    await person.press("#telegram-places", "Copydesk (you alone)")
    await person.write("telegram", "/subscribe energy at 08:00 on mon-fri")
    await person.reads(TELEGRAM, "Subscribed:")
    await person.write("telegram", "/subscriptions")
    await person.reads(TELEGRAM, "What this chat gets")
    listed = await _pane(person.shown, "telegram")
    await person.press(TELEGRAM, "energy")
    await person.reads(TELEGRAM, "Pause for a week")
    return {"telegram-subscriptions": listed, "telegram-card": await _pane(person.shown, "telegram")}


async def _pane(shown: Page, where: str, *, scrolled: float = 1e6) -> bytes:
    """One platform, without what a mouse or the keyboard alone brings out."""
    await shown.value(f"document.getElementById('{where}-messages').scrollTop = {scrolled}")
    await shown.value("document.activeElement.blur()")
    await shown.value("document.querySelectorAll('.acts').forEach(e => { e.style.visibility = 'hidden' })")
    return await shown.shot(f"section.{where}")


if __name__ == "__main__":
    if PROGRAM is None:
        sys.exit("there is no Chromium here: install Debian's package chromium")
    IMAGES.mkdir(exist_ok=True)
    for name, data in ({**asyncio.run(taken()), **asyncio.run(archived())}).items():
        (IMAGES / f"{name}.png").write_bytes(data)
        sys.stdout.write(f"docs/images/{name}.png: {len(data):,} bytes\n")
