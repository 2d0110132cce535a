"""What is said of one article in any message: its title, when, whose words, which passage. Pure.

Everything is cut to size here, on one line and at a word, so that no article can flood a chat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from bot.article.fields.url import host
from bot.domain import query, query_nodes
from bot.domain.digests import KeyQuote, Line, Part
from bot.domain.message import Paragraph, Quotation, Run, Tone
from bot.domain.model import Article, Entry, Quote, Snippet, Span
from bot.views.proof import proof
from bot.wording import phrases
from bot.wording.chat import querying
from bot.wording.correcting import CORRECTED
from bot.wording.language import say
from bot.wording.marks import marks_for

LONG_LINE = 700
"""Characters of a sentence that are shown: a longer one is a table or a poem, not a sentence."""

LONG_HEADLINE = 250
LONG_NAME = 80
"""Characters of a speaker or outlet that are shown."""

NAMED_OUTLETS = 4
"""Outlets of one quote that are named; the others are counted."""

LONG_ROLE = 8
"""Words of a role that are shown: more are a sentence, which no cut makes a role."""

_ROLE_END = re.compile(r"[,;:(—–、，；：（]")
_WORD = re.compile(r"\w+")


def clipped(text: str, limit: int) -> str:
    """The text on one line; a longer one ends at a word within ``limit``, with an ellipsis."""
    line = " ".join(text[: 4 * limit].split())
    if len(line) <= limit and len(text) <= 4 * limit:
        return line
    head = line[:limit]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:–-") + phrases.MORE


def days_apart(about: str, today: date) -> tuple[str, str]:
    """The query without its days, and these in plain words; the query as it is and no words where it names none."""
    asked = query.parse(about).query
    parts = asked.queries if isinstance(asked, query_nodes.And) else (asked,)
    days = [one for one in parts if isinstance(one, query_nodes.Day | query_nodes.Last)]
    if not days:
        return about, ""
    ends = {one.relation: one.day for one in days if isinstance(one, query_nodes.Day)}
    before, lasts = ends.get("before"), [one for one in days if isinstance(one, query_nodes.Last)]
    begin = ends.get("on") or ends.get("after")
    end = ends.get("on") or (before - timedelta(days=1) if before else None)
    told = [phrases.short_day(one, today) if one else "" for one in (begin, end)]
    spans = [querying.within(*told)] if begin or end else []
    spans += [querying.rolling(one.count, one.unit) for one in lasts]
    return query.told(query_nodes.all_of(one for one in parts if one not in days)), " ".join(spans)


def dated(
    text: str, told: Sequence[tuple[str, datetime]], tone: Tone = "plain", *, advice: bool = False
) -> tuple[Run, ...]:
    """The desk's own sentence, in which each of ``told`` stands for a moment, in this order; what is not found is words."""
    runs: list[Run] = []
    for words, moment in told:
        before, found, after = text.partition(words)
        if found and words:
            runs += [Run(before, tone, advice=advice), Run(words, tone, moment=moment)]
            text = after
    return tuple(run for run in (*runs, Run(text, tone, advice=advice)) if run.text)


def title_of(entry: Entry) -> str:
    """The headline of one article in a list: its title, or its first words."""
    article = entry.article
    opening = article.text[: 4 * LONG_HEADLINE].partition("\n")[0]
    return clipped(article.title or opening, LONG_HEADLINE) or say(phrases.UNTITLED)


def headed(query: str, headlines: Sequence[str]) -> str:
    """The query with the headlines of the stories that it names by their numbers."""
    told = phrases.listed([phrases.quoted(one) for one in headlines])
    return " ".join(filter(None, (query, f"({told})" if told else "")))


def published_words(article: Article, now: datetime) -> str:
    """When the article says that it was published, seen from ``now``; empty when it does not say.

    A day stays the day that the article names, whatever the zone of ``now``.
    """
    if article.published is None:
        return ""
    if article.published_precision == "day":
        return phrases.short_day(article.published.date(), now.date())
    return phrases.moment(article.published.astimezone(now.tzinfo), now)


def source_of(entry: Entry) -> str:
    """The outlet, else the agency, else the host of the address; empty where the article names none of them."""
    article = entry.article
    return clipped(article.source or article.agency or host(article.url) or "", LONG_NAME)


def source_line(outlets: str, article: Article, now: datetime) -> tuple[Paragraph, ...]:
    """Who told it, and when the article says that it was published: ``Port Gazette · today 08:15``; no line without either."""
    told = (clipped(outlets, 3 * LONG_NAME), published_words(article, now))
    line = phrases.SEPARATOR.join(part for part in told if part)
    return (Paragraph((Run(line),), quiet=True),) if line else ()


