"""A line of a digest in its place: ``/context N``."""

from __future__ import annotations

from bot.domain.conversations import Lines
from bot.domain.digests import Line, PostedLines, part_of
from bot.domain.events import Said
from bot.domain.message import Message
from bot.domain.ports import Desk
from bot.domain.teams import Team
from bot.search.scoped import visible
from bot.views.captions import LONG_LINE, clipped
from bot.views.context import context_message
from bot.views.layout import usage_message
from bot.wording import replies
from bot.wording.language import say

RECOGNISED = 60
"""Characters of a line by which it is known again in what was posted."""


class ContextCommand:
    """Answers ``/context``; what the ``team`` that asks does not see is as gone. Raises StoreError."""

    def __init__(self, desk: Desk, posted: Lines, zone: str, team: Team) -> None:
        self._team = team
        self._desk = desk
        self._posted = posted
        self._zone = zone

    async def context(self, argument: str, said: Said) -> Message:
        """Line N of the last digest of this chat, or of the one in whose thread it is asked, marked in its paragraph."""
        asked = argument.strip().strip("[]#")
        if not asked.isdecimal() or len(asked) > len(str(LONG_LINE)):
            return usage_message(say(replies.CONTEXT_USAGE))
        digest = await self._posted(said)
        if digest is None:
            return usage_message(say(replies.NOTHING_POSTED))
        number = int(asked)
        if not 1 <= number <= len(digest.lines):
            return usage_message(replies.no_such_line(number, len(digest.lines)))
        return await self._line(number, digest)

    async def _line(self, number: int, digest: PostedLines) -> Message:
        named, span, part = digest.lines[number - 1]
        now, found = self._desk.clock.now(), await visible(self._team, self._desk.library, [named])
        if not found or (found[0].expires is not None and found[0].expires <= now):
            return usage_message(replies.line_is_gone(number))
        if not _stands(Line(found[0], span, part), digest):
            return usage_message(replies.line_was_corrected(number))
        return context_message(number, Line(found[0], span, part), now, self._zone)


def _stands(line: Line, digest: PostedLines) -> bool:
    """Whether the article still says there what was posted: a correction has other words in that place."""
    inside = line.span.end <= len(part_of(line.entry.article, line.part))
    said = clipped(line.text, LONG_LINE) if inside else ""
    return bool(said) and said[:RECOGNISED].rstrip(" ,、，…") in " ".join(digest.plain.split())
