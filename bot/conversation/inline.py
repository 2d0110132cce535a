"""What somebody may choose from while they type behind the desk's name: articles, page by page."""

from __future__ import annotations

from bot.conversation.lookup import DEEPEST, Lookup
from bot.domain.errors import IndexRebuilding
from bot.domain.events import InlineQuery
from bot.domain.messaging import InlineResults
from bot.domain.ports import Clock
from bot.views.inline import inline_result
from bot.wording import inline

PAGE = 10
"""Results of one answer: more come as the list is scrolled."""

FRESH = 30
"""Seconds for which an answer may be shown again: an article that comes in between is seen soon."""

NOBODY = InlineResults(fresh=FRESH)
"""For who is not let in."""


class InlineAnswers:
    """Answers inline queries. Raises StoreError and SearchError only when those rooms fail."""

    def __init__(self, lookup: Lookup, clock: Clock, zone: str) -> None:
        self._lookup = lookup
        self._clock = clock
        self._zone = zone

    async def results(self, asked: InlineQuery) -> InlineResults:
        """A page of what the library has on what was typed; all of it, the newest first, while nothing is."""
        offset = _offset(asked.offset)
        if offset is None:
            return NOBODY
        try:
            found = await self._lookup.find(asked.text, limit=PAGE, offset=offset)
        except IndexRebuilding:
            return InlineResults(notice=inline.REBUILDING)
        now = self._clock.now()
        results = tuple(inline_result(hit, now, self._zone) for hit in found.hits)
        further = offset + PAGE
        more = str(further) if further < min(found.total, DEEPEST) else ""
        return InlineResults(results, more, "" if results or offset else inline.NOTHING, FRESH)


class LatestQueries:
    """Who goes on typing does not want what they typed before: only the newest query of each person is answered."""

    def __init__(self) -> None:
        self._latest: dict[tuple[str, str], str] = {}

    def typed(self, asked: InlineQuery) -> None:
        """This is the newest of its person."""
        self._latest[asked.sender.platform, asked.sender.id] = asked.key

    def take(self, asked: InlineQuery) -> bool:
        """Whether it is still the newest; then it is not waited for any more."""
        who = (asked.sender.platform, asked.sender.id)
        if self._latest.get(who) != asked.key:
            return False
        del self._latest[who]
        return True


def _offset(told: str) -> int | None:
    """Where the page begins; ``None`` for an offset that the desk cannot have given."""
    if not told:
        return 0
    if not (told.isascii() and told.isdecimal() and len(told) <= len(str(DEEPEST))):
        return None
    offset = int(told)
    return offset if 0 < offset < DEEPEST and offset % PAGE == 0 else None
