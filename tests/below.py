"""A desk between both doubles whose digests people answer: three stories in lines, two by their headline."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from bot.chat.access import AccessSettings
from bot.chat.slack.messenger import SlackMessenger
from bot.chat.telegram.messenger import TelegramMessenger
from bot.conversation.finding.lookup import AnswerSettings
from bot.conversation.loop import Answer
from bot.delivery.answers import PacedAnswers
from bot.delivery.pacing import Pacing
from bot.delivery.posting import PostingPorts
from bot.delivery.scheduled import Deliver
from bot.digest.compose import ComposeSettings
from bot.digest.prepare import DigestMaker
from bot.domain.conversations import ConversationPorts
from bot.domain.model import Address, Article, Kept, Quote, Schedule, Subscription
from bot.domain.ports import Desk
from bot.platforms import LIMITS
from bot.search.index import IndexSettings, open_index
from bot.store.conversations import SqlConversationLog
from bot.store.delivery.outbox import SqlOutbox
from bot.store.delivery.posted import SqlPostedDigests
from bot.store.delivery.results import DigestResults
from bot.store.library import SqlLibrary
from bot.store.sql.database import Database, StoreSettings, open_store
from bot.store.subscriptions import SqlMutes, SqlSubscriptions
from tests.builders import NOON, a_quote, a_reading, an_article
from tests.chat import slack_far_end, telegram_far_end
from tests.chat.telegram_far_end import GROUP
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_faults import NO_RATES
from tests.fakes import FakeClock, HereAndNow, MemoryPaces
from tests.fakes_chat import Owner
from tests.stores import migrated

SLACK, TELEGRAM = Address("slack", "C1"), Address("telegram", str(GROUP))
ACCESS = AccessSettings(frozenset({"slack:C1", f"telegram:{GROUP}"}))

BRIDGE = "The swing bridge at Mardle closes on Monday and stays closed for nine weeks."
LATER = "Buses will run every ten minutes over the upper bridge instead."
VOTED = "Crews of the harbour ferries voted on Tuesday to strike from Friday."
WORDS = "We will not sail another winter on wages of ten years ago"
WHO = "Mara Ellory"


def bridge(source: str = "Port Gazette", *more: str) -> Article:
    text = f"{BRIDGE} {LATER}"
    title = "Swing bridge at Mardle closes for nine weeks"
    return an_article(text, *more, title=title, source=source, url="https://gazette.example/bridge")


def ferry() -> tuple[Article, Quote]:
    said = f"“{WORDS},” said {WHO}, secretary of the sailors' union."
    article = an_article(VOTED, said, title="Ferry crews vote to strike from Friday", source="Harbour Times")
    return article, a_quote(article, WORDS, WHO, WHO, "secretary of the sailors' union")


def plain(number: int, title: str) -> Article:
    text = f"Notice {number} tells of matter {number}, and of nothing besides it."
    return an_article(text, title=title, published=NOON - timedelta(days=number), source=f"Paper {number}")


@dataclass
class Room:
    """The desk in one process: what is posted, and who is answered."""

    desk: Desk
    clock: FakeClock
    database: Database
    deliver: Deliver
    answer: Answer
    owner: Owner
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def keep(self, article: Article, *quotes: Quote, **more: Any) -> Kept:
        reading = a_reading(article, *quotes, sentences=more.pop("sentences", ()))
        name = article.content_key
        facts: dict[str, Any] = {"origin": name, "data_key": name, "added": self.clock.now(), "story": None}
        return await self.desk.library.keep(reading, **facts | more)

    async def fill(self) -> None:
        await self.keep(bridge(), sentences=(BRIDGE,))
        article, quote = ferry()
        await self.keep(article, quote, sentences=(VOTED,))
        await self.keep(plain(1, "Council halves the library's opening hours"))
        await self.keep(plain(2, "Apple growers fear a late frost"))
        await self.keep(plain(3, "Observatory opens its dome to the public"))

    async def morning(self) -> None:
        """A day later the digests of the slot are posted."""
        self.clock.pass_by(days=1)
        await self.deliver.stage_due()
        await self.deliver.post_waiting(timedelta(minutes=1))


@dataclass
class Town:
    """Both doubles, and the desk between them, which may be closed and opened again."""

    slack: SlackDouble
    telegram: TelegramDouble
    folder: Path
    channels: list[Subscription]
    clock: FakeClock = field(default_factory=FakeClock)
    access: AccessSettings = ACCESS
    stories: int = 3

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Room]:
        """A process of the desk, which listens until its end."""
        async with AsyncExitStack() as stack:
            url = f"sqlite:///{migrated(self.folder / 'copydesk.db')}"
            database = await stack.enter_async_context(await open_store(StoreSettings(url)))
            messengers = {
                "slack": await stack.enter_async_context(slack_far_end.desk(self.slack)),
                "telegram": await stack.enter_async_context(telegram_far_end.desk(self.telegram)),
            }
            room = self._room(database, messengers)
            stop = asyncio.Event()
            loops = [asyncio.create_task(room.answer.run(one, stop)) for one in messengers.values()]
            await self.slack.until(lambda: self.slack.links)
            yield room
            for one in messengers.values():
                await one.stop_listening()
            async with asyncio.timeout(20):
                await asyncio.gather(*loops)

    def _room(self, database: Database, messengers: dict[str, SlackMessenger | TelegramMessenger]) -> Room:
        async def channels() -> list[Subscription]:
            return self.channels

        index = open_index(IndexSettings(self.folder / "index"))
        desk = Desk(SqlLibrary(database), index, HereAndNow(), self.clock)
        digests = DigestMaker(desk, ComposeSettings(stories=self.stories), {})
        pacing, owner = Pacing(LIMITS, MemoryPaces(), self.clock), Owner()
        outbox = SqlOutbox(database, holder="here-1", alive=lambda _: False)
        deliver = Deliver(desk, digests, PostingPorts(outbox, messengers, channels, owner, pacing))
        ports = ConversationPorts(
            SqlConversationLog(database),
            SqlSubscriptions(database),
            deliver,
            DigestResults(database, "UTC"),
            SqlMutes(database),
            posted=SqlPostedDigests(database),
        )
        settings = AnswerSettings("UTC", {}, self.channels, self.access)
        answer = Answer(desk, digests, settings, ports, PacedAnswers(pacing, self.clock), owner)
        return Room(desk, self.clock, database, deliver, answer, owner)


def a_channel(name: str, to: Address) -> Subscription:
    return Subscription(f"file:{name}", name, to, "", Schedule("UTC", (time(8),)))


@asynccontextmanager
async def town(folder: Path, *, telegram_api: Any = "10.3", **more: Any) -> AsyncIterator[Town]:
    """Both doubles; the digests go to a channel and to a group."""
    async with (
        SlackDouble(pace=slack_far_end.FAST) as slack,
        TelegramDouble(rates=NO_RATES, api=telegram_api) as telegram,
    ):
        telegram.chat(GROUP)
        channels = [a_channel("morning", SLACK), a_channel("evening", TELEGRAM)]
        yield Town(slack, telegram, folder, channels, **more)


async def soon(looked: Any, seconds: float = 10) -> Any:
    """What it gives, once it gives something."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not (found := looked()):
                await asyncio.sleep(0.01)
            return found
    raise AssertionError("nothing came")
