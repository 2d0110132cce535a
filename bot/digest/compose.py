"""One digest out of the entries and arrivals of its window. Pure; the order of entries is no input."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType

from bot.digest.figures import differing
from bot.digest.key_quotes import key_quotes
from bot.digest.novelty import Update, told_by, update_of
from bot.digest.ranking import in_order, places
from bot.digest.settings import ComposeSettings
from bot.domain.digests import Brief, Digest, Earlier, Facts, Ledger, Line, Omission, Told, lines_in
from bot.domain.model import Arrival, Article, Entry, Occasion, Span, Window
from bot.domain.reasons import Reason
from bot.stories.copies import SAME_TEXT, resemblance
from bot.stories.similarity import adds_little, repeats

HEADLINE = 200
"""Characters of a headline that is the beginning of an article without title and sentences."""

SHORT_CLAUSE, LONG_CLAUSE = 40, 120
"""Characters between which a clause is a headline; a sentence as short as that is one, whole."""

_CLAUSE_END = re.compile(r"[,;](?=\s)|\s[–—](?=\s)|[、；，]")

COMPARED = 50
"""Entries of one story that vote for its lead; a story of hundreds has its lead among them."""

REMEMBERED = 8192
"""Stories whose briefs are kept for the next destination: a slot of thousands of articles is told to many."""

FULL = 4000
"""Characters from which an article is complete enough to lead: longer ones are no better."""

Choose = Callable[[Sequence[Article], int], Sequence[tuple[int, Span]]]
"""At most so many sentences of several articles: the place of the article, and the span in it."""

_LATEST = datetime.max.replace(tzinfo=UTC)


LATER_LINES, LATER_WORDS = 2, 45
"""A story behind the first has its second line only where both are short."""

SCREEN = 650
"""Characters of headline, lines and quotes of the first story that fit on the screen of a phone."""


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
    told: Mapping[int, Told] | None = None,
    muted: Mapping[int, Reason] = MappingProxyType({}),
) -> Digest:
    """The digest of ``entries``, those of the window that match the channel's query.

    ``arrivals`` are all files of the window. Each is told in a story, listed or explained in the ledger's
    reasons; one whose entry is not among ``entries`` is about something that the channel did not ask for.
    The order is that of :mod:`bot.digest.ranking`.
    ``choose`` picks the lines of a story that several articles tell; without it the lead's are shown.
    ``told`` is what the destination was told of these stories: they come again only with what is new. Without
    it nothing is remembered, of this digest either. ``muted`` entries, by id, are not wanted, and why.
    """
    held = {entry.id: muted[entry.id] for entry in entries if entry.id in muted}
    every = list(_stories(one for one in entries if one.id not in held).values())
    updates = _updates(every, told or {})
    news, quiet = _with_news(every, updates)
    limit = max(settings.stories, 0)
    placed = places(news, until, settings.weights, settings.wanted)
    stories = in_order(news, placed, limit)

    def remembered(brief: Brief, *, listed: bool = False) -> Brief:
        known = _remembered(brief, updates.get(brief.story), told, listed=listed)
        return replace(known, place=placed[brief.story])

    briefs = _within(map(remembered, _told(stories[:limit], settings, choose)), settings.words)
    listed = stories[len(briefs) : len(briefs) + max(settings.also, 0)]
    ledger = _ledger(stories, len(briefs) + len(listed), arrivals, quiet, held)
    ledger = replace(ledger, shown=len(briefs), listed=len(listed))
    also = tuple(remembered(_listed(story), listed=True) for story in listed)
    return Digest(occasion, name, window, since, until, briefs, ledger, also, settings.style)


def _with_news(
    stories: Sequence[tuple[Entry, ...]], updates: Mapping[int, Update | None]
) -> tuple[list[tuple[Entry, ...]], list[tuple[Entry, ...]]]:
    """The stories that are told, for the first time or with an update, and those that have no news."""
    silent = {story for story, update in updates.items() if update is None}
    return (
        [story for story in stories if story[0].story not in silent],
        [story for story in stories if story[0].story in silent],
    )


def _updates(stories: Sequence[Sequence[Entry]], told: Mapping[int, Told]) -> Mapping[int, Update | None]:
    """What is new of each story that was told; ``None`` for nothing."""
    known = ((story, told.get(story[0].story)) for story in stories)
    return {story[0].story: update_of(story, before.facts) for story, before in known if before}


def _remembered(
    brief: Brief, update: Update | None, told: Mapping[int, Told] | None, *, listed: bool = False
) -> Brief:
    """The brief with what its readers know by it, and of a story that was told only what is new.

    One that is ``listed`` tells nothing but its headline.
    """
    if told is None:
        return brief
    facts = Facts() if listed else told_by(brief.entries)
    if update is None:
        return replace(brief, facts=facts)
    newest = [*(line.entry for line in update.lines), *(quote.entry for quote in update.quotes)][0]
    news = {line.entry.id for line in update.lines}
    return replace(
        brief,
        headline=headline_of(newest),
        lines=() if listed else update.lines,
        quotes=() if listed else update.quotes,
        entries=(newest, *(one for one in brief.entries if one is not newest)),
        update=True,
        earlier=Earlier(told[brief.story].at),
        facts=facts,
        differing=brief.differing if any(line.entry.id in news for line in brief.differing) else (),
    )


def _told(
    stories: Sequence[tuple[Entry, ...]], settings: ComposeSettings, choose: Choose | None
) -> Iterator[Brief]:
    """The stories as the style has them, the best first."""
    for number, story in enumerate(stories):
        share = _share(settings, first=number == 0)
        brief = _brief(story, share.sentences, max(share.quotes, 0), choose)
        if settings.style == "brief":
            brief = replace(brief, differing=())
        if settings.style == "standard":
            brief = _fitting(brief, SCREEN) if number == 0 else _short(brief)
        yield _said_once(brief)


def _share(settings: ComposeSettings, *, first: bool) -> ComposeSettings:
    """How much of one story the style shows."""
    if settings.style == "brief":
        return replace(settings, sentences=min(settings.sentences, 1), quotes=0)
    if settings.style == "standard" and not first:
        return replace(
            settings, sentences=min(settings.sentences, LATER_LINES), quotes=min(settings.quotes, 1)
        )
    return settings


def _fitting(brief: Brief, characters: int) -> Brief:
    """The first line whatever its length, and as many more as leave room for the quotes."""
    room = characters - len(brief.headline) - sum(len(quote.text) for quote in brief.quotes)
    kept = 1
    while kept < len(brief.lines) and sum(len(line.text) for line in brief.lines[: kept + 1]) <= room:
        kept += 1
    return replace(brief, lines=brief.lines[:kept])


def _short(brief: Brief) -> Brief:
    words = sum(len(line.text.split()) for line in brief.lines)
    return brief if words <= LATER_WORDS else replace(brief, lines=brief.lines[:1])


def _said_once(brief: Brief) -> Brief:
    """Without the lines that stand among the figures that differ; the first stays where it opens what more is told."""
    beside = {(line.entry.id, line.part, line.span) for line in brief.differing}
    kept = [line for line in brief.lines if (line.entry.id, line.part, line.span) not in beside]
    if kept and kept[0] is not brief.lines[0]:
        kept = [brief.lines[0], *kept]
    return replace(brief, lines=tuple(kept))


def _within(briefs: Iterable[Brief], words: int | None) -> tuple[Brief, ...]:
    """As many as the budget of words has room for, the first one in any case."""
    kept: list[Brief] = []
    for brief in briefs:
        if kept and words is not None and sum(one.words for one in (*kept, brief)) > words:
            break
        kept.append(brief)
    return tuple(kept)


def _listed(story: tuple[Entry, ...]) -> Brief:
    return Brief(story[0].story, headline_of(story[0]), (), (), story)


def headline_of(entry: Entry) -> str:
    """The title; without one the first clause of the summary, else the text's beginning."""
    article = entry.article
    if article.title and article.title.strip():
        return article.title.strip()
    if lines := lines_in(entry):
        return _first_clause(lines[0].text.strip())
    start = article.text[:HEADLINE].strip().partition("\n")[0]
    whole = len(article.text) <= HEADLINE or " " not in start or "\n" in article.text[:HEADLINE].strip()
    return start if whole else start.rpartition(" ")[0]


