"""The pages of the archive: a path and what opens it become an answer.

Whatever is not there, is not for who asks, or is asked for wrongly, is answered alike: with 404, and nothing else. What was
taken back is gone at once, because nothing is kept here and browsers are told to ask again each time.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from bot.archive.excerpts import numbered_lines, own_lines
from bot.archive.frame import STYLE, STYLE_NAME, Reader, notice
from bot.archive.kept import published
from bot.archive.pages import Published, article_page, channel_page, digest_page
from bot.archive.story_page import story_page
from bot.domain.digests import Event
from bot.domain.errors import BotError
from bot.domain.messaging import Answered, Visit
from bot.domain.model import Entry, Occasion, Window
from bot.domain.ports import Desk
from bot.domain.query_nodes import InStory
from bot.domain.teams import EVERYBODY, Team, Teams
from bot.search.scoped import ScopedIndex
from bot.store.delivery.archived import SqlArchive
from bot.web.links import Grant, Links, Names, digest_names, names_of
from bot.web.settings import ArchiveSettings
from bot.wording.language import say, speaking
from bot.wording.web import archive

DIGESTS = 30
"""Digests of one page of a channel."""

LONGEST = 30
"""Articles of one story that are told, the earliest."""

DEEPEST = 50
"""Pages that can be turned to."""

AT_ONCE = 4
"""Pages that are made at a time: an archive that is read a lot does not keep the desk from its work."""

WITHIN = 5.0
"""Seconds for a page, the wait for its turn among them."""

HTML = "text/html; charset=utf-8"
_NUMBER = re.compile("[1-9][0-9]{0,17}")
_PAGE = re.compile("[1-9][0-9]?")
_FIELDS = 8
_SAFE: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the configuration gives to the archive, by now. ``language`` is what pages without one of their own speak."""

    zone: str
    language: str = "en"
    topics: Mapping[str, str] = field(default_factory=dict)
    teams: Teams = field(default_factory=Teams)


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that is asked for: its names, what opened it, and the rest of the query."""

    names: Names
    reader: Reader
    team: Team
    query: Mapping[str, str]

    @property
    def page(self) -> int | None:
        """Which page of several, from 1; ``None`` for none that there can be."""
        told = self.query.get("page", "1")
        return int(told) if _PAGE.fullmatch(told) and int(told) <= DEEPEST else None


@dataclass(frozen=True, slots=True)
class Gone:
    """What stood there was taken back."""


Made = str | Answered | Gone | None
"""A page as HTML, another answer, or none: nothing is there."""


class ArchiveSite:
    """Answers who visits. Belongs to one event loop."""

    def __init__(
        self, desk: Desk, store: SqlArchive, settings: ArchiveSettings, now: Callable[[], SiteSettings]
    ) -> None:
        """``now`` tells the settings that may change while the desk works."""
        self._desk = desk
        self._store = store
        self._settings = settings
        self._now = now
        self._links = Links(settings)
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._pages: Mapping[tuple[str, int], Callable[[Asked], Awaitable[Made]]] = {
            ("digests", 4): self._digest,
            ("digests", 6): self._article_of_digest,
            ("channels", 2): self._channel,
            ("articles", 2): self._article,
            ("stories", 2): self._story,
        }

    async def visit(self, visit: Visit) -> Answered:
        """The answer to a GET request below :data:`bot.web.links.ROOT`."""
        names = names_of(visit.path)
        if names == (STYLE_NAME,):
            kept = {
                "Content-Type": "text/css; charset=utf-8",
                "Cache-Control": "public, max-age=31536000, immutable",
            }
            return Answered(200, {**_SAFE, **kept}, STYLE)
        settings = self._now()
        asked = self._asked(names, visit, settings)
        with speaking(settings.language):
            try:
                async with asyncio.timeout(WITHIN), self._turns:
                    made = await self._made(asked) if asked else None
            except (BotError, TimeoutError) as error:
                log.warning("a page of the archive could not be made: %s", str(error) or type(error).__name__)
                trouble = notice(say(archive.TROUBLE), say(archive.TROUBLE_WHY))
                return self._answer(503, trouble, {"Retry-After": "60"})
            if made is None:
                return self._answer(404, notice(say(archive.NOT_HERE), say(archive.NOT_HERE_WHY)))
            if isinstance(made, Gone):
                return self._answer(410, notice(say(archive.GONE), say(archive.GONE_WHY)))
        if isinstance(made, Answered):
            return self._unless_known(self._answer(made.status, made.body, made.headers), visit)
        return self._unless_known(self._answer(200, made), visit)

    def _asked(self, names: Names | None, visit: Visit, settings: SiteSettings) -> Asked | None:
        """What is asked for, if it is opened to who asks."""
        try:
            read = parse_qs(visit.query, keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
        except ValueError:  # of which UnicodeDecodeError is one
            return None
        query = {name: values[0] for name, values in read.items()}
        now = self._desk.clock.now()
        grant = self._links.opened(names, query.get("key", ""), now) if names is not None else None
        team = _team(settings.teams, grant) if grant else None
        if names is None or grant is None or team is None:
            return None
        reader = Reader(self._links, grant, now, settings.zone, self._settings.text)
        return Asked(names, reader, team, query)

    async def _made(self, asked: Asked) -> Made:
        kind = asked.names[0] if asked.names else ""
        page = self._pages.get((kind, len(asked.names)))
        return await page(asked) if page else None

    def _answer(self, status: int, body: str, headers: Mapping[str, str] | None = None) -> Answered:
        kept = {"Cache-Control": "no-cache" if self._settings.public else "private, no-cache"}
        hidden = {} if self._settings.public else {"X-Robots-Tag": "noindex, nofollow"}
        return Answered(status, {"Content-Type": HTML, **_SAFE, **kept, **hidden, **(headers or {})}, body)

    def _unless_known(self, answer: Answered, visit: Visit) -> Answered:
        """The answer, or that it is the one that the browser has (RFC 9110, 13.1.2)."""
        tag = f'"{hashlib.sha256(answer.body.encode()).hexdigest()[:32]}"'
        headers = {**answer.headers, "ETag": tag}
        told = next((value for name, value in visit.headers.items() if name.lower() == "if-none-match"), "")
        known = {one.strip().removeprefix("W/") for one in told.split(",")}
        if answer.status == 200 and known & {tag, "*"}:
            return Answered(304, headers)
        return Answered(answer.status, headers, answer.body)

    # --- the pages -----------------------------------------------------------------------------

    async def _digest(self, asked: Asked) -> Made:
        found = await self._published(asked, asked.names)
        if found is None or isinstance(found, Gone):
            return found
        shown, language = found
        with speaking(language):
            return digest_page(asked.reader, shown)

    async def _article_of_digest(self, asked: Asked) -> Made:
        *names, kind, number = asked.names
        found = await self._published(asked, tuple(names)) if kind == "articles" else None
        if found is None or isinstance(found, Gone):
            return found
        shown, language = found
        lines = [one for one in numbered_lines(shown.digest) if str(one.line.entry.id) == number]
        if not lines:
            return Gone() if shown.withheld else None
        with speaking(language):
            return article_page(asked.reader, lines[0].line.entry, lines, shown)

    async def _channel(self, asked: Asked) -> Made:
        subscription, page = asked.names[1], asked.page
        if page is None or not self._is_listed(subscription):
            return None
        found = await self._store.digests(subscription, limit=DIGESTS + 1, offset=DIGESTS * (page - 1))
        if not found:
            return None
        return channel_page(
            asked.reader,
            subscription,
            found[0].name,
            [(digest_names(one.occasion), one.until) for one in found[:DIGESTS]],
            _beside(asked, page, more=len(found) > DIGESTS),
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

    async def _entry(self, asked: Asked, id: int) -> Entry | None:
        found = await self._desk.library.entries([id])
        return next((one for one in found if _is_visible(one, asked)), None)

    async def _published(self, asked: Asked, names: Names) -> tuple[Published, str] | Gone | None:
        _, subscription, kind, key = names
        if not self._is_listed(subscription):
            return None
        occasion = Occasion(kind, subscription, key)  # type: ignore[arg-type]  # one of another kind is not there
        kept = await self._store.digest(occasion)
        if kept is None:
            return None
        plan: Any = kept.plan
        entries = {one.id: one for one in await self._desk.library.entries(list(plan.entries))}
        return published(kept, entries, lambda entry: _is_visible(entry, asked)) or Gone()

    def _is_listed(self, subscription: str) -> bool:
        """Whether it may be shown at all: what people want for themselves is nobody else's, so no part of a public archive."""
        return not self._settings.public or subscription.startswith("file:")


def _over_time(entries: Sequence[Entry]) -> tuple[Event, ...]:
    """The articles of a story, from the first on; for the workers, which alone load what compares them."""
    from bot.digest.timeline import timeline

    return timeline(entries)


def _beside(asked: Asked, page: int, *, more: bool, **query: str) -> tuple[str, str]:
    """The paths to the pages before and after this one, empty where there is none."""
    to = asked.reader.to
    before = to(*asked.names, page=str(page - 1), **query) if page > 1 else ""
    return before, to(*asked.names, page=str(page + 1), **query) if more and page < DEEPEST else ""


def _team(teams: Teams, grant: Grant) -> Team | None:
    """The team of the grant; ``None`` where it is no more, or there were none when the link was made."""
    if not teams.teams:
        return EVERYBODY if not grant.team else None
    return next((team for team in teams.teams if team.name == grant.team), None)


def _is_visible(entry: Entry, asked: Asked) -> bool:
    expired = entry.expires is not None and entry.expires <= asked.reader.now
    return not expired and asked.team.sees(entry.article)


def _number(text: str) -> int | None:
    return int(text) if _NUMBER.fullmatch(text) else None
