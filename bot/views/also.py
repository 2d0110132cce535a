"""The end of a digest: what else came in, by headline, so that nothing of the window is invisible. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.domain.digests import Brief, Digest
from bot.domain.message import Block, Break, Heading, Items, Paragraph, Run
from bot.views.captions import LONG_HEADLINE, LONG_NAME, clipped, source_of
from bot.wording import phrases
from bot.wording.language import say

FEW = 2
"""A section of fewer stories has no line of its own: its stories stand among those without one."""


def also(digest: Digest, first: int | None = None) -> Iterator[Block]:
    """The headlines by language and section, each a link with its outlet; the languages of the told stories first.

    They are numbered from ``first`` where that is given.
    """
    yield Break()
    yield Heading((Run(say(phrases.ALSO), "strong"),))
    for label, briefs in _grouped(digest):
        if label:
            yield Paragraph((Run(label),), quiet=True)
        yield Items(tuple(_headline(brief) for brief in briefs), first, details=True)
        first = None if first is None else first + len(briefs)


def in_sight(digest: Digest) -> tuple[Brief, ...]:
    """The stories in the order in which a reader sees them: those that are told, then those by headline."""
    return (*digest.briefs, *(brief for _, briefs in _grouped(digest) for brief in briefs))


def _grouped(digest: Digest) -> list[tuple[str, list[Brief]]]:
    if not digest.also:
        return []
    return _groups(digest.also, [_language(brief) for brief in digest.briefs])


def _groups(briefs: Sequence[Brief], read: Sequence[str]) -> list[tuple[str, list[Brief]]]:
    """The groups and their names; the first, of those without a section in the digest's main language, has none."""
    spoken = Counter(read or map(_language, briefs))
    main = max(spoken, key=lambda code: spoken[code])
    sections = Counter((_language(brief), _section(brief).casefold()) for brief in briefs)
    groups: dict[tuple[str, str], list[Brief]] = {}
    names: dict[tuple[str, str], str] = {}
    for brief in briefs:
        code, section = _language(brief), _section(brief)
        if sections[code, section.casefold()] < FEW:
            section = ""
        key = code, section.casefold()
        groups.setdefault(key, []).append(brief)
        foreign = phrases.language(code) if code != main else ""
        names.setdefault(key, phrases.SEPARATOR.join(part for part in (foreign, section) if part))
    order = sorted(groups, key=lambda key: (key[0] != main, bool(key[1])))
    return [(names[key], groups[key]) for key in order]


def _headline(brief: Brief) -> tuple[Run, ...]:
    lead = brief.entries[0]
    outlets = phrases.outlets([clipped(source, LONG_NAME) for source in brief.sources], 1) or source_of(lead)
    headline = clipped(brief.headline, LONG_HEADLINE) or say(phrases.UNTITLED)
    told = Run(phrases.updated(headline) if brief.update else headline, url=lead.article.url)
    return (told, Run(f"{phrases.SEPARATOR}{outlets}", "quiet")) if outlets else (told,)


def _language(brief: Brief) -> str:
    return (brief.entries[0].article.language or "").partition("-")[0]


def _section(brief: Brief) -> str:
    return clipped(brief.entries[0].article.section or "", LONG_NAME)
