"""A desk that people talk to: a real store and index, and a book of what it was told to post."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, cast

from bot import config
from bot.chat.access import AccessSettings
from bot.chat.console.messenger import render
from bot.conversation.finding.lookup import AnswerSettings
from bot.conversation.loop import Answer
from bot.delivery.answers import PacedAnswers
from bot.delivery.pacing import Pacing
from bot.digest.prepare import DigestMaker
from bot.domain.conversations import ConversationPorts
from bot.domain.digests import LeftOut, Made
from bot.domain.events import Closed, Incoming, Moved, Payload, Posted, Pressed, Said, Sender
from bot.domain.message import Buttons, Message
from bot.domain.messaging import Capabilities
from bot.domain.model import Address, Article, Subscription
from bot.domain.ports import Desk, Say, at_once
from bot.domain.reasons import Reason
from bot.domain.sourcing import Added, FetchFailed, Source, SourceState
from bot.inbox.dropping import DropBox
from bot.inbox.files import MEGABYTE
from bot.ingest.pipeline import Ingest
from bot.platforms import LIMITS
from bot.search.index import open_index
from bot.sources.feeds import Feeds, Round
from bot.sources.kept import KeptSources
from bot.sources.rounds import SourceRounds
from bot.store.conversations import SqlConversationLog
from bot.store.languages import SqlLanguages
from bot.store.library import SqlLibrary
from bot.store.privacy import SqlPersonalData
from bot.store.sources import SqlSources
from bot.store.sql.database import Database, open_store
from bot.store.subscriptions import SqlMutes, SqlSubscribingRules, SqlSubscriptions
from tests.builders import a_reading
from tests.desk import FERRY, ORCHARD, an_article_file
from tests.fakes import FakeClock, HereAndNow, MemoryPaces
from tests.fakes_chat import Owner
from tests.stores import migrated

CONSOLE, DESK, CHANNEL = Address("console"), Sender("console", "desk", "the desk"), Address("slack", "C1NEWS")
ADA = Sender("slack", "U0ADA", "Ada", "T1")
BRAM = Sender("slack", "U0BRAM", "Bram", "T1")
EVE = Sender("slack", "U0EVE", "Eve", "T2")
ACCESS = AccessSettings(frozenset({"slack:T1"}), frozenset({"slack:U0BRAM"}), frozenset())

OPTIONS: Mapping[str, Any] = {
    "timezone": "Europe/London",
    "topics": {"ships": "ferry OR ship", "fruit": "apple OR pear"},
    "channels": [
        {"name": "morning", "topics": ["ships"], "at": ["08:00", "17:30"], "days": "mon-fri"},
        {"name": "orchards", "to": "slack:C1NEWS", "query": "apples", "at": ["09:00"]},
    ],
}
_KEYS = count(1)


@dataclass
class Outgoing:
    """What the desk was told to post, hold or move; what became of digests before."""

    posted: list[tuple[str, str]] = field(default_factory=list)
    moves: list[Moved] = field(default_factory=list)
    resumed: list[Address] = field(default_factory=list)
    woken: int = 0
    results: dict[str, str] = field(default_factory=dict)
    omitted: dict[str, LeftOut] = field(default_factory=dict)
    carried: set[tuple[str, str]] = field(default_factory=set)
    closures: dict[Address, Closed] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)

    async def send_now(self, wanted: Subscription, key: str) -> bool:
        new = (wanted.name, key) not in self.posted
        self.posted.append((wanted.name, key))
        return new

    async def moved(self, event: Moved) -> None:
        self.moves.append(event)

    async def resume(self, at: Address) -> None:
        self.resumed.append(at)

    def wake(self) -> None:
        self.woken += 1

    async def carries(self, subscription: str, pressed: Pressed) -> bool:
        return (subscription, pressed.message) in self.carried

    async def closed(self, to: Address) -> Closed | None:
        return self.closures.get(to)

    async def left_out(self, subscription: str) -> LeftOut | None:
        return self.omitted.get(subscription)

    async def last(self, subscription: str) -> str | None:
        return self.results.get(subscription)

    async def last_made(self, subscription: str) -> Made | None:
        return self.made.get(subscription)


@dataclass
class Talk:
    """A desk to talk to, and what it has written down."""

    answer: Answer
    digests: DigestMaker
    conversation_log: SqlConversationLog
    subscriptions: SqlSubscriptions
    outgoing: Outgoing
    clock: FakeClock
    owner: Owner
    desk: Desk

    async def keep(self, article: Article, name: str) -> int:
        """One more article in the library, found from now on; its id."""
        facts: dict[str, Any] = {"origin": name, "data_key": name, "added": self.clock.now(), "story": None}
        kept = await self.desk.library.keep(a_reading(article), **facts)
        await self.desk.index.follow(self.desk.library)
        return kept.entry


ADDED = {
    "new": Added("added/a.html", "new", "Bridge to close"),
    "corrected": Added("added/a.html", "corrected", "Bridge to close"),
    "known": Added("added/a.html", "known"),
    "held": Added("added/a.html", "held", "Bridge to close", Reason("held.until", at="2026-11-24 09:00")),
    "picture": Added("added/a.html", "unreadable", reason=Reason("html.no_text")),
    "slow": Added("added/a.html"),
}


async def added_page(url: str) -> Added:
    """What becomes of ``https://example.org/OUTCOME``; any other page cannot be had."""
    outcome = url.rpartition("/")[2]
    if outcome not in ADDED:
        raise FetchFailed(Reason("source.status", host="example.org", status=404))
    return ADDED[outcome]


