"""A page that somebody wants in the library: ``/add https://…``."""

from __future__ import annotations

import re

from bot.chat.access import Role, is_editor
from bot.domain.errors import InboxError
from bot.domain.message import Message
from bot.domain.ports import Library
from bot.domain.sourcing import AddPage, FetchFailed
from bot.domain.teams import Team
from bot.search.scoped import sees
from bot.views.captions import LONG_NAME, clipped
from bot.views.layout import usage_message
from bot.wording import sources as wording
from bot.wording.language import say

_LINK = re.compile(r"<?(?P<url>https?://[^\s<>|]+)(?:\|[^<>]*)?>?", re.IGNORECASE)


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
        found = _LINK.fullmatch(argument.strip())
        if found is None or self._add_page is None:
            return usage_message(say(wording.ADD_USAGE))
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
