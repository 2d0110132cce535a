"""One digest out of the entries and arrivals of its window. Pure; the order of entries is no input."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.digest.key_quotes import key_quotes
from bot.domain.digests import Brief, Digest, Ledger, Line, Reason
from bot.domain.model import Arrival, Article, Entry, Occasion, Span, Window
from bot.stories.resemblance import SAME_TEXT, resemblance
from bot.stories.similarity import repeats
from bot.wording import phrases

HEADLINE = 200
"""Characters of a headline that is the beginning of an article without title and sentences."""

COMPARED = 50
"""Entries of one story that vote for its lead; a story of hundreds has its lead among them."""

FULL = 4000
"""Characters from which an article is complete enough to lead: longer ones are no better."""

Choose = Callable[[Sequence[Article], int], Sequence[tuple[int, Span]]]
"""At most so many sentences of several articles: the place of the article, and the span in it."""

_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ComposeSettings:
    """How much a digest shows: stories, and for each its sentences and key quotes, at most."""

    stories: int = 10
    sentences: int = 3
    quotes: int = 2


def compose(  # noqa: PLR0913, PLR0917 - a digest's identity, its window and its inputs, each once
    occasion: Occasion,
    name: str,
    window: Window,
    since: datetime,
    until: datetime,
    entries: Sequence[Entry],
    arrivals: Sequence[Arrival],
    settings: ComposeSettings,
    choose: Choose | None = None,
) -> Digest:
    """The digest of ``entries``, those of the window that match the channel's query.

    ``arrivals`` are all files of the window. Each is shown in a story or explained in the
    ledger's reasons, and an arrival whose entry is not among ``entries`` is about something
    that the channel did not ask for. Stories told by most outlets come first, then the newest.
    ``choose`` picks the lines of a story that several articles tell; without it the lead's are shown.
    """
    stories = sorted(_stories(entries).values(), key=_prominence)
    limit = max(settings.stories, 0)
    return Digest(
        occasion=occasion,
        name=name,
        window=window,
        since=since,
        until=until,
        briefs=tuple(_brief(story, settings, choose) for story in stories[:limit]),
        ledger=_ledger(stories, limit, arrivals),
    )


def headline_of(entry: Entry) -> str:
    """The title; without one the first sentence of the summary, else the text's beginning."""
    article = entry.article
    if article.title and article.title.strip():
        return article.title.strip()
    if entry.summary.sentences:
        return min(entry.summary.sentences).of(article.text).strip()
    start = article.text[:HEADLINE].strip().partition("\n")[0]
    whole = len(article.text) <= HEADLINE or " " not in start or "\n" in article.text[:HEADLINE].strip()
    return start if whole else start.rpartition(" ")[0]


def lines_of(entry: Entry, headline: str, limit: int) -> tuple[Line, ...]:
    """The summary's sentences in their order, none that repeats the headline or an earlier one."""
    lines: list[Line] = []
    for span in sorted(entry.summary.sentences):
        line = Line(entry, span)
        if not any(repeats(line.text, said) for said in (headline, *(one.text for one in lines))):
            lines.append(line)
    return tuple(lines[: max(limit, 0)])


def _lines_of_several(story: Sequence[Entry], headline: str, limit: int, choose: Choose) -> tuple[Line, ...]:
    """The sentences chosen from all outlets of the story, each with its own entry; the lead's come first."""
    told = story[:COMPARED]
    placed = sorted(choose([entry.article for entry in told], limit))
    lines = (Line(told[at], span) for at, span in placed)
    return tuple(line for line in lines if not repeats(line.text, headline))


def _stories(entries: Iterable[Entry]) -> Mapping[int, tuple[Entry, ...]]:
    """The entries of each story, each entry once, the lead first."""
    groups: dict[int, dict[int, Entry]] = defaultdict(dict)
    for entry in entries:
        groups[entry.story][entry.id] = entry
    return {story: _lead_first(tuple(group.values())) for story, group in groups.items()}


def _lead_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The lead has a title and sentences, the text that most others copy, and is complete.

    The others follow by the same measure, so that the first wording of a quote is the lead's.
    """
    voters = sorted(entries, key=lambda entry: entry.id)[:COMPARED]

    def merit(entry: Entry) -> tuple[bool, bool, int, int, datetime, int]:
        article = entry.article
        copies = sum(resemblance(article.fingerprint, one.article.fingerprint) >= SAME_TEXT for one in voters)
        full = min(len(article.text), FULL) // (FULL // 4)
        return (
            not article.title,
            not entry.summary.sentences,
            -copies,
            -full,
            article.published or _LATEST,
            entry.id,
        )

    return tuple(sorted(entries, key=merit))


def _prominence(story: Sequence[Entry]) -> tuple[int, float, int]:
    """Lower comes first: many outlets, then the newest, then the lower story id."""
    outlets = len({entry.article.source for entry in story if entry.article.source})
    newest = max((entry.article.published or entry.added).timestamp() for entry in story)
    return -max(outlets, 1), -newest, story[0].story


def _brief(story: Sequence[Entry], settings: ComposeSettings, choose: Choose | None) -> Brief:
    lead = story[0]
    headline = headline_of(lead)
    lines = lines_of(lead, headline, settings.sentences)
    if choose is not None and len(story) > 1 and lines:
        lines = _lines_of_several(story, headline, settings.sentences, choose) or lines
    return Brief(
        story=lead.story,
        headline=headline,
        lines=lines,
        quotes=key_quotes(story, lines, max(settings.quotes, 0), headline=headline),
        entries=tuple(story),
    )


def _ledger(stories: Sequence[Sequence[Entry]], limit: int, arrivals: Sequence[Arrival]) -> Ledger:
    entries = {entry.id: entry for story in stories for entry in story}
    cut = {
        entry.id: phrases.beyond_limit(limit, headline_of(story[0]))
        for story in stories[limit:]
        for entry in story
    }
    reasons = ((one.name, _reason(one, entries, cut)) for one in arrivals)
    return Ledger(
        files=len(arrivals),
        articles=len(entries),
        stories=len(stories),
        shown=min(len(stories), limit),
        unreadable=sum(one.outcome == "unreadable" for one in arrivals),
        reasons=tuple(Reason(name, why) for name, why in reasons if why is not None),
    )


def _reason(arrival: Arrival, entries: Mapping[int, Entry], cut: Mapping[int, str]) -> str | None:
    """Why this file has no place of its own in the digest; ``None`` when it has one."""
    if arrival.outcome == "unreadable":
        return arrival.reason or phrases.UNREADABLE
    entry = entries.get(arrival.entry) if arrival.entry is not None else None
    if arrival.outcome == "known":
        return arrival.reason or (phrases.same_text(entry.origin) if entry else phrases.KNOWN_TEXT)
    if entry is None:
        return phrases.OFF_TOPIC
    if arrival.revision < entry.revision:
        return phrases.corrected_by(entry.origin)
    return cut.get(entry.id)
