"""Digests and answers as messages: what stands where, before any platform decides how it looks. Pure.

``now`` and the moments of records are in UTC; they are told in the reader's ``zone``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from zoneinfo import ZoneInfo

from bot.article.fields.embargo import Field, Unclear, moment
from bot.domain.digests import Brief, Digest, KeyQuote, Ledger, Line, lines_in
from bot.domain.message import Block, Break, Button, Buttons, Heading, Items, Message, Paragraph, Run, Thread
from bot.domain.model import Article, Entry, Findings, Hit, Reading
from bot.domain.query import shown
from bot.views.also import also
from bot.views.captions import (
    LONG_HEADLINE,
    LONG_LINE,
    LONG_NAME,
    carried,
    clipped,
    dated,
    days_apart,
    marked,
    printed,
    proof_mark,
    published_words,
    quotation,
    running,
    source_line,
    source_of,
    title_of,
)
from bot.wording import correcting, phrases, replies
from bot.wording.chat import pressing, querying
from bot.wording.language import commands, say

LONG_QUERY = 120
_COMMANDS = "|".join({*(word for word, _ in replies.menu()), *commands()})
_COMMAND = re.compile(rf"“[^“”]*”|„[^„“]*“|(?<![\w/])/(?P<name>{_COMMANDS})\b")
"""A command of ours; what stands between quotation marks is a reader's, and is stepped over."""

_EPOCH = datetime.fromtimestamp(0, UTC)


def posted_message(digest: Digest, zone: str, *, numbered: bool = False, buttons: bool = False) -> Message:
    """The digest as it is posted: in its style, which may have a thread for each story.

    ``numbered``: its stories can be asked for by number, and that is said once; with ``buttons`` there is a button
    for each.
    """
    message = _digest(digest, zone, threads=digest.style == "threaded", numbered=numbered)
    shown = _story_buttons(len(digest.briefs) + len(digest.also)) if buttons else ()
    return Message((*message.blocks[:-1], *shown, message.blocks[-1]))


def digest_message(digest: Digest, zone: str, *, numbered: bool = False) -> Message:
    """The digest as a message in one piece; moments are told in ``zone``."""
    return _digest(digest, zone, threads=False, numbered=numbered)


def _digest(digest: Digest, zone: str, *, threads: bool, numbered: bool) -> Message:
    since, until = digest.since.astimezone(ZoneInfo(zone)), digest.until.astimezone(ZoneInfo(zone))
    named = phrases.alert_title if digest.occasion.kind == "alert" else phrases.digest_title
    blocks: list[Block] = [
        title(named(clipped(digest.name, LONG_NAME))),
        Paragraph(_dateline(digest, since, until), quiet=True),
    ]
    stories = len(digest.briefs) + len(digest.also)
    several = numbered and stories > 1
    lines = count(1)
    for number, brief in enumerate(digest.briefs, start=1):
        blocks += [Break()] if number > 1 else []
        head, *rest = _story(brief, until, lines, number if several else None)
        blocks += [head, *_threaded(rest)] if threads else [head, *rest]
    if not digest.briefs:
        empty = phrases.nothing_to_show if digest.ledger.files else phrases.nothing_new
        blocks.append(said(empty(since, until)))
    if digest.also:
        blocks += also(digest, len(digest.briefs) + 1 if several else None)
    elif threads and digest.briefs:
        blocks.append(Break())
    hint = phrases.how_to_ask(stories) if numbered else ""
    return Message((*blocks, quiet(phrases.SEPARATOR.join(filter(None, (footer(digest.ledger), hint))))))


def scheduled_message(  # noqa: PLR0913 - what was left out, and how its readers ask
    digest: Digest,
    zone: str,
    *,
    dropped: int = 0,
    older: int = 0,
    numbered: bool = False,
    buttons: bool = False,
) -> Message | None:
    """The digest as it is posted unasked, or ``None`` when there is nothing to say.

    ``dropped`` articles of its window came in a bulk drop, ``older`` ones were there before the
    channel was; a button for action "digest" asks for them by the channel's name.
    """
    blocks = posted_message(digest, zone, numbered=numbered, buttons=buttons).blocks
    offer = _offer(digest.name, dropped, older)
    if not digest.briefs:
        # Title and period; "no new articles" would not be true.
        return Message((*blocks[:2], *offer)) if offer else None
    return Message((*blocks[:-1], *offer, blocks[-1]))


