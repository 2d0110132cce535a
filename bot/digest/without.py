"""A digest as it is without some of its articles (pure)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from bot.domain.digests import Brief, Digest, lines_in
from bot.domain.model import Entry


def without(digest: Digest, gone: Collection[int]) -> Digest:
    """The digest without the entries of these ids; what nothing is left of is not in it any more."""
    briefs = [one for brief in digest.briefs if (one := _without(brief, gone))]
    also = [one for brief in digest.also if (one := _without(brief, gone))]
    return replace(digest, briefs=tuple(briefs), also=tuple(also))


def _without(brief: Brief, gone: Collection[int]) -> Brief | None:
    entries = tuple(entry for entry in brief.entries if entry.id not in gone)
    if not entries:
        return None
    led, fewer = brief.entries[0].id in gone, len(entries) < len(brief.entries)
    return replace(
        brief,
        headline=_headline(entries[0]) if led else brief.headline,
        entries=entries,
        lines=tuple(line for line in brief.lines if line.entry.id not in gone),
        quotes=tuple(
            # Of how many outlets have it, those that are left are known, and no others.
            replace(quote, outlets=min(quote.outlets, len(entries)))
            for quote in brief.quotes
            if quote.entry.id not in gone
        ),
        corrected=brief.corrected and not led,
        withdrawn=0 if fewer else brief.withdrawn,  # of whose articles the lines were is not known any more
        differing=() if any(line.entry.id in gone for line in brief.differing) else brief.differing,
    )


def _headline(entry: Entry) -> str:
    """Its title, or the first line of its summary, or the beginning of its text."""
    first = next((line.text for line in lines_in(entry)), entry.article.text[:200])
    return entry.article.title or first
