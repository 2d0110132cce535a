"""Which lines a digest shows, by their numbers, and lines marked in the paragraphs of their article. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from bot.domain.digests import Brief, Digest, Line, part_of
from bot.domain.model import Entry, Span
from bot.web.settings import Excerpt

LONG_PARAGRAPH = 1_500
"""Characters of a paragraph that are shown around its marks where not all of the article is: some have no paragraphs."""

LONG_ARTICLE = 200_000
"""Characters of an article that are shown whole: a longer one is a book, of which only what is marked is shown from there on."""

QUOTES = 3
"""Quotes of an article that are marked beside its summary."""


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line or a quote, under the number by which its digest calls it."""

    number: int
    line: Line


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of an article's words; with ``numbers`` they are marked, and are of these lines. All pieces of a passage are the passage."""

    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or some of it; ``cut`` says on which sides words of it are left out, ``skipped`` that paragraphs are, before it."""

    pieces: tuple[Piece, ...]
    cut: tuple[bool, bool] = (False, False)
    skipped: bool = False
    standfirst: bool = False


def numbered_lines(digest: Digest) -> tuple[NumberedLine, ...]:
    """Every line and quote of the digest, counted through in the order in which it shows them."""
    numbers = count(1)
    return tuple(
        NumberedLine(next(numbers), line) for brief in digest.briefs for line in lines_of_brief(brief)
    )


def lines_of_brief(brief: Brief) -> tuple[Line, ...]:
    """The lines, quotes and differing lines of a story, in the order in which they are shown."""
    quotes = (Line(quote.entry, quote.quote.words, corrected=quote.corrected) for quote in brief.quotes)
    return (*brief.lines, *quotes, *brief.differing)


def own_lines(entry: Entry) -> tuple[NumberedLine, ...]:
    """What the desk would tell of the article by itself: its summary, and the first quotes that have a speaker."""
    quotes = [quote for quote in entry.quotes if quote.speaker_name][:QUOTES]
    lines = [Line(entry, span, "standfirst") for span in sorted(entry.summary.standfirst)]
    spans = sorted({*entry.summary.sentences, *(quote.words for quote in quotes)})
    lines += [Line(entry, span) for span in spans]
    return tuple(NumberedLine(number, line) for number, line in enumerate(lines, start=1))


def passages(entry: Entry, lines: Sequence[NumberedLine], shown: Excerpt) -> tuple[Passage, ...]:
    """The paragraphs of the article with the lines marked: all of them, or those that have a line."""
    found = [*_of_standfirst(entry, lines)]
    skipped = False
    for paragraph in entry.article.paragraphs:
        inside = [one for one in lines if one.line.part == "text" and one.line.span.meets(paragraph)]
        whole = shown == "whole" and paragraph.end <= LONG_ARTICLE
        if not inside and not whole:
            skipped = True
            continue
        found.append(replace(_passage(entry.article.text, paragraph, inside, whole=whole), skipped=skipped))
        skipped = False
    return tuple(found)


def _of_standfirst(entry: Entry, lines: Sequence[NumberedLine]) -> Iterator[Passage]:
    text = part_of(entry.article, "standfirst")
    if text:
        inside = [one for one in lines if one.line.part == "standfirst"]
        yield replace(_passage(text, Span(0, len(text)), inside, whole=True), standfirst=True)


def _passage(text: str, paragraph: Span, inside: Sequence[NumberedLine], *, whole: bool) -> Passage:
    room = paragraph if whole else _around(text, paragraph, inside)
    pieces, at = [], room.start
    for span, numbers in _joined(inside, room):
        if at < span.start:
            pieces.append(Piece(text[at : span.start]))
        pieces.append(Piece(span.of(text), numbers))
        at = span.end
    if at < room.end:
        pieces.append(Piece(text[at : room.end]))
    return Passage(tuple(pieces), (room.start > paragraph.start, room.end < paragraph.end))


def _around(text: str, paragraph: Span, inside: Sequence[NumberedLine]) -> Span:
    """The paragraph, or as much of a long one as is shown around its lines, from a word on and up to one."""
    first = max(min(one.line.span.start for one in inside), paragraph.start)
    last = min(max(one.line.span.end for one in inside), paragraph.end)
    spare = max(LONG_PARAGRAPH - (last - first), 0) // 2
    start, end = paragraph.start, paragraph.end
    if first - start > spare:
        start = text.find(" ", first - spare, first) + 1 or first
    if end - last > spare:
        gap = text.rfind(" ", last, last + spare)
        end = gap if gap >= 0 else last
    return Span(start, end)


def _joined(inside: Sequence[NumberedLine], room: Span) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Where to mark, and of which lines; lines that share words are one mark."""
    open_span: Span | None = None
    numbers: tuple[int, ...] = ()
    for one in sorted(inside, key=lambda each: (each.line.span, each.number)):
        span = Span(max(one.line.span.start, room.start), min(one.line.span.end, room.end))
        if open_span is not None and span.start < open_span.end:
            open_span = Span(open_span.start, max(open_span.end, span.end))
            numbers = (*numbers, one.number)
            continue
        if open_span is not None:
            yield open_span, numbers
        open_span, numbers = span, (one.number,)
    if open_span is not None:
        yield open_span, numbers