def _first_clause(sentence: str) -> str:
    """The sentence, and of a long one what stands before the last comma that a headline has room for."""
    if len(sentence) <= LONG_CLAUSE:
        return sentence
    ends = [mark.start() for mark in _CLAUSE_END.finditer(sentence[:LONG_CLAUSE])]
    return sentence[: ends[-1]] if ends and ends[-1] >= SHORT_CLAUSE else sentence


def lines_of(entry: Entry, headline: str, limit: int) -> tuple[Line, ...]:
    """The summary's sentences in their order, none that repeats the headline or an earlier one."""
    return _fresh(lines_in(entry), [headline])[: max(limit, 0)]


def _fresh(lines: Iterable[Line], said: Sequence[str]) -> tuple[Line, ...]:
    """Those that tell something beyond what is ``said`` and the ones before; the first may say the headline in full."""
    told: list[Line] = []
    for line in lines:
        before = [*said, *(one.text for one in told)]
        if any(repeats(line.text, one) for one in before):
            continue
        if not (told and adds_little(line.text, " ".join(before), line.entry.article.language)):
            told.append(line)
    return tuple(told)


def _lines_of_several(story: Sequence[Entry], headline: str, limit: int, choose: Choose) -> tuple[Line, ...]:
    """The sentences chosen from all outlets of the story, each with its own entry; the lead's come first."""
    told = story[:COMPARED]
    placed = sorted(choose([entry.article for entry in told], limit))
    under = [line for line in lines_of(story[0], headline, limit) if line.part == "standfirst"]
    said = (headline, *(line.text for line in under))
    return (*under, *_fresh((Line(told[at], span) for at, span in placed), said))[:limit]