FEED = "https://feeds.example/harbour.xml"


class TriedFeeds:
    """What is at the addresses of feeds: one at any that ends so, and else a page or nothing."""

    async def tried(self, url: str) -> None:
        if url.endswith("/"):
            raise FetchFailed(Reason("source.page", feed=FEED), lasting=True)
        if not url.endswith(".xml"):
            raise FetchFailed(Reason("source.private", host="intranet.example", address="10.0.0.7"))


def sources_of(database: Database, clock: FakeClock) -> KeptSources:
    """The list of a desk whose configuration has two sources, of which one was asked."""
    store = SqlSources(database)
    configured = (
        Source("gazette", "https://gazette.example/feed"),
        Source("letters", "imaps://desk@mail.example:993/INBOX"),
    )
    rounds = SourceRounds(configured, store, nothing_new, clock, Owner(), Owner())
    return KeptSources(rounds, store, cast("Feeds", TriedFeeds()))


async def nothing_new(source: Source, state: SourceState) -> Round:  # noqa: ARG001 - as Take has it
    return Round(0)


@asynccontextmanager
async def open_talk(folder: Path, *, fill: bool = True) -> AsyncIterator[Talk]:
    """A desk with nine articles: ferries, apples, and seven notices about lamps."""
    settings, clock = config.build(OPTIONS, folder, {}), FakeClock()
    if fill:
        for name, data in (await _filled()).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    migrated(folder / "data" / "copydesk.db")
    async with await open_store(settings.store) as database:
        desk = Desk(SqlLibrary(database), open_index(settings.search), HereAndNow(), clock)
        conversation_log, subscriptions, outgoing = (
            SqlConversationLog(database),
            SqlSubscriptions(database, settings.zone),
            Outgoing(),
        )
        mutes = SqlMutes(database)
        ports = ConversationPorts(
            conversation_log,
            subscriptions,
            outgoing,
            outgoing,
            mutes,
            languages=SqlLanguages(database),
            subscribing=SqlSubscribingRules(database),
            personal_data=SqlPersonalData(database),
            inbox=DropBox(settings.inbox.path, int(settings.inbox.max_mb * MEGABYTE)),
            add_page=added_page,
            sources=sources_of(database, clock),
        )
        voice = PacedAnswers(Pacing(LIMITS, MemoryPaces(), clock), clock)
        digests = DigestMaker(desk, settings.compose, settings.topics, mutes=mutes.at)
        told = AnswerSettings(settings.zone, settings.topics, settings.channels, ACCESS)
        owner = Owner()
        answer = Answer(desk, digests, told, ports, voice, owner)
        yield Talk(answer, digests, conversation_log, subscriptions, outgoing, clock, owner, desk)


_FILLED: dict[str, bytes] = {}


async def _filled() -> Mapping[str, bytes]:
    """The files of a desk that has read its nine articles, which takes longer than most talks."""
    if not _FILLED:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            settings = config.build(OPTIONS, folder, {})
            async with await open_store(settings.store) as database:
                desk = Desk(SqlLibrary(database), open_index(settings.search), HereAndNow(), FakeClock())
                await _fill(desk, settings, folder)
            _FILLED.update(_files(folder))
    return _FILLED


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