def findings_message(  # noqa: PLR0913 - what was asked and found, seen from when and where
    query: str,
    findings: Findings,
    now: datetime,
    zone: str,
    *,
    first: int = 1,
    understood: str = "",
) -> Message:
    """The hits of one page, numbered from ``first``; ``now`` is in UTC, told in ``zone``. Days alone are told in words.

    ``understood`` says what was made of a query that could not be taken as typed.
    """
    here = now.astimezone(ZoneInfo(zone))
    asked, (undated, days) = clipped(query, LONG_QUERY), days_apart(query, here.date())
    alone = "" if undated else days
    heading = title(say(querying.THESE_DAYS) if alone else phrases.search_title(asked))
    taken = tuple(said(note) for note in (alone, clipped(understood, LONG_LINE)) if note)
    if not findings.hits:
        tip = (said(say(phrases.SEARCH_TIP)),) if asked else ()
        if findings.excluded:
            tip = (said(phrases.all_excluded(findings.excluded)),)
        nothing = say(querying.NONE_THEN) if alone else phrases.nothing_found(asked)
        return Message((heading, said(nothing), *taken, *tip))
    blocks: list[Block] = [heading, quiet(phrases.found(len(findings.hits), findings.total, first)), *taken]
    if findings.tolerant:
        blocks.append(said(say(phrases.TYPO)))
    for number, hit in enumerate(findings.hits, start=first):
        blocks += _hit(number, hit, here)
    return Message(tuple(blocks))


def quotes_message(  # noqa: PLR0913 - whose words, about what, how many, seen from when and where
    name: str,
    quotes: Sequence[KeyQuote],
    now: datetime,
    zone: str,
    *,
    about: str = "",
    total: int | None = None,
    first: int = 1,
    tolerant: bool = False,
    understood: str = "",
    others: int = 0,
) -> Message:
    """Somebody's words under the headline of their article; with the names of all who print them, where several do.

    ``tolerant``: a typing error was forgiven. ``understood`` is what could not be taken as it was typed. This page begins with the quote of number ``first``; ``total`` counts those of all pages, ``others`` those about anything else.
    """
    here = now.astimezone(ZoneInfo(zone))
    undated, days = days_apart(about, here.date())
    who, subject = clipped(name, LONG_NAME), clipped(undated, LONG_QUERY)
    heading = title(phrases.quotes_title(who, subject))
    told = (days, clipped(understood, LONG_LINE))
    notes = tuple(said(note) for note in told if note)
    if not quotes:
        more = (advice(querying.others(who, others)),) if others else ()
        return Message((heading, said(phrases.no_quotes(who, subject)), *more, *notes))
    count = phrases.quotes_count(len(quotes), total if total is not None else len(quotes), first)
    blocks: list[Block] = [heading, quiet(count), *notes]
    if tolerant:
        blocks.append(said(say(phrases.TYPO)))
    for entry in {quote.entry.id: quote.entry for quote in quotes}.values():
        blocks.append(Heading((Run(title_of(entry), "strong", entry.article.url),)))
        blocks += source_line(source_of(entry), entry.article, here)
        blocks += [printed(quote) for quote in quotes if quote.entry.id == entry.id]
    return Message(tuple(blocks))


def topics_message(topics: Sequence[tuple[str, str, int]]) -> Message:
    """The topics: name, query as written, and how many articles of the last week it matches."""
    if not topics:
        return Message((title(say(phrases.TOPICS_TITLE)), said(say(phrases.NO_TOPICS))))
    rows = tuple(
        (*named(name, query), Run(f"{phrases.SEPARATOR}{phrases.topic_count(count)}", "quiet"))
        for name, query, count in topics
    )
    return Message((title(say(phrases.TOPICS_TITLE)), Items(rows)))


def help_message() -> Message:
    """What a reader can ask for."""
    rows = tuple((Run(usage, "code", advice=True), Run(f"  {what}")) for usage, what in replies.help_rows())
    intro = (advice(say(replies.HELP_SEARCH), quiet=True), quiet(say(replies.HELP_INTRO)))
    return Message((title(say(replies.HELP_TITLE)), Items(rows), *intro))


