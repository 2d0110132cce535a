"""The pages of the archive: a path and what opens it become an answer.

Whatever is not there, is not for who asks, or is asked for wrongly, is answered alike: with 404, and nothing else. What was
taken back is gone at once, because nothing is kept here and browsers are told to ask again each time: who may see the place
is told by 410 that it was there. Where store or index fails or takes too long, the answer is 503.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from bot.archive.contents import Asked, Contents, Gone, Made
from bot.archive.frame import STYLE, STYLE_NAME, Reader, notice
from bot.domain.errors import BotError
from bot.domain.messaging import Answered, Visit
from bot.domain.model import Subscription
from bot.domain.ports import Desk
from bot.domain.teams import EVERYBODY, Team, Teams
from bot.store.delivery.archived import SqlArchive
from bot.web.links import Grant, Links, Names, names_of
from bot.web.settings import ArchiveSettings
from bot.wording.language import say, speaking
from bot.wording.web import archive

AT_ONCE = 4
"""Pages that are made at a time: an archive that is read a lot does not keep the desk from its work."""

WITHIN = 5.0
"""Seconds for a page, the wait for its turn among them."""

HTML = "text/html; charset=utf-8"
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
    channels: Sequence[Subscription] = ()
    teams: Teams = field(default_factory=Teams)


class ArchiveSite:
    """Answers who visits. Belongs to one event loop."""

    def __init__(
        self, desk: Desk, store: SqlArchive, settings: ArchiveSettings, now: Callable[[], SiteSettings]
    ) -> None:
        """``now`` tells the settings that may change while the desk works."""
        self._clock = desk.clock
        self._contents = Contents(desk, store)
        self._settings = settings
        self._now = now
        self._links = Links(settings)
        self._turns = asyncio.Semaphore(AT_ONCE)

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

    async def _made(self, asked: Asked) -> Made:
        async with asyncio.timeout(WITHIN), self._turns:
            return await self._contents.of(asked)

    def _asked(self, names: Names | None, visit: Visit, settings: SiteSettings) -> Asked | None:
        """What is asked for, if it is opened to who asks."""
        try:
            read = parse_qs(visit.query, keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
        except ValueError:  # of which UnicodeDecodeError is one
            return None
        given = {name: values[0] for name, values in read.items()}
        now = self._clock.now()
        grant = self._links.opened(names, given.get("key", ""), now) if names is not None else None
        team = _team(settings.teams, grant) if grant else None
        if names is None or grant is None or team is None:
            return None
        reader = Reader(self._links, grant, now, settings.zone, self._settings.text)
        channels = [one for one in settings.channels if settings.teams.of(one.to, one.by) == team]
        return Asked(names, reader, team, given, team.topics_of(settings.topics), channels, settings.teams)

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


def _team(teams: Teams, grant: Grant) -> Team | None:
    """The team of the grant; ``None`` where it is no more, or there were none when the link was made."""
    if not teams.teams:
        return EVERYBODY if not grant.team else None
    return next((team for team in teams.teams if team.name == grant.team), None)
