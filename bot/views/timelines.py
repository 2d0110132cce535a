"""Stories over time as messages. Pure.

``now`` and the moments of records are in UTC; they are told in the reader's ``zone``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.digests import Event
from bot.domain.message import Block, Heading, Message, Paragraph, Run
from bot.views.captions import quotation, running, source_line, source_of, title_of
from bot.views.layout import quiet, said, title
from bot.wording import phrases, replies
from bot.wording.language import say


def story_message(story: int, events: Sequence[Event], total: int, now: datetime, zone: str) -> Message:
    """Each article of the story with its outlet, when it was published, and what it brought."""
    here = now.astimezone(ZoneInfo(zone))
    outlets = len({source_of(event.entry) for event in events} - {""})
    blocks: list[Block] = [
        Heading((Run(title_of(events[0].entry), "strong", events[0].entry.article.url),), level=1),
        quiet(replies.story_told(story, len(events), total, outlets)),
    ]
    for number, event in enumerate(events):
        blocks += event_blocks(event, here, headed=bool(number))
    return Message(tuple(blocks))


def catchup_message(
    stories: Sequence[Sequence[Event]], total: int, since: datetime, now: datetime, zone: str
) -> Message:
    """For each story its first line, and the latest that is new."""
    here, then = now.astimezone(ZoneInfo(zone)), since.astimezone(ZoneInfo(zone))
    heading = title(say(replies.CATCHUP_TITLE))
    if not stories:
        return Message((heading, said(phrases.nothing_new(then, here))))
    blocks: list[Block] = [heading, quiet(replies.caught_up(len(stories), total, phrases.moment(then, here)))]
    for events in stories:
        for number, event in enumerate(events):
            blocks += event_blocks(event, here, headed=not number, brief=bool(number))
    return Message(tuple(blocks))


def event_blocks(event: Event, here: datetime, *, headed: bool, brief: bool = False) -> Iterator[Block]:
    """The article, under its headline where it is ``headed``; a ``brief`` one has one line or quote."""
    article = event.entry.article
    if headed:
        yield Heading((Run(title_of(event.entry), "strong", article.url),))
    yield from source_line(source_of(event.entry), article, here)
    if event.lines:
        yield Paragraph(tuple(running(event.lines[:1] if brief else event.lines)))
    if not (brief and event.lines):
        yield from (quotation(quote, with_source=False) for quote in event.quotes[:1])