def _stories(entries: Iterable[Entry]) -> Mapping[int, tuple[Entry, ...]]:
    """The entries of each story, each entry once, the lead first."""
    groups: dict[int, dict[int, Entry]] = defaultdict(dict)
    for entry in entries:
        groups[entry.story][entry.id] = entry
    return {
        story: _lead_first(tuple(group.values())) if len(group) > 1 else tuple(group.values())
        for story, group in groups.items()
    }


@lru_cache(maxsize=REMEMBERED)
def _lead_first(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
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
            not lines_in(entry),
            -copies,
            -full,
            article.published or _LATEST,
            entry.id,
        )

    return tuple(sorted(entries, key=merit))


@lru_cache(maxsize=REMEMBERED)
def _brief(story: tuple[Entry, ...], sentences: int, quotes: int, choose: Choose | None) -> Brief:
    lead = story[0]
    headline = headline_of(lead)
    lines = lines_of(lead, headline, sentences)
    if choose is not None and len(story) > 1 and lines:
        lines = _lines_of_several(story, headline, sentences, choose) or lines
    return Brief(
        story=lead.story,
        headline=headline,
        lines=lines,
        quotes=key_quotes(story, lines, quotes, headline=headline),
        entries=story,
        differing=differing(story[:COMPARED], lines) or (),
    )


def _ledger(
    stories: Sequence[Sequence[Entry]],
    limit: int,
    arrivals: Sequence[Arrival],
    quiet: Sequence[Sequence[Entry]],
    muted: Mapping[int, Reason],
) -> Ledger:
    """What became of each file; how many of the first ``limit`` stories are told is another's to say.

    ``quiet`` are stories that were told, of which nothing is new; ``muted`` are entries, and why.
    """
    entries = {entry.id: entry for story in (*stories, *quiet) for entry in story}
    cut = {
        entry.id: Reason("digest.nothing_new", headline=headline_of(story[0]))
        for story in quiet
        for entry in story
    } | {
        entry.id: Reason("digest.beyond_limit", limit=limit, headline=headline_of(story[0]))
        for story in stories[limit:]
        for entry in story
    }
    reasons = ((one.name, muted.get(one.entry or 0) or _reason(one, entries, cut)) for one in arrivals)
    return Ledger(
        files=len(arrivals),
        articles=len(entries) + len(muted),
        stories=len(stories) + len(quiet),
        already_sent=len(quiet),
        muted=len(muted),
        unreadable=sum(one.outcome == "unreadable" for one in arrivals),
        reasons=tuple(Omission(name, why) for name, why in reasons if why is not None),
    )


def _reason(arrival: Arrival, entries: Mapping[int, Entry], cut: Mapping[int, Reason]) -> Reason | None:
    """Why this file has no place of its own in the digest; ``None`` when it has one."""
    if arrival.outcome == "unreadable":
        return arrival.reason or Reason("digest.unreadable")
    entry = entries.get(arrival.entry) if arrival.entry is not None else None
    if arrival.outcome == "known":
        return arrival.reason or (Reason("known.same", file=entry.origin) if entry else Reason("known.text"))
    if entry is None:
        return Reason("digest.off_topic")
    if arrival.revision < entry.revision:
        return Reason("digest.corrected", file=entry.origin)
    return cut.get(entry.id)
