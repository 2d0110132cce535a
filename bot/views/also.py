"""The end of a digest: what else came in, by headline, so that nothing of the window is invisible. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.domain.digests import Brief, Digest
from bot.domain.message import Block, Break, Heading, Items, Paragraph, Run
from bot.text.sections import Section, section_of
from bot.views.captions import LONG_HEADLINE, LONG_NAME, clipped, source_of
from bot.wording import phrases
from bot.wording.language import say

FEW = 2
"""A section of fewer stories has no line of its own: its stories stand among those without one. Languages of
fewer stories share one line."""

_OTHERS = "others"
_WRITTEN_AS = {"nb": "no", "nn": "no"}
"""Codes of a language that has two written forms."""


def also(digest: Digest, first: int | None = None) -> Iterator[Block]:
    """The headlines by language and by what their sections are about, each a link with its outlet.

    The main language of the told stories comes first, and of each language what has no section.

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
    listed = Counter(map(_language, briefs))
    few = {code for code, count in listed.items() if count < FEW and code != main}
    known = few if len(few) >= FEW else set()  # one of them alone is called by its name
    sections = Counter((_language(brief), _subject(brief)) for brief in briefs)
    groups: dict[tuple[str, str], list[Brief]] = {}
    for brief in briefs:
        code, subject = _language(brief), _subject(brief)
        key = (_OTHERS, "") if code in known else (code, subject if sections[code, subject] >= FEW else "")
        groups.setdefault(key, []).append(brief)
    languages = [main, *dict.fromkeys(code for code, _ in groups if code not in {main, _OTHERS}), _OTHERS]
    order = sorted(groups, key=lambda key: (languages.index(key[0]), bool(key[1])))
    return [(_named(key, groups[key], main), groups[key]) for key in order]


def _named(key: tuple[str, str], briefs: Sequence[Brief], main: str) -> str:
    """The language where it is not the main one, and the widest name that the outlets have for the section."""
    code, subject = key
    if code == _OTHERS:
        return say(phrases.OTHER_LANGUAGES)
    named = [section for brief in briefs if subject and (section := _section(brief))]
    name = min(named, key=lambda one: (one.narrow, len(one.name), one.name)).name if named else ""
    foreign = phrases.language(code) if code != main else ""
    return phrases.SEPARATOR.join(part for part in (foreign, clipped(name, LONG_NAME)) if part)


def _headline(brief: Brief) -> tuple[Run, ...]:
    lead = brief.entries[0]
    outlets = phrases.outlets([clipped(source, LONG_NAME) for source in brief.sources], 1) or source_of(lead)
    headline = clipped(brief.headline, LONG_HEADLINE) or say(phrases.UNTITLED)
    told = Run(phrases.updated(headline) if brief.update else headline, url=lead.article.url)
    return (told, Run(f"{phrases.SEPARATOR}{outlets}", "quiet")) if outlets else (told,)


def _language(brief: Brief) -> str:
    code = (brief.entries[0].article.language or "").partition("-")[0]
    return _WRITTEN_AS.get(code, code)


def _section(brief: Brief) -> Section | None:
    lead = brief.entries[0].article
    return section_of(lead.section, lead.url)


def _subject(brief: Brief) -> str:
    section = _section(brief)
    return section.subject if section else ""
