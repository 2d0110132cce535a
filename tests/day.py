"""A day at the desk with both doubles, told as it happens. The clock is the system's, set ahead by the story."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import config
from bot.app import READERS, App, opened
from bot.shift import Shift
from tests.running import CHAT, Town, town

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "inbox"
STEP = 0.02
"""Seconds of the system between two looks at a clock that jumps."""

CHANNELS = [
    {"name": "morning", "to": "slack:C1", "at": ["08:00"]},
    {"name": "energy", "to": f"telegram:{CHAT}", "query": "oil OR gas OR electricity", "at": ["08:00"]},
]


class StoryClock:
    """The system's clock, set ahead to whatever moment the story has reached."""

    def __init__(self, start: datetime) -> None:
        self._ahead = start - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def jump(self, moment: datetime) -> None:
        self._ahead += moment - self.now()

    async def sleep_until(self, moment: datetime) -> None:
        while self.now() < moment:
            await asyncio.sleep(min(STEP, max((moment - self.now()).total_seconds(), 0)))


@dataclass
class Day:
    """The story so far, and the ways to go on."""

    place: Town
    clock: StoryClock
    told: list[str] = field(default_factory=list)
    app: App | None = None

    def tell(self, text: str) -> None:
        self.told.append(f"{self.clock.now():%a %H:%M}  {text}")

    def drop(self, *names: str) -> None:
        """Copy example articles into the inbox, as a person would."""
        (self.place.folder / "inbox").mkdir(exist_ok=True)
        for name in names:
            shutil.copy2(EXAMPLES / name, self.place.folder / "inbox" / name)
        self.tell(f"dropped into inbox/: {', '.join(names)}")

    async def searchable(self, count: int) -> None:
        """Wait until the library has `count` articles and the index too."""
        assert self.app is not None
        library = self.app.desk.library
        async with asyncio.timeout(60):
            while len(await library.after_revision(0, limit=99)) < count:
                await asyncio.sleep(STEP)
        await self.app.desk.index.follow(library)

    async def reach(self, moment: datetime) -> None:
        """Go on to the moment, and let the desk notice."""
        self.clock.jump(moment)
        if self.app is not None:
            self.app.deliver.wake()

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[App]:
        """A shift of `copydesk run` in this process."""
        settings = config.load(self.place.folder / "config.toml", self.place.environ)
        async with AsyncExitStack() as stack:
            self.app = await stack.enter_async_context(opened(settings, READERS, self.clock))
            shift = Shift(self.app, self.place.environ)
            work = asyncio.create_task(shift.run())
            await self.place.telegram.listening(30)
            await self.place.slack.until(lambda: bool(self.place.slack.links), seconds=30)
            self.tell("the desk opens")
            try:
                yield self.app
            finally:
                shift.stop()
                await work
                self.app = None
                self.tell("the desk closes")


@asynccontextmanager
async def day(folder: Path, start: datetime) -> AsyncIterator[Day]:
    """The beginning of a story."""
    async with town(folder) as place:
        place.configure(
            timezone="Europe/London", channels=CHANNELS, topics={"energy": "oil OR gas OR electricity"}
        )
        yield Day(place, StoryClock(start))


def minutes(moment: datetime, **length: int) -> datetime:
    """The moment and so much later."""
    return moment + timedelta(**length)
