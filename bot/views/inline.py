"""A found article as something to choose and post elsewhere: title, outlet and day, one line. Pure.

``now`` is in UTC; moments are told in the reader's ``zone``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.digests import lines_in
from bot.domain.message import Block, Heading, Message, Paragraph, Run
from bot.domain.messaging import InlineResult
from bot.domain.model import Hit
from bot.views.captions import clipped, marked, running, source_line, source_of, title_of

LONG_DESCRIPTION = 200
"""Characters below a title: two lines of a phone."""


def inline_result(hit: Hit, now: datetime, zone: str) -> InlineResult:
    """The article as it is offered, and the message that it becomes."""
    article, here = hit.entry.article, now.astimezone(ZoneInfo(zone))
    below = source_line(source_of(hit.entry), article, here)
    line = _line(hit)
    heading = Heading((Run(title_of(hit.entry), "strong", article.url),))
    blocks: tuple[Block, ...] = (heading, *below, *((Paragraph(tuple(line)),) if line else ()))
    told = [*("".join(run.text for run in one.runs) for one in below), "".join(run.text for run in line)]
    description = "\n".join(clipped(part, LONG_DESCRIPTION) for part in told if part)
    return InlineResult(str(hit.entry.id), title_of(hit.entry), description, Message(blocks))


def _line(hit: Hit) -> Sequence[Run]:
    """The passage that answers the query, else the first line of the summary."""
    if hit.snippet and hit.snippet.marks:
        return tuple(marked(hit.entry.article.text, hit.snippet))
    if lines := lines_in(hit.entry)[:1]:
        return tuple(running(lines))
    return tuple(marked(hit.entry.article.text, hit.snippet)) if hit.snippet else ()