def begun_with(message: Message, prefix: str) -> Message:
    """The commands of its advice begun as the platform wants it; words of articles and readers stay."""
    if prefix == "/":
        return message

    def begun(found: re.Match[str]) -> str:
        return f"{prefix}{found['name']}" if found["name"] else found[0]

    def rewritten(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(replace(run, text=_COMMAND.sub(begun, run.text)) if run.advice else run for run in runs)

    blocks = (
        replace(block, items=tuple(map(rewritten, block.items)))
        if isinstance(block, Items)
        else replace(block, runs=rewritten(block.runs))
        if isinstance(block, Paragraph)
        else block
        for block in message.blocks
    )
    refused = tuple((name, _COMMAND.sub(begun, why)) for name, why in message.refused)
    return replace(message, blocks=tuple(blocks), refused=refused)


def usage_message(usage: str) -> Message:
    """One sentence on how to ask."""
    return Message((advice(usage),))


def private_message(text: str) -> Message:
    """A sentence for one person."""
    return replace(usage_message(text), private=True)


def aside_message(text: str) -> Message:
    """A sentence for who spoke or pressed; a message whose button was pressed stays as it is."""
    return replace(private_message(text), aside=True)


def reading_message(name: str, reading: Reading, zone: str) -> Message:
    """What the desk makes of one file: title, source line, summary and every quote."""
    article = reading.article
    lone = Entry(0, 0, article, reading.summary, reading.quotes, name, _EPOCH, 0)
    told = (article.source or "", article.byline or "", _day_told(article, zone))
    blocks: list[Block] = [
        title(title_of(lone)),
        quiet(phrases.SEPARATOR.join(clipped(part, LONG_NAME) for part in (*told, name) if part)),
    ]
    blocks += _terms(article, zone)
    if lines := lines_in(lone):
        blocks.append(Paragraph(tuple(running(lines))))
    quotes = [quotation(KeyQuote(lone, quote), with_source=False) for quote in reading.quotes]
    counted = (len(reading.article.paragraphs), len(reading.quotes), article.language)
    return Message((*blocks, *quotes, quiet(phrases.read(*counted, reading.summary.method))))


def _terms(article: Article, zone: str) -> Iterator[Paragraph]:
    """Between which moments the article may be shown, where it says so."""
    fields: tuple[tuple[Field, str | None], ...] = (
        ("hold_until", article.hold_until),
        ("expires", article.expires),
    )
    for name, value in fields:
        if not value:
            continue
        said = clipped(value, LONG_NAME)
        try:
            here = moment(name, value, zone).astimezone(ZoneInfo(zone))
        except Unclear:
            yield quiet(phrases.unclear_moment(name, said))
        else:
            yield quiet(phrases.held_or_expires(name, here))


def footer(ledger: Ledger) -> str:
    """The line that accounts for every file."""
    return phrases.ledger(
        files=ledger.files,
        articles=ledger.articles,
        stories=ledger.stories,
        shown=ledger.shown,
        listed=ledger.listed,
        already_sent=ledger.already_sent,
        muted=ledger.muted,
        unreadable=ledger.unreadable,
        aside=max(0, ledger.files - ledger.articles - ledger.unreadable),
    )


def _dateline(digest: Digest, since: datetime, until: datetime) -> tuple[Run, ...]:
    moments = ((phrases.long_moment(until), until), (phrases.moment(since, until), since))
    reading = [phrases.reading_time(digest.seconds)] if len(digest.briefs) > 1 else []
    return dated(phrases.SEPARATOR.join([phrases.period(since, until), *reading]), moments)


def _story(brief: Brief, until: datetime, lines: Iterator[int], number: int | None = None) -> Iterator[Block]:
    lead = brief.entries[0].article
    headline = clipped(brief.headline, LONG_HEADLINE)
    counted = () if number is None else (Run(f"{number}. "),)
    told = Run(phrases.updated(headline) if brief.update else headline, "strong", lead.url)
    mark = (Run(f" {say(correcting.CORRECTED)}", "quiet"),) if brief.corrected else ()
    yield Heading((*counted, told, *mark))
    outlets = phrases.outlets([clipped(source, LONG_NAME) for source in brief.sources])
    yield from source_line(outlets or source_of(brief.entries[0]), lead, until)
    if brief.earlier:
        when = phrases.first_told(phrases.moment(brief.earlier.at.astimezone(until.tzinfo), until))
        yield Paragraph((Run(when, url=brief.earlier.url),), quiet=True)
    if brief.lines:
        yield Paragraph(tuple(running(brief.lines, lines)))
    for quote in brief.quotes:
        words = carried(quotation(quote, with_source=len(brief.sources) > 1), quote.outlets)
        yield replace(words, proof=proof_mark(lines, quote.entry.article, quote.quote.words), details=True)
        if quote.corrected:
            yield quiet(say(correcting.CORRECTED))
    if brief.differing:
        yield quiet(say(correcting.FIGURES_DIFFER))
        yield Items(tuple(tuple(_beside(line, until, lines)) for line in brief.differing))
    if brief.withdrawn:
        yield quiet(correcting.withdrawn(brief.withdrawn))


def _beside(line: Line, until: datetime, numbers: Iterator[int]) -> Iterator[Run]:
    """A line with its outlet and time, to be read beside another one."""
    article = line.entry.article
    told = phrases.SEPARATOR.join(filter(None, (source_of(line.entry), published_words(article, until))))
    yield Run(clipped(line.text, LONG_LINE))
    yield Run(f" ({told})", "quiet")
    if mark := proof_mark(numbers, article, line.span, line.part):
        yield Run(" ")
        yield mark


def _threaded(story: Sequence[Block]) -> Iterator[Block]:
    """A story below its headline: its outlets and day beside that, all else in its thread."""
    at = next((n for n, block in enumerate(story) if not _is_quiet(block)), len(story))
    yield from story[:at]
    if story[at:]:
        yield Thread(tuple(story[at:]))


def _is_quiet(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.quiet


def _hit(number: int, hit: Hit, here: datetime) -> Iterator[Block]:
    article = hit.entry.article
    yield Heading((Run(f"{number}. "), Run(title_of(hit.entry), "strong", article.url)))
    yield from source_line(source_of(hit.entry), article, here)
    if hit.snippet:
        yield Paragraph(tuple(marked(article.text, hit.snippet)))


def named(name: str, query: str, longest: int = LONG_LINE) -> tuple[Run, ...]:
    """A name and what it stands for, as a list shows them."""
    asked = Run(clipped(shown(query), longest), "code") if query.strip() else Run(say(phrases.EVERYTHING))
    return Run(clipped(name, LONG_NAME), "strong"), Run("  "), asked


def _day_told(article: Article, zone: str) -> str:
    """The full day, and the time where the article gives one."""
    if article.published is None:
        return ""
    if article.published_precision == "day":
        return phrases.long_day(article.published.date())
    here = article.published.astimezone(ZoneInfo(zone))
    return f"{phrases.long_day(here)}, {phrases.clock(here)}"


def title(text: str) -> Heading:
    """The line that names a message."""
    return Heading((Run(text, "strong"),), level=1)


def said(text: str) -> Paragraph:
    """A sentence to the reader."""
    return Paragraph((Run(text),))


def advice(text: str, *, quiet: bool = False) -> Paragraph:
    """A sentence to the reader that may name commands."""
    return Paragraph((Run(text, advice=True),), quiet)


def quiet(text: str) -> Paragraph:
    """A line beside the point: a date line, a count, a footer."""
    return Paragraph((Run(text),), quiet=True)


def _offer(name: str, dropped: int, older: int) -> tuple[Block, ...]:
    lines = phrases.not_shown(dropped, older)
    if not lines:
        return ()
    button = Button(phrases.show_them(dropped + older), "digest", name)
    return Paragraph((Run(lines),)), Buttons((button,))


def _story_buttons(stories: int) -> tuple[Buttons, ...]:
    """A button for each story, by its number; the only one's says what it is for."""
    labels = [str(number) for number in range(1, stories + 1)] if stories > 1 else [say(pressing.MORE)]
    shown = tuple(Button(label, "more", str(number)) for number, label in enumerate(labels, start=1))
    return (Buttons(shown),) if stories else ()
