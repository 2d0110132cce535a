"""What the desk has for each page of the archive, by the names of the page."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.archive.atom import article_item, digest_item, feed
from bot.archive.excerpts import numbered_lines, own_lines
from bot.archive.frame import LONGEST_QUERY, Reader, notice
from bot.archive.kept import published
from bot.archive.pages import Published, article_page, channel_page, digest_page, digest_title, index_page
from bot.archive.search_page import Results, search_page
from bot.archive.story_page import story_page
from bot.domain import query
from bot.domain.digests import Event, Shown
from bot.domain.messaging import Answered
from bot.domain.model import Address, Entry, Findings, Hit, Occasion, Subscription, Window
from bot.domain.ports import Desk
from bot.domain.query_nodes import InStory
from bot.domain.teams import NO_TEAMS, Team, Teams
from bot.grammar import seeking
from bot.search.outlets import Outlets
from bot.search.scoped import ScopedIndex
from bot.store.delivery.archived import ArchivedDigest, SqlArchive
from bot.web.links import NOWHERE, Names, digest_names
from bot.wording import phrases, replies
from bot.wording.language import say, speaking
from bot.wording.web import archive

DIGESTS = 30
"""Digests of one page of a channel."""

LONGEST = 30
"""Articles of one story that are told, the earliest."""

HITS = 20
"""Articles of one page of a search."""

DEEPEST = 50
"""Pages that can be turned to."""

ITEMS = 50
LATELY = timedelta(days=90)
"""What a feed of a query tells, at most, and since when."""

ATOM = "application/atom+xml; charset=utf-8"
_NUMBER = re.compile("[1-9][0-9]{0,17}")
_PAGE = re.compile("[1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that is asked for: its names, for whom, and what else its address says; ``topics`` and ``channels`` are the team's.

    ``teams`` are all that there are.
    """

    names: Names
    reader: Reader
    team: Team
    given: Mapping[str, str]
    topics: Mapping[str, str]
    channels: Sequence[Subscription] = ()
    teams: Teams = NO_TEAMS

    @property
    def page(self) -> int | None:
        """Which page of several, from 1; ``None`` for none that there can be."""
        told = self.given.get("page", "1")
        return int(told) if _PAGE.fullmatch(told) and int(told) <= DEEPEST else None


@dataclass(frozen=True, slots=True)
class Gone:
    """What stood there was taken back."""


Made = str | Answered | Gone | None
"""A page as HTML, another answer, or none: nothing is there."""


