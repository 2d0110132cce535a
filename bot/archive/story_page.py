"""A story from its first article to its latest, as a page. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.archive.frame import Reader, page
from bot.archive.html import Node, element
from bot.archive.pages import heading, quoted, told_by
from bot.domain.digests import Event
from bot.views.captions import LONG_LINE, clipped, source_of, title_of
from bot.wording import replies


def story_page(reader: Reader, story: int, events: Sequence[Event], total: int) -> str:
    """Each article with its outlet, when it was published, and what it brought; ``total`` counts those that are not told, too."""
    first = events[0].entry
    outlets = len({source_of(event.entry) for event in events} - {""})
    return page(
        reader,
        title_of(first),
        element("h1", title_of(first), lang=first.article.language, dir="auto"),
        element("p", replies.story_told(story, len(events), total, outlets), class_="quiet"),
        element("ol", [_event(reader, event) for event in events], class_="story"),
    )


def _event(reader: Reader, event: Event) -> Node:
    entry = event.entry
    return element(
        "li",
        heading(reader, entry),
        told_by(reader, entry),
        [
            element("p", clipped(line.text, LONG_LINE), lang=entry.article.language, dir="auto")
            for line in event.lines
        ],
        [quoted(quote) for quote in event.quotes[:1]],
    )
