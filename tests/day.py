"""A day at the desk with both doubles, told as it happens. The clock is the system's, set ahead by the story."""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import config
from bot.app import App, opened
from bot.cli.daemon import Daemon
from tests.running import CHAT, PERSON, Town, town

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CHANNELS = [
    {"name": "morning", "to": "slack:C1", "at": ["08:00"]},
    {"name": "energy", "to": f"telegram:{CHAT}", "query": "oil OR gas OR electricity", "at": ["08:00"]},
]


class StoryClock:
    """The system's clock, set ahead to whatever moment the story has reached."""

    def __init__(self, start: datetime) -> None:
        self._ahead = start - datetime.now(UTC)
        self._jumped = asyncio.Event()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def jump(self, moment: datetime) -> None:
        self._ahead += moment - self.now()
        self._jumped.set()
        self._jumped = asyncio.Event()

    async def sleep_until(self, moment: datetime) -> None:
        while (left := (moment - self.now()).total_seconds()) > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._jumped.wait(), left)


class Ears(logging.Handler):
    """Hears what the desk logs; whoever waits looks again at each line."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._loop = asyncio.get_running_loop()
        self._heard = asyncio.Event()

    @contextmanager
    def open(self) -> Iterator[None]:
        desk = logging.getLogger("bot")
        before = desk.level
        desk.setLevel(logging.INFO)
        desk.addHandler(self)
        try:
            yield
        finally:
            desk.removeHandler(self)
            desk.setLevel(before)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
        self._loop.call_soon_threadsafe(self._heard.set)

    async def until(self, words: str, *, after: int = 0, within: float = 120) -> int:
        """How many lines there are up to the next one that holds the words."""
        async with asyncio.timeout(within):
            while not (found := [n for n, line in enumerate(self.lines, 1) if n > after and words in line]):
                self._heard.clear()
                await self._heard.wait()
        return found[0]


@dataclass
class Day:
    """The story so far, and the ways to go on."""

    place: Town
    clock: StoryClock
    told: list[str] = field(default_factory=list)
    app: App | None = None
    reached: list[datetime] = field(default_factory=list)
    shift: Daemon | None = None
    ears: Ears = field(default_factory=Ears)

    def tell(self, text: str) -> None:
        self.told.append(f"{self.clock.now():%a %H:%M}  {text}")

    def show(self, where: str, texts: Sequence[str]) -> None:
        """What a reader sees there."""
        self.tell(where)
        self.told.append(indented("\n".join(texts)))

    def drop(self, *names: str, of: str = "inbox") -> None:
        """Copy example articles into the inbox, as a person would."""
        (self.place.folder / "inbox").mkdir(exist_ok=True)
        for name in names:
            shutil.copy2(EXAMPLES / of / name, self.place.folder / "inbox" / name)
        self.tell(f"dropped into inbox/: {', '.join(names)}")

    async def searchable(self, count: int) -> None:
        """Wait until the library has `count` articles and the index too."""
        assert self.app is not None
        library = self.app.desk.library
        heard = 0
        while len(await library.after_revision(0, limit=99)) < count:
            heard = await self.ears.until("searchable: ", after=heard)
        await self.app.desk.index.follow(library)

    async def reach(self, moment: datetime) -> None:
        """Go on to the moment, and let the desk notice."""
        self.clock.jump(moment)
        self.reached.append(moment)
        if self.app is not None:
            self.app.deliver.wake()

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[App]:
        """A shift of `copydesk run` in this process."""
        settings = config.load(self.place.folder / "config.toml", self.place.environ)
        async with AsyncExitStack() as stack:
            stack.enter_context(self.ears.open())
            self.app = await stack.enter_async_context(opened(settings, attended=True, clock=self.clock))
            shift = self.shift = Daemon(self.app, self.place.environ)
            work = asyncio.create_task(shift.run())
            await self.place.telegram.listening()
            await self.place.slack.until(lambda: bool(self.place.slack.links))
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


async def a_whole_day() -> str:
    """A day as both platforms show it."""
    monday = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)
    with tempfile.TemporaryDirectory() as folder:
        async with day(Path(folder), monday) as story:
            slack, telegram = story.place.slack, story.place.telegram
            async with story.desk():
                story.drop("storm-inga.txt", "tanker-ruling.txt")
                await story.searchable(2)
                await story.reach(monday.replace(hour=8, minute=0))
                await slack.until(lambda: bool(slack.posted("C1")))
                await telegram.sent(CHAT)
                story.show("Slack, channel C1", [words_of(slack.posted("C1")[-1])])
                asked = await slack.slash("/copydesk", "search tanker seized", user="U1", channel="C1")
                await slack.until(lambda: bool(asked.responses))
                story.tell("somebody types /copydesk search tanker seized; only they see:")
                story.told.append(indented(words_of(asked.responses[0])))
                await slack.below("2", slack.posted("C1")[-1]["ts"], user="U1")
                (answer,) = await slack.until(lambda: [o for o in slack.ephemerals if "thread_ts" in o])
                story.tell("somebody writes 2 in the digest's thread; only they see:")
                story.told.append(indented(words_of(answer)))
                telegram.say("/subscribe sanctions as cargo at 12:00", chat=PERSON)
                (subscribed,) = await telegram.sent(PERSON)
                story.show("Telegram: /subscribe sanctions as cargo at 12:00", [subscribed.text])
                story.drop("gas-price-norrin.md")
                await story.searchable(3)
            before = len(slack.posted("C1"))
            await story.reach(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
            async with story.desk():
                await slack.until(lambda: len(slack.posted("C1")) > before)
                story.show(
                    "Slack, channel C1: one catch-up for three mornings", [words_of(slack.posted("C1")[-1])]
                )
        return "\n".join(story.told) + "\n"


def words_of(response: dict[str, Any]) -> str:
    """The words of a Slack message as a reader sees them, one block element a line."""

    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if node.get("type") in {"text", "plain_text", "link"}:
                yield str(node.get("text", ""))
            else:
                for key in ("elements", "text"):
                    yield from walk(node.get(key, ()))
            if node.get("type") in {"header", "rich_text", "rich_text_section", "rich_text_quote", "context"}:
                yield "\n"
        elif isinstance(node, list | tuple):
            for one in node:
                yield from walk(one)

    return re.sub(r"\n{3,}", "\n\n", "".join(walk(response.get("blocks", []))))


def indented(text: str) -> str:
    """The text under its line of the story."""
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


if __name__ == "__main__":
    sys.stdout.write(asyncio.run(a_whole_day()))
