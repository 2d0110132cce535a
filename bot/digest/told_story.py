"""A story that somebody asks for below a digest: what the digest showed of it, and the rest. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.digest.compose import lines_of
from bot.digest.key_quotes import key_quotes
from bot.digest.timeline import timeline
from bot.domain.digests import KeyQuote, Line, PostedStory, ToldStory
from bot.domain.model import Entry
from bot.stories.similarity import alike, repeats

MOST_LINES = 10
"""Sentences of a summary that are shown: all of them, at every length that can be set."""

MOST_QUOTES = 25
"""More than any reader asks for; an interview has hundreds."""


def told_story(story: PostedStory, upto: int, entries: Sequence[Entry], whole: bool) -> ToldStory:  # noqa: FBT001 - workers take places
    """The story of ``entries``, the lead first, as the digest of the revisions up to ``upto`` showed it.

    An article that was corrected since says what it says now: what was shown of it may no longer be
    there. The ``whole`` story has its other lines and quotes too, and how it went on.
    """
    by_id = {entry.id: entry for entry in entries if entry.revision <= upto}
    lines = [Line(by_id[one], span, part) for one, span, part in story.lines if one in by_id]
    shown = [(by_id[one], span) for one, span in story.quotes if one in by_id]
    quotes = [KeyQuote(entry, one) for entry, span in shown for one in entry.quotes if one.words.holds(span)]
    if not whole:
        return ToldStory(tuple(entries), tuple(lines), tuple(quotes))
    for line in lines_of(entries[0], story.headline, MOST_LINES):
        if not any(repeats(line.text, one.text) for one in lines):
            lines.append(line)
    for quote in key_quotes(entries, lines, MOST_QUOTES, headline=story.headline, whole=True):
        if not any(alike(quote.text, one.text) for one in quotes):
            quotes.append(quote)
    events = timeline(entries) if len(entries) > 1 else ()
    return ToldStory(tuple(entries), _in_order(lines, entries), tuple(quotes), events)


def _in_order(lines: Sequence[Line], entries: Sequence[Entry]) -> tuple[Line, ...]:
    place = {entry.id: number for number, entry in enumerate(entries)}
    return tuple(sorted(lines, key=lambda line: (place[line.entry.id], line.part == "text", line.span)))
