"""What a change to a subscription would have changed in a digest, as blocks. Pure.

``when`` is the last digest's moment, in words; empty where there was none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.domain.digests import Brief, Difference
from bot.domain.message import Block, Items, Run
from bot.views.captions import LONG_HEADLINE, clipped, source_of
from bot.views.layout import quiet, said
from bot.wording import phrases
from bot.wording.chat import comparing
from bot.wording.language import say

NAMED = 5
"""Headlines that are named of those that come in, and of those that go."""


def comparison_blocks(
    found: Difference, when: str = "", lengths: tuple[timedelta, timedelta] | None = None
) -> tuple[Block, ...]:
    """How many stories come in and go, and their headlines; ``lengths`` of before and after, where they differ."""
    told = comparing.changes(len(found.comes), len(found.goes), found.stays)
    if lengths:
        before, after = lengths
        blocks = [said(comparing.of_another_length(after, before, told))]
    elif not (found.comes or found.goes):
        blocks = [said(comparing.same(when))]
    elif when:
        blocks = [said(comparing.of_the_last_digest(when, told))]
    else:
        blocks = [said(comparing.of_the_last_day(told))]
    if time := comparing.reading(*found.seconds):
        blocks.append(quiet(time))
    return (*blocks, *_named(say(comparing.COMES), found.comes), *_named(say(comparing.GOES), found.goes))


def _named(label: str, briefs: Sequence[Brief]) -> Iterator[Block]:
    if not briefs:
        return
    yield quiet(label)
    yield Items(tuple(map(_headline, briefs[:NAMED])))
    if len(briefs) > NAMED:
        yield quiet(comparing.more(len(briefs) - NAMED))


def _headline(brief: Brief) -> tuple[Run, ...]:
    lead = brief.entries[0]
    source = source_of(lead)
    told = (Run(f"{phrases.SEPARATOR}{source}", "quiet"),) if source else ()
    return (Run(clipped(brief.headline, LONG_HEADLINE), "plain", lead.article.url), *told)
