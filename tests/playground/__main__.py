"""`make playground`: the desk with the examples in its inbox, until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.inbox.receipts import ENDING
from tests.playground.scene import Scene
from tests.playground.server import Playground, serving
from tests.running import CHAT, PERSON, Town, town

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "inbox"
CHANNELS = [
    {"name": "morning", "to": "slack:C1", "at": ["08:00"]},
    {"name": "evening", "to": f"telegram:{CHAT}", "at": ["18:00"], "style": "brief"},
]
TOPICS = {"energy": "oil OR gas OR electricity", "sport": "league OR football OR match"}


@asynccontextmanager
async def open_playground(folder: Path, *, port: int = 0) -> AsyncIterator[tuple[Town, Playground]]:
    """A desk that has read the examples and posted a digest in each channel, and its page."""
    async with town(folder) as place:
        place.configure(
            inbox={"quiet": 0.2, "rescan": 1, "readers": 1},
            access={
                "allow": ["slack:T1", f"telegram:{CHAT}", f"telegram:{PERSON}"],
                "admins": ["slack:U1", f"telegram:{PERSON}"],
            },
            channels=CHANNELS,
            topics=TOPICS,
        )
        (folder / "inbox").mkdir()
        log = await place.open()
        draining = asyncio.create_task(_drained(log.desk.stderr))
        try:
            async with serving(Scene(place), port) as playground:
                await _first_digests(place)
                yield place, playground
        finally:
            draining.cancel()
            if log.desk.returncode is None:
                log.desk.send_signal(signal.SIGTERM)
                await asyncio.wait_for(log.desk.wait(), 30)


async def _first_digests(place: Town) -> None:
    inbox = place.folder / "inbox"
    for path in sorted(EXAMPLES.iterdir()):
        shutil.copy2(path, inbox / f".{path.name}")
        (inbox / f".{path.name}").rename(inbox / path.name)
    slack, telegram = place.slack, place.telegram
    slack.desk.direct("U1")
    await slack.until(lambda: len(list(inbox.rglob(f"*{ENDING}"))) == len(list(EXAMPLES.iterdir())))
    await slack.slash("/copydesk", "digest now morning", user="U1", channel="C1")
    telegram.say("/digest now evening", chat=CHAT, user=PERSON)
    await slack.until(lambda: bool(slack.posted("C1")))
    await telegram.sent(CHAT)


async def _drained(lines: asyncio.StreamReader | None) -> None:
    """Read what the desk logs, so that it never waits for somebody who does."""
    while lines is not None and await lines.readline():
        pass


async def _until_interrupted(port: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write("The desk reads its examples …\n")
        async with open_playground(Path(folder), port=port) as (_, playground):
            sys.stdout.write(f"The desk is at {playground.address} until Ctrl-C.\n")
            sys.stdout.flush()
            told = asyncio.Event()
            for number in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, told.set)
            await told.wait()  # then the desk is ended, and nothing of it is left


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="playground", description=__doc__)
    parser.add_argument("--port", type=int, default=8100, help="of 127.0.0.1 (0: any that is free)")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_until_interrupted(parser.parse_args().port))