def quotation(key: KeyQuote, *, with_source: bool) -> Quotation:
    """Someone's words with the full name and role, or the mention beside them, and perhaps the outlet.

    They stand between the marks of the article's language. The comma that leads on to "she said" is
    left out: what it led to is not shown.
    """
    quote, article = key.quote, key.entry.article
    mention = quote.speaker.of(article.text) if quote.speaker else None
    speaker = quote.speaker_name or mention
    return Quotation(
        words=clipped(key.text, LONG_LINE).rstrip(" ,、，"),
        speaker=clipped(speaker, LONG_NAME) if speaker else None,
        source=clipped(article.source, LONG_NAME) if article.source and with_source else None,
        role=role_of(quote, article),
        marks=marks_for(article.language, article.text[: quote.words.start].rstrip()[-1:]),
    )


def carried(shown: Quotation, outlets: int) -> Quotation:
    """The quotation with how many ``outlets`` print it, where that is more than one, in place of which does."""
    return replace(shown, source=phrases.in_outlets(outlets)) if outlets > 1 and shown.speaker else shown


def printed(key: KeyQuote) -> Quotation:
    """The quotation with the names of all outlets that print it, where there are several."""
    shown = quotation(key, with_source=False)
    names = [clipped(name, LONG_NAME) for name in key.sources]
    return replace(shown, source=phrases.outlets(names, NAMED_OUTLETS)) if len(names) > 1 else shown


def role_of(quote: Quote, article: Article) -> str | None:
    """The article's own words for who the named speaker is, up to the first comma, as one line.

    Words that say the name once more, and more of them than a reader takes in at a glance, are none.
    """
    if quote.role is None or quote.speaker_name is None:
        return None
    told = _ROLE_END.split(" ".join(quote.role.of(article.text).split()))[0].strip()
    words, name = _WORD.findall(told.casefold()), set(_WORD.findall(quote.speaker_name.casefold()))
    fits = 0 < len(words) <= LONG_ROLE and len(told) <= LONG_NAME
    return told if fits and name.isdisjoint(words) else None


def running(lines: Sequence[Line], numbers: Iterator[int] | None = None) -> Iterator[Run]:
    """Sentences that follow one another in the article run on; others start on a line of their own.

    Where several outlets tell a story, a sentence of another than the first is followed by its own. With
    ``numbers`` each is followed by the next one, a link to its place on the page.
    """
    lead = lines[0].entry.id
    for before, line in pairwise((None, *lines)):
        assert line is not None
        if before:
            yield Run(" " if _adjacent(before, line) else "\n")
        yield Run(clipped(line.text, LONG_LINE))
        if line.entry.id != lead and (source := source_of(line.entry)):
            yield Run(f" ({source})", "quiet")
        if line.corrected:
            yield Run(f" {say(CORRECTED)}", "quiet")
        if mark := proof_mark(numbers, line.entry.article, line.span, line.part):
            yield Run(" ")
            yield mark


def proof_mark(
    numbers: Iterator[int] | None, article: Article, span: Span, part: Part = "text"
) -> Run | None:
    """The next number as a link to the words on their page; ``None`` where the article has no address."""
    number = None if numbers is None else next(numbers)
    url = proof(article, span, part)
    return None if number is None or url is None else Run(phrases.line_number(number), url=url)


def marked(text: str, snippet: Snippet) -> Iterator[Run]:
    """The passage, its matched words marked, an ellipsis where it begins or ends inside a paragraph."""
    start, end = snippet.span.start, min(snippet.span.end, snippet.span.start + LONG_LINE)
    if start and text[start - 1] != "\n":
        yield Run(f"{phrases.MORE} ")
    at = start
    for mark in sorted(snippet.marks):
        if at <= mark.start and mark.end <= end:
            yield from _plain(text, at, mark.start)
            yield Run(_one_line(mark.of(text)), "marked")
            at = mark.end
    yield from _plain(text, at, end)
    if end < len(text) and text[end] != "\n":
        yield Run(f" {phrases.MORE}")


def _adjacent(before: Line, line: Line) -> bool:
    if (before.entry.id, before.part) != (line.entry.id, line.part) or before.span.end > line.span.start:
        return False
    if line.part == "standfirst":
        return True
    between = before.entry.article.text[before.span.end : line.span.start]
    return not between.strip() and "\n\n" not in between


def _plain(text: str, start: int, end: int) -> Iterator[Run]:
    if start < end:
        yield Run(_one_line(Span(start, end).of(text)))


def _one_line(text: str) -> str:
    """Paragraph breaks inside a passage become spaces; spaces at its ends stay."""
    return text.replace("\n\n", " ").replace("\n", " ")
