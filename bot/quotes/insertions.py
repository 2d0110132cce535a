"""Cues that stand between dashes inside the marks: «Да, — сказал он, — и ещё раз да»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.text.cues import Cues
from bot.text.quotation_marks import Quotation

_INSERTED = re.compile(r"\s[—–-]\s?([^\W\d_][^—–«»“”\n]{2,80}[^\s—–«»“”])\s?[—–-][,.]?(?=\s)")
"""Between two dashes at most eighty characters, so that the search stays linear."""


def without_insertions(text: str, quoted: Sequence[Quotation], cues: Cues) -> list[Quotation]:
    """The quotations, each cut where a cue interrupts it; all as they were in other languages."""
    if not cues.cue_inside:
        return list(quoted)
    return [part for one in quoted for part in _parts(text, one, cues)]


def _parts(text: str, quotation: Quotation, cues: Cues) -> Iterator[Quotation]:
    start = quotation
    for match in _INSERTED.finditer(text, quotation.words_start, quotation.words_end):
        first, _, rest = match[1].partition(" ")
        if first.lower() not in cues.say and rest.partition(" ")[0].strip(",.").lower() not in cues.say:
            continue
        words = match.end() + 1
        if match.start() <= start.words_start or words >= quotation.words_end:
            continue
        yield replace(start, end=match.start(), words_end=match.start(), closed=True)
        start = replace(quotation, start=words, words_start=words)
    yield start
