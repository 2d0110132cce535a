"""Quotations that a dash opens and nothing closes but the cue: "– Vi är glada, säger hon."."""

from __future__ import annotations

import re

from bot.domain.model import Span
from bot.text.cues import Cues
from bot.text.quotation_marks import Quotation

_OPENING = re.compile(r"[—–-]\s?(?=[^\W_]|[¿¡«\"“„(])")
_CUE = re.compile(
    r"(?:(?P<comma>[,?!…])|\s?(?P<dash>[—–-]))\s{0,2}(?P<first>[^\W\d_]+)(?:\s(?P<second>[^\W\d_]+))?"
)
"""A comma or a dash, and the two words behind it: a say-verb is the first, or the second ("a dit", "hän sanoo")."""
_RESUMED = re.compile(r"[—–-][.,;:]{0,2}\s(?=[^\s—–-])")

REACH = 4000
"""Characters of a paragraph that are looked at."""


def dash_quotations(text: str, paragraph: Span, cues: Cues) -> list[Quotation]:
    """What a paragraph quotes that opens with a dash and has a cue; nothing where it has none."""
    opening = _OPENING.match(text, paragraph.start, paragraph.end)
    if opening is None:
        return []
    stop = min(paragraph.end, opening.end() + REACH)
    for match in _CUE.finditer(text, opening.end(), stop):
        if not _is_cue(match, cues) or match.start() <= opening.end():
            continue
        end = match.start() + (match["comma"] is not None and match["comma"] != ",")
        first = Quotation(opening.start(), end, opening.end(), end, closed=True)
        if match["dash"] is None:
            return [first]
        resumed = _RESUMED.search(text, match.end(), stop)
        if resumed is None or resumed.end() >= paragraph.end:
            return [first]
        rest = Quotation(resumed.end(), paragraph.end, resumed.end(), paragraph.end, closed=True)
        return [first, rest]
    return []


def _is_cue(match: re.Match[str], cues: Cues) -> bool:
    first, second = match["first"].lower(), (match["second"] or "").lower()
    leads = first in cues.between or first in cues.he | cues.she or match["first"][0].isupper()
    impersonal = first in cues.say_it and second in cues.it
    return first in cues.say or impersonal or (leads and second in cues.say)
