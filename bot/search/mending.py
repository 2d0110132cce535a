"""An index that cannot be used is set aside and built again from the library."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from bot.domain.errors import BotError, IndexDamaged, IndexRebuilding, SearchError
from bot.domain.model import Article, Matches, Snippet, Window
from bot.domain.ports import Facets, Library
from bot.domain.query import Query
from bot.domain.query_nodes import SearchOrder
from bot.runtime.faults import fault
from bot.search import folder
from bot.search.index import BATCH, IndexSettings, TantivyIndex, open_index, rebuild
from bot.search.snippet import passage

PAUSE = 60.0
"""Seconds after a rebuild that failed, as on a full disk, before the next one is tried."""

log = logging.getLogger(__name__)
T = TypeVar("T")


class MendingIndex:
    """The :class:`bot.domain.ports.Index` of one library, over a folder that may be damaged, deleted or outdated.

    Every question may raise IndexRebuilding, which is an IndexBusy, while it is built again: nothing
    is ever answered from half of it. With ``waits`` a question waits for that instead, unless
    another process builds. One process builds at a time; the old index stays beside the new one as
    ``NAME.damaged`` until the next.
    """

    def __init__(self, settings: IndexSettings, library: Library, *, waits: bool = False) -> None:
        """Raises SearchError for a folder that holds something else."""
        self._settings = settings
        self._library = library
        self._waits = waits
        self._index: TantivyIndex | None = None
        self._building: asyncio.Task[BotError | None] | None = None
        self._progress = (0, 0)
        self._failed: BotError | None = None
        self._again = 0.0
        with suppress(IndexDamaged):
            self._index = open_index(settings)

    async def follow(self, library: Library) -> int:
        """As the port has it."""
        return await self._ask(lambda index: index.follow(library))

    async def search(
        self, query: Query, *, now: datetime, limit: int, offset: int = 0, order: SearchOrder = "best"
    ) -> Matches:
        """As the port has it."""
        return await self._ask(
            lambda index: index.search(query, now=now, limit=limit, offset=offset, order=order)
        )

    async def matching(self, query: Query, window: Window, *, now: datetime) -> tuple[int, ...]:
        """As the port has it."""
        return await self._ask(lambda index: index.matching(query, window, now=now))

    async def facets(self, query: Query, *, now: datetime) -> Facets:
        """As the port has it."""
        return await self._ask(lambda index: index.facets(query, now=now))

    def snippet(self, article: Article, query: Query) -> Snippet | None:
        """As the port has it."""
        return passage(article, query)

    async def aclose(self) -> None:
        """Leave a rebuild that is under way; the next process begins it again."""
        if self._building is not None:
            self._building.cancel()
            await asyncio.gather(self._building, return_exceptions=True)

    async def _ask(self, question: Callable[[TantivyIndex], Awaitable[T]]) -> T:
        if self._building is not None and not self._building.done():
            await self._built(self._building)
        seen = folder.identity(self._settings.path)
        try:
            return await question(await self._whole())
        except IndexDamaged as damage:
            await self._mend(damage, seen)
        return await question(await self._whole())

    async def _whole(self) -> TantivyIndex:
        """The index, which holds the library or lags behind it, but never has only its beginning.

        One batch is committed at once; more than that is built aside. Raises IndexDamaged.
        """
        if self._index is None:
            self._index = await asyncio.to_thread(open_index, self._settings)
        if await asyncio.to_thread(self._index.reached) == 0 and (newest := await self._library.revision()):
            if newest > BATCH:
                raise IndexDamaged(str(self._settings.path), "it is empty and the library is not")
            await self._index.follow(self._library)
        return self._index

    async def _mend(self, damage: IndexDamaged, seen: folder.Identity | None) -> None:
        """Build it again; returns when that is done, and raises IndexRebuilding where nobody waits for it."""
        if self._building is None or self._building.done():
            if self._failed and asyncio.get_running_loop().time() < self._again:
                raise IndexRebuilding(str(self._settings.path), why=str(self._failed))
            self._index, self._progress = None, (0, 0)
            self._building = asyncio.create_task(self._build(damage, seen))
        await self._built(self._building)

    async def _built(self, building: asyncio.Task[BotError | None]) -> None:
        if not self._waits:
            raise IndexRebuilding(str(self._settings.path), *self._progress)
        if error := await asyncio.shield(building):
            raise error

    async def _build(self, damage: IndexDamaged, seen: folder.Identity | None) -> BotError | None:
        """What kept it from being built; nothing else is raised, because nobody may wait for it."""
        path = self._settings.path
        try:
            with folder.rebuilding(path):
                if folder.identity(path) == seen:  # else another process has built it meanwhile
                    log.warning("%s", damage)
                    await asyncio.to_thread(folder.set_aside, path)
                    revision = await rebuild(self._settings, self._library, self._tell, locked=True)
                    log.info("the search index %s is whole again, at revision %d", path, revision)
            self._failed = None
        except IndexRebuilding as elsewhere:
            return elsewhere
        except BotError as error:
            log.warning("the search index %s cannot be rebuilt now: %s", path, error)
            return self._put_off(error)
        except Exception as error:
            log.exception("the search index %s cannot be rebuilt now", path)
            return self._put_off(SearchError(f"the search index {path} cannot be rebuilt ({fault(error)})"))
        return None

    def _put_off(self, error: BotError) -> BotError:
        """The error, after which nobody tries again for a while."""
        self._failed, self._again = error, asyncio.get_running_loop().time() + PAUSE
        return error

    def _tell(self, reached: int, newest: int) -> None:
        tenth = 10 * self._progress[0] // max(newest, 1)
        self._progress = (reached, newest)
        if 10 * reached // max(newest, 1) > tenth:
            log.info("the search index is being rebuilt: %d of %d revisions", reached, newest)
