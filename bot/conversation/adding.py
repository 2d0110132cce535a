"""What somebody wants in the library: a page, ``/add https://…``, and all that a feed brings, ``/sources add https://…``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.chat.access import Role, is_editor
from bot.domain.errors import InboxError
from bot.domain.message import Message, Paragraph
from bot.domain.ports import Clock, Library
from bot.domain.sourcing import AddPage, FetchFailed, Source, SourceList, SourceState
from bot.domain.teams import Team
from bot.grammar import seeking
from bot.search.scoped import sees
from bot.views.captions import LONG_NAME, clipped
from bot.views.layout import advice, said, title, usage_message
from bot.wording import sources as wording
from bot.wording.chat import gifts
from bot.wording.language import any_word, say

_LINK = re.compile(r"<?(?P<url>https?://[^\s<>|]+)(?:\|[^<>]*)?>?", re.IGNORECASE)
_ENDS = ".,;:!?)\"'”»"
"""Marks of the sentence in which a link stands."""

MOST = 30
"""Sources that are listed in chat; what does not do well comes first."""

WORDS = 4
"""Of what is to be added, the link among them."""


def _verb(word: str) -> re.Pattern[str]:
    return re.compile(rf"{any_word(word)}(?:\s+(?P<what>.*))?", re.IGNORECASE)


_ADD, _REMOVE = _verb("add"), _verb("remove")
_NAMED = re.compile(rf"(?P<url>\S+)(?:\s+{any_word('as')}\s+(?P<name>.+))?", re.IGNORECASE)


def _page(argument: str) -> re.Match[str] | None:
    """The address of the page that is to be added, as in "this: https://… please"; ``None`` where more is said, or another one."""
    words = seeking.without_polite(argument).split() if " " in argument else [argument]
    if len(words) > WORDS or _LINK.search(" ".join(words[:-1])):
        return None
    return _LINK.fullmatch(words[-1])


class AddCommand:
    """Answers ``/add`` with what the receipt of the page's file says.

    Of what the ``team`` does not see it is told the same, whether the library had it or not.
    """

    def __init__(self, add_page: AddPage | None, team: Team, library: Library) -> None:
        self._add_page = add_page
        self._team = team
        self._library = library

    async def add(self, argument: str, who: Role) -> Message:
        """Fetch the page, and tell what became of it. An editor's business: the desk goes out for it."""
        found = _page(argument.strip())
        if found is None or self._add_page is None:
            return usage_message(say(wording.ADD_NO_PAGE if argument.strip() else wording.ADD_USAGE))
        if not is_editor(who):
            return usage_message(say(wording.EDITORS_ADD))
        try:
            added = await self._add_page(found["url"])
        except (FetchFailed, InboxError) as error:
            return usage_message(wording.not_added(str(error)))
        title, reason = clipped(added.title, LONG_NAME), str(added.reason or "")
        if added.entry is not None and not await sees(self._team, self._library, [added.entry]):
            return usage_message(wording.unseen(title))
        return usage_message(wording.added(added.outcome, title, clipped(added.file, LONG_NAME), reason))

    async def passed_on(self, post: str, who: Role) -> Message:
        """Of a post that somebody forwarded, too short for an article: the only page that it links to, fetched; else what one can do."""
        links = {found["url"].rstrip(_ENDS) for found in _LINK.finditer(post)}
        if len(links) == 1 and self._add_page is not None and is_editor(who):
            return await self.add(links.pop(), who)
        return usage_message(gifts.short(min(links) if links else ""))


class SourcesCommand:
    """Answers ``/sources``, for admins: what a feed brings is the whole desk's.

    A ``team`` that sees some outlets alone is not told what the others read.
    """

    def __init__(self, sources: SourceList | None, team: Team, clock: Clock, zone: str) -> None:
        self._sources = sources
        self._team = team
        self._clock = clock
        self._zone = zone

    async def sources(self, argument: str, who: Role) -> Message:
        """The list; or what became of a feed that is to be asked, or of a source that is not to be any more."""
        if who != "admin":
            return usage_message(say(wording.ADMINS_SOURCES))
        if self._team.sources or self._sources is None:
            return usage_message(say(wording.WHOLE_DESK))
        asked = argument.strip()
        if not asked:
            return sources_message(await self._sources.listed(), self._clock.now(), self._zone)
        if removing := _REMOVE.fullmatch(asked):
            return await self._removed(self._sources, removing["what"] or "")
        adding = _ADD.fullmatch(asked)
        return await self._added(self._sources, (adding["what"] or "") if adding else asked)

    async def _added(self, sources: SourceList, what: str) -> Message:
        link = _LINK.match(what)
        told = _NAMED.fullmatch(what.replace(link[0], link["url"], 1)) if link else None
        if told is None:
            return usage_message(say(wording.SOURCES_USAGE))
        try:
            source, new = await sources.add(told["url"], told["name"] or "")
        except FetchFailed as error:
            return usage_message(wording.feed_not_added(str(error)))
        kept = wording.feed_added if new else wording.feed_known
        return usage_message(kept(source.name, _host(source), source.every))

    async def _removed(self, sources: SourceList, what: str) -> Message:
        link = _LINK.fullmatch(what)
        called = link["url"] if link else what
        if not called:
            return usage_message(say(wording.SOURCES_USAGE))
        source, became = await sources.remove(called)
        return usage_message(
            wording.source_removed(became, source.name if source else clipped(called, LONG_NAME))
        )


def sources_message(found: Sequence[tuple[Source, SourceState | None]], now: datetime, zone: str) -> Message:
    """The sources, what does not do well first, each with its last success."""
    if not found:
        return usage_message(say(wording.NO_SOURCES_YET))
    here = ZoneInfo(zone)

    def line(source: Source, state: SourceState | None) -> Paragraph:
        succeeded = state.succeeded.astimezone(here) if state and state.succeeded else None
        reason = str(state.reason or "") if state else ""
        return said(wording.source_line(source.name, _host(source), succeeded, now.astimezone(here), reason))

    ailing_first = sorted(found, key=lambda one: not (one[1] and one[1].reason))
    lines = [line(*one) for one in ailing_first[:MOST]]
    more = len(found) - MOST
    last = wording.more_sources(more) if more > 0 else say(wording.SOURCES_USAGE)
    return Message((title(wording.sources_title(len(found))), *lines, advice(last)))


def _host(source: Source) -> str:
    return urlsplit(source.url).hostname or source.url
