"""A digest that was posted, made once more of what the store keeps of it, for its page. Pure.

What is no longer kept, or not for these readers, is not in it. Of an article that another version took the place of
stand there only lines that are lines of it by now: the spans of then may cut its sentences anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.archive.excerpts import lines_of_brief
from bot.archive.pages import Published
from bot.digest.without import without
from bot.domain.digests import Brief, Digest, KeyQuote, Line, Shown
from bot.domain.model import Article, Entry, Span, Summary
from bot.store.delivery.posted import KeptDigest
from bot.store.sql.plans import Plan, digest_of
from bot.web.links import digest_names


def published(
    kept: KeptDigest, entries: Mapping[int, Entry], visible: Callable[[Entry], bool]
) -> tuple[Published, Shown] | None:
    """The digest, and how it was shown; ``None`` where it was taken back whole.

    ``entries`` are those of its plan that there are, ``visible`` whether its readers may see one.
    """
    plan = kept.plan
    if plan is None or "briefs" not in plan.kept:
        return None
    seen = {number: entry for number, entry in entries.items() if visible(entry)}
    gone = plan.entries.keys() - seen.keys()
    every = {number: seen.get(number) or _blank(number, kept) for number in plan.entries}
    digest, shown = digest_of(plan, kept.row, every)
    left = without(digest, gone) if gone else digest
    standing = _standing(left, _changed(plan, seen))
    lost = _lines(left) - _lines(standing)
    withheld = len(gone | {number for number, _ in lost})
    names = digest_names(digest.occasion)
    return Published(names, digest.occasion.subscription, standing, withheld), shown


def _changed(plan: Plan, entries: Mapping[int, Entry]) -> frozenset[int]:
    return frozenset(number for number, one in entries.items() if one.changed != plan.entries[number])


def _blank(id: int, kept: KeptDigest) -> Entry:
    """In the place of an article that is no more: it is taken out before anything is shown."""
    article = Article(None, "", (), "")
    return Entry(id, 0, article, Summary((), ""), (), "", kept.until, 0)


def _standing(digest: Digest, changed: frozenset[int]) -> Digest:
    if not changed:
        return digest
    return replace(digest, briefs=tuple(_still(brief, changed) for brief in digest.briefs))


def _still(brief: Brief, changed: frozenset[int]) -> Brief:
    lines = tuple(line for line in brief.lines if line.entry.id not in changed or _is_line(line))
    differing = all(line.entry.id not in changed or _is_line(line) for line in brief.differing)
    return replace(
        brief,
        lines=lines,
        quotes=tuple(
            now for quote in brief.quotes if (now := quote if quote.entry.id not in changed else _now(quote))
        ),
        differing=brief.differing if differing else (),
    )


def _is_line(line: Line) -> bool:
    entry = line.entry
    if line.part == "standfirst":
        return line.span in entry.summary.standfirst
    return line.span in entry.summary.sentences or any(one.words == line.span for one in entry.quotes)


def _now(quote: KeyQuote) -> KeyQuote | None:
    """The quote as the article has it now."""
    there = (one for one in quote.entry.quotes if one.words == quote.quote.words)
    found = next(there, None)
    return replace(quote, quote=found) if found else None


def _lines(digest: Digest) -> set[tuple[int, Span]]:
    return {(line.entry.id, line.span) for brief in digest.briefs for line in lines_of_brief(brief)}
