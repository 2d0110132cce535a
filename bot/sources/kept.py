"""The list of sources as people change it in chat: a feed is tried before it is kept, by the rules by which it is asked later."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.domain.reasons import Reason
from bot.domain.sourcing import FetchFailed, Removal, Source, SourceState
from bot.sources.addresses import checked, host_of
from bot.sources.feeds import Feeds
from bot.sources.names import Names
from bot.sources.rounds import SourceRounds
from bot.store.sources import SqlSources

FETCH_WITHIN = 40.0
"""Seconds; an answer in chat may take a minute in all."""

TRIES = 3
"""Others may add a feed of the same name meanwhile."""


class KeptSources:
    """:class:`bot.domain.sourcing.SourceList`: what is added goes where imported feeds are."""

    def __init__(self, rounds: SourceRounds, store: SqlSources, feeds: Feeds) -> None:
        self._rounds = rounds
        self._store = store
        self._feeds = feeds

    async def listed(self) -> Sequence[tuple[Source, SourceState | None]]:
        """Each source, and how it does where that is known. Raises StoreError."""
        states = await self._store.states()
        return [(one, states.get(one.url)) for one in await self._rounds.all()]

    async def add(self, url: str, name: str = "") -> tuple[Source, bool]:
        """Keep the feed; it, and whether it is new. Raises FetchFailed for what cannot be had or is no feed, and StoreError."""
        url = checked(url)
        for attempt in range(TRIES):
            known = await self._rounds.all()
            if same := next((one for one in known if one.url == url), None):
                return same, False
            if not attempt:
                await self._tried(url)
            free = Names(one.name for one in known)
            source = Source(free.name(name or host_of(url)), url, imported=True)
            if await self._store.add([source]):
                self._rounds.hurry(url)
                return source, True
        raise FetchFailed(Reason("source.name", name=name or host_of(url)))

    async def remove(self, what: str) -> tuple[Source | None, Removal]:
        """Ask the source of this name or address no more; which it is, and what became of it. Raises StoreError."""
        called = what.strip()
        sources = await self._rounds.all()
        found = next((one for one in sources if called.casefold() == one.name.casefold()), None)
        found = found or next((one for one in sources if one.url in {called, f"{called}/"}), None)
        if found is None:
            return None, "unknown"
        if not found.imported:
            return found, "configured"
        return found, "removed" if await self._store.remove(found.name) else "unknown"

    async def _tried(self, url: str) -> None:
        try:
            async with asyncio.timeout(FETCH_WITHIN):
                await self._feeds.tried(url)
        except TimeoutError as error:
            raise FetchFailed(Reason("source.slow", host=host_of(url), most=FETCH_WITHIN)) from error