async def _fill(desk: Desk, settings: config.Config, folder: Path) -> None:
    paths = [
        an_article_file(folder, "ferry.txt", "Ferries to run every ten minutes", *FERRY),
        an_article_file(folder, "orchard.txt", "Frost takes two thirds of the apples", *ORCHARD),
    ]
    for number, street in enumerate(("Quay", "Mill", "Rope", "Salt", "Tar", "Net", "Sail"), start=1):
        paths.append(
            an_article_file(
                folder,
                f"lamp{number}.txt",
                f"New lamps for {street} Street",
                f"The council will put up {10 + number} new lamps in {street} Street in week {number} of the "
                "programme, which began in January and is to end before the summer fair.",
                f"Residents of {street} Street had asked for brighter nights since a fall in {2020 + number}.",
            )
        )
    async with aclosing(Ingest(desk, settings.ingest).files(paths)) as receipts:
        assert {receipt.outcome async for receipt in receipts} == {"new"}


def said(text: str, at: Address = CONSOLE, by: Sender = DESK, *, direct: bool | None = None) -> Said:
    """Words with a key of their own; the console is a direct conversation."""
    alone = at == CONSOLE if direct is None else direct
    return Said(f"key{next(_KEYS)}", at, by, text, alone)


def pressed(
    action: str,
    value: str,
    at: Address = CHANNEL,
    by: Sender = ADA,
    message: str = "",
    *,
    direct: bool = False,
) -> Pressed:
    """A button with a key of its own, on what the sender alone sees unless it has a number."""
    return Pressed(f"key{next(_KEYS)}", at, by, action, value, message, direct)


def shown(message: Message) -> str:
    """The message as the console shows it."""
    return render(message, width=88, colour=False)


def buttons(message: Message) -> dict[str, tuple[str, str]]:
    """Each button's action and value by its label."""
    rows = [block.buttons for block in message.blocks if isinstance(block, Buttons)]
    return {one.label: (one.action, one.value) for row in rows for one in row}


class PostingPorts:
    """A messenger: what a test says into it, and the replies that came out."""

    platform = "slack"

    def __init__(self, *, private: bool = True) -> None:
        self.capabilities = Capabilities(history=False, private=private, edits=True)
        self.replies: list[tuple[str, Message]] = []
        self.troubles: list[Exception] = []
        self._heard: asyncio.Queue[Incoming | Exception | None] = asyncio.Queue()

    def hear(self, *incoming: Incoming | Exception | None) -> None:
        """Somebody says this; ``None`` closes the wire, an exception breaks it."""
        for one in incoming:
            self._heard.put_nowait(one)

    async def incoming(self) -> AsyncIterator[Incoming]:
        while (one := await self._heard.get()) is not None:
            if isinstance(one, Exception):
                raise one
            yield one

    async def reply(self, incoming: Said | Pressed, message: Message, say: Say = at_once) -> Posted | None:
        await say(incoming.at, lambda: self._taken(incoming, message))
        return None if message.private and self.capabilities.private else Posted(f"m{len(self.replies)}")

    async def _taken(self, incoming: Said | Pressed, message: Message) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.replies.append((incoming.key, message))

    def render(self, message: Message) -> tuple[Payload, ...]:
        return (Payload("{}", shown(message)),)

    async def post(self, to: Address, payload: Payload, *, key: str, **_: str) -> Posted:
        raise AssertionError(f"answers are replies: {to} {payload.plain} {key}")

    async def find(self, to: Address, key: str, *, since: object) -> None:
        raise AssertionError(f"answers are not looked up: {to} {key} {since}")

    async def edit(self, to: Address, posted: str, payload: Payload) -> None:
        raise AssertionError(f"nothing is changed: {to} {posted} {payload.plain}")

    async def withdraw(self, to: Address, posted: str) -> None:
        raise AssertionError(f"nothing is taken back: {to} {posted}")

    async def reach(self, to: Address) -> str | None:
        return f"{to} was not asked for"

    def healthy(self) -> bool:
        return True

    async def ready(self) -> str | None:
        return None

    async def stop_listening(self) -> None:
        self.hear(None)

    async def aclose(self) -> None:
        await self.stop_listening()
