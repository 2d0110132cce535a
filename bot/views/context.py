"""A line of a digest, marked in its paragraph. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.digests import KeyQuote
from bot.domain.message import Block, Heading, Message, Paragraph, Run
from bot.domain.model import Article, Entry, Snippet, Span
from bot.views.captions import LONG_LINE, clipped, marked, quotation, source_line, source_of, title_of
from bot.views.layout import quiet, title
from bot.views.proof import proof
from bot.wording import phrases, replies

BEFORE = 200
"""Characters of a long paragraph that are shown before the line."""


def context_message(number: int, entry: Entry, span: Span, now: datetime, zone: str) -> Message:
    """The paragraph with the line marked, under its headline and source; then who said it, and where it stands."""
    article, here = entry.article, now.astimezone(ZoneInfo(zone))
    blocks: list[Block] = [
        title(replies.context_title(number)),
        Heading((Run(title_of(entry), "strong", article.url),)),
        *source_line(source_of(entry), article, here),
        Paragraph(tuple(marked(article.text, _passage(article, span)))),
        *_said(entry, span),
    ]
    if url := proof(article, span):
        blocks.append(Paragraph((Run(clipped(article.url or "", LONG_LINE), url=url),), quiet=True))
    return Message(tuple(blocks))


def _passage(article: Article, span: Span) -> Snippet:
    """The line's paragraph, or as much of it around the line as is shown of one."""
    paragraph = next((one for one in article.paragraphs if one.holds(span)), span)
    start = paragraph.start
    if span.end - start > LONG_LINE:
        near = article.text.find(" ", max(start, span.start - BEFORE), span.start)
        start = near + 1 if near >= 0 and span.end - near <= LONG_LINE else span.start
    end = min(paragraph.end, start + LONG_LINE)
    return Snippet(Span(start, end), (Span(span.start, min(span.end, end)),))


def _said(entry: Entry, span: Span) -> Iterator[Block]:
    quote = next((one for one in entry.quotes if one.words == span), None)
    if quote is not None:
        told = quotation(KeyQuote(entry, quote), with_source=False)
        if credit := phrases.attribution(told.speaker, None, told.role):
            yield quiet(credit)