class Contents:
    """Looks up what a page shows. Raises StoreError and SearchError only when those rooms fail."""

    def __init__(self, desk: Desk, store: SqlArchive) -> None:
        self._desk = desk
        self._store = store
        self._pages: Mapping[tuple[str, int], Callable[[Asked], Awaitable[Made]]] = {
            ("", 0): self._index,
            ("digests", 4): self._digest,
            ("digests", 6): self._article_of_digest,
            ("channels", 2): self._channel,
            ("articles", 2): self._article,
            ("stories", 2): self._story,
            ("search", 1): self._search,
            ("feeds", 2): self._search_feed,
            ("feeds", 3): self._channel_feed,
            ("feeds", 5): self._place_feed,
        }

    async def of(self, asked: Asked) -> Made:
        """What is there."""
        kind = asked.names[0] if asked.names else ""
        page = self._pages.get((kind, len(asked.names)))
        return await page(asked) if page else None

    async def _index(self, asked: Asked) -> Made:
        """The channels, each with its latest digest."""
        latest = [await self._store.digests(one.id, limit=1) for one in asked.channels]
        return index_page(
            asked.reader,
            [(found[0].occasion.subscription, found[0].name, found[0].until) for found in latest if found],
        )

    async def _digest(self, asked: Asked) -> Made:
        found = await self._published(asked, asked.names)
        if found is None or isinstance(found, Gone):
            return found
        digest, shown = found
        with speaking(shown.language):
            return digest_page(replace(asked.reader, zone=shown.zone), digest)

    async def _article_of_digest(self, asked: Asked) -> Made:
        *names, kind, number = asked.names
        found = await self._published(asked, tuple(names)) if kind == "articles" else None
        if found is None or isinstance(found, Gone):
            return found
        digest, shown = found
        lines = [one for one in numbered_lines(digest.digest) if str(one.line.entry.id) == number]
        if not lines:
            return Gone() if digest.withheld else None
        with speaking(shown.language):
            return article_page(replace(asked.reader, zone=shown.zone), lines[0].line.entry, lines, digest)

    async def _channel(self, asked: Asked) -> Made:
        subscription, page = asked.names[1], asked.page
        if page is None or not asked.reader.links.shows(subscription):
            return None
        listed = await self._store.digests(subscription, limit=DIGESTS + 1, offset=DIGESTS * (page - 1))
        found = [one for one in listed if not asked.teams.belongs_to_another(one.to, asked.team)]
        if not found:
            return None
        return channel_page(
            asked.reader,
            subscription,
            found[0].name,
            [(digest_names(one.occasion), one.until) for one in found[:DIGESTS]],
            _beside(asked, page, more=len(listed) > DIGESTS),
        )

    async def _article(self, asked: Asked) -> Made:
        number = _number(asked.names[1])
        entry = await self._entry(asked, number) if number else None
        if entry is not None:
            return article_page(asked.reader, entry, own_lines(entry))
        return Gone() if number and await self._store.is_removed(number) else None

    async def _story(self, asked: Asked) -> Made:
        number = _number(asked.names[1])
        if number is None:
            return None
        now, library = asked.reader.now, self._desk.library
        window = Window(0, await library.revision())
        index = ScopedIndex(self._desk.index, asked.team.scope)
        ids = await index.matching(InStory(number), window, now=now)
        entries = [one for one in await library.entries(ids[:LONGEST]) if _is_visible(one, asked)]
        if not entries:
            return None
        events = await self._desk.workers.run(_over_time, tuple(entries))
        return story_page(asked.reader, entries[0].story, events, len(ids))

    async def _search(self, asked: Asked) -> Made:
        text, page = asked.given.get("q", ""), asked.page
        if page is None:
            return None
        if len(text) > LONGEST_QUERY:
            return Answered(400, body=notice(say(archive.NOT_HERE), say(archive.TOO_LONG)))
        read = await self._read(text, asked)
        parsed, first = seeking.looked_for(read), HITS * (page - 1)
        findings = await self._found(asked, parsed, first)
        if page > 1 and not findings.hits:
            return None
        results = Results(
            text,
            read,
            findings,
            first + 1,
            replies.understood(query.told(parsed.query), parsed.notes),
            _beside(asked, page, more=findings.total > first + HITS, q=text),
        )
        return search_page(asked.reader, results)

    async def _read(self, text: str, asked: Asked) -> str:
        """What a search in chat would make of the text: filters for days and languages, and for outlets that the team sees."""
        seen = replace(self._desk, index=ScopedIndex(self._desk.index, asked.team.scope))
        return seeking.read(await Outlets(seen).named(text), asked.reader.now, asked.reader.zone)

    async def _found(self, asked: Asked, parsed: query.Parsed, first: int) -> Findings:
        desk, index = self._desk, ScopedIndex(self._desk.index, asked.team.scope)
        written_out = query.expand(parsed.query, asked.topics)
        now, order = asked.reader.now, parsed.order
        found = await index.search(written_out, now=now, limit=HITS, offset=first, order=order)
        entries = await desk.library.entries([match.entry for match in found.matches])
        hits = tuple(
            Hit(entry, 0.0, index.snippet(entry.article, written_out))
            for entry in entries
            if _is_visible(entry, asked)
        )
        return Findings(found.total, hits, found.tolerant, found.excluded)

    async def _search_feed(self, asked: Asked) -> Made:
        """What a query finds among what came lately, the latest first."""
        text, now = asked.given.get("q", ""), asked.reader.now
        if asked.names[1] != "search" or len(text) > LONGEST_QUERY:
            return None
        index, library = ScopedIndex(self._desk.index, asked.team.scope), self._desk.library
        window = Window(await library.revision_at(now - LATELY), await library.revision())
        read = await self._read(text, asked)
        wanted = query.expand(query.parse(read, lists=True).query, asked.topics)
        ids = await index.matching(wanted, window, now=now)
        entries = await library.entries(ids[: -ITEMS - 1 : -1])
        items = [article_item(one) for one in entries if _is_visible(one, asked)]
        title = phrases.search_title(text)
        return _feed(feed(asked.reader, title, asked.names, items, ("search",), q=text))

    async def _channel_feed(self, asked: Asked) -> Made:
        """The latest digests of a channel."""
        _, kind, subscription = asked.names
        if kind != "channels" or not asked.reader.links.shows(subscription):
            return None
        listed = await self._store.digests(subscription, limit=DIGESTS)
        title = digest_title(listed[0].name) if listed else ""
        return await self._digests_feed(asked, title, listed, ("channels", subscription))

    async def _place_feed(self, asked: Asked) -> Made:
        """The latest digests that went to a place, of whatever channel or subscription."""
        _, kind, *parts = asked.names
        if kind != "places":
            return None
        place = Address(*("" if part == NOWHERE else part for part in parts))
        listed = await self._store.posted_to(place, limit=DIGESTS)
        return await self._digests_feed(asked, archive.titled(say(archive.DIGESTS), str(place)), listed, ())

    async def _digests_feed(
        self, asked: Asked, title: str, listed: Sequence[ArchivedDigest], page: Names
    ) -> Made:
        found = [await self._published(asked, digest_names(one.occasion)) for one in listed]
        items = [digest_item(one[0]) for one in found if isinstance(one, tuple)]
        return _feed(feed(asked.reader, title, asked.names, items, page)) if items else None

    async def _entry(self, asked: Asked, id: int) -> Entry | None:
        found = await self._desk.library.entries([id])
        return next((one for one in found if _is_visible(one, asked)), None)

    async def _published(self, asked: Asked, names: Names) -> tuple[Published, Shown] | Gone | None:
        _, subscription, kind, key = names
        if not asked.reader.links.shows(subscription):
            return None
        occasion = Occasion(kind, subscription, key)  # type: ignore[arg-type]  # one of another kind is not there
        kept = await self._store.digest(occasion)
        if kept is None or asked.teams.belongs_to_another(kept.to, asked.team):
            return None
        ids = list(kept.plan.entries) if kept.plan else []
        entries = {one.id: one for one in await self._desk.library.entries(ids)}
        found = published(kept, entries, lambda entry: _is_visible(entry, asked))
        if found is None or kept.plan is None:
            return Gone()
        shown, how = found
        return replace(shown, corrected=await self._store.corrected_at(kept.plan.entries.values())), how


def _feed(body: str) -> Answered:
    return Answered(200, {"Content-Type": ATOM}, body)


def _over_time(entries: Sequence[Entry]) -> tuple[Event, ...]:
    """The articles of a story, from the first on; for the workers, which alone load what compares them."""
    from bot.digest.timeline import timeline

    return timeline(entries)


def _beside(asked: Asked, page: int, *, more: bool, **given: str) -> tuple[str, str]:
    """The paths to the pages before and after this one, empty where there is none."""
    to = asked.reader.to
    before = to(*asked.names, page=str(page - 1), **given) if page > 1 else ""
    return before, to(*asked.names, page=str(page + 1), **given) if more and page < DEEPEST else ""


def _is_visible(entry: Entry, asked: Asked) -> bool:
    expired = entry.expires is not None and entry.expires <= asked.reader.now
    return not expired and asked.team.sees(entry.article)


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None
