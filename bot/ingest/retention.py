"""What the way in has kept, and is more than the operator wants to keep, is let go of. Off unless the file says so."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Protocol

from bot.domain.limits import Limits
from bot.domain.ports import Desk
from bot.inbox.retention import Shelves, keep_within

AT_ONCE = 200
"""Articles of one transaction: whoever keeps an article waits for it."""


class Articles(Protocol):
    """The library, as far as it is let go of. Raises StoreError."""

    async def sizes(self) -> Sequence[tuple[int, datetime, int]]:
        """Every entry by its id, when it was added, and the bytes of its text; the newest first."""

    async def let_go(self, ids: Sequence[int], now: datetime) -> int:
        """Remove entries, so that they may come again as new; how many."""


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """How much is kept of articles, files and receipts."""

    articles: Limits = field(default_factory=Limits)
    shelves: Shelves = field(default_factory=Shelves)


@dataclass(frozen=True, slots=True)
class LetGo:
    """How many of each kind went."""

    articles: int = 0
    files: int = 0
    receipts: int = 0


async def let_go(desk: Desk, articles: Articles, inbox: Path, settings: RetentionSettings) -> LetGo:
    """Let go of what is beyond the limits, the oldest first. Raises StoreError, SearchError and OSError.

    An article goes from library and index. What was posted of it stays, and so does its file in `done/`, which has
    limits of its own.
    """
    now, gone = desk.clock.now(), 0
    if settings.articles.any:
        surplus = iter(sorted(settings.articles.surplus(await articles.sizes(), now)))
        while some := list(islice(surplus, AT_ONCE)):
            gone += await articles.let_go(some, now)
        if gone:
            await desk.index.follow(desk.library)
    files, receipts = await asyncio.to_thread(keep_within, inbox, settings.shelves, now)
    return LetGo(gone, files, receipts)
