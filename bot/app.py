"""The composition root: settings become a working desk, and everything opened is closed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.answer import Answer, AnswerSettings
from bot.bulletin import Digest
from bot.clock import WallClock
from bot.config import Config
from bot.edition import Edition
from bot.errors import ConfigError
from bot.ingest import Ingest
from bot.model import Address, Occasion, Schedule, Subscription
from bot.ports import Clock, Desk
from bot.search.index import open_index
from bot.store.database import open_store
from bot.store.library import SqlLibrary
from bot.workers import WorkerPool, WorkerSettings

READERS = WorkerSettings(processes=2, preload=("bot.reading", "bot.digest.stories"))
COMPOSERS = WorkerSettings(processes=1, preload=("bot.digest.compose",))
"""Composing needs none of the libraries that reading needs, and so starts twice as fast."""


class App:
    """The loops over one open desk."""

    def __init__(self, desk: Desk, config: Config) -> None:
        self.desk = desk
        self.config = config
        self.ingest = Ingest(desk, config.ingest)
        self.edition = Edition(desk, config.compose, config.topics)
        self.answer = Answer(desk, self.edition, AnswerSettings(config.zone, config.topics, config.channels))

    async def preview(self, name: str | None, since: timedelta) -> Digest:
        """The digest of the channel for what arrived in the last ``since``; nothing is sent.

        Raises ConfigError when there is no such channel, or several and no name.
        """
        now = self.desk.clock.now()
        channel = self._channel(name)
        return await self.edition.since(channel, Occasion("asked", channel.id, now.isoformat()), now - since)

    def _channel(self, name: str | None) -> Subscription:
        channels = {channel.name: channel for channel in self.config.channels}
        if name is None and not channels:
            return Subscription(
                "everything", "everything", Address("console"), "", Schedule(self.config.zone)
            )
        if name is None and len(channels) == 1:
            return next(iter(channels.values()))
        if name in channels:
            return channels[name]
        known = ", ".join(channels) or "none is configured"
        raise ConfigError([f"channel {name or 'NAME'}: say which one of: {known}"])


@asynccontextmanager
async def opened(
    config: Config, settings: WorkerSettings = COMPOSERS, clock: Clock | None = None
) -> AsyncIterator[App]:
    """The app over an open store and index; raises StoreError or SearchError."""
    async with await open_store(config.store) as database, started(settings) as workers:
        library, index = SqlLibrary(database), open_index(config.search)
        yield App(Desk(library, index, workers, clock or WallClock()), config)


@asynccontextmanager
async def started(settings: WorkerSettings) -> AsyncIterator[WorkerPool]:
    """Worker processes, ended on the way out."""
    workers = WorkerPool(settings)
    try:
        yield workers
    finally:
        await workers.aclose()
