"""Articles that may not be shown yet: held when they come, in the library when their moment has come."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.article.fields.embargo import Unclear, terms
from bot.domain.errors import BotError, UnreadableDocument
from bot.domain.model import Article, Held, Reading, Terms
from bot.domain.ports import Desk
from bot.domain.reasons import Reason
from bot.ingest.opening import Part

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Held articles that are read from the store in one query."""

UNCLEAR = "held.unclear"
"""The code of a reason why nobody knows until when an article is to be held."""

Keep = Callable[[Held, datetime], Awaitable[None]]
"""Puts a held article into the library, as one that comes now."""


class Embargo:
    """Holds what is not to be shown yet. Until then it has no revision: no search, window or story knows it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = asyncio.Lock()

    async def held(self, part: Part, found: Reading, terms: Terms | Reason, *, bulk: bool) -> Reason | None:
        """Why the article is held from now on; ``None`` where it may be shown.

        One whose terms are a reason, because they cannot be read, is held until its text comes with others.
        """
        now = self._desk.clock.now()
        until = terms.hold_until if isinstance(terms, Terms) else None
        if isinstance(terms, Terms) and (until is None or until <= now):
            return None
        why = terms if isinstance(terms, Reason) else Reason("held.until", at=_told(until))
        expires = terms.expires if isinstance(terms, Terms) else None
        one = Held(found, part.name, part.key, now, why, until, expires, bulk)
        await self._desk.library.hold(one)
        return why

    async def release(self, keep: Keep) -> int:
        """Let ``keep`` have every article whose moment has come, in that order; how many.

        One that fails stops no other: it is refused in the library. Raises StoreError.
        """
        library, released = self._desk.library, 0
        async with self._turn:
            while waiting := await library.due(now := self._desk.clock.now(), limit=AT_ONCE):
                for one in waiting:
                    try:
                        await keep(one, now)
                    except UnreadableDocument as error:  # forgotten while it waited
                        await library.refuse(
                            origin=one.origin, data_key=one.data_key, reason=error.reason, added=now
                        )
                    except (BotError, OSError):
                        raise
                    except Exception:
                        log.exception("%s: its embargo is over, and the desk failed on it", one.origin)
                        why = Reason("desk.failed", fault="its embargo is over")
                        await library.refuse(origin=one.origin, data_key=one.data_key, reason=why, added=now)
                    await library.released(one)
                    released += 1
        return released


def terms_of(article: Article, zone: str) -> Terms | Reason:
    """Between which moments the article may be shown, or why nobody knows."""
    try:
        return terms(article, zone)
    except Unclear as error:
        return Reason("held.unclear", field=error.field, said=error.said)


def _told(until: datetime | None) -> str:
    return "" if until is None else f"{until:%Y-%m-%d %H:%M} UTC"
