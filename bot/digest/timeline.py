"""A story from its first article to its latest, each with what it brought. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.digest.compose import headline_of, lines_of
from bot.digest.novelty import Update, told_by, update_of
from bot.domain.digests import Event, Facts
from bot.domain.model import Entry


def timeline(entries: Iterable[Entry]) -> tuple[Event, ...]:
    """The articles by when they were published, else came; the first with a line of its summary."""
    events: list[Event] = []
    known = Facts()
    for entry in sorted(entries, key=_moment):
        if events:
            new = update_of([entry], known) or Update((), ())
            events.append(Event(entry, new.lines, new.quotes))
        else:
            events.append(Event(entry, lines_of(entry, headline_of(entry), 1)))
        known |= told_by([entry])
    return tuple(events)


def _moment(entry: Entry) -> tuple[datetime, int]:
    return entry.article.published or entry.added, entry.id


def first_and_latest(events: Sequence[Event]) -> tuple[Event, ...]:
    """The first article, and the last one that brought something; one alone where nothing came after it."""
    later = [event for event in events[1:] if event.lines or event.quotes]
    return (*events[:1], *later[-1:])
