"""What somebody may choose from while they type behind the desk's name: articles, page by page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.conversation.finding.lookup import Lookup
from bot.conversation.finding.pages import DEEPEST
from bot.conversation.languages import LanguagesSpoken
from bot.domain.errors import IndexRebuilding, StoreError
from bot.domain.events import InlineQuery
from bot.domain.messaging import InlineResults
from bot.domain.ports import Clock
from bot.grammar import commands, seeking
from bot.views.inline import inline_result
from bot.wording.chat import pressing
from bot.wording.language import known, say, speaking

PAGE = 10
"""Results of one answer: more come as the list is scrolled."""

FRESH = 30
"""Seconds for which an answer may be shown again: an article that comes in between is seen soon."""

NOBODY = InlineResults(fresh=FRESH)
"""For who is not let in."""


class InlineAnswers:
    """Answers inline queries. Raises SearchError only when that room fails."""

    def __init__(self, lookup: Lookup, languages: LanguagesSpoken, clock: Clock, zone: str) -> None:
        self._lookup = lookup
        self._languages = languages
        self._clock = clock
        self._zone = zone

    async def results(
        self, asked: InlineQuery, failed: Callable[[StoreError], Awaitable[None]]
    ) -> InlineResults:
        """A page of what the library has on what was typed; all of it, the newest first, while nothing is.

        Where the library cannot be used that is said, and ``failed`` hears why.
        """
        offset = _offset(asked.offset)
        if offset is None:
            return NOBODY
        try:
            with speaking(await self._languages.answering(asked.said())):
                return await self._page(asked, offset)
        except StoreError as error:
            await failed(error)
            with speaking(known(asked.sender.language, self._languages.desk)):
                return InlineResults(notice=say(pressing.UNREACHABLE_INLINE))

    async def _page(self, asked: InlineQuery, offset: int) -> InlineResults:
        try:
            typed = seeking.read(_without_command(asked.text), self._clock.now(), self._zone)
            found = await self._lookup.find(typed, limit=PAGE, offset=offset)
        except IndexRebuilding:
            return InlineResults(notice=say(pressing.REBUILDING_INLINE))
        now = self._clock.now()
        results = tuple(inline_result(hit, now, self._zone) for hit in found.hits)
        further = offset + PAGE
        more = str(further) if further < min(found.total, DEEPEST) else ""
        return InlineResults(results, more, "" if results or offset else say(pressing.NOTHING_INLINE), FRESH)


class LatestQueries:
    """Who goes on typing does not want what they typed before: of each person the newest query waits alone."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, str], InlineQuery] = {}

    def typed(self, asked: InlineQuery) -> bool:
        """This is the newest of its person; whether none of theirs was waiting."""
        alone = _person(asked) not in self._waiting
        self._waiting[_person(asked)] = asked
        return alone

    def take(self, asked: InlineQuery) -> InlineQuery:
        """The newest query of the person who typed ``asked``; it waits no longer."""
        return self._waiting.pop(_person(asked), asked)


def _person(asked: InlineQuery) -> tuple[str, str]:
    return asked.sender.platform, asked.sender.id


def _without_command(text: str) -> str:
    """The words behind ``/search``, which there is no need of here."""
    command = commands.parse(text)
    return command.argument if command.name == "search" and command.typed[:1] in "/／" else text


def _offset(told: str) -> int | None:
    """Where the page begins; ``None`` for an offset that the desk cannot have given."""
    if not told:
        return 0
    if not (told.isascii() and told.isdecimal() and len(told) <= len(str(DEEPEST))):
        return None
    offset = int(told)
    return offset if 0 < offset < DEEPEST and offset % PAGE == 0 else None
