"""The standfirst of a plain text: the one line or paragraph between its headline and its credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.article.fields.credits import byline, credited, masthead
from bot.article.fields.dates import moments
from bot.article.fields.stated import LONGEST_STANDFIRST
from bot.article.text.block_kinds import Kind
from bot.article.text.body import Part

_FEWEST, _MOST = 6, 60  # Words; fewer are a section or a button, more a paragraph.
_CREDITS = 4  # Lines in which a page names its author, its outlet and the day.
_STAMP = 6  # Words of a line of a day and a clock, which may stand above the standfirst.
_LONGEST_CREDIT = 12  # Words of a line that tells the day.
_KINDS = frozenset({Kind.LINE, Kind.SENTENCE, Kind.PROSE})


@dataclass(frozen=True, slots=True)
class Below:
    """The ``text`` of a standfirst, and the part after the credits that follow it."""

    text: str
    after: int


def standfirst_below(page: Sequence[Part], title: int, end: int, received: datetime) -> Below | None:
    """The standfirst below the part ``title``; ``None`` where credits and a body do not follow at once.

    A byline must be among the credits: a sentence above a date alone may be the words to a picture.
    """
    at = title + 1
    while at < end and _tells_day(page[at], received):
        at += 1
    if at >= end or not _may_be(page[at], page[title].block.text):
        return None
    after = at + 1
    while after < min(at + 1 + _CREDITS, end) and _credits(page[after], received):
        after += 1
    signed = byline(part.block.text for part in page[at + 1 : after])
    if signed is None or after >= end or byline([page[at].block.text]) is not None:
        return None
    return Below(page[at].block.text, after)


def _tells_day(part: Part, received: datetime) -> bool:
    short = part.kind is not Kind.PROSE and part.words <= _STAMP
    return short and bool(moments(part.block.text, context="", received=received))


def _may_be(part: Part, title: str) -> bool:
    text = part.block.text
    if part.kind not in _KINDS or part.block.bullet or not _FEWEST <= part.words <= _MOST:
        return False
    again = text.casefold() in title.casefold() or title.casefold() in text.casefold()
    return len(text) <= LONGEST_STANDFIRST and not again and not text.endswith((":", "…", "..."))


def _credits(part: Part, received: datetime) -> bool:
    lines = [part.block.text]
    if part.kind is Kind.PROSE:
        return False
    if part.kind is Kind.DATE or byline(lines) or credited(lines) or masthead(lines):
        return True
    return part.words <= _LONGEST_CREDIT and bool(moments(lines[0], context="", received=received))
