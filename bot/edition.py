"""One digest prepared: a window of arrivals, what matches in it, composed. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot import query
from bot.bulletin import Digest
from bot.digest.compose import ComposeSettings, compose
from bot.model import Occasion, Subscription, Window
from bot.ports import Desk


class Edition:
    """Prepares digests for whoever asks: the schedule, a chat, the command line."""

    def __init__(self, desk: Desk, settings: ComposeSettings, topics: Mapping[str, str]) -> None:
        self._desk = desk
        self._settings = settings
        self._topics = topics

    async def since(self, subscription: Subscription, occasion: Occasion, moment: datetime) -> Digest:
        """The digest of all that arrived after ``moment``, by arrival and never by publication."""
        library = self._desk.library
        upto = await library.revision()
        after = min(await library.revision_at(moment), upto)
        return await self.prepare(subscription, occasion, Window(after, upto), moment)

    async def prepare(
        self, subscription: Subscription, occasion: Occasion, window: Window, since: datetime
    ) -> Digest:
        """The digest of ``window``; the index is first brought up to the library.

        Raises IndexBusy when it cannot be: a digest never misses what arrived before it.
        """
        library, index, now = self._desk.library, self._desk.index, self._desk.clock.now()
        await index.follow(library)
        wanted = query.expand(query.parse(subscription.query).query, self._topics)
        entries = await library.entries(await index.matching(wanted, window, now=now))
        arrivals = await library.arrivals(window)
        return await self._desk.workers.run(
            compose, occasion, subscription.name, window, since, now, entries, arrivals, self._settings
        )
