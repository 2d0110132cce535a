"""A line of a digest, marked in its paragraph. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.digests import KeyQuote, Line, part_of
from bot.domain.message import Block, Heading, Message, Paragraph, Run
from bot.domain.model import Snippet, Span
from bot.views.captions import LONG_LINE, clipped, marked, quotation, source_line, source_of, title_of
from bot.views.layout import quiet, title
from bot.views.proof import proof
from bot.wording import phrases, replies

BEFORE = 200
"""Characters of a long paragraph that are shown before the line."""


def context_message(number: int, line: Line, now: datetime, zone: str) -> Message:
    """The paragraph with the line marked, under its headline and source; then who said it, and where it stands."""
    entry, here = line.entry, now.astimezone(ZoneInfo(zone))
    blocks: list[Block] = [
        title(replies.context_title(number)),
        Heading((Run(title_of(entry), "strong", entry.article.url),)),
        *source_line(source_of(entry), entry.article, here),
        Paragraph(tuple(marked(part_of(entry.article, line.part), _passage(line)))),
        *_said(line),
    ]
    if url := proof(entry.article, line.span, line.part):
        blocks.append(Paragraph((Run(clipped(entry.article.url or "", LONG_LINE), url=url),), quiet=True))
    return Message(tuple(blocks))


def _passage(line: Line) -> Snippet:
    """The line's paragraph, or as much of it around the line as is shown of one."""
    span, text = line.span, part_of(line.entry.article, line.part)
    paragraphs = line.entry.article.paragraphs if line.part == "text" else (Span(0, len(text)),)
    paragraph = next((one for one in paragraphs if one.holds(span)), span)
    start = paragraph.start
    if span.end - start > LONG_LINE:
        near = text.find(" ", max(start, span.start - BEFORE), span.start)
        start = near + 1 if near >= 0 and span.end - near <= LONG_LINE else span.start
    end = min(paragraph.end, start + LONG_LINE)
    return Snippet(Span(start, end), (Span(span.start, min(span.end, end)),))


def _said(line: Line) -> Iterator[Block]:
    quotes = line.entry.quotes if line.part == "text" else ()
    quote = next((one for one in quotes if one.words == line.span), None)
    if quote is not None:
        told = quotation(KeyQuote(line.entry, quote), with_source=False)
        if credit := phrases.attribution(told.speaker, None, told.role):
            yield quiet(credit)
