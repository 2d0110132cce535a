"""What is told below a digest: one story page by page, or a little of several. Pure.

``now`` and the moments of records are in UTC; they are told in the reader's ``zone``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.domain.digests import PostedDigest, PostedStory, ToldStory
from bot.domain.message import Block, Heading, Items, Message, Paragraph, Run
from bot.domain.model import Entry
from bot.views.captions import (
    LONG_HEADLINE,
    LONG_NAME,
    carried,
    clipped,
    published_words,
    quotation,
    running,
    source_of,
    title_of,
)
from bot.views.layout import quiet, said, title
from bot.views.timelines import event_blocks
from bot.wording import phrases, replies
from bot.wording.asking import View
from bot.wording.language import say

SOURCES = 3
"""Sources of one piece: a line each, where a quote has several."""

Piece = tuple[str, tuple[Block, ...]]
"""A section and what is shown of it in one piece: pages are cut between pieces."""


def story_message(  # noqa: PLR0913, PLR0917 - what was asked of which story, which page, seen from when and where
    digest: PostedDigest,
    story: PostedStory,
    told: ToldStory,
    view: View,
    now: datetime,
    zone: str,
    first: int,
    size: int,
) -> tuple[Message, int]:
    """The pieces of one page, from the ``first`` on, and how many there are in all."""
    here = now.astimezone(ZoneInfo(zone))
    # Of the whole story its sources are told already: what brought nothing is only in its timeline.
    events = tuple(one for one in told.events if view == "timeline" or one.lines or one.quotes)
    pieces = [
        piece
        for piece in _pieces(story, replace(told, events=events), here)
        if view == "story" or piece[0] == view
    ]
    blocks: list[Block] = [_heading(story, told, level=1), quiet(_origin(digest, here))]
    for section, shown in groupby(pieces[first : first + size], key=lambda piece: piece[0]):
        if section in replies.BELOW_TITLES:
            blocks.append(quiet(say(replies.BELOW_TITLES[section])))
        blocks += _joined([block for _, piece in shown for block in piece])
    if not pieces:
        blocks.append(said(say(replies.NO_QUOTES_BELOW)))
    return Message(tuple(blocks)), len(pieces)


def several_message(
    digest: PostedDigest,
    stories: Sequence[tuple[PostedStory, ToldStory]],
    sections: Sequence[View],
    now: datetime,
    zone: str,
) -> Message:
    """Of each of these stories of a digest what is asked for, and how to ask for the rest."""
    here = now.astimezone(ZoneInfo(zone))
    blocks: list[Block] = [
        title(phrases.digest_title(clipped(digest.name, LONG_NAME))),
        quiet(_when(digest, here)),
    ]
    for story, told in stories:
        blocks.append(_heading(story, told))
        pieces = [piece for piece in _pieces(story, told, here) if piece[0] in sections]
        blocks += _joined([block for _, piece in pieces for block in piece])
    if not stories:
        blocks.append(said(say(replies.NO_QUOTES_BELOW) if "quotes" in sections else say(replies.STORY_GONE)))
    return Message((*blocks, quiet(phrases.how_to_ask(len(digest.stories)))))


def gone_message() -> Message:
    """The story is not kept any more."""
    return Message((said(say(replies.STORY_GONE)),))


def _pieces(story: PostedStory, told: ToldStory, here: datetime) -> Iterator[Piece]:
    """The lines at once, a few sources at a time, then each quote and later article."""
    if told.lines:
        yield "story", (Paragraph(tuple(running(told.lines))),)
    several = len({source_of(entry) for entry in told.entries}) > 1
    for first in range(0, len(told.entries), SOURCES):
        shown = told.entries[first : first + SOURCES]
        yield "sources", (Items(tuple(_source(entry, here) for entry in shown)),)
    for quote in told.quotes:
        yield "quotes", (carried(quotation(quote, with_source=several), quote.outlets),)
    for event in told.events:
        headed = title_of(event.entry) != clipped(story.headline, LONG_HEADLINE)
        yield "timeline", tuple(event_blocks(event, here, headed=headed))


def _source(entry: Entry, here: datetime) -> tuple[Run, ...]:
    rest = [part for part in (source_of(entry), published_words(entry.article, here)) if part]
    told = Run(title_of(entry), url=entry.article.url)
    return (told, Run("".join(f"{phrases.SEPARATOR}{part}" for part in rest), "quiet")) if rest else (told,)


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Lists that follow one another become one."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if isinstance(block, Items) and isinstance(before, Items):
            joined[-1] = Items((*before.items, *block.items))
        else:
            joined.append(block)
    return joined


def _heading(story: PostedStory, told: ToldStory, level: int = 2) -> Heading:
    headline = Run(clipped(story.headline, LONG_HEADLINE), "strong", told.entries[0].article.url)
    return Heading((Run(f"{story.number}. "), headline), 1 if level == 1 else 2)


def _origin(digest: PostedDigest, here: datetime) -> str:
    return replies.from_digest(clipped(digest.name, LONG_NAME), _when(digest, here))


def _when(digest: PostedDigest, here: datetime) -> str:
    return phrases.moment(digest.until.astimezone(here.tzinfo), here)
