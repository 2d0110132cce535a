"""The index as one team sees it: every search is narrowed to what the team may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.model import Article, Entry, Matches, Snippet, Window
from bot.domain.ports import Facets, Index, Library
from bot.domain.query_nodes import Query, SearchOrder, all_of
from bot.domain.teams import Team


async def sees(team: Team, library: Library, ids: Sequence[int]) -> bool:
    """Whether the team sees each of these entries; none that is not there (any more), unless it sees all there is."""
    if not team.sources:
        return True
    entries = {entry.id: entry for entry in await library.entries(ids)}
    return all(one in entries and team.sees(entries[one].article) for one in ids)


async def visible(team: Team, library: Library, ids: Sequence[int]) -> tuple[Entry, ...]:
    """Those of the entries that the team sees, in their order."""
    return tuple(entry for entry in await library.entries(ids) if team.sees(entry.article))


class ScopedIndex:
    """An :class:`bot.domain.ports.Index` that finds nothing outside ``scope``."""

    def __init__(self, index: Index, scope: Query) -> None:
        self._index = index
        self._scope = scope

    async def follow(self, library: Library) -> int:
        """As the whole index does."""
        return await self._index.follow(library)

    async def search(
        self, query: Query, *, now: datetime, limit: int, offset: int = 0, order: SearchOrder = "best"
    ) -> Matches:
        """The first matches inside the scope; a typing error is forgiven in ``query`` alone."""
        inside = all_of((query, self._scope))
        return await self._index.search(inside, now=now, limit=limit, offset=offset, order=order)

    async def matching(self, query: Query, window: Window, *, now: datetime) -> tuple[int, ...]:
        """Every entry of the window that the query matches inside the scope."""
        return await self._index.matching(all_of((query, self._scope)), window, now=now)

    async def facets(self, query: Query, *, now: datetime) -> Facets:
        """Of the matches inside the scope."""
        return await self._index.facets(all_of((query, self._scope)), now=now)

    def snippet(self, article: Article, query: Query) -> Snippet | None:
        """As the whole index does."""
        return self._index.snippet(article, query)
